//! More languages than fit into a header: likely ones beside a link to the page with all of them.

mod support;

use std::process::Command;

use support::client::{CHOICES, Client, Response, at_each_base_path, at_each_base_path_with};
use support::folder::Folder;
use support::html::between;
use support::language::{self, RIGHT_TO_LEFT};
use support::repository;

/// The languages that are added to those of the release: the official ones of Belgium and Switzerland, and three that are
/// nowhere official (codes for private use).
const ADDED: [&str; 4] = ["rm", "qaa", "qab", "qac"];

/// Runs `test` against a server that offers many languages.
fn with_many_languages(test: impl Fn(Client)) {
    let folder = Folder::new();
    for code in ADDED {
        let name = format!("name = \"Name of {code}\"");
        language::add(&folder, code, &[("name = \"English\"", &name)]);
    }
    language::add_right_to_left(&folder);
    let prepare = |command: &mut Command| {
        command.arg("--data").arg(folder.path());
    };
    at_each_base_path_with(prepare, test);
}

/// The codes of the languages in the header of a page, in their order.
fn in_header(page: &Response) -> Vec<&str> {
    let header = between(&page.body, "<header", "</header>").next().expect("a header");
    between(header, "hreflang=\"", "\"").collect()
}

#[test]
fn the_header_has_the_language_of_the_page_those_of_the_country_and_english() {
    with_many_languages(|client| {
        for (path, expected) in [
            ("/de/", &["de", "en"][..]),
            ("/qaa/why", &["en", "qaa"]),
            ("/en/why?country=FR", &["en", "fr"]),
            ("/fr/why?country=BE", &["de", "en", "fr", "nl"]),
            // Not more than four.
            ("/qaa/why?country=BE", &["de", "fr", "nl", "qaa"]),
            ("/en/why?country=CH", &["de", "en", "fr", "it"]),
            ("/en/nothing", &["en"]),
        ] {
            let page = client.get(path);
            assert_eq!(in_header(&page), expected, "{path}");
            let current = format!(
                "hreflang=\"{}\" aria-current=\"true\"",
                &path[1..].split('/').next().unwrap_or_default()
            );
            page.assert_contains(&current);
        }
    });
}

#[test]
fn few_languages_are_all_in_the_header() {
    let prepare = |command: &mut Command| {
        command.args(["--languages", "en,de"]);
    };
    at_each_base_path_with(prepare, |client| {
        let page = client.page("/en/why?country=FR");
        assert_eq!(in_header(&page), ["en", "de"]);
        page.assert_lacks("/en/languages");
    });
}

#[test]
fn the_page_of_languages_leads_back_to_the_same_page_with_the_same_choices() {
    with_many_languages(|client| {
        let step = format!("meta-account/explain?{CHOICES}&length=full");
        for (page, list) in [
            ("", "languages"),
            ("why", "languages?page=why"),
            ("why?country=AT", "languages?country=AT&page=why"),
            (
                &step,
                &format!("languages?{CHOICES}&length=full&page=meta-account/explain"),
            ),
            // A question has the address of the page that is wanted.
            ("letter/complaint", "languages?page=letter/complaint"),
        ] {
            let escaped = |address: &str| address.replace('&', "&amp;");
            let from = client.page(&format!("/en/{page}"));
            from.assert_contains(&format!("href=\"/en/{}\"", escaped(list)));
            let all = client.page(&format!("/en/{list}"));
            for language in repository::languages().iter().map(String::as_str).chain(ADDED) {
                let link = format!("/{language}/{}", escaped(page));
                all.assert_contains(&format!("<li><a href=\"{link}\" hreflang=\"{language}\""));
            }
            // Its own header leads there too.
            assert_eq!(in_header(&all)[..in_header(&from).len()], in_header(&from));
            all.assert_contains(&format!("href=\"/en/{}\" aria-current=\"page\"", escaped(list)));
        }
    });
}

#[test]
fn the_page_of_languages_has_each_by_its_own_name_and_marks_the_current_one() {
    with_many_languages(|client| {
        let page = client.page("/de/languages?page=why");
        let main = between(&page.body, "<main", "</main>").next().expect("a main part");
        for code in ADDED.into_iter().chain(["en"]) {
            let name = if code == "en" {
                "English".to_owned()
            } else {
                format!("Name of {code}")
            };
            let shown = format!("<span lang=\"{code}\" dir=\"ltr\">{name}</span>");
            assert!(main.contains(&shown), "{shown} is missing");
        }
        assert!(main.contains(&format!("<span lang=\"{RIGHT_TO_LEFT}\" dir=\"rtl\">اردو</span>")));
        let current: Vec<&str> = between(main, "aria-current=\"true\"><span lang=\"", "\"").collect();
        assert_eq!(current, ["de"]);
    });
}

#[test]
fn the_page_of_languages_has_one_address() {
    at_each_base_path(|client| {
        for (given, canonical) in [
            ("?page=why&country=AT", "?country=AT&page=why"),
            ("?page=nothing", ""),
            ("?page=", ""),
            ("?page=languages", ""),
            ("?page=https://example.org/", ""),
            ("?page=why&page=start", "?page=why"),
            ("?country=AT&x=y&page=meta-account/9", "?country=AT"),
            ("?", ""),
        ] {
            let response = client.get(&format!("/de/languages{given}"));
            let expected = format!("/de/languages{canonical}");
            assert_eq!(
                (response.status, response.location()),
                (307, expected.as_str()),
                "{given}"
            );
            client.page(&expected);
        }
        assert_eq!(client.get("/de/languages?country=XX&page=why").status, 400);
    });
}

#[test]
fn many_languages_of_a_text_are_a_list_and_few_are_cards() {
    let step = "/en/meta-account/explain?service=facebook&country=DE&text=de";
    let letter = "/en/letter/complaint?service=facebook&country=AT";
    with_many_languages(|client| {
        for (path, name) in [(step, "text"), (letter, "language")] {
            let page = client.page(path);
            page.assert_contains(&format!("<select id=\"language\" name=\"{name}\""));
            page.assert_contains("<option value=\"de\" lang=\"de\" dir=\"ltr\" selected>");
            page.assert_lacks(&format!("type=\"radio\" name=\"{name}\""));
        }
        let remark = repository::text("en", "letter_forms", "accepted");
        client.page(letter).assert_says(&format!("Deutsch ({remark})"));
    });
    if repository::languages().len() <= 6 {
        at_each_base_path(|client| {
            for (path, name) in [(step, "text"), (letter, "language")] {
                let page = client.page(path);
                page.assert_contains(&format!("type=\"radio\" name=\"{name}\" value=\"de\" checked"));
                page.assert_lacks("id=\"language\"");
            }
        });
    }
}
