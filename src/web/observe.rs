//! What is told of requests: a line in the log and a count, if the operator asks for them.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;

use super::Site;
use crate::metrics::Metrics;

/// The text format of Prometheus, which is that of `OpenMetrics`.
const TEXT: HeaderValue = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// The kind of a page: its line in the table of routes.
#[derive(Clone, Copy)]
pub struct Route(&'static str);

/// Who is told of requests.
pub struct Observer {
    /// Whether each leaves a line in the log.
    pub log: bool,
    /// Where each is counted.
    pub metrics: Option<Arc<Metrics>>,
}

impl Observer {
    /// Notes on the answers of `methods` that they are those of `route`, if there is anybody to tell.
    pub fn name(&self, route: &'static str, methods: MethodRouter<Arc<Site>>) -> MethodRouter<Arc<Site>> {
        if self.log || self.metrics.is_some() {
            methods.layer(map_response(move |mut answer: Response| async move {
                answer.extensions_mut().insert(Route(route));
                answer
            }))
        } else {
            methods
        }
    }

    /// Tells of a request with `method` and its answer. What a visitor could have put into the request is not told: the
    /// kind of page is a [`Route`], and of the methods only the known ones are named.
    pub fn tell(&self, method: &Method, answer: &Response) {
        let page = answer.extensions().get().map_or("none", |Route(route)| route);
        let status = answer.status().as_u16();
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        if self.log {
            tracing::info!(method, page, status, "request");
        }
        if let Some(metrics) = &self.metrics {
            metrics.count_request(page, status);
        }
    }
}

/// `/metrics`, on a listener of its own.
pub async fn text(State(metrics): State<Arc<Metrics>>) -> Response {
    match metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
