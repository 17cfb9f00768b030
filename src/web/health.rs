//! `/healthz`: the health check for operators and orchestrators. Reports what is loaded, and since when.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use veto_content::catalog::Catalog;

use super::clock;
use super::headers::NO_STORE;
use super::state::AppState;

#[derive(Serialize)]
struct Report<'a> {
    status: &'static str,
    version: &'static str,
    /// The day of the last check of the facts.
    facts: Option<String>,
    languages: Vec<&'a str>,
    /// The operator's files that override entries.
    overrides: &'a [String],
    /// The time of loading (RFC 3339).
    loaded: Option<String>,
}

/// The report about a catalog that was just loaded, as JSON.
pub fn report(catalog: &Catalog, overrides: &[String]) -> String {
    let checked = catalog.facts.dates.get("facts-checked");
    let report = Report {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        facts: checked.map(|checked| checked.date.to_string()),
        languages: catalog
            .languages()
            .map(|(_, language)| language.code.as_str())
            .collect(),
        overrides,
        loaded: clock::now(),
    };
    // Strings and lists of strings always serialize.
    serde_json::to_string(&report).unwrap_or_default() + "\n"
}

/// `/healthz`
pub async fn show(State(state): State<Arc<AppState>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    (headers, state.health.clone()).into_response()
}
