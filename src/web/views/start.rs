//! Asks for service and country, which a plan needs. Also the page for unknown values.

use std::borrow::Cow;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use veto_content::facts::{Question, ServiceId};
use veto_content::messages::{PlainText, Start};
use veto_guide::{Accounts, Choices, Key, Step, UnknownValue};

use super::evidence::{Statement, statements};
use super::{FormError, Frame, bad_request, family_sheet, page, question};
use crate::web::extract::PageRequest;
use crate::web::link::{Link, ParameterLink, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage<'a> {
    frame: Frame<'a>,
    texts: &'a Start,
    statements: Vec<Statement<'a>>,
    /// The target of the form.
    action: Link<'a>,
    /// The label of its button.
    button: &'a PlainText,
    choices: &'a Choices,
    /// The services: id, name, whether it is chosen. None where a page needs no service.
    services: Vec<(&'a str, &'a str, bool)>,
    /// Whether to ask if the accounts of several services belong together.
    asks_accounts: bool,
    /// The countries: code, name, whether it is selected.
    countries: Vec<(&'a str, &'a PlainText, bool)>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    service_error: Option<FormError<'a>>,
    country_error: Option<FormError<'a>>,
}

#[derive(Template)]
#[template(path = "unknown_values.html")]
struct UnknownValuesPage<'a> {
    frame: Frame<'a>,
    texts: &'a Start,
    values: Vec<&'a str>,
    /// The same page without them.
    go_on: ParameterLink<'a>,
}

impl<'a> StartPage<'a> {
    /// The form at the address of the page `wanted`. It leads there, or to the first step if the start page is wanted.
    fn new(request: &'a PageRequest, wanted: Page) -> Self {
        let messages = request.messages();
        let texts = &messages.start;
        let preselected = request.choices.country().or(request.state.settings.country);
        let preselected = preselected.map(|id| &request.catalog().facts.countries[id].code);
        let (next, button) = match wanted {
            Page::Start => (Page::Step(Step::first(request.journey())), &texts.button),
            page => (page, &texts.go_on_to_page),
        };
        let facts = &request.catalog().facts;
        let journey = request.journey();
        let questions = &facts.journeys[journey].questions;
        // The record of journeys on one page needs the country only.
        let is_record = matches!(wanted, Page::Days | Page::Record | Page::Calendar | Page::YearCalendar);
        let has_journeys = request.choices.journeys().next().is_some();
        let asks_service = !(is_record && has_journeys && request.choices.services().is_empty());
        let sections: &[&str] = if asks_service {
            &["start"]
        } else {
            &["start.lead", "start.country_help", "start.elsewhere"]
        };
        let service = |id: ServiceId| {
            let service = &facts.services[id];
            let chosen = request.choices.services().contains(id);
            (service.id.as_str(), service.name.as_str(), chosen)
        };
        let countries = messages.countries.iter();
        let countries = countries.map(|(code, name)| (code.as_str(), name, preselected == Some(code)));
        Self {
            frame: Frame::new(request, wanted, &texts.title),
            texts,
            statements: statements(request, sections),
            action: request.link(next).with(Query::EMPTY),
            button,
            choices: &request.choices,
            services: facts
                .services_of(journey)
                .filter(|_| asks_service)
                .map(service)
                .collect(),
            asks_accounts: asks_service && questions.contains(&Question::Accounts),
            countries: countries.collect(),
            kept: request
                .choices
                .except(&[Key::Service, Key::Accounts, Key::Country], request.catalog()),
            service_error: None,
            country_error: None,
        }
    }

    /// The options for the accounts: value, label, whether it is chosen.
    fn accounts(&self) -> [(&'static str, &PlainText, bool); 3] {
        Accounts::ALL.map(|accounts| {
            let label = match accounts {
                Accounts::Linked => &self.texts.linked,
                Accounts::Separate => &self.texts.separate,
                Accounts::Unsure => &self.texts.unsure,
            };
            let chosen = self.choices.services().len() > 1 && self.choices.accounts() == accounts;
            (accounts.as_str(), label, chosen)
        })
    }
}

/// `/{language}/start`
pub async fn show(request: PageRequest) -> Response {
    page(&StartPage::new(&request, Page::Start))
}

/// The response to a request for the page `wanted` without service or country. If the form was submitted, it says what is
/// missing; otherwise it only asks.
pub fn incomplete(request: &PageRequest, wanted: Page, submitted: bool) -> Response {
    let mut view = StartPage::new(request, wanted);
    if !submitted {
        return page(&view);
    }
    let texts = view.texts;
    let missing = |is_missing: bool, text| is_missing.then_some(FormError::Missing(text));
    let asks_service = !view.services.is_empty();
    view.service_error = missing(
        asks_service && request.choices.services().is_empty(),
        &texts.service_missing,
    );
    view.country_error = missing(request.choices.country().is_none(), &texts.country_missing);
    bad_request(&view)
}

/// The response to a request for the page `wanted` with unknown values: the form that asks for the choice, with the valid
/// choices kept; or, if there is no such form, a link without the unknown values.
pub fn unknown_values(request: &PageRequest, wanted: Page, values: &[UnknownValue]) -> Response {
    let value_of = |key: Key| values.iter().find(|unknown| unknown.key == key);
    let texts = &request.messages().start;
    let error = |key, text| value_of(key).map(|unknown| FormError::Unknown(text, unknown.value.as_str()));
    let mut view = StartPage::new(request, wanted);
    view.service_error = error(Key::Service, &texts.service_unknown);
    view.country_error = error(Key::Country, &texts.country_unknown);
    if view.service_error.is_some() || view.country_error.is_some() {
        return bad_request(&view);
    }
    let days: Vec<&UnknownValue> = values.iter().filter(|unknown| unknown.key == Key::Day).collect();
    if wanted == Page::FamilySheet {
        return family_sheet::invalid(request, values);
    }
    // The pages about other companies ask for the day themselves.
    let asks_itself = matches!(
        wanted,
        Page::CompanyComplaint(_) | Page::CheckList | Page::CheckListCalendar
    );
    if asks_itself && values.iter().all(|unknown| unknown.value.is_empty()) {
        return Redirect::temporary(&request.link(wanted).location()).into_response();
    }
    if !days.is_empty() && !asks_itself {
        return question::ask_days(request, wanted, wanted, &days);
    }
    if let Some(unknown) = value_of(Key::Region) {
        return question::ask_region(request, wanted, Some(&unknown.value));
    }
    let values = values.iter().map(|unknown| unknown.value.as_str());
    unknown(request, wanted, values.collect(), request.link(wanted).into())
}

/// The response to a request for the page `wanted` with unknown `values`: what to change, and `go_on`, the link without them.
pub fn unknown(request: &PageRequest, wanted: Page, values: Vec<&str>, go_on: ParameterLink<'_>) -> Response {
    let texts = &request.messages().start;
    let mut frame = Frame::new(request, wanted, &texts.errors);
    let without_entries = Query::new(&request.choices.without(Key::Entry), request.catalog());
    if wanted == Page::FamilySheet {
        frame.here = frame.here.with(&without_entries);
    }
    bad_request(&UnknownValuesPage {
        frame,
        texts,
        values,
        go_on,
    })
}
