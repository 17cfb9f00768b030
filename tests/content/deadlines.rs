//! The days that count: when Meta must have replied, when to look again, when to complain.

use toml::Value;

use super::calendar::{Date, iso, parse, plus_days, plus_months, reply_due};
use super::page::{Page, contains, follow, shown, squeeze};
use super::repository::{country_of_each_law, languages, services, text};
use super::site::{Choices, link, path};
use super::words::Words;
use crate::in_process::Site;

/// Two weeks: after these to look again, and after the end of the month to complain, as the page about silence says.
const TWO_WEEKS: i64 = 14;

/// Days on which somebody objected: an ordinary one, the ends of months of each length, ends on a Saturday and a Sunday.
const DAYS: [&str; 6] = [
    "2025-02-05",
    "2025-01-31",
    "2025-03-31",
    "2024-12-31",
    "2025-01-15",
    "2025-01-16",
];

fn on(day: &str, country: &Value) -> Choices {
    let service = services()[0];
    Choices::of(service, country).with("entry", &format!("{service}.{day}"))
}

#[test]
fn the_record_has_the_days_that_follow_from_the_day_of_the_objection() {
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        for country in country_of_each_law() {
            for day in DAYS {
                let page = Page::get(&on(day, country).at(record));
                let due = reply_due(parse(day));
                let law = text(country, "law");
                let expected = [
                    ("record.made".to_owned(), parse(day)),
                    ("record.look".to_owned(), plus_days(parse(day), TWO_WEEKS)),
                    (format!("record.laws.{law}.due"), due),
                    (format!("record.laws.{law}.complain"), plus_days(due, TWO_WEEKS)),
                ];
                for (key, day) in expected {
                    let value = squeeze(&shown(page.definition(&words.plain(&key))));
                    let day = words.written(day);
                    assert!(
                        value.starts_with(&squeeze(&day)),
                        "{}: missing “{day}” at {key}",
                        page.path
                    );
                }
            }
        }
    }
}

#[test]
fn the_page_after_the_last_step_has_the_days_of_the_record_and_counts_from_today_where_no_day_is_chosen() {
    for language in languages() {
        let words = Words::of(language);
        let finish = path(&words, "finish.title");
        for country in country_of_each_law() {
            let chosen = DAYS.map(|day| (on(day, country), parse(day)));
            let none = (Choices::of(services()[0], country), today(&words));
            for (choices, made) in chosen.into_iter().chain([none]) {
                let page = Page::get(&choices.at(finish));
                let expected = [
                    ("record.look".to_owned(), plus_days(made, TWO_WEEKS)),
                    (format!("record.laws.{}.due", text(country, "law")), reply_due(made)),
                    ("finish.again".to_owned(), plus_months(made, 12)),
                ];
                for (key, day) in expected {
                    contains(
                        &page.path,
                        &shown(page.definition(&words.plain(&key))),
                        &words.written(day),
                    );
                }
                contains(&page.path, &page.body(), &words.written(made));
                let file = link(&page, &words.plain("record.calendar"));
                assert!(
                    entries(file)
                        .iter()
                        .any(|(day, _)| *day == iso(reply_due(made)).replace('-', "")),
                    "{file}"
                );
            }
        }
    }
}

/// The entries of a calendar file: the day, the summary.
fn entries(path: &str) -> Vec<(String, String)> {
    let (_, response) = follow(Site::built_in(), path);
    assert_eq!(response.status, 200, "{path}");
    // Long lines are folded (RFC 5545, 3.1).
    let unfolded = response.html.replace("\r\n ", "");
    let entry = |entry: &str| {
        let value = |name: &str| {
            let mut lines = entry.lines().filter(|line| line.starts_with(name));
            lines
                .next()
                .and_then(|line| line.split_once(':'))
                .map(|(_, value)| value.replace('\\', ""))
        };
        Some((value("DTSTART")?, value("SUMMARY")?))
    };
    unfolded.split("BEGIN:VEVENT").skip(1).filter_map(entry).collect()
}

#[test]
fn the_calendar_has_the_days_of_the_record() {
    for language in languages() {
        let words = Words::of(language);
        let record = path(&words, "record.title");
        let compact = |day: Date| iso(day).replace('-', "");
        for country in country_of_each_law() {
            let due = format!("record.laws.{}.event_due", text(country, "law"));
            for day in DAYS {
                let page = Page::get(&on(day, country).at(record));
                let file = link(&page, &words.plain("record.calendar"));
                let expected = [
                    (
                        compact(plus_days(parse(day), TWO_WEEKS)),
                        words.plain("record.event_look"),
                    ),
                    (compact(reply_due(parse(day))), words.plain(&due)),
                    (compact(plus_months(parse(day), 12)), words.plain("record.event_year")),
                ];
                assert_eq!(entries(file), expected, "{file}");
            }
        }
    }
}

#[test]
fn the_calendar_of_a_confirmed_objection_reminds_a_year_later() {
    for language in languages() {
        let words = Words::of(language);
        let confirmed = path(&words, "replies.confirmed.title");
        for day in DAYS {
            let page = Page::get(&on(day, country_of_each_law()[0]).at(confirmed));
            let file = link(&page, &words.plain("replies.year"));
            let later = iso(plus_months(parse(day), 12)).replace('-', "");
            assert_eq!(entries(file), [(later, words.plain("record.event_year"))], "{file}");
        }
    }
}

/// The present day, as the site knows it: the last one for which there is a record.
fn today(words: &Words) -> Date {
    let record = path(words, "record.title");
    let is_past = |day: Date| {
        let choices = on(&iso(day), country_of_each_law()[0]);
        Site::built_in().get(&choices.at(record)).status == 200
    };
    let (mut past, mut future) = (parse("2025-01-01"), parse("2099-12-31"));
    while plus_days(past, 1) < future {
        let middle = plus_days(past, (future.to_rata_die() - past.to_rata_die()) / 2);
        if is_past(middle) {
            past = middle;
        } else {
            future = middle;
        }
    }
    past
}

/// The newest day of an objection whose month is over.
fn newest_over(words: &Words) -> Date {
    let today = today(words);
    let mut days = (28..40).map(|days| plus_days(today, -days));
    days.find(|day| reply_due(*day) < today).expect("a day")
}

#[test]
fn a_receipt_is_a_reason_to_wait_until_the_month_is_over_and_then_to_remind() {
    for language in languages() {
        let words = Words::of(language);
        let receipt = path(&words, "status.pages.receipt-late.title");
        let over = newest_over(&words);
        for country in country_of_each_law() {
            for (day, key, letter_follows) in [(over, "receipt-late", true), (plus_days(over, 1), "receipt", false)] {
                let page = Page::get(&on(&iso(day), country).at(receipt));
                assert_eq!(
                    page.heading(),
                    words.plain(&format!("status.pages.{key}.title")),
                    "{}",
                    page.path
                );
                let due = format!("record.laws.{}.due", text(country, "law"));
                contains(
                    &page.path,
                    &shown(page.definition(&words.plain(&due))),
                    &words.written(reply_due(day)),
                );
                let until = words.fill("status.wait_until", &[("date", &words.written(reply_due(day)))]);
                assert_eq!(page.body().contains(&squeeze(&until)), !letter_follows, "{}", page.path);
                let button = page.only("main a.button");
                let reminder = path(&words, "letter_forms.reminder.title");
                let address = super::site::without_query(button.attr("href").unwrap_or_default());
                assert_eq!(address == reminder, letter_follows, "{}: {address}", page.path);
            }
        }
    }
}

#[test]
fn silence_is_no_reason_to_remind_or_complain_before_the_month_is_over() {
    for language in languages() {
        let words = Words::of(language);
        // The newest objection whose month is over, and the one of the day after.
        let over = newest_over(&words);
        for country in country_of_each_law() {
            let swiss = text(country, "law") == "swiss_fadp";
            for letter in ["reminder", if swiss { "report" } else { "complaint" }] {
                let address =
                    Choices::of(services()[0], country).at(path(&words, &format!("letter_forms.{letter}.title")));
                let send = |day: Date| {
                    let day = iso(day);
                    let form = [
                        ("name", "Kim"),
                        ("address", "Road 1"),
                        ("account", "kim"),
                        ("outcome", "nothing"),
                    ];
                    let rest = [("day", day.as_str()), ("language", language), ("next", "check")];
                    Site::built_in().post(&address, &[&form[..], &rest[..]].concat())
                };
                assert_eq!(send(over).status, 200, "{address}: an objection of {}", iso(over));
                let early = plus_days(over, 1);
                let response = send(early);
                assert_eq!(response.status, 400, "{address}: an objection of {}", iso(early));
                let due = words.written(reply_due(early));
                let reason = words.fill("letter_forms.field_errors.too_early", &[("date", &due)]);
                let page = Page::parse(&address, &response.html);
                contains(&address, &shown(page.only("main [role=alert]")), &reason);
            }
        }
    }
}
