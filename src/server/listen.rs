//! Listening sockets.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use socket2::SockRef;
use tokio::net::{TcpListener, TcpSocket};

/// The maximum number of connections that wait to be accepted.
const BACKLOG: u32 = 4_096;
/// The memory of the operating system for what a connection has not yet sent, in bytes; Linux doubles it. With its usual
/// megabytes the clients that read nothing would decide how much memory the program needs. A page is smaller.
const SEND_BUFFER: u32 = 16 * 1_024;
/// The same for what it has received and the program has not yet read. With less, a client whose body is too large would
/// still be writing it when it is refused, and not see the response.
const RECEIVE_BUFFER: u32 = 32 * 1_024;

/// Opens the port. Port 0 takes any free one; the IPv6 address `::` listens on all networks, including IPv4.
///
/// # Errors
/// When the address is not one of this machine or the port is in use.
pub fn listen(address: IpAddr, port: u16) -> io::Result<TcpListener> {
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
    // Accepted connections inherit both.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
    socket.bind((address, port).into())?;
    socket.listen(BACKLOG)
}

/// Opens the port on all networks of this machine, including IPv6 where it is available.
///
/// # Errors
/// When the port is in use.
pub fn listen_everywhere(port: u16) -> io::Result<TcpListener> {
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

    #[test]
    fn the_address_to_open_names_localhost_on_this_machine() {
        let of = |address: &str| origin("http", address.parse().unwrap());
        assert_eq!(of("127.0.0.1:8080"), "http://localhost:8080");
        assert_eq!(of("[::]:80"), "http://localhost:80");
        assert_eq!(of("192.168.1.20:8080"), "http://192.168.1.20:8080");
    }
}
