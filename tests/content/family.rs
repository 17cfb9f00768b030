//! The pages for a family: a sheet whose memory is its address, and the lines for a call.

use regex::Regex;

use super::page::{Page, contains, follow, shown, within};
use super::repository::{country_of_each_law, data, languages, services, text};
use super::site::{Choices, DAY, path};
use super::words::Words;
use crate::in_process::Site;

/// The rows of the table, as they are shown.
fn rows(page: &Page) -> Vec<String> {
    page.select(".wide tbody tr").into_iter().map(shown).collect()
}

#[test]
fn entries_in_any_order_are_one_address_and_of_two_for_one_person_and_service_the_new_one_applies() {
    let sheet = path(&Words::of(languages()[0]), "family_sheet.title");
    let service = services()[0];
    let first = format!("{sheet}?entry=a.{service}.2025-02-05&entry=c.{service}.2025-03-04.confirmed");
    let at = |query: &str| follow(Site::built_in(), &format!("{sheet}?{query}")).0;
    assert_eq!(
        at(&format!(
            "entry=c.{service}.2025-03-04.confirmed&entry=a.{service}.2025-02-05"
        )),
        first
    );
    // What the form sends: its own fields, then the entries so far.
    let form = |day: &str| {
        format!(
            "person=a&entry={service}&day={day}&entry=a.{service}.2025-02-05&entry=c.{service}.2025-03-04.confirmed"
        )
    };
    assert_eq!(at(&form("2025-02-05")), first);
    assert_eq!(at(&form("2025-06-07")), first.replace("2025-02-05", "2025-06-07"));
}

#[test]
fn the_table_has_the_days_of_the_record_and_lines_can_be_taken_out() {
    for language in languages() {
        let words = Words::of(language);
        let (sheet, record) = (path(&words, "family_sheet.title"), path(&words, "record.title"));
        for country in country_of_each_law() {
            let service = services()[0];
            let choices = Choices::of(service, country);
            let page = Page::get(&choices.with("entry", &format!("b.{service}.{DAY}")).at(sheet));
            let [row] = &rows(&page)[..] else {
                panic!("{}: not one row", page.path);
            };
            let record = Page::get(&choices.with("entry", &format!("{service}.{DAY}")).at(record));
            let due = format!("record.laws.{}.due", text(country, "law"));
            for key in ["record.look", &due] {
                contains(&page.path, row, &shown(record.definition(&words.plain(key))));
            }
            assert!(row.starts_with('B'), "{row}");
            let take_out = within(page.select(".wide tbody tr")[0], "a[href]")[0];
            let without = Page::get(take_out.attr("href").expect("an address"));
            assert_eq!(rows(&without), [""; 0], "{}", without.path);
        }
    }
}

#[test]
fn only_the_sheet_and_its_calendar_file_keep_the_entries() {
    for language in languages() {
        let sheet = path(&Words::of(language), "family_sheet.title");
        let entries = services().into_iter().map(|service| format!("entry=d.{service}.{DAY}"));
        let page = Page::get(&format!("{sheet}?{}", entries.collect::<Vec<_>>().join("&")));
        let links = page.select("a[href]").into_iter().filter_map(|link| link.attr("href"));
        let (own, other): (Vec<_>, Vec<_>) = links.partition(|link| link.contains("family/sheet"));
        assert!(own.iter().any(|link| link.contains(".ics?entry=d.")), "{own:?}");
        for link in other {
            assert!(!link.contains("entry="), "{link}");
        }
    }
}

#[test]
fn the_calendar_file_has_no_day_of_a_person_who_got_an_answer() {
    let sheet = path(&Words::of(languages()[0]), "family_sheet.title");
    let service = services()[0];
    let file = |state: &str| {
        let path = format!("{sheet}.ics?entry=e.{service}.{DAY}{state}");
        Site::built_in().get(&path).html
    };
    assert_eq!(file("").matches("BEGIN:VEVENT").count(), 2);
    assert!(file("").contains("SUMMARY:E"), "the person");
    assert_eq!(file(".confirmed").matches("BEGIN:VEVENT").count(), 0);
}

#[test]
fn a_value_that_does_not_fit_is_named_and_the_rest_is_kept() {
    let words = Words::of(languages()[0]);
    let sheet = path(&words, "family_sheet.title");
    let service = services()[0];
    let kept = format!("entry=a.{service}.{DAY}");
    for wrong in [
        "entry=b.myspace.2025-02-05".to_owned(),
        format!("entry=i.{service}.2025-02-05"),
        format!("entry=b.{service}.2025-02-31"),
        format!("entry=b.{service}.2098-01-01"),
        // Before there was a form.
        format!("entry=b.{service}.2024-04-30"),
        format!("person=b&entry={service}&day="),
        format!("person=b&entry={service}&day=soon"),
    ] {
        let path = format!("{sheet}?{wrong}&{kept}");
        let (path, response) = follow(Site::built_in(), &path);
        assert_eq!(response.status, 400, "{path}");
        let page = Page::parse(&path, &response.html);
        assert_eq!(page.select(".errors li").len(), 1, "{path}");
        assert!(rows(&page).iter().any(|row| row.starts_with('A')), "{path}: not kept");
    }
}

#[test]
fn a_line_too_many_is_named_and_the_lines_that_fit_are_kept() {
    let sheet = path(&Words::of(languages()[0]), "family_sheet.title");
    let persons = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let entries = persons.iter().flat_map(|person| {
        let services = services().into_iter();
        services.map(move |service| format!("entry={person}.{service}.{DAY}"))
    });
    let entries: Vec<String> = entries.collect();
    let full = format!("{sheet}?{}", entries.join("&"));
    let lines = rows(&Page::get(&full));
    assert_eq!(lines.len(), 16);
    assert!(full.len() < 700, "the address has {} characters", full.len());
    let other = format!("entry=a.linkedin.{DAY}");
    let (path, response) = follow(Site::built_in(), &format!("{full}&{other}"));
    assert_eq!(response.status, 400);
    let page = Page::parse(&path, &response.html);
    contains(&path, &shown(page.only(".errors li")), "a.linkedin");
    assert_eq!(rows(&page), lines);
}

#[test]
fn the_line_at_which_the_other_person_decides_says_so_and_what_happens_if_not() {
    for language in languages() {
        let send = data("terms")[language]["send"].as_str().expect("a pattern");
        let send = Regex::new(&format!("(?i){send}")).expect("a pattern");
        let helper = Page::get(path(&Words::of(language), "phone.title"));
        let lines = helper.select("ol.phone > li").into_iter();
        let sends: Vec<_> = lines
            .filter(|line| {
                within(*line, "strong")
                    .into_iter()
                    .any(|said| send.is_match(&shown(said)))
            })
            .collect();
        let [line] = sends[..] else {
            panic!("{language}: {} lines about the button", sends.len());
        };
        assert!(
            shown(within(line, "strong")[0]).contains('?'),
            "{language}: no question"
        );
        assert_eq!(
            within(line, "p").len(),
            3,
            "{language}: what to say, to ask, and if not"
        );
    }
}

#[test]
fn a_call_has_the_same_lines_on_both_sides_and_asks_for_no_password_or_code() {
    for language in languages() {
        let words = Words::of(language);
        let [helper, other] = ["phone.title", "phone.other_title"].map(|key| Page::get(path(&words, key)));
        let said: Vec<String> = helper.select("ol.phone > li strong").into_iter().map(shown).collect();
        let read: Vec<String> = other.select("ol.to-tick > li").into_iter().map(shown).collect();
        assert_eq!((said.len(), read.len()), (14, 14), "{language}");
        for (said, read) in said.iter().zip(&read) {
            contains(&other.path, read, said);
        }
        let asked = helper
            .select("ol.phone > li p:not(:has(strong))")
            .into_iter()
            .map(shown);
        for question in asked.filter(|text| text.starts_with(&words.plain("phone.ask"))) {
            for word in ["asswor", "mot de passe"] {
                assert!(!question.contains(word), "{language}: {question}");
            }
        }
        let hosts = within(other.select("ol.to-tick > li")[4], ".host")
            .into_iter()
            .map(shown);
        let forms: Vec<String> = within(other.select("ol.to-tick > li")[3], ".host")
            .into_iter()
            .map(shown)
            .collect();
        for (host, form) in hosts.zip(forms) {
            assert!(
                form.starts_with(&format!("https://{host}/")),
                "{language}: {form} and {host}"
            );
        }
    }
}
