//! Sources and dates: where every form, link and ground comes from. Each page lists the sources of its own statements.

use askama::Template;
use axum::response::Response;

use super::{Frame, page};
use crate::facts::Service;
use crate::journey::{Edition, FormLink};
use crate::web::address::Page;
use crate::web::visit::Visit;
use crate::words::SourcesPage as Words;

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage<'a> {
    frame: Frame<'a>,
    words: &'a Words,
    edition: &'a Edition,
    /// The forms with the names of their services.
    forms: Vec<(&'static str, &'a FormLink)>,
}

/// `/{language}/sources`
pub async fn show(visit: Visit) -> Response {
    let edition = visit.edition();
    let words = &edition.words;
    let forms = |service: Service| edition.forms(service).iter().map(move |form| (service.name(), form));
    page(&SourcesPage {
        frame: Frame::of(&visit, Page::Sources, &words.sources.title),
        words: &words.sources,
        edition,
        forms: Service::ALL.into_iter().flat_map(forms).collect(),
    })
}
