//! The question what it is about: one tap leads to the first step, or to what the site has about it.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Icon;
use veto_content::messages::{PlainText, Topic};
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
    title: &'a PlainText,
    note: Option<&'a PlainText>,
    /// The shapes of its icon, as SVG.
    icon: &'static str,
}

pub const COMPANY: &str = r#"<rect x="5" y="3" width="14" height="18" rx="1"/><path d="M9 7.5h.01M15 7.5h.01M9 12h.01M15 12h.01M10.5 21v-4h3v4"/>"#;

/// The shapes of an icon, as SVG.
fn shapes(icon: Icon) -> &'static str {
    match icon {
        Icon::Chat => r#"<path d="M4 5h16v11h-9l-5 4v-4H4z"/><path d="M8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01"/>"#,
        Icon::Phone => r#"<rect x="7" y="2.5" width="10" height="19" rx="2"/><path d="M11 18.5h2"/>"#,
        Icon::Sheet => r#"<rect x="4" y="3" width="16" height="18" rx="2"/><path d="M8 8h8M8 12h8M8 16h4"/>"#,
        Icon::Child => r#"<circle cx="12" cy="7" r="3"/><path d="M12 10v6M7 12.5l5-1.5 5 1.5M9 21l3-5 3 5"/>"#,
        Icon::Building => r#"<path d="M3 20.5h18M5 20.5v-9l7-6 7 6v9M10 20.5v-5h4v5M12 5.5V2.5h4"/>"#,
        Icon::Back => r#"<path d="M20 12a8 8 0 1 1-2.5-5.8M20 3v4.5h-4.5"/>"#,
        Icon::Person => r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-9 14.5-9 15 0"/>"#,
        Icon::Globe => {
            r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5.5 5 12.5 0 18c-5-5.5-5-12.5 0-18"/>"#
        }
        Icon::Photo => {
            r#"<rect x="3" y="4" width="18" height="16" rx="2"/><path d="M3 16l5-5 5 5 3-3 5 5M15.5 8.5h.01"/>"#
        }
    }
}

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
    let answers = facts.page_journeys.iter().filter_map(|(id, journey)| {
        let texts = messages.page_journeys.get(&journey.id)?;
        Some(Answer {
            link: request.link(Page::Journey(id)),
            title: &texts.want,
            note: texts.note.as_ref(),
            icon: shapes(journey.icon),
        })
    });
    // The list of all ways comes in another language if this one lacks some.
    let lacks_some = messages.page_journeys.len() < facts.page_journeys.len();
    let ways = lacks_some.then(|| Answer {
        link: request.link(Page::Ways),
        title: &messages.journey.ways.title,
        note: None,
        icon: shapes(Icon::Sheet),
    });
    let company = Answer {
        link: request.link(Page::Companies),
        title: &texts.company.title,
        note: texts.company.note.as_ref(),
        icon: COMPANY,
    };
    page(&TopicPage {
        frame: Frame::new(&request, Page::Topic, &texts.title),
        texts,
        country: country.and_then(|code| messages.countries.get(code)),
        services: services.collect(),
        several: at(&all, Page::Start),
        answers: answers.chain(ways).chain([company]).collect(),
    })
}
