//! Whether an objection counts: a page for each question, and one for each verdict.

use askama::Template;
use axum::response::Response;
use veto_content::messages::{Html, PlainText, RecordLawTexts, StatusPageTexts};
use veto_guide::{Letter, Stage, Status, Step, Verdict};

use super::evidence::{Statement, statements};
use super::{Frame, page, record};
use crate::web::extract::{PageRequest, PlanRequest, Rejection, Slug};
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage<'a> {
    frame: Frame<'a>,
    status_texts: &'a StatusPageTexts,
    /// The answers to a question: the page, its name.
    answers: Vec<(Link<'a>, &'a PlainText)>,
    /// The verdict, and the shapes of its icon.
    verdict: Option<(Html, &'static str)>,
    /// The texts for the visitor's law.
    law_texts: &'a RecordLawTexts,
    /// The objections from whose days the verdict follows: the services, the day, the day of the reply.
    days: Vec<(Html, String, String)>,
    /// What to do next, most important first: the page, its name.
    next: Vec<(Link<'a>, &'a PlainText)>,
    statements: Vec<Statement<'a>>,
}

/// The shapes of icons, as SVG.
pub(super) const CHECK: &str = r#"<path d="M4.5 12.5l5 5 10-11"/>"#;
pub(super) const CLOCK: &str = r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>"#;
const AGAIN: &str = r#"<path d="M20 12a8 8 0 1 1-2.5-5.8M20 3v4.5h-4.5"/>"#;
const BELL: &str = r#"<path d="M6 16.5c1.5-2 0-9 6-9s4.5 7 6 9zM12 7.5V5M10 19.5c1 1.2 3 1.2 4 0"/>"#;
const LETTER: &str = r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3.5 7l8.5 6.5L20.5 7"/>"#;
const PERSON: &str = r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-9 14.5-9 15 0"/>"#;

/// The pages with which a person begins: the link, its name, when it is the right one, the shapes of an icon.
pub(super) fn doors(request: &PageRequest) -> Vec<(Link<'_>, &PlainText, &PlainText, &'static str)> {
    let texts = &request.messages().status;
    let doors = request.catalog().facts.journeys[request.journey()].statuses.iter();
    let doors = doors.filter_map(|slug| slug.parse::<Status>().ok());
    let doors = doors.filter_map(|status| {
        let page_texts = status.texts(false, texts);
        let icon = match status {
            Status::Notice => BELL,
            Status::Receipt => LETTER,
            Status::Address => PERSON,
            _ => AGAIN,
        };
        let link = request.link(Page::Status(status));
        Some((link, page_texts.name.as_ref()?, page_texts.sign.as_ref()?, icon))
    });
    doors.collect()
}

/// `/{language}/status/{slug}`. Only the page about a receipt needs a plan, since its verdict follows from the days.
pub async fn show(
    Slug(status): Slug<Status>,
    request: Result<PageRequest, Rejection>,
    plan_request: Result<PlanRequest, Rejection>,
) -> Result<Response, Rejection> {
    if status == Status::Receipt {
        let PlanRequest { request, plan } = plan_request?;
        return Ok(match record::made(&request, Some(&plan), Page::Status(status)) {
            Ok(made) => view(&request, status, &made),
            Err(question) => question,
        });
    }
    Ok(view(&request?, status, &[]))
}

/// The page of `status`; `made` are the objections from whose days the verdict follows.
fn view(request: &PageRequest, status: Status, made: &[record::Made]) -> Response {
    let messages = request.messages();
    let texts = &messages.status;
    let law = request.law();
    let today = request.state.settings.clock.today();
    let due = |made: &record::Made| made.day.reply_due(law.reply_months);
    let is_late = made
        .iter()
        .any(|made| today.is_some_and(|today| due(made) < today.date()));
    let status_texts = status.texts(is_late, texts);
    let days = made.iter().map(|made| {
        let services = made.names(request);
        let [day, due] = [made.day.date(), due(made)].map(|day| messages.format.day(day));
        (services, day, due)
    });
    let last_due = made.iter().map(due).max().map(|day| messages.format.day(day));
    let (answers, verdict) = match status.stage() {
        Stage::Question(answers) => (answers, None),
        Stage::End(verdict) => (&[][..], Some(verdict)),
    };
    let letter = |letter: Letter| &letter.form_texts(&messages.letter_forms, law).title;
    let first = Page::Step(Step::first(request.journey()));
    let next: &[(Page, &PlainText)] = match verdict {
        Some(Verdict::Counts) => &[
            (Page::Record, &messages.record.title),
            (Page::YearCalendar, &messages.replies.year),
        ],
        Some(Verdict::Repeat) => &[(first, &texts.repeat)],
        Some(Verdict::Wait) if is_late => &[(Page::Letter(Letter::Reminder), letter(Letter::Reminder))],
        Some(Verdict::Wait) if !made.is_empty() => &[(Page::Calendar, &messages.record.calendar)],
        _ => &[],
    };
    let mut sections = vec![format!("status.pages.{}", status.texts_key(is_late))];
    sections.extend((!made.is_empty()).then(|| format!("record.laws.{}.due_help", law.id)));
    page(&StatusPage {
        frame: Frame::new(request, Page::Status(status), &status_texts.title),
        status_texts,
        answers: answers
            .iter()
            .zip(&status_texts.answers)
            .map(|(answer, name)| (request.link(Page::Status(*answer)), name))
            .collect(),
        verdict: verdict.filter(|_| !is_late).map(|verdict| match verdict {
            Verdict::Counts => (Html::new(texts.counts.as_str()), CHECK),
            Verdict::Repeat => (Html::new(texts.repeat.as_str()), AGAIN),
            Verdict::Wait => {
                let name = last_due.as_deref().map(|date| texts.wait_until.fill(date));
                (name.unwrap_or_else(|| Html::new(texts.wait.as_str())), CLOCK)
            }
        }),
        law_texts: messages.record.laws.of(law),
        days: days.collect(),
        next: next.iter().map(|(page, name)| (request.link(*page), *name)).collect(),
        statements: statements(request, &sections),
    })
}
