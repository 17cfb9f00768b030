//! What strangers on the network can do to the program: nothing that another visitor would notice.

#[path = "site/folder.rs"]
mod folder;
mod site;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use folder::Folder;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use site::Site;

/// Longer than any limit of the program; whoever waits that long hangs.
const HANGS: Duration = Duration::from_secs(30);
const MIB: u64 = 1 << 20;

fn connect(site: &Site) -> TcpStream {
    let host = site.url.trim_start_matches("http://");
    let stream = TcpStream::connect(host).expect("a connection");
    stream.set_read_timeout(Some(HANGS)).expect("a time limit");
    stream
}

/// Writes `request`, says that nothing more comes, and reads what comes back until the program closes.
fn exchange(site: &Site, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(site);
    // The program may answer and close before it has read all.
    _ = stream.write_all(request);
    _ = stream.shutdown(std::net::Shutdown::Write);
    read_to_end(&mut stream)
}

fn read_to_end(stream: &mut TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("it hangs: {error}"),
    }
    answer
}

fn get(site: &Site, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    String::from_utf8(exchange(site, request.as_bytes())).expect("UTF-8")
}

/// The status of an answer; `None` if there is none.
fn status(answer: &[u8]) -> Option<u16> {
    let code = answer.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(2..5))?;
    std::str::from_utf8(code).ok()?.parse().ok()
}

/// Whether the answer has all the bytes that it announces.
fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.and_then(|length| length.parse().ok()) == Some(body.len())
}

/// Memory of the process that is in use, in bytes.
#[cfg(target_os = "linux")]
fn resident(site: &mut Site) -> u64 {
    let path = format!("/proc/{}/status", site.process().id());
    let status = std::fs::read_to_string(path).expect("its state");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line
        .and_then(|line| line.split_whitespace().next())
        .expect("its memory");
    kib.parse::<u64>().expect("a number") * 1_024
}

/// Pieces that have broken servers before.
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
        b"service=both",
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

/// A request as no browser writes it.
fn request() -> impl Strategy<Value = Vec<u8>> {
    let method = prop::sample::select(vec![
        "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "TRACE", "CONNECT", "OPTIONS", "get", "G\0T", "",
    ]);
    let start = prop::sample::select(vec![
        "/",
        "/de/",
        "/en/step/4?",
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
                    write!(line, "content-length: {}\r\n", body.len()).expect("a String takes everything");
                    bytes.extend(line.as_bytes());
                }
                bytes.extend(b"connection: close\r\n\r\n");
                bytes.extend(body);
                // Every eighth request breaks off somewhere.
                if cut < 32 {
                    bytes.truncate(bytes.len() * usize::from(cut) / 32);
                }
                bytes
            },
        )
}

#[test]
fn five_thousand_hostile_requests_break_nothing_and_are_not_reflected() {
    const REQUESTS: usize = 5_000;
    const CLIENTS: usize = 4;
    let mut site = Site::start();
    get(&site, "/de/");
    #[cfg(target_os = "linux")]
    let before = resident(&mut site);

    let answered = AtomicUsize::new(0);
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (site, answered) = (&site, &answered);
            scope.spawn(move || {
                let seed = [u8::try_from(client).expect("few clients"); 32];
                let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
                let mut runner = TestRunner::new_with_rng(Config::default(), rng);
                for _ in 0..REQUESTS / CLIENTS {
                    let bytes = request().new_tree(&mut runner).expect("a request").current();
                    let answer = exchange(site, &bytes);
                    let shown = || String::from_utf8_lossy(&bytes).into_owned();
                    if let Some(status) = status(&answer) {
                        answered.fetch_add(1, Ordering::Relaxed);
                        assert!(status < 500, "{status} for {}", shown());
                    }
                    let text = String::from_utf8_lossy(&answer).to_lowercase();
                    for attack in [
                        "<script>alert",
                        "<img src=x",
                        "\nset-cookie",
                        "root:x:0",
                        "href=\"javascript:",
                        "//evil.example",
                    ] {
                        assert!(!text.contains(attack), "{attack} comes back for {}", shown());
                    }
                }
            });
        }
    });
    let answered = answered.into_inner();
    assert!(
        answered > REQUESTS / 2,
        "only {answered} had an answer: the requests are too broken to test much"
    );
    assert!(get(&site, "/de/").starts_with("HTTP/1.1 200"));
    #[cfg(target_os = "linux")]
    {
        let grown = resident(&mut site).saturating_sub(before);
        assert!(grown <= 16 * MIB, "{} KiB more memory than at the start", grown / 1_024);
    }
}

#[test]
fn clients_that_never_finish_a_head_are_closed_while_others_are_served() {
    let site = Site::start();
    let start = Instant::now();
    let mut slow: Vec<TcpStream> = (0..200).map(|_| connect(&site)).collect();
    for stream in &mut slow {
        stream
            .write_all(b"GET /de/ HTTP/1.1\r\nhost: x\r\nx-slow: ")
            .expect("a beginning");
    }
    // They keep writing a little, and a visitor comes by.
    for _ in 0..4 {
        assert!(get(&site, "/de/").starts_with("HTTP/1.1 200"));
        for stream in &mut slow {
            _ = stream.write_all(b"a");
        }
        thread::sleep(Duration::from_secs(1));
    }
    for stream in &mut slow {
        read_to_end(stream);
    }
    assert!(start.elapsed() < HANGS, "they were held for {:?}", start.elapsed());
}

#[test]
fn a_client_that_never_finishes_its_handshake_is_closed() {
    let folder = Folder::new();
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let certificate = folder.write("site.pem", &pair.cert.pem());
    let key = folder.write("site.key", &pair.signing_key.serialize_pem());
    let site = Site::start_with(|command| {
        command.args(["--tls-cert", &certificate, "--tls-key", &key]);
    });
    let host = site.url.trim_start_matches("https://");
    let mut silent = TcpStream::connect(host).expect("a connection");
    silent.set_read_timeout(Some(HANGS)).expect("a time limit");
    // The beginning of a handshake, and nothing more.
    silent.write_all(&[0x16, 0x03, 0x01, 0x02]).expect("it is taken");
    assert!(read_to_end(&mut silent).is_empty(), "closed without a word");
}

#[test]
fn a_body_that_never_ends_is_answered_with_408_and_one_that_is_too_large_at_once_with_413() {
    let site = Site::start();
    let start = Instant::now();
    let path = "/en/letter/more?service=facebook&country=FR";
    let mut slow = connect(&site);
    write!(
        slow,
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nname=A"
    )
    .expect("a beginning");

    let mut large = connect(&site);
    write!(
        large,
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 10000000\r\n\r\n"
    )
    .expect("a head");
    let answer = read_to_end(&mut large);
    assert_eq!(status(&answer), Some(413));
    assert!(start.elapsed() < Duration::from_secs(5), "it was not refused at once");

    let answer = read_to_end(&mut slow);
    assert_eq!(status(&answer), Some(408));
    assert!(String::from_utf8_lossy(&answer).contains("<h1>"), "with a page");
    assert!(start.elapsed() < HANGS);
}

#[test]
fn a_thousand_idle_connections_leave_room_for_others() {
    #[cfg(unix)]
    rlimit::increase_nofile_limit(2_000).expect("a limit that can be raised");
    let site = Site::start();
    let idle: Vec<TcpStream> = (0..1_000).map(|_| connect(&site)).collect();
    assert!(get(&site, "/de/").starts_with("HTTP/1.1 200"));
    for stream in &idle {
        stream.set_nonblocking(true).expect("a mode");
        let mut byte = [0];
        let state = (&mut &*stream).read(&mut byte).map_err(|error| error.kind());
        assert_eq!(state, Err(ErrorKind::WouldBlock), "it is still open");
    }
}

#[test]
fn who_finds_no_place_is_asked_to_come_back_in_every_language() {
    let site = Site::start_with(|command| {
        command.args(["--connections", "2"]);
    });
    let held = [connect(&site), connect(&site)];
    thread::sleep(Duration::from_millis(200));
    let answer = get(&site, "/de/");
    assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{answer}");
    for part in [
        "\r\nretry-after: 10\r\n",
        "\r\ncontent-security-policy: default-src 'none'",
        "lang=\"de\"",
        "lang=\"en\"",
    ] {
        assert!(answer.contains(part), "{part} is not in {answer}");
    }
    assert!(is_whole(answer.as_bytes()));
    // Who comes a little too early gets the place that becomes free.
    thread::scope(|scope| {
        let early = scope.spawn(|| get(&site, "/de/"));
        thread::sleep(Duration::from_millis(200));
        drop(held);
        assert!(early.join().expect("an answer").starts_with("HTTP/1.1 200"));
    });
    assert!(get(&site, "/de/").starts_with("HTTP/1.1 200"));
}

#[test]
fn who_never_reads_the_answers_does_not_keep_a_place() {
    let site = Site::start_with(|command| {
        command.args(["--connections", "1"]);
    });
    let mut greedy = connect(&site);
    let patience = Some(Duration::from_millis(500));
    greedy.set_write_timeout(patience).expect("a time limit");
    let requests = "GET /de/why HTTP/1.1\r\nhost: x\r\n\r\n".repeat(100);
    while greedy.write_all(requests.as_bytes()).is_ok() {}
    assert!(get(&site, "/de/").starts_with("HTTP/1.1 503 "), "the place is taken");
    let begin = Instant::now();
    while !get(&site, "/de/").starts_with("HTTP/1.1 200 ") {
        assert!(begin.elapsed() < Duration::from_secs(60), "it keeps the place");
    }
}

#[test]
fn slow_letters_hold_up_nobody_who_asks_for_a_new_page() {
    let site = Site::start();
    // Each says that it takes brotli, and never what is typed.
    let letters: Vec<_> = (0..8)
        .map(|_| {
            let mut stream = connect(&site);
            let head = "POST /de/letter/complaint?service=facebook&country=AT HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\n\
                        content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nname=";
            stream.write_all(head.as_bytes()).expect("it is read");
            stream
        })
        .collect();
    thread::sleep(Duration::from_millis(200));
    let begin = Instant::now();
    let request = "GET /de/why HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\nconnection: close\r\n\r\n";
    let answer = exchange(&site, request.as_bytes());
    assert_eq!(status(&answer), Some(200));
    // A letter that is not typed to its end is given up after ten seconds.
    assert!(begin.elapsed() < Duration::from_secs(5), "it waited for the letters");
    drop(letters);
}

#[test]
fn a_crowd_for_whom_there_is_no_room_to_wait_is_told_at_once() {
    let site = Site::start_with(|command| {
        command.args(["--connections", "2"]);
    });
    let held = [connect(&site), connect(&site)];
    let begin = Instant::now();
    // More than may wait. None says anything before it is answered.
    let crowd: Vec<_> = (0..200).map(|_| connect(&site)).collect();
    let answers: Vec<_> = crowd.into_iter().map(|mut stream| read_to_end(&mut stream)).collect();
    assert!(begin.elapsed() < HANGS, "nobody waits long");
    for answer in &answers {
        assert!(
            is_whole(answer) && answer.starts_with(b"HTTP/1.1 503 "),
            "a broken answer"
        );
    }
    drop(held);
    assert!(get(&site, "/de/").starts_with("HTTP/1.1 200"));
}

#[cfg(unix)]
#[test]
fn being_told_to_stop_under_load_breaks_no_answer() {
    let mut site = Site::start();
    let url = site.url.clone();
    let host = url.trim_start_matches("http://").to_owned();
    let stopping = AtomicBool::new(false);
    let whole = AtomicUsize::new(0);
    let idle = connect(&site);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let Ok(mut stream) = TcpStream::connect(&host) else {
                        assert!(stopping.load(Ordering::SeqCst), "refused before it was to stop");
                        return;
                    };
                    stream.set_read_timeout(Some(HANGS)).expect("a time limit");
                    _ = stream.write_all(b"GET /de/sources HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
                    let answer = read_to_end(&mut stream);
                    // Connections that were not accepted yet get nothing; what is begun must be whole.
                    assert!(
                        answer.is_empty() || is_whole(&answer),
                        "a broken answer of {} bytes",
                        answer.len()
                    );
                    if answer.is_empty() {
                        assert!(stopping.load(Ordering::SeqCst), "no answer before it was to stop");
                    } else {
                        whole.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        thread::sleep(Duration::from_millis(500));
        stopping.store(true, Ordering::SeqCst);
        let number = site.process().id().to_string();
        assert!(
            std::process::Command::new("kill")
                .args(["-TERM", &number])
                .status()
                .expect("kill runs")
                .success()
        );
    });
    assert!(whole.into_inner() > 50, "there was load");
    let start = Instant::now();
    let status = site.process().wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(12));
    drop(idle);
}

#[test]
fn every_kind_of_answer_has_all_the_headers_and_no_cookie_or_server_name() {
    let expected = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
    ];
    let site = Site::start();
    let page = get(&site, "/de/");
    let script = page
        .split("src=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a script");
    let long = format!("/de/?x={}", "y".repeat(5_000));
    for path in [
        "/",
        "/de",
        "/de/",
        "/de/nothing",
        "/de/start?service=x",
        "/de/record.ics?service=facebook&country=DE&day=2026-03-31",
        "/de/text.txt?service=facebook&country=DE",
        script,
        long.as_str(),
    ] {
        let answer = get(&site, path);
        let head = answer.split("\r\n\r\n").next().expect("a head").to_lowercase();
        for (name, value) in expected {
            assert_eq!(
                head.matches(&format!("\r\n{name}: {value}\r\n")).count(),
                1,
                "{name} on {path}"
            );
        }
        let policy = head
            .lines()
            .find_map(|line| line.strip_prefix("content-security-policy: "))
            .expect("a policy");
        for part in [
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ] {
            assert!(policy.contains(part), "{part} on {path}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        let permissions = head
            .lines()
            .find_map(|line| line.strip_prefix("permissions-policy: "))
            .expect("permissions");
        assert!(permissions.contains("clipboard-write=(self)") && permissions.contains("camera=()"));
        for name in ["set-cookie", "server:", "x-powered-by", "strict-transport-security"] {
            assert!(!head.contains(&format!("\r\n{name}")), "{name} on {path}");
        }
    }
    let https = Site::start_with(|command| {
        command.args(["--address", "https://veto.example.org"]);
    });
    assert!(
        get(&https, "/de/").contains("\r\nstrict-transport-security: max-age=31536000\r\n"),
        "HSTS only with https"
    );
}

#[test]
fn a_request_leaves_a_line_only_when_that_is_switched_on_and_nothing_personal_in_it() {
    for switched_on in [false, true] {
        let mut site = Site::start_with(|command| {
            command.args(["--log", "debug"]).stderr(std::process::Stdio::piped());
            if switched_on {
                command.arg("--log-requests");
            }
        });
        let attack = "GET /de/step/4?service=facebook&country=DE&ground=health HTTP/1.1\r\nhost: x\r\n\
                      user-agent: Findling\r\nreferer: http://x/Findling\r\nconnection: close\r\n\r\n";
        exchange(&site, attack.as_bytes());
        exchange(
            &site,
            b"FINDLING /de/%0d%0aINFO HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        );
        site.process().kill().expect("it can be stopped");
        let mut log = String::new();
        let mut errors = site.process().stderr.take().expect("a pipe");
        errors.read_to_string(&mut log).expect("it can be read");
        assert_eq!(
            log.contains("page=\"/{language}/step/{step}\" status=200"),
            switched_on,
            "{log}"
        );
        for hidden in ["indling", "INDLING", "health", "127.0.0.1", "\x1b"] {
            assert!(!log.contains(hidden), "{hidden:?} is in {log}");
        }
        assert_eq!(log.lines().count(), if switched_on { 3 } else { 1 }, "{log}");
    }
}

#[test]
fn pages_are_revalidated_by_their_tag() {
    let site = Site::start();
    for path in ["/de/", "/de/text.txt?service=facebook&country=DE"] {
        let answer = get(&site, path);
        let tag = answer
            .lines()
            .find_map(|line| line.strip_prefix("etag: "))
            .expect("a tag");
        for (known, expected) in [(tag, "304"), ("\"other\"", "200"), (&format!("\"x\", W/{tag}"), "304")] {
            let request =
                format!("GET {path} HTTP/1.1\r\nhost: x\r\nif-none-match: {known}\r\nconnection: close\r\n\r\n");
            let answer = String::from_utf8(exchange(&site, request.as_bytes())).expect("UTF-8");
            assert!(answer.starts_with(&format!("HTTP/1.1 {expected}")), "{known}: {answer}");
            assert!(expected == "200" || answer.ends_with("\r\n\r\n"), "a 304 has no body");
        }
        let head = format!("HEAD {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let head = String::from_utf8(exchange(&site, head.as_bytes())).expect("UTF-8");
        let lines = |answer: &str| {
            let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_owned();
            head.lines()
                .filter(|line| !line.starts_with("date: "))
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(lines(&head), lines(&answer), "HEAD says what GET says");
        assert!(head.ends_with("\r\n\r\n"), "and has no body");
    }
}

/// The tags of a page in their order, without what stands in text and in the values of attributes.
fn structure(html: &str) -> Vec<String> {
    let body = html.split("<body>").nth(1).expect("a body");
    let mut tags = Vec::new();
    let mut rest = body;
    while let Some((_, after)) = rest.split_once('<') {
        let end = after.find(['>', ' ', '\n']).expect("a tag ends");
        tags.push(after[..end].to_owned());
        // The values of attributes are in quotes; what stands between these are the names.
        let mut inside = &after[end..];
        loop {
            let at = inside.find(['>', '"']).expect("a tag ends");
            if inside.as_bytes()[at] == b'>' {
                rest = &inside[at + 1..];
                break;
            }
            let value = &inside[at + 1..];
            let quote = value.find('"').expect("a value ends");
            tags.push(inside[..at].trim().to_owned());
            inside = &value[quote + 1..];
        }
    }
    tags
}

#[test]
fn no_typed_character_changes_the_structure_of_a_letter_or_of_its_pages() {
    let site = Site::start();
    let post = |path: &str, next: &str, typed: &str| {
        let encode = |text: &str| {
            text.bytes().fold(String::new(), |mut encoded, byte| {
                write!(encoded, "%{byte:02x}").expect("a String takes everything");
                encoded
            })
        };
        let mut body = format!("day=2026-03-31&outcome=refused&answered=2026-05-01&next={next}");
        for field in ["name", "address", "account", "email", "answer", "own"] {
            write!(body, "&{field}={}", encode(typed)).expect("a String takes everything");
        }
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let answer = String::from_utf8(exchange(&site, request.as_bytes())).expect("UTF-8");
        assert!(answer.starts_with("HTTP/1.1 200"), "{typed:?}: {answer}");
        answer
    };
    let path = "/en/letter/complaint?service=facebook&country=AT";
    let plain = ["check", "letter", "change"].map(|next| (next, structure(&post(path, next, "Ada"))));

    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let tricky = prop::sample::select(vec![
        "<b>",
        "</textarea>",
        "</article>",
        "\"",
        "'",
        "\" onload=\"x",
        "&lt;",
        "&#60;",
        "]]>",
        "<!--",
        "`",
        "{law}",
        "{{x}}",
        "\u{202e}",
        "mailto:",
        "?body=x&subject=y",
        "%0d%0a",
        "\\",
        "ß",
        "🙂",
        "e\u{301}",
    ]);
    let typed = prop::collection::vec(
        prop_oneof![tricky.prop_map(str::to_owned), "[^\\p{C}\u{FFFD}\\s]{1,6}"],
        1..8,
    );
    for _ in 0..100 {
        // At most 80 characters, the limit of the name.
        let typed = typed.new_tree(&mut runner).expect("a text").current().concat();
        let typed: String = typed.chars().take(80).collect();
        for (next, expected) in &plain {
            assert_eq!(structure(&post(path, next, &typed)), *expected, "{next}: {typed:?}");
        }
        let letter = post(path, "letter", &typed);
        let mail = letter
            .split("href=\"mailto:")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("an e-mail");
        let (address, query) = mail.split_once('?').expect("a query");
        assert!(address.contains('@') && !address.contains(&typed));
        // Written as `&#38;` between the two, and all else is encoded.
        let parts: Vec<&str> = query.split("&#38;").collect();
        assert!(
            parts.len() == 2 && parts[0].starts_with("subject=") && parts[1].starts_with("body="),
            "{mail}"
        );
        assert!(
            parts.iter().all(|part| part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"=%".contains(&byte))),
            "{mail}"
        );
        let file = post(path, "file", &typed);
        assert!(file.contains(typed.trim()), "{typed:?} is not in the text file");
    }
}
