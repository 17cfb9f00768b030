//! `/{language}/privacy`: what this site knows about you, and who runs it.

use askama::Template;
use axum::response::Response;
use veto_content::messages::{PlainText, Privacy};

use super::evidence::{Statement, statements};
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage<'a> {
    frame: Frame<'a>,
    texts: &'a Privacy,
    /// What the operator has said about themselves: label, text.
    operator: Vec<(&'a PlainText, &'a str)>,
    statements: Vec<Statement<'a>>,
}

/// `/{language}/privacy`
pub async fn show(request: PageRequest) -> Response {
    let texts = &request.messages().privacy;
    let settings = &request.state.settings;
    let operator = [
        (&texts.operator.controller, &settings.controller),
        (&texts.operator.contact, &settings.contact),
        (&texts.operator.dpo, &settings.dpo),
    ];
    let operator = operator
        .into_iter()
        .filter_map(|(label, text)| Some((label, text.as_deref()?)));
    page(&PrivacyPage {
        frame: Frame::new(&request, Page::Privacy, &texts.title),
        texts,
        operator: operator.collect(),
        statements: statements(&request, &["privacy"]),
    })
}
