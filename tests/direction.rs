//! Languages that are written from right to left.

mod support;

use support::client::{CHOICES, Client, at_each_base_path_with};
use support::folder::Folder;
use support::language::{self, RIGHT_TO_LEFT};
use support::letter::fields;
use support::{html, pages, repository};

/// Runs `test` against a server that offers a language from right to left.
fn with_right_to_left(test: impl Fn(Client)) {
    let folder = Folder::new();
    language::add_right_to_left(&folder);
    let prepare = |command: &mut std::process::Command| {
        command.arg("--data").arg(folder.path());
    };
    at_each_base_path_with(prepare, test);
}

#[test]
fn every_page_has_the_direction_of_its_language() {
    with_right_to_left(|client| {
        for (language, direction) in [(RIGHT_TO_LEFT, "rtl"), ("de", "ltr")] {
            let root = format!("<html lang=\"{language}\" dir=\"{direction}\">");
            for path in pages::of(language) {
                client.page(&path).assert_contains(&root);
            }
            let path = |page: &str| format!("/{language}/{page}");
            client.get(&path("nothing")).assert_contains(&root);
            client.get(&path("start?country=XX")).assert_contains(&root);
            for page in ["letter/complaint", "record", "authority"] {
                client.page(&path(&format!("{page}?{CHOICES}"))).assert_contains(&root);
            }
        }
    });
}

#[test]
fn a_part_in_another_language_has_the_direction_of_that_language() {
    with_right_to_left(|client| {
        let own = format!("lang=\"{RIGHT_TO_LEFT}\" dir=\"rtl\"");
        let german = "lang=\"de\" dir=\"ltr\"";
        for (page, text, expected) in [("de", RIGHT_TO_LEFT, own.as_str()), (RIGHT_TO_LEFT, "de", german)] {
            // The text for Meta, alone and in the record.
            let query = format!("service=facebook&country=AT&text={text}");
            let step = client.page(&format!("/{page}/meta-account/explain?{query}"));
            step.assert_contains(&format!("rows=\"6\" {expected}"));
            let record = client.page(&format!(
                "/{page}/record?service=facebook&country=AT&entry=facebook.2025-02-05&text={text}"
            ));
            record.assert_contains(&format!("<dd {expected} class=\"text\">"));
            // Letters.
            let input = fields(&[("language", text), ("next", "letter")]);
            let letter = client.post(&format!("/{page}/letter/objection?service=facebook&country=AT"), input);
            letter.assert_contains(&format!("<article class=\"letter\" {expected}>"));
            // The names of languages in forms.
            assert!(
                step.body.matches(expected).count() >= 2,
                "{expected} is not at the names of languages"
            );
        }
        // The names of authorities and the labels of menus are in languages that may not be offered.
        let authority = client.page(&format!("/{RIGHT_TO_LEFT}/authority?service=facebook&country=AT"));
        authority.assert_contains("<h2 lang=\"de\"><bdi>");
        let form = client.page(&format!(
            "/{RIGHT_TO_LEFT}/meta-account/open-form?service=facebook&country=AT"
        ));
        form.assert_contains("<ol class=\"menu\" lang=\"en\" dir=\"auto\">");
    });
}

#[test]
fn addresses_and_names_are_isolated_from_the_text_around_them() {
    with_right_to_left(|client| {
        let path =
            |page: &str| format!("/{RIGHT_TO_LEFT}/{page}?service=facebook&country=AT&entry=facebook.2025-02-05");
        for page in ["meta-account/open-form", "everything", "authority", "record"] {
            let response = client.page(&path(page));
            for before in response
                .body
                .split("class=\"host\"")
                .skip(1)
                .zip(response.body.split("class=\"host\""))
            {
                let (after, before) = before;
                let isolated = before.ends_with("<bdi ") || after.starts_with(" dir=\"ltr\"");
                assert!(isolated, "{page}: …{} host", &before[before.len().saturating_sub(60)..]);
            }
        }
        let address = repository::forms("facebook")[0].clone();
        client
            .page(&path("sources"))
            .assert_contains(&format!("<bdi class=\"host\">{address}</bdi>"));
        // What a visitor has written.
        let letter = |next: &str| client.post(&path("letter/objection"), fields(&[("next", next)]));
        let name = fields(&[])
            .into_iter()
            .find(|(field, _)| field == "name")
            .expect("a letter has a name")
            .1;
        letter("check").assert_contains(&format!("<bdi>{name}</bdi>"));
        letter("letter").assert_contains(&format!("<bdi>{name}</bdi>"));
        letter("change").assert_contains("type=\"text\" dir=\"auto\"");
        let unknown = client.get(&format!("/{RIGHT_TO_LEFT}/start?country=Xanadu"));
        unknown.assert_contains("<bdi>Xanadu</bdi>");
    });
}

#[test]
fn the_style_sheet_names_no_physical_side() {
    let style = repository::read("static/style.css");
    let mut rules = style.clone();
    for comment in html::between(&style, "/*", "*/") {
        rules = rules.replace(comment, "");
    }
    for (number, line) in rules.lines().enumerate() {
        let words = line.split(|character: char| !character.is_ascii_alphabetic());
        for word in words {
            assert!(!["left", "right"].contains(&word), "line {}: {line}", number + 1);
        }
        // Four values name the sides in the order top, right, bottom, left.
        for property in ["margin:", "padding:", "inset:", "border-width:", "border-radius:"] {
            for value in line.split(property).skip(1) {
                let value = value.split([';', '}']).next().unwrap_or_default();
                let is_of_paper = line.starts_with("@page");
                assert!(
                    is_of_paper || value.split_whitespace().count() < 4,
                    "line {}: {property}{value}",
                    number + 1
                );
            }
        }
    }
}
