//! Counts for the operator, in the text format of Prometheus. Counts only: nothing in them tells one visitor from another.

use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// Everything that is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    /// Connections that are held now.
    pub connections: Gauge,
    /// Connections for which there was no place.
    pub refused: Counter<u64, AtomicU64>,
}

/// What is told of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    /// The kind of page, as the table of routes has it.
    page: String,
    status: u16,
}

impl Default for Metrics {
    fn default() -> Self {
        let (requests, connections, refused) = (Family::default(), Gauge::default(), Counter::default());
        let mut registry = Registry::with_prefix("veto");
        registry.register("requests", "Requests by kind of page and status", requests.clone());
        registry.register("connections", "Connections that are held now", connections.clone());
        registry.register(
            "connections_refused",
            "Connections for which there was no place",
            refused.clone(),
        );
        Self {
            registry,
            requests,
            connections,
            refused,
        }
    }
}

impl Metrics {
    /// Counts a request for a kind of page, such as `/{language}/start`, and how it was answered.
    pub fn count_request(&self, page: &str, status: u16) {
        let page = page.to_owned();
        self.requests.get_or_create(&Request { page, status }).inc();
    }

    /// All counts as text.
    ///
    /// # Errors
    /// Never: a text can always be added to.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
