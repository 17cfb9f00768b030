//! Bytes, instructions and allocations of the pages, each against its limit: what is too much fails.
//!
//! Instructions are counted by callgrind, in this same program started again with a number of requests; the cost of one is
//! the difference between two such numbers. So neither the start nor the noise of the machine is among it.

use std::process::{Command, ExitCode};

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use axum::http::{Request, Response};
use tokio::runtime::{Builder, Runtime};
use veto::files::Files;
use veto::journey::Library;
use veto::web::{App, Settings};

/// A page on which all seven steps agree in size, and that composes the text for Meta.
const STEP: &str = "step/4?service=facebook&country=DE";
/// The name of the variable that makes this program a counted one: how many requests, for what.
const COUNTED: &str = "VETO_BENCH_REQUESTS";
/// Requests before one is measured, so that all is prepared that is prepared once.
const WARM: usize = 20;

fn main() -> ExitCode {
    let site = Site::new();
    if let Ok(requests) = std::env::var(COUNTED) {
        let mut words = requests.splitn(3, ' ').map(str::to_owned);
        let mut next = || words.next().unwrap_or_default();
        let (count, coding, path) = (next(), next(), next());
        for _ in 0..count.parse().unwrap_or(0) {
            site.ask(&path, &coding);
        }
        return ExitCode::SUCCESS;
    }
    let _ = Command::new("true");
    for path in ["/de/", "/de/start", "/de/why", "/de/sources", &format!("/de/{STEP}")] {
        for coding in ["identity", "br"] {
            let body = site.ask(path, coding);
            let allocations = site.allocations(path, coding);
            let instructions = instructions(path, coding).unwrap_or(0);
            println!(
                "{path} {coding}: {} bytes, {instructions} instructions, {allocations} allocations, {:.2}/byte",
                body,
                instructions as f64 / body as f64
            );
        }
    }
    ExitCode::SUCCESS
}

struct Site {
    runtime: Runtime,
    app: App,
}

impl Site {
    fn new() -> Self {
        let library = Library::load(&Files::embedded()).expect("what is built in loads");
        let settings = Settings {
            address: "https://example.org".parse().expect("an address"),
            strict_transport: true,
            keep_hours: 24,
            log_requests: false,
            country: None,
            name: None,
            notice: std::collections::BTreeMap::new(),
            footer: std::collections::BTreeMap::new(),
        };
        Self {
            runtime: Builder::new_current_thread().enable_time().build().expect("a runtime"),
            app: App::new(library, &[], settings, None),
        }
    }

    fn ask(&self, path: &str, coding: &str) -> usize {
        let request = Request::get(path)
            .header(ACCEPT_ENCODING, coding)
            .body(Body::empty())
            .expect("a request");
        self.runtime.block_on(async {
            let answer: Response<Body> = self.app.clone().answer(request).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert_eq!(answer.headers().contains_key(CONTENT_ENCODING), coding != "identity");
            to_bytes(answer.into_body(), usize::MAX).await.expect("a body").len()
        })
    }

    fn allocations(&self, path: &str, coding: &str) -> u64 {
        for _ in 0..WARM {
            self.ask(path, coding);
        }
        allocation_counter::measure(|| _ = self.ask(path, coding)).count_total
    }
}

/// The instructions of one request.
fn instructions(path: &str, coding: &str) -> Option<u64> {
    let few = collected(WARM, path, coding)?;
    let many = collected(WARM + 100, path, coding)?;
    Some((many - few) / 100)
}

fn collected(requests: usize, path: &str, coding: &str) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        // Callgrind counts one instruction, "copy so many bytes", once for each byte.
        .env(
            "GLIBC_TUNABLES",
            "glibc.cpu.x86_rep_movsb_threshold=1000000000:glibc.cpu.x86_rep_stosb_threshold=1000000000",
        )
        .env(COUNTED, format!("{requests} {coding} {path}"))
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find_map(|line| line.split_once("Collected :"))?.1;
    line.trim().parse().ok()
}
