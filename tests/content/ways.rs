//! How a reader finds the journeys on one page: lists, the places where they notice that they need one, short numbers.

use toml::Table;

use super::page::{Page, contains, parent, same, shown, squeeze, within};
use super::repository::{country_of_each_law, entries, languages, list, page_journeys, text};
use super::site::{Choices, path, steps, without_query};
use super::words::Words;
use crate::in_process::Site;

/// The sentence with the short number of a journey.
fn number_of(words: &Words, file: &Table) -> String {
    let number = file["number"].as_integer().expect("a number").to_string();
    words.fill("journey.number", &[("number", &number)])
}

/// Whether a page leads to a journey, by its name.
fn leads_to(page: &Page, words: &Words, id: &str) -> bool {
    let mut links = page.select("main a[href]").into_iter();
    links.any(|link| {
        let to = link.attr("href").map(without_query);
        to == Some(&format!("/{}/{id}", words.language))
            && same(&shown(link), &words.plain(&format!("journeys/{id}.want")))
    })
}

#[test]
fn the_first_question_and_the_table_lead_to_each_journey_and_the_table_tells_its_number() {
    for language in languages() {
        let words = Words::of(language);
        for key in ["topic.title", "journey.ways.title"] {
            let page = Page::get(path(&words, key));
            for (id, file) in page_journeys() {
                let address = format!("/{language}/{id}");
                let mut links = page.select("main a[href]").into_iter();
                let link = links.find(|link| link.attr("href").map(without_query) == Some(&address));
                let link = link.unwrap_or_else(|| panic!("{}: does not lead to {id}", page.path));
                contains(&page.path, &shown(link), &words.plain(&format!("journeys/{id}.want")));
                if key != "topic.title" {
                    let number = number_of(&words, file);
                    contains(&page.path, &shown(parent(link)), &number);
                }
            }
        }
    }
}

#[test]
fn the_table_is_linked_from_home_from_reasons_and_from_an_address_that_does_not_exist() {
    for language in languages() {
        let words = Words::of(language);
        let ways = path(&words, "journey.ways.title");
        for address in [format!("/{language}/"), path(&words, "why.title").to_owned()] {
            let page = Page::get(&address);
            let leads = page
                .select("a[href]")
                .into_iter()
                .any(|link| link.attr("href") == Some(ways));
            assert!(leads, "{address}");
        }
        for unknown in ["meta-unknown", "meta-unknown/letter", "9999"] {
            let response = Site::built_in().get(&format!("/{language}/{unknown}"));
            assert_eq!(response.status, 404, "{unknown}");
            let page = Page::parse(unknown, &response.html);
            let links = page.select("main a[href]").into_iter();
            assert!(
                links.filter_map(|link| link.attr("href")).any(|link| link == ways),
                "{unknown}"
            );
        }
    }
}

#[test]
fn the_pages_on_which_a_reader_notices_that_they_need_a_journey_lead_to_it() {
    for language in languages() {
        let words = Words::of(language);
        let home = format!("/{language}/");
        for (place, path) in [
            ("home", home.as_str()),
            ("why", path(&words, "why.title")),
            ("replies", path(&words, "replies.title")),
            ("school", path(&words, "school.title")),
            ("family", path(&words, "family.title")),
        ] {
            let page = Page::get(path);
            let mut found = 0;
            for (id, file) in page_journeys() {
                let places = file.get("linked_from").and_then(|places| places.as_array());
                let is_linked = places.is_some_and(|places| places.iter().any(|it| it.as_str() == Some(place)));
                assert_eq!(leads_to(&page, &words, id), is_linked, "{path}: {id}");
                found += usize::from(is_linked);
            }
            assert!(found > 0, "{path}: no journey");
        }
    }
}

#[test]
fn every_journey_is_linked_from_a_page_or_a_problem() {
    for (id, file) in page_journeys() {
        let mut troubles = entries("troubles", "trouble").iter();
        let of_trouble = troubles.any(|trouble| list(trouble, "journeys").contains(&id));
        let of_page = file.get("linked_from").is_some();
        assert!(of_trouble || of_page, "{id}");
    }
}

#[test]
fn a_problem_leads_to_the_journeys_that_help_and_the_list_of_problems_has_all_journeys() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(path(&words, "trouble_page.title"));
        for trouble in entries("troubles", "trouble") {
            let problem = words.plain(&format!("troubles.{}.problem", text(trouble, "id")));
            let details = page.details(&problem);
            let hrefs = within(details, "a[href]").into_iter();
            let hrefs: Vec<_> = hrefs.filter_map(|link| link.attr("href")).map(without_query).collect();
            for id in list(trouble, "journeys") {
                assert!(hrefs.contains(&format!("/{language}/{id}").as_str()), "{problem}: {id}");
            }
        }
        for (id, _) in page_journeys() {
            let items = page.select("main .filtered li").into_iter();
            let mut items = items.filter(|item| {
                let mut links = within(*item, "a[href]").into_iter();
                links.any(|link| link.attr("href") == Some(&format!("/{language}/{id}")))
            });
            let item = items.next().unwrap_or_else(|| panic!("{}: no {id}", page.path));
            contains(&page.path, &shown(item), &words.plain(&format!("journeys/{id}.want")));
        }
    }
}

#[test]
fn a_problem_on_the_page_of_a_step_leads_only_to_journeys_for_people_in_the_country() {
    let words = Words::of("en");
    let countries = country_of_each_law();
    for (id, file) in page_journeys() {
        let laws = file.get("laws").and_then(|laws| laws.as_array());
        if laws.is_some_and(Vec::is_empty) {
            let of_all = Page::get(path(&words, "trouble_page.title"));
            assert!(leads_to(&of_all, &words, id), "{id}");
            let choices = Choices::of("facebook", countries[0]);
            for step in steps("en") {
                let page = Page::get(&choices.at(step));
                assert!(!leads_to(&page, &words, id), "{}", page.path);
            }
        }
    }
}

#[test]
fn each_number_in_the_table_leads_to_its_page_and_is_told_there() {
    for language in languages() {
        let words = Words::of(language);
        let table = Page::get(path(&words, "journey.ways.title"));
        let rows = table.select("main dl.record > div").into_iter();
        let others = rows.map(|row| {
            let number = within(row, "dt").into_iter().next().expect("a number");
            let link = within(row, "dd a[href]").into_iter().next().expect("a page");
            let address = link.attr("href").expect("an address").to_owned();
            assert!(shown(link).len() > 2, "{address}");
            (squeeze(&shown(number)), address)
        });
        let journeys = page_journeys().into_iter();
        let journeys = journeys.map(|(id, file)| (file["number"].to_string(), format!("/{language}/{id}")));
        let all: Vec<_> = others.chain(journeys).collect();
        assert!(all.len() > page_journeys().len() + 7, "{all:?}");
        for (index, (number, address)) in all.iter().enumerate() {
            assert!(!all[..index].iter().any(|(other, _)| other == number), "{number}");
            let response = Site::built_in().get_in(language, &format!("/{number}"));
            assert_eq!(
                (response.status, &response.headers["location"]),
                (307, address),
                "{number}"
            );
            assert_eq!(response.headers["vary"], "accept-language", "{number}");
            let choices = Choices::of("facebook", country_of_each_law()[0]).with("day", super::site::DAY);
            let page = Page::get(&choices.at(address));
            let foot = shown(page.only("footer"));
            contains(address, &foot, &words.fill("journey.number", &[("number", number)]));
        }
    }
}
