//! The checks for operators and orchestrators. `/healthz` reports what is loaded, and since when; `/readyz` whether new requests
//! are welcome: not any more once the program has been told to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use veto_content::catalog::Catalog;

use super::clock;
use super::headers::NO_STORE;
use super::state::AppState;

/// Whether this process has been told to stop.
static DRAINING: AtomicBool = AtomicBool::new(false);

/// From now on `/readyz` responds with 503, so that a load balancer sends no further visitors.
pub fn drain() {
    DRAINING.store(true, Ordering::Relaxed);
}

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

/// `/readyz`
pub async fn ready() -> Response {
    let (status, text) = if DRAINING.load(Ordering::Relaxed) {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        (StatusCode::OK, "ready\n")
    };
    (status, [(header::CACHE_CONTROL, NO_STORE)], text).into_response()
}
