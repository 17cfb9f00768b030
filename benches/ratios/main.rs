//! Compares Veto with a bare axum server, and measures startup, memory and load at the connection limit.
//!
//! Prints the median and the range of each figure; no figure fails the benchmark. Needs Linux, for `/proc`, and wrk; nginx and
//! root for the measurement `instances`. The bare server is this program, started again.
//!
//! This program does not use the library `veto`: that would make the bare server larger and slower to start.

mod cpu_quota;
mod measurements;
mod nginx;
mod server;
mod wrk;

use std::env;
use std::process::ExitCode;

use axum::Router;
use axum::body::Bytes;
use axum::routing::get;
use tokio::net::TcpListener;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The variable that makes this program the bare server: the size of its response body, in bytes.
const BARE_SERVER: &str = "VETO_BENCH_BARE_SERVER";

fn main() -> ExitCode {
    let result = match env::var(BARE_SERVER) {
        Ok(size) => serve_static_body(&size),
        Err(_) => run_measurements(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ratios: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The bare server: responds to every request with a static body of `size` bytes.
#[tokio::main]
async fn serve_static_body(size: &str) -> Result<()> {
    let body = Bytes::from(vec![b'x'; size.parse()?]);
    let router = Router::new().fallback(get(|| async move { body }));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

/// Runs the measurements that the command line names; all of them if it names none.
fn run_measurements() -> Result<()> {
    wrk::check_installed()?;
    // Cargo adds flags of its own.
    let names: Vec<String> = env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let known = measurements::ALL.map(|(name, _)| name);
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("no measurement is named {unknown}; there are {}", known.join(", ")).into());
    }
    for (name, measure) in measurements::ALL {
        if names.is_empty() || names.iter().any(|selected| selected == name) {
            measure()?;
        }
    }
    Ok(())
}
