//! All reported problems, by the step at which they occur, and all journeys: one list that the script filters.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Trouble;
use veto_content::messages::{PlainText, TroublePage, TroubleTexts};
use veto_guide::Step;

use super::evidence::{Statement, reported};
use super::journey_link::JourneyLink;
use super::mail::mail_to_operator;
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "troubles.html")]
struct TroublesPage<'a> {
    frame: Frame<'a>,
    texts: &'a TroublePage,
    /// The steps in order.
    steps: Vec<StepTroubles<'a>>,
    /// All journeys on one page.
    journeys: Vec<JourneyLink<'a>>,
    statements: Vec<Statement<'a>>,
}

/// The problems at one step.
struct StepTroubles<'a> {
    /// The id of the step.
    id: &'a str,
    link: Link<'a>,
    name: &'a PlainText,
    troubles: Vec<TroubleView<'a>>,
    /// The link that opens an e-mail to the operator about this step.
    report: Option<String>,
}

/// A problem, and what helps.
pub struct TroubleView<'a> {
    pub texts: &'a TroubleTexts,
    /// The journeys that help.
    pub journeys: Vec<JourneyLink<'a>>,
}

impl<'a> TroubleView<'a> {
    pub fn new(request: &'a PageRequest, trouble: &'a Trouble) -> Option<Self> {
        Some(Self {
            texts: request.messages().troubles.get(&trouble.id)?,
            journeys: JourneyLink::to(request, &trouble.journeys),
        })
    }
}

impl TroublesPage<'_> {
    /// Whether the operator has set a contact.
    fn takes_reports(&self) -> bool {
        self.steps.iter().any(|step| step.report.is_some())
    }
}

/// `/{language}/troubles`
pub async fn show(request: PageRequest) -> Response {
    let facts = &request.catalog().facts;
    let messages = request.messages();
    let steps = || Step::all(request.journey(), facts);
    let occurs = |id: &String| steps().any(|step| step.entry(facts).troubles.contains(id));
    let reports = facts.troubles.values().filter(|trouble| occurs(&trouble.id));
    let of_step = |step: Step| StepTroubles {
        id: &step.entry(facts).id,
        link: request.link(Page::Step(step)),
        name: &step.texts(facts, messages).name,
        troubles: facts
            .troubles
            .values()
            .filter(|trouble| step.entry(facts).troubles.contains(&trouble.id))
            .filter_map(|trouble| TroubleView::new(&request, trouble))
            .collect(),
        report: mail_to_operator(&request, &format!("/{}/{}", messages.code, step.entry(facts).path)),
    };
    page(&TroublesPage {
        frame: Frame::new(&request, Page::Troubles, &messages.trouble_page.title),
        texts: &messages.trouble_page,
        steps: steps().map(of_step).collect(),
        journeys: facts
            .page_journeys
            .ids()
            .filter_map(|id| JourneyLink::new(&request, id))
            .collect(),
        statements: reported(&request, reports).collect(),
    })
}
