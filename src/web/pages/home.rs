//! The first page.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;

use super::{Frame, page};
use crate::web::address::Page;
use crate::web::visit::Visit;
use crate::words::{Home, Html};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    words: &'a Home,
    statements: Option<&'a Html>,
    /// What could be kept here: nothing is chosen yet.
    chosen: [Cow<'a, Html>; 0],
}

/// `/{language}/`
pub async fn show(visit: Visit) -> Response {
    let words = &visit.edition().words.home;
    page(&HomePage {
        frame: Frame::of(&visit, Page::Home, &words.title),
        words,
        statements: visit.edition().statements("home"),
        chosen: [],
    })
}
