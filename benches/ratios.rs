//! What a page costs the machine against a prepared body of the same size, what a start and the memory are, and what happens
//! under too much load. Everything is measured in this one run, in rounds, and printed as median and spread; nothing fails.
//!
//! Needs Linux, for `/proc`, and wrk. The other end of each comparison is this same program, started as a bare axum server.

use std::env;
use std::fmt::Display;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener as Listener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::get;
use tokio::net::TcpListener;

/// A page in the middle of the walk, with the text for Meta.
const STEP: &str = "/de/step/4?service=facebook&country=DE";
/// The name of the variable that makes this program the bare server: the size of its body.
const BARE: &str = "VETO_BENCH_BARE";
/// One processor for the server, another for the load: so neither waits for the other.
const SERVER: &[&str] = &["taskset", "-c", "0"];
const LOAD: &[&str] = &["taskset", "-c", "1"];
/// Wherever the system puts it.
const ANYWHERE: &[&str] = &[];
/// Connections of a load.
const CONNECTIONS: u32 = 32;
const ROUNDS: usize = 5;
const STARTS: usize = 31;
const SECONDS: u32 = 3;
/// Requests after which the memory must no longer grow.
const REQUESTS: f64 = 1_000_000.0;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let done = match env::var(BARE) {
        Ok(size) => serve_bare(&size),
        Err(_) => measure(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("ratios: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The bare server: a prepared body of `size` bytes at every address, and nothing else.
#[tokio::main]
async fn serve_bare(size: &str) -> Result<(), Failure> {
    let body = Bytes::from(vec![b'x'; size.parse()?]);
    let router = Router::new().fallback(get(|| async move { body }));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

/// Something that can be measured, and the name that asks for it.
type Part = (&'static str, fn() -> Result<(), Failure>);

const PARTS: [Part; 6] = [
    ("pages", pages),
    ("cold", cold),
    ("start", start),
    ("memory", memory),
    ("overload", overload),
    ("copies", copies),
];

/// Measures the parts that the command line names; all of them if it names none.
fn measure() -> Result<(), Failure> {
    Command::new("wrk")
        .arg("-v")
        .output()
        .map_err(|error| format!("wrk: {error}"))?;
    // Cargo adds flags of its own.
    let asked: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (name, part) in PARTS {
        if asked.is_empty() || asked.iter().any(|word| word == name) {
            part()?;
        }
    }
    Ok(())
}

/// A page that is rendered, and one that has been given before, against the prepared body.
fn pages() -> Result<(), Failure> {
    let site = Server::veto(SERVER, &[])?;
    let bytes = site.get(STEP, "identity")?.len();
    let bare = Server::bare(SERVER, bytes)?;
    println!("{bytes} bytes, {CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS} s; ratios to the prepared body");
    let (mut rendered, mut given) = (Ratios::default(), Ratios::default());
    for _ in 0..ROUNDS {
        let body = load(&bare, "/", "identity", CONNECTIONS)?;
        rendered.add(&load(&site, STEP, "identity", CONNECTIONS)?, &body);
        given.add(&load(&site, STEP, "br", CONNECTIONS)?, &body);
    }
    rendered.print("rendered, as it is");
    given.print("given before, brotli");
    Ok(())
}

/// The ratios of two loads, round by round.
#[derive(Default)]
struct Ratios {
    cpu: Vec<f64>,
    throughput: Vec<f64>,
    delay: Vec<f64>,
}

impl Ratios {
    fn add(&mut self, load: &Load, to: &Load) {
        self.cpu.push(load.cpu / to.cpu);
        self.throughput.push(load.throughput / to.throughput);
        self.delay.push(load.delay / to.delay);
    }

    fn print(self, what: &str) {
        print(format!("{what}: processor time"), self.cpu, "x");
        print(format!("{what}: throughput"), self.throughput, "x");
        print(format!("{what}: delay of the slowest hundredth"), self.delay, "x");
    }
}

/// The processor time of a page that nobody has asked for yet, in brotli.
fn cold() -> Result<(), Failure> {
    let site = Server::veto(ANYWHERE, &[])?;
    let countries = [
        "AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
    ];
    let mut asked = 0.0;
    let before = site.cpu()?;
    for country in countries {
        for step in 1..=7 {
            for language in ["de", "en"] {
                site.get(
                    &format!("/{language}/step/{step}?service=facebook&country={country}"),
                    "br",
                )?;
                asked += 1.0;
            }
        }
    }
    let cpu = (site.cpu()? - before) * 1_000.0 / asked;
    print(
        "a cold page with its compression and connection: processor time",
        vec![cpu],
        "ms",
    );
    Ok(())
}

/// From the start of the program to the end of the first answer, against that of the bare server.
fn start() -> Result<(), Failure> {
    let mut ratios = Vec::new();
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begin = Instant::now();
        Server::bare(ANYWHERE, 5)?.get("/", "identity")?;
        let bare = begin.elapsed();
        let begin = Instant::now();
        Server::veto(ANYWHERE, &[])?.get("/de/", "identity")?;
        let own = begin.elapsed();
        ratios.push(own.as_secs_f64() / bare.as_secs_f64());
        times.push(own.as_secs_f64() * 1_000.0);
    }
    print("start to the end of the first page, to a bare server", ratios, "x");
    print("start to the end of the first page", times, "ms");
    Ok(())
}

/// The resident memory: at rest, and while a million requests come, of which one in ten is for one of many pages.
fn memory() -> Result<(), Failure> {
    let site = Server::veto(ANYWHERE, &[])?;
    site.get("/de/", "identity")?;
    print("resident memory at rest", vec![site.memory("VmRSS")?], "MiB");
    print(
        "of these, not from the program's file",
        vec![site.memory("RssAnon")?],
        "MiB",
    );
    let script = env::temp_dir().join(format!("veto-bench-{}.lua", std::process::id()));
    fs::write(
        &script,
        r#"
        local countries = { "AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU" }
        local sites, languages = { "facebook", "instagram" }, { "de", "en" }
        local function any(list) return list[math.random(#list)] end
        request = function()
            local path = "/de/step/1?service=facebook&country=DE"
            if math.random(10) == 1 then
                path = "/" .. any(languages) .. "/step/" .. math.random(7) ..
                    "?service=" .. any(sites) .. "&country=" .. any(countries)
            end
            return wrk.format("GET", path)
        end
        "#,
    )?;
    let (mut requests, mut half) = (0.0, None);
    while requests < REQUESTS {
        let said = wrk(&site, "/", "br", CONNECTIONS, &["-s", &script.to_string_lossy()])?;
        requests += said.requests;
        if requests >= REQUESTS / 2.0 && half.is_none() {
            half = Some(site.memory("VmRSS")?);
        }
    }
    fs::remove_file(script)?;
    print("resident memory after half of them", half.into_iter().collect(), "MiB");
    print(
        format!("resident memory after {requests} requests"),
        vec![site.memory("VmRSS")?],
        "MiB",
    );
    print(
        "of these, not from the program's file",
        vec![site.memory("RssAnon")?],
        "MiB",
    );
    Ok(())
}

/// Twice as many connections as there are places; and what it costs to refuse one, against a page on a connection of its
/// own: a caller is refused on one, too.
fn overload() -> Result<(), Failure> {
    let places = CONNECTIONS.to_string();
    let site = Server::veto(SERVER, &["--connections", &places])?;
    let (mut kept, mut refusals) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let peak = load(&site, STEP, "identity", CONNECTIONS)?;
        let above = load(&site, STEP, "identity", 2 * CONNECTIONS)?;
        kept.push(above.throughput / peak.throughput);

        // Until the places of the load before are free.
        sleep(Duration::from_millis(200));
        let before = site.cpu()?;
        let served = wrk(&site, STEP, "identity", CONNECTIONS / 2, &["-H", "connection: close"])?;
        let page = (site.cpu()? - before) / (served.requests - served.refused);

        sleep(Duration::from_millis(200));
        let held: Vec<_> = (0..CONNECTIONS).map(|_| site.connect()).collect::<Result<_, _>>()?;
        let before = site.cpu()?;
        // More than may wait for a place, so that most are refused at once.
        let refused = wrk(&site, STEP, "identity", 8 * CONNECTIONS, &[])?.refused;
        let cpu = site.cpu()? - before;
        drop(held);
        refusals.push(cpu / refused / page);
    }
    print(
        "twice as many connections as places: throughput, to its peak",
        kept,
        "x",
    );
    print(
        "a refusal: processor time, to a page on a connection of its own",
        refusals,
        "x",
    );
    Ok(())
}

/// Two copies behind nginx against one. Each copy may use a tenth of a processor, so that this machine has enough of them for
/// the copies, nginx and the load. Needs nginx, and root to set that limit.
fn copies() -> Result<(), Failure> {
    let one = Server::veto(ANYWHERE, &[])?;
    let two = Server::veto(ANYWHERE, &[])?;
    let limits = [&one, &two].map(|copy| Limit::of(copy.process.id()));
    let Ok(limits) = limits.into_iter().collect::<Result<Vec<_>, _>>() else {
        println!("two copies behind nginx: not measured, since no limit of processor time can be set here");
        return Ok(());
    };
    let mut gained = Vec::new();
    for _ in 0..ROUNDS {
        let alone = load_by_nginx(&[&one])?;
        gained.push(load_by_nginx(&[&one, &two])? / alone);
    }
    print("two copies behind nginx: throughput, to one", gained, "x");
    // A limit can be removed when its process has ended.
    drop([one, two]);
    drop(limits);
    Ok(())
}

/// Answers in a second from nginx in front of these.
fn load_by_nginx(copies: &[&Server]) -> Result<f64, Failure> {
    let folder = env::temp_dir().join(format!("veto-bench-nginx-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let port = Listener::bind("127.0.0.1:0")?.local_addr()?.port();
    let servers: Vec<String> = copies.iter().map(|copy| format!("server {};", copy.host())).collect();
    let servers = servers.concat();
    let settings = format!(
        "daemon off; pid {0}/pid; error_log {0}/log; worker_processes 1; events {{}} http {{ access_log off; \
         client_body_temp_path {0}/body; proxy_temp_path {0}/proxy; fastcgi_temp_path {0}/fastcgi; \
         uwsgi_temp_path {0}/uwsgi; scgi_temp_path {0}/scgi; upstream veto {{ {servers} keepalive 256; }} \
         server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://veto; proxy_buffers 16 8k; \
         proxy_http_version 1.1; proxy_set_header Connection \"\"; }} }} }}",
        folder.display()
    );
    fs::write(folder.join("nginx.conf"), settings)?;
    let mut command = Command::new("/usr/sbin/nginx");
    command.arg("-c").arg(folder.join("nginx.conf"));
    let front = Server {
        process: command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?,
        url: format!("http://127.0.0.1:{port}"),
    };
    sleep(Duration::from_millis(300));
    // Enough of them that no copy is idle while the other one has no time left.
    let said = wrk(&front, STEP, "identity", 8 * CONNECTIONS, &[])?;
    // Told to stop, nginx stops its worker too.
    Command::new("kill").arg(front.process.id().to_string()).status()?;
    sleep(Duration::from_millis(200));
    drop(front);
    fs::remove_dir_all(folder)?;
    Ok((said.requests - said.refused) / f64::from(SECONDS))
}

/// A limit of a process to a tenth of a processor, by a control group of Linux, version 1 or 2: a millisecond in ten, so that
/// one copy does not stand still for long while the requests wait for it.
struct Limit(PathBuf);

impl Limit {
    fn of(process: u32) -> Result<Self, Failure> {
        let name = format!("veto-bench-{process}");
        let first = Path::new("/sys/fs/cgroup/cpu").join(&name);
        let (group, settings): (_, &[_]) = if fs::create_dir(&first).is_ok() {
            (first, &[("cpu.cfs_period_us", "10000"), ("cpu.cfs_quota_us", "1000")])
        } else {
            let second = Path::new("/sys/fs/cgroup").join(&name);
            fs::create_dir(&second)?;
            (second, &[("cpu.max", "1000 10000")])
        };
        let limit = Self(group);
        for (file, setting) in settings {
            fs::write(limit.0.join(file), setting)?;
        }
        fs::write(limit.0.join("cgroup.procs"), process.to_string())?;
        Ok(limit)
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        // If it cannot be removed, an empty group stays there; that harms nobody.
        _ = fs::remove_dir(&self.0);
    }
}

/// Prints the median of what was measured and how far it was spread.
fn print(what: impl Display, mut measured: Vec<f64>, unit: &str) {
    measured.sort_by(f64::total_cmp);
    if let (Some(least), Some(most)) = (measured.first(), measured.last()) {
        let median = measured[measured.len() / 2];
        print!("{what:<75} {median:>8.2} {unit}");
        if measured.len() > 1 {
            print!(" ({least:.2} to {most:.2})");
        }
        println!();
    }
}

/// What a load was like.
struct Load {
    /// Answers in a second.
    throughput: f64,
    /// Processor time of the server for an answer, in seconds.
    cpu: f64,
    /// After how many seconds 99 of 100 answers were there.
    delay: f64,
}

fn load(server: &Server, path: &str, coding: &str, connections: u32) -> Result<Load, Failure> {
    let before = server.cpu()?;
    let said = wrk(server, path, coding, connections, &[])?;
    let cpu = server.cpu()? - before;
    let answers = said.requests - said.refused;
    Ok(Load {
        throughput: answers / f64::from(SECONDS),
        cpu: cpu / answers,
        delay: said.delay,
    })
}

/// What wrk says of a load.
struct Said {
    requests: f64,
    refused: f64,
    delay: f64,
}

fn wrk(server: &Server, path: &str, coding: &str, connections: u32, more: &[&str]) -> Result<Said, Failure> {
    let mut command = program(LOAD, "wrk".as_ref());
    command.args([
        "-t1",
        "--latency",
        &format!("-c{connections}"),
        &format!("-d{SECONDS}s"),
    ]);
    command.arg("-H").arg(format!("accept-encoding: {coding}"));
    let output = command.args(more).arg(format!("{}{path}", server.url)).output()?;
    let said = String::from_utf8(output.stdout)?;
    let after = |label: &str| Some(said.split_once(label)?.1.split_whitespace().next()?.to_owned());
    let before = |label: &str| said.split_once(label)?.0.split_whitespace().next_back()?.parse().ok();
    Ok(Said {
        requests: before(" requests in").ok_or_else(|| format!("wrk says no number: {said}"))?,
        refused: after("Non-2xx or 3xx responses:").map_or(Ok(0.0), |number| number.parse())?,
        delay: after(" 99% ")
            .and_then(|time| seconds(&time))
            .ok_or("wrk says no delay")?,
    })
}

/// A time as wrk writes it: `1.25ms`.
fn seconds(time: &str) -> Option<f64> {
    let (unit, factor) = [("us", 1e-6), ("ms", 1e-3), ("s", 1.0)]
        .into_iter()
        .find(|(unit, _)| time.ends_with(unit))?;
    Some(time.strip_suffix(unit)?.parse::<f64>().ok()? * factor)
}

/// A program, to be run by what stands before it.
fn program(on: &[&str], path: &Path) -> Command {
    match on {
        [] => Command::new(path),
        [by, arguments @ ..] => {
            let mut command = Command::new(by);
            command.args(arguments).arg(path);
            command
        }
    }
}

/// A server that runs until it is dropped.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn veto(on: &[&str], arguments: &[&str]) -> Result<Self, Failure> {
        let mut command = program(on, env!("CARGO_BIN_EXE_veto").as_ref());
        Self::start(command.args(["--port", "0", "--log", "error"]).args(arguments))
    }

    fn bare(on: &[&str], size: usize) -> Result<Self, Failure> {
        Self::start(program(on, &env::current_exe()?).env(BARE, size.to_string()))
    }

    fn start(command: &mut Command) -> Result<Self, Failure> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let mut url = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut url)?;
        let url = url.trim_end().to_owned();
        Ok(Self { process, url })
    }

    fn connect(&self) -> Result<TcpStream, Failure> {
        Ok(TcpStream::connect(self.host())?)
    }

    /// Its host and port.
    fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// The body of an answer.
    fn get(&self, path: &str, coding: &str) -> Result<Vec<u8>, Failure> {
        let mut stream = self.connect()?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: {coding}\r\nconnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .ok_or("no head")?;
        Ok(answer.split_off(end + 4))
    }

    /// The processor time that its threads have used, in seconds (proc(5), schedstat).
    fn cpu(&self) -> Result<f64, Failure> {
        let mut cpu = Duration::ZERO;
        for thread in fs::read_dir(format!("/proc/{}/task", self.process.id()))? {
            let times = fs::read_to_string(thread?.path().join("schedstat"))?;
            cpu += Duration::from_nanos(times.split_whitespace().next().ok_or("no time")?.parse()?);
        }
        Ok(cpu.as_secs_f64())
    }

    /// Its memory of this kind, as proc(5) names it, in MiB.
    fn memory(&self, kind: &str) -> Result<f64, Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let (_, size) = status.split_once(&format!("{kind}:")).ok_or("no size")?;
        let kib: u32 = size.split_whitespace().next().ok_or("no size")?.parse()?;
        Ok(f64::from(kib) / 1_024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is lost if it has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
