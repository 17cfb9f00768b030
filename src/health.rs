//! Asking a running wizard whether it is well, for containers without another program that could.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use ureq::Agent;
use ureq::tls::TlsConfig;

/// How long the answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the wizard that listens on `ip` and `port` of this machine, by https if `tls`, below the path `base`. The answer
/// is its report.
///
/// # Errors
/// When it does not answer in time, or not with 200.
pub fn ask(ip: IpAddr, port: u16, tls: bool, base: &str) -> Result<String, ureq::Error> {
    let ip = if ip.is_unspecified() {
        Ipv4Addr::LOCALHOST.into()
    } else {
        ip
    };
    let scheme = if tls { "https" } else { "http" };
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .proxy(None)
        // The certificate names the public host, not this address, and nothing secret is said.
        .tls_config(TlsConfig::builder().disable_verification(true).build());
    let agent: Agent = config.build().into();
    let mut answer = agent
        .get(format!("{scheme}://{}{base}/healthz", SocketAddr::new(ip, port)))
        .call()?;
    answer.body_mut().read_to_string()
}
