//! What to keep: the record of an objection, for paper, and its days for a calendar.

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::{Frame, page, question};
use crate::facts::Law;
use crate::journey::calendar::{self, Entry};
use crate::journey::{Answer, Day, FormLink, Key, Letter, Plan, objection};
use crate::web::address::{Link, Page, Query};
use crate::web::clock;
use crate::web::headers::PAGE_CACHE;
use crate::web::problem::Problem;
use crate::web::visit::{Visit, Walk};
use crate::words::{Html, Label, Record};

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage<'a> {
    frame: Frame<'a>,
    words: &'a Record,
    statements: Option<&'a Html>,
    services: String,
    /// The form, newest generation.
    form: Option<&'a FormLink>,
    law: &'a Label,
    text: String,
    /// The language of the text.
    language: &'a str,
    made: String,
    look: String,
    due: String,
    complain: String,
    /// In Switzerland no day is fixed for the answer.
    switzerland: bool,
    /// What to write if the days pass: the page, its name.
    letters: [(Link<'a>, &'a Label); 2],
    /// The same page, to choose another day.
    change: Link<'a>,
}

/// `/{language}/record`
pub async fn show(Walk { visit, plan }: Walk) -> Response {
    let day = match day(&visit, Page::Record) {
        Ok(day) => day,
        Err(question) => return question,
    };
    let library = visit.library();
    let edition = visit.edition();
    let words = &edition.words;
    let place = visit.text_edition();
    let law = plan.country(library).law;
    let date = |day| words.format.day(day);
    let without_day = without_day(&visit);
    page(&RecordPage {
        frame: Frame::of(&visit, Page::Record, &words.record.title),
        words: &words.record,
        statements: edition.statements("record"),
        services: words.format.list(plan.covered().iter().map(|service| service.name())),
        form: edition.forms(plan.form()).first(),
        law: words.record.laws.of(law),
        text: objection::compose(&plan, library, place),
        language: &library.editions[place].words.code,
        made: date(day.date()),
        look: date(day.look_again()),
        due: date(day.answer_due()),
        complain: date(day.complain()),
        switzerland: law == Law::SwissFadp,
        letters: [Letter::Reminder, Letter::Complaint].map(|letter| {
            (
                visit.link(Page::Letter(letter)),
                &letter.words(&words.letter, law).title,
            )
        }),
        change: visit.link(Page::Record).with(&without_day),
    })
}

/// `/{language}/record.ics`
pub async fn calendar(Walk { visit, plan }: Walk) -> Response {
    let day = match day(&visit, Page::Calendar) {
        Ok(day) => day,
        Err(question) => return question,
    };
    let words = &visit.edition().words.record;
    let due = match plan.country(visit.library()).law {
        Law::SwissFadp => &words.event_due_switzerland,
        Law::Gdpr | Law::UkGdpr => &words.event_due,
    };
    let url = address(&visit, Page::Answers);
    file(&[
        entry("look", &plan, day, day.look_again(), &words.event_look, &url),
        entry("due", &plan, day, day.answer_due(), due, &url),
    ])
}

/// `/{language}/year.ics`
pub async fn year(Walk { visit, plan }: Walk) -> Response {
    let day = match day(&visit, Page::YearCalendar) {
        Ok(day) => day,
        Err(question) => return question,
    };
    let words = &visit.edition().words.record;
    let url = address(&visit, Page::Answer(Answer::Confirmed));
    file(&[entry("year", &plan, day, day.next_year(), &words.event_year, &url)])
}

fn entry<'a>(
    id: &str,
    plan: &Plan,
    day: Day,
    at: crate::journey::deadline::Date,
    summary: &'a Label,
    url: &'a str,
) -> Entry<'a> {
    Entry {
        id: format!("{id}-{day}-{}@veto", plan.form().id()),
        day: at,
        summary: summary.as_str(),
        url,
    }
}

fn file(entries: &[Entry]) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/calendar; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"veto.ics\""),
        ),
        (header::CACHE_CONTROL, PAGE_CACHE),
    ];
    (headers, calendar::file(entries)).into_response()
}

/// The whole address of a page, with the visitor's choices.
fn address(visit: &Visit, page: Page) -> String {
    format!(
        "{}{}",
        visit.site.settings.address.origin(),
        visit.link(page).location()
    )
}

/// The day that the visitor chose; the page that asks for it, where there is none or where it has not come yet.
fn day(visit: &Visit, wanted: Page) -> Result<Day, Response> {
    let ask = |wrong: Option<&str>| question::ask(visit, wanted, Key::Day, wrong);
    let today = clock::today().ok_or_else(|| Problem::Failure.into_response())?;
    match visit.choices.day {
        Some(day) if day <= today => Ok(day),
        Some(future) => Err(ask(Some(&future.to_string()))),
        None => Err(ask(None)),
    }
}

/// The visitor's choices without the day.
fn without_day(visit: &Visit) -> Query {
    let mut choices = visit.choices;
    choices.day = None;
    Query::of(&choices, visit.library())
}
