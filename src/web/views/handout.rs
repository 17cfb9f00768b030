//! The seven steps on a sheet of paper, in one language or in two side by side.

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Facts, Form, JourneyId, ServiceId};
use veto_content::messages::{PlainText, Share};
use veto_guide::Step;

use super::code::SharedAddress;
use super::evidence::{Statement, statements};
use super::papers::{Column, PaperChoice, PaperLanguages};
use super::{Frame, page};
use crate::web::extract::{PageRequest, ParameterRequest};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "handout.html")]
struct HandoutPage<'a> {
    frame: Frame<'a>,
    share: &'a Share,
    statements: Vec<Statement<'a>>,
    columns: Vec<Column<'a>>,
    choice: PaperChoice<'a>,
    facts: &'a Facts,
    /// In order.
    steps: Vec<Step>,
    /// The name of each service, with its newest form.
    forms: Vec<(&'a str, &'a Form)>,
    address: SharedAddress,
    /// The label of the line for the address, if it is not printed.
    blank: &'a PlainText,
}

/// `/{language}/school/handout`
pub async fn show(
    ParameterRequest {
        request,
        parameter: languages,
    }: ParameterRequest<PaperLanguages>,
) -> Response {
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let journey = facts.main_journey();
    let columns = Column::all(&request, languages);
    page(&HandoutPage {
        frame: Frame::new(&request, Page::Handout, &messages.handout.title),
        share: &messages.share,
        statements: statements(&request, &["handout"]),
        blank: columns[0].texts.blank,
        columns,
        choice: PaperChoice::new(&request, Page::Handout, languages),
        facts,
        steps: Step::all(journey, facts).collect(),
        forms: newest_forms(&request, journey).collect(),
        address: SharedAddress::for_home(&request.state, ""),
    })
}

/// The name and the newest open form of each service that the visitor has chosen; of all services of `journey` if none is.
pub fn newest_forms(request: &PageRequest, journey: JourneyId) -> impl Iterator<Item = (&str, &Form)> {
    let facts = &request.catalog().facts;
    services(request, journey).into_iter().filter_map(|service| {
        Some((
            facts.services[service].name.as_str(),
            facts.open_forms_of(service).next()?,
        ))
    })
}

/// The services that the visitor has chosen; all services of `journey` if none is.
pub fn services(request: &PageRequest, journey: JourneyId) -> Vec<ServiceId> {
    let chosen: Vec<ServiceId> = request.choices.services().iter().collect();
    if chosen.is_empty() {
        request.catalog().facts.services_of(journey).collect()
    } else {
        chosen
    }
}
