//! Asks for one more choice that a page needs: the region, or the days of the objections. Leads to the requested page.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;

use veto_content::messages::{Html, PlainText, Question};
use veto_guide::{Key, Reply, Target, UnknownValue};

use super::{FormError, Frame, bad_request, page, record};
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "region.html")]
struct RegionPage<'a> {
    frame: Frame<'a>,
    texts: &'a Question,
    /// The regions: code and name.
    options: Vec<(&'a str, &'a PlainText)>,
    error: Option<FormError<'a>>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The target of the form.
    action: Link<'a>,
}

#[derive(Template)]
#[template(path = "days.html")]
struct DaysPage<'a> {
    frame: Frame<'a>,
    texts: &'a Question,
    fields: Vec<DayField<'a>>,
    /// The replies that an objection can have: value, name.
    states: Vec<(&'static str, &'a PlainText)>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The target of the form.
    action: Link<'a>,
}

/// The field for the day of one objection.
struct DayField<'a> {
    /// The id of the field.
    id: String,
    /// Id and name of what it is for; `None` as long as nothing is chosen.
    target: Option<(&'a str, Html)>,
    /// What is in the field.
    value: Cow<'a, str>,
    error: Option<FormError<'a>>,
    /// The reply that is selected.
    state: Option<Reply>,
}

impl DayField<'_> {
    fn is_in_state(&self, value: &str) -> bool {
        self.state.is_some_and(|state| state.as_str() == value)
    }
}

impl DaysPage<'_> {
    fn is_invalid(&self) -> bool {
        self.fields.iter().any(|field| field.error.is_some())
    }
}

/// Asks for the region, then leads to `wanted`. `invalid` is the value that was submitted, if there was one.
pub fn ask_region(request: &PageRequest, wanted: Page, invalid: Option<&str>) -> Response {
    let messages = request.messages();
    let texts = &messages.authority.question;
    let regions = messages.regions.iter().map(|(code, name)| (code.as_str(), name));
    let view = RegionPage {
        frame: Frame::new(request, wanted, &texts.title),
        texts,
        options: regions.collect(),
        error: invalid.map(|value| error(texts, value)),
        kept: request.choices.except(&[Key::Region], request.catalog()),
        action: request.link(wanted).with(Query::EMPTY),
    };
    if view.error.is_some() {
        bad_request(&view)
    } else {
        page(&view)
    }
}

/// Asks for the day of each objection, at the address of `here`, then leads to `wanted`. `invalid` are the values that were
/// submitted and are no possible day.
pub fn ask_days(request: &PageRequest, here: Page, wanted: Page, invalid: &[&UnknownValue]) -> Response {
    let messages = request.messages();
    let texts = &messages.record.question;
    let objections = request.choices.plan().map(|plan| plan.objections());
    let services = objections
        .iter()
        .flat_map(|services| services.iter().map(Target::Service));
    let journeys = request.choices.journeys().map(|(journey, _)| Target::Journey(journey));
    let mut targets: Vec<Option<Target>> = services.chain(journeys).map(Some).collect();
    if targets.is_empty() {
        targets.push(None);
    }
    let field = |(index, target): (usize, Option<Target>)| {
        let is_own = |unknown: &&&UnknownValue| unknown.entry == target || (unknown.entry.is_none() && index == 0);
        let invalid = invalid.iter().find(is_own);
        let entry = target.and_then(|target| request.choices.entry_for(target));
        let day = entry.and_then(|entry| entry.day);
        DayField {
            id: format!("day-{index}"),
            target: target.map(|target| (target.id(&request.catalog().facts), record::name(request, target))),
            value: match invalid {
                Some(unknown) => unknown.value.as_str().into(),
                None => day.map_or(Cow::Borrowed(""), |day| day.to_string().into()),
            },
            error: invalid.map(|unknown| error(texts, &unknown.value)),
            state: entry.and_then(|entry| entry.state),
        }
    };
    let view = DaysPage {
        frame: Frame::new(request, here, &texts.title),
        texts,
        fields: targets.into_iter().enumerate().map(field).collect(),
        states: Reply::ALL
            .map(|reply| (reply.as_str(), &reply.texts(&messages.replies).name))
            .into(),
        kept: request.choices.except(&[Key::Entry], request.catalog()),
        action: request.link(wanted).with(Query::EMPTY),
    };
    if view.is_invalid() {
        bad_request(&view)
    } else {
        page(&view)
    }
}

/// The error for a submitted value: it is missing, or it does not exist.
fn error<'a>(texts: &'a Question, value: &'a str) -> FormError<'a> {
    match value {
        "" => FormError::Missing(&texts.missing),
        value => FormError::Unknown(&texts.wrong, value),
    }
}
