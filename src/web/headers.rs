//! The headers that every answer has, in one place.

use std::hash::{DefaultHasher, Hasher as _};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Site;

/// Pages are pure functions of their address and change only with the program: any cache may keep them for a while.
pub const PAGE_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// Files whose name contains their hash never change.
pub const ASSET_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// What must not be kept by anybody.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// What a page of this site may use of a browser: the clipboard. All else is denied.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), \
    clipboard-write=(self), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), \
    gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), \
    midi=(), otp-credentials=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), \
    publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
    window-management=(), xr-spatial-tracking=()";

/// The headers that all answers share, prepared once. `https` says that visitors reach this site by https.
///
/// # Panics
/// When the hash of the style is no valid header value, which base64 does not let happen.
pub fn common(style_hash: &str, https: bool) -> HeaderMap {
    let policy = format!(
        "default-src 'none'; style-src '{style_hash}'; script-src 'self'; img-src 'self'; object-src 'none'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::try_from(policy).expect("a base64 hash is a header value");
    let fixed = HeaderValue::from_static;
    let mut headers = HeaderMap::from_iter([
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

/// Adds the common headers to an answer.
pub async fn add(State(site): State<Arc<Site>>, mut response: Response) -> Response {
    response.headers_mut().extend(site.headers.clone());
    response
}

/// Gives an answer that caches may keep a tag of its content (`ETag`), and leaves the content out where the client has it
/// already: 304 (RFC 9110, 13.1.2).
pub async fn revalidate(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let answer = next.run(request).await;
    let kept = answer.headers().get(header::CACHE_CONTROL);
    if answer.status() != StatusCode::OK || kept.is_none_or(|kept| *kept == NO_STORE) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // A body that was prepared in memory does not fail, and has no other size than its own.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut hasher = DefaultHasher::new();
    hasher.write(&body);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let same = known.is_some_and(|known| {
        let known = known.to_str().unwrap_or_default();
        known
            .split(',')
            .map(|known| known.trim().trim_start_matches("W/"))
            .any(|known| known == tag || known == "*")
    });
    if let Ok(tag) = HeaderValue::try_from(tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    if same {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}
