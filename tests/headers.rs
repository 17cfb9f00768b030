//! The security headers of every kind of response.

mod support;

use support::client::{Response, agent, at_each_base_path};
use support::folder::Folder;
use support::server::Server;
use support::tcp;

const EXPECTED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
];

#[test]
fn every_kind_of_response_has_all_security_headers_and_no_cookie_or_server_name() {
    at_each_base_path(|client| {
        let page = client.page("/de/");
        let script = page.body.split("src=\"").nth(1).and_then(|rest| rest.split('"').next());
        let script = script.expect("the first page has a script").to_owned();
        let long = format!("/de/?x={}", "y".repeat(5_000));
        for path in [
            "/",
            "/de",
            "/de/",
            "/de/nothing",
            "/de/start?service=x",
            "/de/record.ics?service=facebook&country=DE&entry=facebook.2026-03-31",
            "/de/text.txt?service=facebook&country=DE",
            &script,
            &long,
        ] {
            assert_headers(&client.get(path), path);
        }
    });
}

fn assert_headers(response: &Response, path: &str) {
    for (name, value) in EXPECTED {
        let values: Vec<_> = response.headers.get_all(name).iter().collect();
        assert_eq!(values, [value], "{name} on {path}");
    }
    let policy = response.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self';"),
        "{path}: {policy}"
    );
    for part in [
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(part), "{part} is not in the policy of {path}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
    let permissions = response.header("permissions-policy");
    for part in ["clipboard-write=(self)", "camera=()"] {
        assert!(
            permissions.contains(part),
            "{part} is not in the permissions of {path}: {permissions}"
        );
    }
    for name in ["set-cookie", "server", "x-powered-by", "strict-transport-security"] {
        assert!(!response.headers.contains_key(name), "{name} on {path}");
    }
}

#[test]
fn strict_transport_security_is_sent_where_visitors_come_by_https_only() {
    let server = Server::start_with(|command| {
        command.args(["--address", "https://veto.example.org"]);
    });
    let response = agent()
        .get(format!("{}/de/", server.url))
        .call()
        .expect("the server responds");
    assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000");
}

#[test]
fn an_instance_for_this_computer_refuses_the_names_of_other_hosts() {
    let folder = Folder::new();
    let ask = |server: &Server, host: &str| {
        let head = "accept-encoding: gzip\r\naccept-language: de\r\nconnection: close";
        let request = format!("GET /de/why HTTP/1.1\r\nhost: {host}\r\n{head}\r\n\r\n");
        tcp::exchange(server, request.as_bytes())
    };
    let local = Server::start();
    // Twice: the second response could come from the cache.
    for _ in 0..2 {
        for host in [
            "localhost",
            "localhost:8080",
            "LOCALHOST",
            "veto.localhost",
            "127.0.0.1:1",
            "[::1]:8080",
            "192.0.2.1",
        ] {
            assert_eq!(tcp::status(&ask(&local, host)), Some(200), "{host}");
        }
        for host in [
            "veto.example",
            "localhost.veto.example:8080",
            "localhost.",
            "127.0.0.1.nip.example",
        ] {
            let response = ask(&local, host);
            assert_eq!(tcp::status(&response), Some(421), "{host}");
            let page = String::from_utf8_lossy(&response);
            assert!(page.contains("lang=\"de\"") && page.contains("--lan"), "{page}");
        }
    }
    for settings in ["address = \"http://veto.example\"\n", "listen = \"0.0.0.0\"\n"] {
        let server = Server::start_with_settings(&folder, settings);
        assert_eq!(tcp::status(&ask(&server, "veto.example")), Some(200), "{settings}");
    }
}

#[test]
fn a_wipe_tells_the_browser_to_delete_what_it_has_of_this_site_where_visitors_come_by_https() {
    const PATH: &str = "/en/shared-device";
    at_each_base_path(|client| {
        let wiped = client.post(PATH, vec![]);
        assert_eq!((wiped.status, wiped.header("cache-control")), (200, "no-store"));
        // Browsers ignore it on plain http.
        assert!(!wiped.headers.contains_key("clear-site-data"));
    });
    let server = Server::start_with(|command| {
        command.args(["--address", "https://veto.example.org"]);
    });
    let url = format!("{}{PATH}", server.url);
    let shown = agent().get(&url).call().expect("the server responds");
    assert!(!shown.headers().contains_key("clear-site-data"));
    let wiped = agent().post(&url).send_empty().expect("the server responds");
    assert_eq!(wiped.headers()["clear-site-data"], "\"cache\", \"storage\"");
}
