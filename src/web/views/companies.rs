//! The services of other companies on one page, by group, to be read about or to be chosen for a check-list.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::facts::{DefaultUse, Nothing, OptOut, OptOutId, PartialDate, ServiceKind, Source};
use veto_content::messages::{CompanyTexts, Html, PlainText};
use veto_guide::{Choices, Key, Step};

use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "companies.html")]
struct CompaniesPage<'a> {
    frame: Frame<'a>,
    texts: &'a CompanyTexts,
    /// The heading and the services of each group.
    groups: Vec<(&'a PlainText, Vec<Card<'a>>)>,
    presets: Vec<Preset<'a>>,
    /// The journey of Meta's services.
    journey: Link<'a>,
    /// The check-list, to which the form leads.
    action: Link<'a>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
}

/// A service.
struct Card<'a> {
    id: &'a str,
    name: &'a str,
    link: Link<'a>,
    /// Default, ways out, minutes, date of the evidence.
    about: Html,
    /// Whether it is on the check-list.
    chosen: bool,
}

/// A link to a check-list with services.
pub struct Preset<'a> {
    /// The name.
    pub name: &'a PlainText,
    /// The address.
    pub address: String,
}

/// `/{language}/company`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.company.is_some())?;
    let texts = request.messages().company.as_ref().ok_or(HttpError::NotFound)?;
    let facts = &request.catalog().facts;
    let group = |kind: ServiceKind| {
        let of_kind = facts.opt_outs.iter().filter(|(_, opt_out)| opt_out.kind == kind);
        let mut cards: Vec<Card> = of_kind.filter_map(|(id, _)| card(&request, texts, id)).collect();
        cards.sort_by_cached_key(|card| card.name.to_lowercase());
        (texts.kinds.of(kind), cards)
    };
    let groups = ServiceKind::ALL.map(group).into_iter();
    Ok(page(&CompaniesPage {
        frame: Frame::new(&request, Page::Companies, &texts.title),
        texts,
        groups: groups.filter(|(_, cards)| !cards.is_empty()).collect(),
        presets: presets(&request, texts),
        journey: request.link(Page::Step(Step::first(facts.main_journey()))),
        action: request.link(Page::CheckList).with(Query::EMPTY),
        kept: request.choices.except(&[Key::Entry], request.catalog()),
    }))
}

/// The check-lists with the services of each preset.
pub fn presets<'a>(request: &'a PageRequest, texts: &'a CompanyTexts) -> Vec<Preset<'a>> {
    let catalog = request.catalog();
    let presets = catalog.facts.presets.values().filter_map(|preset| {
        let choices = adding(request, preset.services.iter().map(String::as_str));
        let query = Query::new(&choices, catalog);
        Some(Preset {
            name: texts.presets.get(&preset.id)?,
            address: Html::escaped(&request.link(Page::CheckList).with(&query).location())
                .as_str()
                .to_owned(),
        })
    });
    presets.collect()
}

/// The choices with more services on the check-list.
pub fn adding<'a>(request: &PageRequest, services: impl Iterator<Item = &'a str>) -> Choices {
    let catalog = request.catalog();
    let kept = request.choices.except(&[], catalog).into_iter();
    let kept = kept.map(|(key, value)| (key.as_str(), value));
    let added = services.map(|service| (Key::Entry.as_str(), Cow::Borrowed(service)));
    Choices::from_pairs(kept.chain(added), catalog).0
}

fn card<'a>(request: &'a PageRequest, texts: &'a CompanyTexts, id: OptOutId) -> Option<Card<'a>> {
    let facts = &request.catalog().facts;
    let opt_out = &facts.opt_outs[id];
    let service = facts.service(&opt_out.id)?;
    Some(Card {
        id: &opt_out.id,
        name: &facts.services[service].name,
        link: request.link(Page::Company(id)),
        about: about(request, texts, opt_out),
        chosen: request.choices.entry(service).is_some(),
    })
}

/// Default, ways out, minutes and date of the evidence on one line.
fn about(request: &PageRequest, texts: &CompanyTexts, opt_out: &OptOut) -> Html {
    let card = &texts.card;
    if opt_out.outdated_for.contains(&request.law().id) {
        return Html::new(card.unknown.as_str());
    }
    let default = match opt_out.default.as_ref().map(|default| default.is) {
        Some(DefaultUse::On) => &card.on,
        Some(DefaultUse::Off) => &card.off,
        Some(DefaultUse::Choice) => &card.choice,
        None => &card.unknown,
    };
    let mut parts: Vec<Cow<str>> = vec![default.as_str().into()];
    parts.extend(ways(request, texts, opt_out).into_iter().map(|way| way.as_str().into()));
    if let Some(minutes) = opt_out.minutes {
        parts.push(card.minutes.fill(&minutes.to_string()).as_str().to_owned().into());
    }
    let facts = &request.catalog().facts;
    if facts.ways_of(opt_out, request.law()).any(|way| way.login == Some(true)) {
        parts.push(card.login.as_str().into());
    }
    if let Some(newest) = newest(request, opt_out) {
        let date = request.messages().format.date(newest);
        parts.push(card.newest.fill(&date).as_str().to_owned().into());
    }
    Html::new(parts.join(request.messages().common.punctuation.separator.as_str()))
}

/// The kinds of the ways out, each once.
fn ways<'a>(request: &PageRequest, texts: &'a CompanyTexts, opt_out: &OptOut) -> Vec<&'a PlainText> {
    let nothing = opt_out.nothing.as_ref().map(|nothing| nothing.is);
    let mut kinds: Vec<&PlainText> = nothing.into_iter().map(|nothing| texts.nothing.of(nothing).0).collect();
    if nothing != Some(Nothing::ToDo) {
        for way in request.catalog().facts.ways_of(opt_out, request.law()) {
            let kind = texts.ways.of(way.kind);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    kinds
}

/// The date of the newest evidence.
fn newest(request: &PageRequest, opt_out: &OptOut) -> Option<PartialDate> {
    let facts = &request.catalog().facts;
    let statements = opt_out.evidence().into_iter();
    let ways = facts.ways_of(opt_out, request.law()).map(|way| &way.evidence);
    let sources = statements.chain(ways).flat_map(|evidence| &evidence.sources);
    sources.map(|Source { checked, .. }| *checked).max()
}
