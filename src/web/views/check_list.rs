//! Several services as one list to print and tick off, and its days as a calendar file.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Nothing, ServiceId, WayKind};
use veto_content::messages::{CompanyTexts, Html, PlainText};
use veto_guide::calendar::Entry;
use veto_guide::{Day, Key, Step};

use super::companies::{Preset, presets};
use super::company::WayView;
use super::record;
use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "check_list.html")]
struct CheckListPage<'a> {
    frame: Frame<'a>,
    texts: &'a CompanyTexts,
    items: Vec<Item<'a>>,
    presets: Vec<Preset<'a>>,
    /// This page without choices, to which the form leads.
    action: Link<'a>,
    /// The choices for hidden fields: entries without their day.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The calendar file, if a day is known.
    calendar: Option<Link<'a>>,
}

/// A service on the list.
struct Item<'a> {
    name: &'a str,
    link: Link<'a>,
    ways: Vec<WayView<'a>>,
    /// What to say in place of a way.
    nothing: Option<&'a PlainText>,
    /// The day on which it was done.
    day: Option<Html>,
}

/// `/{language}/check-list`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.company.is_some())?;
    let texts = request.messages().company.as_ref().ok_or(HttpError::NotFound)?;
    let facts = &request.catalog().facts;
    let entries = request.choices.entries();
    let mut kept = request
        .choices
        .except(&[Key::Service, Key::Accounts, Key::Form, Key::Entry], request.catalog());
    kept.extend(entries.iter().map(|entry| (Key::Entry, entry.target.id(facts).into())));
    let has_day = entries.iter().any(|entry| entry.day.is_some());
    Ok(page(&CheckListPage {
        frame: Frame::new(&request, Page::CheckList, &texts.list.title),
        texts,
        items: entries
            .iter()
            .filter_map(|entry| Some(item(&request, texts, entry.service()?, entry.day)))
            .collect(),
        presets: presets(&request, texts),
        action: request.link(Page::CheckList).with(Query::EMPTY),
        kept,
        calendar: has_day.then(|| request.link(Page::CheckListCalendar)),
    }))
}

fn item<'a>(request: &'a PageRequest, texts: &'a CompanyTexts, id: ServiceId, day: Option<Day>) -> Item<'a> {
    let facts = &request.catalog().facts;
    let service = &facts.services[id];
    let opt_out = facts.opt_out(&service.id);
    let record = opt_out.map(|id| &facts.opt_outs[id]);
    let record = record.filter(|record| !record.outdated_for.contains(&request.law().id));
    let nothing = record.and_then(|record| record.nothing.as_ref());
    let is_done = nothing.is_some_and(|nothing| nothing.is == Nothing::ToDo);
    let ways = record
        .filter(|_| !is_done)
        .map(|record| WayView::all(request, texts, record));
    let mut kinds = Vec::new();
    let ways = ways.unwrap_or_default().into_iter().filter(|view| {
        // A list has room for one form, the first.
        let is_new = !kinds.contains(&view.way.kind) || view.path.is_some();
        kinds.push(view.way.kind);
        is_new
    });
    let journey = facts.journey_of(id).unwrap_or_else(|| facts.main_journey());
    let page = opt_out.map_or(Page::Step(Step::first(journey)), Page::Company);
    Item {
        name: &service.name,
        link: request.link(page),
        ways: ways.collect(),
        nothing: nothing.map(|nothing| texts.nothing.of(nothing.is).0),
        day: day.map(|day| Html::escaped(&request.messages().format.day(day.date()))),
    }
}

/// `/{language}/check-list.ics`: for each service with a day, when a reply is due, and a year later its switch. 404 without a day.
pub async fn calendar(request: PageRequest) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.company.is_some())?;
    let messages = request.messages();
    let texts = messages.company.as_ref().ok_or(HttpError::NotFound)?;
    let facts = &request.catalog().facts;
    let law = request.law();
    let pair = messages.common.punctuation.pair.as_str();
    let url = record::absolute(&request, Page::CheckList);
    let mut events = Vec::new();
    for entry in request.choices.entries() {
        let (Some(service), Some(day)) = (entry.service(), entry.day) else {
            continue;
        };
        let service = &facts.services[service];
        let opt_out = facts.opt_out(&service.id).map(|id| &facts.opt_outs[id]);
        let mut ways = opt_out.into_iter().flat_map(|opt_out| facts.ways_of(opt_out, law));
        let has_switch = ways
            .clone()
            .any(|way| matches!(way.kind, WayKind::Switch | WayKind::Check));
        if ways.any(|way| matches!(way.kind, WayKind::Form | WayKind::Email)) {
            let summary = [&service.name, pair, texts.list.event_due.as_str()].concat();
            events.push(("due", day, day.reply_due(law.reply_months), service, summary));
        }
        if has_switch {
            let summary = [&service.name, pair, texts.list.event_year.as_str()].concat();
            events.push(("year", day, day.next_year(), service, summary));
        }
    }
    let entries = events.iter().map(|(kind, made, day, service, summary)| Entry {
        id: format!("{kind}-{made}-{}@veto", service.id),
        day: *day,
        summary,
        url: &url,
    });
    if events.is_empty() {
        return Err(HttpError::NotFound);
    }
    Ok(record::file(&entries.collect::<Vec<_>>()))
}
