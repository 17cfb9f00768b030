//! Response cache: entity tags, 304, and compression, once for each page.
//!
//! Pages are pure functions of their address, so a response is cached by address and content coding. What must not be
//! stored (`no-store`) is neither cached nor compressed: letters are short, and their length should reveal nothing.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::uri::PathAndQuery;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use twox_hash::XxHash3_64;
use veto_guide::{Day, Key};

use super::accept::weighted;
use super::error::log_failure;
use super::headers::{NO_STORE, PRIVATE};
use super::isolation;
use super::state::{AppState, SiteSettings};

/// The size of the cache in bytes; a compressed page has about 7,000.
const CAPACITY: u64 = 4 << 20;
/// The expected number of entries, for each coding.
const EXPECTED: usize = 256;
/// The size of an entry without its address and body, in bytes: headers and overhead of the cache.
const OVERHEAD: u64 = 3_072;
/// The maximum number of concurrent cache fills: one that is being compressed, and those that wait for it.
const FILLS: usize = 32;
/// The brotli quality, from 0 to 11; with 5 a page takes less than a millisecond.
const BROTLI_QUALITY: i32 = 5;
/// The brotli window in bytes, as a power of 2: twice the largest page.
const BROTLI_WINDOW: i32 = 17;
/// The gzip level, from 0 to 9.
const GZIP_QUALITY: u32 = 6;

/// Compressed responses by address, one cache for each coding.
pub struct ResponseCache {
    brotli: Cache<String, Arc<CachedResponse>, ByBytes>,
    gzip: Cache<String, Arc<CachedResponse>, ByBytes>,
    fills: Arc<Semaphore>,
}

/// A complete response with status 200.
#[derive(Clone)]
struct CachedResponse {
    headers: HeaderMap,
    body: Bytes,
    /// The day on which it was rendered: pages say how old the facts are.
    day: Option<Day>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<String, Arc<CachedResponse>> for ByBytes {
    fn weight(&self, address: &String, cached: &Arc<CachedResponse>) -> u64 {
        OVERHEAD + (address.len() + cached.body.len()) as u64
    }
}

/// A content coding (RFC 9110, 8.4.1), in ascending order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Coding {
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

    /// The coding that `Accept-Encoding` prefers; with equal weights brotli.
    fn preferred(request: &HeaderMap) -> Option<Self> {
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

impl CachedResponse {
    /// The response; 304 without body if the client has one of the tags in `known` (RFC 9110, 13.1.2).
    fn respond(&self, known: Option<&HeaderValue>) -> Response {
        let mut headers = self.headers.clone();
        let is_known =
            known.is_some_and(|known| self.headers.get(header::ETAG).is_some_and(|tag| is_among(tag, known)));
        let mut response = Response::default();
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            headers.remove(header::CONTENT_TYPE);
            headers.remove(header::CONTENT_ENCODING);
        } else {
            *response.body_mut() = Body::from(self.body.clone());
        }
        *response.headers_mut() = headers;
        response
    }
}

impl ResponseCache {
    /// An empty cache.
    pub fn new() -> Self {
        let cache = || Cache::with_weighter(EXPECTED, CAPACITY / 2, ByBytes);
        Self {
            brotli: cache(),
            gzip: cache(),
            fills: Arc::new(Semaphore::new(FILLS)),
        }
    }

    fn of(&self, coding: Coding) -> &Cache<String, Arc<CachedResponse>, ByBytes> {
        match coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        }
    }

    /// A permit to compress a page, released when that is done; `None` if the compressor is busy with the requests of others.
    /// Requests whose response is not compressed take none: they may wait for the body of a slow client.
    fn fill_permit(&self, meta: &RequestMeta) -> Option<OwnedSemaphorePermit> {
        meta.coding?;
        Arc::clone(&self.fills).try_acquire_owned().ok()
    }
}

/// Request metadata that is needed after the handler has run.
struct RequestMeta {
    uri: Uri,
    /// The coding for a cached response; only for GET and HEAD, and not for pages of other origins.
    coding: Option<Coding>,
    /// `If-None-Match`.
    known: Option<HeaderValue>,
    /// Today.
    day: Option<Day>,
}

impl RequestMeta {
    fn new(request: &Request, settings: &SiteSettings, day: Option<Day>) -> Self {
        let headers = request.headers();
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        Self {
            uri: request.uri().clone(),
            // Other origins must not learn what is in the cache.
            coding: Coding::preferred(headers).filter(|_| is_read && isolation::refusal(request, settings).is_none()),
            known: headers.get(header::IF_NONE_MATCH).cloned(),
            day,
        }
    }

    fn address(&self) -> &str {
        self.uri.path_and_query().map_or("", PathAndQuery::as_str)
    }
}

/// Middleware: responds from the cache, or stores what the inner service responds. The body of a response to HEAD is
/// removed by axum.
pub async fn respond(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    // A day of somebody's objection stands in the address: no cache may keep it.
    let has_day = |query| [Key::Entry, Key::Day].iter().any(|key| key.is_in(query));
    if request.uri().query().is_some_and(has_day) {
        return respond_privately(&state, request, next).await;
    }
    let is_form = request.method() == Method::POST;
    let mut meta = RequestMeta::new(&request, &state.settings, state.settings.clock.today());
    if let Some(coding) = meta.coding {
        let cache = state.cache.of(coding);
        match cache.get(meta.address()) {
            Some(cached) if cached.day == meta.day => return cached.respond(meta.known.as_ref()),
            Some(_) => _ = cache.remove(meta.address()),
            None => {}
        }
    }
    let permit = state.cache.fill_permit(&meta);
    if permit.is_none() {
        // A page that is larger than it could be is better than one that comes late.
        meta.coding = None;
    }
    let route = request.extensions().get().cloned();
    let mut response = next.run(request).await;
    if is_form {
        // Also a page that asks for what is missing: it has the address of the form.
        response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    }
    store(&state.cache, &meta, permit, response)
        .await
        .unwrap_or_else(|_| failure(route.as_ref()))
}

/// The response if a page could not be prepared. A panic of the compressor has logged where.
fn failure(route: Option<&MatchedPath>) -> Response {
    log_failure(route);
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Responds compressed to a request whose response is about one person, and lets no cache keep it.
async fn respond_privately(state: &AppState, request: Request, next: Next) -> Response {
    let meta = RequestMeta::new(&request, &state.settings, None);
    let permit = state.cache.fill_permit(&meta);
    let coding = meta.coding.filter(|_| permit.is_some());
    let route = request.extensions().get().cloned();
    let mut response = next.run(request).await;
    let is_page =
        response.status() == StatusCode::OK && response.headers().get(header::CACHE_CONTROL) != Some(&NO_STORE);
    if is_page {
        response = match prepare(response, coding, permit, None).await {
            Ok(prepared) => prepared.respond(None),
            Err(_) => failure(route.as_ref()),
        };
        response.headers_mut().remove(header::ETAG);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, PRIVATE);
    response
}

/// Adds an `ETag` to a response that may be stored, compresses it, and stores it. Of several concurrent requests for the
/// same page one does the work.
async fn store(
    cache: &ResponseCache,
    meta: &RequestMeta,
    permit: Option<OwnedSemaphorePermit>,
    response: Response,
) -> Result<Response, PrepareError> {
    let control = response.headers().get(header::CACHE_CONTROL);
    if response.status() != StatusCode::OK || control.is_none_or(|control| *control == NO_STORE) {
        return Ok(response);
    }
    let prepared = match meta.coding {
        None => prepare(response, None, None, meta.day).await.map(Arc::new),
        Some(coding) => {
            let prepare = async { prepare(response, Some(coding), permit, meta.day).await.map(Arc::new) };
            cache.of(coding).get_or_insert_async(meta.address(), prepare).await
        }
    };
    Ok(prepared?.respond(meta.known.as_ref()))
}

/// Why a response could not be prepared: a fault of the program.
type PrepareError = Box<dyn Error + Send + Sync>;

/// The response with its tag, compressed by `coding`. The work keeps `permit`, also when its client has gone.
async fn prepare(
    response: Response,
    coding: Option<Coding>,
    permit: Option<OwnedSemaphorePermit>,
    day: Option<Day>,
) -> Result<CachedResponse, PrepareError> {
    let (parts, body) = response.into_parts();
    // The body is in memory already, so reading it does not fail and needs no limit.
    let mut body = to_bytes(body, usize::MAX).await?;
    let mut headers = parts.headers;
    let hash = URL_SAFE_NO_PAD.encode(XxHash3_64::oneshot(&body).to_be_bytes());
    let suffix = coding.map_or("", Coding::name);
    let tag = ["\"", &hash, suffix, "\""].concat();
    headers.insert(header::ETAG, HeaderValue::try_from(tag)?);
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.remove(header::CONTENT_LENGTH);
    if let Some(coding) = coding {
        // Compress on the single blocking thread (see `commands::serve`), then copy into a buffer of exact size, so that
        // its allocator arena is not fragmented.
        let encode = move || {
            let encoded = coding.encode(&body);
            drop((body, permit));
            encoded
        };
        let encoded = spawn_blocking(encode).await??;
        body = Bytes::copy_from_slice(&encoded);
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    Ok(CachedResponse { headers, body, day })
}

/// Whether a page can be compressed now, for the health check: it goes the way of all pages, and is not stored.
pub async fn can_compress(page: String) -> bool {
    prepare(Response::new(Body::from(page)), Some(Coding::Gzip), None, None)
        .await
        .is_ok()
}

/// Whether `tag` is in `known`, a list of tags as in `If-None-Match`.
fn is_among(tag: &HeaderValue, known: &HeaderValue) -> bool {
    let known = known.to_str().unwrap_or_default();
    let mut known = known.split(',').map(|known| known.trim().trim_start_matches("W/"));
    known.any(|known| *tag == known || known == "*")
}

#[cfg(test)]
mod tests;
