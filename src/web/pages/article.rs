//! Pages that consist of text only.

use askama::Template;
use axum::response::Response;

use super::{Frame, page};
use crate::web::address::Page;
use crate::web::visit::Visit;
use crate::words::Article;

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'a> {
    frame: Frame<'a>,
    words: &'a Article,
}

/// `/{language}/privacy`: what this site knows about you.
pub async fn privacy(visit: Visit) -> Response {
    show(&visit, Page::Privacy, &visit.edition().words.privacy)
}

/// `/{language}/accessibility`
pub async fn accessibility(visit: Visit) -> Response {
    show(&visit, Page::Accessibility, &visit.edition().words.accessibility)
}

fn show(visit: &Visit, here: Page, words: &Article) -> Response {
    page(&ArticlePage {
        frame: Frame::of(visit, here, &words.title),
        words,
    })
}
