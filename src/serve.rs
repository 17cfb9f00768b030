//! Listening, and stopping when asked to.

use std::io;
use std::net::{IpAddr, SocketAddr};

use axum::Router;
use tokio::net::TcpListener;

/// Opens the port. Port 0 takes any free one.
///
/// # Errors
/// When the address is not one of this machine or the port is taken.
pub async fn listen(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((address, port)).await
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

/// Answers requests until the program is told to stop (Ctrl-C, SIGTERM), and then finishes what is in flight.
///
/// # Errors
/// When the listener fails.
pub async fn run(listener: TcpListener, router: Router) -> io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stop()).await
}

/// Ends when the program is told to stop. Where a signal cannot be listened to, it stays with the others.
async fn stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
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
