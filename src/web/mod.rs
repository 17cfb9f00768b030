//! From an HTTP request to a page.
//!
//! [`site`] is the whole request path: middleware, read from top to bottom, then the routes. A handler in `views` reads the
//! request by an extractor (`extract`), fills its view struct and renders a template.

mod accept;
mod assets;
mod base_url;
mod cache;
mod clock;
mod entries;
mod error;
mod extract;
mod facts;
mod feed;
mod headers;
mod health;
mod isolation;
mod link;
mod observe;
mod page;
mod page_age;
mod security_txt;
mod state;
mod views;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::uri::PathAndQuery;
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{from_fn_with_state, map_response, map_response_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use clock::{Clock, now, timestamp, unix_day, unix_time};
pub use health::{DETAIL, drain, reloaded};
pub use page_age::{CacheTime, PageAge};
pub use state::{AppState, Audience, FooterLink, SiteSettings, StrictTransport};

use error::HttpError;
use page::Page;

/// The time limit for a page from the end of the request's head, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest body, in bytes: 100,000 characters, of which a form encodes most in six bytes.
const BODY_LIMIT: usize = 768 * 1_024;

/// The service for plain http where visitors use https: leads to the same page by https or, if the operator has set no
/// address, says how to open it.
pub fn plain_http(state: &Arc<AppState>) -> Router {
    let settings = &state.settings;
    let origin = settings.strict_transport.map(|_| settings.base_url.origin().to_owned());
    let lead = move |uri: Uri| async move {
        let address = uri.path_and_query().map(PathAndQuery::as_str);
        match (origin, address) {
            (Some(origin), Some(address)) => Redirect::permanent(&format!("{origin}{address}")).into_response(),
            _ => HttpError::PlainHttp.into_response(),
        }
    };
    // Not on plain http (RFC 6797, 7.2).
    let no_strict_transport = map_response(async |mut response: Response| {
        response.headers_mut().remove(header::STRICT_TRANSPORT_SECURITY);
        response
    });
    let middleware = ServiceBuilder::new()
        .layer(no_strict_transport)
        .layer(map_response_with_state(Arc::clone(state), headers::add))
        .layer(from_fn_with_state(Arc::clone(state), error::add_page));
    Router::new().fallback(lead).layer(middleware)
}

/// The service that responds to all requests.
pub fn site(state: Arc<AppState>) -> Router {
    let routes = Router::new()
        .merge(Page::router())
        .route("/", get(views::root::home))
        .route("/school", get(views::root::school))
        .route("/family", get(views::root::family))
        .route("/share", get(views::root::share))
        .route("/{language}", get(views::root::complete))
        .route("/static/{name}", get(assets::show))
        .route("/facts.json", get(facts::all))
        .route("/facts/{name}", get(facts::one))
        .route("/facts.atom", get(feed::show))
        .route("/healthz", get(health::show))
        .route("/readyz", get(health::ready))
        .route("/.well-known/security.txt", get(security_txt::show));
    let site = with_middleware(routes, &state);
    if state.settings.base_url.path().is_empty() {
        return site;
    }
    // A path is rewritten before it is routed.
    let strip_base = move |mut request: Request| {
        if let Some(uri) = state.settings.base_url.strip(request.uri()) {
            *request.uri_mut() = uri;
        }
        request
    };
    Router::new().fallback_service(ServiceBuilder::new().map_request(strip_base).service(site))
}

/// The request path: what happens to a request on its way to its route, and to the response on its way back.
fn with_middleware(routes: Router<Arc<AppState>>, state: &Arc<AppState>) -> Router {
    let record = from_fn_with_state(Arc::clone(state), observe::record);
    // Outside of the cache: it depends on the time.
    let set_page_age = map_response_with_state(Arc::clone(state), page_age::set);
    let is_page_age_set = state.settings.page_age != PageAge::default();
    let middleware = ServiceBuilder::new()
        .option_layer(state.is_observed().then_some(record))
        .option_layer(is_page_age_set.then_some(set_page_age))
        .layer(from_fn_with_state(Arc::clone(state), cache::respond))
        .layer(map_response_with_state(Arc::clone(state), headers::add))
        .layer(from_fn_with_state(Arc::clone(state), error::add_page))
        .layer(CatchPanicLayer::custom(error::after_panic))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT));
    routes.layer(middleware).with_state(Arc::clone(state))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io;
    use std::sync::Mutex;

    use axum::body::{Body, to_bytes};
    use tower::ServiceExt as _;
    use veto_content::files::Files;

    use super::*;

    pub fn state() -> AppState {
        let settings = SiteSettings {
            base_url: "https://example.org".parse().unwrap(),
            strict_transport: Some(StrictTransport::Host),
            only_localhost: false,
            keep_hours: 24,
            page_age: PageAge::default(),
            log_requests: false,
            country: None,
            contact: None,
            controller: None,
            dpo: None,
            clock: Clock::System,
            name: None,
            paper_contact: None,
            audience: None,
            notice: BTreeMap::new(),
            footer: BTreeMap::new(),
        };
        let catalog = crate::catalog::load(&Files::embedded()).unwrap();
        AppState::new(catalog, &[], settings, None)
    }

    /// What is logged while a test of this module runs.
    static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
    struct Log;

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            LOG.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_panic_in_a_handler_becomes_the_error_page_with_all_headers_and_its_route_is_logged() {
        async fn panics() {
            panic!("as a fault of the program would");
        }
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(|| Log).finish();
        let _log = tracing::subscriber::set_default(log);
        let state = Arc::new(state());
        let site = with_middleware(Router::new().route("/{language}/fault", get(panics)), &state);
        let request = Request::get("/de/fault?country=DE").body(Body::empty()).unwrap();
        let response = site.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.headers().contains_key("content-security-policy"));
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let german = state.catalog.locale("de").unwrap();
        let title = state.catalog.messages(german).errors.failure.title.as_str();
        assert!(String::from_utf8_lossy(&body).contains(title));
        let log = String::from_utf8(LOG.lock().unwrap().clone()).unwrap();
        let lines = log.lines().filter(|line| line.contains("route=\"/{language}/fault\""));
        assert_eq!(lines.count(), 1, "{log}");
        assert!(!log.contains("country"), "{log}");
    }
}
