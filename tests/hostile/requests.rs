//! Requests as no browser sends them: none breaks the server, and nothing of them comes back as markup.

use std::fmt::Write as _;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use crate::support::client::at_each_base_path;
use crate::support::server::Server;
use crate::support::tcp::{exchange, get, head, status};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

#[cfg(target_os = "linux")]
const MIB: u64 = 1 << 20;

/// Parts of requests that have broken servers before.
fn nasty() -> impl Strategy<Value = Vec<u8>> {
    let known: [&[u8]; 22] = [
        b"\"><script>alert(1)</script>",
        b"%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        b"'\"><img src=x onerror=alert(1)>",
        b"javascript:alert(1)",
        b"%00",
        b"\0",
        b"%0d%0aset-cookie:%20a=b",
        b"\r\nset-cookie: a=b\r\n",
        b"../../../etc/passwd",
        b"..%2f..%2f..%2fetc%2fpasswd",
        b"%c0%ae%c0%ae/",
        b"%ff%fe",
        b"\xff\xfe\xc3\x28",
        b"%",
        b"%u0041",
        b"{{7*7}}",
        b"${jndi:ldap://x}",
        b"service=facebook&service=instagram",
        b"&ground=health",
        b"&day=2026-02-31",
        b"//example.org/",
        b"/static/",
    ];
    let known = prop::sample::select(known.map(<[u8]>::to_vec).to_vec());
    let random = prop::collection::vec(any::<u8>(), 0..60);
    let huge = (1usize..9_000, any::<u8>()).prop_map(|(length, byte)| vec![byte; length]);
    let many = (1usize..400).prop_map(|count| b"&service=x".repeat(count));
    prop::collection::vec(prop_oneof![8 => known, 4 => random, 1 => huge, 1 => many], 0..6)
        .prop_map(|parts| parts.concat())
}

/// A request as no browser sends it.
fn request() -> impl Strategy<Value = Vec<u8>> {
    let method = prop::sample::select(vec![
        "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "TRACE", "CONNECT", "OPTIONS", "get", "G\0T", "",
    ]);
    let start = prop::sample::select(vec![
        "/",
        "/de/",
        "/en/meta-account/explain?",
        "/de/start?service=",
        "/en/letter/complaint?service=facebook&country=FR&",
        "/de/record?day=",
        "/en/text.txt?",
        "/static/",
        "*",
        "http://evil.example/",
        "",
    ]);
    let version = prop::sample::select(vec!["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", ""]);
    let headers = prop::sample::select(vec![
        "",
        "host: evil.example\r\nhost: other.example\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 5\r\n",
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: -1\r\n",
        "content-length: 99999999999999\r\n",
        "transfer-encoding: chunked, identity\r\n",
        "transfer-encoding : chunked\r\n",
        "accept-language: de;q=2,\u{fffd},,;;q=,*;q=0.0001\r\n",
        "range: bytes=0-0,5-,-9\r\n",
        "expect: 100-continue\r\n",
        "upgrade: h2c\r\nconnection: upgrade\r\n",
        "x: y\r\n folded\r\n",
        "if-none-match: \"é\r\n",
        "content-type: application/x-www-form-urlencoded\r\n",
    ]);
    let names = prop::sample::select(vec![
        "",
        "name=Ada&day=2026-03-31&next=letter&own=",
        "5\r\nhello\r\n0\r\n\r\n",
        "\u{0}",
    ]);
    (
        method,
        start,
        nasty(),
        version,
        headers,
        nasty(),
        names,
        nasty(),
        any::<bool>(),
        any::<u8>(),
    )
        .prop_map(
            |(method, start, path, version, headers, value, body, rest, length, cut)| {
                let body = [body.as_bytes(), &rest].concat();
                let mut bytes = [
                    method.as_bytes(),
                    b" ",
                    start.as_bytes(),
                    &path,
                    b" ",
                    version.as_bytes(),
                    b"\r\n",
                ]
                .concat();
                bytes.extend(headers.as_bytes());
                bytes.extend([b"accept-language: ", &value[..], b"\r\n"].concat());
                if length {
                    let mut line = String::new();
                    write!(line, "content-length: {}\r\n", body.len()).expect("a String can be written to");
                    bytes.extend(line.as_bytes());
                }
                bytes.extend(b"connection: close\r\n\r\n");
                bytes.extend(body);
                // One request in eight is cut off somewhere.
                if cut < 32 {
                    bytes.truncate(bytes.len() * usize::from(cut) / 32);
                }
                bytes
            },
        )
}

#[test]
fn thousands_of_hostile_requests_break_nothing_and_are_not_reflected() {
    const CLIENTS: u32 = 4;
    // 5,120, unless PROPTEST_CASES asks for more.
    let requests = 20 * Config::default().cases;
    let server = Server::start_with(|command| {
        command.stderr(Stdio::piped());
    });
    get(&server, "/de/");
    #[cfg(target_os = "linux")]
    let before = server.memory();

    let responses = AtomicU32::new(0);
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (server, responses) = (&server, &responses);
            scope.spawn(move || {
                let seed = [u8::try_from(client).expect("there are fewer than 256 clients"); 32];
                let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
                let mut runner = TestRunner::new_with_rng(Config::default(), rng);
                for _ in 0..requests / CLIENTS {
                    let bytes = request()
                        .new_tree(&mut runner)
                        .expect("a request can be generated")
                        .current();
                    let response = exchange(server, &bytes);
                    let request = || String::from_utf8_lossy(&bytes).into_owned();
                    if let Some(status) = status(&response) {
                        responses.fetch_add(1, Ordering::Relaxed);
                        assert!(status < 500, "status {status} for {}", request());
                    }
                    let text = String::from_utf8_lossy(&response).to_lowercase();
                    for attack in [
                        "<script>alert",
                        "<img src=x",
                        "root:x:0",
                        "href=\"javascript:",
                        "//evil.example",
                    ] {
                        assert!(!text.contains(attack), "{attack} is in the response to {}", request());
                    }
                    // In a page it is the text of an unknown value.
                    assert!(!head(&text).contains("\nset-cookie"), "a cookie for {}", request());
                }
            });
        }
    });
    let responses = responses.into_inner();
    assert!(
        responses > requests / 2,
        "only {responses} responses: the requests are too malformed to test much"
    );
    assert!(get(&server, "/de/").starts_with("HTTP/1.1 200"));
    #[cfg(target_os = "linux")]
    {
        let grown = server.memory().saturating_sub(before);
        assert!(grown <= 16 * MIB, "{} KiB more memory than at the start", grown / 1_024);
    }
    // A panic closes the connection without a response.
    let log = server.stop_and_read_log();
    assert!(!log.contains("panic"), "{}", log.lines().next().unwrap_or_default());
}

#[test]
fn a_request_that_a_web_server_in_front_could_read_in_another_way_is_refused() {
    let server = Server::start();
    let ask = |head: &str| {
        let request = format!("{head}\r\n\r\n0\r\n\r\n");
        status(&exchange(&server, request.as_bytes()))
    };
    for head in [
        "GET /de/ HTTP/1.1\r\nhost: localhost",
        "GET /de/ HTTP/1.1\r\nhost: veto.localhost:8080",
        "GET /de/ HTTP/1.1\r\nhost: [::1]:8080",
        "GET /de/ HTTP/1.1\r\nhost: [::1]",
        "GET /de/ HTTP/1.1\r\nhost: localhost:",
        "GET /de/ HTTP/1.1\r\nhost: localhost:65535",
        "GET http://localhost:8080/de/ HTTP/1.1\r\nhost: localhost:8080",
        "GET /de/ HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: Chunked",
        "GET /de/ HTTP/1.0",
    ] {
        assert_eq!(ask(head), Some(200), "{head}");
    }
    for head in [
        "GET /de/ HTTP/1.1\r\nx: y",
        "GET /de/ HTTP/1.1\r\nhost:",
        "GET /de/ HTTP/1.1\r\nhost: a/b",
        "GET /de/ HTTP/1.1\r\nhost: user@localhost",
        "GET /de/ HTTP/1.1\r\nhost: localhost:abc",
        "GET /de/ HTTP/1.1\r\nhost: localhost:+80",
        "GET /de/ HTTP/1.1\r\nhost: localhost:99999",
        "GET /de/ HTTP/1.1\r\nhost: localhost:80:80",
        "GET /de/ HTTP/1.1\r\nhost: [::1]x",
        "GET /de/ HTTP/1.1\r\nhost: [::1]80",
        "GET http://localhost:abc/de/ HTTP/1.1\r\nhost: localhost",
        "GET /de/ HTTP/1.1\r\nhost: localhost\r\nhost: localhost",
        "GET /de/ HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked, chunked",
        "GET /de/ HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked",
        "GET /de/ HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip, chunked",
    ] {
        assert_eq!(ask(head), Some(400), "{head}");
    }
}

#[test]
fn nothing_in_an_address_becomes_markup() {
    at_each_base_path(|client| {
        let attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
        for path in [
            format!("/en/meta-account/sign-in?service={attack}&country={attack}"),
            format!("/en/why?ground={attack}&text={attack}&length={attack}"),
            format!("/en/{attack}"),
            "/en/meta-account/sign-in?service=%ff%fe&country=%00".to_owned(),
        ] {
            let response = client.get(&path);
            assert!([400, 404].contains(&response.status), "{path}: {}", response.status);
            response.assert_lacks("<script>");
            response.assert_lacks("\"><script");
        }
    });
}
