//! The record of an objection for paper, and its days as calendar files.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use veto_content::facts::{Form, IdSet};
use veto_content::messages::{Html, PlainText, Record, RecordLawTexts};
use veto_guide::calendar::{self, Entry};
use veto_guide::deadline::Date;
use veto_guide::sent::{SentEntry, SentInput, UsedForm};
use veto_guide::{Day, Key, Letter, Plan, Reply, UnknownValue, objection};

use super::evidence::statements;
use super::{FormError, Frame, Language, page, question};
use crate::web::error::HttpError;
use crate::web::extract::{FormBody, PageRequest, PlanRequest};
use crate::web::headers::{NO_STORE, PAGE_CACHE};
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
    /// The services whose objection has no day yet.
    without_day: String,
    /// Whether the person has said what they sent.
    is_sent: bool,
}

/// An objection that was made.
struct Objection<'a> {
    /// The id of its service.
    id: &'a str,
    services: String,
    /// The form: the newest one, if the person has not said that they used another.
    form: Option<&'a Form>,
    text: String,
    /// The forms to choose from: year, whether it is chosen.
    forms: Vec<(u16, bool)>,
    /// Whether the person says that they used another form.
    is_other: bool,
    /// What is in the field for the text.
    typed: String,
    form_error: Option<FormError<'a>>,
    is_too_long: bool,
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

impl RecordPage<'_> {
    fn is_invalid(&self) -> bool {
        let mut objections = self.objections.iter();
        objections.any(|objection| objection.form_error.is_some() || objection.is_too_long)
    }
}

/// `GET /{language}/record`
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    match made(&request, &plan, Page::Record) {
        Ok(made) => page(&view(&request, &plan, &made, None)),
        Err(question) => question,
    }
}

/// `POST /{language}/record`: the record with the form and the text that the person has sent. They are not stored anywhere.
pub async fn show_sent(PlanRequest { request, plan }: PlanRequest, FormBody(body): FormBody) -> Response {
    let input = SentInput::parse(&body, &request.catalog().facts);
    match made(&request, &plan, Page::Record) {
        Ok(made) => {
            let view = view(&request, &plan, &made, Some(&input));
            let status = if view.is_invalid() {
                StatusCode::BAD_REQUEST
            } else {
                StatusCode::OK
            };
            (status, [(header::CACHE_CONTROL, NO_STORE)], page(&view)).into_response()
        }
        Err(question) => question,
    }
}

fn view<'a>(request: &'a PageRequest, plan: &'a Plan, made: &'a [Made], sent: Option<&'a SentInput>) -> RecordPage<'a> {
    let catalog = request.catalog();
    let messages = request.messages();
    let law = plan.law(catalog);
    let without_day = plan.objections().iter();
    let without_day = without_day.filter(|service| !made.iter().any(|made| made.plan.form() == *service));
    RecordPage {
        frame: Frame::new(request, Page::Record, &messages.record.title),
        texts: &messages.record,
        statements: statements(request, &["record"]),
        objections: made
            .iter()
            .map(|made| objection(request, made, sent.and_then(|sent| sent.entry(made.plan.form()))))
            .collect(),
        law_texts: messages.record.laws.of(law),
        language: Language(catalog.language(request.text_locale())),
        letters: [Letter::Reminder, Letter::Complaint].map(|letter| {
            let texts = letter.form_texts(&messages.letter_forms, law);
            (request.link(Page::Letter(letter)), &texts.title)
        }),
        change: request.link(Page::Days),
        without_day: messages
            .format
            .list(without_day.map(|service| catalog.facts.services[service].name.as_str())),
        is_sent: sent.is_some(),
    }
}

/// An objection on the record; `sent` is what the person says about it.
fn objection<'a>(request: &'a PageRequest, made: &'a Made, sent: Option<&'a SentEntry>) -> Objection<'a> {
    let Made { plan, day, reply } = made;
    let catalog = request.catalog();
    let facts = &catalog.facts;
    let messages = request.messages();
    let texts = &messages.record;
    let law = plan.law(catalog);
    let date = |day| messages.format.day(day);
    let service = plan.form();
    let newest = facts.open_forms_of(service).next();
    let used = sent.map_or(Ok(None), |sent| sent.used(service, facts));
    let (form, is_other) = match used {
        Ok(Some(UsedForm::Known(form))) => (Some(form), false),
        Ok(Some(UsedForm::Other)) => (None, true),
        _ => (newest, false),
    };
    let composed = objection::compose(plan, IdSet::default(), catalog, request.text_locale());
    let typed = sent
        .map(|sent| sent.typed.as_str())
        .filter(|typed| !typed.trim().is_empty());
    let is_too_long = sent.is_some_and(SentEntry::is_too_long);
    let text = typed.filter(|_| !is_too_long).unwrap_or(&composed);
    Objection {
        id: &facts.services[service].id,
        services: messages.format.list(plan.covered_names(facts)),
        form,
        text: text.to_owned(),
        forms: facts
            .open_forms_of(service)
            .map(|listed| {
                let is_chosen = form.is_some_and(|form| form.address == listed.address);
                (listed.generation, is_chosen)
            })
            .collect(),
        is_other,
        typed: typed.unwrap_or(&composed).to_owned(),
        form_error: used.err().map(|value| FormError::Unknown(&texts.sent.wrong, value)),
        is_too_long,
        made: date(day.date()),
        look: date(day.check_again()),
        due: date(day.reply_due(law.reply_months)),
        complain: date(day.complain(law.reply_months)),
        reply: reply.map(|reply| &reply.texts(&messages.replies).name),
    }
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
