//! Why, and what the law says: which data is used, on which legal basis, and what is disputed.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Place;
use veto_content::messages::Article;

use super::evidence::{Statement, statements};
use super::journey_link::JourneyLink;
use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage<'a> {
    journeys: Vec<JourneyLink<'a>>,
    frame: Frame<'a>,
    texts: &'a Article,
    statements: Vec<Statement<'a>>,
}

/// `/{language}/why`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.why.is_some())?;
    let texts = request.messages().why.as_ref().ok_or(HttpError::NotFound)?;
    Ok(page(&WhyPage {
        journeys: JourneyLink::on(&request, Place::Why),
        frame: Frame::new(&request, Page::Why, &texts.title),
        texts,
        statements: statements(&request, &["why"]),
    }))
}
