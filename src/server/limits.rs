//! What clients may hold: connections, request bodies, and responses that are not yet written.
//!
//! All clients together are limited, so that the memory of the program is; each network of clients is limited to a quarter,
//! so that there is room for others.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::response::Response;
use ipnet::IpNet;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;

/// The limit for the bodies of responses that are not yet written to their connections, in units of [`UNIT`] bytes.
const RESPONSES: usize = 16 * 1_024;
/// The limit for the bodies of requests in progress, in units of [`UNIT`] bytes.
const BODIES: usize = 8 * 1_024;
/// The size of a unit, in bytes.
const UNIT: u64 = 1_024;
/// The largest body of a request, in bytes; a body of unknown length counts as one of this size.
const LARGEST_BODY: u64 = 768 * 1_024;
/// A network of clients gets one part in this many.
const NETWORKS: usize = 4;
/// The time limit for a client to take the next response.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// A network, written as `192.0.2.0/24`, or as `192.0.2.1` if it is a single address.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Network(IpNet);

impl std::str::FromStr for Network {
    type Err = ipnet::AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let address = text.parse::<IpAddr>().map(IpNet::from);
        address.or_else(|_| text.parse()).map(Self)
    }
}

impl TryFrom<String> for Network {
    type Error = ipnet::AddrParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The networks of web servers in front of this one by default: this machine.
pub fn this_machine() -> Vec<Network> {
    let loopback = [
        ([127, 0, 0, 0].into(), 8),
        (IpAddr::from(std::net::Ipv6Addr::LOCALHOST), 128),
    ];
    let network = |(address, length)| IpNet::new(address, length).ok().map(Network);
    loopback.into_iter().filter_map(network).collect()
}

/// Numbers that are limited, for all clients or for one network.
struct Quota {
    connections: Arc<Semaphore>,
    responses: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
}

impl Quota {
    /// One part in `parts` of everything.
    fn new(connections: usize, parts: usize) -> Self {
        let part = |of: usize| Arc::new(Semaphore::new((of / parts).max(1)));
        Self {
            connections: part(connections),
            responses: part(RESPONSES),
            bodies: part(BODIES),
        }
    }
}

/// The limits of a listener.
pub struct Limits {
    all: Quota,
    connections: usize,
    /// Networks that have no quota of their own.
    trusted: Vec<Network>,
    /// The networks with open connections.
    networks: Mutex<BTreeMap<IpNet, Arc<Quota>>>,
}

impl Limits {
    /// At most `connections` are open at once. Clients in the `trusted` networks are web servers that pass on the requests of
    /// many others.
    pub fn new(connections: u32, trusted: Vec<Network>) -> Arc<Self> {
        let connections = connections as usize;
        Arc::new(Self {
            all: Quota::new(connections, 1),
            connections,
            trusted,
            networks: Mutex::default(),
        })
    }

    /// The maximum number of open connections.
    pub fn connections(&self) -> u64 {
        self.connections as u64
    }

    /// A place for one connection, when there is one.
    pub async fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.all.connections).acquire_owned().await.ok()
    }

    /// Waits until all connections have ended.
    pub async fn all_places(&self) {
        let all = u32::try_from(self.connections).unwrap_or(u32::MAX);
        _ = self.all.connections.acquire_many(all).await;
    }

    /// The client at `address`, with its `place`; `None` if its network has too many connections. At a Unix socket there is no
    /// address, and the client is a web server in front.
    pub fn client(self: &Arc<Self>, address: Option<IpAddr>, place: OwnedSemaphorePermit) -> Option<Client> {
        let address = address.map(|address| address.to_canonical());
        let is_trusted = |address: &IpAddr| self.trusted.iter().any(|network| network.0.contains(address));
        let network = address.filter(|address| !is_trusted(address)).and_then(network);
        let quota = network.map(|network| {
            let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
            let quota = || Arc::new(Quota::new(self.connections, NETWORKS));
            Arc::clone(networks.entry(network).or_insert_with(quota))
        });
        let mut client = Client {
            limits: Arc::clone(self),
            is_on_this_machine: address.is_none_or(|address| address.is_loopback()),
            network,
            quota,
            places: vec![place],
            unwritten: watch::Sender::new(0),
        };
        if let Some(quota) = &client.quota {
            let place = Arc::clone(&quota.connections).try_acquire_owned().ok()?;
            client.places.push(place);
        }
        Some(client)
    }
}

/// The network of a client whose quota it shares: an IPv4 address, or the /64 that an IPv6 customer has at least.
fn network(address: IpAddr) -> Option<IpNet> {
    let length = if address.is_ipv4() { 32 } else { 64 };
    IpNet::new(address, length).ok().map(|network| network.trunc())
}

/// In the extensions of a request: its client is a program on this machine, which may be a web server that passes on the
/// request of a visitor. Nothing else about the client's address reaches the pages.
#[derive(Clone, Copy)]
pub struct FromThisMachine;

/// A client with an open connection; frees its place when dropped.
pub struct Client {
    limits: Arc<Limits>,
    is_on_this_machine: bool,
    network: Option<IpNet>,
    quota: Option<Arc<Quota>>,
    places: Vec<OwnedSemaphorePermit>,
    /// The number of responses that are not yet written.
    unwritten: watch::Sender<usize>,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.places.clear();
        let (Some(network), Some(quota)) = (self.network, self.quota.take()) else {
            return;
        };
        let mut networks = self.limits.networks.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock, so that of two connections that end at once the second one sees that it is the last.
        drop(quota);
        if networks
            .get(&network)
            .is_some_and(|quota| Arc::strong_count(quota) == 1)
        {
            networks.remove(&network);
        }
    }
}

impl Client {
    /// Whether the client is a program on this machine.
    pub fn is_on_this_machine(&self) -> bool {
        self.is_on_this_machine
    }

    /// Reserves memory for a request's body; `None` if there is none left for this client.
    pub fn reserve_body(&self, body: &impl hyper::body::Body) -> Option<Vec<OwnedSemaphorePermit>> {
        if body.is_end_stream() {
            return Some(Vec::new());
        }
        let length = body.size_hint().upper().unwrap_or(LARGEST_BODY).min(LARGEST_BODY);
        self.reserve(length, |quota| &quota.bodies)
    }

    /// Whether there is no memory left for a response to this client.
    pub fn is_full(&self) -> bool {
        self.quotas().any(|quota| quota.responses.available_permits() == 0)
    }

    /// Reserves memory for a response until it is written; `None` if there is none left for this client.
    pub async fn reserve_response(&self, response: Response) -> Option<Response> {
        let (head, body) = response.into_parts();
        // The bodies of all pages are in memory.
        let bytes = to_bytes(body, usize::MAX).await.ok()?;
        if bytes.is_empty() {
            return Some(Response::from_parts(head, Body::empty()));
        }
        let memory = self.reserve(bytes.len() as u64, |quota| &quota.responses)?;
        self.unwritten.send_modify(|count| *count += 1);
        let body = Unwritten {
            bytes,
            _memory: memory,
            count: self.unwritten.clone(),
        };
        Some(Response::from_parts(head, Body::from(Bytes::from_owner(body))))
    }

    /// Resolves when the client has taken no response for [`WRITE_TIMEOUT`] although there is one.
    pub async fn stalls(&self) {
        let mut unwritten = self.unwritten.subscribe();
        // The sender is in `self`, so neither fails.
        while unwritten.wait_for(|count| *count > 0).await.is_ok() {
            if timeout(WRITE_TIMEOUT, unwritten.changed()).await.is_err() {
                return;
            }
        }
    }

    fn reserve(&self, bytes: u64, of: impl Fn(&Quota) -> &Arc<Semaphore>) -> Option<Vec<OwnedSemaphorePermit>> {
        let units = u32::try_from(bytes.div_ceil(UNIT)).ok()?;
        let reserve = |quota| Arc::clone(of(quota)).try_acquire_many_owned(units).ok();
        self.quotas().map(reserve).collect()
    }

    /// The quotas that apply to this client.
    fn quotas(&self) -> impl Iterator<Item = &Quota> {
        [Some(&self.limits.all), self.quota.as_deref()].into_iter().flatten()
    }
}

/// The body of a response; dropped when its last byte is written.
struct Unwritten {
    bytes: Bytes,
    _memory: Vec<OwnedSemaphorePermit>,
    count: watch::Sender<usize>,
}

impl AsRef<[u8]> for Unwritten {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Unwritten {
    fn drop(&mut self) {
        self.count.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests;
