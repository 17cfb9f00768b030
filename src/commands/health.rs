//! `veto health`: the health check, for containers without an HTTP client.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use ureq::Agent;
use ureq::http::header::CONNECTION;
use ureq::tls::TlsConfig;
use veto::config::Settings;
use veto::server::Listen;
use veto::web;

use super::{Failure, config, print};
use crate::cli::Cli;

/// The time limit for the response.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Prints the status report; fails if there is none, or if it tells of a fault.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    let unhealthy = |reason: String| Failure::Unhealthy(Some(format!("unhealthy: {reason}")));
    let (is_ok, report) = ask(&config(cli)?.settings).map_err(|error| unhealthy(error.to_string()))?;
    let report = report.trim_end();
    if is_ok {
        print(report)
    } else {
        Err(unhealthy(report.to_owned()))
    }
}

/// Requests the status report of the instance that runs on this machine with `settings`, and whether the instance is healthy.
fn ask(settings: &Settings) -> Result<(bool, String), ureq::Error> {
    let ip = match settings.listen() {
        Listen::Ip(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        Listen::Ip(ip) => ip,
        #[cfg(unix)]
        Listen::Unix(path) => return Ok(ask_unix_socket(&path, settings.base())?),
    };
    let config = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .proxy(None)
        .http_status_as_error(false)
        // The certificate names the public host, not this address, and nothing secret is sent.
        .tls_config(TlsConfig::builder().disable_verification(true).build());
    let agent: Agent = config.build().into();
    let address = SocketAddr::new(ip, settings.port());
    let url = format!("{}://{address}{}/healthz", settings.scheme(), settings.base());
    // Only this program learns what is loaded; a web server in front does not pass on this option.
    let mut response = agent.get(url).header(CONNECTION, web::DETAIL).call()?;
    Ok((response.status().is_success(), response.body_mut().read_to_string()?))
}

/// The same at a Unix socket, which the HTTP client does not know.
#[cfg(unix)]
fn ask_unix_socket(path: &std::path::Path, base: &str) -> std::io::Result<(bool, String)> {
    use std::io::{Error, Read as _, Write as _};
    let mut stream = std::os::unix::net::UnixStream::connect(path)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    write!(
        stream,
        "GET {base}/healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close, {}\r\n\r\n",
        web::DETAIL
    )?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    let (head, report) = response
        .split_once("\r\n\r\n")
        .ok_or_else(|| Error::other("no response"))?;
    Ok((head.starts_with("HTTP/1.1 200 "), report.to_owned()))
}
