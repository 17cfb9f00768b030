//! HTTPS by the program itself.

mod support;

use std::process::Stdio;
use std::sync::Arc;
#[cfg(unix)]
use std::time::{Duration, Instant};

use axum::body::to_bytes;
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo};
#[cfg(unix)]
use rcgen::SanType;
use support::certificate::{NAMES, SelfSigned};
use support::client::{agent, page};
use support::command::{error_line, run, stdout};
use support::folder::Folder;
use support::server::{Server, eventually, free_port};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use ureq::Body;
use ureq::http::Response;

fn start(site: &SelfSigned) -> Server {
    Server::start_with(|command| {
        command.args(site.arguments());
    })
}

#[cfg(unix)]
#[test]
fn pages_are_served_by_https_and_a_reload_uses_a_new_certificate() {
    use nix::sys::signal::Signal::SIGHUP;

    let folder = Folder::new();
    let first = SelfSigned::write(&folder, "site");
    let server = start(&first);
    assert!(server.url.starts_with("https://localhost:"), "{}", server.url);
    let url = format!("{}/en/", server.url);
    let is_served_with = |site: &SelfSigned| site.client().get(&url).call().is_ok();
    assert!(is_served_with(&first));

    // The same file names again, as a renewal writes them.
    let second = SelfSigned::write(&folder, "site");
    server.signal(SIGHUP);
    assert!(
        eventually(|| is_served_with(&second)),
        "the new certificate is not used"
    );
    assert!(!is_served_with(&first), "the old certificate is still used");

    folder.write("site.key", "nonsense");
    server.signal(SIGHUP);
    std::thread::sleep(Duration::from_millis(500));
    assert!(is_served_with(&second), "a broken key changed something");
}

/// A TLS connection on which the client offers HTTP/2 and HTTP/1.1.
async fn connect(server: &Server, certificate: CertificateDer<'static>) -> tokio_rustls::client::TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate).expect("the certificate can be trusted");
    let mut config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let stream = TcpStream::connect(server.authority())
        .await
        .expect("the server accepts a connection");
    let name = ServerName::try_from("localhost").expect("localhost is a name");
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(name, stream).await.expect("the handshake succeeds")
}

#[tokio::test]
async fn http_2_is_spoken_where_the_client_offers_it() {
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    let server = start(&site);
    let stream = connect(&server, site.certificate.clone()).await;
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));

    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.expect("the server speaks HTTP/2");
    tokio::spawn(connection);
    let text = format!("typed={}", "Words+".repeat(10_000));
    for (method, path, sent, status) in [
        ("GET", "/en/", "", 200),
        ("HEAD", "/en/", "", 200),
        ("GET", "/en/nothing-here", "", 404),
        ("GET", "/", "", 307),
        (
            "POST",
            "/en/meta-account/open-form?service=facebook&country=DE",
            &text,
            400,
        ),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", server.url))
            .header("accept-encoding", "br")
            .body(axum::body::Body::from(sent.to_owned()))
            .expect("the request is valid");
        let response = sender.send_request(request).await.expect("the server responds");
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert!(response.headers().contains_key("content-security-policy"), "{path}");
        let body = to_bytes(axum::body::Body::new(response.into_body()), usize::MAX).await;
        let body = body.expect("the body is complete");
        assert_eq!(body.is_empty(), method == "HEAD" || status == 307, "{method} {path}");
    }
}

#[test]
fn a_certificate_with_the_key_of_another_is_rejected() {
    let folder = Folder::new();
    let one = SelfSigned::write(&folder, "one").certificate_file;
    let other = SelfSigned::write(&folder, "other").key_file;
    let line = error_line(&run(&["--port", "0", "--tls-cert", &one, "--tls-key", &other]));
    assert!(line.contains("do not fit together"), "{line}");
}

/// The response to a request by plain http.
fn get_plain(authority: &str, path: &str) -> Response<Body> {
    let request = agent()
        .get(format!("http://{authority}{path}"))
        .header("accept-language", "de");
    request.call().expect("the server responds")
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

#[test]
fn plain_http_on_the_port_for_https_gets_a_page_that_says_what_to_do() {
    let folder = Folder::new();
    let server = start(&SelfSigned::write(&folder, "site"));
    let mut response = get_plain(&server.authority(), "/de/start");
    assert_eq!(response.status().as_u16(), 421);
    assert_eq!(header(&response, "strict-transport-security"), None);
    let page = response.body_mut().read_to_string().expect("the page is UTF-8");
    assert!(page.contains("lang=\"de\"") && page.contains("https://"), "{page}");
}

#[test]
fn plain_http_leads_to_the_address_on_both_ports() {
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    let port = free_port();
    let settings = format!("redirect-port = {port}\naddress = \"https://veto.example/veto\"\n");
    let server = Server::start_with_settings(&folder, &(settings + &settings_of(&site)));
    for authority in [server.authority(), format!("127.0.0.1:{port}")] {
        let response = get_plain(&authority, "/veto/de/start?country=DE");
        assert_eq!(response.status().as_u16(), 308, "{authority}");
        let location = header(&response, "location");
        assert_eq!(location, Some("https://veto.example/veto/de/start?country=DE"));
        assert_eq!(header(&response, "strict-transport-security"), None);
    }
}

#[cfg(unix)]
#[test]
fn a_port_that_leads_to_https_holds_up_neither_the_site_nor_the_stop() {
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    let port = free_port();
    let settings = format!("redirect-port = {port}\nconnections = 1\n{}", settings_of(&site));
    let file = folder.write("veto.toml", &settings);
    let mut server = Server::start_with(|command| {
        command.args(["--config", &file]).stderr(Stdio::piped());
    });
    for authority in [None, Some(format!("127.0.0.1:{port}")), None, None] {
        // Each client closes its connection when it is dropped.
        let (client, url) = match authority {
            None => (site.client(), format!("{}/en/", server.url)),
            Some(authority) => (agent(), format!("http://{authority}/en/")),
        };
        let request = client.get(&url).config().timeout_global(Some(Duration::from_secs(5)));
        assert!(request.build().call().is_ok(), "{url} does not respond");
    }
    let start = Instant::now();
    server.signal(nix::sys::signal::Signal::SIGTERM);
    let status = server.process().wait().expect("the program ends");
    assert_eq!(status.code(), Some(0));
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "it ended after {:?}",
        start.elapsed()
    );
    let log = server.stop_and_read_log();
    assert!(!log.contains("in time"), "{log}");
}

#[test]
fn a_port_that_leads_to_https_needs_a_certificate() {
    let line = error_line(&run(&["--port", "0", "--redirect-port", "8081"]));
    assert!(line.contains("redirect-port") && line.contains("tls-cert"), "{line}");
}

#[test]
fn browsers_use_https_for_subdomains_if_the_operator_says_so() {
    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    for (setting, includes) in [("", false), ("include-subdomains = true\n", true)] {
        let settings = format!("address = \"https://localhost\"\n{setting}{}", settings_of(&site));
        let server = Server::start_with_settings(&folder, &settings);
        let url = format!("https://localhost:{}/en/", port_of(&server));
        let response = site.client().get(url).call().expect("the server responds");
        let policy = header(&response, "strict-transport-security").expect("visitors use https");
        assert_eq!(policy.contains("includeSubDomains"), includes, "{policy}");
    }
}

#[test]
fn a_renewed_certificate_is_used_without_a_signal() {
    let folder = Folder::new();
    let first = SelfSigned::write(&folder, "site");
    let server = start(&first);
    let url = format!("{}/en/", server.url);
    assert!(first.client().get(&url).call().is_ok());
    let second = SelfSigned::write(&folder, "site");
    let is_used = || second.client().get(&url).call().is_ok();
    assert!(eventually(is_used), "the new certificate is not used");
}

#[test]
fn the_operator_learns_the_names_and_the_end_of_the_certificate() {
    let folder = Folder::new();
    let warnings = ["the certificate ends soon", "the certificate has ended"];
    for (days, warning) in [(90, None), (20, Some(0)), (1, Some(0)), (-1, Some(1))] {
        let site = SelfSigned::write_for_days(&folder, "site", days);
        let arguments = site.arguments();
        let checked = stdout(run(&[&["check"][..], &arguments].concat()));
        for part in [&format!("for {}", NAMES.join(", ")), &format!("({days} days)")] {
            assert!(checked.contains(part), "{days}: {checked}");
        }
        let server = Server::start_with(|command| {
            command.args(arguments).env("VETO_LOG", "info").stderr(Stdio::piped());
        });
        let log = server.stop_and_read_log();
        let found = warnings.map(|warning| log.contains(warning));
        assert_eq!(found, [0, 1].map(|index| warning == Some(index)), "{days}: {log}");
    }
}

#[cfg(unix)]
#[test]
fn line_breaks_in_the_names_of_a_certificate_and_its_file_make_no_lines() {
    let folder = Folder::new();
    let site = SelfSigned::write_for_days(&folder, "si\r\nte", 1);
    let log = Server::start_with(|command| {
        command.args(site.arguments()).stderr(Stdio::piped());
        command.env("VETO_LOG", "warn");
    })
    .stop_and_read_log();
    assert!(log.contains("/si  te.pem: "), "{log:?}");
    assert!(log.lines().all(|line| line.contains(" WARN ")), "{log:?}");

    let named = SelfSigned::write_with(&folder, "named", |certificate| {
        let name = "lo\ncal".try_into().expect("a name may have any character");
        certificate.subject_alt_names = vec![SanType::DnsName(name)];
    });
    let checked = stdout(run(&[&["check"][..], &named.arguments()].concat()));
    assert!(checked.contains("for lo cal,"), "{checked:?}");

    let other = SelfSigned::write(&folder, "two\nlines");
    let [empty, wrong] = ["em\npty", "wr\nong"].map(|name| folder.write(name, "-----BEGIN CERTIFICATE-----"));
    let missing = folder.path().join("miss\ning").display().to_string();
    for (certificate, key) in [
        (&site.certificate_file, &other.key_file),
        (&empty, &site.key_file),
        (&missing, &site.key_file),
        (&site.certificate_file, &wrong),
    ] {
        error_line(&run(&["--port", "0", "--tls-cert", certificate, "--tls-key", key]));
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_every_user_may_read_is_reported() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    let site = SelfSigned::write(&folder, "site");
    for (mode, is_reported) in [(0o600, false), (0o640, false), (0o644, true)] {
        set_permissions(&site.key_file, Permissions::from_mode(mode)).expect("the mode can be set");
        let checked = stdout(run(&[&["check"][..], &site.arguments()].concat()));
        assert_eq!(
            checked.contains("may read the private key"),
            is_reported,
            "{mode:o}: {checked}"
        );
    }
}

#[test]
fn the_metrics_tell_the_end_of_the_certificate() {
    let folder = Folder::new();
    let site = SelfSigned::write_for_days(&folder, "site", 90);
    let metrics = format!("127.0.0.1:{}", free_port());
    let settings = format!("metrics = \"{metrics}\"\n{}", settings_of(&site));
    let _server = Server::start_with_settings(&folder, &settings);
    let text = page(&format!("http://{metrics}/metrics"));
    let line = format!("\nveto_certificate_end_timestamp_seconds {}\n", site.end);
    assert!(text.contains(&line), "{text}");
}

/// The settings of `veto.toml` that make the program use a certificate.
fn settings_of(site: &SelfSigned) -> String {
    format!(
        "tls-cert = {:?}\ntls-key = {:?}\n",
        site.certificate_file, site.key_file
    )
}

fn port_of(server: &Server) -> String {
    let authority = server.authority();
    authority
        .rsplit(':')
        .next()
        .expect("an authority has a port")
        .to_owned()
}
