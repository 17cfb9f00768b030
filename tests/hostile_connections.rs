//! Many connections: idle ones leave room for others, and what happens at the limit of `--connections`.

mod support;

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use support::repository::languages;
use support::server::Server;
use support::tcp::{HANGS, connect, get, head, is_complete, read_to_end};

fn start_with_limit(connections: &str) -> Server {
    Server::start_with(|command| {
        command.args(["--connections", connections]);
    })
}

#[test]
fn a_thousand_idle_connections_leave_room_for_others() {
    #[cfg(unix)]
    rlimit::increase_nofile_limit(2_000).expect("the limit of open files can be raised");
    let server = Server::start();
    let idle: Vec<TcpStream> = (0..1_000).map(|_| connect(&server)).collect();
    assert!(get(&server, "/de/").starts_with("HTTP/1.1 200"));
    for stream in &idle {
        stream.set_nonblocking(true).expect("the mode can be set");
        let mut byte = [0];
        let state = (&mut &*stream).read(&mut byte).map_err(|error| error.kind());
        assert_eq!(state, Err(ErrorKind::WouldBlock), "an idle connection was closed");
    }
}

#[test]
fn a_connection_above_the_limit_gets_a_503_page_in_every_language() {
    let server = start_with_limit("2");
    let held = [connect(&server), connect(&server)];
    thread::sleep(Duration::from_millis(200));
    let response = get(&server, "/de/");
    let headers = head(&response);
    assert!(headers.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{headers}");
    for part in [
        "\r\nretry-after: 10\r\n",
        "\r\ncontent-security-policy: default-src 'none'",
    ] {
        assert!(headers.contains(part), "{part:?} is not in {headers}");
    }
    for language in languages() {
        let part = format!("lang=\"{language}\"");
        assert!(response.contains(&part), "{part} is not in the page");
    }
    assert!(is_complete(response.as_bytes()), "the page is cut off");
    drop(held);
    assert!(get(&server, "/de/").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_connection_that_waits_gets_the_place_that_becomes_free() {
    let server = start_with_limit("2");
    let held = [connect(&server), connect(&server)];
    thread::sleep(Duration::from_millis(200));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| get(&server, "/de/"));
        thread::sleep(Duration::from_millis(200));
        drop(held);
        let response = waiting.join().expect("the client does not panic");
        assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
    });
}

#[test]
fn more_connections_than_may_wait_get_a_503_page_at_once() {
    let server = start_with_limit("2");
    let held = [connect(&server), connect(&server)];
    let begin = Instant::now();
    // None of them sends anything before it gets its response.
    let crowd: Vec<_> = (0..200).map(|_| connect(&server)).collect();
    let responses: Vec<_> = crowd.into_iter().map(|mut stream| read_to_end(&mut stream)).collect();
    assert!(begin.elapsed() < HANGS, "it took {:?}", begin.elapsed());
    for response in &responses {
        assert!(response.starts_with(b"HTTP/1.1 503 "), "a response is not a 503");
        assert!(is_complete(response), "a response is cut off");
    }
    drop(held);
    assert!(get(&server, "/de/").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_client_that_never_reads_its_responses_does_not_keep_its_place() {
    let server = start_with_limit("1");
    let mut greedy = connect(&server);
    let limit = Some(Duration::from_millis(500));
    greedy.set_write_timeout(limit).expect("a time limit can be set");
    let requests = "GET /de/why HTTP/1.1\r\nhost: x\r\n\r\n".repeat(100);
    while greedy.write_all(requests.as_bytes()).is_ok() {}
    assert!(
        get(&server, "/de/").starts_with("HTTP/1.1 503 "),
        "the place is not taken"
    );
    let begin = Instant::now();
    while !get(&server, "/de/").starts_with("HTTP/1.1 200 ") {
        assert!(begin.elapsed() < Duration::from_secs(60), "it still has the place");
    }
}
