//! Sources and dates: where forms, links and grounds come from. Each page lists the sources of its own statements.

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Facts, Form, GroundGroup};
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

impl SourcesPage<'_> {
    /// The name of the service of a form.
    fn service_name(&self, form: &Form) -> &str {
        let service = self.facts.service(&form.service);
        service.map_or("", |service| &self.facts.services[service].name)
    }
}

/// `/{language}/sources`
pub async fn show(request: PageRequest) -> Response {
    let texts = &request.messages().sources;
    let facts = &request.catalog().facts;
    let forms = facts.services.ids().flat_map(|service| facts.forms_of(service));
    page(&SourcesPage {
        frame: Frame::new(&request, Page::Sources, &texts.title),
        texts,
        facts,
        forms: forms.collect(),
    })
}
