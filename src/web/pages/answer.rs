//! What did Meta answer? The question, and a page for each answer.

use askama::Template;
use axum::response::Response;

use super::{Frame, page};
use crate::journey::{Answer, Step};
use crate::web::address::Page;
use crate::web::visit::Visit;
use crate::words::{AnswerWords, Answers, Html, Label};

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
    statements: Option<&'a Html>,
    /// The step to go back to, where the next thing to do is on it.
    step: Option<Step>,
}

impl AnswerPage<'_> {
    fn step_name(&self, step: Step) -> &Label {
        &step.words(&self.frame.locale.steps).name
    }
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
pub async fn show(answer: Answer, visit: Visit) -> Response {
    let words = &visit.edition().words.answer;
    let texts = answer.words(words);
    page(&AnswerPage {
        frame: Frame::of(&visit, Page::Answer(answer), &texts.title),
        words,
        texts,
        statements: visit.edition().statements(&format!("answer.{}", answer.id())),
        step: match answer {
            Answer::More => Some(Step::Explain),
            Answer::Nothing => Some(Step::OpenForm),
            Answer::Confirmed | Answer::Refused => None,
        },
    })
}
