//! Bytes, instructions and allocations of the pages, each against its limit: what is too much fails.
//!
//! Instructions and allocations are counted by valgrind, in this same program started again with a number of requests;
//! the cost of one is the difference between two such numbers. So the start is not in it, nor is the noise of the machine.

mod site;

use std::collections::BTreeSet;
use std::env;
use std::fmt::Display;
use std::process::{Command, ExitCode};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, Request};
use tokio::runtime::{Builder, Runtime};
use veto::web::App;

/// A page with its headers on the wire, in bytes: what a server may say before it has to wait for the browser (RFC 6928).
const PAGE_LIMIT: usize = 14_000;
/// The first page, with its headers.
const FIRST_PAGE_LIMIT: usize = 10_000;
/// The seven steps with the script and the icon, with their headers.
const WALK_LIMIT: usize = 60_000;
/// The script.
const SCRIPT_LIMIT: usize = 4_000;
/// What the server adds to the headers of an answer: its status, the date, the size.
const FRAME: usize = "HTTP/1.1 200 OK\r\ndate: Tue, 24 Nov 2026 12:00:00 GMT\r\ncontent-length: 12345\r\n\r\n".len();

/// The name of the variable that makes this program a counted one: how many requests, in which coding, for what.
const COUNTED: &str = "VETO_BENCH_REQUESTS";
/// Requests before one is counted, so that all is prepared that is prepared once.
const WARM: u64 = 20;
/// Requests that are counted.
const MEASURED: u64 = 100;

/// What a request may cost.
struct Limit {
    /// Instructions of the whole request, for each 100 bytes of the page as it is without compression.
    instructions: u64,
    allocations: u64,
}

/// The pages that are counted, below the language: the first, one with a form, one in the middle of the walk; and what each
/// may cost to make. A tenth of it is room for processors that copy in another way.
const RENDERED: [(&str, Limit); 3] = [
    (
        "/",
        Limit {
            instructions: 200,
            allocations: 34,
        },
    ),
    (
        "/start",
        Limit {
            instructions: 280,
            allocations: 36,
        },
    ),
    (
        "/step/4?service=facebook&country=DE",
        Limit {
            instructions: 226,
            allocations: 52,
        },
    ),
];
/// A page that has been given before, compressed.
const GIVEN_BEFORE: Limit = Limit {
    instructions: 48,
    allocations: 9,
};
/// Instructions of the template alone, for each 100 bytes.
const TEMPLATE_LIMIT: u64 = 88;
/// How many of a hundred instructions a byte may cost in the dearest language, where it costs 100 in the cheapest.
const LANGUAGES_LIMIT: u64 = 110;

fn main() -> ExitCode {
    let site = Site::new();
    if let Ok(requests) = env::var(COUNTED) {
        site.answer(&requests);
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

/// What was measured against its limits.
#[derive(Default)]
struct Gates {
    exceeded: usize,
}

impl Gates {
    fn check(&mut self, what: impl Display, measured: u64, limit: u64) {
        let verdict = if measured > limit {
            self.exceeded += 1;
            "  TOO MUCH"
        } else {
            ""
        };
        println!("{what:<75} {measured:>9} of {limit:>9}{verdict}");
    }

    fn result(&self) -> ExitCode {
        if self.exceeded == 0 {
            return ExitCode::SUCCESS;
        }
        eprintln!("gates: {} limits are exceeded", self.exceeded);
        ExitCode::FAILURE
    }
}

/// The sizes on the wire: of all pages in all languages, of the first page, of the walk, of the script.
fn bytes(site: &Site, gates: &mut Gates) {
    println!("Bytes on the wire");
    let mut gate = |what: &str, bytes: usize, limit: usize| gates.check(what, bytes as u64, limit as u64);
    for language in &site.languages {
        let pages = site.pages(language);
        let largest = pages.iter().max_by_key(|(_, bytes)| *bytes).expect("there are pages");
        gate(
            &format!("largest of {} pages, {}", pages.len(), largest.0),
            largest.1,
            PAGE_LIMIT,
        );

        let home = site.get(&format!("/{language}/"), "br");
        gate(&format!("first page, /{language}/"), home.wire(), FIRST_PAGE_LIMIT);
        let parts = home.parts();
        let steps = (1..=7).map(|step| format!("/{language}/step/{step}?service=facebook&country=DE"));
        let walk = steps.chain(parts.iter().cloned());
        gate(
            "seven steps, script and icon",
            walk.map(|path| site.get(&path, "br").wire()).sum(),
            WALK_LIMIT,
        );
        let script = parts
            .iter()
            .find(|path| path.contains(".js"))
            .expect("there is a script");
        gate("the script", site.get(script, "br").wire(), SCRIPT_LIMIT);
    }
}

/// The instructions and allocations of requests.
fn costs(site: &Site, gates: &mut Gates) -> Result<(), String> {
    println!("\nInstructions and allocations of a request");
    for (page, rendered) in &RENDERED {
        // Instructions for each 1,000 bytes, in each language.
        let mut costs = Vec::new();
        for language in &site.languages {
            let path = format!("/{language}{page}");
            let bytes = site.get(&path, "identity").body.len() as u64;
            for (coding, limit) in [("identity", rendered), ("br", &GIVEN_BEFORE)] {
                let what = format!("{path} {coding}");
                let (instructions, allocations) = (instructions(coding, &path, None)?, allocations(coding, &path)?);
                gates.check(
                    format!("{what}, instructions"),
                    instructions,
                    limit.instructions * bytes / 100,
                );
                gates.check(format!("{what}, allocations"), allocations, limit.allocations);
                if coding == "identity" {
                    costs.push(instructions * 1_000 / bytes);
                }
            }
        }
        if let (Some(dearest), Some(cheapest)) = (costs.iter().max(), costs.iter().min()) {
            let what = format!("{page}, a byte in the dearest language; in the cheapest 100");
            gates.check(what, dearest * 100 / cheapest, LANGUAGES_LIMIT);
        }
    }

    let bytes = site.get("/de/start", "identity").body.len() as u64;
    let template = instructions("identity", "/de/start", Some("*web::pages::render*"))?;
    gates.check(
        "/de/start, instructions of the template",
        template,
        TEMPLATE_LIMIT * bytes / 100,
    );
    Ok(())
}

/// The instructions of one request; of the function with the name `only` and what it calls, if it is given.
fn instructions(coding: &str, path: &str, only: Option<&str>) -> Result<u64, String> {
    let only = only.map(|function| format!("--toggle-collect={function}"));
    let mut tool = vec!["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    tool.extend(only.as_deref());
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

/// The number that valgrind prints behind `label`, of this program with that many requests.
fn counted(tool: &[&str], label: &str, requests: u64, coding: &str, path: &str) -> Result<u64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("valgrind");
    // Valgrind counts one instruction, "copy so many bytes", once for each byte.
    let tunables = "glibc.cpu.x86_rep_movsb_threshold=1000000000:glibc.cpu.x86_rep_stosb_threshold=1000000000";
    command.args(tool).arg(program).env("GLIBC_TUNABLES", tunables);
    command.env(COUNTED, format!("{requests} {coding} {path}"));
    let output = command.output().map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let number = said.lines().find_map(|line| line.split_once(label));
    let number = number.and_then(|(_, number)| number.split(' ').next()?.replace(',', "").parse().ok());
    number
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("valgrind says no number: {said}"))
}

struct Site {
    runtime: Runtime,
    app: App,
    /// The codes of its languages.
    languages: Vec<String>,
}

/// An answer, read to its end.
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// Its size on the wire.
    fn wire(&self) -> usize {
        let line = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            name.as_str().len() + ": ".len() + value.len() + "\r\n".len()
        };
        FRAME + self.headers.iter().map(line).sum::<usize>() + self.body.len()
    }

    fn text(&self) -> String {
        let mut text = Vec::new();
        if self.headers.contains_key(CONTENT_ENCODING) {
            brotli::BrotliDecompress(&mut &*self.body, &mut text).expect("brotli");
        } else {
            text.extend(&self.body);
        }
        String::from_utf8(text).expect("UTF-8")
    }

    /// The addresses on this host that the page names.
    fn addresses(&self) -> Vec<String> {
        let text = self.text();
        let named = text.split("=\"/").skip(1).filter_map(|rest| rest.split('"').next());
        named
            .map(|path| format!("/{path}").replace("&amp;", "&").replace("&#38;", "&"))
            .map(|path| path.split('#').next().unwrap_or_default().to_owned())
            .collect()
    }

    /// What a browser loads with the page.
    fn parts(&self) -> BTreeSet<String> {
        self.addresses()
            .into_iter()
            .filter(|path| path.starts_with("/static/"))
            .collect()
    }
}

impl Site {
    fn new() -> Self {
        let library = site::library();
        Self {
            runtime: Builder::new_current_thread().enable_time().build().expect("a runtime"),
            languages: library
                .editions
                .iter()
                .map(|edition| edition.words.code.clone())
                .collect(),
            app: site::app(library),
        }
    }

    /// Answers as many requests as the variable [`COUNTED`] says.
    fn answer(&self, requests: &str) {
        let mut words = requests.splitn(3, ' ');
        let mut next = || words.next().expect("a number, a coding and a path");
        let (number, coding, path) = (next(), next(), next());
        for _ in 0..number.parse().expect("a number") {
            self.get(path, coding);
        }
    }

    fn get(&self, path: &str, coding: &str) -> Answer {
        let request = Request::get(path).header(ACCEPT_ENCODING, coding).body(Body::empty());
        self.runtime.block_on(async {
            let answer = self.app.clone().answer(request.expect("a request")).await;
            assert!(answer.status().is_success(), "{path}: {}", answer.status());
            let (parts, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("a body");
            Answer {
                headers: parts.headers,
                body,
            }
        })
    }

    /// All pages of a language that links lead to, without choices and with some, and their sizes on the wire.
    fn pages(&self, language: &str) -> Vec<(String, usize)> {
        let own = format!("/{language}/");
        let mut open = vec![
            own.clone(),
            format!("{own}everything?service=both&accounts=unsure&country=DE&length=full"),
        ];
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        let mut pages = Vec::new();
        while let Some(path) = open.pop() {
            let answer = self.get(&path, "br");
            if !answer.headers[CONTENT_TYPE].as_bytes().starts_with(b"text/html") {
                continue;
            }
            let named = answer.addresses().into_iter().filter(|named| named.starts_with(&own));
            open.extend(named.filter(|named| seen.insert(named.clone())));
            pages.push((path, answer.wire()));
        }
        pages
    }
}
