//! The headers that every answer has, in one place.

use std::mem::replace;

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;

use super::Site;

/// Pages are pure functions of their address and change only with the program: any cache may keep them for a while.
pub const PAGE_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// Files whose name contains their hash never change.
pub const ASSET_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// What must not be kept by anybody.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// What a page of this site may use of a browser: the clipboard. All else that tells of people or devices is denied.
const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), \
    display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), \
    idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), serial=(), storage-access=(), usb=(), \
    xr-spatial-tracking=()";

/// How many headers an answer has at most: those here and its own. Without room for all, each copy would grow again.
const ROOM: usize = 20;

/// The headers that all answers share, prepared once. `https` says that visitors reach this site by https.
///
/// # Panics
/// When the hash of the style is no valid header value, which base64 does not let happen.
pub fn common(style_hash: &str, https: bool) -> HeaderMap {
    // Nothing here connects to anything; but tools that look at a page, such as Lighthouse, load robots.txt through it.
    let policy = format!(
        "default-src 'none'; style-src '{style_hash}'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::try_from(policy).expect("a base64 hash is a header value");
    let fixed = HeaderValue::from_static;
    let mut headers = HeaderMap::with_capacity(ROOM);
    headers.extend([
        (header::CONTENT_SECURITY_POLICY, policy),
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
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, fixed("max-age=31536000"));
    }
    headers
}

/// Adds the common headers to an answer, which has fewer of its own.
pub fn add(site: &Site, answer: &mut Response) {
    let own = replace(answer.headers_mut(), site.headers.clone());
    for (name, value) in &own {
        answer.headers_mut().append(name, value.clone());
    }
}
