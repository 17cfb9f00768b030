//! Listening with limits, with or without TLS, and stopping when asked to.

use std::convert::Infallible;
use std::future::Future;
use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONNECTION, HeaderValue};
use hyper::body::Incoming;
use hyper::rt::{Read, Write};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use crate::metrics::Metrics;
use crate::tls;
use crate::web::App;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4_096;
/// How long a client may take for the TLS handshake, how long for the head of a request, and how long a connection without
/// a request may stay silent.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes.
const HEAD_LIMIT: u32 = 16 * 1_024;
/// How long a connection takes new requests. The client opens another one without anybody noticing.
const CONNECTION_AGE: Duration = Duration::from_secs(30);
/// How many requests an HTTP/2 connection may have in flight.
const HTTP_2_STREAMS: u32 = 32;
/// How much a client may say on an HTTP/2 connection before it is read, in bytes: as much as the largest body.
const HTTP_2_WINDOW: u32 = 64 * 1_024;
/// File descriptors for all else than connections that are served.
#[cfg(unix)]
const SPARE_FILES: u64 = 128;
/// How long requests in flight may take when their connection or the program is to end.
const GRACE: Duration = Duration::from_secs(10);
/// How many connections may wait for a place; those above are refused at once.
const WAITING: usize = 64;
/// How long they wait before they are refused. So those who come again and again cost those who have a place little.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is served at the moment. When another takes its place, requests that have begun end with the old one.
pub struct Served {
    /// The site.
    pub app: App,
    /// The certificate, if visitors come by https.
    pub tls: Option<Arc<ServerConfig>>,
}

/// Opens the port. Port 0 takes any free one; the IPv6 address `::` is every network of this machine, IPv4 too.
///
/// # Errors
/// When the address is not one of this machine or the port is taken.
pub fn listen(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    let socket = match address {
        IpAddr::V4(_) => TcpSocket::new_v4()?,
        IpAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // After a restart the port is free at once; elsewhere than on Unix this would let two programs share it.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    if address == Ipv6Addr::UNSPECIFIED {
        SockRef::from(&socket).set_only_v6(false)?;
    }
    socket.bind((address, port).into())?;
    socket.listen(BACKLOG)
}

/// Opens the port on every network of this machine, IPv6 too where there is any.
///
/// # Errors
/// When the port is taken.
pub fn listen_everywhere(port: u16) -> io::Result<TcpListener> {
    match listen(Ipv6Addr::UNSPECIFIED.into(), port) {
        Err(error) if error.kind() != io::ErrorKind::AddrInUse => listen(Ipv4Addr::UNSPECIFIED.into(), port),
        listener => listener,
    }
}

/// The address to open in a browser on this machine.
pub fn origin(scheme: &str, address: SocketAddr) -> String {
    let ip = address.ip();
    if ip.is_loopback() || ip.is_unspecified() {
        format!("{scheme}://localhost:{}", address.port())
    } else {
        format!("{scheme}://{address}")
    }
}

/// Serves until `stop` ends, then finishes what is in flight, at most for ten seconds.
///
/// At most `places` connections are held at once. Those above wait a little for a place, as far as there is room to wait;
/// then they get the refusal of the site, a whole HTTP response, and are closed.
pub async fn run(
    listener: TcpListener,
    served: watch::Receiver<Served>,
    places: u32,
    metrics: Arc<Metrics>,
    stop: impl Future<Output = ()>,
) {
    // Each connection needs a file descriptor, and the usual limit of 1,024 is only the one that may be raised.
    #[cfg(unix)]
    if let Err(error) = rlimit::increase_nofile_limit(u64::from(places) + SPARE_FILES) {
        tracing::warn!(%error, "the limit of open files cannot be raised");
    }
    let free = Arc::new(Semaphore::new(places as usize));
    let waiting = Arc::new(Semaphore::new(WAITING));
    let (stopping, stopped) = watch::channel(());

    let accepting = async {
        loop {
            let stream = accept(&listener).await;
            let place = Arc::clone(&free).try_acquire_owned().ok();
            let seat = Arc::clone(&waiting)
                .try_acquire_owned()
                .ok()
                .filter(|_| place.is_none());
            if place.is_none() && seat.is_none() {
                metrics.refused.inc();
                refuse(&stream, &served);
                continue;
            }
            let (served, stopped, metrics) = (served.clone(), stopped.clone(), Arc::clone(&metrics));
            let free = Arc::clone(&free);
            tokio::spawn(async move {
                let place = match place {
                    Some(place) => Ok(Ok(place)),
                    None => timeout(PATIENCE, free.acquire_owned()).await,
                };
                let Ok(Ok(place)) = place else {
                    metrics.refused.inc();
                    return refuse(&stream, &served);
                };
                drop(seat);
                metrics.connections.inc();
                connection(stream, served, stopped).await;
                metrics.connections.dec();
                drop(place);
            });
        }
    };
    tokio::select! {
        () = stop => {}
        never = accepting => match never {},
    }
    drop(listener);
    drop(stopping);
    if timeout(GRACE, free.acquire_many(places)).await.is_err() {
        tracing::warn!("requests were still in flight after {} seconds", GRACE.as_secs());
    }
}

/// The next connection. When there is none to be had, such as for lack of file descriptors, waits a little.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Answers the requests of one connection until it ends.
async fn connection(stream: TcpStream, served: watch::Receiver<Served>, stopped: watch::Receiver<()>) {
    // A page is one write; without this its end could wait for the acknowledgement of its beginning.
    _ = stream.set_nodelay(true);
    let tls = served.borrow().tls.clone();
    let ended = match tls {
        None => http_1(TokioIo::new(stream), served, stopped).await,
        Some(config) => {
            let Ok(Ok(stream)) = timeout(HEAD_TIMEOUT, TlsAcceptor::from(config).accept(stream)).await else {
                return tracing::debug!("no TLS handshake");
            };
            if stream.get_ref().1.alpn_protocol() == Some(tls::HTTP_2) {
                http_2(TokioIo::new(stream), served, stopped).await
            } else {
                http_1(TokioIo::new(stream), served, stopped).await
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended");
    }
}

async fn http_1<S>(stream: S, served: watch::Receiver<Served>, stopped: watch::Receiver<()>) -> hyper::Result<()>
where
    S: Read + Write + Unpin + 'static,
{
    let begin = Instant::now();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        // Whoever has said all that is to be said, and closed that side, still gets the answer.
        .half_close(true)
        .max_header_size(HEAD_LIMIT as usize)
        .serve_connection(
            stream,
            service_fn(|request| {
                let answer = answer(&served, request);
                let is_old = begin.elapsed() >= CONNECTION_AGE;
                async move {
                    let mut answer = answer.await;
                    if let (Ok(last), true) = (&mut answer, is_old) {
                        last.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                    }
                    answer
                }
            }),
        );
    // Whoever reads has been told by then that the connection ends, or has been silent for too long.
    hold(connection, stopped, CONNECTION_AGE + HEAD_TIMEOUT).await
}

async fn http_2<S>(stream: S, served: watch::Receiver<Served>, stopped: watch::Receiver<()>) -> hyper::Result<()>
where
    S: Read + Write + Unpin + 'static,
{
    let connection = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .keep_alive_interval(HEAD_TIMEOUT)
        .keep_alive_timeout(HEAD_TIMEOUT)
        .max_header_list_size(HEAD_LIMIT)
        .max_concurrent_streams(HTTP_2_STREAMS)
        .initial_stream_window_size(HTTP_2_WINDOW)
        .initial_connection_window_size(HTTP_2_WINDOW)
        .serve_connection(stream, service_fn(move |request| answer(&served, request)));
    hold(connection, stopped, CONNECTION_AGE).await
}

/// The answer of what is served at the moment.
fn answer(
    served: &watch::Receiver<Served>,
    request: Request<Incoming>,
) -> impl Future<Output = Result<axum::response::Response, Infallible>> + use<> {
    let app = served.borrow().app.clone();
    async { Ok(app.answer(request.map(Body::new)).await) }
}

/// Sees a connection to its end. When the program is to stop or the connection has its `age`, only what is in flight is
/// still answered, and whoever does not read it is not waited for.
async fn hold<C: GracefulConnection>(
    connection: C,
    mut stopped: watch::Receiver<()>,
    age: Duration,
) -> Result<(), C::Error> {
    let mut connection = pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return ended,
        // The other end has been dropped.
        _ = stopped.changed() => {}
        () = sleep(age) => {}
    }
    connection.as_mut().graceful_shutdown();
    timeout(GRACE, connection).await.unwrap_or(Ok(()))
}

/// Tells a client for whom there is no place to come back, without waiting for anything: neither for its request nor for the
/// answer to arrive. With TLS nothing is said; that would cost a handshake.
fn refuse(stream: &TcpStream, served: &watch::Receiver<Served>) {
    let refusal = match &*served.borrow() {
        Served { app, tls: None } => app.refusal(),
        Served { tls: Some(_), .. } => return,
    };
    let socket = SockRef::from(stream);
    // What the client has said already is read away: left there, it would have the answer thrown away with the connection.
    _ = (&*socket).read(&mut [0; 4_096]);
    _ = (&*socket).write(&refusal);
}

/// What ends when the program is told to stop: Ctrl-C or SIGTERM. From the call on, these no longer end it by themselves.
///
/// # Errors
/// When the signals cannot be listened to.
#[cfg(unix)]
pub fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// What ends when the program is told to stop: Ctrl-C.
///
/// # Errors
/// Never here.
#[cfg(not(unix))]
pub fn stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Calls `reload` each time the program gets SIGHUP. Where there is no such signal, never.
///
/// # Errors
/// When the signal cannot be listened to.
#[cfg(unix)]
pub fn on_hangup(mut reload: impl FnMut() + Send + 'static) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            tokio::task::block_in_place(&mut reload);
        }
    });
    Ok(())
}

/// Calls `reload` each time the program gets SIGHUP. Where there is no such signal, never.
///
/// # Errors
/// Never here.
#[cfg(not(unix))]
pub fn on_hangup(_: impl FnMut() + Send + 'static) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_to_open_names_localhost_on_this_machine() {
        let of = |address: &str| origin("http", address.parse().unwrap());
        assert_eq!(of("127.0.0.1:8080"), "http://localhost:8080");
        assert_eq!(of("[::]:80"), "http://localhost:80");
        assert_eq!(of("192.168.1.20:8080"), "http://192.168.1.20:8080");
    }
}
