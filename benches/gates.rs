//! Fails if a page exceeds its limit of bytes, instructions or allocations.
//!
//! Instructions and allocations are counted by valgrind, which runs this program twice, with different numbers of requests:
//! the cost of a request is the difference of the two counts divided by that of the numbers, which excludes startup.

mod site;

use std::collections::BTreeSet;
use std::env;
use std::fmt::Display;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, Request, Uri};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;
use veto_content::files::Files;

/// The limit in bytes for a page with its headers: it fits into the initial congestion window of TCP (RFC 6928).
const PAGE_LIMIT: usize = 14_000;
/// The limit in bytes for the first page with its headers.
const FIRST_PAGE_LIMIT: usize = 10_000;
/// The limit in bytes for what the first page needs to be shown, with headers: it and the style sheet, which browsers keep.
/// Both fit into the initial congestion window.
const FIRST_VIEW_LIMIT: usize = 14_000;
/// The limit in bytes for the seven steps, the style sheet, the script and the icon, with their headers.
const SEVEN_STEPS_LIMIT: usize = 70_000;
/// The limit in bytes for the script with its headers.
const SCRIPT_LIMIT: usize = 4_200;
/// The size of what the server adds to the headers of a response: status line, date and length.
const SERVER_HEADERS: usize =
    "HTTP/1.1 200 OK\r\ndate: Tue, 24 Nov 2026 12:00:00 GMT\r\ncontent-length: 12345\r\n\r\n".len();
/// The content codings. Browsers accept brotli on https only.
const CODINGS: [&str; 2] = ["br", "gzip"];

/// The variable that makes this program run requests for valgrind: their number, content coding and path.
const REQUESTS: &str = "VETO_BENCH_REQUESTS";
/// The requests before those that are counted: they fill the cache and initialize the rest.
const WARM_UP: u64 = 20;
/// The requests that are counted.
const COUNTED: u64 = 100;
/// How often a count above its limit is repeated.
const RETRIES: usize = 4;

/// The maximum cost of a request.
#[derive(Clone, Copy)]
struct Limit {
    instructions: u64,
    allocations: u64,
}

/// The pages whose instructions and allocations are counted, without the language, and what rendering them may cost.
const COUNTED_PAGES: [(&str, Limit); 5] = [
    ("/", RENDERED),
    ("/start", RENDERED),
    ("/meta-account/open-form?service=facebook&country=DE", WITH_TEXT),
    ("/meta-account/contact?service=facebook&country=DE", RENDERED),
    ("/meta-account/explain?service=facebook&country=DE", WITH_TEXT),
];
/// A page that is rendered.
const RENDERED: Limit = Limit {
    instructions: 100_000,
    allocations: 80,
};
/// A step with the text, the reasons and the ways without the form, so that a person needs one page for all of it: twice as
/// much as on another page.
const WITH_TEXT: Limit = Limit {
    instructions: 200_000,
    allocations: 125,
};
/// A page from the response cache. The goal is 20,000 instructions; counts of two runs differ by up to 3 %.
const CACHED: Limit = Limit {
    instructions: 20_500,
    allocations: 30,
};

/// Languages whose costs stand for those of all: German with its long Latin texts, Cyrillic, and right to left; and the
/// instructions that rendering may take there, in per cent. Their letters have two bytes.
const COUNTED_LANGUAGES: [(&str, u64); 3] = [("de", 100), ("uk", 125), ("ar", 125)];

fn main() -> ExitCode {
    let site = Site::new(&Files::embedded());
    if let Ok(requests) = env::var(REQUESTS) {
        site.run(&requests);
        return ExitCode::SUCCESS;
    }
    let mut gates = Gates::default();
    check_sizes(&site, &mut gates);
    if let Err(reason) = check_costs(&mut gates) {
        eprintln!("gates: instructions and allocations cannot be counted: {reason}");
        return ExitCode::FAILURE;
    }
    gates.result()
}

/// Prints the figures and counts those above their limit.
#[derive(Default)]
struct Gates {
    exceeded: usize,
}

impl Gates {
    fn check(&mut self, what: impl Display, measured: u64, limit: u64) {
        let result = if measured > limit {
            self.exceeded += 1;
            "  EXCEEDED"
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

/// How many threads work at once.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// A figure of a page: what it is, its bytes, and its limit.
type Size = (String, usize, usize);

/// Checks the sizes of all pages, the first page, the seven steps and the script, in each language and each coding.
fn check_sizes(site: &Site, gates: &mut Gates) {
    for coding in CODINGS {
        println!("Bytes with headers, {coding}");
        for languages in site.languages.chunks(threads()) {
            let sizes: Vec<Vec<Size>> = thread::scope(|scope| {
                let running = languages
                    .iter()
                    .map(|language| scope.spawn(move || sizes(&site.for_thread(), language, coding)));
                // All are started before one is waited for.
                let running: Vec<_> = running.collect();
                running
                    .into_iter()
                    .map(|thread| thread.join().expect("no panic"))
                    .collect()
            });
            for (what, bytes, limit) in sizes.concat() {
                gates.check(what, bytes as u64, limit as u64);
            }
        }
    }
}

/// The sizes of all pages, the first page, the seven steps and the script in `language`.
fn sizes(site: &Site, language: &str, coding: &str) -> Vec<Size> {
    let pages = site.pages(language, coding);
    let largest = pages.iter().max_by_key(|(_, bytes)| *bytes).expect("there are pages");

    let home = format!("/{language}/");
    let files = site.get(&home, "identity").assets();
    let bytes_of = |path: &str| site.get(path, coding).size();
    let file_bytes = |extension: &str| {
        let file = files.iter().find(|path| path.ends_with(extension));
        bytes_of(file.expect("the first page links each file"))
    };
    let first_page = bytes_of(&home);
    let step = |path: &String| format!("/{language}/{path}?service=facebook&country=DE");
    let steps: Vec<String> = site.steps.iter().map(step).collect();
    let seven_steps = steps.iter().chain(&files).map(|path| bytes_of(path)).sum();
    vec![
        (
            format!("largest of {} pages, {}", pages.len(), largest.0),
            largest.1,
            PAGE_LIMIT,
        ),
        (format!("first page, {language}"), first_page, FIRST_PAGE_LIMIT),
        (
            "first page and style sheet".to_owned(),
            first_page + file_bytes(".css"),
            FIRST_VIEW_LIMIT,
        ),
        (
            "seven steps, style sheet, script and icon".to_owned(),
            seven_steps,
            SEVEN_STEPS_LIMIT,
        ),
        ("the script".to_owned(), file_bytes(".js"), SCRIPT_LIMIT),
    ]
}

/// Checks the instructions and allocations of a request, rendered and cached.
fn check_costs(gates: &mut Gates) -> Result<(), String> {
    println!("\nInstructions and allocations for each request");
    let mut requests = Vec::new();
    for (page, rendered) in &COUNTED_PAGES {
        for (language, percent) in COUNTED_LANGUAGES {
            let path = format!("/{language}{page}");
            let rendered = Limit {
                instructions: rendered.instructions * percent / 100,
                ..*rendered
            };
            requests.push((path.clone(), "rendered", "identity", rendered));
            requests.push((path, "cached", "br", CACHED));
        }
    }
    // Each count is one process, so other processes do not change it.
    for together in requests.chunks(threads()) {
        let costs: Vec<Result<(u64, u64), String>> = thread::scope(|scope| {
            let counted = together
                .iter()
                .map(|(path, _, coding, limit)| scope.spawn(|| cost(coding, path, limit)));
            let counted: Vec<_> = counted.collect();
            counted
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .collect()
        });
        for ((path, what, _, limit), cost) in together.iter().zip(costs) {
            let (instructions, allocations) = cost?;
            gates.check(format!("{path} {what}, instructions"), instructions, limit.instructions);
            gates.check(format!("{path} {what}, allocations"), allocations, limit.allocations);
        }
    }
    Ok(())
}

/// The instructions and the allocations of one request.
fn cost(coding: &str, path: &str, limit: &Limit) -> Result<(u64, u64), String> {
    let mut instructions_each = instructions(coding, path)?;
    for _ in 0..RETRIES {
        if instructions_each <= limit.instructions {
            break;
        }
        // Rarely one of the two runs does something more, such as the end of a thread.
        instructions_each = instructions_each.min(instructions(coding, path)?);
    }
    Ok((instructions_each, allocations(coding, path)?))
}

/// The instructions of one request.
fn instructions(coding: &str, path: &str) -> Result<u64, String> {
    let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    count_per_request(&tool, "Collected : ", coding, path)
}

/// The allocations of one request.
fn allocations(coding: &str, path: &str) -> Result<u64, String> {
    count_per_request(
        &["--tool=memcheck", "--leak-check=no"],
        "total heap usage: ",
        coding,
        path,
    )
}

/// The difference of two counts, for each request.
fn count_per_request(tool: &[&str], label: &str, coding: &str, path: &str) -> Result<u64, String> {
    let warm_up = count(tool, label, WARM_UP, coding, path)?;
    let total = count(tool, label, WARM_UP + COUNTED, coding, path)?;
    Ok((total - warm_up) / COUNTED)
}

/// The number that valgrind prints after `label` for this program with `requests` requests.
fn count(tool: &[&str], label: &str, requests: u64, coding: &str, path: &str) -> Result<u64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("valgrind");
    // Valgrind counts a `rep movsb` once for each byte.
    let tunables = "glibc.cpu.x86_rep_movsb_threshold=1000000000:glibc.cpu.x86_rep_stosb_threshold=1000000000";
    command.args(tool).arg(program).env("GLIBC_TUNABLES", tunables);
    command.env(REQUESTS, format!("{requests} {coding} {path}"));
    let output = command.output().map_err(|error| format!("valgrind: {error}"))?;
    let output = String::from_utf8_lossy(&output.stderr);
    let number = output.lines().find_map(|line| line.split_once(label));
    let number = number.and_then(|(_, number)| number.split(' ').next()?.replace(',', "").parse().ok());
    number
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("valgrind printed no number: {output}"))
}

/// A runtime for the requests of one thread. Its thread that compresses must not end while requests are counted.
fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .thread_keep_alive(Duration::from_secs(3_600))
        .build()
        .expect("a runtime")
}

/// The site and its runtime.
struct Site {
    runtime: Runtime,
    router: Router,
    /// The codes of the languages.
    languages: Vec<String>,
    /// The steps of the main journey, as paths below the language.
    steps: Vec<String>,
}

/// A response with its body.
struct Response {
    headers: HeaderMap,
    body: Bytes,
}

impl Response {
    /// The number of bytes with headers.
    fn size(&self) -> usize {
        let header_size = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            name.as_str().len() + ": ".len() + value.len() + "\r\n".len()
        };
        SERVER_HEADERS + self.headers.iter().map(header_size).sum::<usize>() + self.body.len()
    }

    /// The paths in the attributes of the page, which must not be compressed.
    fn paths(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.body);
        let values = text.split("=\"/").skip(1).filter_map(|rest| rest.split('"').next());
        values
            .map(|path| format!("/{path}").replace("&amp;", "&").replace("&#38;", "&"))
            .map(|path| path.split('#').next().unwrap_or_default().to_owned())
            .collect()
    }

    /// The static files that a browser loads with the page.
    fn assets(&self) -> BTreeSet<String> {
        self.paths()
            .into_iter()
            .filter(|path| path.starts_with("/static/"))
            .collect()
    }
}

impl Site {
    /// The site with the facts and texts in `files`.
    fn new(files: &Files) -> Self {
        let catalog = site::catalog(files);
        let journey = &catalog.facts.journeys[catalog.facts.main_journey()];
        Self {
            runtime: runtime(),
            languages: catalog.languages().map(|(_, language)| language.code.clone()).collect(),
            steps: journey.steps.iter().map(|step| step.path.clone()).collect(),
            router: site::router(catalog),
        }
    }

    /// The same site with a runtime of its own.
    fn for_thread(&self) -> Self {
        Self {
            runtime: runtime(),
            router: self.router.clone(),
            languages: self.languages.clone(),
            steps: self.steps.clone(),
        }
    }

    /// Runs the requests of the variable [`REQUESTS`].
    fn run(&self, requests: &str) {
        let mut parts = requests.splitn(3, ' ');
        let mut next = || parts.next().expect("a number, a coding and a path");
        let (number, coding, path) = (next(), next(), next());
        let address: Uri = path.parse().expect("an address");
        for _ in 0..number.parse().expect("a number") {
            self.request(&address, coding);
        }
    }

    fn get(&self, path: &str, coding: &str) -> Response {
        self.request(&path.parse().expect("an address"), coding)
    }

    fn request(&self, address: &Uri, coding: &str) -> Response {
        let request = Request::get(address.clone()).header(ACCEPT_ENCODING, coding);
        let request = request.body(Body::empty());
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request.expect("a request")).await;
            let (parts, body) = response.expect("never fails").into_parts();
            assert!(parts.status.is_success(), "{address}: {}", parts.status);
            let body = to_bytes(body, usize::MAX).await.expect("a body");
            Response {
                headers: parts.headers,
                body,
            }
        })
    }

    /// All pages of a language that are linked from its first page or from a page with choices, and their sizes.
    fn pages(&self, language: &str, coding: &str) -> Vec<(String, usize)> {
        let root = format!("/{language}/");
        let mut unvisited = vec![
            root.clone(),
            format!("{root}everything?service=facebook&service=instagram&accounts=unsure&country=DE&length=full"),
            format!("{root}check-list?entry=linkedin"),
        ];
        let mut seen: BTreeSet<String> = unvisited.iter().cloned().collect();
        let mut pages = Vec::new();
        while let Some(path) = unvisited.pop() {
            let page = self.get(&path, "identity");
            if !page.headers[CONTENT_TYPE].as_bytes().starts_with(b"text/html") {
                continue;
            }
            // Sets of entries are without number: the list above has one. The languages of a paper make a page for each pair,
            // and the choices do not change the list of the texts of a page.
            let again = |link: &str| {
                let is_list = link.contains("/mistakes?") && !link.contains("/mistakes?page=");
                is_list || ["entry=", "paper=", "second="].iter().any(|part| link.contains(part))
            };
            let is_new = |link: &String| link.starts_with(&root) && !again(link);
            let links = page.paths().into_iter().filter(is_new);
            unvisited.extend(links.filter(|link| seen.insert(link.clone())));
            let size = self.get(&path, coding).size();
            pages.push((path, size));
        }
        pages
    }
}
