//! A language that lacks whole files: its pages come in another language and say so.

mod support;

use support::client::page;
use support::folder::Folder;
use support::html::between;
use support::language;
use support::repository::text;
use support::server::Server;

/// A code for private use, which no language will ever have.
const CODE: &str = "qaa";

/// A server with the English texts under [`CODE`], without these files.
fn start_without(files: &[&str]) -> (Folder, Server) {
    let folder = Folder::new();
    language::add(&folder, CODE, &[]);
    for file in files {
        let path = folder.path().join(format!("locales/{CODE}/{file}.toml"));
        std::fs::remove_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let server = Server::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    (folder, server)
}

#[test]
fn a_page_that_a_language_lacks_comes_in_the_fallback_language_and_says_so() {
    let (_folder, server) = start_without(&["why", "timeline"]);
    for name in ["why", "timeline"] {
        let html = page(&format!("{}/{CODE}/{name}?country=AT", server.url));
        assert!(
            html.contains("<html lang=\"en\" dir=\"ltr\">"),
            "{name} is not marked as English"
        );
        let sentence = text("en", "common", "untranslated").replace("{language}", "");
        let notice = format!(
            "<aside class=\"notice wide\" lang=\"{CODE}\" dir=\"ltr\">{}",
            sentence.trim_end()
        );
        assert!(html.contains(&notice), "{name} does not say that it is missing");
        // The links stay in the language of the address.
        let own = between(&html, "href=\"/", "\"").filter(|link| link.starts_with(&format!("{CODE}/")));
        assert!(own.count() > 5, "{name} leads away from the language");
    }
    let home = page(&format!("{}/{CODE}/", server.url));
    assert!(
        home.contains(&format!("<html lang=\"{CODE}\"")),
        "the first page is not in its language"
    );
    assert!(!home.contains(&text("en", "common", "untranslated").replace("{language}", "")));
}

#[test]
fn a_language_without_letters_has_the_text_for_meta_and_the_letters_in_another_one() {
    let (_folder, server) = start_without(&["objection", "letters"]);
    let choices = "service=facebook&country=AT";
    let step = page(&format!("{}/{CODE}/meta-account/explain?{choices}", server.url));
    assert!(
        step.contains(&format!("<html lang=\"{CODE}\"")),
        "the page is not in its language"
    );
    let field = between(&step, "<textarea", ">").next().expect("a text to copy");
    assert!(
        field.contains("lang=\"de\""),
        "the text is not in the language of the country: {field}"
    );
    let letter = page(&format!("{}/{CODE}/letter/objection?{choices}", server.url));
    for (path, html) in [("step", &step), ("letter", &letter)] {
        let form = between(html, "<form", "</form>").next().expect("a form");
        assert!(form.contains("value=\"en\""), "{path}: English cannot be chosen");
        assert!(
            !form.contains(&format!("value=\"{CODE}\"")),
            "{path}: {CODE} can be chosen"
        );
    }
}

#[test]
fn a_translation_that_no_native_speaker_has_read_says_so_on_every_page() {
    let folder = Folder::new();
    language::add(&folder, CODE, &[("origin = \"author\"", "origin = \"machine\"")]);
    let server = Server::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    let unread = text("en", "common", "unread");
    for path in ["", "why", "start", "reply"] {
        let html = page(&format!("{}/{CODE}/{path}", server.url));
        let rest = html.split_once(unread.as_str());
        let (_, rest) = rest.unwrap_or_else(|| panic!("/{CODE}/{path} does not say that nobody has read it"));
        assert!(
            rest.trim_start().starts_with(&format!("<a href=\"/en/{path}\"")),
            "/{CODE}/{path}"
        );
        let english = page(&format!("{}/en/{path}", server.url));
        assert!(!english.contains(&unread), "/en/{path} says that it is a translation");
    }
}

#[test]
fn the_first_question_of_a_language_without_a_journey_leads_to_the_list_of_all_ways() {
    let (_folder, server) = start_without(&["journeys/meta-whatsapp"]);
    let ways = format!("<a href=\"/{CODE}/ways\">");
    let main = |path: &str| {
        let html = page(&format!("{}/{path}", server.url));
        between(&html, "<main", "</main>")
            .next()
            .expect("the main part")
            .to_owned()
    };
    assert!(main(&format!("{CODE}/topic")).contains(&ways), "no way to the list");
    assert!(
        !main("en/topic").contains("/en/ways"),
        "a complete language has all on this page"
    );
    let list = main(&format!("{CODE}/ways"));
    assert!(
        list.contains(&format!("/{CODE}/meta-whatsapp")),
        "the list lacks a journey"
    );
    assert!(
        main(&format!("{CODE}/meta-whatsapp")).contains("<textarea"),
        "no text to copy"
    );
}
