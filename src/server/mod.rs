//! Accepts connections with limits, with or without TLS, until it is stopped.

mod inherited;
mod limits;
mod listen;
mod signals;
mod tls;
#[cfg(unix)]
mod unix_socket;

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use axum::http::uri::Authority;
use axum::http::{StatusCode, Version};
use axum::response::{IntoResponse as _, Response};
use hyper::Request;
use hyper::body::Incoming;
use hyper::rt::{Read, Write};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::metrics::Metrics;
use limits::Client;
use listen::Stream;

pub use inherited::{Inherited, inherited};
pub use limits::{FromThisMachine, Limits, Network, this_machine};
pub use listen::{InvalidListen, Listen, Listener, listen, listen_everywhere, next_free_port, origin};
pub use signals::{Hangup, stop_signal};
pub use tls::{Certificate, CertificateError, FileStamps, load as load_certificate};
#[cfg(unix)]
pub use unix_socket::UnixSocket;

/// The time limit for the TLS handshake, for the head of a request, and for an idle connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes.
const HEAD_LIMIT: u32 = 16 * 1_024;
/// How long a connection accepts new requests, so that a client that reads no responses cannot keep it open.
const CONNECTION_AGE: Duration = Duration::from_secs(30);
/// The maximum number of concurrent HTTP/2 streams of a connection: a page needs three.
const HTTP_2_STREAMS: u32 = 8;
/// The HTTP/2 flow control window, in bytes: as large as the largest body.
const HTTP_2_WINDOW: u32 = 64 * 1_024;
/// The limit for what TLS has encrypted and not yet written for a connection, in bytes: one record.
const TLS_BUFFER: usize = 16 * 1_024;
/// File descriptors in addition to those of connections.
#[cfg(unix)]
const SPARE_FILES: u64 = 128;
/// How long to wait after a connection could not be accepted.
const ACCEPT_DELAY: Duration = Duration::from_millis(50);
/// The least time between two lines in the log about connections that cannot be accepted.
const ACCEPT_LOG_INTERVAL: Duration = Duration::from_secs(60);
/// The time limit for requests in flight when their connection is closed or the program stops.
const GRACE: Duration = Duration::from_secs(10);

/// The active configuration, swapped on reload; requests in flight finish with the old one.
pub struct ActiveConfig {
    /// The service that handles requests.
    pub router: Router,
    /// How visitors use https, if they do.
    pub tls: Option<Tls>,
}

impl ActiveConfig {
    /// The configuration of a port for plain http that leads to https.
    #[must_use]
    pub fn plain(&self) -> Self {
        let router = self.tls.as_ref().map_or(&self.router, |tls| &tls.plain);
        Self {
            router: router.clone(),
            tls: None,
        }
    }
}

/// https on a port.
#[derive(Clone)]
pub struct Tls {
    /// The certificate.
    pub config: Arc<ServerConfig>,
    /// The service for those who use plain http on the same port.
    pub plain: Router,
}

/// A listening socket, and what is served there.
pub type Port = (Listener, watch::Receiver<ActiveConfig>);

/// Serves at all `ports` until `stop` resolves, then finishes the requests in flight within [`GRACE`].
///
/// When as many connections are open as `limits` has places for, one more is accepted at each port and waits until one ends; the
/// operating system keeps the others waiting. A connection of a network that has too many is closed at once.
pub async fn run(
    ports: impl IntoIterator<Item = Port>,
    limits: Arc<Limits>,
    metrics: Arc<Metrics>,
    stop: impl Future<Output = ()>,
) {
    #[cfg(unix)]
    raise_file_limit(limits.connections() + SPARE_FILES);
    let stopping = CancellationToken::new();
    let mut accepting = JoinSet::new();
    for port in ports {
        let (limits, metrics, stopping) = (Arc::clone(&limits), Arc::clone(&metrics), stopping.clone());
        accepting.spawn(accept_all(port, limits, metrics, stopping));
    }
    stop.await;
    // Closes the ports.
    accepting.shutdown().await;
    stopping.cancel();
    if timeout(GRACE, limits.all_places()).await.is_err() {
        tracing::warn!("some connections did not finish in time");
    }
}

/// Accepts connections and serves each in a task of its own.
async fn accept_all((listener, config): Port, limits: Arc<Limits>, metrics: Arc<Metrics>, stopping: CancellationToken) {
    let mut logged = None;
    loop {
        let (stream, address) = accept(&listener, &mut logged).await;
        // Only now: a port that nobody uses takes no place.
        let Some(place) = limits.place().await else {
            return;
        };
        let Some(client) = limits.client(address, place) else {
            metrics.refused.inc();
            continue;
        };
        let (config, stopping, metrics) = (config.clone(), stopping.clone(), Arc::clone(&metrics));
        tokio::spawn(async move {
            metrics.connections.inc();
            serve_connection(stream, Arc::new(client), config, stopping).await;
            metrics.connections.dec();
        });
    }
}

/// Raises the limit of open files, usually 1,024: each connection needs a file descriptor.
#[cfg(unix)]
fn raise_file_limit(needed: u64) {
    match rlimit::increase_nofile_limit(needed) {
        Ok(limit) if limit < needed => {
            tracing::warn!(
                limit,
                needed,
                "the system allows fewer open files than all connections need"
            );
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "the limit of open files cannot be raised"),
    }
}

/// Accepts one connection. After an error, such as too many open files, the system keeps the clients waiting, and it is tried
/// again; `logged` is when such an error was logged.
async fn accept(listener: &Listener, logged: &mut Option<Instant>) -> (Stream, Option<IpAddr>) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                if logged.is_none_or(|logged| logged.elapsed() >= ACCEPT_LOG_INTERVAL) {
                    tracing::warn!(%error, "connections cannot be accepted at the moment; clients have to wait");
                    *logged = Some(Instant::now());
                }
                sleep(ACCEPT_DELAY).await;
            }
        }
    }
}

/// Serves one connection until it ends.
async fn serve_connection(
    stream: Stream,
    client: Arc<Client>,
    config: watch::Receiver<ActiveConfig>,
    stopping: CancellationToken,
) {
    let tls = config.borrow().tls.clone();
    let router = move || config.borrow().router.clone();
    let stream = match stream {
        Stream::Tcp(stream) => stream,
        #[cfg(unix)]
        Stream::Unix(stream) => {
            let result = serve_http(TokioIo::new(stream), builder().http1_only(), client, router, stopping).await;
            return log_end(result);
        }
    };
    // A page is one write; with Nagle's algorithm its end could wait for an acknowledgement.
    _ = stream.set_nodelay(true);
    let result = match tls {
        None => serve_http(TokioIo::new(stream), builder().http1_only(), client, router, stopping).await,
        Some(Tls { config, plain }) => match timeout(HEAD_TIMEOUT, handshake(config, stream)).await {
            Ok(Ok(Accepted::Encrypted(stream))) => {
                let builder = if stream.get_ref().1.alpn_protocol() == Some(tls::HTTP_2) {
                    builder().http2_only()
                } else {
                    builder().http1_only()
                };
                serve_http(TokioIo::new(*stream), builder, client, router, stopping).await
            }
            Ok(Ok(Accepted::Plain(stream))) => {
                let plain = move || plain.clone();
                serve_http(TokioIo::new(stream), builder().http1_only(), client, plain, stopping).await
            }
            _ => return tracing::debug!("no TLS handshake"),
        },
    };
    log_end(result);
}

type ConnectionError = Box<dyn std::error::Error + Send + Sync>;

fn log_end(result: Result<(), ConnectionError>) {
    if let Err(error) = result {
        tracing::debug!(error, "connection ended");
    }
}

/// A connection on a port for https.
enum Accepted {
    /// After the handshake.
    Encrypted(Box<TlsStream<TcpStream>>),
    /// The client sends plain http, as browsers do for an address without `https://` and with a port.
    Plain(TcpStream),
}

/// Makes the handshake, unless the client sends plain http: its methods are capital letters, which begin no TLS record.
async fn handshake(config: Arc<ServerConfig>, stream: TcpStream) -> io::Result<Accepted> {
    let mut first = [0];
    stream.peek(&mut first).await?;
    if first[0].is_ascii_uppercase() {
        return Ok(Accepted::Plain(stream));
    }
    let mut stream = TlsAcceptor::from(config).accept(stream).await?;
    stream.get_mut().1.set_buffer_limit(Some(TLS_BUFFER));
    Ok(Accepted::Encrypted(Box::new(stream)))
}

/// Builds HTTP connections with their limits.
fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        // A client that has closed its side still gets the response.
        .half_close(true)
        .max_buf_size(HEAD_LIMIT as usize);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEAD_TIMEOUT)
        .keep_alive_timeout(HEAD_TIMEOUT)
        .max_header_list_size(HEAD_LIMIT)
        .max_concurrent_streams(HTTP_2_STREAMS)
        .max_send_buf_size(HTTP_2_WINDOW as usize)
        .initial_stream_window_size(HTTP_2_WINDOW)
        .initial_connection_window_size(HTTP_2_WINDOW);
    builder
}

/// Serves HTTP on a stream; `router` gives the service for the next request. When the program stops or the connection reaches
/// its maximum age, only requests in flight are finished, within [`GRACE`], and likewise after a refusal. A client that takes
/// none of its responses is cut off.
async fn serve_http<S>(
    stream: S,
    builder: auto::Builder<TokioExecutor>,
    client: Arc<Client>,
    router: impl Fn() -> Router,
    stopping: CancellationToken,
) -> Result<(), ConnectionError>
where
    S: Read + Write + Unpin + Send + 'static,
{
    let begin = Instant::now();
    let (requester, refusing) = (Arc::clone(&client), CancellationToken::new());
    let refused = refusing.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let (router, client) = (router(), Arc::clone(&requester));
        let refusing = refusing.clone();
        let is_last = begin.elapsed() >= CONNECTION_AGE;
        async move {
            let response = respond(&client, router, request).await;
            let is_refused = response.is_err();
            let mut response = response.unwrap_or_else(StatusCode::into_response);
            if is_last || is_refused {
                // A client of HTTP/1.1 then sends no further request; HTTP/2 removes the header.
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(CONNECTION, close);
            }
            if is_refused {
                refusing.cancel();
            }
            Ok::<_, Infallible>(response)
        }
    });
    let mut connection = pin!(builder.serve_connection(stream, service));
    let age = if builder.is_http2_available() {
        CONNECTION_AGE
    } else {
        // By then an HTTP/1.1 client has seen `connection: close` or hit the idle timeout.
        CONNECTION_AGE + HEAD_TIMEOUT
    };
    tokio::select! {
        result = connection.as_mut() => return result,
        () = client.stalls() => return Ok(()),
        () = stopping.cancelled() => {}
        () = refused.cancelled() => {}
        () = sleep(age) => {}
    }
    connection.as_mut().graceful_shutdown();
    timeout(GRACE, connection).await.unwrap_or(Ok(()))
}

/// The response of `router`; else 400 if the request is malformed, 503 if there is no memory left for this client's request or
/// response.
async fn respond(client: &Client, router: Router, request: Request<Incoming>) -> Result<Response, StatusCode> {
    const NO_MEMORY: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
    if is_malformed(&request) {
        return Err(StatusCode::BAD_REQUEST);
    }
    if client.is_full() {
        return Err(NO_MEMORY);
    }
    let _memory = client.reserve_body(request.body()).ok_or(NO_MEMORY)?;
    let mut request = request.map(Body::new);
    if client.is_on_this_machine() {
        request.extensions_mut().insert(FromThisMachine);
    }
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    client.reserve_response(response).await.ok_or(NO_MEMORY)
}

/// Whether a request breaks a rule that the library does not check, so that a web server in front could read it in another
/// way: one valid `Host` (RFC 9112, 3.2), and no transfer coding but one `chunked` (6.1).
fn is_malformed<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let is_host_valid = match hosts.next() {
        Some(host) => Authority::try_from(host.as_bytes()).is_ok_and(|host| is_host(&host)),
        None => request.version() != Version::HTTP_11,
    };
    let is_host_valid = is_host_valid && request.uri().authority().is_none_or(is_host);
    let mut codings = request.headers().get_all(TRANSFER_ENCODING).iter();
    let is_coding_valid = codings
        .next()
        .is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    !is_host_valid || !is_coding_valid || hosts.next().is_some() || codings.next().is_some()
}

/// Whether it is a host with at most a port behind it (RFC 3986, 3.2.3): `localhost`, `localhost:` or `localhost:8080`.
fn is_host(authority: &Authority) -> bool {
    let rest = authority.as_str().strip_prefix(authority.host());
    rest.is_some_and(|rest| match rest.strip_prefix(':') {
        Some(port) => port.is_empty() || (!port.starts_with('+') && port.parse::<u16>().is_ok()),
        None => rest.is_empty(),
    })
}
