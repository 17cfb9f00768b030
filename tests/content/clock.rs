//! A machine whose clock was never set: every page comes, letters have a line for their date, and any day is taken.

use super::page::Page;
use super::site::DAY;
use super::words::Words;
use crate::in_process::{Response, Site};

const CHOICES: &str = "service=facebook&country=DE";
/// The line on which a date is written by hand.
const LINE: &str = "____________________";
/// A day that no clock of a test has reached.
const LATE: &str = "2099-01-02";

fn get(path: &str) -> Response {
    let response = Site::without_clock().get(path);
    assert_eq!(response.status, 200, "{path}");
    response
}

#[test]
fn the_record_and_its_calendar_files_have_the_days_that_were_typed() {
    let words = Words::of("en");
    for day in [DAY, LATE] {
        let entry = format!("entry=facebook.{day}");
        let record = get(&format!("/en/record?{CHOICES}&{entry}"));
        Page::parse("record", &record.html).must_show(&words.date(day));
        for file in ["record.ics", "year.ics"] {
            let id = format!("-{day}-facebook@veto");
            assert!(
                get(&format!("/en/{file}?{CHOICES}&{entry}")).html.contains(&id),
                "{file}"
            );
        }
        let receipt = get(&format!("/en/status/receipt?{CHOICES}&{entry}"));
        assert!(receipt.html.contains("<h1"), "{day}");
        let complaint = get(&format!(
            "/en/complaint/linkedin?country=AT&entry=linkedin.{day}.nothing"
        ));
        assert!(complaint.html.contains("class=\"letter\""), "{day}");
    }
    let sent = Site::without_clock().post(
        &format!("/en/record?{CHOICES}&entry=facebook.{DAY}"),
        &[("entry", "facebook"), ("typed", "My own words.")],
    );
    assert_eq!(sent.status, 200);
}

#[test]
fn the_last_page_asks_for_the_day_and_then_has_its_dates() {
    let words = Words::of("en");
    let question = Page::parse("finish", &get(&format!("/en/finish?{CHOICES}")).html);
    question.must_show(&words.plain("record.question.title"));
    assert_eq!(question.only("main form").attr("action"), Some("/en/finish"));
    let finish = get(&format!("/en/finish?{CHOICES}&entry=facebook.{DAY}"));
    Page::parse("finish", &finish.html).must_show(&words.date(DAY));
}

#[test]
fn letters_have_a_line_for_each_date_that_only_the_clock_knows() {
    let (site, words) = (Site::without_clock(), Words::of("en"));
    let to_meta = words.tables("letters.texts.gdpr", "body");
    for key in to_meta
        .into_iter()
        .chain(["letters.texts.gdpr.complaint.letter".to_owned()])
    {
        let place = key.strip_prefix("letters.texts.gdpr.").expect("a letter");
        let letter = place.split('.').next().expect("its address");
        let path = format!("/en/letter/{letter}?{CHOICES}&region=DE-BE");
        get(&path);
        let typed = [
            ("name", "Kim Example"),
            ("address", "Example Road 1"),
            ("account", "kim.example"),
            ("day", DAY),
            ("outcome", "nothing"),
            ("replied", DAY),
            ("next", "letter"),
        ];
        let typed: Vec<_> = typed
            .into_iter()
            .filter(|(name, _)| *name != "replied" || letter == "refused")
            .collect();
        let response = site.post(&path, &typed);
        assert_eq!(response.status, 200, "{letter}");
        let page = Page::parse(&path, &response.html);
        let date = page.only("article.letter .date").text().collect::<String>();
        assert_eq!(date, LINE, "{letter}");
        let own = words.raw(&format!("{key}.body"));
        let body: String = page.only("article.letter").text().collect();
        assert_eq!(
            body.matches(LINE).count(),
            1 + own.matches("{until}").count(),
            "{letter}"
        );
    }
}
