//! What goes wrong, as a page in the visitor's language.

use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use axum::http::header;
use axum::response::Response;

use super::{Frame, HTML};
use crate::web::address::{Link, NO_QUERY, Page};
use crate::web::headers::NO_STORE;
use crate::web::negotiate::negotiate;
use crate::web::problem::Problem;
use crate::web::visit::language;
use crate::web::{Asked, Site};
use crate::words::Section;

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
            let edition = site.library.edition(language(&asked.uri)).unwrap_or(wanted);
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
    parts.headers.insert(header::CONTENT_TYPE, HTML);
    parts.headers.insert(header::CACHE_CONTROL, NO_STORE);
    Response::from_parts(parts, body.into())
}

/// See [`crate::web::App::refusal`].
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
