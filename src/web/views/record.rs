//! The record of an objection for paper, and its days as calendar files.

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use veto_content::facts::{Form, IdSet};
use veto_content::messages::{Html, PlainText, Record, RecordLawTexts};
use veto_guide::calendar::{self, Entry};
use veto_guide::deadline::Date;
use veto_guide::{Day, Key, Letter, Plan, Reply, UnknownValue, objection};

use super::evidence::statements;
use super::{Frame, Language, page, question};
use crate::web::error::HttpError;
use crate::web::extract::{PageRequest, PlanRequest};
use crate::web::headers::PAGE_CACHE;
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage<'a> {
    frame: Frame<'a>,
    texts: &'a Record,
    statements: Vec<&'a Html>,
    /// One for each objection, in the order of the services.
    objections: Vec<Objection<'a>>,
    /// The texts for the visitor's law.
    law_texts: &'a RecordLawTexts,
    /// The language of the text.
    language: Language<'a>,
    /// The letters to send after the deadlines: page and name.
    letters: [(Link<'a>, &'a PlainText); 2],
    /// The link to choose other days.
    change: Link<'a>,
}

/// An objection that was made.
struct Objection<'a> {
    services: String,
    /// The newest form.
    form: Option<&'a Form>,
    text: String,
    made: String,
    look: String,
    due: String,
    complain: String,
    /// What Meta replied.
    reply: Option<&'a PlainText>,
}

/// The day of an objection, with the plan at its form.
pub(super) struct Made {
    pub plan: Plan,
    pub day: Day,
    reply: Option<Reply>,
}

/// `/{language}/record`
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let made = match made(&request, &plan, Page::Record) {
        Ok(made) => made,
        Err(question) => return question,
    };
    let catalog = request.catalog();
    let messages = request.messages();
    let text_locale = request.text_locale();
    let law = plan.law(catalog);
    let date = |day| messages.format.day(day);
    let objections = made.iter().map(|Made { plan, day, reply }| Objection {
        services: messages.format.list(plan.covered_names(&catalog.facts)),
        form: catalog.facts.open_forms_of(plan.form()).next(),
        text: objection::compose(plan, IdSet::default(), catalog, text_locale),
        made: date(day.date()),
        look: date(day.check_again()),
        due: date(day.reply_due(law.reply_months)),
        complain: date(day.complain(law.reply_months)),
        reply: reply.map(|reply| &reply.texts(&messages.replies).name),
    });
    page(&RecordPage {
        frame: Frame::new(&request, Page::Record, &messages.record.title),
        texts: &messages.record,
        statements: statements(&request, &["record"]),
        objections: objections.collect(),
        law_texts: messages.record.laws.of(law),
        language: Language(catalog.language(text_locale)),
        letters: [Letter::Reminder, Letter::Complaint].map(|letter| {
            let texts = letter.form_texts(&messages.letter_forms, law);
            (request.link(Page::Letter(letter)), &texts.title)
        }),
        change: request.link(Page::Days),
    })
}

/// `/{language}/days`: asks for the days, with those that are chosen in their fields.
pub async fn days(PlanRequest { request, .. }: PlanRequest) -> Response {
    question::ask_days(&request, Page::Days, Page::Record, &[])
}

/// `/{language}/record.ics`
pub async fn calendar(PlanRequest { request, plan }: PlanRequest) -> Response {
    let made = match made(&request, &plan, Page::Calendar) {
        Ok(made) => made,
        Err(question) => return question,
    };
    let texts = &request.messages().record;
    let law = plan.law(request.catalog());
    let due = &texts.laws.of(law).event_due;
    let url = absolute(&request, Page::Replies);
    let again = absolute(&request, Page::Reply(Reply::Confirmed));
    let entries = made.iter().flat_map(|made| {
        [
            entry("look", &request, made, made.day.check_again(), &texts.event_look, &url),
            entry("due", &request, made, made.day.reply_due(law.reply_months), due, &url),
            entry("year", &request, made, made.day.next_year(), &texts.event_year, &again),
        ]
    });
    file(&entries.collect::<Vec<_>>())
}

/// `/{language}/year.ics`
pub async fn year(PlanRequest { request, plan }: PlanRequest) -> Response {
    let made = match made(&request, &plan, Page::YearCalendar) {
        Ok(made) => made,
        Err(question) => return question,
    };
    let texts = &request.messages().record;
    let url = absolute(&request, Page::Reply(Reply::Confirmed));
    let entries = made
        .iter()
        .map(|made| entry("year", &request, made, made.day.next_year(), &texts.event_year, &url));
    file(&entries.collect::<Vec<_>>())
}

fn entry<'a>(
    id: &str,
    request: &PageRequest,
    made: &Made,
    at: Date,
    summary: &'a PlainText,
    url: &'a str,
) -> Entry<'a> {
    let service = &request.catalog().facts.services[made.plan.form()].id;
    Entry {
        id: format!("{id}-{}-{service}@veto", made.day),
        day: at,
        summary: summary.as_str(),
        url,
    }
}

/// The response with a calendar file.
pub(super) fn file(entries: &[Entry]) -> Response {
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
pub(super) fn absolute(request: &PageRequest, page: Page) -> String {
    let origin = request.state.settings.base_url.origin();
    format!("{origin}{}", request.link(page).location())
}

/// The objections that were made; or else the page that asks for their days, if there are none or one is in the future.
pub(super) fn made(request: &PageRequest, plan: &Plan, wanted: Page) -> Result<Vec<Made>, Response> {
    let today = request
        .state
        .settings
        .clock
        .today()
        .ok_or_else(|| HttpError::Internal.into_response())?;
    let entries = plan.objections().iter().filter_map(|service| {
        let entry = plan.choices().entry(service)?;
        Some((service, entry.day?, entry.state))
    });
    let (past, future): (Vec<_>, Vec<_>) = entries.partition(|(_, day, _)| *day <= today);
    if past.is_empty() || !future.is_empty() {
        let future = future.into_iter().map(|(service, day, _)| UnknownValue {
            key: Key::Day,
            value: day.to_string(),
            entry: Some(service),
        });
        let future: Vec<UnknownValue> = future.collect();
        return Err(question::ask_days(
            request,
            wanted,
            wanted,
            &future.iter().collect::<Vec<_>>(),
        ));
    }
    let made = past.into_iter().map(|(service, day, reply)| Made {
        plan: plan.at(service),
        day,
        reply,
    });
    Ok(made.collect())
}
