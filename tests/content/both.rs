//! Both services at once: one objection for linked accounts, else two, one after the other.

use super::page::{Page, shown, squeeze, within};
use super::repository::{country_of_each_law, journey, languages, services, text};
use super::site::{Choices, service_choices, service_name, step_keys, steps};
use super::words::Words;

/// The first two services.
fn two() -> [&'static str; 2] {
    let [first, second, ..] = services()[..] else {
        panic!("fewer than two services");
    };
    [first, second]
}

/// The combinations for two services, and whether the accounts are linked.
fn both(language: &str) -> impl Iterator<Item = (Choices, bool)> {
    let combinations = service_choices(language).into_iter();
    let alone = |choices: &Choices| {
        services()
            .iter()
            .any(|service| *choices == Choices::default().with("service", service))
    };
    combinations.filter(move |choices| !alone(choices)).map(|choices| {
        let accounts = choices.values("accounts").next().expect("the accounts");
        let services = two().into_iter();
        let choices = services.fold(Choices::default(), |all, service| all.with("service", service));
        let choices = choices.with("accounts", accounts);
        let linked = accounts == "linked";
        (choices.with("country", text(country_of_each_law()[0], "code")), linked)
    })
}

/// What a step can say about the objection that it belongs to, by number and service, and for linked accounts.
fn sayings(words: &Words) -> Vec<(String, String)> {
    let count = two().len().to_string();
    let name = |service: &str| service_name(words.language, service);
    let mut sayings = Vec::new();
    for service in services() {
        for number in 1..=two().len() {
            let (number, name) = (number.to_string(), name(service));
            let values = [("number", number.as_str()), ("count", &count), ("name", &name)];
            sayings.push((format!("{number} {service}"), words.fill("steps.objection", &values)));
        }
    }
    // The names of all services are in the list, however the language joins them.
    let (before, _) = words.around("steps.linked");
    sayings.push(("linked".to_owned(), before));
    sayings
}

/// Fails unless a step says this about its objection, and nothing else.
fn check_saying(page: &Page, words: &Words, expected: &str) {
    let position = squeeze(&shown(page.only("#position")));
    for (key, saying) in sayings(words) {
        assert_eq!(
            position.contains(&squeeze(&saying)),
            key == expected,
            "{}: “{saying}”",
            page.path
        );
    }
}

#[test]
fn a_step_says_its_number_and_which_objection_it_belongs_to() {
    for language in languages() {
        let words = Words::of(language);
        for (place, step) in steps(language).into_iter().enumerate() {
            let number = (place + 1).to_string();
            let count = steps(language).len().to_string();
            let position = words.fill("steps.position", &[("number", &number), ("count", &count)]);
            for service in services() {
                let page = Page::get(&Choices::of(service, country_of_each_law()[0]).at(step));
                assert!(shown(page.only("#position")).contains(&position), "{}", page.path);
                check_saying(&page, &words, "");
            }
            for (choices, linked) in both(language) {
                let [first, second] = two();
                if linked {
                    let page = Page::get(&choices.at(step));
                    check_saying(&page, &words, "linked");
                    let position = shown(page.only("#position"));
                    for service in two() {
                        assert!(
                            position.contains(&service_name(language, service)),
                            "{}: {position}",
                            page.path
                        );
                    }
                } else {
                    check_saying(&Page::get(&choices.at(step)), &words, &format!("1 {first}"));
                    let later = choices.with("form", second);
                    check_saying(&Page::get(&later.at(step)), &words, &format!("2 {second}"));
                }
            }
        }
    }
}

#[test]
fn the_page_after_the_last_step_leads_to_the_second_objection_unless_the_accounts_are_linked() {
    for language in languages() {
        let words = Words::of(language);
        let last = *steps(language).last().expect("a last step");
        let calendar = words.plain("record.calendar");
        let covered = words.plain(&format!("{}.end.linked", journey()));
        // The page to which the main button of the last step leads.
        let after = |last: &Page| {
            let button = last.only("main .button:not(.second)");
            assert_eq!(shown(button), words.plain("finish.link"), "{}", last.path);
            let finish = Page::get(button.attr("href").expect("an address"));
            assert_eq!(finish.heading(), words.plain("finish.title"), "{}", finish.path);
            finish
        };
        for (choices, linked) in both(language) {
            let page = Page::get(&choices.at(last));
            assert_eq!(
                page.body().contains(&squeeze(&covered)),
                linked,
                "{}: “{covered}”",
                page.path
            );
            let finish = after(&page);
            let button = finish.only("main .button:not(.second)");
            if linked {
                assert_eq!(shown(button), calendar, "{}", finish.path);
                continue;
            }
            let second = service_name(language, services()[1]);
            let label = words.fill(&format!("{}.end.next_service", journey()), &[("service", &second)]);
            assert_eq!(shown(button), label, "{}", finish.path);
            let next = Page::get(button.attr("href").expect("an address"));
            let title = words.fill(&format!("{}.title", step_keys()[0]), &[("service", &second)]);
            assert_eq!(next.heading(), title, "{}", finish.path);
            // After the second one, there is no third.
            let links = within(next.only("nav:has([aria-current=step])"), "a[href]");
            let end = Page::get(links.last().and_then(|link| link.attr("href")).expect("the last step"));
            let end = after(&end);
            assert_eq!(shown(end.only("main .button:not(.second)")), calendar, "{}", end.path);
        }
    }
}
