//! After the last step: the days to remember, what to keep, and what comes next.

use askama::Template;
use axum::response::Response;

use veto_content::facts::ServiceId;
use veto_content::messages::{Finish, Html, JourneyTexts, PlainText, Record, RecordLawTexts};
use veto_guide::{Choices, Step};

use super::code::Code;
use super::evidence::{Statement, statements};
use super::{Frame, page, question};
use crate::web::extract::{PageRequest, PlanRequest};
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "finish.html")]
struct FinishPage<'a> {
    frame: Frame<'a>,
    texts: &'a Finish,
    record_texts: &'a Record,
    law_texts: &'a RecordLawTexts,
    journey_texts: &'a JourneyTexts,
    statements: Vec<Statement<'a>>,
    service: ServiceId,
    /// The services of this objection.
    services: String,
    /// The day of the objection: today, if no other was chosen.
    made: String,
    look: String,
    due: String,
    again: String,
    /// These days as a calendar file.
    calendar: Link<'a>,
    /// The record: the page itself if there is one objection, else the question for the days of all.
    record: Link<'a>,
    /// The question for the day.
    days: Link<'a>,
    /// The first step of the next objection, and the text of the link to it.
    next_service: Option<(String, &'a Html)>,
    /// The question what it is about, for the next person.
    next_person: Link<'a>,
    /// What the first question says about other companies.
    company: (&'a PlainText, &'a str),
    phone: Option<Phone>,
}

/// The address of the first page for another device.
struct Phone {
    address: String,
    code: Option<Code>,
}

/// `/{language}/finish`. Asks for the day of the objection where neither that nor today is known.
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let today = request.state.settings.clock.today();
    let catalog = request.catalog();
    let messages = request.messages();
    let entry = plan.choices().entry(plan.form());
    let day = entry.and_then(|entry| entry.day);
    let Some(day) = day.filter(|day| today.is_none_or(|today| *day <= today)).or(today) else {
        return question::ask_days(&request, Page::Finish, Page::Finish, &[]);
    };
    let law = plan.law(catalog);
    let with_day = Query::new(&request.choices.clone().or_day(plan.form(), day), catalog);
    let for_next = Query::new(&Choices::default().or_country(request.choices.country()), catalog);
    let journey = plan.journey(&catalog.facts);
    let first = Step::first(journey);
    let journey_texts = first.journey_texts(&catalog.facts, messages);
    let has_one_objection = plan.objections().len() == 1;
    let date = |day| messages.format.day(day);
    page(&FinishPage {
        frame: Frame::new(&request, Page::Finish, &messages.finish.title),
        texts: &messages.finish,
        record_texts: &messages.record,
        law_texts: messages.record.laws.of(law),
        journey_texts,
        statements: statements(&request, &["finish"]),
        service: plan.form(),
        services: messages.format.list(plan.covered_names(&catalog.facts)),
        made: date(day.date()),
        look: date(day.check_again()),
        due: date(day.reply_due(law.reply_months)),
        again: date(day.next_year()),
        calendar: request.link(Page::Calendar).with(&with_day),
        record: request
            .link(if has_one_objection { Page::Record } else { Page::Days })
            .with(&with_day),
        days: request.link(Page::Days).with(&with_day),
        next_service: plan.next_objection().map(|next| {
            let query = Query::new(next.choices(), catalog);
            let link = request.link(Page::Step(first)).with(&query).location();
            (link, journey_texts.end.next_service.of(next.form()))
        }),
        next_person: request.link(Page::Topic).with(&for_next),
        company: (
            &messages.topic.company.title,
            messages.topic.company.note.as_ref().map_or("", PlainText::as_str),
        ),
        phone: phone(&request),
    })
}

/// The address for a phone; none if only this computer can open it.
fn phone(request: &PageRequest) -> Option<Phone> {
    let site = &request.state.settings.base_url;
    let address = format!("{}{}", site.origin(), request.state.root(request.address_locale));
    (!site.is_for_this_computer()).then(|| Phone {
        code: Code::new(&address),
        address,
    })
}
