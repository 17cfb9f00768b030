//! The record: what was objected to, with which form and which text.

use super::page::{Page, same, shown};
use super::repository::{country_of_each_law, forms, languages, services, text};
use super::site::{DAY, path, service_choices, service_name, text_for_meta};
use super::words::Words;

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
