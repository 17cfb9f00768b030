//! A visit: which language, which choices. What a handler gets is right, or the visitor gets a page that says what is not.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::Site;
use super::address::{Link, Page};
use super::pages::start;
use super::problem::Problem;
use crate::journey::{Answer, Choices, Edition, Letter, Library, Plan, Step};

/// A request for a page in a language that there is, with choices that there are, under its canonical address.
pub struct Visit {
    /// The site.
    pub site: Arc<Site>,
    /// The place of the edition that the address asks for.
    pub edition: usize,
    /// The choices of the query.
    pub choices: Choices,
    /// The choices as they are written into links: the canonical query.
    pub query: String,
}

impl Visit {
    /// Everything that was loaded at the start.
    pub fn library(&self) -> &Library {
        &self.site.library
    }

    /// The facts and words of the page's language.
    pub fn edition(&self) -> &Edition {
        &self.library().editions[self.edition]
    }

    /// The address of a page in this language, with these choices.
    pub fn link(&self, page: Page) -> Link<'_> {
        Link {
            base: self.site.base(),
            language: &self.edition().words.code,
            page,
            query: &self.query,
        }
    }

    /// The path that `parts` ask for, as the visitor's browser knows it.
    fn path(&self, parts: &Parts) -> String {
        format!("{}{}", self.site.base(), parts.uri.path())
    }

    /// Reads language and choices; the answer to send instead, where there is no such language or choice.
    async fn read(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let code = param(parts, site, "language").await?;
        let edition = site.library.edition(&code);
        let edition = edition.ok_or_else(|| Problem::NotFound.into_response())?;

        let (choices, unknown) = Choices::parse(parts.uri.query().unwrap_or_default(), &site.library);
        let visit = Self {
            site: Arc::clone(site),
            edition,
            choices,
            query: choices.query(&site.library),
        };
        if unknown.is_empty() {
            Ok(visit)
        } else {
            Err(start::wrong_choice(&visit, &visit.path(parts), &unknown))
        }
    }

    /// The way to the canonical address, if `parts` do not ask for it already.
    fn detour(&self, parts: &Parts) -> Option<Response> {
        let given = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let location = || format!("{}{}", self.path(parts), self.query);
        (given != self.query).then(|| Redirect::temporary(&location()).into_response())
    }
}

/// A part of the path by its name in the table of routes.
async fn param(parts: &mut Parts, site: &Arc<Site>, name: &str) -> Result<String, Response> {
    let params = RawPathParams::from_request_parts(parts, site)
        .await
        .map_err(IntoResponse::into_response)?;
    let value = params
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned());
    value.ok_or_else(|| Problem::NotFound.into_response())
}

/// What a part of the path names: `step/{step}` a step.
pub struct Named<T>(pub T);

/// Something that a part of the path may name.
pub trait Nameable: Sized {
    /// The name of that part in the table of routes.
    const PART: &'static str;

    /// What `name` names; `None` if there is no such thing.
    fn named(name: &str) -> Option<Self>;
}

impl Nameable for Step {
    const PART: &'static str = "step";

    fn named(name: &str) -> Option<Self> {
        Self::from_id(name)
    }
}

impl Nameable for Answer {
    const PART: &'static str = "answer";

    fn named(name: &str) -> Option<Self> {
        Self::from_id(name)
    }
}

impl Nameable for Letter {
    const PART: &'static str = "letter";

    fn named(name: &str) -> Option<Self> {
        Self::from_id(name)
    }
}

impl<T: Nameable> FromRequestParts<Arc<Site>> for Named<T> {
    /// There is no such thing.
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let name = param(parts, site, T::PART).await?;
        T::named(&name)
            .map(Self)
            .ok_or_else(|| Problem::NotFound.into_response())
    }
}

impl FromRequestParts<Arc<Site>> for Visit {
    /// The page to show instead, or the way to the canonical address.
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let visit = Self::read(parts, site).await?;
        match visit.detour(parts) {
            Some(detour) => Err(detour),
            None => Ok(visit),
        }
    }
}

/// A visit whose choices are enough for a plan. Where they are not, the visitor is asked for them and then led on to
/// the page that was wanted.
pub struct Walk {
    /// The visit.
    pub visit: Visit,
    /// The plan.
    pub plan: Plan,
}

impl FromRequestParts<Arc<Site>> for Walk {
    /// As for a [`Visit`], or the page that asks for the missing choices.
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let visit = Visit::read(parts, site).await?;
        match (visit.choices.plan(), visit.detour(parts)) {
            (Some(plan), None) => Ok(Self { visit, plan }),
            (Some(_), Some(detour)) => Err(detour),
            (None, _) => Err(start::incomplete(
                &visit,
                &visit.path(parts),
                parts.uri.query().unwrap_or_default(),
            )),
        }
    }
}
