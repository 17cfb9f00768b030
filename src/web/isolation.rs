//! Requests that pages of other origins send.
//!
//! Such a page cannot read a response, but it can measure how long it takes, and so learn what is in the cache: what
//! others have looked at (W3C Fetch Metadata). Only a link to a page has a reason. If its own name leads to this machine, it
//! could even read the response (DNS rebinding).

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Method};

use super::error::HttpError;
use super::state::SiteSettings;

/// Why no page is shown to the sender of the request; `None` if one may be.
pub fn refusal(request: &Request, settings: &SiteSettings) -> Option<HttpError> {
    if settings.only_localhost && is_for_other_host(request) {
        Some(HttpError::OtherHost)
    } else {
        is_from_other_origin(request).then_some(HttpError::Forbidden)
    }
}

/// Whether a page of another origin sent the request, and not to show the visitor a page of ours: for an image, script or
/// frame, or with a form by POST. Browsers do not say so to sites on plain http, except to localhost.
fn is_from_other_origin(request: &Request) -> bool {
    let header = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    if matches!(header("sec-fetch-site"), None | Some(b"same-origin" | b"none")) {
        return false;
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_shown = header("sec-fetch-mode") == Some(b"navigate") && header("sec-fetch-dest") == Some(b"document");
    !(is_read && is_shown)
}

/// Whether the request is for a name that anybody can point to this machine: neither localhost nor an IP address.
fn is_for_other_host(request: &Request) -> bool {
    let header = request.headers().get(HOST).map(HeaderValue::as_bytes);
    let header = header.and_then(|host| Authority::try_from(host).ok());
    let Some(authority) = header.as_ref().or(request.uri().authority()) else {
        return false;
    };
    let host = authority.host().to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_address = address.parse::<Ipv4Addr>().is_ok() || address.parse::<Ipv6Addr>().is_ok();
    !(is_address || host == "localhost" || host.ends_with(".localhost"))
}
