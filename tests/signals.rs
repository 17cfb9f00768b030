//! Signals: SIGHUP reads facts and settings again, SIGTERM stops. What systemd is told of it.

#![cfg(unix)]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal::{SIGHUP, SIGTERM};
use support::client::{agent, page};
use support::folder::Folder;
use support::form::{ADDRESS, correction, newest_generation};
use support::server::{Server, eventually, free_port};
use support::tcp::{HANGS, connect, is_complete, read_to_end};

/// Asserts that the program ends without a fault.
fn assert_ends(server: &mut Server) {
    let mut status = None;
    assert!(
        eventually(|| {
            status = server.process().try_wait().expect("the state of the process is known");
            status.is_some()
        }),
        "the program still runs after ten seconds"
    );
    assert_eq!(status.and_then(|status| status.code()), Some(0));
}

#[test]
fn sighup_reads_facts_and_settings_again_and_a_file_with_an_error_changes_nothing() {
    let folder = Folder::new();
    let file = folder.write("veto.toml", "data = \".\"\nname = \"Before\"\n");
    let mut server = Server::start_with(|command| {
        command
            .args(["--config", &file])
            .env("VETO_LOG", "info")
            .stderr(Stdio::piped());
    });
    let url = format!("{}/en/meta-account/open-form?service=facebook&country=IE", server.url);
    let log = server.process().stderr.take().expect("standard error is piped");
    let mut log = BufReader::new(log).lines().map(|line| line.expect("the log is UTF-8"));

    folder.write("data/companies/meta.toml", &correction(newest_generation()));
    folder.write("veto.toml", "data = \".\"\nname = \"After\"\n");
    assert!(!page(&url).contains(ADDRESS), "the new form is used without a signal");
    server.signal(SIGHUP);
    assert!(log.any(|line| line.contains("reloaded")), "no reload is logged");
    let fresh = page(&url);
    assert!(fresh.contains(ADDRESS), "the new form is not used");
    assert!(fresh.contains("Veto, After"), "the new setting is not used");

    let wrong = correction(newest_generation()).replace("\"facebook\"", "\"myspace\"");
    folder.write("data/companies/meta.toml", &wrong);
    server.signal(SIGHUP);
    let reason = log
        .find(|line| line.contains("reload failed"))
        .expect("an error is logged");
    for part in ["meta.toml:3:", "myspace"] {
        assert!(reason.contains(part), "{part} is not in {reason}");
    }
    assert!(page(&url) == fresh, "a file with an error changed the page");
}

#[test]
fn a_named_pipe_in_the_folder_holds_up_neither_pages_nor_the_stop() {
    let folder = Folder::new();
    let file = folder.write("veto.toml", "data = \".\"\n");
    let mut server = Server::start_with(|command| {
        command.args(["--config", &file]).stderr(Stdio::piped());
    });
    let log = server.process().stderr.take().expect("standard error is piped");
    let mut log = BufReader::new(log).lines().map(|line| line.expect("the log is UTF-8"));
    folder.write("data/x", "");
    let pipe = folder.path().join("data/grounds.toml");
    let made = std::process::Command::new("mkfifo").arg(pipe).status();
    assert!(made.expect("there is mkfifo").success());
    server.signal(SIGHUP);
    thread::sleep(Duration::from_millis(300));
    // A page that is not in the cache yet.
    let response = ureq::get(format!("{}/en/why", server.url))
        .header("accept-encoding", "gzip")
        .config()
        // Less than the program waits for the pipe.
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .call();
    assert_eq!(
        response.expect("the server responds").headers()["content-encoding"],
        "gzip"
    );
    server.signal(SIGTERM);
    assert_ends(&mut server);
    assert!(
        log.any(|line| line.contains("reload failed") && line.contains("grounds.toml")),
        "the failed reload is not logged"
    );
}

#[test]
fn after_sighup_a_compressed_page_has_the_new_facts_too() {
    let folder = Folder::new();
    let data = folder.path().display().to_string();
    let server = Server::start_with(|command| {
        command.args(["--data", &data]);
    });
    let url = format!("{}/en/meta-account/open-form?service=facebook&country=IE", server.url);
    let compressed = || {
        let response = ureq::get(&url).header("accept-encoding", "gzip").call();
        let mut response = response.expect("the response is a success");
        assert_eq!(response.headers()["content-encoding"], "gzip");
        let body = response.body_mut().read_to_vec().expect("the body can be read");
        let mut text = String::new();
        let mut decoder = flate2::read::GzDecoder::new(body.as_slice());
        decoder.read_to_string(&mut text).expect("the body is gzip");
        text
    };
    folder.write("data/companies/meta.toml", &correction(newest_generation()));
    assert!(!compressed().contains(ADDRESS), "the new form is used without a signal");
    server.signal(SIGHUP);
    assert!(
        eventually(|| compressed().contains(ADDRESS)),
        "the compressed page has the old form"
    );
}

#[test]
fn after_sighup_with_another_listen_the_check_of_host_is_that_of_the_open_port() {
    let folder = Folder::new();
    for (before, after, expected) in [("127.0.0.1", "0.0.0.0", 421), ("0.0.0.0", "127.0.0.1", 200)] {
        let settings = |listen: &str, name: &str| {
            folder.write("veto.toml", &format!("listen = \"{listen}\"\nname = \"{name}\"\n"))
        };
        let file = settings(before, "Before");
        let server = Server::start_with(|command| {
            command.args(["--config", &file]);
        });
        let other = || {
            let response = agent()
                .get(format!("{}/en/", server.url))
                .header("host", "veto.example");
            response.call().expect("the server responds").status().as_u16()
        };
        assert_eq!(other(), expected, "{before}");
        settings(after, "After");
        server.signal(SIGHUP);
        let is_reloaded = || page(&format!("{}/en/", server.url)).contains("Veto, After");
        assert!(eventually(is_reloaded), "the new settings are not used");
        assert_eq!(other(), expected, "{before}, then {after}");
    }
}

#[test]
fn sigterm_ends_the_program_with_exit_code_0() {
    let mut server = Server::start();
    server.signal(SIGTERM);
    assert_ends(&mut server);
}

#[test]
fn sigterm_under_load_cuts_off_no_response() {
    let mut server = Server::start();
    let authority = server.authority();
    let stopping = AtomicBool::new(false);
    let complete = AtomicUsize::new(0);
    let idle = connect(&server);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let Ok(mut stream) = TcpStream::connect(&authority) else {
                        assert!(stopping.load(Ordering::SeqCst), "refused before the signal");
                        return;
                    };
                    stream.set_read_timeout(Some(HANGS)).expect("a time limit can be set");
                    _ = stream.write_all(b"GET /de/sources HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
                    let response = read_to_end(&mut stream);
                    // A connection that was not accepted yet gets no response; a response that has begun must be complete.
                    if response.is_empty() {
                        assert!(stopping.load(Ordering::SeqCst), "no response before the signal");
                    } else {
                        let length = response.len();
                        assert!(is_complete(&response), "a response was cut off after {length} bytes");
                        complete.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        thread::sleep(Duration::from_millis(500));
        stopping.store(true, Ordering::SeqCst);
        server.signal(SIGTERM);
    });
    let complete = complete.into_inner();
    assert!(complete > 50, "only {complete} responses: that is no load");
    let start = Instant::now();
    let status = server.process().wait().expect("the program ends");
    assert_eq!(status.code(), Some(0));
    assert!(
        start.elapsed() < Duration::from_secs(12),
        "it ended after {:?}",
        start.elapsed()
    );
    drop(idle);
}

#[test]
fn a_request_that_has_begun_before_sigterm_gets_its_response() {
    let body = "ground=health";
    let head = format!(
        "POST /en/meta-account/open-form?service=facebook&country=DE HTTP/1.1\r\nhost: localhost\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut server = Server::start();
    let mut stream = connect(&server);
    stream.write_all(head.as_bytes()).expect("the server reads");
    // The server has read the head, and waits for the body.
    thread::sleep(Duration::from_millis(500));
    server.signal(SIGTERM);
    thread::sleep(Duration::from_millis(500));
    stream.write_all(body.as_bytes()).expect("the server still reads");
    let response = read_to_end(&mut stream);
    assert!(response.starts_with(b"HTTP/1.1 200 "), "the request was dropped");
    assert!(is_complete(&response), "the response was cut off");
    assert_ends(&mut server);
}

#[test]
fn after_sigterm_a_load_balancer_has_time_to_send_visitors_elsewhere() {
    let mut server = Server::start_with(|command| {
        command.args(["--drain", "5"]);
    });
    let ready = |server: &Server| {
        let response = agent().get(format!("{}/readyz", server.url)).call();
        response.expect("the server responds").status().as_u16()
    };
    assert_eq!(ready(&server), 200);
    server.signal(SIGTERM);
    assert!(eventually(|| ready(&server) == 503), "it does not say that it stops");
    // Those who are not sent elsewhere yet still get their page.
    assert!(page(&format!("{}/en/", server.url)).contains("<h1>"));
    assert_ends(&mut server);
}

#[cfg(target_os = "linux")]
#[test]
fn systemd_is_told_when_the_program_serves_reloads_and_stops_and_what_is_wrong_with_a_file() {
    let folder = Folder::new();
    let file = folder.write("veto.toml", "name = \"Before\"\n");
    let path = folder.path().join("notify");
    let manager = std::os::unix::net::UnixDatagram::bind(&path).expect("the socket can be made");
    manager.set_read_timeout(Some(HANGS)).expect("a time limit can be set");
    let told = || {
        let mut message = [0; 4_096];
        let length = manager.recv(&mut message).expect("a message");
        String::from_utf8_lossy(&message[..length]).into_owned()
    };
    let metrics = format!("127.0.0.1:{}", free_port());
    let mut server = thread::scope(|scope| {
        // The last port that is opened.
        let ready = scope.spawn(|| (told(), TcpStream::connect(&metrics).is_ok()));
        let server = Server::start_with(|command| {
            command
                .args(["--config", &file, "--metrics", &metrics])
                .env("NOTIFY_SOCKET", &path);
        });
        let (message, is_open) = ready.join().expect("a message");
        assert_eq!(message, "READY=1\nSTATUS=serving\n");
        assert!(is_open, "it is not ready yet");
        server
    });
    for (settings, status) in [
        ("name = \"After\"\n", "STATUS=serving\n"),
        (
            "\ncountry = \"XX\"\n",
            "veto.toml:2: country: there is no country “XX”\n",
        ),
        ("name = \"Again\"\n", "STATUS=serving\n"),
    ] {
        folder.write("veto.toml", settings);
        server.signal(SIGHUP);
        let reloading = told();
        let time = reloading.strip_prefix("RELOADING=1\nMONOTONIC_USEC=");
        let time = time.and_then(|time| time.trim_end().parse::<u64>().ok());
        assert!(time.is_some_and(|time| time > 0), "{reloading}");
        let ready = told();
        assert!(ready.starts_with("READY=1\n") && ready.ends_with(status), "{ready}");
    }
    assert!(page(&format!("{}/en/", server.url)).contains("Veto, Again"));
    server.signal(SIGTERM);
    assert_eq!(told(), "STOPPING=1\n");
    assert_ends(&mut server);
}
