//! What is measured.

use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::Result;
use crate::cpu_quota::CpuQuota;
use crate::nginx::Nginx;
use crate::server::{Cpu, Server};
use crate::wrk::{self, Load};

/// A step page that contains the text for Meta.
const STEP_PAGE: &str = "/de/meta-account/explain?service=facebook&country=DE";
/// The countries of the pages for measurements with many pages.
const COUNTRIES: [&str; 16] = [
    "AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
];
/// Concurrent connections of a load.
const CONNECTIONS: u32 = 32;
/// How often a load is repeated.
const ROUNDS: usize = 5;
/// How often a server is started.
const STARTS: usize = 31;
/// The number of requests of the memory measurement.
const MEMORY_REQUESTS: f64 = 1_000_000.0;

/// A measurement, with the name that selects it on the command line.
type Measurement = (&'static str, fn() -> Result<()>);

/// All measurements.
pub const ALL: [Measurement; 6] = [
    ("pages", pages),
    ("uncached", uncached),
    ("startup", startup),
    ("memory", memory),
    ("limit", connection_limit),
    ("instances", instances),
];

/// A rendered and a cached page, compared with a static body of the size of the page.
fn pages() -> Result<()> {
    let veto = Server::veto(Cpu::Server, &[])?;
    let size = veto.get(STEP_PAGE, "identity")?.len();
    let bare = Server::bare(Cpu::Server, size)?;
    println!(
        "{STEP_PAGE}: {size} bytes, {CONNECTIONS} connections, {ROUNDS} rounds of {} s",
        wrk::SECONDS
    );
    let (mut rendered, mut cached) = (Ratios::default(), Ratios::default());
    for _ in 0..ROUNDS {
        let baseline = Sample::take(&bare, "/", "identity")?;
        rendered.add(&Sample::take(&veto, STEP_PAGE, "identity")?, &baseline);
        cached.add(&Sample::take(&veto, STEP_PAGE, "br")?, &baseline);
    }
    rendered.print("rendered page, to a static body");
    cached.print("cached page (brotli), to a static body");
    Ok(())
}

/// What a load costs a server.
struct Sample {
    /// CPU time of the server for a response, in seconds.
    cpu_time: f64,
    /// Responses per second.
    throughput: f64,
    /// The 99th percentile of the latency, in seconds.
    latency: f64,
}

impl Sample {
    fn take(server: &Server, path: &str, coding: &str) -> Result<Self> {
        let before = server.cpu_time()?;
        let report = Load::new(server.url(), path, coding, CONNECTIONS).run()?;
        Ok(Self {
            cpu_time: (server.cpu_time()? - before) / report.responses,
            throughput: report.throughput,
            latency: report.latency,
        })
    }
}

/// The ratios of two loads in each round.
#[derive(Default)]
struct Ratios {
    cpu_time: Vec<f64>,
    throughput: Vec<f64>,
    latency: Vec<f64>,
}

impl Ratios {
    fn add(&mut self, sample: &Sample, baseline: &Sample) {
        self.cpu_time.push(sample.cpu_time / baseline.cpu_time);
        self.throughput.push(sample.throughput / baseline.throughput);
        self.latency.push(sample.latency / baseline.latency);
    }

    fn print(self, label: &str) {
        print_median(format!("{label}: CPU time"), self.cpu_time, "x");
        print_median(format!("{label}: throughput"), self.throughput, "x");
        print_median(format!("{label}: latency, 99th percentile"), self.latency, "x");
    }
}

/// The CPU time of the first request for a page, in brotli.
fn uncached() -> Result<()> {
    let veto = Server::veto(Cpu::Any, &[])?;
    let languages = languages()?;
    let mut cpu_times = Vec::new();
    for country in COUNTRIES {
        let (before, mut requests) = (veto.cpu_time()?, 0.0);
        for language in &languages {
            for step in [
                "sign-in",
                "open-form",
                "contact",
                "explain",
                "submit",
                "code",
                "confirmation",
            ] {
                let path = format!("/{language}/meta-account/{step}?service=facebook&country={country}");
                veto.get(&path, "br")?;
                requests += 1.0;
            }
        }
        cpu_times.push((veto.cpu_time()? - before) * 1_000.0 / requests);
    }
    print_median(
        "uncached page, with compression and a new connection: CPU time",
        cpu_times,
        "ms",
    );
    Ok(())
}

/// The time from the start of the program to the end of the first response, compared with the bare server.
fn startup() -> Result<()> {
    let (mut ratios, mut times) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let begin = Instant::now();
        Server::bare(Cpu::Any, 5)?.get("/", "identity")?;
        let bare = begin.elapsed();
        let begin = Instant::now();
        Server::veto(Cpu::Any, &[])?.get("/de/", "identity")?;
        let veto = begin.elapsed();
        ratios.push(veto.as_secs_f64() / bare.as_secs_f64());
        times.push(veto.as_secs_f64() * 1_000.0);
    }
    print_median("startup and first page, to a bare server", ratios, "x");
    print_median("startup and first page", times, "ms");
    Ok(())
}

/// The resident memory at rest and during a million requests; one in ten is for a random page of many.
fn memory() -> Result<()> {
    let veto = Server::veto(Cpu::Any, &[])?;
    veto.get("/de/", "identity")?;
    print_memory(&veto, "at rest")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ratios/random_pages.lua");
    let (languages, countries) = (languages()?.join(","), COUNTRIES.join(","));
    let mut load = Load::new(veto.url(), "/", "br", CONNECTIONS);
    load.script(&script, &[&languages, &countries]);
    for part in [0.5, 1.0] {
        let mut responses = 0.0;
        while responses < MEMORY_REQUESTS / 2.0 {
            responses += load.run()?.responses;
        }
        print_memory(&veto, &format!("after {} requests", MEMORY_REQUESTS * part))?;
    }
    Ok(())
}

fn print_memory(server: &Server, when: &str) -> Result<()> {
    print_median(format!("resident memory {when}"), vec![server.memory("VmRSS")?], "MiB");
    print_median(
        format!("anonymous memory {when}"),
        vec![server.memory("RssAnon")?],
        "MiB",
    );
    Ok(())
}

/// The throughput with twice as many connections as the connection limit, compared with the throughput at the limit.
fn connection_limit() -> Result<()> {
    let veto = Server::veto(Cpu::Server, &["--connections", &CONNECTIONS.to_string()])?;
    let throughput = |connections| -> Result<f64> {
        let mut load = Load::new(veto.url(), STEP_PAGE, "identity", connections);
        Ok(load.run()?.throughput)
    };
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let at_limit = throughput(CONNECTIONS)?;
        ratios.push(throughput(2 * CONNECTIONS)? / at_limit);
    }
    print_median(
        "twice the connection limit: throughput, to that at the limit",
        ratios,
        "x",
    );
    Ok(())
}

/// The throughput of two instances behind nginx, compared with one.
///
/// Each instance may use a tenth of a CPU, so that two cores are enough for the instances, nginx and the load.
fn instances() -> Result<()> {
    let servers = [Server::veto(Cpu::Any, &[])?, Server::veto(Cpu::Any, &[])?];
    let quotas: Result<Vec<CpuQuota>> = servers.iter().map(|server| CpuQuota::set(server.id())).collect();
    let quotas = match quotas {
        Ok(quotas) => quotas,
        Err(error) => {
            println!("two instances behind nginx: not measured, a CPU quota cannot be set: {error}");
            return Ok(());
        }
    };
    let throughput = |servers: &[Server]| -> Result<f64> {
        let nginx = Nginx::start(servers)?;
        // Enough connections to keep both instances busy.
        let mut load = Load::new(nginx.url(), STEP_PAGE, "identity", 8 * CONNECTIONS);
        Ok(load.run()?.throughput)
    };
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let one = throughput(&servers[..1])?;
        ratios.push(throughput(&servers)? / one);
    }
    print_median("two instances behind nginx: throughput, to one", ratios, "x");
    // A control group can be removed only when its process has ended.
    drop(servers);
    drop(quotas);
    Ok(())
}

/// The codes of the languages: each has a folder.
fn languages() -> Result<Vec<String>> {
    let mut languages = Vec::new();
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("locales"))? {
        languages.push(folder?.file_name().to_string_lossy().into_owned());
    }
    languages.sort();
    Ok(languages)
}

/// Prints the median of the values, and their range if there are several.
fn print_median(label: impl Display, mut values: Vec<f64>, unit: &str) {
    values.sort_by(f64::total_cmp);
    if let [least, .., most] = values[..] {
        let median = values[values.len() / 2];
        println!("{label:<75} {median:>8.2} {unit} ({least:.2} to {most:.2})");
    } else if let [value] = values[..] {
        println!("{label:<75} {value:>8.2} {unit}");
    }
}
