//! The languages: each page is in one, says so, and leads to the same page in the others.

use std::collections::BTreeMap;

use super::page::{Page, follow, shown};
use super::repository::{authorities, every_language, languages, root, services};
use super::site::{Choices, path, tours, without_query};
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

/// Each page that was found, in each language.
fn each_page(mut check: impl FnMut(&Words, &Page)) {
    for language in languages() {
        let words = Words::of(language);
        for found in tours(language).iter().flat_map(|tour| &tour.pages) {
            check(&words, &found.page());
        }
    }
}

#[test]
fn every_page_says_which_language_it_is_in() {
    each_page(|words, page| {
        assert_eq!(page.only("html").attr("lang"), Some(words.language), "{}", page.path);
        if page.is_slides() {
            return;
        }
        let current = page.only("header [hreflang][aria-current]");
        assert_eq!(current.attr("hreflang"), Some(words.language), "{}", page.path);
    });
}

#[test]
fn the_language_switch_has_languages_by_their_own_name_and_leads_to_the_same_page() {
    let names: BTreeMap<&str, String> = every_language()
        .into_iter()
        .map(|language| (language, Words::of(language).plain("language.name")))
        .collect();
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    each_page(|words, page| {
        // The list of languages leads back to the page from which it was opened.
        if page.is_slides() || without_query(&page.path).ends_with("/languages") {
            return;
        }
        let links = page.select("header a[hreflang]");
        let shown_names: BTreeMap<&str, String> = links
            .iter()
            .filter_map(|link| Some((link.attr("hreflang")?, shown(*link))))
            .collect();
        if names.len() <= 4 {
            assert_eq!(shown_names, names, "{}", page.path);
        }
        assert!((1..=4).contains(&shown_names.len()), "{}: {shown_names:?}", page.path);
        for (language, name) in shown_names {
            assert_eq!(name, names[language], "{}", page.path);
        }
        for link in links {
            let (language, address) = (
                link.attr("lang").unwrap_or_default(),
                link.attr("href").unwrap_or_default(),
            );
            // The length of a lesson is a choice for one page.
            let path = page.path.split("minutes=").next().unwrap_or_default();
            let path = path.trim_end_matches(['?', '&']);
            let expected = path.replacen(&format!("/{}/", words.language), &format!("/{language}/"), 1);
            assert_eq!(address, expected, "{}", page.path);
            if language != words.language && !titles.contains_key(address) {
                let (path, response) = follow(Site::built_in(), address);
                assert_eq!((path.as_str(), response.status), (address, 200), "{}", page.path);
                titles.insert(path, Page::parse(address, &response.html).heading());
            }
        }
    });
}

#[test]
fn the_page_of_languages_has_every_language_by_its_own_name() {
    for language in languages() {
        let page = Page::get(&format!("/{language}/languages"));
        page.must_show(&Words::of(language).plain("common.all_languages_lead"));
        for other in every_language() {
            let link = page.only(&format!("main a[hreflang={other}]"));
            assert_eq!(shown(link), Words::of(other).plain("language.name"), "{}", page.path);
        }
    }
}

#[test]
fn the_first_page_is_in_the_language_that_the_browser_prefers() {
    for language in every_language() {
        let name = Words::of(language).plain("language.name");
        let is_variant = language.contains('-');
        let asked = format!("{language},xx;q=0.9,*;q=0.1");
        let response = Site::built_in().get_in(&asked, "/");
        let location = response.headers.get("location").map_or("", String::as_str);
        let standard = language.split('-').next().unwrap_or_default();
        // Plain language is chosen, never assumed.
        let expected = if is_variant { standard } else { language };
        assert!(location.starts_with(&format!("/{expected}/")), "{name}: {location}");
        let (_, page) = follow(Site::built_in(), location);
        assert!(page.html.contains(&format!("<html lang=\"{expected}\"")), "{name}");
    }
}

#[test]
fn the_list_of_languages_is_in_the_order_of_their_names() {
    let page = Page::get("/en/languages");
    let names: Vec<String> = page.select("main .names a").into_iter().map(shown).collect();
    assert_eq!(names.len(), every_language().len());
    let at = |name: &str| {
        names
            .iter()
            .position(|it| it == name)
            .unwrap_or_else(|| panic!("no {name}"))
    };
    // Letters with marks beside those without, and Latin before Greek, Cyrillic and Arabic letters.
    for (one, other) in [
        ("čeština", "Deutsch"),
        ("hrvatski", "íslenska"),
        ("suomi", "svenska"),
        ("Türkçe", "Ελληνικά"),
        ("українська", "العربية"),
    ] {
        assert!(at(one) < at(other), "{one}, {other}: {names:?}");
    }
}

#[test]
fn every_language_has_the_same_pages() {
    let pages = |language: &str| -> Vec<String> {
        let found = tours(language).iter().flat_map(|tour| &tour.pages);
        let mut paths: Vec<String> = found
            .map(|found| without_query(&found.path).replacen(language, "", 1))
            .collect();
        paths.sort();
        paths
    };
    let all = languages();
    for language in &all {
        assert_eq!(pages(language), pages(all[0]), "{language}");
    }
}

#[test]
fn countries_and_regions_are_in_the_alphabetical_order_of_the_language() {
    // An override for which all languages are loaded from files, whose order is that of the codes.
    let folder = Folder::new();
    let company = std::fs::read_to_string(root().join("data/companies/meta.toml")).expect("a readable file");
    folder.write("data/companies/meta.toml", &company);
    let (_, country) = authorities()
        .into_iter()
        .find(|(authority, _)| authority.get("region").is_some())
        .expect("a region");
    for site in [Site::built_in(), &Site::with_folder(folder.path())] {
        for language in languages() {
            let words = Words::of(language);
            let ask_for_region = Choices::of(services()[0], country).at(path(&words, "authority.title"));
            for page in [
                Page::of(site, path(&words, "start.title")),
                Page::of(site, &ask_for_region),
            ] {
                let options = page.select("select option:not([value=''])").into_iter();
                let names: Vec<String> = options.map(shown).collect();
                assert!(names.len() > 1, "{}: no names", page.path);
                assert!(words.is_sorted(&names), "{}: {names:?}", page.path);
            }
        }
    }
}
