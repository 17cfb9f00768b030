//! The question for Meta's reply, and a page for each reply.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Law, Part, Place};
use veto_content::messages::{Html, PlainText, Replies, ReplyTexts};
use veto_guide::{Letter, Reply, Step};

use super::evidence::{Statement, statements};
use super::journey_link::JourneyLink;
use super::{Frame, page, status, step};
use crate::web::extract::{PageRequest, Slug};
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "replies.html")]
struct RepliesPage<'a> {
    frame: Frame<'a>,
    texts: &'a Replies,
    /// The replies of the journey: the page, its texts, the shapes of an icon.
    replies: Vec<(Link<'a>, &'a ReplyTexts, &'static str)>,
    /// The questions whether an objection counts: the page, its name, when it is the right one, the shapes of an icon.
    doors: Vec<(Link<'a>, &'a PlainText, &'a PlainText, &'static str)>,
    journeys: Vec<JourneyLink<'a>>,
}

#[derive(Template)]
#[template(path = "reply.html")]
struct ReplyPage<'a> {
    frame: Frame<'a>,
    texts: &'a Replies,
    reply_texts: &'a ReplyTexts,
    /// The law where the visitor lives.
    law: &'a Law,
    statements: Vec<Statement<'a>>,
    /// What to do next, most important first: the page, its name.
    next: Vec<(Link<'a>, Cow<'a, Html>)>,
}

/// `/{language}/reply`
pub async fn list(request: PageRequest) -> Response {
    let texts = &request.messages().replies;
    let replies = request.catalog().facts.journeys[request.journey()].replies.iter();
    page(&RepliesPage {
        frame: Frame::new(&request, Page::Replies, &texts.title),
        texts,
        replies: replies
            .filter_map(|reply| reply.parse::<Reply>().ok())
            .map(|reply| (request.link(Page::Reply(reply)), reply.texts(texts), icon(reply)))
            .collect(),
        doors: status::doors(&request),
        journeys: JourneyLink::on(&request, Place::Replies),
    })
}

/// The shapes of the icon of a reply, as SVG.
fn icon(reply: Reply) -> &'static str {
    match reply {
        Reply::Confirmed => status::CHECK,
        Reply::More => {
            r#"<circle cx="12" cy="12" r="9"/><path d="M9.3 9.3c.5-3.3 6-2.6 5.4.6-.4 1.9-2.7 1.9-2.7 4M12 17h.01"/>"#
        }
        Reply::Refused => r#"<circle cx="12" cy="12" r="9"/><path d="M8.5 8.5l7 7M15.5 8.5l-7 7"/>"#,
        Reply::Nothing => status::CLOCK,
    }
}

/// `/{language}/reply/{slug}`
pub async fn show(Slug(reply): Slug<Reply>, request: PageRequest) -> Response {
    let texts = &request.messages().replies;
    let reply_texts = reply.texts(texts);
    let law = request.law();
    let next = next(reply, &request);
    let sections = sections(reply, reply_texts, law);
    page(&ReplyPage {
        frame: Frame::new(&request, Page::Reply(reply), &reply_texts.title),
        texts,
        reply_texts,
        law,
        statements: statements(&request, &sections.iter().map(String::as_str).collect::<Vec<_>>()),
        next: next
            .into_iter()
            .map(|page| (request.link(page), name(page, &request, law)))
            .collect(),
    })
}

/// The sections of the messages that the page of `reply` shows to people under `law`.
fn sections(reply: Reply, texts: &ReplyTexts, law: &Law) -> Vec<String> {
    let section = reply.section();
    let shown = texts.sections.iter().enumerate().filter(|(_, text)| text.is_for(law));
    let shown = shown.map(|(index, _)| format!("{section}.sections.{index}"));
    [format!("{section}.lead")].into_iter().chain(shown).collect()
}

/// What to do after a reply, most important first.
fn next(reply: Reply, request: &PageRequest) -> Vec<Page> {
    let step = |part| Page::Step(Step::showing(part, request.journey(), &request.catalog().facts));
    match reply {
        Reply::Confirmed => vec![Page::Record, Page::YearCalendar],
        Reply::More => vec![Page::Letter(Letter::More), step(Part::Text)],
        Reply::Refused => vec![
            Page::Letter(Letter::Refused),
            Page::Letter(Letter::Complaint),
            Page::Authority,
            Page::Record,
        ],
        Reply::Nothing => vec![
            step(Part::Form),
            Page::Letter(Letter::Reminder),
            Page::Letter(Letter::Complaint),
            Page::Authority,
            Page::Record,
        ],
    }
}

/// The name of a next page after a reply.
fn name<'a>(page: Page, request: &'a PageRequest, law: &Law) -> Cow<'a, Html> {
    let messages = request.messages();
    let name = match page {
        Page::Step(step) => return step::name_with_number(step, request).into(),
        Page::Letter(letter) => &letter.form_texts(&messages.letter_forms, law).title,
        Page::YearCalendar => &messages.replies.year,
        Page::Authority => &messages.authority.title,
        _ => &messages.record.title,
    };
    name.into()
}
