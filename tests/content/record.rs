//! The record: what was objected to, with which form and which text.

use super::page::{Page, same, shown};
use super::repository::{country_of_each_law, forms, generation, languages, services, text};
use super::site::{Choices, DAY, path, service_choices, service_name, text_for_meta};
use super::words::Words;
use crate::in_process::Site;

#[test]
fn the_record_has_the_newest_form_the_services_and_the_text_that_was_handed_over() {
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        for services_chosen in service_choices(language) {
            let choices = services_chosen.with("country", text(country_of_each_law()[0], "code"));
            let page = Page::get(&choices.with("day", DAY).at(record));
            let form = shown(page.definition(&words.plain("record.link")));
            let newest = services().into_iter().map(|service| text(forms(service)[0], "address"));
            assert!(newest.clone().any(|newest| newest == form), "{}: {form}", page.path);
            let handed_over = text_for_meta(language, &choices);
            let recorded = shown(page.definition(&words.plain("record.text")));
            assert!(same(&recorded, &handed_over), "{}: another text", page.path);
            let named = shown(page.definition(&words.plain("record.services")));
            for service in services() {
                let name = service_name(language, service);
                assert_eq!(
                    named.contains(&name),
                    handed_over.contains(&name),
                    "{}: {name}",
                    page.path
                );
            }
        }
    }
}

#[test]
fn the_record_has_the_form_and_the_text_that_were_sent_and_says_where_it_only_proposes_them() {
    let own = "My own words <b>&amp;</b>\nand a second line.";
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        let proposed = words.plain("record.proposed");
        for service in services() {
            let choices = Choices::of(service, country_of_each_law()[0]).with("entry", &format!("{service}.{DAY}"));
            let address = choices.at(record);
            Page::get(&address).must_show(&proposed);
            let oldest = forms(service).pop().expect("a form");
            let year = generation(oldest).to_string();
            for (used, form) in [(year.as_str(), text(oldest, "address")), ("other", "")] {
                let sent = [("entry", service), ("used", used), ("typed", own)];
                let response = Site::built_in().post(&address, &sent);
                assert_eq!(response.status, 200, "{address}");
                assert!(response.headers["cache-control"].ends_with("no-store"), "{address}");
                let page = Page::parse(&address, &response.html);
                page.must_not_show(&proposed);
                assert_eq!(shown(page.definition(&words.plain("record.link"))), form, "{address}");
                assert!(
                    same(&shown(page.definition(&words.plain("record.text"))), own),
                    "{address}"
                );
            }
        }
    }
}
