//! `/.well-known/security.txt`: whom to tell about a vulnerability (RFC 9116).

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse as _, Response};

use super::clock;
use super::error::HttpError;
use super::headers::NO_STORE;
use super::state::AppState;

/// How long the information counts, in seconds: half a year, since the standard recommends less than a year.
const VALIDITY: u64 = 182 * 24 * 60 * 60;

/// The file; 404 if the operator has set no contact.
pub async fn show(State(state): State<Arc<AppState>>) -> Response {
    let expires = clock::unix_time().and_then(|now| clock::timestamp(now + VALIDITY));
    let (Some(contact), Some(expires)) = (&state.settings.contact, expires) else {
        return HttpError::NotFound.into_response();
    };
    let languages: Vec<&str> = state
        .catalog
        .languages()
        .map(|(_, language)| language.code.as_str())
        .collect();
    let languages = languages.join(", ");
    let text = format!("Contact: mailto:{contact}\nExpires: {expires}\nPreferred-Languages: {languages}\n");
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    (headers, text).into_response()
}
