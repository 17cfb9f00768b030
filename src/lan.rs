//! The home network: under which addresses phones reach this machine, and a code that they can scan.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use qrcode::types::QrError;

/// An address for documentation (RFC 5737). Nothing is sent there: the system is only asked which of its own addresses
/// leads out.
const OUTSIDE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// The addresses of this machine that others in its networks can reach, the best one first.
///
/// # Errors
/// When the system does not tell.
pub fn addresses() -> io::Result<Vec<IpAddr>> {
    let mut found = BTreeSet::new();
    for interface in if_addrs::get_if_addrs()? {
        let ip = interface.ip();
        // A link-local address needs the name of an interface, which differs from device to device.
        let link_local = match ip {
            IpAddr::V4(ip) => ip.is_link_local(),
            IpAddr::V6(ip) => ip.is_unicast_link_local(),
        };
        if !ip.is_loopback() && !link_local {
            found.insert(ip);
        }
    }
    let best = outgoing().filter(|best| found.remove(best));
    Ok(best.into_iter().chain(found).collect())
}

/// The address from which this machine speaks to others.
fn outgoing() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(OUTSIDE).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// The whole address for a browser: `http://192.168.1.20:8080`, with `base` behind it.
pub fn url(scheme: &str, ip: IpAddr, port: u16, base: &str) -> String {
    format!("{scheme}://{}{base}", SocketAddr::new(ip, port))
}

/// A QR code of `text`, to be printed in a terminal.
///
/// # Errors
/// When `text` is too long for a code.
pub fn qr_code(text: &str) -> Result<String, QrError> {
    let code = QrCode::new(text)?;
    // What is printed is light on most terminals, and the dark modules of a code must not be: so the others are printed.
    let drawn = code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .build();
    Ok(drawn)
}
