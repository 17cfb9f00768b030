//! Listening with limits, and stopping when asked to.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4_096;
/// How long a client may take for the head of a request, and how long a connection may stay idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest head of a request, in bytes.
const HEAD_LIMIT: usize = 16 * 1_024;
/// File descriptors for all else than connections that are served.
#[cfg(unix)]
const SPARE_FILES: u64 = 128;
/// How long requests in flight may take when the program is to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How many refused connections are seen to their end; those above are dropped at once.
const FAREWELLS: usize = 64;
/// How long such an end may take.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(1);

/// Opens the port. Port 0 takes any free one.
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
    socket.bind((address, port).into())?;
    socket.listen(BACKLOG)
}

/// The address to open in a browser on this machine.
pub fn url(address: SocketAddr) -> String {
    let ip = address.ip();
    if ip.is_loopback() || ip.is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

/// Serves until `stop` ends, then finishes what is in flight, at most for ten seconds.
///
/// At most `connections` are held at once; those above get `refusal`, a whole HTTP response, and are closed.
pub async fn run(
    listener: TcpListener,
    router: Router,
    connections: usize,
    refusal: Arc<[u8]>,
    stop: impl Future<Output = ()>,
) {
    // Each connection needs a file descriptor, and the usual limit of 1,024 is only the one that may be raised.
    #[cfg(unix)]
    if let Err(error) = rlimit::increase_nofile_limit(connections as u64 + SPARE_FILES) {
        tracing::warn!(%error, "the limit of open files cannot be raised");
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        // Whoever has said all that is to be said, and closed that side, still gets the answer.
        .half_close(true)
        .max_header_size(HEAD_LIMIT);
    let service = TowerToHyperService::new(router);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(connections));
    let farewells = Arc::new(Semaphore::new(FAREWELLS));

    let accepting = async {
        loop {
            let stream = accept(&listener).await;
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                if let Ok(farewell) = Arc::clone(&farewells).try_acquire_owned() {
                    let refusal = Arc::clone(&refusal);
                    tokio::spawn(async move {
                        // Whether the refusal arrives is no longer our concern.
                        _ = timeout(FAREWELL_TIMEOUT, refuse(stream, &refusal)).await;
                        drop(farewell);
                    });
                }
                continue;
            };
            let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service.clone()));
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "connection ended");
                }
                drop(place);
            });
        }
    };
    tokio::select! {
        () = stop => {}
        never = accepting => match never {},
    }
    drop(listener);
    if timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still in flight after {} seconds", GRACE.as_secs());
    }
}

/// The next connection. When there is none to be had, such as for lack of file descriptors, waits a little.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A page is one write; without this its end could wait for the acknowledgement of its beginning.
                _ = stream.set_nodelay(true);
                return stream;
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Answers without reading the request, then reads away what the client still sends, so that the answer arrives.
async fn refuse(mut stream: TcpStream, refusal: &[u8]) -> io::Result<()> {
    stream.write_all(refusal).await?;
    stream.shutdown().await?;
    let mut unread = [0; 1_024];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_to_open_names_localhost_on_this_machine() {
        let of = |address: &str| url(address.parse().unwrap());
        assert_eq!(of("127.0.0.1:8080"), "http://localhost:8080");
        assert_eq!(of("[::]:80"), "http://localhost:80");
        assert_eq!(of("192.168.1.20:8080"), "http://192.168.1.20:8080");
    }
}
