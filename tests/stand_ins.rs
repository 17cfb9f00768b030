//! Texts that an operator's folder (`--data`) lacks: the English ones stand in, and `veto check` says where.

mod support;

use std::collections::BTreeSet;
use std::process::Command;

use support::client::at_each_base_path_with;
use support::command::{error_line, run, stdout};
use support::folder::Folder;
use support::html::{between, unescape};
use support::pages;
use support::repository::{self, text};

/// A folder with the language `qaa`, which has four of its files: what it is, with the plurals of the language `cldr`, some
/// texts of the first page, one of every page and one of the letters.
fn with_language(cldr: &str) -> Folder {
    let folder = Folder::new();
    let language = repository::read("locales/en/language.toml").replace("en-GB", cldr);
    folder.write("locales/qaa/language.toml", &language);
    folder.write(
        "locales/qaa/home.toml",
        "title = \"Own title\"\n[need]\nbody = \"Own body.\"\n",
    );
    folder.write("locales/qaa/common.toml", "skip = \"Own skip link\"\n");
    folder.write("locales/qaa/letters.toml", "closing = \"Own closing\"\n");
    folder
}

fn check(folder: &Folder) -> String {
    stdout(run(&["check", "--data", &folder.path().display().to_string()]))
}

fn error(folder: &Folder) -> String {
    let folder = folder.path().display().to_string();
    error_line(&run(&["--data", &folder, "--port", "0"]))
}

/// The line of `veto check` about a file.
#[track_caller]
fn line<'a>(output: &'a str, file: &str) -> &'a str {
    let mut lines = output.lines().filter(|line| line.starts_with(&format!("{file}: ")));
    let line = lines
        .next()
        .unwrap_or_else(|| panic!("nothing about {file} in {output}"));
    assert_eq!(lines.next(), None, "a second line about {file}");
    line
}

/// The keys of a table and of those in it, such as `need.title`, except for those of plurals.
fn keys(table: &toml::Table, prefix: &str) -> Vec<String> {
    let keys = table.iter().flat_map(|(key, value)| match value {
        toml::Value::Table(table) if !table.contains_key("other") => keys(table, &format!("{prefix}{key}.")),
        _ => vec![format!("{prefix}{key}")],
    });
    keys.collect()
}

#[test]
fn a_language_with_some_of_its_texts_has_every_page_and_shows_the_others_in_english() {
    let folder = with_language("pl");
    let prepare = |command: &mut Command| {
        command.arg("--data").arg(folder.path());
    };
    at_each_base_path_with(prepare, |client| {
        // Polish has `few` for 24, which English lacks.
        let hours = text("en", "keep", "help.other").replace("{hours}", "24");
        let mut has_hours = false;
        let mut found = pages::of("qaa");
        let mut seen = BTreeSet::new();
        while let Some(path) = found.pop() {
            // Once for each page, not for each of its queries.
            if !seen.insert(path.split('?').next().unwrap_or_default().to_owned()) {
                continue;
            }
            let page = client.page(&path);
            has_hours |= page.text().contains(&hours);
            let links = between(&page.body, "href=\"/qaa/", "\"");
            found.extend(links.map(|link| format!("/qaa/{}", unescape(link))));
        }
        assert!(seen.len() > pages::of("qaa").len(), "the links were not followed");
        assert!(has_hours, "no page says “{hours}”");

        let home = client.page("/qaa/");
        home.assert_contains("<html lang=\"qaa\"");
        home.assert_contains("<h1>Own title</h1>");
        home.assert_says("Own skip link");
        home.assert_says(&format!("{} Own body.", text("en", "home", "need.title")));
        home.assert_says(&text("en", "home", "start"));
    });
}

#[test]
fn check_has_a_line_for_each_file_in_which_english_texts_stand_in() {
    let output = check(&with_language("pl"));
    for file in ["home", "common", "keep", "letters", "objection"] {
        let path = format!("locales/qaa/{file}.toml");
        let line = line(&output, &path);
        let mut missing = keys(&repository::toml(&format!("locales/en/{file}.toml")), "");
        missing.retain(|key| {
            let own = [
                ("home", "title"),
                ("home", "need.body"),
                ("common", "skip"),
                ("letters", "closing"),
            ];
            !own.contains(&(file, key.as_str()))
        });
        let count = missing.len();
        let start = format!("{path}: {count} texts are missing, the English ones stand in: ");
        let end = format!(" and {} more", count - 5);
        let shown = line.strip_prefix(&start).and_then(|rest| rest.strip_suffix(&end));
        let shown: Vec<&str> = shown
            .unwrap_or_else(|| panic!("{line}: not {start}…{end}"))
            .split(", ")
            .collect();
        assert_eq!(shown.len(), 5, "{line}");
        for key in shown {
            assert!(
                missing.iter().any(|missing| missing == key),
                "{key} is not missing: {line}"
            );
        }
    }
    for complete in ["locales/qaa/language.toml: ", "locales/de/", "locales/en/"] {
        assert!(!output.contains(complete), "{complete} lacks nothing: {output}");
    }
    assert!(output.contains("no faults"), "{output}");
}

#[test]
fn a_complete_plural_of_a_language_without_those_of_english_lacks_nothing() {
    let folder = with_language("ja");
    let keep = repository::toml("locales/en/keep.toml");
    let other = text("en", "keep", "help.other");
    let own = keep.keys().map(|key| match key.as_str() {
        "help" => format!("help = {{ other = {other:?} }}\n"),
        key => format!("{key} = \"Own\"\n"),
    });
    folder.write("locales/qaa/keep.toml", &own.collect::<String>());
    let output = check(&folder);
    assert!(!output.contains("locales/qaa/keep.toml: "), "{output}");
}

#[test]
fn a_wrong_key_of_a_language_with_some_of_its_texts_is_refused_with_file_and_line() {
    let folder = with_language("pl");
    folder.write("locales/qaa/home.toml", "title = \"x\"\nneed.titel = \"x\"\n");
    let line = error(&folder);
    assert!(
        line.contains("locales/qaa/home.toml:2: unknown field `titel`"),
        "{line}"
    );
}

#[test]
fn a_language_without_the_file_that_defines_it_is_refused() {
    let folder = Folder::new();
    folder.write("locales/qaa/home.toml", "title = \"x\"\n");
    let line = error(&folder);
    assert!(
        line.contains("locales/qaa/language.toml: the file is missing"),
        "{line}"
    );
}

#[test]
fn an_error_in_an_english_text_is_one_of_its_file_and_not_of_those_where_it_stands_in() {
    for (file, key) in [("home", "title"), ("objection", "texts.gdpr.short_own")] {
        let folder = Folder::new();
        // In the alphabet before English.
        let language = repository::read("locales/en/language.toml");
        folder.write("locales/aa/language.toml", &language);
        folder.write("locales/aa/letters.toml", "");
        folder.write(
            &format!("locales/en/{file}.toml"),
            &format!("{key} = \"{{nothing}}\"\n"),
        );
        let line = error(&folder);
        assert!(line.contains(&format!("locales/en/{file}.toml")), "{line}");
        assert!(line.contains("placeholder"), "another error: {line}");
    }
}

/// A folder with an event that the release does not have, and its text in `languages`.
fn with_event(languages: &[&str]) -> Folder {
    let folder = Folder::new();
    let mut event = repository::entries("data/timeline.toml", "event").remove(0);
    event.insert("id".to_owned(), "own".into());
    let file = toml::Table::from_iter([("event".to_owned(), vec![event].into())]);
    folder.write("data/timeline.toml", &file.to_string());
    for language in languages {
        let text = format!("events.own = \"Own event ({language}).\"\n");
        folder.write(&format!("locales/{language}/timeline.toml"), &text);
    }
    folder
}

#[test]
fn an_entry_of_the_operator_needs_its_text_in_english_only() {
    let folder = with_event(&["en"]);
    let prepare = |command: &mut Command| {
        command.arg("--data").arg(folder.path());
    };
    at_each_base_path_with(prepare, |client| {
        for language in repository::languages() {
            client
                .page(&format!("/{language}/timeline"))
                .assert_says("Own event (en).");
        }
    });
    let output = check(&folder);
    assert_eq!(
        line(&output, "locales/de/timeline.toml"),
        "locales/de/timeline.toml: 1 text is missing, the English one stands in: events.own"
    );
    let lines = output.lines().filter(|line| line.contains("stands in"));
    assert_eq!(lines.count(), repository::languages().len() - 1, "{output}");

    let output = check(&with_event(&["de", "en"]));
    assert!(!output.contains("locales/de/timeline.toml: "), "{output}");

    for languages in [&[][..], &["de"]] {
        let line = error(&with_event(languages));
        assert!(
            line.contains("locales/en/timeline.toml: “own” has no text here"),
            "{line}"
        );
    }
}

#[test]
fn a_journey_of_the_operator_needs_its_texts_in_english_only() {
    let folder = Folder::new();
    let journey = "journeys/meta-account.toml";
    folder.write("data/journeys/own.toml", &repository::read(&format!("data/{journey}")));
    let missing = error(&folder);
    assert!(
        missing.contains("locales/en/journeys/own.toml: the file is missing"),
        "{missing}"
    );

    let english = repository::read(&format!("locales/en/{journey}"));
    folder.write("locales/en/journeys/own.toml", &english);
    let output = check(&folder);
    for language in repository::languages().iter().filter(|language| *language != "en") {
        let line = line(&output, &format!("locales/{language}/journeys/own.toml"));
        assert!(line.contains("texts are missing"), "{line}");
    }
}

#[test]
fn the_english_text_stands_in_for_services_that_a_text_for_each_service_does_not_name() {
    let folder = with_language("pl");
    let journey = "[steps.sign-in]\ntitle = { facebook = \"Own Facebook title\" }\n\
                   lead = { facebook = \"Own lead\", other = \"Own other lead\" }\n";
    folder.write("locales/qaa/journeys/meta-account.toml", journey);
    let prepare = |command: &mut Command| {
        command.arg("--data").arg(folder.path());
    };
    let english = text("en", "journeys/meta-account", "steps.sign-in.title").replace("{service}", "Instagram");
    at_each_base_path_with(prepare, |client| {
        for (service, title, lead) in [
            ("facebook", "Own Facebook title", "Own lead"),
            ("instagram", &english, "Own other lead"),
        ] {
            let page = client.page(&format!("/qaa/meta-account/sign-in?service={service}&country=AT"));
            page.assert_says(title);
            page.assert_says(lead);
        }
    });
}
