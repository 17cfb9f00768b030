//! Reporting a mistake in a translation: each page of a language that nobody has read leads to the list of its texts, each with
//! file and key.

use std::collections::BTreeSet;

use super::page::{Page, same, shown, within};
use super::repository::{every_language, locale, root};
use super::site::{Tour, tour};
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

/// A language that nobody has read.
const UNREAD: &str = "fr";

/// The link to the list of the texts of a page.
fn link_to_list(page: &Page) -> Option<String> {
    let links = page.select("footer p.screen a[href*='/mistakes']");
    Some(links.first()?.attr("href")?.to_owned())
}

/// The texts of a list: file, key, text.
fn listed(page: &Page) -> Vec<(String, String, String)> {
    let mut texts = Vec::new();
    for section in page.select("main section") {
        let of = |selector| within(section, selector).into_iter().map(shown).collect::<Vec<_>>();
        let file = of("h2").concat();
        for (key, text) in of("dt").into_iter().zip(of("dd")) {
            texts.push((file.clone(), key, text));
        }
    }
    texts
}

/// Whether `shown` is `text`, begins or ends with it, or has values in place of its placeholders.
fn is_made_of(shown: &str, text: &str) -> bool {
    let Some((before, rest)) = text.split_once('{') else {
        return text.len() > 3 && (shown.starts_with(text) || shown.ends_with(text)) || same(shown, text);
    };
    let after = rest.rsplit('}').next().unwrap_or_default();
    !before.is_empty() && shown.starts_with(before) && shown.ends_with(after)
}

#[test]
fn every_page_of_an_unread_translation_leads_to_its_texts_with_their_file_and_key() {
    let words = Words::of(UNREAD);
    let questions = ["start.title", "record.question.title"].map(|key| words.plain(key));
    for found in &tour(UNREAD).pages {
        let page = found.page();
        if page.is_slides() {
            continue;
        }
        let list = link_to_list(&page).unwrap_or_else(|| panic!("{}: no link", page.path));
        let texts = listed(&Page::get(&list));
        let has = |file: &str, key: &str| texts.iter().any(|text| text.0 == file && text.1 == key);
        assert!(
            has(&format!("locales/{UNREAD}/common.toml"), "punctuation.pair"),
            "{list}"
        );
        let heading = page.heading();
        // The name of a company, and the questions that stand in for a page.
        let stands_in = questions.iter().any(|question| same(question, &heading));
        if page.path.starts_with(&format!("/{UNREAD}/company/")) || stands_in {
            continue;
        }
        let of_heading = texts.iter().find(|(_, _, text)| is_made_of(&heading, text));
        let (file, key, _) = of_heading.unwrap_or_else(|| panic!("{list}: “{heading}”"));
        let own_key = key.rsplit('.').next().unwrap_or_default();
        let lines = std::fs::read_to_string(root().join(file)).expect("the file exists");
        assert!(lines.contains(own_key), "{list}: {file} has no {key}");
    }
}

#[test]
fn every_text_of_a_language_is_in_a_list() {
    let Tour { pages, .. } = tour(UNREAD);
    let lists: BTreeSet<String> = pages.iter().filter_map(|found| link_to_list(&found.page())).collect();
    let listed: BTreeSet<String> = lists
        .iter()
        .flat_map(|list| listed(&Page::get(list)))
        .map(|(file, _, _)| file)
        .collect();
    let missing: Vec<&str> = locale(UNREAD)
        .into_keys()
        .filter(|name| !listed.contains(&format!("locales/{UNREAD}/{name}.toml")))
        .collect();
    assert_eq!(missing, ["language"]);
}

#[test]
fn a_language_whose_authors_wrote_it_has_no_such_link() {
    for language in every_language() {
        let page = Page::get(&format!("/{language}/why"));
        let is_machine = locale(language)["language"]["origin"].as_str() == Some("machine");
        assert_eq!(link_to_list(&page).is_some(), is_machine, "{language}");
    }
}

#[test]
fn the_list_leads_back_and_to_the_texts_from_which_they_were_made() {
    let page = Page::get("/de-simple/mistakes?page=why");
    let links: Vec<&str> = page
        .select("main ul.more a")
        .iter()
        .filter_map(|link| link.attr("href"))
        .collect();
    assert_eq!(links, ["/de-simple/why", "/de/mistakes?page=why"]);
}

#[test]
fn a_language_that_an_operator_has_added_has_no_list() {
    let folder = Folder::new();
    folder.write(
        "locales/qaa/language.toml",
        "name = \"Name\"\ncldr = \"en\"\ndirection = \"ltr\"\nregister = \"formal\"\norigin = \"machine\"\n\
         reviewed_by_native_speaker = false\n[tested_sentence]\ntext = \"Text.\"\nwording = \"translation\"\n",
    );
    let site = Site::with_folder(folder.path());
    assert_eq!(link_to_list(&Page::of(&site, "/qaa/why")), None);
    assert_eq!(site.get("/qaa/mistakes").status, 404);
}
