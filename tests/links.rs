//! Looking at links, against a server of this machine that plays every case. Nothing here calls anybody else.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use veto::facts::{Facts, Outgoing};
use veto::files::Files;
use veto::links::{Report, Seen, Verdict, look};

/// Long enough for this machine, short enough for the server that never answers.
const PATIENCE: Duration = Duration::from_secs(2);

/// A server that answers by path; its address without a path.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle"))
        .lines()
        .map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (head, body) = match path.as_str() {
        "/titled" => ("200 OK", "<title>A\u{7} page</title>".to_owned()),
        "/untitled" => ("200 OK", "<p>x</p>".to_owned()),
        "/for-good" => ("301 Moved\r\nlocation: /titled", String::new()),
        "/for-now" => ("302 Found\r\nlocation: /titled", String::new()),
        "/to-nothing" => ("301 Moved\r\nlocation: /nothing", String::new()),
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
    // Who has read enough goes away in the middle.
    _ = stream.write_all((head + &body).as_bytes());
}

fn link(address: &str) -> Outgoing {
    let facts = Facts::load(&Files::embedded()).expect("the facts");
    Outgoing {
        address: address.to_owned(),
        ..facts.outgoing(false)[0].clone()
    }
}

/// What is seen behind these addresses, in their order.
fn seen(addresses: &[&str]) -> Report {
    let links: Vec<Outgoing> = addresses.iter().map(|address| link(address)).collect();
    let report = look(&links, PATIENCE, None);
    let in_order = report.links.iter().map(|seen| seen.address.as_str());
    assert!(
        in_order.eq(addresses.iter().copied()),
        "each is seen once, in its place"
    );
    report
}

fn one(path: &str) -> Seen {
    seen(&[&(server() + path)]).links.remove(0)
}

#[test]
fn a_page_is_ok_and_shown_with_its_title() {
    let titled = one("/titled");
    assert_eq!(
        (titled.verdict, titled.status, titled.target),
        (Verdict::Ok, Some(200), None)
    );
    assert_eq!(titled.title.as_deref(), Some("A page"), "without control characters");
    let untitled = one("/untitled");
    assert_eq!((untitled.verdict, untitled.title), (Verdict::Ok, None));
    assert_eq!(one("/huge").title.as_deref(), Some("Huge"));
}

#[test]
fn a_page_that_moved_for_good_is_told_from_one_that_redirects_for_now() {
    let for_good = one("/for-good");
    assert_eq!((for_good.verdict, for_good.status), (Verdict::Moved, Some(200)));
    assert!(for_good.target.is_some_and(|target| target.ends_with("/titled")));
    assert_eq!(one("/for-now").verdict, Verdict::Ok);
    assert_eq!(
        one("/to-nothing").verdict,
        Verdict::Gone,
        "what counts is where it leads"
    );
}

#[test]
fn a_page_that_is_not_there_is_gone_and_a_server_that_fails_is_broken() {
    let server = server();
    for (path, verdict) in [
        ("/nothing", Verdict::Gone),
        ("/removed", Verdict::Gone),
        ("/failure", Verdict::Broken),
        ("/loop", Verdict::Broken),
        ("/silent", Verdict::Broken),
        ("/closed", Verdict::Broken),
    ] {
        let report = seen(&[&format!("{server}{path}"), &format!("{server}/titled")]);
        assert_eq!(report.links[0].verdict, verdict, "{path}");
        assert_eq!(report.links[1].verdict, Verdict::Ok, "one does not disturb the others");
        assert!(!report.is_well());
    }
    let refused = TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("its address");
    let refused = &seen(&[&format!("http://{refused}/")]).links[0];
    assert_eq!((refused.verdict, refused.status), (Verdict::Broken, None));
    assert!(refused.error.is_some());
}

#[test]
fn a_login_page_and_a_closed_door_for_robots_are_not_judged() {
    for path in ["/to-login", "/password", "/forbidden", "/often", "/robot"] {
        let report = seen(&[&(server() + path)]);
        assert_eq!(report.links[0].verdict, Verdict::CannotBeJudged, "{path}");
        assert!(report.is_well(), "{path} is no reason for an alarm");
    }
}

#[test]
fn a_page_that_breaks_off_is_still_there() {
    let cut = one("/cut");
    assert_eq!((cut.verdict, cut.title.as_deref()), (Verdict::Ok, Some("Cut")));
}

#[test]
fn the_table_and_the_json_say_the_same() {
    let server = server();
    let report = seen(&[
        &format!("{server}/titled"),
        &format!("{server}/nothing"),
        &format!("{server}/to-login"),
    ]);
    let table = report.to_string();
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[1].starts_with("gone              404     "),
        "the worst comes first: {table}"
    );
    assert!(
        table.contains("title: A page") && table.contains("leads to: "),
        "{table}"
    );
    assert!(table.contains("in: data/"), "who uses it: {table}");
    assert!(table.contains("ok: 1, gone: 1, cannot be judged: 1"), "{table}");
    let json: serde_json::Value = serde_json::to_value(&report).expect("JSON");
    assert_eq!(json["links"][1]["verdict"], "gone");
    assert_eq!(json["links"][2]["verdict"], "cannot-be-judged");
    assert_eq!(json["links"][0]["title"], "A page");
}
