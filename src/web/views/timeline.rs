//! The timeline: what happened between Meta, courts, authorities and users, each event with date and sources.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Facts;
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
    facts: &'a Facts,
}

/// `/{language}/timeline`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.timeline.is_some())?;
    let texts = request.messages().timeline.as_ref().ok_or(HttpError::NotFound)?;
    Ok(page(&TimelinePage {
        frame: Frame::new(&request, Page::Timeline, &texts.title),
        texts,
        facts: &request.catalog().facts,
    }))
}
