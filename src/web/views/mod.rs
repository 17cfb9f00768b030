//! The pages: a view struct, its template and its handler each. What a page shows is computed in [`veto_guide`].

pub mod article;
pub mod authority;
pub mod check_list;
mod code;
pub mod companies;
pub mod company;
pub mod company_objection;
mod drawing;
pub mod error;
pub mod everything;
pub mod evidence;
pub mod finish;
pub mod home;
mod language;
pub mod languages;
mod layout;
pub mod letter;
pub mod question;
pub mod record;
pub mod reply;
pub mod root;
pub mod shared_device;
pub mod sources;
pub mod start;
pub mod status;
pub mod step;
pub mod text;
pub mod timeline;
pub mod topic;
pub mod why;

use std::fmt;

use askama::Template;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use veto_content::messages::{PlainText, SinglePattern};

use super::error::HttpError;
use super::headers::{HTML, NO_STORE, PAGE_CACHE};
use language::Language;
use layout::Frame;

/// An error in a choice of a form.
enum FormError<'a> {
    /// It is missing.
    Missing(&'a PlainText),
    /// It does not exist: the text, and the value.
    Unknown(&'a SinglePattern, &'a str),
}

/// The initial capacity for a page, in bytes: enough for most.
const CAPACITY: usize = 48 * 1_024;

/// The response with a page.
fn page(view: &impl Template) -> Response {
    match render(view) {
        Ok(body) => {
            let headers = [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, PAGE_CACHE)];
            (headers, body).into_response()
        }
        Err(_) => HttpError::Internal.into_response(),
    }
}

/// The response with a page that says what to change: 400, not to be stored.
fn bad_request(view: &impl Template) -> Response {
    let headers = [(header::CACHE_CONTROL, NO_STORE)];
    (StatusCode::BAD_REQUEST, headers, page(view)).into_response()
}

/// Renders a page. Not inlined, so that its cost can be measured separately (`benches/gates.rs`).
#[inline(never)]
fn render(view: &impl Template) -> askama::Result<String> {
    let mut body = Body(String::with_capacity(CAPACITY));
    view.render_into(&mut body)?;
    Ok(body.0)
}

/// The buffer of a page, which is rendered in some hundred pieces.
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
