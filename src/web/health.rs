//! The checks for operators and orchestrators. `/healthz` says whether this instance can make pages, and to this machine what
//! is loaded; `/readyz` whether new requests are welcome: not any more once the program has been told to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::Mutex;
use tokio::time::timeout;
use veto_content::catalog::Catalog;
use veto_guide::age;

use super::headers::NO_STORE;
use super::state::AppState;
use super::{cache, clock, views};
use crate::server::FromThisMachine;

/// The time limit for a page to be rendered and compressed. `veto health` waits for 5 seconds.
const TIMEOUT: Duration = Duration::from_secs(2);
/// How long a result stands for later requests, so that many of them cannot keep the compressor busy.
const FRESH: Duration = Duration::from_secs(1);
/// The connection option by which a program on this machine asks for everything, see [`is_direct`].
pub const DETAIL: &str = "detail";
/// The headers by which web servers say for whom they pass on a request.
const FORWARDED: [HeaderName; 3] = [
    header::FORWARDED,
    header::VIA,
    HeaderName::from_static("x-forwarded-for"),
];

/// Whether this process has been told to stop.
static DRAINING: AtomicBool = AtomicBool::new(false);
/// Whether the last reload has failed, so that the configuration before it is still in use.
static RELOAD_FAILED: AtomicBool = AtomicBool::new(false);

/// From now on `/readyz` responds with 503, so that a load balancer sends no further visitors.
pub fn drain() {
    DRAINING.store(true, Ordering::Relaxed);
}

/// Sets the result of the last reload.
pub fn reloaded(is_ok: bool) {
    RELOAD_FAILED.store(!is_ok, Ordering::Relaxed);
}

/// What the health check knows about a configuration.
pub struct Health {
    contents: Contents,
    /// When a page was last to be made, and whether it was.
    made_page: Mutex<Option<(Instant, bool)>>,
}

/// What is loaded.
#[derive(Serialize)]
struct Contents {
    version: &'static str,
    /// The day of the last check of the facts.
    facts: Option<String>,
    languages: Vec<String>,
    /// The operator's files that override entries.
    overrides: Vec<String>,
    /// The time of loading (RFC 3339).
    loaded: Option<String>,
}

/// The report for this machine.
#[derive(Serialize)]
struct Report<'a> {
    status: &'static str,
    /// Why the status is not `ok`.
    faults: Vec<String>,
    reload_failed: bool,
    #[serde(flatten)]
    contents: &'a Contents,
}

/// The report for everybody.
#[derive(Serialize)]
struct PublicReport {
    status: &'static str,
}

impl Health {
    /// For a catalog that was just loaded.
    pub fn new(catalog: &Catalog, overrides: &[String]) -> Self {
        let languages = catalog.languages();
        let contents = Contents {
            version: env!("CARGO_PKG_VERSION"),
            facts: age::gathered(&catalog.facts).map(|gathered| gathered.to_string()),
            languages: languages.map(|(_, language)| language.code.clone()).collect(),
            overrides: overrides.to_vec(),
            loaded: clock::now(),
        };
        Self {
            contents,
            made_page: Mutex::default(),
        }
    }
}

/// `/healthz`
pub async fn show(
    State(state): State<Arc<AppState>>,
    from_this_machine: Option<Extension<FromThisMachine>>,
    request: HeaderMap,
) -> Response {
    let mut faults = Vec::new();
    if !can_make_pages(&state).await {
        faults.push("a page could not be made in time".to_owned());
    }
    faults.extend(state.settings.clock.fault(age::gathered(&state.catalog.facts)));
    let (code, status) = if faults.is_empty() {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "failed")
    };
    let report = if from_this_machine.is_some() && is_direct(&request) {
        serde_json::to_string(&Report {
            status,
            faults,
            reload_failed: RELOAD_FAILED.load(Ordering::Relaxed),
            contents: &state.health.contents,
        })
    } else {
        serde_json::to_string(&PublicReport { status })
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    // Strings and lists of strings always serialize.
    (code, headers, report.unwrap_or_default() + "\n").into_response()
}

/// Whether the sender of a request is the client itself, and not somebody for whom a web server in front passes it on.
///
/// A web server on this machine has the same address as an operator, and nginx adds no header unless it is told to. So a client
/// has to ask by an option in `Connection`, which is for the next server only: those in front remove it (RFC 9110, 7.6.1). The
/// headers are for those that do not. What is passed on below HTTP, such as by a tunnel, looks like a program on this machine.
fn is_direct(request: &HeaderMap) -> bool {
    let is_forwarded = FORWARDED.iter().any(|name| request.contains_key(name));
    let options = request.get_all(header::CONNECTION).iter();
    let mut options = options
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    !is_forwarded && options.any(|option| option.trim().eq_ignore_ascii_case(DETAIL))
}

/// Whether a page can be rendered and compressed in time. Of requests at about the same time one makes the page.
async fn can_make_pages(state: &AppState) -> bool {
    let mut made_page = state.health.made_page.lock().await;
    if let Some((at, was_made)) = *made_page
        && at.elapsed() < FRESH
    {
        return was_made;
    }
    let locale = state.catalog.fallback();
    let page = views::error::render(state, locale, &state.catalog.messages(locale).errors.failure);
    let is_made = timeout(TIMEOUT, cache::can_compress(page)).await.unwrap_or(false);
    *made_page = Some((Instant::now(), is_made));
    is_made
}

/// `/readyz`
pub async fn ready() -> Response {
    let (status, text) = if DRAINING.load(Ordering::Relaxed) {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        (StatusCode::OK, "ready\n")
    };
    (status, [(header::CACHE_CONTROL, NO_STORE)], text).into_response()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::runtime::Builder;
    use tokio::task::spawn_blocking;
    use veto_content::files::Files;

    use super::*;
    use crate::web::tests::state;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    async fn status(state: &Arc<AppState>) -> StatusCode {
        show(State(Arc::clone(state)), None, HeaderMap::new()).await.status()
    }

    #[test]
    fn a_request_that_a_web_server_passes_on_is_not_direct() {
        assert!(is_direct(&headers(&[("connection", "close, Detail")])));
        for pairs in [
            &[][..],
            &[("connection", "close")],
            &[("connection", "detail"), ("x-forwarded-for", "192.0.2.1")],
            &[("connection", "detail"), ("forwarded", "for=192.0.2.1")],
            &[("connection", "detail"), ("via", "1.1 proxy")],
        ] {
            assert!(!is_direct(&headers(pairs)), "{pairs:?}");
        }
    }

    #[test]
    fn a_compressor_that_hangs_is_noticed() {
        // As in `commands::serve`: one thread compresses.
        let runtime = Builder::new_multi_thread().enable_all().max_blocking_threads(1).build();
        runtime.unwrap().block_on(async {
            let state = Arc::new(state());
            let (release, hangs) = mpsc::channel::<()>();
            let hanging = spawn_blocking(move || hangs.recv());
            assert_eq!(status(&state).await, StatusCode::SERVICE_UNAVAILABLE);
            drop(release);
            assert!(hanging.await.unwrap().is_err(), "it has hung until now");
            tokio::time::sleep(FRESH).await;
            assert_eq!(status(&state).await, StatusCode::OK);
        });
    }

    #[tokio::test]
    async fn a_clock_that_is_before_the_facts_is_noticed() {
        let mut state = state();
        let gathered = age::gathered(&crate::catalog::load(&Files::embedded()).unwrap().facts).unwrap();
        for (day, expected) in [
            (gathered.to_string(), StatusCode::OK),
            ("2024-06-01".to_owned(), StatusCode::SERVICE_UNAVAILABLE),
        ] {
            state.settings.clock = clock::Clock::Fixed(veto_guide::Day::parse(&day).unwrap());
            let shared = Arc::new(state);
            assert_eq!(status(&shared).await, expected, "{day}");
            state = Arc::into_inner(shared).unwrap();
        }
    }
}
