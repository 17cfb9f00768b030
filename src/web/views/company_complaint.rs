//! The complaint about a service of another company, to the authority where the visitor lives: as text to copy and as a letter
//! to print and fill in by hand.
//!
//! Day and outcome of the objection stand in the address, as in the check-list; nothing personal is asked.

use std::borrow::Cow;

use askama::Template;
use axum::http::Uri;
use axum::response::Response;
use veto_content::catalog::LocaleId;
use veto_content::facts::{Authority, Service};
use veto_content::messages::{CompanyLawTexts, CompanyTexts, Html, PlainText};
use veto_guide::company_complaint;
use veto_guide::company_objection::{CompanyLetter, has_texts};
use veto_guide::letter::{OUTCOMES, accepted_locales};
use veto_guide::{Entry, Key, Reply};

use super::company::requested;
use super::company_objection::{Options, title};
use super::copy_box::CopyBox;
use super::translation::Translation;
use super::{Frame, Language, authority, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "company_complaint.html")]
struct ComplaintPage<'a> {
    frame: Frame<'a>,
    texts: &'a CompanyTexts,
    service: &'a Service,
    law: &'a CompanyLawTexts,
    options: Options<'a>,
    /// The day of the objection, if it is known.
    day: String,
    /// The outcomes: value, name, whether it is chosen.
    outcomes: [(&'static str, &'a PlainText, bool); 3],
    /// This page without choices, to which the form leads.
    action: Link<'a>,
    /// The other choices, for hidden fields; the entry of the service comes last, for day and outcome.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// Why there is no letter yet, though everything is chosen.
    wait: Option<Html>,
    letter: Option<LetterSection<'a>>,
    /// The objection.
    objection: Link<'a>,
}

/// The letter and where to send it.
struct LetterSection<'a> {
    authority: &'a Authority,
    /// The languages in which one can write to it.
    languages: Html,
    language: Language<'a>,
    letter: CompanyLetter,
    copy_box: CopyBox<'a>,
    translation: Option<Translation<'a>>,
}

/// `/{language}/complaint/{service}`
pub async fn show(request: PageRequest, uri: Uri) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.company.is_some())?;
    let messages = request.messages();
    let texts = messages.company.as_ref().ok_or(HttpError::NotFound)?;
    let id = requested(&request, &uri)?;
    let this = Page::CompanyComplaint(id);
    let catalog = request.catalog();
    let opt_out = &catalog.facts.opt_outs[id];
    let law = request.law();
    let service = catalog.facts.service(&opt_out.id).ok_or(HttpError::NotFound)?;
    let entry = request.choices.entry(service);
    let (day, outcome) = (entry.and_then(|entry| entry.day), entry.copied().and_then(outcome));
    let service = &catalog.facts.services[service];
    let authority = request.choices.authority(catalog);
    let locale = locale(&request, authority).ok_or(HttpError::NotFound)?;
    let mut wait = None;
    let mut letter = None;
    if let (Some(_), Some(day), Some(outcome)) = (request.choices.country(), day, outcome) {
        let Some(authority) = authority else {
            return Ok(authority::ask(&request, this));
        };
        let today = request.state.settings.clock.today();
        let due = day.reply_due(law.reply_months);
        if today.is_some_and(|today| day > today) {
            wait = Some(Html::new(messages.letter_forms.field_errors.no_day.as_str()));
        } else if outcome == Reply::Nothing && today.is_some_and(|today| today.date() <= due) {
            wait = Some(texts.complaint.early.fill(&messages.format.day(due)));
        } else {
            let text = company_complaint::compose(opt_out, law, day, outcome, catalog, locale);
            let text = text.ok_or(HttpError::NotFound)?;
            let translate = |own| {
                let letter = company_complaint::compose(opt_out, law, day, outcome, catalog, own);
                letter.map(|letter| letter.body).unwrap_or_default()
            };
            let language = Language(catalog.language(locale));
            letter = Some(LetterSection {
                authority,
                languages: authority::languages(&request, authority),
                language,
                copy_box: CopyBox::letter(&request, &text.body, language),
                translation: Translation::new(&request, locale, translate),
                letter: text,
            });
        }
    }
    let own = opt_out.id.as_str();
    let mut kept = request.choices.except(&[Key::Country, Key::Region, Key::Text], catalog);
    kept.retain(|(key, value)| *key != Key::Entry || value.split('.').next() != Some(own));
    kept.push((Key::Entry, own.into()));
    let names = &texts.complaint;
    let outcomes = OUTCOMES.map(|it| {
        let name = match it {
            Reply::Refused => &names.refused,
            Reply::More => &names.more,
            _ => &names.nothing,
        };
        (it.as_str(), name, outcome == Some(it))
    });
    let law = texts.laws.of(law);
    Ok(page(&ComplaintPage {
        frame: Frame::new(&request, this, title(&request, &law.authority, service)),
        texts,
        service,
        law,
        options: Options::new(&request, locale),
        day: day.map(|day| day.to_string()).unwrap_or_default(),
        outcomes,
        action: request.link(this).with(Query::EMPTY),
        kept,
        wait,
        letter,
        objection: request.link(Page::CompanyObjection(id)),
    }))
}

/// What was replied, if that is a reason for a complaint.
fn outcome(entry: Entry) -> Option<Reply> {
    entry.state.filter(|state| OUTCOMES.contains(state))
}

/// The language of the letter: the requested one; or else that of the page, if the authority accepts it; or else the first that
/// it accepts.
fn locale(request: &PageRequest, authority: Option<&Authority>) -> Option<LocaleId> {
    let catalog = request.catalog();
    let own = request.address_locale;
    let accepted = authority
        .map(|authority| accepted_locales(authority, catalog))
        .unwrap_or_default();
    let fitting = accepted.iter().find(|id| **id == own).or(accepted.first()).copied();
    let locale = request
        .choices
        .text()
        .or(fitting)
        .unwrap_or_else(|| request.text_locale());
    catalog.locale_with(locale, has_texts)
}
