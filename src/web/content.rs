//! What happens to the content of an answer that caches may keep: its tag, "you have it already", and its compressed form.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::uri::PathAndQuery;
use axum::http::{Method, Request, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;
use twox_hash::XxHash3_64;

use super::headers::NO_STORE;
use super::negotiate::weighted;
use super::observe::Route;
use super::{Asked, Site};

/// How many bytes of compressed content are kept; a page has about 7,000.
const CAPACITY: u64 = 4 << 20;
/// How many pages that may be, for one coding.
const EXPECTED: usize = 256;
/// What an entry needs beside its address and content, in bytes: its headers, its place in the cache.
const OVERHEAD: u64 = 3_072;
/// How many answers to be compressed may be in the making: one that is compressed, and one that comes next.
const TURNS: usize = 2;
/// How hard brotli tries, of 11: enough for a page within a millisecond.
const BROTLI_QUALITY: i32 = 5;
/// How far brotli looks back: 2 to this power of bytes, twice the largest page.
const BROTLI_WINDOW: i32 = 17;
const GZIP_QUALITY: u32 = 6;

/// Compressed answers by their address.
pub struct Compressed {
    brotli: Cache<String, Arc<Kept>, Bytewise>,
    gzip: Cache<String, Arc<Kept>, Bytewise>,
    turns: Semaphore,
}

/// What is given again: a whole answer.
#[derive(Clone)]
struct Kept {
    headers: HeaderMap,
    content: Bytes,
    /// The kind of page, for those who are told of requests.
    route: Option<Route>,
}

#[derive(Clone)]
struct Bytewise;

impl Weighter<String, Arc<Kept>> for Bytewise {
    fn weight(&self, address: &String, kept: &Arc<Kept>) -> u64 {
        OVERHEAD + (address.len() + kept.content.len()) as u64
    }
}

/// A content coding (RFC 9110, 8.4.1). Of two that a client likes the same, the later one is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coding {
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The coding that a client likes best by its `Accept-Encoding`.
    pub fn preferred(request: &HeaderMap) -> Option<Self> {
        let accepted = request.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
        let known = |(name, weight)| match name {
            "gzip" => Some((weight, Self::Gzip)),
            "br" => Some((weight, Self::Brotli)),
            _ => None,
        };
        let best = accepted
            .split(',')
            .filter_map(weighted)
            .filter_map(known)
            .max_by(|(weight, coding), (other, next)| weight.total_cmp(other).then(coding.cmp(next)));
        best.map(|(_, coding)| coding)
    }

    fn encode(self, content: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let parameters = BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    lgwin: BROTLI_WINDOW,
                    size_hint: content.len(),
                    ..BrotliEncoderParams::default()
                };
                let mut encoded = Vec::new();
                brotli::BrotliCompress(&mut &*content, &mut encoded, &parameters)?;
                Ok(encoded)
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_QUALITY));
                encoder.write_all(content)?;
                encoder.finish()
            }
        }
    }
}

impl Kept {
    /// The answer to a request whose client has the content with the tags `known` already; where ours is among them, the
    /// content is left out (304, RFC 9110, 13.1.2).
    fn answer(self, known: Option<&HeaderValue>) -> Response {
        let mut answer = Response::default();
        let is_ours = |known| self.headers.get(header::ETAG).is_some_and(|tag| is_among(tag, known));
        let is_known = known.is_some_and(is_ours);
        *answer.headers_mut() = self.headers;
        if is_known {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            answer.headers_mut().remove(header::CONTENT_TYPE);
            answer.headers_mut().remove(header::CONTENT_ENCODING);
        } else {
            *answer.body_mut() = Body::from(self.content);
        }
        if let Some(route) = self.route {
            answer.extensions_mut().insert(route);
        }
        answer
    }
}

impl Compressed {
    /// With nothing in it yet.
    pub fn new() -> Self {
        let cache = || Cache::with_weighter(EXPECTED, CAPACITY / 2, Bytewise);
        Self {
            brotli: cache(),
            gzip: cache(),
            turns: Semaphore::new(TURNS),
        }
    }

    fn of(&self, coding: Coding) -> &Cache<String, Arc<Kept>, Bytewise> {
        match coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        }
    }

    /// Waits until an answer that will be kept may be made; it may until what comes back is dropped. So many who ask at once
    /// for what nobody has asked for yet do not fill the memory with pages that wait for the one compressor. What waits for
    /// its visitor, such as a letter for what is typed, waits for no turn and takes none.
    pub async fn turn(&self, asked: &Asked) -> Option<SemaphorePermit<'_>> {
        asked.kept_in()?;
        self.turns.acquire().await.ok()
    }

    /// The answer to this request, if it has been given before: pages are pure functions of their address, so neither a
    /// route has to be found nor a page to be made.
    pub fn answer<B>(&self, request: &Request<B>) -> Option<Response> {
        let coding = Coding::preferred(request.headers()).filter(|_| request.method() == Method::GET)?;
        let kept = self.of(coding).get(address(request.uri()))?;
        Some(Kept::clone(&kept).answer(request.headers().get(header::IF_NONE_MATCH)))
    }
}

fn address(uri: &Uri) -> &str {
    uri.path_and_query().map_or("", PathAndQuery::as_str)
}

/// Gives an answer that caches may keep a tag of its content (`ETag`), leaves the content out where the client has it
/// already, and compresses it for those who take it so, once: of many who ask for it at the same time, one has it made.
///
/// What must not be kept is not compressed either: letters are short, and their length should tell nothing.
pub async fn deliver(site: &Site, asked: &Asked, answer: Response) -> Response {
    let may_be_kept = answer.headers().get(header::CACHE_CONTROL);
    if answer.status() != StatusCode::OK || may_be_kept.is_none_or(|control| *control == NO_STORE) {
        return answer;
    }
    let prepared = match asked.kept_in() {
        None => prepare(answer, None).await,
        Some(coding) => {
            let make = async { Ok(Arc::new(prepare(answer, Some(coding)).await?)) };
            let kept = site.compressed.of(coding);
            let kept = kept.get_or_insert_async(address(&asked.uri), make).await;
            kept.map(|kept| Kept::clone(&kept))
        }
    };
    match prepared {
        Ok(kept) => kept.answer(asked.known.as_ref()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Leaves the content of an answer out, but not its size.
pub fn leave_out(answer: &mut Response) {
    if let Some(size) = answer.body().size_hint().exact().filter(|size| *size > 0) {
        answer.headers_mut().insert(header::CONTENT_LENGTH, size.into());
    }
    *answer.body_mut() = Body::empty();
}

/// The content of an answer with its tag, compressed by `coding`.
async fn prepare(answer: Response, coding: Option<Coding>) -> Result<Kept, Box<dyn Error + Send + Sync>> {
    let (parts, body) = answer.into_parts();
    // A body that was prepared in memory does not fail, and has no other size than its own.
    let mut content = to_bytes(body, usize::MAX).await?;
    let mut headers = parts.headers;
    let route = parts.extensions.get().copied();
    let hash = URL_SAFE_NO_PAD.encode(XxHash3_64::oneshot(&content).to_be_bytes());
    let form = coding.map_or("", Coding::name);
    let tag = ["\"", &hash, form, "\""].concat();
    headers.insert(header::ETAG, HeaderValue::try_from(tag)?);
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.remove(header::CONTENT_LENGTH);
    if let Some(coding) = coding {
        // Off the threads that answer: there is one for this (see `main`), and so one compressor's memory. What is kept is
        // a copy: exact, and outside of that thread's memory, which so stays whole.
        let encoded = spawn_blocking(move || coding.encode(&content)).await??;
        content = Bytes::copy_from_slice(&encoded);
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    Ok(Kept {
        headers,
        content,
        route,
    })
}

/// Whether `tag` is in a list of tags as `If-None-Match` has it.
fn is_among(tag: &HeaderValue, known: &HeaderValue) -> bool {
    let known = known.to_str().unwrap_or_default();
    let mut known = known.split(',').map(|known| known.trim().trim_start_matches("W/"));
    known.any(|known| *tag == known || known == "*")
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
