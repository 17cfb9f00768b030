//! What holds for every page: one heading, one main action, whole sentences, links that lead somewhere.

use super::company_complaint;
use super::letters;
use super::page::{Page, after, pieces, same, shown, squeeze, within};
use super::repository::languages;
use super::site::{Found, authority_choices, path, steps, tours};
use super::words::Words;

/// All pages of a language: those that were found, those of each authority, and those of finished letters and
/// complaints.
pub fn all_pages(words: &Words) -> Vec<Page> {
    let found = tours(words.language).iter().flat_map(|tour| &tour.pages);
    let mut pages: Vec<Page> = found.map(Found::page).collect();
    let authority = path(words, "authority.title");
    let authorities = authority_choices();
    pages.extend(
        authorities
            .iter()
            .map(|(_, _, choices)| Page::get(&choices.at(authority))),
    );
    pages.extend(letters::finished(words));
    pages.extend(company_complaint::finished(words));
    pages
}

/// Each page that was found, and each finished letter and complaint.
fn each_page(mut check: impl FnMut(&Page)) {
    for language in languages() {
        let found = tours(language).iter().flat_map(|tour| &tour.pages);
        found
            .map(Found::page)
            .chain(letters::finished(&Words::of(language)))
            .chain(company_complaint::finished(&Words::of(language)))
            .for_each(|page| check(&page));
    }
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    for language in languages() {
        for tour in tours(language) {
            let broken = tour.broken.first();
            let broken = broken.map(|(page, link, status)| format!("{page} links {link}, with status {status}"));
            assert_eq!(broken, None);
        }
    }
}

#[test]
fn every_page_has_one_heading_in_its_main_part_and_a_title_that_is_not_empty() {
    each_page(|page| {
        assert_eq!(page.select("h1").len(), 1, "{}", page.path);
        assert_eq!(page.select("main h1").len(), 1, "{}", page.path);
        assert!(!shown(page.only("head > title")).is_empty(), "{}", page.path);
    });
}

#[test]
fn no_page_has_two_main_buttons() {
    each_page(|page| {
        let buttons = page
            .select("main .button:not(.second):not(rect)")
            .into_iter()
            .map(shown);
        let buttons: Vec<String> = buttons.collect();
        assert!(buttons.len() <= 1, "{}: {buttons:?}", page.path);
    });
}

#[test]
fn every_step_has_one_main_button() {
    for language in languages() {
        for tour in tours(language) {
            for step in steps(language) {
                let page = Page::get(&tour.choices.at(step));
                let buttons = page.select("main .button:not(.second):not(rect)").len();
                assert_eq!(buttons, 1, "{}: main buttons", page.path);
            }
        }
    }
}

#[test]
fn a_link_that_opens_a_new_tab_tells_a_screen_reader_so() {
    for language in languages() {
        let words = Words::of(language);
        let hint = words.plain("common.new_tab");
        for page in all_pages(&words) {
            for link in page.select("a[target=_blank]") {
                let hints = within(link, ".unseen").into_iter();
                let told = hints.flat_map(|hint| hint.text()).collect::<String>();
                assert!(
                    same(&told, &hint),
                    "{}: no “{hint}” at {:?}",
                    page.path,
                    link.attr("href")
                );
            }
        }
    }
}

#[test]
fn no_link_heading_or_label_is_empty() {
    each_page(|page| {
        for element in page.select("a, button, h1, h2, h3, summary, legend, label, dt, option:not([value=''])") {
            let named = element.attr("aria-label").is_some_and(|name| !name.is_empty());
            assert!(
                named || !shown(element).is_empty(),
                "{}: an empty {}",
                page.path,
                element.value().name()
            );
            assert!(element.value().name() != "a" || element.attr("href").is_some_and(|href| !href.is_empty()));
        }
    });
}

#[test]
fn no_placeholder_and_no_double_full_stop_is_left_in_a_text() {
    each_page(|page| {
        let whole = shown(page.only("body"));
        let attributes = page.select("body *, title, meta").into_iter();
        let attributes = attributes.flat_map(|element| element.value().attrs().map(|(_, value)| value));
        for text in attributes.chain([whole.as_str()]) {
            for fault in ["{", "}", "..", ". .", "]("] {
                let at = text.find(fault);
                let around = at.map(|at| text[..at].chars().rev().take(40).collect::<Vec<_>>());
                let around = around.map(|letters| letters.into_iter().rev().collect::<String>());
                assert!(
                    at.is_none(),
                    "{}: “{fault}” after “{}”",
                    page.path,
                    around.unwrap_or_default()
                );
            }
        }
    });
}

#[test]
fn every_heading_and_every_text_under_it_is_shown_on_a_page_that_links_lead_to() {
    let parts = [
        "title", "name", "sign", "lead", "body", "todo", "then", "help", "problem",
    ];
    for language in languages() {
        let words = Words::of(language);
        let texts = words.all().into_iter().filter(|(key, _)| {
            let part = key.rsplit('.').next().unwrap_or_default();
            // Error pages are not linked, no form is closed today, the day of the tours is long ago, and only translations
            // lead to the list of their texts.
            let elsewhere = ["errors.", "steps.form.withdrawn.", "status.pages.receipt.", "mistakes."];
            let is_elsewhere = elsewhere.iter().any(|part| key.starts_with(part));
            parts.contains(&part) && !is_elsewhere
        });
        let texts = texts.map(|(key, raw)| (key, pieces(&words.resolve(raw))));
        let mut missing: Vec<(String, Vec<String>)> = texts.collect();
        for page in all_pages(&words) {
            let whole = squeeze(&shown(page.only("body")));
            missing.retain(|(_, pieces)| after(&whole, pieces).is_err());
        }
        let missing: Vec<&String> = missing.iter().map(|(key, _)| key).collect();
        assert!(missing.is_empty(), "locales/{language}: no page shows {missing:?}");
    }
}
