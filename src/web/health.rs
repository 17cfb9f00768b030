//! Whether the program is well, for whoever runs it: what is loaded, and since when.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::headers::NO_STORE;
use super::{Site, clock};
use crate::journey::Library;

#[derive(Serialize)]
struct Report<'a> {
    status: &'static str,
    version: &'static str,
    /// The day of the last check of the facts.
    facts: Option<String>,
    languages: Vec<&'a str>,
    /// The operator's files that replace entries.
    overrides: &'a [String],
    /// When all this was loaded, by RFC 3339.
    loaded: Option<String>,
}

/// The report about what has just been loaded, as JSON.
pub fn report(library: &Library, overrides: &[String]) -> String {
    let checked = library.facts.dates.get("facts-checked");
    let report = Report {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        facts: checked.map(|checked| checked.date.to_string()),
        languages: library
            .editions
            .iter()
            .map(|edition| edition.words.code.as_str())
            .collect(),
        overrides,
        loaded: clock::now(),
    };
    // Texts and lists of them can always be written.
    serde_json::to_string(&report).unwrap_or_default() + "\n"
}

/// `/healthz`
pub async fn show(State(site): State<Arc<Site>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    (headers, site.health.clone()).into_response()
}
