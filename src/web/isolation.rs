//! Requests that pages of other origins send (W3C Fetch Metadata).
//!
//! Such a page cannot read a response, but it can measure how long it takes, and so learn what is in the cache: what
//! others have looked at. Only a link to a page has a reason.

use axum::extract::Request;
use axum::http::{HeaderValue, Method};

/// Whether a page of another origin sent the request, and not to show the visitor a page of ours: for an image, script or
/// frame, or with a form by POST. Browsers do not say so to sites on plain http, except to localhost.
pub fn is_foreign(request: &Request) -> bool {
    let header = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    let is_own = matches!(header("sec-fetch-site"), None | Some(b"same-origin" | b"none"));
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_shown = header("sec-fetch-mode") == Some(b"navigate") && header("sec-fetch-dest") == Some(b"document");
    !(is_own || is_read && is_shown)
}
