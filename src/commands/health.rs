//! `veto health`: the health check, for containers without an HTTP client.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use ureq::Agent;
use ureq::tls::TlsConfig;
use veto::config::Settings;

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
        ip if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        ip => ip,
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
