//! The pages: a view struct, its template and its handler each. What a page shows is computed in [`veto_guide`].

pub mod article;
pub mod authority;
pub mod changes;
pub mod check_list;
mod code;
pub mod companies;
pub mod company;
pub mod company_complaint;
pub mod company_objection;
mod copy_box;
mod drawing;
pub mod error;
pub mod everything;
pub mod evidence;
pub mod family;
pub mod family_sheet;
pub mod finish;
pub mod guide;
pub mod handout;
pub mod home;
pub mod journey;
mod journey_link;
mod language;
pub mod languages;
mod layout;
pub mod lesson;
pub mod letter;
mod mail;
pub mod mistakes;
mod papers;
pub mod parents;
pub mod phone;
pub mod privacy;
pub mod question;
pub mod quiz;
pub mod record;
pub mod reply;
pub mod root;
pub mod school;
pub mod share;
pub mod shared_device;
pub mod slides;
pub mod sources;
pub mod start;
pub mod status;
pub mod step;
pub mod text;
pub mod timeline;
pub mod topic;
mod translation;
pub mod troubles;
pub mod ways;
pub mod why;

use std::fmt;

use askama::Template;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use veto_content::messages::{Html, PlainText, SinglePattern};

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

/// An address as part of a text: isolated from the direction of the text around it.
fn typed(address: &str) -> Html {
    Html::new(format!("<bdi class=\"host\">{}</bdi>", Html::escaped(address)))
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
