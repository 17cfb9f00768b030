//! The objection to a service of another company, as text to copy and as a letter to print and fill in by hand.
//!
//! The letter has blank lines for the sender. Reasons come by POST; the response is `no-store`, and they are not kept.

use std::borrow::Cow;

use askama::Template;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use veto_content::catalog::LocaleId;
use veto_content::facts::{IdSet, Recipient, Role, Service, WayKind};
use veto_content::messages::{CompanyLawTexts, CompanyTexts, Html, PlainText};
use veto_guide::change::{ChangedText, TextInput};
use veto_guide::company_objection::{self, CompanyLetter};
use veto_guide::{Key, objection};

use super::companies::adding;
use super::company::{WayView, requested};
use super::text::TextForm;
use super::translation::Translation;
use super::{Frame, Language, language, page};
use crate::web::error::HttpError;
use crate::web::extract::{FormBody, PageRequest};
use crate::web::headers::NO_STORE;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "company_objection.html")]
struct ObjectionPage<'a> {
    frame: Frame<'a>,
    texts: &'a CompanyTexts,
    service: &'a Service,
    law: &'a CompanyLawTexts,
    /// Whether our evidence does not hold any more where the visitor lives.
    outdated: bool,
    /// The form for the text, with reasons to tick.
    form: TextForm<'a>,
    options: Options<'a>,
    /// The forms and e-mail addresses.
    ways: Vec<WayView<'a>>,
    recipients: Vec<&'a Recipient>,
    letter: CompanyLetter,
    language: Language<'a>,
    /// The complaint to the visitor's authority.
    complaint: Link<'a>,
    /// The check-list with this service.
    list: Link<'a>,
    /// The page of the service.
    service_link: Link<'a>,
    /// This page without choices, to which the form for country and language leads.
    action: Link<'a>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
}

/// What the form for a letter asks.
pub struct Options<'a> {
    /// The countries: code, name, whether it is chosen.
    pub countries: Vec<(&'a str, &'a PlainText, bool)>,
    /// The languages of the text, and whether it is chosen.
    pub languages: Vec<(Language<'a>, bool)>,
}

impl<'a> Options<'a> {
    /// The options for a letter in the language `locale`.
    pub fn new(request: &'a PageRequest, locale: LocaleId) -> Self {
        let catalog = request.catalog();
        let country = request.choices.country().map(|id| &catalog.facts.countries[id]);
        let countries = request.messages().countries.iter();
        let countries = countries.map(|(code, name)| (code.as_str(), name, country.is_some_and(|it| it.code == *code)));
        let languages = language::of_letters(request).into_iter();
        let languages = languages.map(|id| (Language(catalog.language(id)), id == locale));
        Self {
            countries: countries.collect(),
            languages: languages.collect(),
        }
    }
}

/// A title: what the page is, and the name of the service.
pub fn title(request: &PageRequest, what: &PlainText, service: &Service) -> Html {
    let pair = request.messages().common.punctuation.pair.as_str();
    Html::new([what.as_str(), pair, Html::escaped(&service.name).as_str()].concat())
}

impl ObjectionPage<'_> {
    /// What a recipient is, if it is not the controller.
    fn role(&self, recipient: &Recipient) -> Option<&PlainText> {
        let texts = &self.texts.objection;
        match recipient.role {
            Role::Controller => None,
            Role::Representative => Some(&texts.representative),
            Role::DataProtectionOfficer => Some(&texts.officer),
        }
    }

    /// The recipient of the letter: the first one with a postal address.
    fn addressee(&self) -> Option<&Recipient> {
        self.recipients
            .iter()
            .copied()
            .find(|recipient| !recipient.address.is_empty())
    }
}

/// `GET /{language}/objection/{service}`
pub async fn show(request: PageRequest, uri: Uri) -> Result<Response, HttpError> {
    view(request, &uri, None)
}

/// `POST /{language}/objection/{service}`: the page with the text changed by the form. It is not stored anywhere.
pub async fn change_text(request: PageRequest, uri: Uri, FormBody(body): FormBody) -> Result<Response, HttpError> {
    let response = view(request, &uri, Some(&TextInput::parse(&body)))?;
    Ok(([(header::CACHE_CONTROL, NO_STORE)], response).into_response())
}

/// The page, after `input` if its form was submitted.
fn view(request: PageRequest, uri: &Uri, input: Option<&TextInput>) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.company.is_some())?;
    let messages = request.messages();
    let texts = messages.company.as_ref().ok_or(HttpError::NotFound)?;
    let id = requested(&request, uri)?;
    let catalog = request.catalog();
    let facts = &catalog.facts;
    let opt_out = &facts.opt_outs[id];
    let service = facts.service(&opt_out.id).ok_or(HttpError::NotFound)?;
    let service = &facts.services[service];
    let law = request.law();
    let locale = catalog.locale_with(request.text_locale(), company_objection::has_texts);
    let locale = locale.ok_or(HttpError::NotFound)?;
    let compose = |grounds| company_objection::compose(opt_out, law, grounds, catalog, locale);
    let mut letter = compose(IdSet::default()).ok_or(HttpError::NotFound)?;
    let body = |grounds| compose(grounds).map_or_else(String::new, |text| text.body);
    let addition = |grounds| objection::sentences(grounds, catalog, locale);
    let offered = facts.grounds.ids().collect();
    let changed = input.map(|input| ChangedText::of(input, body, body, addition, offered, catalog));
    if let Some(changed) = &changed {
        letter.body.clone_from(&changed.text);
    }
    let translate = |own, grounds| {
        let letter = company_objection::compose(opt_out, law, grounds, catalog, own);
        letter.map(|letter| letter.body).unwrap_or_default()
    };
    let translation = Translation::of_changed(&request, locale, changed.as_ref(), translate);
    let language = Language(catalog.language(locale));
    let list = Query::new(&adding(&request, [opt_out.id.as_str()].into_iter()), catalog);
    let here = request.link(Page::CompanyObjection(id));
    let mut ways = WayView::all(&request, texts, opt_out);
    let outdated = opt_out.outdated_for.contains(&law.id);
    ways.retain(|view| !outdated && matches!(view.way.kind, WayKind::Form | WayKind::Email));
    let view = ObjectionPage {
        frame: Frame::new(
            &request,
            Page::CompanyObjection(id),
            title(&request, &texts.objection.title, service),
        ),
        texts,
        service,
        law: texts.laws.of(law),
        outdated,
        form: TextForm::letter(&request, here, &letter.body, language, changed.as_ref()).with_translation(translation),
        options: Options::new(&request, locale),
        ways,
        recipients: facts.recipients_of(opt_out, law),
        letter,
        language,
        complaint: request.link(Page::CompanyComplaint(id)),
        list: request.link(Page::CheckList).with(&list),
        service_link: request.link(Page::Company(id)),
        action: request.link(Page::CompanyObjection(id)).with(Query::EMPTY),
        kept: request.choices.except(&[Key::Country, Key::Region, Key::Text], catalog),
    };
    let status = match &changed {
        Some(changed) if changed.is_invalid() => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    Ok((status, page(&view)).into_response())
}
