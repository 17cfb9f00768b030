//! Sources and dates: where forms, links and grounds come from. Each page lists the sources of its own statements.

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Facts, Form, GroundGroup, Service};
use veto_content::messages::SourcesPage as Texts;

use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage<'a> {
    frame: Frame<'a>,
    texts: &'a Texts,
    facts: &'a Facts,
    /// The forms in the order of the services.
    forms: Vec<&'a Form>,
}

/// `/{language}/sources`
pub async fn show(request: PageRequest) -> Response {
    let texts = &request.messages().sources;
    let facts = &request.catalog().facts;
    let forms = Service::ALL.into_iter().flat_map(|service| facts.forms_of(service));
    page(&SourcesPage {
        frame: Frame::new(&request, Page::Sources, &texts.title),
        texts,
        facts,
        forms: forms.collect(),
    })
}
