//! Everything on one page: link, order of the fields and text; to print, or to use without the wizard.

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Form, ServiceId};
use veto_content::messages::{Everything, Steps};
use veto_guide::{Letter, Plan, Step};

use super::copy_box::CopyBox;
use super::evidence::{Statement, statements};
use super::{Frame, page};
use crate::web::extract::PlanRequest;
use crate::web::link::Query;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "everything.html")]
struct EverythingPage<'a> {
    frame: Frame<'a>,
    texts: &'a Everything,
    steps: &'a Steps,
    first_step: Step,
    statements: Vec<Statement<'a>>,
    objections: Vec<Objection<'a>>,
}

/// One objection: a form to fill in.
struct Objection<'a> {
    service: ServiceId,
    /// The forms of the service that Meta has not closed, newest first.
    forms: Vec<&'a Form>,
    copy_box: CopyBox<'a>,
}

/// `/{language}/everything`
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let plans = plan.objections().iter().map(|service| plan.at(service));
    let plans: Vec<(Plan, Query)> = plans
        .map(|plan| {
            let query = Query::new(plan.choices(), request.catalog());
            (plan, query)
        })
        .collect();
    let objections = plans.iter().map(|(plan, query)| Objection {
        service: plan.form(),
        forms: facts.open_forms_of(plan.form()).collect(),
        copy_box: CopyBox::new(&request, plan, query, &facts.services[plan.form()].id),
    });
    page(&EverythingPage {
        frame: Frame::new(&request, Page::Everything, &messages.everything.title),
        texts: &messages.everything,
        steps: &messages.steps,
        first_step: Step::first(request.journey()),
        statements: statements(&request, &["everything"]),
        objections: objections.collect(),
    })
}
