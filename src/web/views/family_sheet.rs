//! The sheet of a family: who has objected where and when, with letters for persons. Its address is its memory; on paper
//! it is blank.

use std::borrow::Cow;

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use veto_content::facts::ServiceId;
use veto_content::messages::{FamilySheet, PlainText, Share};
use veto_guide::calendar;
use veto_guide::{Day, Entry, Key, Person, UnknownValue};

use super::code::SharedAddress;
use super::evidence::{Statement, statements};
use super::papers::{Column, PaperChoice, PaperLanguages};
use super::school::root;
use super::{FormError, Frame, bad_request, page, record};
use crate::web::error::HttpError;
use crate::web::extract::{PageRequest, ParameterRequest};
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "family_sheet.html")]
struct SheetPage<'a> {
    frame: Frame<'a>,
    texts: &'a FamilySheet,
    share: &'a Share,
    statements: Vec<Statement<'a>>,
    /// The languages of the blank sheet; the table with entries is in that of the page.
    columns: Vec<Column<'a>>,
    choice: PaperChoice<'a>,
    errors: Vec<FormError<'a>>,
    persons: Vec<Person>,
    /// The services: id and name.
    services: Vec<(&'a str, &'a str)>,
    rows: Vec<Row<'a>>,
    /// The term for the day by which the company must reply.
    due: &'a PlainText,
    /// What the hidden fields of the form keep.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The target of the form.
    action: Link<'a>,
    calendar: Link<'a>,
    address: SharedAddress,
}

/// A line of the table.
struct Row<'a> {
    person: Person,
    service: &'a str,
    made: String,
    look: String,
    due: String,
    replied: bool,
    /// The address of the sheet without this line.
    without: Query,
}

impl SheetPage<'_> {
    fn without<'b>(&'b self, row: &'b Row<'_>) -> Link<'b> {
        Link {
            page: Page::FamilySheet,
            query: &row.without,
            ..self.calendar
        }
    }
}

/// An entry of the sheet: it has a person, a service and a day.
fn entries(request: &PageRequest) -> impl Iterator<Item = (&Entry, Person, ServiceId, Day)> {
    let entries = request.choices.entries().iter();
    entries.filter_map(|entry| Some((entry, entry.person?, entry.service()?, entry.day?)))
}

/// `/{language}/family/sheet`
pub async fn show(
    ParameterRequest {
        request,
        parameter: languages,
    }: ParameterRequest<PaperLanguages>,
) -> Response {
    if let Some(future) = future(&request) {
        return invalid(&request, &[future]);
    }
    let without_entries = Query::new(&request.choices.without(Key::Entry), request.catalog());
    page(&sheet(&request, &without_entries, languages, Vec::new()))
}

/// An entry whose day is in the future.
fn future(request: &PageRequest) -> Option<UnknownValue> {
    let today = request.state.settings.clock.today()?;
    let (entry, .., day) = entries(request).find(|(.., day)| *day > today)?;
    Some(UnknownValue {
        key: Key::Day,
        value: day.to_string(),
        entry: Some(entry.target),
    })
}

/// The response to a request with unknown values: the sheet with what is valid, and what to change.
pub fn invalid(request: &PageRequest, values: &[UnknownValue]) -> Response {
    let texts = &request.messages().family_sheet;
    let error = |unknown| error(texts, unknown);
    let without_entries = Query::new(&request.choices.without(Key::Entry), request.catalog());
    let errors = values.iter().map(error).collect();
    bad_request(&sheet(request, &without_entries, PaperLanguages::default(), errors))
}

fn error<'a>(texts: &'a FamilySheet, unknown: &'a UnknownValue) -> FormError<'a> {
    match unknown.key {
        Key::Day if unknown.value.is_empty() => FormError::Missing(&texts.day_missing),
        Key::Day => FormError::Unknown(&texts.day_wrong, &unknown.value),
        _ => FormError::Unknown(&texts.entry_unknown, &unknown.value),
    }
}

/// The view of the sheet. Links to other pages have the query `without_entries`: only the sheet itself and its calendar
/// file keep the entries.
fn sheet<'a>(
    request: &'a PageRequest,
    without_entries: &'a Query,
    languages: PaperLanguages,
    errors: Vec<FormError<'a>>,
) -> SheetPage<'a> {
    let messages = request.messages();
    let texts = &messages.family_sheet;
    let catalog = request.catalog();
    let facts = &catalog.facts;
    let law = request.law();
    let row = |(entry, person, service, day): (&Entry, Person, ServiceId, Day)| Row {
        person,
        service: &facts.services[service].name,
        made: messages.format.day(day.date()),
        look: messages.format.day(day.check_again()),
        due: messages.format.day(day.reply_due(law.reply_months)),
        replied: entry.state.is_some(),
        without: Query::new(&request.choices.without_entry(entry), catalog),
    };
    let services = facts.services_of(facts.main_journey());
    let mut frame = Frame::new(request, Page::FamilySheet, &texts.title);
    frame.here = frame.here.with(without_entries);
    SheetPage {
        frame,
        texts,
        share: &messages.share,
        statements: statements(request, &["family_sheet"]),
        columns: if entries(request).next().is_none() {
            Column::all(request, languages)
        } else {
            vec![Column::of_page(request)]
        },
        choice: PaperChoice::new(request, Page::FamilySheet, languages),
        errors,
        persons: Person::all().collect(),
        services: services
            .map(|service| {
                (
                    facts.services[service].id.as_str(),
                    facts.services[service].name.as_str(),
                )
            })
            .collect(),
        rows: entries(request).map(row).collect(),
        due: &messages.record.laws.of(law).due,
        kept: request.choices.except(&[], catalog),
        action: request.link(Page::FamilySheet).with(Query::EMPTY),
        calendar: request.link(Page::FamilyCalendar),
        address: SharedAddress::new(&request.state, &root(request, "family")),
    }
}

/// `/{language}/family/sheet.ics`: for each line without a reply, the day to look for it and the day on which it is due.
pub async fn calendar(request: PageRequest) -> Response {
    if future(&request).is_some() {
        return HttpError::NotFound.into_response();
    }
    let messages = request.messages();
    let law = request.law();
    let services = &request.catalog().facts.services;
    let url = record::absolute(&request, Page::FamilySheet);
    let open = entries(&request).filter(|(entry, ..)| entry.state.is_none());
    let days = open.flat_map(|(_, person, service, day)| {
        let due = &messages.record.laws.of(law).event_due;
        [
            ("look", day.check_again(), &messages.record.event_look),
            ("due", day.reply_due(law.reply_months), due),
        ]
        .map(|(id, at, text)| {
            let punctuation = &messages.common.punctuation;
            let (separator, pair) = (punctuation.separator.as_str(), punctuation.pair.as_str());
            let service = &services[service];
            let letter = person.as_str().to_uppercase();
            let summary = format!("{letter}{separator}{}{pair}{}", service.name, text.as_str());
            (
                format!("{id}-{}-{day}-{}@veto", person.as_str(), service.id),
                at,
                summary,
            )
        })
    });
    let days: Vec<_> = days.collect();
    let entries = days.iter().map(|(id, day, summary)| calendar::Entry {
        id: id.clone(),
        day: *day,
        summary,
        url: &url,
    });
    record::file(&entries.collect::<Vec<_>>())
}
