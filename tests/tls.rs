//! HTTPS by the program itself.

mod support;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo};
use support::certificate::SelfSigned;
use support::command::{error_line, run};
use support::folder::Folder;
use support::server::Server;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

fn start(site: &SelfSigned) -> Server {
    Server::start_with(|command| {
        command.args(site.arguments());
    })
}

#[cfg(unix)]
#[test]
fn pages_are_served_by_https_and_a_reload_uses_a_new_certificate() {
    use std::time::Duration;

    use nix::sys::signal::Signal::SIGHUP;
    use support::server::eventually;
    use ureq::Agent;
    use ureq::tls::{Certificate, RootCerts, TlsConfig};

    /// A client that trusts this certificate and no other.
    fn trusting(certificate: &CertificateDer<'static>) -> Agent {
        let roots = RootCerts::new_with_certs(&[Certificate::from_der(certificate).to_owned()]);
        let tls = TlsConfig::builder().root_certs(roots).build();
        Agent::config_builder().tls_config(tls).build().into()
    }

    let folder = Folder::new();
    let first = SelfSigned::write(&folder, "site");
    let server = start(&first);
    assert!(server.url.starts_with("https://localhost:"), "{}", server.url);
    let url = format!("{}/en/", server.url);
    let is_served_with = |site: &SelfSigned| trusting(&site.certificate).get(&url).call().is_ok();
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
    for (method, path, status) in [
        ("GET", "/en/", 200),
        ("HEAD", "/en/", 200),
        ("GET", "/en/nothing-here", 404),
        ("GET", "/", 307),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", server.url))
            .header("accept-encoding", "br")
            .body(Body::empty())
            .expect("the request is valid");
        let response = sender.send_request(request).await.expect("the server responds");
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert!(response.headers().contains_key("content-security-policy"), "{path}");
        let body = to_bytes(Body::new(response.into_body()), usize::MAX).await;
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
