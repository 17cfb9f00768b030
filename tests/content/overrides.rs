//! An operator's folder: a correction changes what it names, and nothing else; a language is one more folder.

use std::fs;
use std::path::Path;

use toml::{Table, Value};

use super::page::{Page, after, follow, shown, within};
use super::repository::{
    authorities, company_entries, countries, country_of_each_law, forms, generation, languages, list, root, services,
    text,
};
use super::site::{Choices, path, step_of, tours};
use super::steps::form_evidence;
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

/// An entry with other values.
pub fn changed(entry: &Value, changes: &[(&str, Value)]) -> &'static Value {
    let mut table = entry.as_table().expect("an entry").clone();
    for (key, value) in changes {
        table.insert((*key).to_owned(), value.clone());
    }
    Box::leak(Box::new(Value::Table(table)))
}

/// A file with one entry of a list.
pub fn file(key: &str, entry: &Value) -> String {
    Table::from_iter([(key.to_owned(), Value::Array(vec![entry.clone()]))]).to_string()
}

/// A source that is not in the data.
pub fn source(name: &str) -> Value {
    let pair = |key: &str, value: &str| (key.to_owned(), Value::from(value));
    Table::from_iter([pair("source", name), pair("checked", "2025-03-04")]).into()
}

#[test]
fn a_corrected_form_changes_its_own_link_and_evidence_and_nothing_else() {
    let corrected = "https://www.example.org/corrected";
    for service in services() {
        let built_in = forms(service)[0];
        let (tried, named) = (source("a test of the link"), source("a note about the form"));
        let entry = changed(
            built_in,
            &[("address", corrected.into()), ("tried", tried), ("named", named)],
        );
        let folder = Folder::new();
        folder.write("data/companies/meta.toml", &file("form", entry));
        let site = Site::with_folder(folder.path());
        for language in languages() {
            let words = Words::of(language);
            let mut changed_pages = 0;
            for found in tours(language).iter().flat_map(|tour| &tour.pages) {
                let (_, response) = follow(&site, &found.path);
                if !found.html.contains(text(built_in, "address")) {
                    // The drawing shows the host of the form.
                    let host = super::repository::host(text(built_in, "address"));
                    let same = response.html == found.html.replace(host, super::repository::host(corrected));
                    assert!(same || response.html == found.html, "{}: changed", found.path);
                    continue;
                }
                changed_pages += 1;
                let page = Page::parse(&found.path, &response.html);
                page.must_not_show(text(built_in, "address"));
                let links = |page: &Page| -> Vec<String> {
                    let links = page
                        .select("main a[href]")
                        .into_iter()
                        .filter_map(|link| link.attr("href"));
                    links.map(str::to_owned).collect()
                };
                let mut expected = links(&found.page());
                for source in [text(&built_in["tried"], "source"), text(&built_in["named"], "source")] {
                    if let Some(at) = expected.iter().position(|link| link == source) {
                        expected.remove(at);
                    }
                }
                for link in &mut expected {
                    if link == text(built_in, "address") {
                        corrected.clone_into(link);
                    }
                }
                let mut links = links(&page);
                links.sort();
                expected.sort();
                assert_eq!(links, expected, "{}", page.path);
                if !page
                    .body()
                    .contains(&super::page::squeeze(&form_evidence(&words, entry)[0]))
                {
                    // The record and the slides name the form without its evidence.
                    assert!(
                        page.is_slides() || !page.select("main dl.record").is_empty(),
                        "{}: without evidence",
                        page.path
                    );
                    continue;
                }
                let body = page.body();
                let evidence = form_evidence(&words, entry);
                let evidence: Vec<&str> = evidence.iter().map(String::as_str).collect();
                after(&body, &evidence).unwrap_or_else(|missing| panic!("{}: missing “{missing}”", page.path));
            }
            assert!(
                changed_pages > 1,
                "{language}: the form stands on {changed_pages} pages"
            );
        }
    }
}

#[test]
fn a_form_of_a_newer_generation_becomes_the_main_one() {
    for service in services() {
        let newer = changed(
            forms(service)[0],
            &[
                ("generation", (generation(forms(service)[0]) + 1).into()),
                ("address", "https://www.example.org/newer".into()),
            ],
        );
        let folder = Folder::new();
        folder.write("data/companies/meta.toml", &file("form", newer));
        let site = Site::with_folder(folder.path());
        for language in languages() {
            let words = Words::of(language);
            let step = Choices::of(service, country_of_each_law()[0]).at(step_of(words.language, "form"));
            let page = Page::of(&site, &step);
            let links = page
                .select("main a[href]")
                .into_iter()
                .filter_map(|link| link.attr("href"));
            let all = [newer]
                .into_iter()
                .chain(forms(service))
                .map(|form| text(form, "address"));
            let all: Vec<&str> = all.collect();
            assert_eq!(
                links.filter(|link| all.contains(link)).collect::<Vec<_>>(),
                all,
                "{step}"
            );
            assert_eq!(
                page.only("main a.button:not(.second)").attr("href"),
                Some(all[0]),
                "{step}"
            );
        }
    }
}

#[test]
fn a_page_for_complaints_in_the_language_of_the_page_comes_before_the_general_one() {
    let all = languages();
    for (authority, country) in authorities() {
        let is_alone = country_of_each_law().contains(&country) && authority.get("region").is_none();
        if !is_alone {
            continue;
        }
        for without in &all {
            let own = all.iter().filter(|language| *language != without);
            let own = own.map(|language| (language.to_string(), format!("https://example.org/{language}").into()));
            let general = "https://example.org/general";
            let entry = changed(
                authority,
                &[
                    ("complaint", general.into()),
                    ("complaint_by_language", Value::Table(own.collect())),
                ],
            );
            let folder = Folder::new();
            folder.write("data/authorities.toml", &file("authority", entry));
            let site = Site::with_folder(folder.path());
            for language in &all {
                let words = Words::of(language);
                let choices = Choices::of(services()[0], country);
                let page = Page::of(&site, &choices.at(path(&words, "authority.title")));
                let expected = if language == without {
                    general.to_owned()
                } else {
                    format!("https://example.org/{language}")
                };
                let link = super::site::link(&page, &words.plain("authority.complaint"));
                assert_eq!(link, expected, "{}", page.path);
            }
        }
    }
}

/// Copies the files of a folder.
fn copy(from: &Path, folder: &Folder, to: &str) {
    for entry in fs::read_dir(from)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
    {
        let to = format!("{to}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            copy(&entry.path(), folder, &to);
        } else {
            folder.write(&to, &fs::read_to_string(entry.path()).expect("a readable file"));
        }
    }
}

#[test]
fn a_language_without_its_own_menus_shows_those_in_english() {
    // A code for private use, which no language will ever have.
    let code = "qaa";
    let folder = Folder::new();
    copy(&root().join("locales/en"), &folder, &format!("locales/{code}"));
    let site = Site::with_folder(folder.path());
    let english = Words::of("en");
    let has_menu = |service: &&str| {
        company_entries("menu")
            .into_iter()
            .any(|menu| list(menu, "services").contains(service))
    };
    for service in services().into_iter().filter(has_menu) {
        let step = step_of(english.language, "form").replacen("/en/", &format!("/{code}/"), 1);
        let page = Page::of(&site, &Choices::of(service, &countries()[0]).at(&step));
        assert_eq!(page.only("html").attr("lang"), Some(code));
        super::steps::check_menus(&page, &english, code, service);
        let lists = page.select("main ol[lang]");
        assert!(!lists.is_empty(), "{}: no way through the menus", page.path);
        for menu in lists {
            let labels: Vec<String> = within(menu, "li").into_iter().map(shown).collect();
            let known = company_entries("menu")
                .into_iter()
                .any(|menu| list(menu, "labels") == labels);
            assert!(known && menu.attr("lang") == Some("en"), "{}: {labels:?}", page.path);
        }
    }
}
