//! Sources and dates: where every form, link, statement and ground comes from.

use askama::Template;
use axum::response::Response;

use super::{Frame, page};
use crate::facts::Service;
use crate::journey::{Answer, Edition, FormLink, Step};
use crate::web::address::Page;
use crate::web::visit::Visit;
use crate::words::{Html, Label, SourcesPage as Words};

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage<'a> {
    frame: Frame<'a>,
    words: &'a Words,
    edition: &'a Edition,
    /// The forms with the names of their services.
    forms: Vec<(&'static str, &'a FormLink)>,
    /// The statements by page.
    statements: Vec<(&'a Label, &'a Html)>,
}

/// `/{language}/sources`
pub async fn show(visit: Visit) -> Response {
    let edition = visit.edition();
    let words = &edition.words;
    let first = [("home", &words.home.title), ("start", &words.start.title)];
    let steps = Step::ALL.map(|step| (step.place().to_owned(), &step.words(&words.steps).name));
    let answers = Answer::ALL.map(|answer| (format!("answer.{}", answer.id()), &answer.words(&words.answer).title));
    let last = [
        ("everything", &words.everything.title),
        ("why", &words.why.article.title),
    ];
    let own = |(place, title): (&str, _)| (place.to_owned(), title);
    let places = first
        .map(own)
        .into_iter()
        .chain(steps)
        .chain(last.map(own))
        .chain(answers);
    let forms = |service: Service| edition.forms(service).iter().map(move |form| (service.name(), form));
    page(&SourcesPage {
        frame: Frame::of(&visit, Page::Sources, &words.sources.title),
        words: &words.sources,
        edition,
        forms: Service::ALL.into_iter().flat_map(forms).collect(),
        statements: places
            .filter_map(|(place, title)| Some((title, edition.statements(&place)?)))
            .collect(),
    })
}
