//! Why and what happened: which data is used, on which legal basis, what is disputed, and the timeline.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Facts;
use veto_content::messages::{Html, Why};

use super::evidence::statements;
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage<'a> {
    frame: Frame<'a>,
    texts: &'a Why,
    facts: &'a Facts,
    statements: Vec<&'a Html>,
}

/// `/{language}/why`
pub async fn show(request: PageRequest) -> Response {
    let texts = &request.messages().why;
    page(&WhyPage {
        frame: Frame::new(&request, Page::Why, &texts.article.title),
        texts,
        facts: &request.catalog().facts,
        statements: statements(&request, &["why"]),
    })
}
