//! Extractors for language, choices and slug. Invalid input becomes a page that says what to change.

use std::str::FromStr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::Uri;
use axum::http::header::{self, HeaderValue};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{JourneyId, Law, ServiceId};
use veto_content::messages::Messages;
use veto_guide::{Choices, Key, Plan, Step, UnknownValue, visible};

use super::error::HttpError;
use super::link::{AboutLink, Link, Parameter, ParameterLink, Query};
use super::page::Page;
use super::state::AppState;
use super::views::start;

/// A request for a page in a language that is offered, with valid choices, under its canonical address.
pub struct PageRequest {
    /// The application state.
    pub state: Arc<AppState>,
    /// The language of the address.
    pub address_locale: LocaleId,
    /// The language of the page: another one if there are no texts for it in that of the address.
    pub locale: LocaleId,
    /// The choices of the query.
    pub choices: Choices,
    /// The choices as a query, for links.
    pub query: Query,
}

/// A page request whose choices are sufficient for a plan. If they are not, the response asks for them and then leads to
/// the requested page.
pub struct PlanRequest {
    /// The page request.
    pub request: PageRequest,
    /// The plan.
    pub plan: Plan,
}

/// A request for the record of objections: with a plan, or with a country and entries of journeys on one page. Where there is
/// neither, the response is as for a [`PlanRequest`].
pub struct RecordRequest {
    /// The page request.
    pub request: PageRequest,
    /// The plan, if the choices are sufficient for one.
    pub plan: Option<Plan>,
}

/// A request for a page about another page.
pub struct AboutRequest {
    /// The page request.
    pub request: PageRequest,
    /// The page that it is about.
    pub about: Page,
}

/// The largest number of characters in a form. A longer one is not shown again: a page can have ten bytes for each.
const FORM_LIMIT: usize = 120_000;

/// The body of a form (`application/x-www-form-urlencoded`). 415 for another media type, 413 for more than [`FORM_LIMIT`].
pub struct FormBody(pub Bytes);

/// A request for a page that reads a parameter.
pub struct ParameterRequest<P> {
    /// The page request.
    pub request: PageRequest,
    /// The parameter.
    pub parameter: P,
}

/// The last segment of the path as a value. 404 where it does not parse.
pub struct Slug<T>(pub T);

/// The step at the path of a request. 404 where there is none.
pub struct RequestedStep(pub Step);

/// Why a request cannot become a [`PageRequest`] or [`PlanRequest`].
pub enum Rejection {
    /// 404: there is no such language or page.
    NotFound,
    /// 307: the canonical address is another one.
    Redirect(String),
    /// 400: unknown values.
    UnknownValues {
        /// The request without them.
        request: Box<PageRequest>,
        /// The requested page.
        page: Page,
        /// The values.
        values: Vec<UnknownValue>,
    },
    /// 400: unknown values of parameters.
    UnknownParameters(Response),
    /// Choices that the page needs are missing: 200 and the form that asks for them, or 400 if that was submitted.
    Incomplete {
        /// The request.
        request: Box<PageRequest>,
        /// The requested page.
        page: Page,
        /// Whether the form was submitted.
        submitted: bool,
    },
}

impl PageRequest {
    /// Facts and texts.
    pub fn catalog(&self) -> &Catalog {
        &self.state.catalog
    }

    /// The texts in the language of the page.
    pub fn messages(&self) -> &Messages {
        self.state.catalog.messages(self.locale)
    }

    /// The law where the visitor lives; the first one, that of the EU, as long as no country is chosen.
    pub fn law(&self) -> &Law {
        let facts = &self.catalog().facts;
        match self.choices.country() {
            Some(country) => facts.law_of(&facts.countries[country]),
            None => facts.default_law(),
        }
    }

    /// The service whose form is to be filled in now, if services are chosen.
    pub fn service(&self) -> Option<ServiceId> {
        self.choices.form().or_else(|| self.choices.services().iter().next())
    }

    /// The journey that the visitor is on: that of the chosen services, or else the main one.
    pub fn journey(&self) -> JourneyId {
        let facts = &self.catalog().facts;
        let journey = self.service().and_then(|service| facts.journey_of(service));
        journey.unwrap_or_else(|| facts.main_journey())
    }

    /// The language of the text for Meta and of letters: the chosen one, or else the one that fits the page and the country, see
    /// [`Catalog::letter_language`].
    pub fn text_locale(&self) -> LocaleId {
        let catalog = self.catalog();
        let official = self
            .choices
            .country()
            .map(|country| &catalog.facts.countries[country].languages);
        let fitting = || catalog.letter_language(self.address_locale, official.map_or(&[], Vec::as_slice));
        self.choices.text().or_else(fitting).unwrap_or(self.address_locale)
    }

    /// The request with other choices.
    pub fn with_choices(self, choices: Choices) -> Self {
        Self {
            query: Query::new(&choices, &self.state.catalog),
            choices,
            ..self
        }
    }

    /// The request with its page in the fallback language, if the language of the address lacks the texts that `has` asks
    /// for. 404 if no language has them.
    pub fn with_texts(mut self, has: impl Fn(&Messages) -> bool) -> Result<Self, HttpError> {
        let locale = self.catalog().locale_with(self.address_locale, has);
        self.locale = locale.ok_or(HttpError::NotFound)?;
        Ok(self)
    }

    /// The address of a page in this language, with these choices.
    pub fn link(&self, page: Page) -> Link<'_> {
        Link {
            root: self.state.root(self.address_locale),
            page,
            query: &self.query,
            facts: &self.catalog().facts,
        }
    }

    /// Reads language and choices.
    fn read(parts: &Parts, state: &Arc<AppState>) -> Result<Self, Rejection> {
        let locale = state.catalog.locale(language(&parts.uri)).ok_or(Rejection::NotFound)?;
        let (choices, values) = Choices::parse(parts.uri.query().unwrap_or_default(), &state.catalog);
        let request = Self {
            state: Arc::clone(state),
            address_locale: locale,
            locale,
            query: Query::new(&choices, &state.catalog),
            choices,
        };
        if values.is_empty() {
            Ok(request)
        } else {
            Err(Rejection::UnknownValues {
                request: Box::new(request),
                page: page(&parts.uri, state)?,
                values,
            })
        }
    }

    /// Redirects to the canonical address, so that only that gets into caches.
    fn require_canonical(&self, uri: &Uri) -> Result<(), Rejection> {
        if is_query(uri, self.query.as_str()) {
            Ok(())
        } else {
            Err(Rejection::Redirect(self.link(page(uri, &self.state)?).location()))
        }
    }
}

/// Whether the query of `uri` is `canonical`, which has its `?` or is empty. An empty query with its `?` is not the same as
/// none.
fn is_query(uri: &Uri, canonical: &str) -> bool {
    match uri.query() {
        Some(query) => canonical.strip_prefix('?') == Some(query),
        None => canonical.is_empty(),
    }
}

/// The language code of a path: its first segment.
pub fn language(uri: &Uri) -> &str {
    uri.path().split('/').nth(1).unwrap_or_default()
}

fn page(uri: &Uri, state: &AppState) -> Result<Page, Rejection> {
    Page::of(uri, &state.catalog.facts).ok_or(Rejection::NotFound)
}

impl FromRequestParts<Arc<AppState>> for PageRequest {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Rejection> {
        let request = Self::read(parts, state)?;
        request.require_canonical(&parts.uri)?;
        Ok(request)
    }
}

impl FromRequestParts<Arc<AppState>> for PlanRequest {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Rejection> {
        let request = PageRequest::read(parts, state)?;
        let plan = request.choices.plan();
        // The form has a hidden field for the service with an empty value; a link that names a service has none.
        let submitted = plan.is_none() && Key::Service.is_empty_in(parts.uri.query().unwrap_or_default());
        if !submitted {
            request.require_canonical(&parts.uri)?;
        }
        match plan {
            Some(plan) => Ok(Self { request, plan }),
            None => Err(Rejection::Incomplete {
                page: page(&parts.uri, state)?,
                request: Box::new(request),
                submitted,
            }),
        }
    }
}

impl FromRequestParts<Arc<AppState>> for RecordRequest {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Rejection> {
        match PlanRequest::from_request_parts(parts, state).await {
            Ok(PlanRequest { request, plan }) => Ok(Self {
                request,
                plan: Some(plan),
            }),
            Err(Rejection::Incomplete { request, .. })
                if request.choices.country().is_some() && request.choices.journeys().next().is_some() =>
            {
                request.require_canonical(&parts.uri)?;
                Ok(Self {
                    request: *request,
                    plan: None,
                })
            }
            Err(rejection) => Err(rejection),
        }
    }
}

impl FromRequestParts<Arc<AppState>> for AboutRequest {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Rejection> {
        let request = PageRequest::read(parts, state)?;
        let page = page(&parts.uri, state)?;
        let about = AboutLink::named_in(parts.uri.query().unwrap_or_default(), page, &state.catalog.facts);
        let link = AboutLink {
            page,
            about: request.link(about),
        };
        let location = link.location();
        let query = location.find('?').map_or("", |at| &location[at..]);
        if is_query(&parts.uri, query) {
            Ok(Self { request, about })
        } else {
            Err(Rejection::Redirect(location))
        }
    }
}

impl<P: Parameter> FromRequestParts<Arc<AppState>> for ParameterRequest<P> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Rejection> {
        let request = PageRequest::read(parts, state)?;
        let page = page(&parts.uri, state)?;
        let query = parts.uri.query().unwrap_or_default();
        let value_of = |key: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(name, value)| *name == key && !value.is_empty())
        };
        let mut parameter = P::default();
        let mut unknown = Vec::new();
        for (key, value) in P::KEYS.iter().filter_map(|key| value_of(key)) {
            if parameter
                .set(key, value, &state.catalog, request.locale, page)
                .is_none()
            {
                unknown.push(visible(value));
            }
        }
        let link = ParameterLink::new(request.link(page), &parameter, &state.catalog);
        if !unknown.is_empty() {
            let values = unknown.iter().map(String::as_str).collect();
            let response = start::unknown(&request, page, values, link);
            return Err(Rejection::UnknownParameters(response));
        }
        if is_query(&parts.uri, link.query().as_str()) {
            Ok(Self { request, parameter })
        } else {
            Err(Rejection::Redirect(link.location()))
        }
    }
}

impl<T: FromStr> FromRequestParts<Arc<AppState>> for Slug<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<AppState>) -> Result<Self, HttpError> {
        let segment = parts.uri.path().rsplit('/').next();
        let value = segment.and_then(|segment| segment.parse().ok());
        value.map(Self).ok_or(HttpError::NotFound)
    }
}

impl FromRequest<Arc<AppState>> for FormBody {
    type Rejection = Response;

    async fn from_request(request: Request, state: &Arc<AppState>) -> Result<Self, Response> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        if content_type.is_some_and(|value| !is_form(value)) {
            return Err(HttpError::UnsupportedMediaType.into_response());
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(IntoResponse::into_response)?;
        let values = form_urlencoded::parse(&body).map(|(_, value)| value.chars().count());
        if values.sum::<usize>() > FORM_LIMIT {
            return Err(HttpError::BodyTooLarge.into_response());
        }
        Ok(Self(body))
    }
}

/// Whether a `Content-Type` is that of a form, with any parameters and in any case (RFC 9110, 8.3.1).
fn is_form(content_type: &HeaderValue) -> bool {
    let content_type = content_type.to_str().unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

impl FromRequestParts<Arc<AppState>> for RequestedStep {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, HttpError> {
        match Page::of(&parts.uri, &state.catalog.facts) {
            Some(Page::Step(step)) => Ok(Self(step)),
            _ => Err(HttpError::NotFound),
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => HttpError::NotFound.into_response(),
            Self::Redirect(location) => Redirect::temporary(&location).into_response(),
            Self::UnknownValues { request, page, values } => start::unknown_values(&request, page, &values),
            Self::UnknownParameters(response) => response,
            Self::Incomplete {
                request,
                page,
                submitted,
            } => start::incomplete(&request, page, submitted),
        }
    }
}
