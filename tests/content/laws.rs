//! The laws: people read of the law of their own country, and of no other where there is a text for theirs.

use std::collections::BTreeSet;

use toml::Value;

use super::page::{Page, contains, same, shown, within};
use super::repository::{countries, country_of_each_law, entries, languages, list, services, text};
use super::site::{Choices, DAY, Found, path, step_of, tours};
use super::words::Words;

/// The laws of the data.
pub fn laws() -> BTreeSet<&'static str> {
    countries().iter().map(|country| text(country, "law")).collect()
}

#[test]
fn the_law_box_explains_the_law_of_the_country_and_no_other() {
    for language in languages() {
        let words = Words::of(language);
        for country in countries() {
            let page = Page::get(&Choices::of(services()[0], country).at(step_of(words.language, "text")));
            let whole = shown(page.details(&words.plain("text.law")));
            for law in laws() {
                let explained = words.plain(&format!("text.laws.{law}"));
                if law == text(country, "law") {
                    contains(&page.path, &whole, &explained);
                } else {
                    page.must_not_show(&explained);
                }
            }
        }
    }
}

#[test]
fn the_law_box_has_the_names_of_the_law_in_the_languages_of_the_country() {
    for language in languages() {
        let words = Words::of(language);
        let (before, after) = words.around("text.law_name");
        for country in countries() {
            let page = Page::get(&Choices::of(services()[0], country).at(step_of(words.language, "text")));
            let names = country
                .get("law_names")
                .and_then(Value::as_table)
                .expect("names of the law");
            let expected: BTreeSet<&str> = names.values().filter_map(Value::as_str).collect();
            let paragraphs = within(page.details(&words.plain("text.law")), "p")
                .into_iter()
                .map(shown);
            let mut lines = paragraphs.filter(|line| line.starts_with(before.trim_end()));
            let line = lines.next().unwrap_or_default();
            let listed = line
                .trim_start_matches(before.trim_end())
                .trim_end_matches(after.trim_start());
            let mut listed: Vec<&str> = listed.split([',', ';', '،', '、']).map(str::trim).collect();
            listed.sort_unstable();
            let expected: Vec<&str> = expected.into_iter().collect();
            assert_eq!(listed, expected, "{}", page.path);
        }
    }
}

#[test]
fn a_reply_of_meta_is_explained_by_the_law_of_the_country_and_no_other() {
    for language in languages() {
        let words = Words::of(language);
        for reply in words.tables("replies", "sections") {
            let sections = words
                .value(&format!("{reply}.sections"))
                .and_then(Value::as_array)
                .expect("sections");
            for country in country_of_each_law() {
                let law = text(country, "law");
                let choices = Choices::of(services()[0], country);
                let page = Page::get(&choices.at(path(&words, &format!("{reply}.title"))));
                let is_for = |section: &&Value| section.get("laws").is_none() || list(section, "laws").contains(&law);
                let resolved = |section: &Value| {
                    [
                        words.resolve(text(section, "title")),
                        words.resolve(text(section, "body")),
                    ]
                };
                let headings = page.select("main h2").into_iter().map(shown).collect::<Vec<_>>();
                let (own, foreign): (Vec<&Value>, Vec<&Value>) = sections.iter().partition(is_for);
                let expected: Vec<String> = own.iter().map(|section| resolved(section)[0].clone()).collect();
                assert_eq!(headings, expected, "{}", page.path);
                for section in &own {
                    let [title, body] = resolved(section);
                    contains(&page.path, &page.body(), &(title + &body));
                }
                for section in foreign {
                    let [_, body] = resolved(section);
                    if !own.iter().any(|own| resolved(own)[1].contains(&body)) {
                        page.must_not_show(&body);
                    }
                }
            }
        }
    }
}

#[test]
fn no_page_shows_a_text_that_is_kept_for_people_under_another_law() {
    for language in languages() {
        let words = Words::of(language);
        for tour in tours(language) {
            // Texts of one table that has a key for each law; the texts to Meta are compared word for word elsewhere.
            let foreign = words.all().into_iter().filter(|(key, raw)| {
                let parts: Vec<&str> = key.split('.').collect();
                let is_foreign = parts.iter().any(|part| laws().contains(part) && *part != tour.law());
                is_foreign && parts[0] != "objection" && parts[0] != "letters" && !words.statements(raw).is_empty()
            });
            let foreign: Vec<String> = foreign.map(|(_, raw)| words.resolve(raw)).collect();
            // Pages of an address without a country are for people under the first law.
            let is_default = tour.law() == text(&entries("laws", "law")[0], "id");
            let of_law = |found: &&Found| is_default || found.path.contains("country=");
            for found in tour.pages.iter().filter(of_law) {
                let page = found.page();
                for text in &foreign {
                    page.must_not_show(text);
                }
            }
        }
    }
}

#[test]
fn the_record_names_the_article_of_the_law_of_the_country() {
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        for country in countries() {
            let page = Page::get(&Choices::of(services()[0], country).with("day", DAY).at(record));
            let article = words.plain(&format!("record.laws.{}.article", text(country, "law")));
            let named = shown(page.definition(&words.plain("record.law")));
            assert!(same(&named, &article), "{}: missing “{article}”", page.path);
        }
    }
}

#[test]
fn people_in_switzerland_are_led_to_a_report_and_all_others_to_a_complaint() {
    for language in languages() {
        let words = Words::of(language);
        let (report, complaint) = (
            words.plain("letter_forms.report.title"),
            words.plain("letter_forms.complaint.title"),
        );
        for tour in tours(language) {
            let (own, foreign) = if tour.law() == "swiss_fadp" {
                (&report, &complaint)
            } else {
                (&complaint, &report)
            };
            let mut led = 0;
            for found in &tour.pages {
                // Pages without the country do not know where the visitor lives.
                if !found.path.contains(&format!("country={}", text(tour.country, "code"))) {
                    continue;
                }
                let page = found.page();
                let names = page.select("h1, h2, a").into_iter().map(shown).collect::<Vec<_>>();
                led += names.iter().filter(|name| same(name, own)).count();
                let wrong = names.iter().any(|name| same(name, foreign));
                assert!(!wrong, "{}: “{foreign}” does not belong here", found.path);
            }
            assert!(led > 0, "nothing leads to “{own}” in {}", text(tour.country, "code"));
        }
    }
}

#[test]
fn the_record_has_the_texts_of_the_country_s_law_and_of_no_other() {
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        for country in country_of_each_law() {
            let page = Page::get(&Choices::of(services()[0], country).with("day", DAY).at(record));
            let terms: Vec<String> = page.select("main dt").into_iter().map(shown).collect();
            for key in ["due", "complain", "due_help", "why"] {
                let text_of = |law: &str| words.plain(&format!("record.laws.{law}.{key}"));
                let own = text_of(text(country, "law"));
                page.must_show(&own);
                for foreign in laws().into_iter().map(text_of).filter(|foreign| !own.contains(foreign)) {
                    let is_term = terms.iter().any(|term| same(term, &foreign));
                    assert!(!is_term, "{}: “{foreign}” does not belong here", page.path);
                    if foreign.ends_with('.') {
                        page.must_not_show(&foreign);
                    }
                }
            }
        }
    }
}
