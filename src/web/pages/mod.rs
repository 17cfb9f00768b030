//! The pages: a view struct and its handler each. What a page shows is computed in [`crate::journey`].

pub mod answer;
pub mod article;
pub mod authority;
pub mod drawing;
pub mod everything;
pub mod home;
pub mod letter;
pub mod problem;
pub mod question;
pub mod record;
pub mod sources;
pub mod start;
pub mod step;
pub mod text;
pub mod why;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::address::{Link, Page};
use super::assets::Asset;
use super::headers::{NO_STORE, PAGE_CACHE};
use super::problem::Problem;
use super::visit::Visit;
use super::{FooterLink, Settings, Site};
use crate::journey::Edition;
use crate::words::{Common, Html, Label, Locale, Slot};

/// The media type of a page.
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// What all pages have around their content.
pub struct Frame<'a> {
    /// The texts of the frame.
    pub(in crate::web) words: &'a Common,
    /// All texts, for the names of other pages.
    pub(in crate::web) locale: &'a Locale,
    /// The code of the language.
    pub(in crate::web) language: &'a str,
    /// The path of the site, without a `/` at its end.
    pub(in crate::web) base: &'a str,
    /// The style, which goes into the page.
    pub(in crate::web) style: &'a str,
    /// The script.
    pub(in crate::web) script: &'a Asset,
    /// How long a browser keeps choices, in hours.
    pub(in crate::web) keep_hours: u16,
    /// The name of the icon.
    pub(in crate::web) icon: &'a str,
    /// The heading of the page, as it stands in the title.
    pub(in crate::web) title: Cow<'a, Html>,
    /// The address of this page.
    pub(in crate::web) here: Link<'a>,
    /// The same page in every language: the link, its name, its code.
    pub(in crate::web) languages: Vec<(Link<'a>, &'a Label, &'a str)>,
    /// What the operator has to say.
    pub(in crate::web) operator: Operator<'a>,
}

/// What the operator adds to every page. Where it is not in the language of the page, its language stands before it.
pub struct Operator<'a> {
    /// The name of this instance.
    pub(in crate::web) name: Option<&'a str>,
    /// A notice at the top.
    pub(in crate::web) notice: Option<(Option<&'a str>, &'a String)>,
    /// Links at the foot, such as the imprint.
    pub(in crate::web) links: Option<(Option<&'a str>, &'a Vec<FooterLink>)>,
}

impl<'a> Operator<'a> {
    fn new(site: &'a Site, language: &str) -> Self {
        let Settings {
            name, notice, footer, ..
        } = &site.settings;
        let fallback = &site.library.fallback().words.code;
        Self {
            name: name.as_deref(),
            notice: in_language(notice, language, fallback),
            links: in_language(footer, language, fallback),
        }
    }
}

/// What there is in `language`, or else what there is in `fallback`, with that language.
fn in_language<'a, T>(
    by_language: &'a BTreeMap<String, T>,
    language: &str,
    fallback: &'a str,
) -> Option<(Option<&'a str>, &'a T)> {
    let own = by_language.get(language).map(|said| (None, said));
    own.or_else(|| Some((Some(fallback), by_language.get(fallback)?)))
}

impl<'a> Frame<'a> {
    /// The frame of the page at `here`.
    pub fn new(site: &'a Site, edition: &'a Edition, here: Link<'a>, title: impl Into<Cow<'a, Html>>) -> Self {
        let language = |(edition, root): (&'a Edition, &'a String)| {
            let words = &edition.words;
            (Link { root, ..here }, &words.common.language, words.code.as_str())
        };
        let editions = site.library.editions.iter().zip(&site.roots);
        Self {
            words: &edition.words.common,
            locale: &edition.words,
            language: &edition.words.code,
            base: site.base(),
            style: &site.assets.style,
            script: &site.assets.script,
            keep_hours: site.settings.keep_hours,
            icon: &site.assets.icon.name,
            title: title.into(),
            here,
            operator: Operator::new(site, &edition.words.code),
            languages: editions.map(language).collect(),
        }
    }

    /// The frame of a page that is visited.
    fn of(visit: &'a Visit, page: Page, title: impl Into<Cow<'a, Html>>) -> Self {
        Self::new(&visit.site, visit.edition(), visit.link(page), title)
    }

    /// The address of another page, with the same choices.
    pub(in crate::web) fn link(&self, page: Page) -> Link<'a> {
        Link { page, ..self.here }
    }

    /// The links at the foot of the page.
    pub(in crate::web) fn more(&self) -> [(Link<'a>, &'a Label); 5] {
        let Locale {
            everything,
            why,
            sources,
            privacy,
            accessibility,
            ..
        } = self.locale;
        [
            (self.link(Page::Everything), &everything.title),
            (self.link(Page::Why), &why.article.title),
            (self.link(Page::Sources), &sources.title),
            (self.link(Page::Privacy), &privacy.title),
            (self.link(Page::Accessibility), &accessibility.title),
        ]
    }
}

/// What is to be changed: a choice is missing, or what came is not one.
enum Complaint<'a> {
    Missing(&'a Label),
    Unknown(&'a Slot, &'a str),
}

/// The page that says what to change: status 400, and not to be kept.
fn bad_request(page: Response) -> Response {
    (StatusCode::BAD_REQUEST, [(header::CACHE_CONTROL, NO_STORE)], page).into_response()
}

/// Room for a page while it is written, in bytes: enough for most of them.
const ROOM: usize = 48 * 1_024;

/// The answer that shows a page.
fn page(view: &impl Template) -> Response {
    match render(view) {
        Ok(body) => {
            let headers = [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, PAGE_CACHE)];
            (headers, body).into_response()
        }
        Err(_) => Problem::Failure.into_response(),
    }
}

/// The page as text. Not inlined, so that its cost can be counted apart (`benches/gates.rs`).
#[inline(never)]
fn render(view: &impl Template) -> askama::Result<String> {
    let mut body = Body(String::with_capacity(ROOM));
    view.render_into(&mut body)?;
    Ok(body.0)
}

/// A page while it is written, in some hundred pieces.
struct Body(String);

impl fmt::Write for Body {
    #[expect(
        clippy::inline_always,
        reason = "most pieces are short and of known length: as moves they cost half"
    )]
    #[inline(always)]
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0.push_str(piece);
        Ok(())
    }
}
