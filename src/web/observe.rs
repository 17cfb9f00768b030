//! What is told of requests: a line in the log and a count, if the operator asks for them.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::metrics::Metrics;

/// The text format of Prometheus, which is that of `OpenMetrics`.
const TEXT: HeaderValue = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Who is told of requests.
pub struct Observer {
    /// Whether each leaves a line in the log.
    pub log: bool,
    /// Where each is counted.
    pub metrics: Option<Arc<Metrics>>,
}

impl Observer {
    /// Whether there is anybody to tell.
    pub fn is_there(&self) -> bool {
        self.log || self.metrics.is_some()
    }

    /// Tells of a request with `method` and its answer, which has its [`name`]. What a visitor could have put into the request
    /// is not told: the kind of page is a name from the table of routes, and of the methods only the known ones are named.
    pub fn tell(&self, method: &Method, answer: &Response) {
        let page = answer.extensions().get().map_or("none", MatchedPath::as_str);
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

/// Notes on an answer which kind of page it is.
pub async fn name(request: Request, next: Next) -> Response {
    let page = request.extensions().get::<MatchedPath>().cloned();
    let mut answer = next.run(request).await;
    if let Some(page) = page {
        answer.extensions_mut().insert(page);
    }
    answer
}

/// `/metrics`, on a listener of its own.
pub async fn text(State(metrics): State<Arc<Metrics>>) -> Response {
    match metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
