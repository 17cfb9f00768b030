//! Why and what happened: what is used, on which right, what is disputed, and the timeline.

use askama::Template;
use axum::response::Response;

use super::{Frame, page};
use crate::journey::TimelineEntry;
use crate::web::address::Page;
use crate::web::visit::Visit;
use crate::words::{Html, Why};

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage<'a> {
    frame: Frame<'a>,
    words: &'a Why,
    timeline: &'a [TimelineEntry],
    statements: Option<&'a Html>,
}

/// `/{language}/why`
pub async fn show(visit: Visit) -> Response {
    let edition = visit.edition();
    let words = &edition.words.why;
    page(&WhyPage {
        frame: Frame::of(&visit, Page::Why, &words.article.title),
        words,
        timeline: &edition.timeline,
        statements: edition.statements("why"),
    })
}
