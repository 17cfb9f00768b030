//! The page that shares an address: it tells nothing about a person, and all its parts name the same address.

use super::page::{Page, follow, shown};
use super::qr_code;
use super::repository::{authorities, languages, optional, services};
use super::site::{Choices, DAY, path};
use super::words::Words;
use crate::in_process::{ADDRESS, Site};

/// The address that is shared.
fn shared(page: &Page) -> String {
    qr_code::read(page.only("main svg.code"))
}

/// Everything that a visitor can have chosen.
fn all_choices(language: &str) -> Choices {
    let services = services();
    let regional = authorities()
        .into_iter()
        .find(|(authority, _)| optional(authority, "region").is_some());
    let (regional, country) = regional.expect("an authority of a region");
    let mut choices = Choices::of(services[0], country)
        .in_region_of(regional)
        .with("service", services[1]);
    choices = choices.with("accounts", "separate").with("form", services[1]);
    choices = choices
        .with("entry", &format!("{}.{DAY}", services[0]))
        .with("length", "full");
    choices.with("text", language)
}

#[test]
fn a_shared_address_has_no_day_and_nothing_about_accounts() {
    for language in languages() {
        let other = *languages().last().expect("a language");
        let share = path(&Words::of(language), "share.title");
        for open in ["home", "step", "everything", "school", "family"] {
            let page = Page::get(&all_choices(other).with("open", open).at(share));
            let address = shared(&page);
            let query = address.split_once('?').expect("choices").1;
            for pair in query.split('&') {
                let key = pair.split('=').next().unwrap_or_default();
                // With several services an address always says whether their accounts belong together: the default.
                let is_allowed = ["service", "country", "text", "length"].contains(&key) || pair == "accounts=unsure";
                assert!(is_allowed, "{language}, {open}: {address}");
            }
            let path = address.strip_prefix(ADDRESS).expect("an address of this site");
            let (found, response) = follow(Site::built_in(), path);
            assert_eq!((found.as_str(), response.status), (path, 200), "{open}: not canonical");
        }
    }
}

#[test]
fn code_text_message_and_file_name_the_same_address() {
    for language in languages() {
        let share = path(&Words::of(language), "share.title");
        for query in ["", "?open=school", "?country=AT&open=family"] {
            let page = Page::get(&format!("{share}{query}"));
            let address = shared(&page);
            assert_eq!(shown(page.only(".poster .host")), address.trim_end_matches('/'));
            assert!(shown(page.only("main textarea")).contains(&address), "{query}");
            let mut links = page
                .select("main a[href]")
                .into_iter()
                .filter_map(|link| link.attr("href"));
            let file = links.find(|link| link.contains(".svg")).expect("the code alone");
            let response = Site::built_in().get(file);
            assert_eq!(response.headers["content-type"], "image/svg+xml");
            let drawing = Page::parse(file, &response.html);
            assert_eq!(qr_code::read(drawing.only("svg")), address, "{file}");
        }
    }
}

#[test]
fn a_step_is_shared_only_with_the_choices_that_it_needs() {
    for language in languages() {
        let share = path(&Words::of(language), "share.title");
        for open in ["step", "everything"] {
            let address = shared(&Page::get(&format!("{share}?open={open}")));
            assert_eq!(address, format!("{ADDRESS}/{language}/"), "{open}");
        }
        let response = Site::built_in().get(&format!("{share}?country=AT&open=cinema"));
        assert_eq!(response.status, 400);
        assert!(response.html.contains("cinema") && response.html.contains(&format!("{share}?country=AT\"")));
    }
}

#[test]
fn an_address_without_a_language_leads_to_that_of_the_browser() {
    for (path, to) in [("/school", "school"), ("/family", "family"), ("/share", "share")] {
        let response = Site::built_in().get(&format!("{path}?country=AT"));
        assert_eq!(response.status, 307, "{path}");
        assert_eq!(response.headers["vary"], "accept-language", "{path}");
        let location = &response.headers["location"];
        assert!(location.ends_with(&format!("/{to}?country=AT")), "{location}");
    }
}
