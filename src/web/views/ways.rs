//! Which way for what: all journeys on one page.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Facts, Law, PageJourney};
use veto_content::messages::{Html, JourneyPage, Messages, PageJourneyTexts, PlainText, TopicAnswer};
use veto_guide::{Reply, Step};

use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "ways.html")]
struct WaysPage<'a> {
    frame: Frame<'a>,
    texts: &'a JourneyPage,
    /// The first step of the journey for one's own accounts.
    own: Link<'a>,
    ways: Vec<Way<'a>>,
    /// Other companies.
    other: &'a TopicAnswer,
    /// The other pages with a short number: number, page, name.
    pages: Vec<(u16, Link<'a>, Cow<'a, Html>)>,
}

/// A journey on one page.
struct Way<'a> {
    link: Link<'a>,
    journey: &'a PageJourney,
    texts: &'a PageJourneyTexts,
}

/// The name of a page with a short number, for people under `law`; none of a journey on one page.
fn name<'a>(page: Page, facts: &Facts, law: &Law, messages: &'a Messages) -> Option<Cow<'a, Html>> {
    let name: &PlainText = match page {
        Page::Step(step) => &step.texts(facts, messages).name,
        Page::Finish => &messages.finish.title,
        Page::Troubles => &messages.trouble_page.title,
        Page::Ways => &messages.journey.ways.title,
        Page::Topic => &messages.topic.title,
        Page::Everything => &messages.everything.title,
        Page::Replies => &messages.replies.title,
        Page::Record => &messages.record.title,
        Page::Authority => &messages.authority.title,
        Page::SharedDevice => &messages.shared_device.title,
        Page::Reply(Reply::Confirmed) => &messages.replies.confirmed.name,
        Page::Reply(Reply::More) => &messages.replies.more.name,
        Page::Reply(Reply::Refused) => &messages.replies.refused.name,
        Page::Reply(Reply::Nothing) => &messages.replies.nothing.name,
        Page::Letter(letter) => &letter.form_texts(&messages.letter_forms, law).title,
        Page::School => &messages.school.title,
        Page::Handout => &messages.handout.title,
        Page::Parents => &messages.parents.title,
        Page::Quiz => &messages.quiz.title,
        Page::Slides => &messages.slides.title,
        Page::SchoolRules => &messages.school_rules.title,
        Page::Family => &messages.family.title,
        Page::FamilySheet => &messages.family_sheet.title,
        Page::Phone => &messages.phone.title,
        Page::Share => &messages.share.title,
        Page::Companies => &messages.common.pages.company,
        Page::Why => &messages.common.pages.why,
        Page::Timeline => &messages.common.pages.timeline,
        Page::Sources => &messages.sources.title,
        Page::Privacy => &messages.privacy.title,
        Page::Accessibility => &messages.accessibility.title,
        _ => return None,
    };
    Some(name.into())
}

/// `/{language}/ways`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let all = request.catalog().facts.page_journeys.len();
    let request = request.with_texts(|messages| messages.page_journeys.len() == all)?;
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let ways = facts.page_journeys.iter().filter_map(|(id, journey)| {
        Some(Way {
            link: request.link(Page::Journey(id)),
            journey,
            texts: messages.page_journeys.get(&journey.id)?,
        })
    });
    Ok(page(&WaysPage {
        frame: Frame::new(&request, Page::Ways, &messages.journey.ways.title),
        texts: &messages.journey,
        own: request.link(Page::Step(Step::first(facts.main_journey()))),
        ways: ways.collect(),
        other: &messages.topic.company,
        pages: Page::numbered(facts)
            .filter_map(|(number, page)| {
                Some((number, request.link(page), name(page, facts, request.law(), messages)?))
            })
            .collect(),
    }))
}
