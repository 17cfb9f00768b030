//! The addresses of this machine in its local networks, and QR codes for phones.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use qrcode::types::QrError;

/// An address from a documentation range (RFC 5737). No packet is sent: the system only selects the local address of the
/// route to it.
const EXTERNAL: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// Control sequences for colours (ECMA-48, SGR), of which terminals show the bright white as white in every theme.
const WHITE_ON_BLACK: &str = "\x1b[97;40m";
const RESET: &str = "\x1b[0m";

/// The addresses at which other devices can reach this machine, with that of the default route first.
///
/// # Errors
/// When the network interfaces cannot be listed.
pub fn addresses() -> io::Result<Vec<IpAddr>> {
    let mut found = BTreeSet::new();
    for interface in if_addrs::get_if_addrs()? {
        let ip = interface.ip();
        // A link-local address works only with the name of an interface, which differs on each device.
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

/// The local address of the default route.
fn outgoing() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(EXTERNAL).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// The URL for a browser: `http://192.168.1.20:8080`, followed by the path `base`.
pub fn url(scheme: &str, ip: IpAddr, port: u16, base: &str) -> String {
    format!("{scheme}://{}{base}", SocketAddr::new(ip, port))
}

/// Renders a QR code of `text`, light on dark. With `colours`, for a terminal, it brings its own white and black, so that
/// phones can also read it in a terminal that prints dark on light.
///
/// # Errors
/// When `text` is too long for a QR code.
pub fn qr_code(text: &str, colours: bool) -> Result<String, QrError> {
    let code = QrCode::new(text)?;
    // Most terminals print light characters on a dark background, so the light modules are printed.
    let drawn = code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .build();
    if !colours {
        return Ok(drawn);
    }
    let lines = drawn.lines().map(|line| format!("{WHITE_ON_BLACK}{line}{RESET}"));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_terminal_the_code_has_its_own_white_and_black() {
        let plain = qr_code("http://192.168.1.20:8080", false).unwrap();
        let coloured = qr_code("http://192.168.1.20:8080", true).unwrap();
        assert!(
            coloured
                .lines()
                .all(|line| line.starts_with(WHITE_ON_BLACK) && line.ends_with(RESET))
        );
        assert_eq!(
            coloured.replace(WHITE_ON_BLACK, "").replace(RESET, ""),
            plain.trim_end_matches('\n')
        );
    }
}
