//! The age of the facts: what pages say when a form was confirmed long ago, when the facts are old, and when Meta has
//! closed a form.

use toml::Value;

use super::calendar::{Date, iso, parse, plus_days, plus_months};
use super::overrides::{changed, file, source};
use super::page::Page;
use super::repository::{country_of_each_law, data, entries, forms, journey, languages, list, services, text};
use super::site::{Choices, path, step_keys, step_of};
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

/// The day until which the facts were gathered.
fn gathered() -> Date {
    parse(text(&data("dates")["facts-checked"], "date"))
}

/// The site on `day`, with the form `entry` in place of the built-in one.
fn site_on(day: Date, entry: Option<&Value>) -> Site {
    let folder = Folder::new();
    if let Some(entry) = entry {
        folder.write("data/companies/meta.toml", &file("form", entry));
    }
    Site::on(&iso(day), folder.path())
}

/// The newest form of `service` with other values.
fn newest(service: &str, changes: &[(&str, Value)]) -> &'static Value {
    changed(forms(service)[0], changes)
}

/// The page of the step with the form, and the page with everything.
fn pages_with_a_form(site: &Site, words: &Words, service: &'static str) -> [Page; 2] {
    let choices = Choices::of(service, country_of_each_law()[0]);
    let everything = path(words, "everything.title");
    [step_of(words.language, "form"), everything].map(|path| Page::of(site, &choices.at(path)))
}

#[test]
fn a_form_says_when_it_was_last_confirmed_and_that_this_is_long_ago_after_six_months() {
    for service in services() {
        let form = forms(service)[0];
        let confirmed = ["tried", "named"].map(|key| parse(text(&form[key], "checked")));
        let confirmed = confirmed.into_iter().max().expect("two dates");
        let last_day = plus_months(confirmed, 6);
        for (day, is_long_ago) in [(last_day, false), (plus_days(last_day, 1), true)] {
            let site = site_on(day, None);
            for language in languages() {
                let words = Words::of(language);
                let date = words.written(confirmed);
                let short = words.fill("steps.form.confirmed", &[("date", &date)]);
                let long = words.fill("steps.form.confirmed_long_ago", &[("date", &date)]);
                for page in pages_with_a_form(&site, &words, service) {
                    page.must_show(&short);
                    if is_long_ago {
                        page.must_show(&long);
                    } else {
                        page.must_not_show(&long);
                    }
                }
            }
        }
    }
}

#[test]
fn pages_with_a_form_say_until_when_we_know_it_after_90_days_and_not_before() {
    for (days, is_shown) in [(90, false), (91, true), (800, true)] {
        let site = site_on(plus_days(gathered(), days), None);
        for language in languages() {
            let words = Words::of(language);
            let date = words.written(gathered());
            let known_until = words.fill("steps.form.known_until", &[("date", &date)]);
            for page in pages_with_a_form(&site, &words, services()[0]) {
                if is_shown {
                    page.must_show(&known_until);
                } else {
                    page.must_not_show(&known_until);
                }
            }
        }
    }
}

#[test]
fn the_first_page_says_so_when_the_facts_are_older_than_a_year() {
    let last_day = plus_months(gathered(), 12);
    for (day, is_shown) in [(last_day, false), (plus_days(last_day, 1), true)] {
        let site = site_on(day, None);
        for language in languages() {
            let words = Words::of(language);
            let date = words.written(gathered());
            let outdated = words.fill("home.outdated", &[("date", &date)]);
            let page = Page::of(&site, &format!("/{language}/"));
            if is_shown {
                page.must_show(&outdated);
            } else {
                page.must_not_show(&outdated);
            }
        }
    }
}

#[test]
fn where_meta_has_closed_a_form_no_page_links_it_and_an_older_one_takes_its_place() {
    for service in services() {
        let [_, older, ..] = forms(service)[..] else { continue };
        let closed = newest(service, &[("withdrawn", source("a report that the form is closed"))]);
        let site = site_on(gathered(), Some(closed));
        let older = text(older, "address");
        for language in languages() {
            let words = Words::of(language);
            for page in pages_with_a_form(&site, &words, service) {
                let links = page
                    .select("main a[href]")
                    .into_iter()
                    .filter_map(|link| link.attr("href"));
                let links: Vec<&str> = links.collect();
                assert!(!links.contains(&text(closed, "address")), "{}", page.path);
                assert!(links.contains(&older), "{}: no other form", page.path);
            }
        }
    }
}

#[test]
fn where_meta_has_closed_all_forms_the_menus_and_the_letter_take_their_place() {
    let service = services()[0];
    let reason = source("a report that the form is closed");
    let closed = forms(service)
        .into_iter()
        .map(|form| changed(form, &[("withdrawn", reason.clone())]));
    let files: String = closed.map(|form| file("form", form)).collect();
    let folder = Folder::new();
    folder.write("data/companies/meta.toml", &files);
    let site = Site::on(&iso(gathered()), folder.path());
    for language in languages() {
        let words = Words::of(language);
        for page in pages_with_a_form(&site, &words, service) {
            page.must_show(&words.plain("steps.form.withdrawn.title"));
            page.must_show(&words.plain("letter_forms.objection.title"));
            for form in forms(service) {
                assert!(!page.main().html().contains(text(form, "address")), "{}", page.path);
            }
            let empty = page.select("main a[href='']");
            assert!(empty.is_empty(), "{}: an empty link", page.path);
        }
        let choices = Choices::of(service, country_of_each_law()[0]);
        let step = Page::of(&site, &choices.at(step_of(words.language, "form")));
        step.must_show(&words.plain("steps.form.menus"));
        let keys = step_keys();
        let todo = keys
            .iter()
            .zip(entries(journey(), "step"))
            .find(|(_, step)| list(step, "shows").contains(&"form"));
        let (key, _) = todo.expect("a step shows the form");
        step.must_not_show(&words.plain(&format!("{key}.todo")));
    }
}
