//! The steps: what to do, for which service, and what helps when something goes wrong.

use std::collections::BTreeSet;

use super::page::{Page, after, contains, parent, same, shown, squeeze, within};
use super::repository::{
    company_entries, countries, country_of_each_law, entries, forms, host, journey, languages, languages_and_variants,
    list, services, standard, text, with_standard,
};
use super::site::{
    Choices, in_variant, service_choices, service_name, step_keys, step_of, steps, tours, without_query,
};
use super::words::{Words, fill};

/// Each step of a language with its number, for people under each law and with each combination of services.
fn each_step(language: &str, mut check: impl FnMut(usize, &Page)) {
    for country in country_of_each_law() {
        for services in service_choices(language) {
            let choices = services.with("country", text(country, "code"));
            for (place, path) in steps(language).into_iter().enumerate() {
                check(place + 1, &Page::get(&choices.at(path)));
            }
        }
    }
}

#[test]
fn a_step_leads_on_to_the_next_one_and_back_to_the_one_before() {
    for language in languages() {
        let words = Words::of(language);
        let (paths, keys) = (steps(language), step_keys());
        each_step(language, |number, page| {
            let neighbours = [
                ("steps.next", Some(number).filter(|next| *next < paths.len())),
                ("steps.previous", number.checked_sub(2)),
            ];
            for (label, place) in neighbours {
                let links = page.select("main a[href]").into_iter();
                let (before, _) = words.around(label);
                // Some steps have words of their own for the way on.
                let own = words.value(&format!("{}.next", keys[number - 1]));
                let own = own.and_then(toml::Value::as_str).filter(|_| label == "steps.next");
                let before = own.unwrap_or(&before);
                let mut links = links.filter(|link| shown(*link).starts_with(before.trim_end()));
                let Some(place) = place else {
                    assert!(links.next().is_none(), "{}: a link “{before}”", page.path);
                    continue;
                };
                let link = links
                    .next()
                    .unwrap_or_else(|| panic!("{}: no link “{before}”", page.path));
                let name = words.plain(&format!("{}.name", keys[place]));
                let expected = own.map_or_else(|| words.fill(label, &[("name", &name)]), str::to_owned);
                assert!(same(&shown(link), &expected), "{}", page.path);
                let address = without_query(link.attr("href").unwrap_or_default());
                assert_eq!(address, paths[place], "{}", page.path);
            }
        });
    }
}

#[test]
fn a_step_shows_the_troubles_of_that_step_and_no_others() {
    for language in languages() {
        let words = Words::of(language);
        each_step(language, |number, page| {
            let summaries: Vec<String> = page.select("main summary").into_iter().map(shown).collect();
            for trouble in entries("troubles", "trouble") {
                let id = text(trouble, "id");
                let key = format!("troubles.{id}");
                let (problem, help) = (
                    words.plain(&format!("{key}.problem")),
                    words.plain(&format!("{key}.help")),
                );
                let belongs = list(&entries(journey(), "step")[number - 1], "troubles").contains(&id);
                let count = summaries.iter().filter(|summary| same(summary, &problem)).count();
                assert_eq!(count, usize::from(belongs), "{}: “{problem}”", page.path);
                if belongs {
                    contains(&page.path, &shown(page.details(&problem)), &help);
                } else {
                    page.must_not_show(&help);
                }
            }
        });
    }
}

#[test]
fn a_step_says_what_to_do_there_for_the_service_whose_form_is_open() {
    for language in languages() {
        let words = Words::of(language);
        for service in services() {
            let site = site_of(service);
            let name = service_name(language, service);
            let values = [("service", name.as_str()), ("site", site.as_str())];
            let choices = Choices::of(service, country_of_each_law()[0]);
            for (place, path) in steps(language).into_iter().enumerate() {
                let page = Page::get(&choices.at(path));
                let body = page.body();
                for (other, key) in step_keys().iter().enumerate() {
                    for part in ["title", "lead", "todo", "then"] {
                        let key = format!("{key}.{part}");
                        let Some(raw) = words.value(&key).and_then(toml::Value::as_str) else {
                            continue;
                        };
                        let expected = fill(&words.resolve(raw), &values);
                        let is_shown = body.contains(&squeeze(&expected));
                        assert_eq!(is_shown, place == other, "{}: “{expected}” ({key})", page.path);
                    }
                }
                assert!(same(
                    &page.heading(),
                    &words.fill(&format!("{}.title", step_keys()[place]), &values)
                ));
            }
        }
    }
}

/// The site of a service as people type it: the last two parts of the host of its forms.
fn site_of(service: &str) -> String {
    let parts: Vec<&str> = host(text(forms(service)[0], "address")).split('.').collect();
    parts[parts.len() - 2..].join(".")
}

#[test]
fn the_step_with_the_country_names_the_one_that_was_chosen_in_the_language_of_the_page() {
    for language in languages() {
        let words = Words::of(language);
        let step = step_of(words.language, "country");
        let names: BTreeSet<&str> = words.keys("countries").into_iter().collect();
        for country in countries() {
            let code = text(country, "code");
            assert!(names.contains(code), "locales/{language}: no name for {code}");
            let name = words.plain(&format!("countries.{code}"));
            let page = Page::get(&Choices::of(services()[0], country).at(step));
            page.must_show(&words.fill("steps.your_country", &[("country", &name)]));
        }
    }
}

#[test]
fn the_countries_to_choose_from_are_those_of_the_data_in_the_language_of_the_page() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(super::site::path(&words, "start.title"));
        let options = page.select("select[name=country] option:not([value=''])").into_iter();
        let shown: BTreeSet<(String, String)> = options
            .map(|option| (option.attr("value").unwrap_or_default().to_owned(), shown(option)))
            .collect();
        let expected = countries().iter().map(|country| text(country, "code"));
        let expected = expected.map(|code| (code.to_owned(), words.plain(&format!("countries.{code}"))));
        assert_eq!(shown, expected.collect(), "{}", page.path);
    }
}

#[test]
fn the_step_with_the_form_leads_to_the_newest_one_and_has_the_older_ones_behind() {
    for language in languages() {
        let words = Words::of(language);
        for service in services() {
            let name = service_name(language, service);
            for country in country_of_each_law() {
                let page = Page::get(&Choices::of(service, country).at(step_of(words.language, "form")));
                let forms = forms(service);
                let main_button = page.only("main a.button:not(.second)");
                assert_eq!(
                    main_button.attr("href"),
                    Some(text(forms[0], "address")),
                    "{}",
                    page.path
                );
                let open = words.fill("steps.form.open", &[("service", &name)]);
                contains(&page.path, &shown(main_button), &open);

                let all: BTreeSet<&str> = company_entries("form")
                    .iter()
                    .map(|form| text(form, "address"))
                    .collect();
                let links = page
                    .select("main a[href]")
                    .into_iter()
                    .filter_map(|link| link.attr("href"));
                let links: Vec<&str> = links.filter(|link| all.contains(link)).collect();
                let expected: Vec<&str> = forms.iter().map(|form| text(form, "address")).collect();
                assert_eq!(links, expected, "{}", page.path);
                for older in &forms[1..] {
                    let page_text = shown(page.details(&words.plain("steps.form.dead")));
                    let year = super::repository::generation(older).to_string();
                    contains(
                        &page.path,
                        &page_text,
                        &words.fill("steps.form.older_open", &[("year", &year)]),
                    );
                }
            }
        }
    }
}

#[test]
fn a_form_has_its_own_evidence_of_use_and_of_naming_beside_it() {
    for language in languages() {
        let words = Words::of(language);
        for service in services() {
            let step = Choices::of(service, country_of_each_law()[0]);
            let page = Page::get(&step.at(step_of(words.language, "form")));
            let body = page.body();
            let mut rest = body.as_str();
            for form in forms(service) {
                let expected = form_evidence(&words, form);
                let host = words.fill("steps.form.host", &[("host", host(text(form, "address")))]);
                let expected: Vec<&str> = [host.as_str()]
                    .into_iter()
                    .chain(expected.iter().map(String::as_str))
                    .collect();
                rest = after(rest, &expected).unwrap_or_else(|missing| panic!("{}: missing “{missing}”", page.path));
            }
        }
    }
}

/// The two sentences about a form, in pieces: each begins with its words and the name of its source, directly behind each
/// other, and the date follows.
pub fn form_evidence(words: &Words, form: &'static toml::Value) -> [String; 4] {
    let [(tried, tried_on), (named, named_on)] = ["tried", "named"].map(|kind| {
        let source = words.source(&form[kind]);
        let (before, _) = words.around(&format!("steps.form.{kind}"));
        (before + &source.name, source.date)
    });
    [tried, tried_on, named, named_on]
}

#[test]
fn the_ways_through_the_menus_are_those_of_the_service_with_their_evidence() {
    for language in languages_and_variants() {
        let words = Words::of(language);
        let step = in_variant(step_of(standard(language), "form"), language);
        for service in services() {
            let page = Page::get(&Choices::of(service, country_of_each_law()[0]).at(&step));
            check_menus(&page, &words, language, service);
        }
    }
}

/// Fails unless a page shows the ways through the menus of a service in a language, or in English where there are none.
pub fn check_menus(page: &Page, words: &Words, language: &str, service: &str) {
    let menus = company_entries("menu").into_iter();
    let menus = menus.filter(|menu| list(menu, "services").contains(&service));
    let in_language = |language: &str| -> Vec<_> {
        menus
            .clone()
            .filter(|menu| text(menu, "language") == language)
            .collect()
    };
    let mut menus = with_standard(language).chain(["en"]).map(in_language);
    let expected = menus.find(|menus| !menus.is_empty()).unwrap_or_default();
    let lists = page.select("main ol[lang]");
    let labels = |list| within(list, "li").into_iter().map(shown).collect::<Vec<_>>();
    let shown_labels: Vec<Vec<String>> = lists.iter().map(|list| labels(*list)).collect();
    let expected_labels: Vec<Vec<&str>> = expected.iter().map(|menu| list(menu, "labels")).collect();
    assert_eq!(shown_labels, expected_labels, "{}", page.path);
    let details = shown(page.details(&words.plain("steps.form.dead")));
    let details = squeeze(&details);
    let mut rest = details.as_str();
    for (menu, element) in expected.iter().zip(lists) {
        assert_eq!(element.attr("lang"), menu["language"].as_str(), "{}", page.path);
        let last = list(menu, "labels").pop().expect("a label");
        rest = after(rest, &[last]).expect("the label was shown");
        rest = super::evidence::check_evidence(&page.path, rest, words, menu);
        assert!(parent(element).value().name() != "body");
    }
}

#[test]
fn the_hint_about_the_united_kingdom_stands_with_the_form_there_and_nowhere_else() {
    for language in languages() {
        let words = Words::of(language);
        let notes = words
            .value("steps.form.notes")
            .and_then(toml::Value::as_array)
            .expect("notes");
        let [note] = &notes[..] else {
            panic!("one note is expected here");
        };
        let (hint, laws) = (words.resolve(text(note, "body")), list(note, "laws"));
        assert_eq!(laws, ["uk_gdpr"], "{language}");
        for country in countries() {
            let page = Page::get(&Choices::of(services()[0], country).at(step_of(words.language, "form")));
            let is_shown = page.body().contains(&squeeze(&hint));
            assert_eq!(
                is_shown,
                laws.contains(&text(country, "law")),
                "{}: “{hint}”",
                page.path
            );
        }
        let with_form = entries(journey(), "step").iter().zip(steps(language));
        let with_form = with_form.filter(|(step, _)| list(step, "shows").contains(&"form"));
        let steps_with_form: Vec<&str> = with_form.map(|(_, path)| path).collect();
        for found in tours(language).iter().flat_map(|tour| &tour.pages) {
            if !steps_with_form.contains(&without_query(&found.path)) {
                found.page().must_not_show(&hint);
            }
        }
    }
}
