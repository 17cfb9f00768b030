//! Clients that send slowly or never finish: they are closed, and others do not wait for them.

use std::io::Write as _;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::certificate::SelfSigned;
use crate::support::folder::Folder;
use crate::support::server::Server;
use crate::support::tcp::{HANGS, connect, exchange, get, read_to_end, status};

#[test]
fn clients_that_never_finish_a_head_are_closed_while_others_are_served() {
    let server = Server::start();
    let start = Instant::now();
    let mut slow: Vec<TcpStream> = (0..200).map(|_| connect(&server)).collect();
    for stream in &mut slow {
        let beginning = b"GET /de/ HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
        stream.write_all(beginning).expect("the server reads");
    }
    // They keep sending a byte now and then, while another client sends whole requests.
    for _ in 0..4 {
        assert!(get(&server, "/de/").starts_with("HTTP/1.1 200"));
        for stream in &mut slow {
            _ = stream.write_all(b"a");
        }
        thread::sleep(Duration::from_secs(1));
    }
    for stream in &mut slow {
        read_to_end(stream);
    }
    assert!(start.elapsed() < HANGS, "they were closed after {:?}", start.elapsed());
}

#[test]
fn a_client_that_never_finishes_its_tls_handshake_is_closed() {
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    let server = Server::start_with(|command| {
        command.args(site.arguments());
    });
    let mut silent = connect(&server);
    // The first bytes of a handshake, and nothing more.
    silent.write_all(&[0x16, 0x03, 0x01, 0x02]).expect("the server reads");
    assert!(read_to_end(&mut silent).is_empty(), "the server sent something");
}

#[test]
fn a_body_that_never_ends_gets_a_408_page_and_one_that_is_too_large_a_413_at_once() {
    let server = Server::start();
    let start = Instant::now();
    let begin = |length: u32, body: &str| {
        let mut stream = connect(&server);
        let path = "/en/letter/more?service=facebook&country=FR";
        let request = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).expect("the server reads");
        stream
    };
    let mut slow = begin(1_000, "name=A");
    let mut large = begin(10_000_000, "");

    let response = read_to_end(&mut large);
    assert_eq!(status(&response), Some(413));
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "it was rejected after {:?}",
        start.elapsed()
    );

    let response = read_to_end(&mut slow);
    assert_eq!(status(&response), Some(408));
    assert!(
        String::from_utf8_lossy(&response).contains("<h1>"),
        "there is no error page"
    );
    assert!(start.elapsed() < HANGS, "it was closed after {:?}", start.elapsed());
}

#[test]
fn slow_letters_delay_nobody_who_requests_a_new_page() {
    let server = Server::start();
    // Each accepts brotli, and never sends the rest of its body.
    let letters: Vec<_> = (0..8)
        .map(|_| {
            let mut stream = connect(&server);
            let head = "POST /de/letter/complaint?service=facebook&country=AT HTTP/1.1\r\nhost: localhost\r\naccept-encoding: br\r\n\
                        content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nname=";
            stream.write_all(head.as_bytes()).expect("the server reads");
            stream
        })
        .collect();
    thread::sleep(Duration::from_millis(200));
    let begin = Instant::now();
    let request = "GET /de/why HTTP/1.1\r\nhost: localhost\r\naccept-encoding: br\r\nconnection: close\r\n\r\n";
    let response = exchange(&server, request.as_bytes());
    assert_eq!(status(&response), Some(200));
    // A request that is not sent to its end is given up after ten seconds.
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "it waited {:?} for the letters",
        begin.elapsed()
    );
    drop(letters);
}
