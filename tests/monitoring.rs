//! What an operator can ask a running instance: its health and its metrics.

mod support;

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use icu_calendar::Date;
use support::certificate::SelfSigned;
use support::client::{agent, page};
use support::command::{run, stdout};
use support::folder::Folder;
use support::form::{correction, newest_generation};
use support::repository::{facts_checked, languages};
use support::server::{Server, free_port};
use support::tcp::{get, send};

/// The address of a port that is free at the moment.
fn free_address() -> String {
    format!("127.0.0.1:{}", free_port())
}

/// The beginning of a day in UTC, in seconds since the Unix epoch.
fn midnight(day: &str) -> i64 {
    let parts: Vec<i32> = day.split('-').map(|part| part.parse().expect("a number")).collect();
    let [month, day] = [1, 2].map(|index| u8::try_from(parts[index]).expect("a part of a date"));
    let days = |year, month, day| Date::try_new_iso(year, month, day).expect("a date").to_rata_die();
    (days(parts[0], month, day) - days(1970, 1, 1)) * 24 * 60 * 60
}

#[test]
fn health_is_reported_with_a_base_path_with_https_and_with_neither() {
    let folder = Folder::new();
    folder.write("data/companies/meta.toml", &correction(newest_generation()));
    let site = SelfSigned::write(&folder, "site");
    let data = folder.path().display().to_string();
    for settings in [
        &[][..],
        &["--address", "https://veto.example/tools/veto/", "--data", &data],
        &site.arguments(),
    ] {
        let server = Server::start_with(|command| {
            command.args(settings);
        });
        let authority = server.authority();
        let (_, port) = authority.split_once(':').expect("an authority has a port");
        let report = stdout(run(&[settings, &["--port", port, "health"]].concat()));
        let json: serde_json::Value = serde_json::from_str(&report).expect("the report is JSON");
        assert_eq!(json["status"], "ok", "{settings:?}: {report}");
        assert_eq!(json["facts"], facts_checked(), "{report}");
        assert_eq!(json["languages"], serde_json::json!(languages()), "{report}");
        let overrides: &[&str] = if settings.contains(&"--data") {
            &["data/companies/meta.toml"]
        } else {
            &[]
        };
        assert_eq!(json["overrides"], serde_json::json!(overrides), "{report}");
        let loaded = json["loaded"].as_str();
        assert!(loaded.is_some_and(|since| since.ends_with('Z')), "{report}");
    }
}

#[test]
fn a_visitor_learns_only_whether_the_instance_is_healthy() {
    let body = |response: String| {
        let (_, body) = response.split_once("\r\n\r\n").expect("a response has a head");
        body.to_owned()
    };
    let server = Server::start();
    let healthy = "{\"status\":\"ok\"}\n";
    assert_eq!(body(get(&server, "/healthz")), healthy);
    for headers in ["x-forwarded-for: 192.0.2.1\r\n", "via: 1.1 proxy\r\n"] {
        let headers = format!("connection: detail\r\n{headers}");
        assert_eq!(body(send(&server, "GET", "/healthz", &headers)), healthy, "{headers}");
    }
    let all = body(send(&server, "GET", "/healthz", "connection: detail\r\n"));
    assert!(all.contains(env!("CARGO_PKG_VERSION")), "{all}");

    // At an address of this machine that others can reach too.
    let interfaces = if_addrs::get_if_addrs().expect("the addresses of this machine are known");
    let mut addresses = interfaces.iter().map(if_addrs::Interface::ip);
    let Some(address) = addresses.find(|address| address.is_ipv4() && !address.is_loopback()) else {
        return println!("this machine has no network");
    };
    let server = Server::start_with(|command| {
        command.args(["--listen", &address.to_string()]);
    });
    let response = body(send(&server, "GET", "/healthz", "connection: detail\r\n"));
    assert_eq!(response, healthy, "at {address}");
}

#[test]
fn a_clock_that_is_before_the_facts_is_a_fault_and_pages_are_still_there() {
    let folder = Folder::new();
    let source = "sources = [{ source = \"a friend\", checked = \"2026-11-24\" }]";
    folder.write(
        "data/dates.toml",
        &format!("[facts-checked]\ndate = \"2099-12-01\"\n{source}\n"),
    );
    let data = folder.path().display().to_string();
    let server = Server::start_with(|command| {
        command
            .args(["--data", &data])
            .env("VETO_LOG", "warn")
            .stderr(Stdio::piped());
    });
    let response = get(&server, "/healthz");
    assert!(
        response.starts_with("HTTP/1.1 503") && response.ends_with("{\"status\":\"failed\"}\n"),
        "{response}"
    );
    let authority = server.authority();
    let (_, port) = authority.split_once(':').expect("an authority has a port");
    let health = run(&["--port", port, "health"]);
    assert_eq!(health.status.code(), Some(1));
    let error = String::from_utf8_lossy(&health.stderr);
    assert!(error.contains("clock"), "{error}");
    assert!(page(&format!("{}/en/", server.url)).contains("<h1>"));
    let log = server.stop_and_read_log();
    assert!(log.contains("clock") && log.contains("2099-12-01"), "{log}");
}

#[test]
fn health_of_an_instance_that_does_not_run_is_exit_code_1() {
    let address = free_address();
    let (_, port) = address.split_once(':').expect("an address has a port");
    let output = run(&["--port", port, "health"]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("unhealthy"), "{error}");
}

#[test]
fn metrics_have_an_address_of_their_own_and_nothing_about_visitors() {
    let at = free_address();
    let server = Server::start_with(|command| {
        command.args(["--metrics", &at]);
    });
    page(&format!(
        "{}/en/meta-account/explain?service=facebook&country=DE&length=full",
        server.url
    ));
    page(&format!(
        "{}/en/meta-account/sign-in?service=facebook&country=DE",
        server.url
    ));
    _ = ureq::get(format!("{}/findling", server.url))
        .header("user-agent", "Findling")
        .call();
    let metrics = page(&format!("http://{at}/metrics"));
    for line in [
        "veto_requests_total{route=\"/{language}/{journey}/{step}\",status=\"200\"} 2\n",
        "veto_connections ",
        concat!("veto_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1\n"),
        &format!("veto_facts_gathered_timestamp_seconds {}\n", midnight(&facts_checked())),
    ] {
        assert!(metrics.contains(line), "{line} is not in {metrics}");
    }
    assert_eq!(sum(&metrics, "veto_requests_total"), 3, "{metrics}");
    assert_eq!(sum(&metrics, "veto_request_duration_seconds_count"), 3, "{metrics}");
    let bucket = "veto_request_duration_seconds_bucket{le=\"+Inf\",route=\"/{language}/{journey}/{step}\"} 2\n";
    assert!(metrics.contains(bucket), "{bucket} is not in {metrics}");
    for hidden in ["health", "findling"] {
        assert!(!metrics.to_lowercase().contains(hidden), "{hidden} is in {metrics}");
    }
    // Not on the site itself.
    let on_site = agent()
        .get(format!("{}/metrics", server.url))
        .call()
        .expect("the server responds");
    assert_eq!(on_site.status(), 404);
}

/// The sum of a metric over all labels.
fn sum(metrics: &str, name: &str) -> u64 {
    let lines = metrics.lines().filter(|line| line.split('{').next() == Some(name));
    let values = lines.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok());
    values.sum()
}

#[test]
fn a_line_of_the_log_is_a_json_object_if_the_operator_asks_for_it() {
    let mut server = Server::start_with(|command| {
        command
            .args(["--log-format", "json"])
            .env("VETO_LOG", "info")
            .stderr(Stdio::piped());
    });
    let log = server.process().stderr.take().expect("standard error is piped");
    let mut lines = BufReader::new(log).lines();
    let line = lines.next().expect("a line").expect("the log is UTF-8");
    let event: serde_json::Value = serde_json::from_str(&line).expect("an event is JSON");
    assert_eq!(
        (&event["message"], &event["level"]),
        (&"started".into(), &"INFO".into()),
        "{line}"
    );
    assert_eq!(event["version"], env!("CARGO_PKG_VERSION"), "{line}");
}
