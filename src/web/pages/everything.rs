//! Everything on one page: link, order of the fields and text, for paper and for those who want no wizard.

use askama::Template;
use axum::response::Response;

use super::text::CopyBox;
use super::{Frame, page};
use crate::facts::Service;
use crate::journey::{FormLink, Plan, Step};
use crate::web::address::{Page, Query};
use crate::web::visit::Walk;
use crate::words::{Everything, Html, Steps};

#[derive(Template)]
#[template(path = "everything.html")]
struct EverythingPage<'a> {
    frame: Frame<'a>,
    words: &'a Everything,
    steps: &'a Steps,
    first_step: Step,
    statements: Option<&'a Html>,
    objections: Vec<Objection<'a>>,
}

/// One objection: a form to fill in.
struct Objection<'a> {
    service: Service,
    forms: &'a [FormLink],
    copy_box: CopyBox<'a>,
}

/// `/{language}/everything`
pub async fn show(Walk { visit, plan }: Walk) -> Response {
    let edition = visit.edition();
    let words = &edition.words.everything;
    let plans = plan.objections().iter().map(|service| plan.at(*service));
    let plans: Vec<(Plan, Query)> = plans
        .map(|plan| (plan, Query::of(plan.choices(), visit.library())))
        .collect();
    let objections = plans.iter().map(|(plan, query)| Objection {
        service: plan.form(),
        forms: edition.forms(plan.form()),
        copy_box: CopyBox::new(&visit, plan, query, plan.form().id()),
    });
    page(&EverythingPage {
        frame: Frame::of(&visit, Page::Everything, &words.title),
        words,
        steps: &edition.words.steps,
        first_step: Step::SignIn,
        statements: edition.statements("everything"),
        objections: objections.collect(),
    })
}
