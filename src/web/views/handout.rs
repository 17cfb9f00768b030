//! The seven steps on a sheet of paper, in one language or in two side by side.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Facts, Form, JourneyId, ServiceId};
use veto_content::messages::{Handout, Html, Messages, Share};
use veto_guide::Step;

use super::code::SharedAddress;
use super::evidence::statements;
use super::{Frame, Language, page};
use crate::web::extract::{PageRequest, ParameterRequest};
use crate::web::link::{Parameter, ParameterLink};
use crate::web::page::Page;

/// The second language of a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Second(pub Option<LocaleId>);

impl Parameter for Second {
    const KEY: &'static str = "second";

    fn parse(value: &str, catalog: &Catalog) -> Option<Self> {
        Some(Self(Some(catalog.locale(value)?)))
    }

    fn value<'a>(&self, catalog: &'a Catalog) -> Cow<'a, str> {
        self.0.map_or("", |id| catalog.language(id).code.as_str()).into()
    }
}

/// A language of a paper, with its texts.
pub struct Column<'a> {
    pub language: Language<'a>,
    pub messages: &'a Messages,
}

impl<'a> Column<'a> {
    /// The languages of a paper: that of the page, and the second one.
    pub fn of(request: &'a PageRequest, second: Second) -> Vec<Self> {
        let catalog = request.catalog();
        let second = second.0.filter(|second| *second != request.locale);
        let column = |id| Column {
            language: Language(catalog.language(id)),
            messages: catalog.messages(id),
        };
        [Some(request.locale), second]
            .into_iter()
            .flatten()
            .map(column)
            .collect()
    }
}

/// The links to a paper with a second language, and to the one with the language of the page alone, if it has a second one.
pub struct SecondChoice<'a> {
    pub links: Vec<(ParameterLink<'a>, Language<'a>)>,
    pub alone: Option<ParameterLink<'a>>,
}

impl<'a> SecondChoice<'a> {
    /// The choice on the paper `page`, which has `second` now.
    pub fn new(request: &'a PageRequest, page: Page, second: Second) -> Self {
        let catalog = request.catalog();
        let link = |second: Second| ParameterLink::new(request.link(page), &second, catalog);
        let others = catalog
            .languages()
            .filter(|(id, _)| *id != request.locale && Some(*id) != second.0);
        Self {
            links: others
                .map(|(id, language)| (link(Second(Some(id))), Language(language)))
                .collect(),
            alone: second.0.map(|_| link(Second::default())),
        }
    }
}

#[derive(Template)]
#[template(path = "handout.html")]
struct HandoutPage<'a> {
    frame: Frame<'a>,
    texts: &'a Handout,
    share: &'a Share,
    statements: Vec<&'a Html>,
    columns: Vec<Column<'a>>,
    choice: SecondChoice<'a>,
    facts: &'a Facts,
    /// In order.
    steps: Vec<Step>,
    /// The name of each service, with its newest form.
    forms: Vec<(&'a str, &'a Form)>,
    address: SharedAddress,
}

/// `/{language}/school/handout`
pub async fn show(
    ParameterRequest {
        request,
        parameter: second,
    }: ParameterRequest<Second>,
) -> Response {
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let journey = facts.main_journey();
    page(&HandoutPage {
        frame: Frame::new(&request, Page::Handout, &messages.handout.title),
        texts: &messages.handout,
        share: &messages.share,
        statements: statements(&request, &["handout"]),
        columns: Column::of(&request, second),
        choice: SecondChoice::new(&request, Page::Handout, second),
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
