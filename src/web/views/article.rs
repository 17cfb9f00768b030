//! Pages that consist of text only.

use askama::Template;
use axum::response::Response;
use veto_content::messages::Article;

use super::evidence::{Statement, statements};
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'a> {
    frame: Frame<'a>,
    texts: &'a Article,
    statements: Vec<Statement<'a>>,
    /// Whether it is made to be printed.
    on_paper: bool,
}

/// `/{language}/accessibility`
pub async fn accessibility(request: PageRequest) -> Response {
    let texts = &request.messages().accessibility;
    show(&request, Page::Accessibility, texts, "accessibility")
}

/// `/{language}/school/rules`: what may be done in class and what not.
pub async fn school_rules(request: PageRequest) -> Response {
    let texts = &request.messages().school_rules;
    show(&request, Page::SchoolRules, texts, "school_rules")
}

fn show(request: &PageRequest, here: Page, texts: &Article, section: &str) -> Response {
    page(&ArticlePage {
        frame: Frame::new(request, here, &texts.title),
        texts,
        statements: statements(request, &[section]),
        on_paper: here == Page::SchoolRules,
    })
}
