//! Letters: a form for what the letter needs, a page to check the input, and the letter.
//!
//! Input comes by POST; the responses are `no-store`, and the input is never written to an address, log or file.

mod document;
mod form;

use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use veto_content::catalog::LocaleId;
use veto_content::facts::{Authority, Controller, Ground, IdSet, Law};
use veto_content::messages::{LetterPage, PlainText};
use veto_guide::letter::{Field, LetterDocument, LetterInput, ValidatedInput, accepted_locales};
use veto_guide::{Day, Letter};

use super::Frame;
use super::authority;
use crate::web::error::HttpError;
use crate::web::extract::{FormBody, PlanRequest, Slug};
use crate::web::headers::NO_STORE;
use crate::web::page::Page;

/// What the pages of a letter have in common, apart from its input.
struct LetterForm<'a> {
    letter: Letter,
    plan_request: &'a PlanRequest,
    /// The authority, if it is the recipient.
    authority: Option<&'a Authority>,
    /// None if the clock is not set.
    today: Option<Day>,
    /// Whether the form was submitted. Then there are no links to other languages: the input would be lost.
    submitted: bool,
}

impl<'a> LetterForm<'a> {
    /// The form for `letter`; or else the page that asks for the region, if the recipient depends on it.
    fn new(letter: Letter, plan_request: &'a PlanRequest, submitted: bool) -> Result<Self, Response> {
        let PlanRequest { request, plan } = plan_request;
        let authority = match letter {
            Letter::Complaint => match plan.authority(request.catalog()) {
                None => return Err(authority::ask(request, Page::Letter(letter))),
                authority => authority,
            },
            _ => None,
        };
        Ok(Self {
            letter,
            plan_request,
            authority,
            today: request.state.settings.clock.today(),
            submitted,
        })
    }

    fn texts(&self) -> &'a LetterPage {
        &self.plan_request.request.messages().letter_forms
    }

    fn frame(&self, title: &'a PlainText) -> Frame<'a> {
        let mut frame = Frame::new(&self.plan_request.request, Page::Letter(self.letter), title);
        if self.submitted {
            frame.switch = None;
        }
        frame
    }

    fn law(&self) -> &'a Law {
        let PlanRequest { request, plan } = self.plan_request;
        plan.law(request.catalog())
    }

    /// The company of Meta that letters go to.
    fn controller(&self) -> &'a Controller {
        let PlanRequest { request, plan } = self.plan_request;
        plan.controller(request.catalog())
    }

    /// The languages in which the recipient accepts the letter.
    fn accepted(&self) -> Vec<LocaleId> {
        let catalog = self.plan_request.request.catalog();
        match self.authority {
            Some(authority) => accepted_locales(authority, catalog),
            None => catalog.letter_languages().map(|(id, _)| id).collect(),
        }
    }

    /// The language of the letter: the requested one; or else that of the page, if the recipient accepts it; or else the
    /// first that the recipient accepts.
    fn language(&self, requested: &str) -> LocaleId {
        let request = &self.plan_request.request;
        let accepted = self.accepted();
        let own = request.text_locale();
        let fitting = accepted.iter().find(|id| **id == own).or(accepted.first());
        let requested = request.catalog().letter_locale(requested);
        requested.unwrap_or_else(|| fitting.copied().unwrap_or(own))
    }

    /// The letter.
    ///
    /// # Errors
    /// Not found, if no language has letters.
    fn document(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<LetterDocument, HttpError> {
        self.document_in(self.language(&input.language), valid)
            .ok_or(HttpError::NotFound)
    }

    /// The letter in `language`; `None` if it has no letters.
    fn document_in(&self, language: LocaleId, valid: &ValidatedInput) -> Option<LetterDocument> {
        let PlanRequest { request, plan } = self.plan_request;
        let catalog = request.catalog();
        self.letter
            .compose(plan, catalog, language, self.authority, valid, self.today)
    }

    /// The grounds that were ticked.
    fn grounds(&self, input: &LetterInput) -> IdSet<Ground> {
        let facts = &self.plan_request.request.catalog().facts;
        facts.grounds_of(input.grounds.iter().map(String::as_str))
    }

    /// The letter as a text file.
    fn file(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<Response, HttpError> {
        let disposition = format!("attachment; filename=\"{}.txt\"", self.texts().file_name);
        let Ok(disposition) = HeaderValue::try_from(disposition) else {
            return Err(HttpError::Internal);
        };
        let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
        let headers = [
            (header::CONTENT_TYPE, media_type),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        Ok((headers, self.document(input, valid)?.text()).into_response())
    }
}

/// `GET /{language}/letter/{slug}`: the form, with the day of the objection if it is known.
pub async fn form(Slug(letter): Slug<Letter>, plan_request: PlanRequest) -> Response {
    let mut input = LetterInput::default();
    let PlanRequest { request, plan } = &plan_request;
    let entry = request.choices.entry(plan.form());
    if let Some(day) = entry.and_then(|entry| entry.day) {
        input.set(Field::Day, day.to_string());
    }
    match LetterForm::new(letter, &plan_request, false) {
        Ok(form) => form.form(&input, &[]),
        Err(question) => question,
    }
}

/// `POST /{language}/letter/{slug}`: checks the input, then shows it, the form again, the letter, or the letter as a file.
pub async fn submit(Slug(letter): Slug<Letter>, plan_request: PlanRequest, FormBody(body): FormBody) -> Response {
    let form = match LetterForm::new(letter, &plan_request, true) {
        Ok(form) => form,
        Err(question) => return question,
    };
    let input = LetterInput::parse(&body);
    let grounds = form.grounds(&input);
    let checked = letter.check(&input, form.today, form.law());
    let checked = checked.map(|valid| valid.with_grounds(grounds));
    let response = match (checked, input.next.as_str()) {
        (_, "change") => form.form(&input, &[]),
        (Err(errors), _) => form.form(&input, &errors),
        (Ok(valid), "letter") => form.show(&input, &valid).into_response(),
        (Ok(valid), "file") => form.file(&input, &valid).into_response(),
        (Ok(valid), _) => form.check(&input, &valid).into_response(),
    };
    ([(header::CACHE_CONTROL, NO_STORE)], response).into_response()
}
