//! Which way for what: all journeys on one page.

use askama::Template;
use axum::response::Response;
use veto_content::facts::PageJourney;
use veto_content::messages::{JourneyPage, PageJourneyTexts, TopicAnswer};
use veto_guide::Step;

use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "ways.html")]
struct WaysPage<'a> {
    frame: Frame<'a>,
    texts: &'a JourneyPage,
    /// The first step of the journey for one's own accounts.
    own: Link<'a>,
    ways: Vec<Way<'a>>,
    /// Other companies.
    other: &'a TopicAnswer,
}

/// A journey on one page.
struct Way<'a> {
    link: Link<'a>,
    journey: &'a PageJourney,
    texts: &'a PageJourneyTexts,
}

/// `/{language}/ways`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let all = request.catalog().facts.page_journeys.len();
    let request = request.with_texts(|messages| messages.page_journeys.len() == all)?;
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let ways = facts.page_journeys.iter().filter_map(|(id, journey)| {
        Some(Way {
            link: request.link(Page::Journey(id)),
            journey,
            texts: messages.page_journeys.get(&journey.id)?,
        })
    });
    Ok(page(&WaysPage {
        frame: Frame::new(&request, Page::Ways, &messages.journey.ways.title),
        texts: &messages.journey,
        own: request.link(Page::Step(Step::first(facts.main_journey()))),
        ways: ways.collect(),
        other: &messages.topic.company,
    }))
}
