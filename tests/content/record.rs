//! The record: what was objected to, with which form and which text.

use super::page::{Page, contains, same, shown, within};
use super::repository::{country_of_each_law, forms, generation, languages, page_journeys, services, text};
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

/// The journeys on one page with an objection, in the order of their numbers.
fn objections() -> impl Iterator<Item = &'static str> {
    let with_letter = page_journeys()
        .into_iter()
        .filter(|(_, file)| file.contains_key("letter"));
    let mut with_letter: Vec<_> = with_letter.collect();
    with_letter.sort_by_key(|(_, file)| file["number"].as_integer());
    with_letter.into_iter().map(|(id, _)| id)
}

#[test]
fn several_journeys_of_one_person_are_one_sheet_and_one_calendar_file() {
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        let own = services()[0];
        for country in country_of_each_law() {
            let mut choices = Choices::of(own, country).with("entry", &format!("{own}.{DAY}"));
            for id in objections() {
                choices = choices.with("entry", &format!("{id}.{DAY}"));
            }
            let page = Page::get(&choices.at(record));
            let sheets = page.select(".sheet dl.record");
            assert_eq!(sheets.len(), 1 + objections().count(), "{}", page.path);
            for (id, sheet) in objections().zip(&sheets[1..]) {
                let shown = shown(*sheet);
                contains(&page.path, &shown, &words.plain(&format!("journeys/{id}.want")));
                let journey = Page::get(&format!("/{language}/{id}?country={}", text(country, "code")));
                let text = journey.only("form.work textarea");
                let recorded = within(*sheet, "dd.text").into_iter().next().expect("a text");
                let recorded = super::page::shown(recorded);
                assert!(
                    same(&recorded, &super::page::shown(text)),
                    "{}: {id}: {recorded}",
                    page.path
                );
            }
            let calendar = Site::built_in()
                .get(&choices.at(&record.replace("/record", "/record.ics")))
                .html;
            assert_eq!(
                calendar.matches("BEGIN:VEVENT").count(),
                3 * sheets.len(),
                "{}",
                page.path
            );
            for id in objections() {
                assert_eq!(calendar.matches(&format!("-{id}@veto")).count(), 3, "{id}: {calendar}");
            }
        }
    }
}

#[test]
fn a_journey_leads_to_the_question_for_its_day_and_that_to_a_record_of_it_alone() {
    for language in languages() {
        let words = Words::of(language);
        for id in objections() {
            let country = text(country_of_each_law()[0], "code");
            let page = Page::get(&format!("/{language}/{id}?country={country}"));
            let label = words.plain("journey.record");
            let mut links = page.select("main a[href]").into_iter();
            let link = links.find(|link| same(&shown(*link), &label));
            let link = link.and_then(|link| link.attr("href")).expect("the record");
            let question = Page::get(link);
            contains(
                link,
                &shown(question.only("form fieldset")),
                &words.plain(&format!("journeys/{id}.want")),
            );
            let action = question.only("main form").attr("action").expect("an action");
            let response = Site::built_in().get(&format!("{action}?country={country}&entry={id}&day={DAY}&state="));
            assert_eq!(response.status, 307, "{id}");
            let location = response.headers["location"].clone();
            let record = Page::get(&location);
            assert_eq!(record.select(".sheet dl.record").len(), 1, "{location}");
            assert!(shown(record.definition(&words.plain("record.services"))).len() > 2);
            // A letter about a service needs one.
            assert!(record.select("main a[href*='/letter/']").is_empty(), "{location}");
        }
    }
}

#[test]
fn a_record_of_a_journey_asks_for_the_country_and_for_no_service() {
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        let id = objections().next().expect("a journey");
        let entry = format!("entry={id}.{DAY}");
        let page = Page::get(&format!("{record}?{entry}"));
        page.only("select[name=country]");
        assert!(
            page.select("input[name=service][type=checkbox]").is_empty(),
            "{}",
            page.path
        );
        let action = page.only("main form").attr("action").expect("an action");
        let missing = Site::built_in().get(&format!("{action}?service=&country=&{entry}"));
        assert_eq!(missing.status, 400);
        let country = text(country_of_each_law()[0], "code");
        let found = Page::get(&format!("{action}?service=&country={country}&{entry}"));
        assert_eq!(found.select(".sheet dl.record").len(), 1, "{}", found.path);
    }
}
