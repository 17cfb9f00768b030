//! `veto health`: the health check, for containers without an HTTP client.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use ureq::Agent;
use ureq::tls::TlsConfig;
use veto::config::Settings;
use veto::server::Listen;

use super::{Failure, config, print};
use crate::cli::Cli;

/// The time limit for the response.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Prints the status report; fails if there is no successful response.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    match ask(&config(cli)?.settings) {
        Ok(report) => print(report.trim_end()),
        Err(reason) => Err(Failure::Unhealthy(Some(format!("unhealthy: {reason}")))),
    }
}

/// Requests the status report of the instance that runs on this machine with `settings`.
fn ask(settings: &Settings) -> Result<String, ureq::Error> {
    let ip = match settings.listen() {
        Listen::Ip(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        Listen::Ip(ip) => ip,
        #[cfg(unix)]
        Listen::Unix(path) => return Ok(ask_unix_socket(&path, settings.base())?),
    };
    let config = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .proxy(None)
        // The certificate names the public host, not this address, and nothing secret is sent.
        .tls_config(TlsConfig::builder().disable_verification(true).build());
    let agent: Agent = config.build().into();
    let address = SocketAddr::new(ip, settings.port());
    let url = format!("{}://{address}{}/healthz", settings.scheme(), settings.base());
    agent.get(url).call()?.body_mut().read_to_string()
}

/// The same at a Unix socket, which the HTTP client does not know.
#[cfg(unix)]
fn ask_unix_socket(path: &std::path::Path, base: &str) -> std::io::Result<String> {
    use std::io::{Error, Read as _, Write as _};
    let mut stream = std::os::unix::net::UnixStream::connect(path)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    write!(
        stream,
        "GET {base}/healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    )?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    match response.split_once("\r\n\r\n") {
        Some((head, report)) if head.starts_with("HTTP/1.1 200 ") => Ok(report.to_owned()),
        _ => Err(Error::other(response.lines().next().unwrap_or_default().to_owned())),
    }
}
