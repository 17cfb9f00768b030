//! A Unix socket for a web server in front.

#![cfg(unix)]

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};

use nix::sys::signal::Signal::SIGTERM;
use support::command::{error_line, run, stdout};
use support::folder::Folder;
use support::server::Server;
use support::tcp::{HANGS, status};

const ADDRESS: [&str; 2] = ["--address", "http://veto.example/tools/veto/"];

/// The value of `listen` for a socket in `folder`, and its path.
fn socket(folder: &Folder) -> (String, String) {
    let path = folder.path().join("veto.sock").display().to_string();
    (format!("unix:{path}"), path)
}

fn start(listen: &str, connections: &str) -> Server {
    let mut server = Server::start_with(|command| {
        command
            .args(ADDRESS)
            .args(["--listen", listen, "--connections", connections]);
    });
    // Nothing else tells that it has ended at once.
    assert!(server.process().try_wait().expect("a state").is_none());
    server
}

fn connect(path: &str) -> UnixStream {
    let stream = UnixStream::connect(path).expect("the program listens");
    stream.set_read_timeout(Some(HANGS)).expect("a time limit can be set");
    stream
}

/// The response to a request for a page, as a web server in front sends it.
fn response(mut stream: UnixStream) -> String {
    let request = "GET /tools/veto/en/why HTTP/1.1\r\nhost: veto.example\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("the request is sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("the response is UTF-8");
    response
}

#[test]
fn a_web_server_in_front_gets_pages_by_a_socket_that_every_user_may_open_and_has_all_connections() {
    let folder = Folder::new();
    let (listen, path) = socket(&folder);
    let server = start(&listen, "4");
    assert_eq!(server.url, "http://veto.example/tools/veto");
    let mode = fs::metadata(&path).expect("the file is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o666);
    // Every other client has a quarter of the connections.
    let idle = [connect(&path), connect(&path), connect(&path)];
    let response = response(connect(&path));
    assert_eq!(status(response.as_bytes()), Some(200));
    assert!(response.contains("href=\"/tools/veto/en/"), "{response}");
    let report = stdout(run(&[&ADDRESS[..], &["--listen", &listen, "health"]].concat()));
    assert!(report.contains("\"status\":\"ok\""), "{report}");
    drop(idle);
}

#[test]
fn the_socket_of_a_program_that_was_killed_is_replaced_and_one_in_use_and_any_other_file_are_not() {
    let folder = Folder::new();
    let (listen, path) = socket(&folder);
    let mut killed = start(&listen, "10");
    killed.process().kill().expect("the program is killed");
    killed.process().wait().expect("the program ends");
    assert!(
        fs::exists(&path).expect("the folder can be read"),
        "the file is not left over"
    );
    let mut next = start(&listen, "10");

    let second = [&ADDRESS[..], &["--listen", &listen]].concat();
    let line = error_line(&run(&second));
    assert!(line.contains(&listen), "{line}");
    assert_eq!(
        status(response(connect(&path)).as_bytes()),
        Some(200),
        "the first one is cut off"
    );
    next.signal(SIGTERM);
    next.process().wait().expect("the program ends");
    assert!(
        !fs::exists(&path).expect("the folder can be read"),
        "the file is left over"
    );

    folder.write("veto.sock", "mine");
    let line = error_line(&run(&second));
    assert!(line.contains(&listen), "{line}");
    assert_eq!(fs::read_to_string(&path).expect("the file is there"), "mine");
}

#[test]
fn a_setting_that_does_not_fit_a_unix_socket_is_reported() {
    let folder = Folder::new();
    let (listen, path) = socket(&folder);
    let address = "address = \"http://veto.example\"\n";
    for (text, expected) in [
        (
            format!("listen = \"{listen}\"\n"),
            "veto.toml:1: listen: a Unix socket needs `address`",
        ),
        (
            format!("{address}listen = \"unix:veto.sock\"\n"),
            "veto.toml:2: “unix:veto.sock” is neither an IP address nor",
        ),
        (
            format!("{address}listen = \"{listen}\"\ntls-cert = \"x\"\ntls-key = \"x\"\n"),
            "veto.toml:3: tls-cert: not on a Unix socket",
        ),
    ] {
        let file = folder.write("veto.toml", &text);
        for command in [&["check", "--config", &file][..], &["--config", &file][..]] {
            let line = error_line(&run(command));
            assert!(line.contains(expected), "{command:?}: {line}");
        }
    }
    // A program that is no web server.
    let listener = UnixListener::bind(&path).expect("the socket can be made");
    std::thread::spawn(move || listener.accept().map(|(mut stream, _)| stream.write_all(b"hello\n")));
    let health = run(&[&ADDRESS[..], &["--listen", &listen, "health"]].concat());
    assert_eq!(health.status.code(), Some(1));
}
