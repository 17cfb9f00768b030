//! The sheet for a lesson: its minutes, and what it refers to.

use regex::Regex;

use super::page::{Page, contains, follow, shown, within};
use super::repository::{entries, languages, list, text};
use super::site::path;
use super::words::Words;
use crate::in_process::Site;

/// The lengths of the lessons, in minutes.
fn lengths() -> Vec<i64> {
    let lessons = entries("lessons", "lesson").iter();
    lessons
        .map(|lesson| lesson["minutes"].as_integer().expect("a number"))
        .collect()
}

/// The sheet for a lesson of `minutes`.
fn sheet(words: &Words, minutes: i64) -> Page {
    let title = words.fill("lesson.title", &[("minutes", &minutes.to_string())]);
    let school = Page::get(path(words, "school.title"));
    let mut links = school.select("main table a[href]").into_iter();
    let link = links.find(|link| shown(*link) == title).expect("a link to the sheet");
    Page::get(link.attr("href").expect("an address"))
}

#[test]
fn the_minutes_of_a_lesson_begin_at_zero_have_no_gap_and_end_with_it() {
    for language in languages() {
        let words = Words::of(language);
        for minutes in lengths() {
            let page = sheet(&words, minutes);
            let ranges = page.select("tbody td:first-child").into_iter().map(shown);
            let mut end = 0;
            for range in ranges {
                let numbers: Vec<i64> = range
                    .split(|it: char| !it.is_ascii_digit())
                    .filter_map(|number| number.parse().ok())
                    .collect();
                let [from, to] = numbers[..] else {
                    panic!("{}: {range} is not from one minute to another", page.path);
                };
                assert_eq!(from, end, "{}: a gap", page.path);
                assert!(to > from, "{}: {range}", page.path);
                end = to;
            }
            assert_eq!(end, minutes, "{}", page.path);
        }
    }
}

#[test]
fn no_task_for_pupils_asks_about_their_own_account() {
    for (language, personal) in [
        ("en", r"(?i)\byour (own )?account|\b(did|have) you object"),
        (
            "de",
            r"(?i)\b(dein|deinem|euer|eurem|ihr|ihrem) (eigenes |eigenen )?konto|widersprochen\?",
        ),
    ] {
        let personal = Regex::new(personal).expect("a pattern");
        let words = Words::of(language);
        let tasks = words.all().into_iter().filter(|(key, _)| {
            let of_pupils = ["quiz.statements.", "lesson.case_list.", "slides.slides."];
            of_pupils.iter().any(|start| key.starts_with(start))
        });
        let tasks: Vec<_> = tasks.collect();
        assert!(tasks.len() > 40, "{language}: {} texts", tasks.len());
        for (key, text) in tasks {
            assert!(!personal.is_match(text), "{language}: {key}: {text}");
        }
    }
}

#[test]
fn a_lesson_names_its_slides_and_statements_by_their_numbers() {
    for language in languages() {
        let words = Words::of(language);
        let position = |id: &str, file: &str, entry: &str| {
            let mut ids = entries(file, entry).iter().map(|entry| text(entry, "id"));
            ids.position(|other| other == id).expect("an entry") + 1
        };
        for lesson in entries("lessons", "lesson") {
            let page = sheet(&words, lesson["minutes"].as_integer().expect("a number"));
            let rows = page.select("tbody tr").into_iter();
            let parts = lesson["parts"].as_array().expect("parts").iter();
            for (row, part) in rows.zip(parts) {
                let row_text = shown(row);
                contains(
                    &page.path,
                    &row_text,
                    &words.plain(&format!("lesson.parts.{}.what", text(part, "id"))),
                );
                for slide in part.get("slides").map_or_else(Vec::new, |_| list(part, "slides")) {
                    let number = position(slide, "slides", "slide");
                    let mut links = within(row, "a[href]").into_iter();
                    let link = links
                        .find(|link| shown(*link) == number.to_string())
                        .expect("a link to the slide");
                    let (address, fragment) = link
                        .attr("href")
                        .and_then(|link| link.split_once('#'))
                        .expect("a slide");
                    let slides = Page::get(address);
                    let title = words.plain(&format!("slides.slides.{slide}.title"));
                    let section = slides.only(&format!("section[id=\"{fragment}\"]"));
                    contains(&slides.path, &shown(section), &title);
                }
                for statement in part
                    .get("statements")
                    .map_or_else(Vec::new, |_| list(part, "statements"))
                {
                    let number = position(statement, "quiz", "statement").to_string();
                    let numbers = row_text
                        .rsplit(words.plain("lesson.statements").trim())
                        .next()
                        .unwrap_or_default();
                    assert!(
                        numbers.split_whitespace().any(|it| it == number),
                        "{}: {row_text}",
                        page.path
                    );
                }
            }
        }
    }
}

#[test]
fn a_length_that_there_is_not_gets_a_page_that_says_so_and_keeps_the_rest() {
    let lesson = path(&Words::of(languages()[0]), "slides.title").replace("slides", "lesson");
    for minutes in ["7", "0", "45x", "-20"] {
        let query = format!("country=AT&minutes={minutes}");
        let (path, response) = follow(Site::built_in(), &format!("{lesson}?{query}"));
        assert_eq!(response.status, 400, "{path}");
        let page = Page::parse(&path, &response.html);
        contains(&path, &shown(page.main()), minutes);
        let go_on = page.only("main .button").attr("href").expect("an address");
        assert_eq!(go_on, format!("{lesson}?country=AT"), "{path}: the country is not kept");
        let sheet = Page::get(go_on);
        assert!(!sheet.select("article.lesson").is_empty(), "{go_on}");
    }
}
