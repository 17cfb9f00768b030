//! The timeline: what happened between Meta, courts, authorities and users, each event with date and sources.

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Event, EventKind};
use veto_content::messages::Timeline;

use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage<'a> {
    frame: Frame<'a>,
    texts: &'a Timeline,
    /// The years, each with its events in the order of their dates.
    years: Vec<(String, Vec<&'a Event>)>,
}

/// `/{language}/timeline`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.timeline.is_some())?;
    let texts = request.messages().timeline.as_ref().ok_or(HttpError::NotFound)?;
    let frame = Frame::new(&request, Page::Timeline, &texts.title);
    let events: Vec<&Event> = request.catalog().facts.timeline.values().collect();
    let years = events.chunk_by(|one, other| one.date.year() == other.date.year());
    let years = years.map(|events| (frame.date(events[0].date.year()), events.to_vec()));
    let years = years.collect();
    Ok(page(&TimelinePage { frame, texts, years }))
}
