//! Sockets that the service manager has opened for this program (socket activation of systemd).

use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::unix::net::UnixListener;

use socket2::SockRef;

use super::listen::{Listener, set_buffers};
#[cfg(unix)]
use super::unix_socket::UnixSocket;

/// A listening socket that was passed to this program.
pub enum Inherited {
    /// A port.
    Tcp(TcpListener),
    /// A Unix socket.
    #[cfg(unix)]
    Unix(UnixListener),
}

/// The sockets that the environment tells of, in the order of their unit. Changes the environment, which other threads must
/// not read meanwhile: call this before there are any.
///
/// # Errors
/// When one of them is no TCP or Unix socket.
#[cfg(target_os = "linux")]
pub fn inherited() -> io::Result<Vec<Inherited>> {
    let mut passed = listenfd::ListenFd::from_env();
    let mut sockets = Vec::new();
    for index in 0..passed.len() {
        let socket = match passed.take_tcp_listener(index) {
            Ok(socket) => socket.map(Inherited::Tcp),
            Err(_) => passed.take_unix_listener(index)?.map(Inherited::Unix),
        };
        sockets.extend(socket);
    }
    Ok(sockets)
}

/// None: there is no systemd.
///
/// # Errors
/// Never on this system.
#[cfg(not(target_os = "linux"))]
pub fn inherited() -> io::Result<Vec<Inherited>> {
    Ok(Vec::new())
}

impl Inherited {
    /// The socket for [`run`](super::run), which must run in the same runtime.
    ///
    /// # Errors
    /// When it cannot be used without blocking.
    pub fn open(self) -> io::Result<Listener> {
        match self {
            Self::Tcp(listener) => {
                listener.set_nonblocking(true)?;
                set_buffers(&SockRef::from(&listener))?;
                tokio::net::TcpListener::from_std(listener).map(Listener::Tcp)
            }
            #[cfg(unix)]
            Self::Unix(listener) => {
                listener.set_nonblocking(true)?;
                UnixSocket::inherited(listener).map(Listener::Unix)
            }
        }
    }
}
