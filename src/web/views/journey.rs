//! A journey on one page: for whom it is, what it covers, the steps, the texts to copy, and what comes after.

use std::borrow::Cow;

use askama::Template;
use axum::http::Uri;
use axum::response::Response;
use veto_content::catalog::LocaleId;
use veto_content::facts::{Authority, CompanyPage, Controller, PageJourney, PageJourneyId, PageStep};
use veto_content::messages::{
    CompanyLawTexts, CopyTexts, Html, JourneyPage, PageJourneyTexts, PageStepTexts, PlainText, Separator,
};
use veto_guide::{Key, Step, page_journey};

use super::evidence::statements;
use super::translation::Translation;
use super::{Frame, Language, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
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
    /// Whether its objection goes by the forms of the journey step by step, so that the record is for it, too.
    has_record: bool,
    statements: Vec<&'a Html>,
    /// The first step of the journey for one's own accounts.
    first_step: Page,
}

#[derive(Template)]
#[template(path = "journey_letter.html")]
struct LetterView<'a> {
    frame: Frame<'a>,
    texts: &'a JourneyPage,
    own: &'a PageJourneyTexts,
    options: Options<'a>,
    recipient: &'a Controller,
    text: page_journey::PlainText,
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
    text: Option<TextBox<'a>>,
    /// The first step for the accounts of a service: its address, the name of the service.
    services: Vec<(String, &'a str)>,
    /// Other journeys on one page.
    journeys: Vec<(Link<'a>, &'a PlainText)>,
}

/// A text to copy.
#[derive(Template)]
#[template(path = "parts/copy_box.html")]
struct TextBox<'a> {
    texts: &'a CopyTexts,
    /// The id, unique on the page.
    id: &'a str,
    label: &'a PlainText,
    text: Html,
    characters: usize,
    language: Language<'a>,
    /// There is no page with the text alone.
    more: Option<(&'a Html, Link<'a>)>,
    separator: &'a Separator,
    translation: Option<Translation<'a>>,
}

/// The form for country and language of the texts.
pub struct Options<'a> {
    /// The page itself, without choices.
    action: Link<'a>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The countries: code, name, whether it is chosen.
    countries: Vec<(&'a str, &'a PlainText, bool)>,
    /// The languages, the chosen one first.
    languages: Vec<(Language<'a>, bool)>,
}

impl<'a> Options<'a> {
    fn new(request: &'a PageRequest, here: Page, locale: LocaleId) -> Self {
        let catalog = request.catalog();
        let chosen = request.choices.country().map(|id| &catalog.facts.countries[id].code);
        let countries = request.messages().countries.iter();
        let countries = countries.map(|(code, name)| (code.as_str(), name, chosen == Some(code)));
        let languages = catalog.letter_languages();
        let languages = languages.map(|(id, language)| (Language(language), id == locale));
        let mut languages: Vec<_> = languages.collect();
        languages.sort_by_key(|(_, chosen)| !chosen);
        let asked = [Key::Country, Key::Region, Key::Text];
        Self {
            action: request.link(here).with(Query::EMPTY),
            kept: request.choices.except(&asked, catalog),
            countries: countries.collect(),
            languages,
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

    fn text(&self, key: &str) -> Option<page_journey::PlainText> {
        self.text_in(self.locale, key)
    }

    fn text_in(&self, language: LocaleId, key: &str) -> Option<page_journey::PlainText> {
        let (request, law) = (self.request, self.request.law());
        page_journey::compose(self.journey, key, law, request.catalog(), language)
    }

    /// The translation of the text `key` in the language of the page, if that is another one.
    fn translation(&self, key: &str) -> Option<Translation<'a>> {
        let translate = |own| self.text_in(own, key).map(|text| text.body).unwrap_or_default();
        Translation::new(self.request, self.locale, translate)
    }

    /// The steps. The main button is the first one that leads to steps; if there is none, the first one to the company.
    fn steps(&self) -> Vec<StepView<'a>> {
        let steps = &self.journey.steps;
        let main = steps.iter().position(|step| !step.services.is_empty());
        let main = main.or_else(|| steps.iter().position(|step| step.link.is_some()));
        let views = steps.iter().enumerate();
        views
            .filter_map(|(place, step)| self.step(step, main == Some(place)))
            .collect()
    }

    fn step(&self, step: &'a PageStep, is_main: bool) -> Option<StepView<'a>> {
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
            text: self.text_box(step, texts),
            services: services.collect(),
            journeys: journeys.collect(),
        })
    }

    fn text_box(&self, step: &'a PageStep, texts: &'a PageStepTexts) -> Option<TextBox<'a>> {
        let key = step.text.as_ref()?;
        let own = self.request.address_locale;
        let is_message = step.message && self.request.choices.text().is_none();
        let message = is_message.then(|| self.text_in(own, key)).flatten();
        let (language, translation) = match message {
            Some(_) => (Language(self.request.catalog().language(own)), None),
            None => (self.language(), self.translation(key)),
        };
        let text = message.or_else(|| self.text(key))?;
        let messages = self.request.messages();
        Some(TextBox {
            texts: &messages.journey.copy,
            id: &step.id,
            label: texts.text.as_ref()?,
            characters: text.body.chars().count(),
            text: Html::escaped(&text.body),
            language,
            more: None,
            separator: &messages.common.punctuation.separator,
            translation,
        })
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

/// `/{language}/{journey}`
pub async fn show(request: PageRequest, uri: Uri) -> Result<Response, HttpError> {
    let (request, id) = requested(request, &uri)?;
    let messages = request.messages();
    let requested = Requested::new(&request, id)?;
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
    Ok(page(&View {
        frame: Frame::new(&request, Page::Journey(id), &own.title),
        texts: &messages.journey,
        own,
        journey,
        journey_id: id,
        law: company.laws.of(law),
        country: country.and_then(|country| messages.countries.get(&country.code)),
        fits,
        steps: requested.steps(),
        options: has_texts.then(|| Options::new(&request, Page::Journey(id), requested.locale)),
        authorities: authorities.map(|(_, authority)| authority).collect(),
        has_record: journey.steps.iter().any(|step| !step.services.is_empty()),
        statements: statements(&request, &shown),
        first_step: Page::Step(Step::first(facts.main_journey())),
    }))
}

/// `/{language}/{journey}/letter`: the letter, to print and to fill in by hand.
pub async fn letter(request: PageRequest, uri: Uri) -> Result<Response, HttpError> {
    let (request, id) = requested(request, &uri)?;
    let messages = request.messages();
    let requested = Requested::new(&request, id)?;
    let Requested {
        journey, own, locale, ..
    } = requested;
    let key = journey.letter.as_ref().ok_or(HttpError::NotFound)?;
    let catalog = request.catalog();
    let text = requested.text(key).ok_or(HttpError::NotFound)?;
    let letters = catalog.messages(locale).letters.as_ref().ok_or(HttpError::NotFound)?;
    let recipient = catalog.facts.recipient_of(journey, request.law());
    let pair = messages.common.punctuation.pair.as_str();
    let title = [messages.journey.letter.as_str(), pair, own.title.as_str()].concat();
    Ok(page(&LetterView {
        frame: Frame::new(&request, Page::JourneyLetter(id), Html::new(title)),
        texts: &messages.journey,
        own,
        options: Options::new(&request, Page::JourneyLetter(id), locale),
        recipient: recipient.ok_or(HttpError::NotFound)?,
        paragraphs: text.body.split("\n\n").map(str::to_owned).collect(),
        text,
        salutation: &letters.salutation,
        closing: &letters.closing,
        language: requested.language(),
        translation: requested.translation(key),
        back: request.link(Page::Journey(requested.id)),
    }))
}
