//! A visit: which language, which choices. What a handler gets is right, or the visitor gets a page that says what is not.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;

use super::Site;
use super::address::{Link, Page, Query};
use super::problem::Problem;
use crate::journey::{Answer, Choices, Edition, Key, Letter, Library, Plan, Step, Unknown};

/// A request for a page in a language that there is, with choices that there are, under its canonical address.
pub struct Visit {
    /// The site.
    pub site: Arc<Site>,
    /// The place of the edition that the address asks for.
    pub edition: usize,
    /// The choices of the query.
    pub choices: Choices,
    /// The choices as they are written into links.
    pub query: Query,
}

/// Why a request is no visit. What the visitor gets instead is a matter of the pages.
pub enum Rejection {
    /// There is no such language or page.
    NotFound,
    /// The canonical address is another one.
    Elsewhere(String),
    /// Choices do not exist.
    Unknown {
        /// The visit without them.
        visit: Box<Visit>,
        /// The page that was wanted.
        wanted: Page,
        /// What is not there.
        unknown: Vec<Unknown>,
    },
    /// Choices that the page needs are missing.
    Incomplete {
        /// The visit so far.
        visit: Box<Visit>,
        /// The page that was wanted.
        wanted: Page,
        /// Whether the form that asks for them was sent in, and not only the page called.
        sent_in: bool,
    },
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

    /// The place of the edition in whose language the text for Meta is: the chosen one, or that of the page.
    pub fn text_edition(&self) -> usize {
        self.choices.text.unwrap_or(self.edition)
    }

    /// The address of a page in this language, with these choices.
    pub fn link(&self, page: Page) -> Link<'_> {
        Link {
            root: &self.site.roots[self.edition],
            page,
            query: &self.query,
        }
    }

    /// Reads language and choices.
    fn read(parts: &Parts, site: &Arc<Site>) -> Result<Self, Rejection> {
        let edition = site.library.edition(language(&parts.uri));
        let edition = edition.ok_or(Rejection::NotFound)?;

        let (choices, unknown) = Choices::parse(parts.uri.query().unwrap_or_default(), &site.library);
        let visit = Self {
            site: Arc::clone(site),
            edition,
            choices,
            query: Query::of(&choices, &site.library),
        };
        if unknown.is_empty() {
            Ok(visit)
        } else {
            Err(Rejection::Unknown {
                visit: Box::new(visit),
                wanted: page(&parts.uri)?,
                unknown,
            })
        }
    }

    /// Whether `parts` ask for the canonical address.
    fn canonical(&self, parts: &Parts) -> Result<(), Rejection> {
        let wanted = self.query.as_str();
        // A `?` with nothing behind it is a query, too.
        let is_canonical = match parts.uri.query() {
            Some(given) => wanted.strip_prefix('?') == Some(given),
            None => wanted.is_empty(),
        };
        if is_canonical {
            return Ok(());
        }
        Err(Rejection::Elsewhere(self.link(page(&parts.uri)?).location()))
    }
}

/// The code of the language that an address asks for: the first part of its path, which is written without escapes.
pub fn language(uri: &Uri) -> &str {
    uri.path().split('/').nth(1).unwrap_or_default()
}

/// The page that an address asks for, whatever its language.
fn page(uri: &Uri) -> Result<Page, Rejection> {
    let below = uri.path().splitn(3, '/').nth(2);
    below.and_then(Page::at).ok_or(Rejection::NotFound)
}

/// What the last part of the path names: `step/{step}` a step.
pub struct Named<T>(pub T);

/// Something that the last part of a path may name.
pub trait Nameable: Sized {
    /// What `name` names; `None` if there is no such thing.
    fn named(name: &str) -> Option<Self>;
}

impl Nameable for Step {
    fn named(name: &str) -> Option<Self> {
        Self::from_id(name)
    }
}

impl Nameable for Answer {
    fn named(name: &str) -> Option<Self> {
        Self::from_id(name)
    }
}

impl Nameable for Letter {
    fn named(name: &str) -> Option<Self> {
        Self::from_id(name)
    }
}

impl<T: Nameable> FromRequestParts<Arc<Site>> for Named<T> {
    /// There is no such thing.
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Site>) -> Result<Self, Problem> {
        let name = parts.uri.path().rsplit('/').next();
        name.and_then(T::named).map(Self).ok_or(Problem::NotFound)
    }
}

impl FromRequestParts<Arc<Site>> for Visit {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Rejection> {
        let visit = Self::read(parts, site)?;
        visit.canonical(parts)?;
        Ok(visit)
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
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Rejection> {
        let visit = Visit::read(parts, site)?;
        let Some(plan) = visit.choices.plan() else {
            return Err(Rejection::Incomplete {
                visit: Box::new(visit),
                wanted: page(&parts.uri)?,
                // The form always sends the key of the service, if need be with an empty value.
                sent_in: Key::Service.is_in(parts.uri.query().unwrap_or_default()),
            });
        };
        visit.canonical(parts)?;
        Ok(Self { visit, plan })
    }
}
