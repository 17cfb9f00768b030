//! Load by wrk.

use std::path::Path;
use std::process::Command;

use crate::Result;
use crate::server::Cpu;

/// The duration of a load.
pub const SECONDS: u32 = 3;

/// Fails if wrk is not installed.
pub fn check_installed() -> Result<()> {
    // The exit code of `wrk -v` is 1.
    Command::new("wrk")
        .arg("-v")
        .output()
        .map_err(|error| format!("wrk: {error}"))?;
    Ok(())
}

/// A load: requests as fast as the server responds, on a number of connections.
pub struct Load {
    command: Command,
}

/// The result of a load.
pub struct Report {
    /// The number of responses.
    pub responses: f64,
    /// Responses per second.
    pub throughput: f64,
    /// The 99th percentile of the latency, in seconds.
    pub latency: f64,
}

impl Load {
    /// Requests for one page.
    pub fn new(url: &str, path: &str, coding: &str, connections: u32) -> Self {
        let mut command = Cpu::Load.command("wrk".as_ref());
        command
            .args(["--threads", "1", "--latency"])
            .args(["--connections", &connections.to_string()])
            .args(["--duration", &format!("{SECONDS}s")])
            .args(["--header", &format!("accept-encoding: {coding}")])
            .arg(format!("{url}{path}"));
        Self { command }
    }

    /// Requests that a Lua script creates.
    pub fn script(&mut self, script: &Path, arguments: &[&str]) {
        self.command.arg("--script").arg(script).arg("--").args(arguments);
    }

    /// Runs the load. An error status, or no response at all, is an error.
    pub fn run(&mut self) -> Result<Report> {
        let output = self.command.output()?;
        if !output.status.success() {
            return Err(format!("wrk: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        let output = String::from_utf8(output.stdout)?;
        if output.contains("Non-2xx or 3xx responses") {
            return Err(format!("there are responses with an error status: {output}").into());
        }
        let report = Report::parse(&output).filter(|report| report.responses > 0.0);
        report.ok_or_else(|| format!("wrk has measured nothing: {output}").into())
    }
}

impl Report {
    fn parse(output: &str) -> Option<Self> {
        let after = |label: &str| output.split_once(label)?.1.split_whitespace().next();
        let before = |label: &str| output.split_once(label)?.0.split_whitespace().next_back();
        Some(Self {
            responses: before(" requests in ")?.parse().ok()?,
            throughput: after("Requests/sec:")?.parse().ok()?,
            latency: seconds(after(" 99% ")?)?,
        })
    }
}

/// Parses a duration such as `1.25ms`.
fn seconds(duration: &str) -> Option<f64> {
    let (unit, factor) = [("us", 1e-6), ("ms", 1e-3), ("s", 1.0)]
        .into_iter()
        .find(|(unit, _)| duration.ends_with(unit))?;
    Some(duration.strip_suffix(unit)?.parse::<f64>().ok()? * factor)
}
