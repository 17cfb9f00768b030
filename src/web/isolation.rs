//! Requests that pages of other origins send.
//!
//! Such a page cannot read a response, but it can measure how long it takes, and so learn what is in the cache: what
//! others have looked at (W3C Fetch Metadata). Only a link to a page has a reason. If its own name leads to this machine, it
//! could even read the response (DNS rebinding).

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Method};

use super::base_url::BaseUrl;
use super::error::HttpError;
use super::state::SiteSettings;

/// Why no page is shown to the sender of the request; `None` if one may be.
pub fn refusal(request: &Request, settings: &SiteSettings) -> Option<HttpError> {
    if settings.only_localhost && is_for_other_host(request) {
        Some(HttpError::OtherHost)
    } else {
        is_from_other_origin(request, &settings.base_url).then_some(HttpError::Forbidden)
    }
}

/// Whether a page of another origin sent the request, and not to show the visitor a page of ours: for an image, script or
/// frame, or with a form by POST. To sites on plain http, except to localhost, browsers say so with a POST only.
fn is_from_other_origin(request: &Request, own: &BaseUrl) -> bool {
    let header = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match header("sec-fetch-site") {
        None => return !is_read && has_other_origin(request, own),
        Some(b"same-origin" | b"none") => return false,
        Some(_) => {}
    }
    let is_shown = header("sec-fetch-mode") == Some(b"navigate") && header("sec-fetch-dest") == Some(b"document");
    !(is_read && is_shown)
}

/// Whether `Origin` is neither the host of the request nor that of the site, which a web server in front may have replaced in
/// the request. It is `null` in our own forms, because of `referrer-policy`.
fn has_other_origin(request: &Request, own: &BaseUrl) -> bool {
    let Some(origin) = request.headers().get(ORIGIN).filter(|origin| *origin != "null") else {
        return false;
    };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    let own = own.origin().split_once("://").map(|(_, authority)| authority);
    !origin.is_some_and(|(_, origin)| {
        let requested = requested(request);
        let requested = requested.as_ref().map(Authority::as_str);
        [requested, own]
            .into_iter()
            .flatten()
            .any(|known| known.eq_ignore_ascii_case(origin))
    })
}

/// The host that the request is for, with its port.
fn requested(request: &Request) -> Option<Authority> {
    let header = request.headers().get(HOST).map(HeaderValue::as_bytes);
    let header = header.and_then(|host| Authority::try_from(host).ok());
    header.or_else(|| request.uri().authority().cloned())
}

/// Whether the request is for a name that anybody can point to this machine: neither localhost nor an IP address.
fn is_for_other_host(request: &Request) -> bool {
    let Some(authority) = requested(request) else {
        return false;
    };
    let host = authority.host().to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_address = address.parse::<Ipv4Addr>().is_ok() || address.parse::<Ipv6Addr>().is_ok();
    !(is_address || host == "localhost" || host.ends_with(".localhost"))
}
