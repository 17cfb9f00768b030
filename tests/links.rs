//! `veto links`: checking links, against a local server that plays every case. No other server gets a request.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use veto::links::{self, LinkResult, Report, Verdict};
use veto_content::facts::{Facts, Outgoing};
use veto_content::files::Files;

/// Long enough for a local server, short enough for the response that never comes.
const PATIENCE: Duration = Duration::from_secs(2);

/// Starts a server whose response depends on the path; its address without a path.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || respond(stream));
        }
    });
    address
}

fn respond(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().expect("the stream can be cloned"))
        .lines()
        .map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let port = stream.local_addr().expect("a stream has an address").port();
    let elsewhere = format!("location: http://localhost:{port}/titled");
    let (found, moved) = (format!("302 Found\r\n{elsewhere}"), format!("301 Moved\r\n{elsewhere}"));
    let (head, body) = match path.as_str() {
        "/titled" => ("200 OK", "<title>A\u{7} page</title>".to_owned()),
        "/untitled" => ("200 OK", "<p>x</p>".to_owned()),
        "/for-good" => ("301 Moved\r\nlocation: /titled", String::new()),
        "/for-now" => ("302 Found\r\nlocation: /titled", String::new()),
        "/to-nothing" => ("301 Moved\r\nlocation: /nothing", String::new()),
        "/elsewhere" => (found.as_str(), String::new()),
        "/elsewhere-for-good" => (moved.as_str(), String::new()),
        "/step-elsewhere" => ("302 Found\r\nlocation: /elsewhere", String::new()),
        "/loop" => ("302 Found\r\nlocation: /loop", String::new()),
        "/to-login" => ("302 Found\r\nlocation: /accounts/login/?next=x", String::new()),
        "/accounts/login/?next=x" => ("200 OK", "<title>Log in</title>".to_owned()),
        "/password" => ("200 OK", "<input type=\"password\">".to_owned()),
        "/removed" => ("410 Gone", String::new()),
        "/forbidden" => ("403 Forbidden", String::new()),
        "/often" => ("429 Too Many Requests", String::new()),
        "/robot" => ("999 Denied", String::new()),
        "/failure" => ("500 Error", String::new()),
        "/huge" => ("200 OK", format!("<title>Huge</title>{}", "x".repeat(4 << 20))),
        "/cut" => {
            _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<title>Cut</title>");
            return;
        }
        "/silent" => return thread::sleep(3 * PATIENCE),
        "/closed" => return,
        _ => ("404 Not Found", String::new()),
    };
    let head = format!(
        "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // A client that has read enough closes the connection.
    _ = stream.write_all((head + &body).as_bytes());
}

fn link(address: &str) -> Outgoing {
    let facts = Facts::load(&Files::embedded()).expect("the built-in facts are valid");
    Outgoing {
        address: address.to_owned(),
        ..facts.outgoing(false)[0].clone()
    }
}

/// The report on these addresses, in their order. The facts have this host only.
fn run(addresses: &[&str]) -> Report {
    run_with(addresses, &["127.0.0.1"])
}

/// The same; the facts have these hosts.
fn run_with(addresses: &[&str], hosts: &[&str]) -> Report {
    let links: Vec<Outgoing> = addresses.iter().map(|address| link(address)).collect();
    let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
    let report = links::check(&links, &hosts, PATIENCE, None);
    let in_order = report.links.iter().map(|seen| seen.address.as_str());
    assert!(
        in_order.eq(addresses.iter().copied()),
        "the report does not have each address once, in its order"
    );
    report
}

fn one(path: &str) -> LinkResult {
    run(&[&(server() + path)]).links.remove(0)
}

#[test]
fn a_page_that_can_be_opened_is_ok_and_shown_with_its_title() {
    let titled = one("/titled");
    assert_eq!(
        (titled.verdict, titled.status, titled.target),
        (Verdict::Ok, Some(200), None)
    );
    assert_eq!(
        titled.title.as_deref(),
        Some("A page"),
        "the title of a page, without control characters"
    );
    let untitled = one("/untitled");
    assert_eq!((untitled.verdict, untitled.title), (Verdict::Ok, None));
    assert_eq!(one("/huge").title.as_deref(), Some("Huge"));
}

#[test]
fn a_permanent_redirect_is_reported_and_a_temporary_one_is_not() {
    let for_good = one("/for-good");
    assert_eq!((for_good.verdict, for_good.status), (Verdict::Moved, Some(200)));
    assert!(for_good.target.is_some_and(|target| target.ends_with("/titled")));
    assert_eq!(one("/for-now").verdict, Verdict::Ok);
    assert_eq!(
        one("/to-nothing").verdict,
        Verdict::Gone,
        "the target of the redirect is missing"
    );
}

#[test]
fn a_redirect_to_a_host_that_no_fact_has_is_reported_and_not_followed() {
    let server = server();
    for path in ["/elsewhere", "/elsewhere-for-good", "/step-elsewhere"] {
        let address = format!("{server}{path}");
        let target = server.replace("127.0.0.1", "localhost") + "/titled";
        let report = run(&[&address]);
        let link = &report.links[0];
        assert_eq!(
            (link.verdict, &link.target),
            (Verdict::Elsewhere, &Some(target)),
            "{path}"
        );
        assert_eq!(link.title, None, "{path} was followed");
        assert!(report.is_ok(), "{path} makes the report fail");
        let table = report.to_string();
        assert!(
            table.contains("elsewhere") && table.contains("leads to: http://localhost"),
            "{table}"
        );

        let followed = run_with(&[&address], &["127.0.0.1", "localhost"]);
        assert_eq!(
            followed.links[0].title.as_deref(),
            Some("A page"),
            "{path} was not followed"
        );
    }
}

#[test]
fn a_missing_page_is_gone_and_a_failing_server_is_broken() {
    let server = server();
    for (path, verdict) in [
        ("/nothing", Verdict::Gone),
        ("/removed", Verdict::Gone),
        ("/failure", Verdict::Broken),
        ("/loop", Verdict::Broken),
        ("/silent", Verdict::Broken),
        ("/closed", Verdict::Broken),
    ] {
        let report = run(&[&format!("{server}{path}"), &format!("{server}/titled")]);
        assert_eq!(report.links[0].verdict, verdict, "{path}");
        assert_eq!(report.links[1].verdict, Verdict::Ok, "another link in the same report");
        assert!(!report.is_ok());
    }
    let refused = TcpListener::bind("127.0.0.1:0")
        .expect("there is a free port")
        .local_addr()
        .expect("a listener has an address");
    let refused = &run(&[&format!("http://{refused}/")]).links[0];
    assert_eq!((refused.verdict, refused.status), (Verdict::Broken, None));
    assert!(refused.error.is_some());
}

#[test]
fn a_login_page_and_a_page_that_rejects_robots_are_not_judged() {
    for path in ["/to-login", "/password", "/forbidden", "/often", "/robot"] {
        let report = run(&[&(server() + path)]);
        assert_eq!(report.links[0].verdict, Verdict::Unknown, "{path}");
        assert!(report.is_ok(), "{path} makes the report fail");
    }
}

#[test]
fn a_page_that_is_cut_off_is_ok() {
    let cut = one("/cut");
    assert_eq!((cut.verdict, cut.title.as_deref()), (Verdict::Ok, Some("Cut")));
}

#[test]
fn the_table_and_the_json_have_the_same_results() {
    let server = server();
    let report = run(&[
        &format!("{server}/titled"),
        &format!("{server}/nothing"),
        &format!("{server}/to-login"),
    ]);
    let table = report.to_string();
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[1].starts_with("gone              404     "),
        "the worst link is not the first: {table}"
    );
    assert!(
        table.contains("title: A page") && table.contains("leads to: "),
        "{table}"
    );
    assert!(
        table.contains("in: data/"),
        "the file that has the link is missing: {table}"
    );
    assert!(table.contains("ok: 1, gone: 1, unknown: 1"), "{table}");
    let json: serde_json::Value = serde_json::to_value(&report).expect("the report is JSON");
    assert_eq!(json["links"][1]["verdict"], "gone");
    assert_eq!(json["links"][2]["verdict"], "unknown");
    assert_eq!(json["links"][0]["title"], "A page");
}
