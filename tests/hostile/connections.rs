//! Many connections: idle ones leave room for others, and what happens at the limit of `--connections`.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::server::Server;
use crate::support::tcp::{connect, get, head, is_complete, read_to_end};

fn start_with_limit(connections: &str) -> Server {
    Server::start_with(|command| {
        command.args(["--connections", connections]);
    })
}

#[test]
fn many_idle_connections_leave_room_for_others() {
    #[cfg(unix)]
    rlimit::increase_nofile_limit(2_000).expect("the limit of open files can be raised");
    let server = Server::start();
    let idle: Vec<TcpStream> = (0..900).map(|_| connect(&server)).collect();
    assert!(get(&server, "/de/").starts_with("HTTP/1.1 200"));
    for stream in &idle {
        stream.set_nonblocking(true).expect("the mode can be set");
        let mut byte = [0];
        let state = (&mut &*stream).read(&mut byte).map_err(|error| error.kind());
        assert_eq!(state, Err(ErrorKind::WouldBlock), "an idle connection was closed");
    }
}

/// The CPU time that a process has used, in clock ticks, of which Linux has a hundred in a second.
#[cfg(target_os = "linux")]
fn cpu_ticks(server: &Server) -> u64 {
    let path = format!("/proc/{}/stat", server.id());
    let stat = std::fs::read_to_string(path).expect("the state of the process can be read");
    let (_, fields) = stat.rsplit_once(')').expect("the name is in brackets");
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<u64>().expect("a number of ticks");
    ticks(11) + ticks(12)
}

/// Makes `command` start the same program with an own limit of open files, and writes its log at the level `warn`.
#[cfg(target_os = "linux")]
fn limit_files(command: &mut Command, limit: &str) {
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("ulimit {limit} && exec \"$0\" \"$@\"")]);
    limited.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    limited.env("VETO_LOG", "warn");
    limited.stdout(Stdio::piped()).stderr(Stdio::piped());
    *command = limited;
}

#[cfg(target_os = "linux")]
#[test]
fn the_program_may_open_as_many_files_as_it_needs_and_then_says_nothing() {
    let server = Server::start_with(|command| {
        command.args(["--connections", "400"]);
        limit_files(command, "-S -n 100");
    });
    let idle: Vec<TcpStream> = (0..300).map(|_| connect(&server)).collect();
    let response = get(&server, "/de/");
    assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
    drop(idle);
    assert_eq!(server.stop_and_read_log(), "");
}

#[cfg(target_os = "linux")]
#[test]
fn clients_wait_while_no_file_can_be_opened_and_the_log_says_so_once() {
    let server = Server::start_with(|command| limit_files(command, "-n 40"));
    let before = cpu_ticks(&server);
    let idle: Vec<TcpStream> = (0..60).map(|_| connect(&server)).collect();
    thread::sleep(Duration::from_secs(2));
    let used = cpu_ticks(&server) - before;
    assert!(
        used < 100,
        "{used} clock ticks in two seconds: it tries again and again"
    );
    drop(idle);
    let response = get(&server, "/de/");
    assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
    let log = server.stop_and_read_log();
    assert_eq!(log.matches("cannot be accepted").count(), 1, "{log}");
    assert!(log.contains("fewer open files"), "{log}");
}

#[test]
fn a_connection_above_the_limit_waits_until_another_ends() {
    let server = start_with_limit("2");
    let held = [connect(&server), connect(&server)];
    thread::scope(|scope| {
        let waiting = scope.spawn(|| get(&server, "/de/"));
        thread::sleep(Duration::from_millis(500));
        assert!(!waiting.is_finished(), "the limit does not hold");
        drop(held);
        let response = waiting.join().expect("the client does not panic");
        assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
    });
}

#[test]
fn many_connections_above_the_limit_all_get_their_page() {
    let server = start_with_limit("2");
    thread::scope(|scope| {
        let clients: Vec<_> = (0..200).map(|_| scope.spawn(|| get(&server, "/de/"))).collect();
        for client in clients {
            let response = client.join().expect("the client does not panic");
            assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
            assert!(is_complete(response.as_bytes()), "a page is cut off");
        }
    });
}

#[test]
fn a_client_that_never_reads_its_responses_does_not_keep_its_connection() {
    let server = start_with_limit("1");
    let mut greedy = connect(&server);
    let limit = Some(Duration::from_millis(500));
    greedy.set_write_timeout(limit).expect("a time limit can be set");
    let requests = "GET /de/why HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(100);
    while greedy.write_all(requests.as_bytes()).is_ok() {}
    let mut other = connect(&server);
    let request = b"GET /de/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    other.write_all(request).expect("the system accepts the connection");
    let mut first = [0];
    other.set_read_timeout(limit).expect("a time limit can be set");
    assert!(other.read(&mut first).is_err(), "the limit does not hold");
    let limit = Some(Duration::from_secs(60));
    other.set_read_timeout(limit).expect("a time limit can be set");
    let response = read_to_end(&mut other);
    assert!(
        response.starts_with(b"HTTP/1.1 200 "),
        "the other client is still connected"
    );
}

#[test]
fn a_connection_that_is_used_for_long_is_announced_to_close_and_loses_no_response() {
    let server = Server::start();
    let mut stream = connect(&server);
    let start = Instant::now();
    loop {
        let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
        stream.write_all(request).expect("the connection is open");
        let mut response = Vec::new();
        let mut part = [0; 4_096];
        while !is_complete(&response) {
            let length = stream.read(&mut part).expect("the server responds");
            let age = start.elapsed();
            assert!(length > 0, "the connection was closed after {age:?} without a word");
            response.extend(&part[..length]);
        }
        let response = String::from_utf8(response).expect("the response is UTF-8");
        assert!(response.starts_with("HTTP/1.1 200"), "{}", head(&response));
        if head(&response).contains("connection: close") {
            let age = start.elapsed();
            assert!(age > Duration::from_secs(20), "it may stay open for {age:?} only");
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "it may stay open for ever");
        thread::sleep(Duration::from_secs(2));
    }
    assert!(
        read_to_end(&mut stream).is_empty(),
        "something follows the last response"
    );
}
