//! Pages that consist of text only.

use askama::Template;
use axum::response::Response;
use veto_content::messages::{Article, Html};

use super::evidence::statements;
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'a> {
    frame: Frame<'a>,
    texts: &'a Article,
    statements: Vec<&'a Html>,
}

/// `/{language}/privacy`: what this site knows about you.
pub async fn privacy(request: PageRequest) -> Response {
    show(&request, Page::Privacy, &request.messages().privacy, "privacy")
}

/// `/{language}/accessibility`
pub async fn accessibility(request: PageRequest) -> Response {
    let texts = &request.messages().accessibility;
    show(&request, Page::Accessibility, texts, "accessibility")
}

fn show(request: &PageRequest, here: Page, texts: &Article, section: &str) -> Response {
    page(&ArticlePage {
        frame: Frame::new(request, here, &texts.title),
        texts,
        statements: statements(request, &[section]),
    })
}
