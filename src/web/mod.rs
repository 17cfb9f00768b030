//! From an HTTP request to a page.
//!
//! [`site`] is the whole request path: middleware, read from top to bottom, then the routes. A handler in `views` reads the
//! request by an extractor (`extract`), fills its view struct and renders a template.

mod accept;
mod assets;
mod base_url;
mod cache;
mod clock;
mod error;
mod extract;
mod headers;
mod health;
mod link;
mod observe;
mod page;
mod state;
mod views;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, map_response_with_state};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use clock::{Clock, now};
pub use state::{AppState, FooterLink, SiteSettings};

use page::Page;

/// The time limit for a page from the end of the request's head, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest body, in bytes. A letter with all its fields full needs less than half.
const BODY_LIMIT: usize = 65_536;

/// The service that responds to all requests.
pub fn site(state: AppState) -> Router {
    let state = Arc::new(state);
    let middleware = ServiceBuilder::new()
        .option_layer(
            state
                .is_observed()
                .then(|| from_fn_with_state(Arc::clone(&state), observe::record)),
        )
        .layer(from_fn_with_state(Arc::clone(&state), cache::respond))
        .layer(map_response_with_state(Arc::clone(&state), headers::add))
        .layer(from_fn_with_state(Arc::clone(&state), error::add_page))
        .layer(CatchPanicLayer::custom(error::after_panic))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT));
    let routes = Router::new()
        .merge(Page::router())
        .route("/", get(views::root::choose_language))
        .route("/{language}", get(views::root::add_slash))
        .route("/static/{name}", get(assets::show))
        .route("/healthz", get(health::show))
        .layer(middleware)
        .with_state(Arc::clone(&state));
    if state.settings.base_url.path().is_empty() {
        return routes;
    }
    // A path is rewritten before it is routed.
    let strip_base = move |mut request: Request| {
        if let Some(uri) = state.settings.base_url.strip(request.uri()) {
            *request.uri_mut() = uri;
        }
        request
    };
    Router::new().fallback_service(ServiceBuilder::new().map_request(strip_base).service(routes))
}
