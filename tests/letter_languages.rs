//! Languages whose letters are only to be read, and plain variants, which have none: what is handed in is in another language,
//! with a translation beside it. The order of the languages to choose from.

mod support;

use support::client::page;
use support::folder::Folder;
use support::html::{between, unescape};
use support::language;
use support::letter::{NAME, fields};
use support::repository::{self, entries, languages, string, text};
use support::server::Server;

/// A code for private use.
const CODE: &str = "qaa";
/// A variant of a language of the release.
const VARIANT: &str = "de-qaa";

/// A server with the English texts under [`CODE`], whose letters are to be read only, and without letters under [`VARIANT`].
fn start() -> (Folder, Server) {
    let folder = Folder::new();
    language::add(&folder, CODE, &[("origin = ", "letters = \"read\"\norigin = ")]);
    language::add(&folder, VARIANT, &[("name = \"English\"", "name = \"Einfach\"")]);
    for file in ["letters", "objection", "company_objection"] {
        let path = folder.path().join(format!("locales/{VARIANT}/{file}.toml"));
        std::fs::remove_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let server = Server::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    (folder, server)
}

/// The language of letters for somebody in `country` whose own has none to hand in.
fn expected(country: &toml::Table) -> String {
    let official = country["languages"].as_array().expect("a list").iter();
    let mut official = official.filter_map(|code| code.as_str().map(str::to_owned));
    let with_letters = |code: &String| languages().contains(code) && language::has_letters(code);
    official.find(with_letters).unwrap_or_else(|| "en".to_owned())
}

/// The text in the field for the text.
fn field(html: &str) -> String {
    let field = between(html, "<textarea id=\"text\"", "</textarea>")
        .next()
        .expect("a field");
    unescape(field.split_once('>').expect("a tag").1.trim())
}

/// The translation on a page, if there is one.
fn translation(html: &str) -> Option<String> {
    let text = between(html, "<details class=\"translation\">", "</details>").next()?;
    let (_, text) = text.split_once(&format!("<p class=\"text\" lang=\"{CODE}\" dir=\"ltr\">"))?;
    Some(unescape(text.split_once("</p>")?.0.trim()))
}

#[test]
fn the_text_for_meta_is_in_a_language_of_the_country_with_a_translation_beside_it() {
    let (_folder, server) = start();
    for country in entries("data/countries.toml", "country") {
        let path = |language: &str| {
            let code = string(&country, "code");
            format!(
                "{}/{language}/meta-account/explain?service=facebook&country={code}",
                server.url
            )
        };
        let own = page(&path(CODE));
        let expected = expected(&country);
        assert!(
            own.contains(&format!("rows=\"6\" lang=\"{expected}\"")),
            "{}: {expected}",
            path(CODE)
        );
        let english = page(&format!("{}&text=en", path("de")));
        assert_eq!(translation(&own), Some(field(&english)), "{}", path(CODE));
        assert!(
            !own.contains(&format!("value=\"{CODE}\"")),
            "{}: offered for the text",
            path(CODE)
        );
        assert_eq!(translation(&page(&path(&expected))), None);
    }
}

#[test]
fn a_plain_variant_has_the_letters_of_its_language() {
    let (_folder, server) = start();
    let html = page(&format!(
        "{}/{VARIANT}/meta-account/explain?service=facebook&country=IE",
        server.url
    ));
    assert!(html.contains("rows=\"6\" lang=\"de\""));
    assert!(!html.contains("class=\"translation\""));
}

#[test]
fn letters_are_in_a_language_that_is_accepted_with_a_translation_beside_them() {
    let (_folder, server) = start();
    let closing = text("en", "letters", "closing");
    for letter in ["objection", "refused", "complaint"] {
        let url = format!("{}/{CODE}/letter/{letter}?service=facebook&country=AT", server.url);
        let mut response = support::client::agent()
            .post(&url)
            .send_form(fields(&[]))
            .unwrap_or_else(|error| panic!("{url}: {error}"));
        let html = response.body_mut().read_to_string().expect("a page");
        assert!(html.contains("<article class=\"letter\" lang=\"de\""), "{url}");
        let translation = translation(&html).unwrap_or_else(|| panic!("{url}: no translation"));
        assert!(
            translation.contains(&closing) && translation.contains(NAME),
            "{url}: {translation}"
        );
    }
}

#[test]
fn a_text_in_a_persons_own_words_has_no_translation() {
    let (_folder, server) = start();
    let url = format!("{}/{CODE}/meta-account/explain?service=facebook&country=AT", server.url);
    let post = |typed: &str| {
        let mut response = support::client::agent()
            .post(&url)
            .send_form([("typed", typed), ("ground", "children")])
            .unwrap_or_else(|error| panic!("{url}: {error}"));
        response.body_mut().read_to_string().expect("a page")
    };
    assert!(translation(&post("")).is_some());
    assert_eq!(translation(&post("My own words.")), None);
    assert_eq!(translation(&post(&"My own words. ".repeat(1_000))), None);
}

/// The languages of the release in the order for a reader of `language` in `country`: theirs, the official ones, English, and
/// all others as on the page of languages, whose html is `all`.
fn in_order(all: &str, language: &str, country: &toml::Table) -> Vec<String> {
    let official = country["languages"].as_array().expect("a list").iter();
    let official = official.filter_map(|code| code.as_str());
    let names = between(all, "<ul class=\"more names\"", "</ul>")
        .next()
        .expect("a list");
    let names: Vec<&str> = between(names, "hreflang=\"", "\"").collect();
    assert_eq!(names.len(), languages().len());
    let mut order: Vec<String> = Vec::new();
    for code in [language].into_iter().chain(official).chain(["en"]).chain(names) {
        if languages().iter().any(|known| known == code) && !order.iter().any(|listed| listed == code) {
            order.push(code.to_owned());
        }
    }
    order
}

#[test]
fn languages_to_choose_from_begin_with_the_likely_ones_and_go_on_by_their_names() {
    let server = Server::start();
    for country in entries("data/countries.toml", "country") {
        for language in ["de", "uk", "en-simple"] {
            let address = |path: &str| format!("{}/{language}/{path}", server.url);
            let order = in_order(&page(&address("languages")), language, &country);
            let code = string(&country, "code");
            let letters: Vec<&String> = order.iter().filter(|code| language::has_letters(code)).collect();
            for path in [
                "meta-account/explain?service=facebook&",
                "letter/refused?service=facebook&",
                "meta-whatsapp?",
                "meta-whatsapp/letter?",
                "objection/linkedin?",
                "complaint/linkedin?",
            ] {
                let address = address(&format!("{path}country={code}&text=fi"));
                let html = page(&address);
                let list = between(&html, "<select id=\"language\"", "</select>").next();
                let list = list.unwrap_or_else(|| panic!("{address}: no list"));
                let options: Vec<&str> = between(list, "<option value=\"", "\"").collect();
                assert_eq!(options, letters, "{address}");
                let chosen: Vec<&str> = between(list, "<option value=\"", ">")
                    .filter(|option| option.ends_with(" selected"))
                    .collect();
                assert!(
                    chosen.len() == 1 && chosen[0].starts_with("fi\""),
                    "{address}: {chosen:?}"
                );
            }
            let address = address(&format!("school/handout?country={code}"));
            let is_read = |code: &&String| {
                let language = repository::toml(&format!("locales/{code}/language.toml"));
                string(&language, "origin") == "author"
                    || language["reviewed_by_native_speaker"].as_bool() == Some(true)
            };
            let others = order.iter().filter(|code| *code != language);
            let (read, unread): (Vec<_>, Vec<_>) = others.partition(is_read);
            let html = page(&address);
            for key in ["&amp;paper=", "&amp;second="] {
                let offered: Vec<&str> = between(&html, key, "\"").collect();
                assert_eq!(offered, [read.clone(), unread.clone()].concat(), "{address}");
            }
        }
    }
}
