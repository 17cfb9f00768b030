//! Listening sockets.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
#[cfg(unix)]
use std::path::PathBuf;

use serde::Deserialize;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

#[cfg(unix)]
use super::unix_socket::UnixSocket;

/// The maximum number of connections that wait to be accepted.
pub(super) const BACKLOG: u32 = 4_096;
/// The memory of the operating system for what a connection has not yet sent, in bytes; Linux doubles it. With its usual
/// megabytes the clients that read nothing would decide how much memory the program needs. A page is smaller.
const SEND_BUFFER: usize = 16 * 1_024;
/// The same for what it has received and the program has not yet read. With less, a client whose body is too large would
/// still be writing it when it is refused, and not see the response.
const RECEIVE_BUFFER: usize = 32 * 1_024;

/// Where to listen: an IP address, or the path of a Unix socket, written as `unix:/run/veto/veto.sock`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub enum Listen {
    /// A port of this address.
    Ip(IpAddr),
    /// A Unix socket, for a web server in front.
    #[cfg(unix)]
    Unix(PathBuf),
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(ip) => ip.fmt(f),
            #[cfg(unix)]
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// A text that is no [`Listen`].
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is neither an IP address nor the absolute path of a Unix socket such as unix:/run/veto/veto.sock")]
pub struct InvalidListen(String);

impl std::str::FromStr for Listen {
    type Err = InvalidListen;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        #[cfg(unix)]
        if let Some(path) = text.strip_prefix("unix:").filter(|path| path.starts_with('/')) {
            return Ok(Self::Unix(path.into()));
        }
        text.parse().map(Self::Ip).map_err(|_| InvalidListen(text.to_owned()))
    }
}

impl TryFrom<String> for Listen {
    type Error = InvalidListen;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A listening socket.
pub enum Listener {
    /// A port.
    Tcp(TcpListener),
    /// A Unix socket, for a web server in front.
    #[cfg(unix)]
    Unix(UnixSocket),
}

/// An accepted connection.
pub(super) enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(tokio::net::UnixStream),
}

impl Listener {
    /// The address of a port; none of a Unix socket.
    ///
    /// # Errors
    /// Never on a listening socket.
    pub fn local_addr(&self) -> io::Result<Option<SocketAddr>> {
        match self {
            Self::Tcp(listener) => listener.local_addr().map(Some),
            #[cfg(unix)]
            Self::Unix(_) => Ok(None),
        }
    }

    /// Accepts one connection, with the IP address of the client if it has one.
    pub(super) async fn accept(&self) -> io::Result<(Stream, Option<IpAddr>)> {
        match self {
            Self::Tcp(listener) => {
                let (stream, address) = listener.accept().await?;
                Ok((Stream::Tcp(stream), Some(address.ip())))
            }
            #[cfg(unix)]
            Self::Unix(socket) => Ok((Stream::Unix(socket.accept().await?), None)),
        }
    }
}

/// Opens the port. Port 0 takes any free one; the IPv6 address `::` listens on all networks, including IPv4.
///
/// # Errors
/// When the address is not one of this machine or the port is in use.
pub fn listen(address: IpAddr, port: u16) -> io::Result<Listener> {
    let socket = match address {
        IpAddr::V4(_) => TcpSocket::new_v4()?,
        IpAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // After a restart the port is free at once; on other systems this would let two programs share it.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    if address == Ipv6Addr::UNSPECIFIED {
        SockRef::from(&socket).set_only_v6(false)?;
    }
    set_buffers(&SockRef::from(&socket))?;
    socket.bind((address, port).into())?;
    socket.listen(BACKLOG).map(Listener::Tcp)
}

/// Sets the memory of a listening socket; accepted connections inherit it.
pub(super) fn set_buffers(socket: &SockRef<'_>) -> io::Result<()> {
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)
}

/// Opens the port on all networks of this machine, including IPv6 where it is available.
///
/// # Errors
/// When the port is in use.
pub fn listen_everywhere(port: u16) -> io::Result<Listener> {
    match listen(Ipv6Addr::UNSPECIFIED.into(), port) {
        Err(error) if error.kind() != io::ErrorKind::AddrInUse => listen(Ipv4Addr::UNSPECIFIED.into(), port),
        listener => listener,
    }
}

/// The next port after `port` that is free at the moment, if one of a hundred is.
pub fn next_free_port(address: IpAddr, port: u16) -> Option<u16> {
    let mut next = (port..=u16::MAX).skip(1).take(100);
    next.find(|port| std::net::TcpListener::bind((address, *port)).is_ok())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_takes_little_memory_of_the_system_and_holds_a_page() {
        let Ok(Listener::Tcp(listener)) = listen(Ipv4Addr::LOCALHOST.into(), 0) else {
            panic!("no port");
        };
        let _client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let socket = SockRef::from(&stream);
        // Linux doubles what it is asked for.
        for (direction, size) in [
            ("sent", socket.send_buffer_size().unwrap()),
            ("received", socket.recv_buffer_size().unwrap()),
        ] {
            assert!((14_000..=64 * 1_024).contains(&size), "{direction}: {size} bytes");
        }
    }

    #[tokio::test]
    async fn a_port_that_another_program_has_on_one_network_is_not_taken_on_the_others() {
        let other = socket2::Socket::new(socket2::Domain::IPV6, socket2::Type::STREAM, None).unwrap();
        other.set_only_v6(true).unwrap();
        let address = SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0));
        if other.bind(&address.into()).and_then(|()| other.listen(1)).is_err() {
            // This machine has no IPv6.
            return;
        }
        let port = other.local_addr().unwrap().as_socket().unwrap().port();
        let error = listen_everywhere(port).err().expect("the port is in use");
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    }

    #[test]
    fn the_address_to_open_names_localhost_on_this_machine() {
        let of = |address: &str| origin("http", address.parse().unwrap());
        assert_eq!(of("127.0.0.1:8080"), "http://localhost:8080");
        assert_eq!(of("[::]:80"), "http://localhost:80");
        assert_eq!(of("192.168.1.20:8080"), "http://192.168.1.20:8080");
    }
}
