//! The headers of all responses.

use std::mem::replace;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;

use super::state::{AppState, StrictTransport};

/// The media type of a page.
pub const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
/// Pages are pure functions of their address and change only with the program: any cache may store them for a while.
pub const PAGE_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// For files whose name contains their hash.
pub const ASSET_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For responses that no cache may store.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// For a response about one person: nobody may store it.
pub const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// Browser features that pages may use: the clipboard only.
const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), \
    display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), \
    idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), serial=(), storage-access=(), usb=(), \
    xr-spatial-tracking=()";

/// The initial capacity for headers, enough for every response, so that copies are not reallocated.
const CAPACITY: usize = 20;

/// What a page may load: files of this site only. The script connects to it as well, to change a text in the background.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    connect-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of all responses, prepared once.
pub fn common(strict_transport: Option<StrictTransport>) -> HeaderMap {
    let fixed = HeaderValue::from_static;
    let mut headers = HeaderMap::with_capacity(CAPACITY);
    headers.extend([
        (header::CONTENT_SECURITY_POLICY, fixed(CONTENT_SECURITY_POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (header::REFERRER_POLICY, fixed("no-referrer")),
        (HeaderName::from_static("permissions-policy"), fixed(PERMISSIONS)),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            fixed("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            fixed("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-embedder-policy"),
            fixed("require-corp"),
        ),
    ]);
    if let Some(hosts) = strict_transport {
        let policy = match hosts {
            StrictTransport::Host => "max-age=31536000",
            StrictTransport::HostAndSubdomains => "max-age=31536000; includeSubDomains",
        };
        headers.insert(header::STRICT_TRANSPORT_SECURITY, fixed(policy));
    }
    headers
}

/// Middleware: adds the common headers to a response.
pub async fn add(State(state): State<Arc<AppState>>, mut response: Response) -> Response {
    let own = replace(response.headers_mut(), state.headers.clone());
    for (name, value) in &own {
        response.headers_mut().append(name, value.clone());
    }
    response
}
