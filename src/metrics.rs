//! Metrics for Prometheus. Counts only: they contain nothing about single visitors.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// The upper bounds of the histogram, in seconds: from a page in the cache to the time limit of a request.
const BUCKETS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// The metrics.
pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    /// Open connections.
    pub connections: Gauge,
    reloads: Family<Reload, Counter>,
    /// Connections that were closed at once because their network had too many.
    pub refused: Counter,
    /// When the certificate ends, in seconds since the Unix epoch; 0 without one.
    pub certificate_end: Gauge,
    /// The day until which the facts were gathered, in seconds since the Unix epoch.
    pub facts_gathered: Gauge,
}

/// The labels of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    /// The route, such as `/{language}/start`.
    route: String,
    status: u16,
}

/// The label of a duration.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    /// As in [`Request`].
    route: String,
}

/// The label of a reload.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reload {
    /// `ok` or `failed`.
    result: &'static str,
}

impl Reload {
    fn of(is_ok: bool) -> Self {
        let result = if is_ok { "ok" } else { "failed" };
        Self { result }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let (requests, connections, refused) = (Family::default(), Gauge::default(), Counter::default());
        let certificate_end = Gauge::default();
        let mut registry = Registry::with_prefix("veto");
        registry.register("requests", "Requests by route and status", requests.clone());
        let durations = Family::<Route, Histogram, fn() -> Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        registry.register_with_unit(
            "request_duration",
            "Time from the head of a request to its response, without the time to write it, by route",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("connections", "Open connections", connections.clone());
        let reloads: Family<Reload, Counter> = Family::default();
        // From the start, so that the first failure is an increase.
        for is_ok in [true, false] {
            drop(reloads.get_or_create(&Reload::of(is_ok)));
        }
        registry.register("reloads", "Reloads by result", reloads.clone());
        registry.register(
            "refused_connections",
            "Connections closed at once because their network had too many",
            refused.clone(),
        );
        registry.register(
            "certificate_end_timestamp_seconds",
            "When the certificate ends, 0 without one",
            certificate_end.clone(),
        );
        let facts_gathered = Gauge::default();
        registry.register(
            "facts_gathered_timestamp_seconds",
            "The day until which the facts were gathered",
            facts_gathered.clone(),
        );
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of the program", version);
        Self {
            registry,
            requests,
            durations,
            connections,
            reloads,
            refused,
            certificate_end,
            facts_gathered,
        }
    }
}

impl Metrics {
    /// Counts a request for a route, such as `/{language}/start`, by the status of its response and by how long that took.
    pub fn count_request(&self, route: &str, status: u16, duration: Duration) {
        let labels = Route {
            route: route.to_owned(),
        };
        self.durations.get_or_create(&labels).observe(duration.as_secs_f64());
        let Route { route } = labels;
        self.requests.get_or_create(&Request { route, status }).inc();
    }

    /// Counts a reload.
    pub fn count_reload(&self, is_ok: bool) {
        self.reloads.get_or_create(&Reload::of(is_ok)).inc();
    }

    /// The metrics in the `OpenMetrics` text format.
    ///
    /// # Errors
    /// Never: writing to a `String` does not fail.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// The media type of the `OpenMetrics` text format.
const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Serves `/metrics`, for a separate listener.
pub fn router(metrics: Arc<Metrics>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(metrics)
}

async fn show(State(metrics): State<Arc<Metrics>>) -> Response {
    match metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
