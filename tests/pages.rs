//! What every page has, in every language.

mod support;

use std::collections::BTreeSet;

use support::client::at_each_base_path;
use support::html::{between, text, without};
use support::pages;
use support::repository::{self, languages};

#[test]
fn every_page_exists_in_every_language_with_one_heading_and_a_title_of_its_own() {
    at_each_base_path(|client| {
        for language in languages() {
            let mut titles = BTreeSet::new();
            for path in pages::of(&language) {
                let page = client.page(&path);
                assert_eq!(page.body.matches("<h1").count(), 1, "headings on {path}");
                page.assert_contains(&format!("<html lang=\"{language}\""));
                let title = between(&page.body, "<title>", "</title>").next().unwrap_or_default();
                assert!(!title.is_empty(), "{path} has no title");
                assert!(
                    titles.insert(title.to_owned()),
                    "{path} has the title “{title}” of another page"
                );
                let shown = without(&page.body, "style");
                // The list of texts shows them as they are in the files.
                let is_list = path.contains("/mistakes");
                assert!(
                    is_list || !shown.contains(['{', '}']),
                    "a placeholder is left on {path}"
                );
            }
        }
    });
}

#[test]
fn only_pages_on_which_the_script_has_something_to_do_load_it() {
    at_each_base_path(|client| {
        for path in languages().iter().flat_map(|language| pages::of(language)) {
            let page = client.page(&path).body;
            // A form is empty again after a wipe.
            let work = [
                "class=\"copy-box\"",
                "class=\"keep\"",
                "class=\"work\"",
                "class=\"field filter\"",
                "class=\"slides\"",
                "class=\"traces\"",
                "autocomplete=\"off\"",
            ];
            let has_work = work.iter().any(|part| page.contains(part));
            assert_eq!(page.matches("<script").count(), usize::from(has_work), "{path}");
        }
    });
}

#[test]
fn every_link_to_another_site_opens_a_new_tab_and_sends_no_referrer() {
    at_each_base_path(|client| {
        for path in languages().iter().flat_map(|language| pages::of(language)) {
            let page = client.page(&path).body;
            for tag in between(&page, "<a ", ">").filter(|tag| tag.contains("href=\"http")) {
                assert!(tag.contains("href=\"https://"), "{path}: {tag}");
                assert!(
                    tag.contains("target=\"_blank\" rel=\"noopener noreferrer\""),
                    "{path}: {tag}"
                );
            }
            for source in between(&page, "src=\"", "\"") {
                assert!(source.starts_with("/static/"), "{path} loads {source}");
            }
        }
    });
}

#[test]
fn no_button_of_this_site_claims_to_send() {
    /// In the languages whose words the authors of this test know.
    const WORDS: [&str; 4] = ["send", "submit", "schick", "abschicken"];
    at_each_base_path(|client| {
        for language in languages() {
            // The name of step 5 is what a person does on Meta's page; the button to that step names it.
            let step = repository::text(&language, "journeys/meta-account", "steps.submit.name");
            let allowed = repository::text(&language, "steps", "next").replace("{name}", &step);
            for path in pages::of(&language) {
                let page = client.page(&path).body;
                let buttons = between(&page, "<button", "</button>").chain(between(&page, "<a class=\"button", "</a>"));
                for button in buttons {
                    let label = text(button.split_once('>').map_or("", |(_, label)| label));
                    let lower = label.to_lowercase();
                    assert!(
                        label == allowed || !WORDS.iter().any(|word| lower.contains(word)),
                        "{path} has the button “{label}”"
                    );
                }
            }
        }
    });
}

#[test]
fn the_footer_of_a_page_names_the_version_and_the_date_of_the_facts() {
    at_each_base_path(|client| {
        for language in languages() {
            let page = client.page(&format!("/{language}/"));
            let footer = text(&format!(
                "<footer{}",
                page.body.split("<footer").nth(1).unwrap_or_default()
            ));
            assert!(
                footer.contains(concat!("Veto ", env!("CARGO_PKG_VERSION"))),
                "/{language}/ has no version in its footer: {footer}"
            );
            let sentence = repository::text(&language, "common", "checked");
            let (before, after) = sentence
                .split_once("{date:facts-checked}")
                .expect("the text has the date");
            let rest = footer.split_once(before).map(|(_, rest)| rest);
            let rest = rest.filter(|rest| rest.contains(after));
            let date: String = rest.unwrap_or_default().chars().take(40).collect();
            assert!(
                !date.is_empty(),
                "/{language}/ has no date of the facts in its footer: {footer}"
            );
            // The form of the date is that of the language; some write it with digits of their own.
            let expected = repository::facts_checked();
            let (year, day) = (&expected[..4], expected[8..].trim_start_matches('0'));
            if date.contains(|letter: char| letter.is_ascii_digit()) {
                assert!(
                    date.contains(year) && date.contains(day),
                    "/{language}/ has the date “{date}”, not {expected}"
                );
            }
        }
    });
}
