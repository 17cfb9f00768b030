//! Checks bytes, instructions and allocations of pages against limits.
//!
//! Instructions and allocations are counted by valgrind, which runs this program again with a number of requests; the cost
//! of one request is the difference of two runs divided by the difference of their numbers, without start and noise.

mod site;

use std::collections::BTreeSet;
use std::env;
use std::fmt::Display;
use std::process::{Command, ExitCode};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, Request};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

/// A page with its headers on the wire, in bytes: what a server may send before it has to wait for the client (RFC 6928).
const PAGE_LIMIT: usize = 14_000;
/// The first page, with its headers.
const FIRST_PAGE_LIMIT: usize = 10_000;
/// The seven steps with the script and the icon, with their headers.
const WALK_LIMIT: usize = 70_000;
/// The script.
const SCRIPT_LIMIT: usize = 4_000;
/// What the server adds to the headers of a response: status, date, length.
const FRAME: usize = "HTTP/1.1 200 OK\r\ndate: Tue, 24 Nov 2026 12:00:00 GMT\r\ncontent-length: 12345\r\n\r\n".len();
/// The content codings with a size limit: browsers accept brotli on https only.
const CODINGS: [&str; 2] = ["br", "gzip"];

/// The variable that makes this program run requests under valgrind: number, coding, path.
const COUNTED: &str = "VETO_BENCH_REQUESTS";
/// Requests before one is counted, so that everything is initialized.
const WARM: u64 = 20;
/// Requests that are counted.
const MEASURED: u64 = 100;

/// The maximum cost of a request.
struct Limit {
    instructions: u64,
    allocations: u64,
}

/// The pages whose cost is counted, below the language.
const COUNTED_PAGES: [&str; 3] = ["/", "/start", "/step/4?service=facebook&country=DE"];
/// A page that is rendered.
const RENDERED: Limit = Limit {
    instructions: 100_000,
    allocations: 80,
};
/// A page from the response cache.
const CACHED: Limit = Limit {
    instructions: 20_000,
    allocations: 30,
};

fn main() -> ExitCode {
    let site = Site::new();
    if let Ok(requests) = env::var(COUNTED) {
        site.run(&requests);
        return ExitCode::SUCCESS;
    }
    let mut gates = Gates::default();
    bytes(&site, &mut gates);
    if let Err(reason) = costs(&site, &mut gates) {
        eprintln!("gates: nothing was counted: {reason}");
        return ExitCode::FAILURE;
    }
    gates.result()
}

/// The results.
#[derive(Default)]
struct Gates {
    exceeded: usize,
}

impl Gates {
    fn check(&mut self, what: impl Display, measured: u64, limit: u64) {
        let result = if measured > limit {
            self.exceeded += 1;
            "  TOO MUCH"
        } else {
            ""
        };
        println!("{what:<75} {measured:>9} of {limit:>9}{result}");
    }

    fn result(&self) -> ExitCode {
        if self.exceeded == 0 {
            return ExitCode::SUCCESS;
        }
        eprintln!("gates: {} limits are exceeded", self.exceeded);
        ExitCode::FAILURE
    }
}

/// The sizes on the wire: of all pages in all languages, of the first page, of the seven steps, of the script.
fn bytes(site: &Site, gates: &mut Gates) {
    for coding in CODINGS {
        println!("Bytes on the wire, {coding}");
        let mut gate = |what: &str, bytes: usize, limit: usize| gates.check(what, bytes as u64, limit as u64);
        for language in &site.languages {
            let pages = site.pages(language, coding);
            let largest = pages.iter().max_by_key(|(_, bytes)| *bytes).expect("there are pages");
            let what = format!("largest of {} pages, {}", pages.len(), largest.0);
            gate(&what, largest.1, PAGE_LIMIT);

            let home = site.get(&format!("/{language}/"), coding);
            gate(&format!("first page, /{language}/"), home.wire(), FIRST_PAGE_LIMIT);
            let assets = site.get(&format!("/{language}/"), "identity").assets();
            let steps = (1..=7).map(|step| format!("/{language}/step/{step}?service=facebook&country=DE"));
            let walk = steps.chain(assets.iter().cloned());
            let size = walk.map(|path| site.get(&path, coding).wire()).sum();
            gate("seven steps, script and icon", size, WALK_LIMIT);
            let script = assets
                .iter()
                .find(|path| path.contains(".js"))
                .expect("there is a script");
            gate("the script", site.get(script, coding).wire(), SCRIPT_LIMIT);
        }
    }
}

/// The instructions and allocations of requests.
fn costs(site: &Site, gates: &mut Gates) -> Result<(), String> {
    println!("\nInstructions and allocations of a request");
    for page in COUNTED_PAGES {
        for language in &site.languages {
            let path = format!("/{language}{page}");
            for (what, coding, limit) in [("rendered", "identity", &RENDERED), ("cached", "br", &CACHED)] {
                let (instructions, allocations) = (instructions(coding, &path)?, allocations(coding, &path)?);
                gates.check(format!("{path} {what}, instructions"), instructions, limit.instructions);
                gates.check(format!("{path} {what}, allocations"), allocations, limit.allocations);
            }
        }
    }
    Ok(())
}

/// The instructions of one request.
fn instructions(coding: &str, path: &str) -> Result<u64, String> {
    let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    of_one(&tool, "Collected : ", coding, path)
}

/// The allocations of one request.
fn allocations(coding: &str, path: &str) -> Result<u64, String> {
    of_one(
        &["--tool=memcheck", "--leak-check=no"],
        "total heap usage: ",
        coding,
        path,
    )
}

fn of_one(tool: &[&str], label: &str, coding: &str, path: &str) -> Result<u64, String> {
    let few = counted(tool, label, WARM, coding, path)?;
    let many = counted(tool, label, WARM + MEASURED, coding, path)?;
    Ok((many - few) / MEASURED)
}

/// The number that valgrind prints after `label` for this program with `requests` requests.
fn counted(tool: &[&str], label: &str, requests: u64, coding: &str, path: &str) -> Result<u64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("valgrind");
    // Valgrind counts a `rep movsb` once for each byte.
    let tunables = "glibc.cpu.x86_rep_movsb_threshold=1000000000:glibc.cpu.x86_rep_stosb_threshold=1000000000";
    command.args(tool).arg(program).env("GLIBC_TUNABLES", tunables);
    command.env(COUNTED, format!("{requests} {coding} {path}"));
    let output = command.output().map_err(|error| format!("valgrind: {error}"))?;
    let output = String::from_utf8_lossy(&output.stderr);
    let number = output.lines().find_map(|line| line.split_once(label));
    let number = number.and_then(|(_, number)| number.split(' ').next()?.replace(',', "").parse().ok());
    number
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("valgrind printed no number: {output}"))
}

struct Site {
    runtime: Runtime,
    router: Router,
    /// The codes of its languages.
    languages: Vec<String>,
}

/// A response with its body.
struct Response {
    headers: HeaderMap,
    body: Bytes,
}

impl Response {
    /// Its size on the wire.
    fn wire(&self) -> usize {
        let line = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            name.as_str().len() + ": ".len() + value.len() + "\r\n".len()
        };
        FRAME + self.headers.iter().map(line).sum::<usize>() + self.body.len()
    }

    /// The addresses on this host in the page, which must not be compressed.
    fn addresses(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.body);
        let named = text.split("=\"/").skip(1).filter_map(|rest| rest.split('"').next());
        named
            .map(|path| format!("/{path}").replace("&amp;", "&").replace("&#38;", "&"))
            .map(|path| path.split('#').next().unwrap_or_default().to_owned())
            .collect()
    }

    /// The static files that a browser loads with the page.
    fn assets(&self) -> BTreeSet<String> {
        self.addresses()
            .into_iter()
            .filter(|path| path.starts_with("/static/"))
            .collect()
    }
}

impl Site {
    fn new() -> Self {
        let catalog = site::catalog();
        Self {
            runtime: Builder::new_current_thread().enable_time().build().expect("a runtime"),
            languages: catalog.locales.values().map(|messages| messages.code.clone()).collect(),
            router: site::router(catalog),
        }
    }

    /// Runs the requests of the variable [`COUNTED`].
    fn run(&self, requests: &str) {
        let mut parts = requests.splitn(3, ' ');
        let mut next = || parts.next().expect("a number, a coding and a path");
        let (number, coding, path) = (next(), next(), next());
        for _ in 0..number.parse().expect("a number") {
            self.get(path, coding);
        }
    }

    fn get(&self, path: &str, coding: &str) -> Response {
        let request = Request::get(path).header(ACCEPT_ENCODING, coding).body(Body::empty());
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request.expect("a request")).await;
            let (parts, body) = response.expect("never fails").into_parts();
            assert!(parts.status.is_success(), "{path}: {}", parts.status);
            let body = to_bytes(body, usize::MAX).await.expect("a body");
            Response {
                headers: parts.headers,
                body,
            }
        })
    }

    /// All pages of a language that links lead to, without choices and with some, and their sizes on the wire.
    fn pages(&self, language: &str, coding: &str) -> Vec<(String, usize)> {
        let own = format!("/{language}/");
        let mut open = vec![
            own.clone(),
            format!("{own}everything?service=both&accounts=unsure&country=DE&length=full"),
        ];
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        let mut pages = Vec::new();
        while let Some(path) = open.pop() {
            let page = self.get(&path, "identity");
            if !page.headers[CONTENT_TYPE].as_bytes().starts_with(b"text/html") {
                continue;
            }
            let named = page.addresses().into_iter().filter(|named| named.starts_with(&own));
            open.extend(named.filter(|named| seen.insert(named.clone())));
            let size = self.get(&path, coding).wire();
            pages.push((path, size));
        }
        pages
    }
}
