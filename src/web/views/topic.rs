//! The question what it is about: one tap leads to the first step, or to what the site has about it.

use askama::Template;
use axum::response::Response;

use veto_content::messages::{PlainText, Topic, TopicAnswer};
use veto_guide::{Choices, Step};

use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "topic.html")]
struct TopicPage<'a> {
    frame: Frame<'a>,
    texts: &'a Topic,
    /// The country, if it is chosen or known from the browser.
    country: Option<&'a PlainText>,
    /// The first step for each service: its address, the name of the service.
    services: Vec<(String, &'a str)>,
    /// The question for several services.
    several: String,
    answers: Vec<Answer<'a>>,
}

/// An answer other than a service.
struct Answer<'a> {
    link: Link<'a>,
    texts: &'a TopicAnswer,
    /// The shapes of its icon, as SVG.
    icon: &'static str,
}

const CHAT: &str = r#"<path d="M4 5h16v11h-9l-5 4v-4H4z"/><path d="M8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01"/>"#;
const WHATSAPP: &str = r#"<rect x="7" y="2.5" width="10" height="19" rx="2"/><path d="M11 18.5h2"/>"#;
const OTHERS: &str = r#"<rect x="4" y="3" width="16" height="18" rx="2"/><path d="M8 8h8M8 12h8M8 16h4"/>"#;
const CHILD: &str = r#"<circle cx="12" cy="7" r="3"/><path d="M12 10v6M7 12.5l5-1.5 5 1.5M9 21l3-5 3 5"/>"#;
const ORGANISATION: &str = r#"<path d="M3 20.5h18M5 20.5v-9l7-6 7 6v9M10 20.5v-5h4v5M12 5.5V2.5h4"/>"#;
const BEFORE: &str = r#"<path d="M20 12a8 8 0 1 1-2.5-5.8M20 3v4.5h-4.5"/>"#;

const COMPANY: &str = r#"<rect x="5" y="3" width="14" height="18" rx="1"/><path d="M9 7.5h.01M15 7.5h.01M9 12h.01M15 12h.01M10.5 21v-4h3v4"/>"#;

/// `/{language}/topic`
pub async fn show(request: PageRequest) -> Response {
    let messages = request.messages();
    let texts = &messages.topic;
    let catalog = request.catalog();
    let facts = &catalog.facts;
    let journey = facts.main_journey();
    let first = Page::Step(Step::first(journey));
    let at = |choices: &Choices, page| request.link(page).with(&Query::new(choices, catalog)).location();
    let services = facts.services_of(journey).map(|service| {
        let choices = request.choices.for_services([service]);
        (at(&choices, first), facts.services[service].name.as_str())
    });
    let all = request.choices.for_services(facts.services_of(journey));
    let country = request.choices.country().map(|id| &facts.countries[id].code);
    let answer = |page, texts, icon| Answer {
        link: request.link(page),
        texts,
        icon,
    };
    page(&TopicPage {
        frame: Frame::new(&request, Page::Topic, &texts.title),
        texts,
        country: country.and_then(|code| messages.countries.get(code)),
        services: services.collect(),
        several: at(&all, Page::Start),
        answers: vec![
            answer(Page::Why, &texts.chats, CHAT),
            answer(Page::Why, &texts.whatsapp, WHATSAPP),
            answer(Page::Why, &texts.others, OTHERS),
            answer(Page::Why, &texts.child, CHILD),
            answer(Page::Why, &texts.organisation, ORGANISATION),
            answer(Page::Replies, &texts.before, BEFORE),
            answer(Page::Companies, &texts.company, COMPANY),
        ],
    })
}
