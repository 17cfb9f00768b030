//! What happens to the content of an answer that caches may keep: its tag, "you have it already", and its compressed form.

use std::hash::{DefaultHasher, Hasher as _};
use std::io::Write as _;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::Site;
use super::headers::NO_STORE;

/// How many bytes of compressed content are kept; a page has about 6,000.
const CAPACITY: u64 = 4 << 20;
/// How hard brotli tries, of 11: enough for a page within a millisecond.
const BROTLI_QUALITY: u32 = 4;
const BROTLI_WINDOW: u32 = 22;
const GZIP_QUALITY: u32 = 6;

/// Compressed content by the tag of what it was made of. A page is compressed once, then taken from here.
pub struct Compressed(Cache<(u64, Coding), Bytes, Bytewise>);

#[derive(Clone)]
struct Bytewise;

impl Weighter<(u64, Coding), Bytes> for Bytewise {
    fn weight(&self, _: &(u64, Coding), content: &Bytes) -> u64 {
        content.len() as u64
    }
}

/// A content coding (RFC 9110, 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The coding that a client likes best by its `Accept-Encoding`; of two that it likes the same, brotli.
    fn preferred(request: &HeaderMap) -> Option<Self> {
        let accepted = request.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
        let quality = |coding: Self| {
            let mut entries = accepted.split(',').map(|entry| entry.split(';').map(str::trim));
            let mut entry = entries.find(|entry| entry.clone().next() == Some(coding.name()))?;
            let given = entry.nth(1).and_then(|weight| weight.strip_prefix("q="));
            given.map_or(Some(1.0), |weight| weight.parse::<f32>().ok())
        };
        let wanted = |coding| {
            quality(coding)
                .filter(|quality| *quality > 0.0)
                .map(|quality| (quality, coding))
        };
        match (wanted(Self::Brotli), wanted(Self::Gzip)) {
            (Some((brotli, _)), Some((gzip, coding))) if gzip > brotli => Some(coding),
            (best, other) => best.or(other).map(|(_, coding)| coding),
        }
    }

    fn encode(self, content: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4_096, BROTLI_QUALITY, BROTLI_WINDOW);
                encoder.write_all(content)?;
                Ok(encoder.into_inner())
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_QUALITY));
                encoder.write_all(content)?;
                encoder.finish()
            }
        }
    }
}

impl Compressed {
    /// With nothing in it yet.
    pub fn new() -> Self {
        Self(Cache::with_weighter(512, CAPACITY, Bytewise))
    }

    fn get(&self, tag: u64, coding: Coding, content: &[u8]) -> std::io::Result<Bytes> {
        self.0
            .get_or_insert_with(&(tag, coding), || coding.encode(content).map(Bytes::from))
    }
}

/// Gives an answer that caches may keep a tag of its content (`ETag`), leaves the content out where the client has it
/// already (304, RFC 9110, 13.1.2), and compresses it for those who take it so.
///
/// What must not be kept is not compressed either: letters are short, and their length should tell nothing.
pub async fn deliver(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let coding = Coding::preferred(request.headers());
    let answer = next.run(request).await;
    let kept = answer.headers().get(header::CACHE_CONTROL);
    if answer.status() != StatusCode::OK || kept.is_none_or(|kept| *kept == NO_STORE) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // A body that was prepared in memory does not fail, and has no other size than its own.
    let Ok(mut body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut hasher = DefaultHasher::new();
    hasher.write(&body);
    let content = hasher.finish();

    let tag = match coding {
        Some(coding) => format!("\"{content:016x}-{}\"", coding.name()),
        None => format!("\"{content:016x}\""),
    };
    let headers = &mut parts.headers;
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let has_it = known.is_some_and(|known| is_among(&tag, &known));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.remove(header::CONTENT_LENGTH);
    if has_it {
        parts.status = StatusCode::NOT_MODIFIED;
        headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    if let Some(coding) = coding {
        match site.compressed.get(content, coding, &body) {
            Ok(compressed) => body = compressed,
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    Response::from_parts(parts, Body::from(body))
}

/// Whether `tag` is in a list of tags as `If-None-Match` has it.
fn is_among(tag: &str, known: &HeaderValue) -> bool {
    let known = known.to_str().unwrap_or_default();
    let mut known = known.split(',').map(|known| known.trim().trim_start_matches("W/"));
    known.any(|known| known == tag || known == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coding_is_the_one_that_the_client_likes_best() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Some(Coding::Brotli)),
            ("gzip", Some(Coding::Gzip)),
            ("br;q=0.5, gzip;q=0.8", Some(Coding::Gzip)),
            ("br;q=0, gzip;q=0", None),
            ("identity", None),
            ("br;q=x", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            assert_eq!(Coding::preferred(&headers), expected, "{accepted}");
        }
    }
}
