//! The record of an objection for paper, and its days as calendar files.

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use veto_content::facts::Form;
use veto_content::messages::{Html, PlainText, Record, RecordLawTexts};
use veto_guide::calendar::{self, Entry};
use veto_guide::deadline::Date;
use veto_guide::{Day, Key, Letter, Plan, Reply, objection};

use super::evidence::statements;
use super::{Frame, Language, page, question};
use crate::web::error::HttpError;
use crate::web::extract::{PageRequest, PlanRequest};
use crate::web::headers::PAGE_CACHE;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage<'a> {
    frame: Frame<'a>,
    texts: &'a Record,
    statements: Vec<&'a Html>,
    services: String,
    /// The newest form.
    form: Option<&'a Form>,
    /// The texts for the visitor's law.
    law_texts: &'a RecordLawTexts,
    text: String,
    /// The language of the text.
    language: Language<'a>,
    made: String,
    look: String,
    due: String,
    complain: String,
    /// The letters to send after the deadlines: page and name.
    letters: [(Link<'a>, &'a PlainText); 2],
    /// The link to choose another day.
    change: Link<'a>,
}

/// `/{language}/record`
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let day = match day(&request, Page::Record) {
        Ok(day) => day,
        Err(question) => return question,
    };
    let catalog = request.catalog();
    let messages = request.messages();
    let text_locale = request.text_locale();
    let law = plan.country(catalog).law;
    let date = |day| messages.format.day(day);
    let without_day = Query::new(&request.choices.without(Key::Day), catalog);
    page(&RecordPage {
        frame: Frame::new(&request, Page::Record, &messages.record.title),
        texts: &messages.record,
        statements: statements(&request, &["record"]),
        services: messages
            .format
            .list(plan.covered().iter().map(|service| service.name())),
        form: catalog.facts.open_forms_of(plan.form()).next(),
        law_texts: messages.record.laws.of(law),
        text: objection::compose(&plan, catalog, text_locale),
        language: Language(catalog.language(text_locale)),
        made: date(day.date()),
        look: date(day.check_again()),
        due: date(day.reply_due()),
        complain: date(day.complain()),
        letters: [Letter::Reminder, Letter::Complaint].map(|letter| {
            let texts = letter.form_texts(&messages.letter_forms, law);
            (request.link(Page::Letter(letter)), &texts.title)
        }),
        change: request.link(Page::Record).with(&without_day),
    })
}

/// `/{language}/record.ics`
pub async fn calendar(PlanRequest { request, plan }: PlanRequest) -> Response {
    let day = match day(&request, Page::Calendar) {
        Ok(day) => day,
        Err(question) => return question,
    };
    let texts = &request.messages().record;
    let due = &texts.laws.of(plan.country(request.catalog()).law).event_due;
    let url = absolute(&request, Page::Replies);
    file(&[
        entry("look", &plan, day, day.check_again(), &texts.event_look, &url),
        entry("due", &plan, day, day.reply_due(), due, &url),
    ])
}

/// `/{language}/year.ics`
pub async fn year(PlanRequest { request, plan }: PlanRequest) -> Response {
    let day = match day(&request, Page::YearCalendar) {
        Ok(day) => day,
        Err(question) => return question,
    };
    let texts = &request.messages().record;
    let url = absolute(&request, Page::Reply(Reply::Confirmed));
    file(&[entry("year", &plan, day, day.next_year(), &texts.event_year, &url)])
}

fn entry<'a>(id: &str, plan: &Plan, day: Day, at: Date, summary: &'a PlainText, url: &'a str) -> Entry<'a> {
    Entry {
        id: format!("{id}-{day}-{}@veto", plan.form().as_str()),
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

/// The absolute address of a page, with the visitor's choices.
fn absolute(request: &PageRequest, page: Page) -> String {
    let origin = request.state.settings.base_url.origin();
    format!("{origin}{}", request.link(page).location())
}

/// The day of the objection; or else the page that asks for it, if there is none or it is in the future.
fn day(request: &PageRequest, wanted: Page) -> Result<Day, Response> {
    let ask = |invalid: Option<&str>| question::ask(request, wanted, Key::Day, invalid);
    let today = request
        .state
        .settings
        .clock
        .today()
        .ok_or_else(|| HttpError::Internal.into_response())?;
    match request.choices.day() {
        Some(day) if day <= today => Ok(day),
        Some(future) => Err(ask(Some(&future.to_string()))),
        None => Err(ask(None)),
    }
}
