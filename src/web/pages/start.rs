//! The choices that a plan needs: which service, which country. Also the page for choices that do not exist.

use std::borrow::Cow;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Complaint, Frame, bad_request, page, question};
use crate::facts::Service;
use crate::journey::{Accounts, Choices, Key, Services, Step, Unknown};
use crate::web::address::{Link, NO_QUERY, Page};
use crate::web::problem::Problem;
use crate::web::visit::{Rejection, Visit};
use crate::words::{Html, Label, Start};

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage<'a> {
    frame: Frame<'a>,
    words: &'a Start,
    statements: Option<&'a Html>,
    /// Where the form leads.
    action: Link<'a>,
    /// What its button says.
    button: &'a Label,
    choices: &'a Choices,
    countries: Vec<(&'a str, &'a Label, bool)>,
    /// The other choices, which the form carries along.
    kept: Vec<(Key, Cow<'a, str>)>,
    service_error: Option<Complaint<'a>>,
    country_error: Option<Complaint<'a>>,
}

#[derive(Template)]
#[template(path = "wrong_choice.html")]
struct WrongChoicePage<'a> {
    frame: Frame<'a>,
    words: &'a Start,
    values: Vec<&'a str>,
    /// The same page without the wrong choice.
    go_on: Link<'a>,
}

impl<'a> StartPage<'a> {
    /// The form at the address of the page `wanted`. It leads there, or to the first step if nothing else was wanted.
    fn new(visit: &'a Visit, wanted: Page) -> Self {
        let words = &visit.edition().words.start;
        let library = visit.library();
        let (next, button) = match wanted {
            Page::Start => (Page::Step(Step::SignIn), &words.button),
            page => (page, &words.go_on_to_page),
        };
        let country = |(place, name): &'a (usize, Label)| {
            let chosen = visit.choices.country.or(visit.site.settings.country) == Some(*place);
            (library.facts.countries[*place].code.as_str(), name, chosen)
        };
        Self {
            frame: Frame::of(visit, wanted, &words.title),
            words,
            statements: visit.edition().statements("start"),
            action: visit.link(next).with(&NO_QUERY),
            button,
            choices: &visit.choices,
            countries: visit.edition().countries.iter().map(country).collect(),
            kept: visit
                .choices
                .except(&[Key::Service, Key::Accounts, Key::Country], library),
            service_error: None,
            country_error: None,
        }
    }

    fn chosen(&self, service: Service) -> bool {
        self.choices.services == Some(Services::One(service))
    }

    fn both(&self) -> bool {
        matches!(self.choices.services, Some(Services::Both(_)))
    }

    /// What can be known of the accounts: how it is written, its words, whether it is chosen.
    fn accounts(&self) -> [(&'static str, &Label, bool); 3] {
        Accounts::ALL.map(|accounts| {
            let label = match accounts {
                Accounts::Linked => &self.words.linked,
                Accounts::Separate => &self.words.separate,
                Accounts::Unsure => &self.words.unsure,
            };
            let chosen = self.choices.services == Some(Services::Both(accounts));
            (accounts.id(), label, chosen)
        })
    }

    /// The page with what has to be changed: status 400, and not to be kept.
    fn refused(&self) -> Response {
        bad_request(page(self))
    }
}

/// `/{language}/start`
pub async fn show(visit: Visit) -> Response {
    page(&StartPage::new(&visit, Page::Start))
}

impl IntoResponse for Rejection {
    /// The page to show instead of the one that was wanted, or the way to its canonical address.
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => Problem::NotFound.into_response(),
            Self::Elsewhere(location) => Redirect::temporary(&location).into_response(),
            Self::Unknown { visit, wanted, unknown } => wrong_choice(&visit, wanted, &unknown),
            Self::Incomplete { visit, wanted, sent_in } => incomplete(&visit, wanted, sent_in),
        }
    }
}

/// The answer to a request for the page `wanted` with choices that are right, but too few. If the form of this page was
/// sent in, it says what is missing; if the visitor came by another way, it only asks.
fn incomplete(visit: &Visit, wanted: Page, sent_in: bool) -> Response {
    let mut view = StartPage::new(visit, wanted);
    if !sent_in {
        return page(&view);
    }
    let words = view.words;
    view.service_error = visit
        .choices
        .services
        .is_none()
        .then_some(Complaint::Missing(&words.service_missing));
    view.country_error = visit
        .choices
        .country
        .is_none()
        .then_some(Complaint::Missing(&words.country_missing));
    view.refused()
}

/// The answer to a request for the page `wanted` with choices that do not exist. Where there is a form that asks for the
/// choice, it is that form, with what was right still chosen; else the way on without what is wrong.
fn wrong_choice(visit: &Visit, wanted: Page, unknown: &[Unknown]) -> Response {
    let wrong = |key: Key| unknown.iter().find(|unknown| unknown.key == key);
    let words = &visit.edition().words.start;
    let mut view = StartPage::new(visit, wanted);
    view.service_error = wrong(Key::Service).map(|wrong| Complaint::Unknown(&words.service_unknown, &wrong.value));
    view.country_error = wrong(Key::Country).map(|wrong| Complaint::Unknown(&words.country_unknown, &wrong.value));
    if view.service_error.is_some() || view.country_error.is_some() {
        return view.refused();
    }
    for key in [Key::Day, Key::Region] {
        if let Some(wrong) = wrong(key) {
            return question::ask(visit, wanted, key, Some(&wrong.value));
        }
    }
    bad_request(page(&WrongChoicePage {
        frame: Frame::of(visit, wanted, &words.errors),
        words,
        values: unknown.iter().map(|unknown| unknown.value.as_str()).collect(),
        go_on: visit.link(wanted),
    }))
}
