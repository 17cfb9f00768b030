//! `--lan`: addresses for phones in the home network.

mod support;

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use support::command::veto;

#[test]
fn in_the_home_network_phones_get_addresses_a_qr_code_and_a_warning_about_plain_http() {
    let mut command = veto();
    command.args(["--lan", "--port", "0", "--address", "http://x.example/tools/veto/"]);
    let mut process = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut out = BufReader::new(process.stdout.take().expect("standard output is piped"));
    let mut printed = String::new();
    while !printed.contains("--tls-cert") && !printed.contains("No network") {
        assert_ne!(
            out.read_line(&mut printed).expect("the output is UTF-8"),
            0,
            "{printed}"
        );
    }
    process.kill().expect("the process can be killed");
    out.read_to_string(&mut printed).expect("the output is UTF-8");
    _ = process.wait();
    let port = printed
        .lines()
        .next()
        .and_then(|url| url.strip_prefix("http://localhost:")?.strip_suffix("/tools/veto"))
        .expect("the first line is the address of this machine")
        .to_owned();
    if printed.contains("No network") {
        // A machine without a network has no address for phones; that it says so is all that can be tested there.
        return;
    }
    let best = printed.lines().nth(2).expect("the third line is an address").trim();
    assert!(
        best.ends_with(&format!(":{port}/tools/veto")) && !best.contains("localhost"),
        "{best}"
    );
    for hint in ["others in this network can read", "firewall", "guest network"] {
        assert!(printed.contains(hint), "{hint} is not in {printed}");
    }
    assert_eq!(scan(&printed), best, "the QR code has another address");
}

/// Reads the QR code that was printed with half blocks, light on dark.
fn scan(printed: &str) -> String {
    let lines: Vec<Vec<char>> = printed
        .lines()
        .filter(|line| line.contains('█') || line.contains('▀'))
        .map(|line| line.chars().collect())
        .collect();
    let scale = 4;
    let (width, height) = (lines[0].len() * scale, lines.len() * 2 * scale);
    let is_light = |x: usize, y: usize| match lines[y / scale / 2].get(x / scale) {
        Some('█') => true,
        Some('▀') => (y / scale).is_multiple_of(2),
        Some('▄') => !(y / scale).is_multiple_of(2),
        _ => false,
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| u8::from(is_light(x, y)) * 255);
    let codes = image.detect_grids();
    let code = codes.first().expect("a QR code is printed");
    code.decode().expect("the QR code is readable").1
}
