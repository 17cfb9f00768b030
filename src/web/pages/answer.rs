//! What did Meta answer? The question, and a page for each answer.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;

use super::{Frame, page, step};
use crate::facts::Law;
use crate::journey::{Answer, Letter, Step};
use crate::web::address::{Link, Page};
use crate::web::visit::{Named, Visit};
use crate::words::{AnswerWords, Answers, Html};

#[derive(Template)]
#[template(path = "answers.html")]
struct AnswersPage<'a> {
    frame: Frame<'a>,
    words: &'a Answers,
}

#[derive(Template)]
#[template(path = "answer.html")]
struct AnswerPage<'a> {
    frame: Frame<'a>,
    words: &'a Answers,
    texts: &'a AnswerWords,
    /// The law where the visitor lives.
    law: Law,
    statements: Option<&'a Html>,
    /// What can be done next, the first thing first: the page, its name.
    next: Vec<(Link<'a>, Cow<'a, Html>)>,
}

/// `/{language}/answer`
pub async fn list(visit: Visit) -> Response {
    let words = &visit.edition().words.answer;
    page(&AnswersPage {
        frame: Frame::of(&visit, Page::Answers, &words.title),
        words,
    })
}

/// `/{language}/answer/{answer}`
pub async fn show(Named(answer): Named<Answer>, visit: Visit) -> Response {
    let words = &visit.edition().words.answer;
    let texts = answer.words(words);
    let law = law(&visit);
    page(&AnswerPage {
        frame: Frame::of(&visit, Page::Answer(answer), &texts.title),
        words,
        texts,
        law,
        statements: visit.edition().statements(&format!("answer.{}", answer.id())),
        next: next(answer)
            .iter()
            .map(|page| (visit.link(*page), name(*page, &visit, law)))
            .collect(),
    })
}

/// What can be done after an answer, the first thing first.
fn next(answer: Answer) -> &'static [Page] {
    match answer {
        Answer::Confirmed => &[Page::Record, Page::YearCalendar],
        Answer::More => &[Page::Letter(Letter::More), Page::Step(Step::Explain)],
        Answer::Refused => &[
            Page::Letter(Letter::Refused),
            Page::Letter(Letter::Complaint),
            Page::Authority,
            Page::Record,
        ],
        Answer::Nothing => &[
            Page::Step(Step::OpenForm),
            Page::Letter(Letter::Reminder),
            Page::Letter(Letter::Complaint),
            Page::Authority,
            Page::Record,
        ],
    }
}

/// The law where the visitor lives; that of the EU, as long as no country is chosen.
fn law(visit: &Visit) -> Law {
    let country = visit.choices.country;
    country.map_or(Law::Gdpr, |place| visit.library().facts.countries[place].law)
}

/// The name of a page that comes after an answer.
fn name(page: Page, visit: &Visit, law: Law) -> Cow<'_, Html> {
    let words = &visit.edition().words;
    let label = match page {
        Page::Step(step) => return step::title(step, &words.steps).into(),
        Page::Letter(letter) => &letter.words(&words.letter, law).title,
        Page::YearCalendar => &words.answer.year,
        Page::Authority => &words.authority.title,
        _ => &words.record.title,
    };
    label.into()
}
