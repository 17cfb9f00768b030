//! A journey on one page: for whom it is, what it covers, the steps, the texts to copy, and what comes after.

use std::borrow::Cow;

use askama::Template;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use veto_content::catalog::LocaleId;
use veto_content::facts::{Authority, CompanyPage, Controller, Ground, IdSet, PageJourney, PageJourneyId, PageStep};
use veto_content::messages::{CompanyLawTexts, Html, JourneyPage, PageJourneyTexts, PageStepTexts, PlainText};
use veto_guide::change::{ChangedText, Outcome, TextInput};
use veto_guide::{Key, Step, page_journey};

use super::copy_box::CopyBox;
use super::evidence::{Statement, statements};
use super::text::TextForm;
use super::translation::Translation;
use super::{Frame, Language, language, page};
use crate::web::error::HttpError;
use crate::web::extract::{FormBody, PageRequest};
use crate::web::headers::NO_STORE;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "journey.html")]
struct View<'a> {
    frame: Frame<'a>,
    texts: &'a JourneyPage,
    own: &'a PageJourneyTexts,
    journey: &'a PageJourney,
    journey_id: PageJourneyId,
    law: &'a CompanyLawTexts,
    /// The visitor's country, if it is chosen.
    country: Option<&'a PlainText>,
    /// Whether the journey is for people in the visitor's country.
    fits: bool,
    steps: Vec<StepView<'a>>,
    /// The form for country and language of the texts, if there are any.
    options: Option<Options<'a>>,
    /// The authorities of the visitor's country, if the company has to reply.
    authorities: Vec<&'a Authority>,
    /// Whether its objection goes by the forms of the journey step by step, so that what comes back is what comes there.
    has_replies: bool,
    /// The question for the day of its objection, which leads to the record: choices as query. None if it has no objection.
    days: Option<Query>,
    statements: Vec<Statement<'a>>,
    /// The first step of the journey for one's own accounts.
    first_step: Page,
}

#[derive(Template)]
#[template(path = "journey_letter.html")]
struct LetterView<'a> {
    frame: Frame<'a>,
    texts: &'a JourneyPage,
    own: &'a PageJourneyTexts,
    /// None if the text is the person's own: a link would lose it.
    options: Option<Options<'a>>,
    recipient: &'a Controller,
    subject: String,
    paragraphs: Vec<String>,
    salutation: &'a str,
    closing: &'a str,
    language: Language<'a>,
    translation: Option<Translation<'a>>,
    back: Link<'a>,
}

/// A step.
struct StepView<'a> {
    texts: &'a PageStepTexts,
    /// Whether its first button is the main one of the page.
    is_main: bool,
    /// The page of the company to open, and its label.
    link: Option<(&'a CompanyPage, &'a PlainText)>,
    /// The page to open if that one does not work.
    fallback: Option<&'a CompanyPage>,
    text: Option<Text<'a>>,
    /// The first step for the accounts of a service: its address, the name of the service.
    services: Vec<(String, &'a str)>,
    /// Other journeys on one page.
    journeys: Vec<(Link<'a>, &'a PlainText)>,
}

/// A text to copy: with reasons to tick, or without.
enum Text<'a> {
    Form(Box<TextForm<'a>>),
    Alone(Box<CopyBox<'a>>),
}

/// The form for country and language of the texts.
pub struct Options<'a> {
    /// The page itself, without choices.
    action: Link<'a>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The countries: code, name, whether it is chosen.
    countries: Vec<(&'a str, &'a PlainText, bool)>,
    /// The languages, and whether it is chosen.
    languages: Vec<(Language<'a>, bool)>,
}

impl<'a> Options<'a> {
    fn new(request: &'a PageRequest, here: Page, locale: LocaleId) -> Self {
        let catalog = request.catalog();
        let chosen = request.choices.country().map(|id| &catalog.facts.countries[id].code);
        let countries = request.messages().countries.iter();
        let countries = countries.map(|(code, name)| (code.as_str(), name, chosen == Some(code)));
        let languages = language::of_letters(request).into_iter();
        let languages = languages.map(|id| (Language(catalog.language(id)), id == locale));
        let asked = [Key::Country, Key::Region, Key::Text];
        Self {
            action: request.link(here).with(Query::EMPTY),
            kept: request.choices.except(&asked, catalog),
            countries: countries.collect(),
            languages: languages.collect(),
        }
    }
}

/// A request for a journey.
struct Requested<'a> {
    request: &'a PageRequest,
    id: PageJourneyId,
    journey: &'a PageJourney,
    own: &'a PageJourneyTexts,
    /// The language of its texts to copy.
    locale: LocaleId,
}

impl<'a> Requested<'a> {
    /// The journey at the path of a request. 404 where there is none.
    fn new(request: &'a PageRequest, id: PageJourneyId) -> Result<Self, HttpError> {
        let catalog = request.catalog();
        let journey = &catalog.facts.page_journeys[id];
        let own = request.messages().page_journeys.get(&journey.id);
        let locale = catalog.locale_with(request.text_locale(), |messages| {
            page_journey::has_texts(journey, messages)
        });
        Ok(Self {
            request,
            id,
            journey,
            own: own.ok_or(HttpError::NotFound)?,
            locale: locale.unwrap_or(request.locale),
        })
    }

    fn language(&self) -> Language<'a> {
        Language(self.request.catalog().language(self.locale))
    }

    fn text(&self, key: &str, grounds: IdSet<Ground>) -> Option<page_journey::PlainText> {
        self.text_in(self.locale, key, grounds)
    }

    fn text_in(&self, language: LocaleId, key: &str, grounds: IdSet<Ground>) -> Option<page_journey::PlainText> {
        let (request, law) = (self.request, self.request.law());
        page_journey::compose(self.journey, key, law, grounds, request.catalog(), language)
    }

    /// The translation of the text `key` in the language of the page, if that is another one. None of a text that the person
    /// has `changed` in their own words.
    fn translation(&self, key: &str, changed: Option<&ChangedText>) -> Option<Translation<'a>> {
        let translate = |own, grounds| {
            let text = self.text_in(own, key, grounds);
            text.map(|text| text.body).unwrap_or_default()
        };
        Translation::of_changed(self.request, self.locale, changed, translate)
    }

    /// The steps. The main button is the first one that leads to steps; if there is none, the first one to the company.
    fn steps(&self, changed: Option<&ChangedText>) -> Vec<StepView<'a>> {
        let steps = &self.journey.steps;
        let main = steps.iter().position(|step| !step.services.is_empty());
        let main = main.or_else(|| steps.iter().position(|step| step.link.is_some()));
        let views = steps.iter().enumerate();
        views
            .filter_map(|(place, step)| self.step(step, main == Some(place), changed))
            .collect()
    }

    fn step(&self, step: &'a PageStep, is_main: bool, changed: Option<&ChangedText>) -> Option<StepView<'a>> {
        let request = self.request;
        let (catalog, facts) = (request.catalog(), &request.catalog().facts);
        let texts = self.own.steps.get(&step.id)?;
        let page = |key: &Option<String>| facts.links.get(key.as_ref()?);
        let services = step.services.iter().filter_map(|id| facts.service(id));
        let services = services.map(|service| {
            let choices = request.choices.for_services([service]);
            let first = Page::Step(Step::first(request.catalog().facts.main_journey()));
            let link = request.link(first).with(&Query::new(&choices, catalog)).location();
            (link, facts.services[service].name.as_str())
        });
        let journeys = step.journeys.iter().filter_map(|id| {
            let texts = request.messages().page_journeys.get(id)?;
            Some((request.link(Page::Journey(facts.page_journey(id)?)), &texts.want))
        });
        Some(StepView {
            texts,
            is_main,
            link: page(&step.link).and_then(|page| Some((page, texts.link.as_ref()?))),
            fallback: page(&step.fallback),
            text: self.text_of(step, texts, changed),
            services: services.collect(),
            journeys: journeys.collect(),
        })
    }

    fn text_of(&self, step: &'a PageStep, texts: &'a PageStepTexts, changed: Option<&ChangedText>) -> Option<Text<'a>> {
        let key = step.text.as_ref()?;
        let label = texts.text.as_ref()?;
        let is_letter = self.journey.letter.as_ref() == Some(key);
        let Some(subject) = self.journey.reasons.filter(|_| is_letter) else {
            let own = self.request.address_locale;
            let is_message = step.message && self.request.choices.text().is_none();
            let message = is_message.then(|| self.text_in(own, key, IdSet::default())).flatten();
            let (language, translation) = match message {
                Some(_) => (Language(self.request.catalog().language(own)), None),
                None => (self.language(), self.translation(key, None)),
            };
            let text = message.or_else(|| self.text(key, IdSet::default()))?.body;
            let copy_box = CopyBox::journey(self.request, &step.id, label, &text, language, translation);
            return Some(Text::Alone(Box::new(copy_box)));
        };
        let text = match changed {
            Some(changed) => changed.text.clone(),
            None => self.text(key, IdSet::default())?.body,
        };
        let pages = (Page::Journey(self.id), Page::JourneyLetter(self.id));
        let form = TextForm::journey(self.request, subject, pages, label, &text, self.language(), changed);
        let form = form.with_translation(self.translation(key, changed));
        Some(Text::Form(Box::new(form)))
    }

    /// The objection after a change in its form; none if the journey takes no reasons.
    fn changed(&self, input: &TextInput) -> Option<ChangedText> {
        let key = self
            .journey
            .letter
            .as_ref()
            .filter(|_| self.journey.reasons.is_some())?;
        let (request, law) = (self.request, self.request.law());
        let catalog = request.catalog();
        let body = |grounds| self.text(key, grounds).map_or_else(String::new, |text| text.body);
        let addition =
            |grounds| page_journey::reasons(self.journey, law, grounds, catalog, self.locale).unwrap_or_default();
        let offered = page_journey::offered(self.journey, catalog, self.locale);
        let mut changed = ChangedText::of(input, body, body, addition, offered, catalog);
        if changed.outcome == Outcome::Composed {
            changed.applied = page_journey::fitting(self.journey, key, law, changed.grounds, catalog, self.locale);
            if changed.applied != changed.grounds {
                changed.outcome = Outcome::Shortened;
            }
        }
        Some(changed)
    }
}

/// The status of the response after a change in the form.
fn status(changed: Option<&ChangedText>) -> StatusCode {
    match changed {
        Some(changed) if changed.is_invalid() => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    }
}

/// The journey at the path of a request, in the language of the address or else in one that has its texts.
fn requested(request: PageRequest, uri: &Uri) -> Result<(PageRequest, PageJourneyId), HttpError> {
    let Some(Page::Journey(id) | Page::JourneyLetter(id)) = Page::of(uri, &request.catalog().facts) else {
        return Err(HttpError::NotFound);
    };
    let name = request.catalog().facts.page_journeys[id].id.clone();
    let has = |messages: &veto_content::messages::Messages| {
        messages.page_journeys.contains_key(&name) && messages.company.is_some()
    };
    Ok((request.with_texts(has)?, id))
}

/// `GET /{language}/{journey}`
pub async fn show(request: PageRequest, uri: Uri) -> Result<Response, HttpError> {
    view(request, &uri, None)
}

/// `POST /{language}/{journey}`: the page with the text changed by the form. It is not stored anywhere.
pub async fn change_text(request: PageRequest, uri: Uri, FormBody(body): FormBody) -> Result<Response, HttpError> {
    let response = view(request, &uri, Some(&TextInput::parse(&body)))?;
    Ok(([(header::CACHE_CONTROL, NO_STORE)], response).into_response())
}

/// The page, after `input` if its form was submitted.
fn view(request: PageRequest, uri: &Uri, input: Option<&TextInput>) -> Result<Response, HttpError> {
    let (request, id) = requested(request, uri)?;
    let messages = request.messages();
    let requested = Requested::new(&request, id)?;
    let changed = input.and_then(|input| requested.changed(input));
    let Requested { journey, own, .. } = requested;
    let facts = &request.catalog().facts;
    let law = request.law();
    let company = messages.company.as_ref().ok_or(HttpError::NotFound)?;
    let country = request.choices.country().map(|id| &facts.countries[id]);
    let fits = country.is_none() || journey.is_for(&law.id);
    let replies = country.filter(|_| journey.letter.is_some()).into_iter();
    let authorities = replies.flat_map(|country| facts.authorities_of(country));
    let has_texts = journey.texts().next().is_some();
    let shown = if fits {
        vec![format!("journeys/{}", journey.id)]
    } else {
        vec![]
    };
    let view = View {
        frame: Frame::new(&request, Page::Journey(id), &own.title),
        texts: &messages.journey,
        own,
        journey,
        journey_id: id,
        law: company.laws.of(law),
        country: country.and_then(|country| messages.countries.get(&country.code)),
        fits,
        steps: requested.steps(changed.as_ref()),
        options: has_texts.then(|| Options::new(&request, Page::Journey(id), requested.locale)),
        authorities: authorities.map(|(_, authority)| authority).collect(),
        has_replies: journey.steps.iter().any(|step| !step.services.is_empty()),
        days: journey.letter.as_ref().map(|_| {
            let choices = request.choices.clone().with_journey(id);
            Query::new(&choices, request.catalog())
        }),
        statements: statements(&request, &shown),
        first_step: Page::Step(Step::first(facts.main_journey())),
    };
    Ok((status(changed.as_ref()), page(&view)).into_response())
}

/// `GET /{language}/{journey}/letter`: the letter, to print and to fill in by hand.
pub async fn letter(request: PageRequest, uri: Uri) -> Result<Response, HttpError> {
    letter_view(request, &uri, None)
}

/// `POST /{language}/{journey}/letter`: the letter with the text of the form. It is not stored anywhere.
pub async fn letter_of_text(request: PageRequest, uri: Uri, FormBody(body): FormBody) -> Result<Response, HttpError> {
    let response = letter_view(request, &uri, Some(&TextInput::parse(&body)))?;
    Ok(([(header::CACHE_CONTROL, NO_STORE)], response).into_response())
}

/// The letter, after `input` if the form of its journey was submitted.
fn letter_view(request: PageRequest, uri: &Uri, input: Option<&TextInput>) -> Result<Response, HttpError> {
    let (request, id) = requested(request, uri)?;
    let messages = request.messages();
    let requested = Requested::new(&request, id)?;
    let Requested {
        journey, own, locale, ..
    } = requested;
    let key = journey.letter.as_ref().ok_or(HttpError::NotFound)?;
    let catalog = request.catalog();
    let text = requested.text(key, IdSet::default()).ok_or(HttpError::NotFound)?;
    let changed = input.and_then(|input| requested.changed(input));
    let body = changed.as_ref().map_or(&text.body, |changed| &changed.text);
    let letters = catalog.messages(locale).letters.as_ref().ok_or(HttpError::NotFound)?;
    let recipient = catalog.facts.recipient_of(journey, request.law());
    let pair = messages.common.punctuation.pair.as_str();
    let title = [messages.journey.letter.as_str(), pair, own.title.as_str()].concat();
    let view = LetterView {
        frame: Frame::new(&request, Page::JourneyLetter(id), Html::new(title)),
        texts: &messages.journey,
        own,
        options: input
            .is_none()
            .then(|| Options::new(&request, Page::JourneyLetter(id), locale)),
        recipient: recipient.ok_or(HttpError::NotFound)?,
        paragraphs: body.split("\n\n").map(str::to_owned).collect(),
        subject: text.subject,
        salutation: &letters.salutation,
        closing: &letters.closing,
        language: requested.language(),
        translation: requested.translation(key, changed.as_ref()),
        back: request.link(Page::Journey(requested.id)),
    };
    Ok((status(changed.as_ref()), page(&view)).into_response())
}
