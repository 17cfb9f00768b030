//! What is logged: a line for each request where that is switched on, and never anything about the visitor.

mod support;

use std::process::Stdio;

use support::server::Server;
use support::tcp;

#[test]
fn a_request_is_logged_only_where_that_is_switched_on_and_without_anything_personal() {
    for switched_on in [false, true] {
        let server = Server::start_with(|command| {
            command.args(["--log", "debug"]).stderr(Stdio::piped());
            if switched_on {
                command.arg("--log-requests");
            }
        });
        tcp::send(
            &server,
            "GET",
            "/de/meta-account/explain?service=facebook&country=DE",
            "user-agent: Findling\r\nreferer: http://x/Findling\r\n",
        );
        tcp::send(&server, "FINDLING", "/de/%0d%0aINFO", "");
        let log = server.stop_and_read_log();
        assert_eq!(
            log.contains("route=\"/{language}/{journey}/{step}\" status=200"),
            switched_on,
            "{log}"
        );
        for hidden in ["findling", "facebook", "127.0.0.1", "\x1b"] {
            assert!(!log.to_lowercase().contains(hidden), "{hidden:?} is in {log}");
        }
        assert_eq!(log.lines().count(), if switched_on { 3 } else { 1 }, "{log}");
    }
}

#[cfg(unix)]
#[test]
fn a_connection_that_ends_with_an_error_is_logged_for_who_looks_for_faults() {
    for (level, expected) in [("debug", 1), ("info", 0)] {
        let mut server = Server::start_with(|command| {
            command.args(["--log", level]).stderr(Stdio::piped());
        });
        tcp::exchange(&server, b"no HTTP\r\n\r\n");
        // The program ends after the last connection.
        server.signal(nix::sys::signal::Signal::SIGTERM);
        server.process().wait().expect("the program ends");
        let log = server.stop_and_read_log();
        assert_eq!(log.matches("connection ended").count(), expected, "{log}");
    }
}
