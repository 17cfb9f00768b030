//! Everything as one file to keep: it is read without a network and loads nothing.

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use veto_content::facts::{Form, IdSet, ServiceId};
use veto_content::messages::{Html, Messages};
use veto_guide::{Step, objection};

use super::code::SharedAddress;
use super::evidence::{Statement, statements};
use super::{Frame, Language, page};
use crate::web::extract::PlanRequest;
use crate::web::page::Page;

/// The style of the file, which has it inside.
const STYLE: &str = include_str!("../../../static/guide.css");

#[derive(Template)]
#[template(path = "guide.html")]
struct GuideFile<'a> {
    frame: Frame<'a>,
    messages: &'a Messages,
    style: &'static str,
    /// The texts of the steps, in order.
    steps: Vec<&'a Html>,
    objections: Vec<Objection<'a>>,
    /// The language of the texts for Meta.
    language: Language<'a>,
    statements: Vec<Statement<'a>>,
    address: SharedAddress,
}

/// One objection: a form to fill in.
struct Objection<'a> {
    service: ServiceId,
    /// The forms of the service that Meta has not closed, newest first.
    forms: Vec<&'a Form>,
    /// The text for Meta.
    text: String,
}

/// `/{language}/everything.html`
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let messages = request.messages();
    let catalog = request.catalog();
    let facts = &catalog.facts;
    let locale = request.text_locale();
    let steps = Step::all(facts.main_journey(), facts);
    let objections = plan.objections().iter().map(|service| Objection {
        service,
        forms: facts.open_forms_of(service).collect(),
        text: objection::compose(&plan.at(service), IdSet::default(), catalog, locale),
    });
    let file = page(&GuideFile {
        frame: Frame::new(&request, Page::Guide, &messages.everything.title),
        messages,
        style: STYLE,
        steps: steps
            .filter_map(|step| messages.handout.steps.get(&step.entry(facts).id))
            .collect(),
        objections: objections.collect(),
        language: Language(catalog.language(locale)),
        statements: statements(
            &request,
            &[
                "handout.steps",
                "everything.fields_today",
                "everything.fields_then",
                "everything.after",
            ],
        ),
        address: SharedAddress::for_home(&request.state, ""),
    });
    let name = HeaderValue::from_static("attachment; filename=\"veto.html\"");
    ([(header::CONTENT_DISPOSITION, name)], file).into_response()
}
