//! What goes wrong, as pages in the visitor's language. Handlers only name the problem; here it becomes an answer.

use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use axum::body::HttpBody as _;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::address::{Link, NO_QUERY, Page};
use super::headers::NO_STORE;
use super::negotiate::negotiate;
use super::pages::Frame;
use super::{Asked, Site, visit};
use crate::words::{Locale, Section};

/// The longest address that is looked at, in bytes. All choices together need less than 500.
const ADDRESS_LIMIT: usize = 4_096;
/// The largest body that is read, in bytes. A letter with all its fields full needs less than half.
pub const BODY_LIMIT: usize = 65_536;

/// Something that keeps a page from being shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 400: what came cannot be read.
    Unreadable,
    /// 404: there is no such page.
    NotFound,
    /// 405: the page cannot be called that way.
    Method,
    /// 413: the body is too large.
    TooLarge,
    /// 414: the address is too long.
    AddressTooLong,
    /// 415: the body is not a form.
    MediaType,
    /// 500: we have made a mistake.
    Failure,
}

impl Problem {
    fn status(self) -> StatusCode {
        match self {
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Failure => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What keeps a request from being looked at any further.
    pub fn with(request: &Request) -> Option<Self> {
        let address = request
            .uri()
            .path_and_query()
            .map_or(0, |address| address.as_str().len());
        if address > ADDRESS_LIMIT {
            Some(Self::AddressTooLong)
        } else if request.body().size_hint().lower() > BODY_LIMIT as u64 {
            Some(Self::TooLarge)
        } else if request.uri().path().contains('%') {
            // Each page has one address, and none needs to be escaped.
            Some(Self::NotFound)
        } else {
            None
        }
    }

    fn of(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::URI_TOO_LONG => Some(Self::AddressTooLong),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Self::MediaType),
            status if status.is_client_error() => Some(Self::Unreadable),
            status if status.is_server_error() => Some(Self::Failure),
            _ => None,
        }
    }

    fn words(self, locale: &Locale) -> &Section {
        let problems = &locale.problems;
        match self {
            Self::Unreadable | Self::MediaType => &problems.unreadable,
            Self::NotFound => &problems.not_found,
            Self::Method => &problems.method,
            Self::TooLarge => &problems.too_large,
            Self::AddressTooLong => &problems.address_too_long,
            Self::Failure => &problems.failure,
        }
    }
}

impl IntoResponse for Problem {
    /// The status alone; [`explain`] adds the page, since only it knows the visitor's language.
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame<'a>,
    words: &'a Section,
}

/// Gives an answer that reports a problem without a page of its own the page in the visitor's language: that of the
/// address, else the one that the browser asks for.
pub fn explain(site: &Site, asked: &Asked, answer: Response) -> Response {
    match Problem::of(answer.status()) {
        Some(problem) if !is_page(&answer) => {
            let languages = asked.languages.as_ref().and_then(|languages| languages.to_str().ok());
            let (wanted, _) = negotiate(&site.library, languages.unwrap_or_default());
            let edition = site.library.edition(visit::language(&asked.uri)).unwrap_or(wanted);
            with_page(site, edition, problem, answer)
        }
        _ => answer,
    }
}

fn is_page(answer: &Response) -> bool {
    let media_type = answer.headers().get(header::CONTENT_TYPE);
    media_type.is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"))
}

/// Puts the page of `problem` into `answer`, which keeps its status and headers such as `Allow`.
fn with_page(site: &Site, edition: usize, problem: Problem, answer: Response) -> Response {
    let home = Link {
        root: &site.roots[edition],
        page: Page::Home,
        query: &NO_QUERY,
    };
    let edition = &site.library.editions[edition];
    let words = problem.words(&edition.words);
    let page = ProblemPage {
        frame: Frame::new(site, edition, home, &words.title),
        words,
    };
    // Rendering writes into a String and cannot fail; if it did, the words alone are better than nothing.
    let body = page.render().unwrap_or_else(|_| words.title.to_string());
    let (mut parts, _) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, super::pages::HTML);
    parts.headers.insert(header::CACHE_CONTROL, NO_STORE);
    Response::from_parts(parts, body.into())
}

/// See [`super::App::refusal`].
pub fn refusal(site: &Site) -> Arc<[u8]> {
    let mut body =
        String::from("<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
    for edition in &site.library.editions {
        let Section { title, body: text } = &edition.words.problems.busy;
        let code = &edition.words.code;
        _ = write!(body, "<section lang=\"{code}\"><h1>{title}</h1><p>{text}</p></section>");
    }
    let mut response = format!("HTTP/1.1 503 Service Unavailable\r\ncontent-length: {}\r\n", body.len()).into_bytes();
    let own = [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("retry-after", "10"),
        ("connection", "close"),
    ];
    let own = own.iter().map(|(name, value)| (*name, value.as_bytes()));
    let common = site
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()));
    for (name, value) in own.chain(common) {
        response.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    response.extend(b"\r\n");
    response.extend(body.as_bytes());
    response.into()
}
