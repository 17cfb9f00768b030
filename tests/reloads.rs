//! Reloads under load: whatever is wrong with the files, the program says so and goes on with what it has.
//!
//! `.ci/full` runs these tests with many more reloads and starts: `RELOADS=100`.

#![cfg(unix)]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use nix::sys::signal::Signal::{SIGHUP, SIGTERM};
use support::certificate::SelfSigned;
use support::client::page;
use support::folder::Folder;
use support::form::correction;
use support::server::{Server, eventually, free_port};
use ureq::Agent;

/// A fault in the files: a name, how it is made, and what the log says.
type Fault = (&'static str, fn(&Files), &'static str);

const FAULTS: [Fault; 24] = [
    (
        "settings that are no TOML",
        |files| files.settings("port = = 1"),
        "veto.toml:",
    ),
    (
        "an unknown setting",
        |files| files.settings("colour = \"red\""),
        "colour",
    ),
    (
        "a setting of another type",
        |files| files.settings("keep-hours = \"long\""),
        "veto.toml:1: ",
    ),
    (
        "a language that is not there",
        |files| files.settings("languages = [\"tlh\"]"),
        "tlh",
    ),
    (
        "a country that is not there",
        |files| files.settings("country = \"XX\""),
        "XX",
    ),
    (
        "no settings file",
        |files| fs::remove_file(files.0.path().join("veto.toml")).expect("a file to remove"),
        "veto.toml",
    ),
    (
        "a certificate that is not there",
        |files| files.settings("tls-cert = \"none.pem\""),
        "none.pem",
    ),
    (
        "a certificate that is none",
        |files| files.settings("tls-cert = \"veto.toml\""),
        "veto.toml",
    ),
    (
        "a key of another certificate",
        |files| files.settings("tls-key = \"other.key\""),
        "other.key",
    ),
    ("no folder", |files| files.settings("data = \"nothing\""), "nothing"),
    (
        "facts that are no TOML",
        |files| files.own("data/laws.toml", "[[law]\n"),
        "laws.toml:1",
    ),
    (
        "an unknown key",
        |files| files.own("data/grounds.toml", "[[ground]]\nid = \"x\"\nx = 1\n"),
        "grounds.toml:",
    ),
    (
        "an entry without sources",
        |files| files.own("data/dates.toml", "[x]\ndate = \"2026-01-01\"\n"),
        "sources",
    ),
    (
        "a day that does not exist",
        |files| files.own("data/dates.toml", "[x]\ndate = \"2026-02-31\"\n"),
        "2026-02-31",
    ),
    (
        "a service that is not there",
        |files| {
            files.own(
                "data/companies/meta.toml",
                &correction(1).replace("facebook\"", "myspace\""),
            );
        },
        "myspace",
    ),
    (
        "a file for nothing",
        |files| files.own("data/nothing.toml", ""),
        "nothing.toml",
    ),
    (
        "a text with HTML",
        |files| files.own("locales/de/home.toml", "[what]\nbody = \"<b>x</b>\"\n"),
        "HTML",
    ),
    (
        "a claim that is not there",
        |files| files.own("locales/de/home.toml", "[what]\nbody = \"[x](claim:x)\"\n"),
        "claim",
    ),
    (
        "a language that is not described",
        |files| files.own("locales/tlh/home.toml", ""),
        "language.toml",
    ),
    (
        "a file that is no text",
        |files| fs::write(files.path("data/laws.toml"), [0xff; 9]).expect("a file"),
        "laws.toml",
    ),
    (
        "a file without an end",
        |files| files.own("data/laws.toml", &"#".repeat(2 << 20)),
        "bytes",
    ),
    (
        "a folder with the name of a file",
        |files| files.own("data/laws.toml/x.toml", ""),
        "laws.toml",
    ),
    ("a named pipe", make_pipe, "laws.toml"),
    (
        "folders in a circle",
        |files| symlink(files.path(""), files.path("data/circle")).expect("a link"),
        "circle",
    ),
];

fn make_pipe(files: &Files) {
    let made = Command::new("mkfifo").arg(files.path("data/laws.toml")).status();
    assert!(made.expect("there is mkfifo").success());
}

/// The files of the operator: settings, certificate, and `own/` with corrections.
struct Files(Folder);

impl Files {
    /// Settings with this line in place of the one with the same key.
    fn settings(&self, line: &str) {
        let mut settings = fs::read_to_string(self.0.path().join("veto.toml")).expect("there are settings");
        let key = line.split(' ').next().unwrap_or_default();
        settings = settings
            .lines()
            .filter(|other| !other.starts_with(key))
            .fold(String::new(), |text, line| text + line + "\n");
        self.0.write("veto.toml", &format!("{line}\n{settings}"));
    }

    /// A file of `own/`.
    fn own(&self, path: &str, text: &str) {
        self.0.write(&format!("own/{path}"), text);
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join("own").join(path)
    }

    /// Everything without a fault, for an instance of this name.
    fn repair(&self, name: &str, metrics: &str) {
        _ = fs::remove_dir_all(self.path(""));
        fs::create_dir_all(self.path("data")).expect("a folder");
        self.own("locales/de/home.toml", "ai = \"KI\"\n");
        let settings = format!(
            "name = \"{name}\"\nmetrics = \"{metrics}\"\ndata = \"own\"\ntls-cert = \"site.pem\"\ntls-key = \"site.key\"\n"
        );
        self.0.write("veto.toml", &settings);
    }
}

/// The number of reloads that the environment asks for.
fn asked() -> Option<u64> {
    let reloads = std::env::var("RELOADS").ok()?;
    Some(reloads.parse().expect("RELOADS is a number"))
}

/// Requests pages, compressed and not, until `ends`: all must be those of an instance with one of these `names`.
fn load(agent: &Agent, url: &str, names: &RwLock<Vec<String>>, ends: &AtomicBool) -> u64 {
    let countries = ["AT", "BE", "DE", "FR", "IE", "IT", "LT", "PL"];
    let read = || names.read().expect("no thread has panicked").clone();
    let mut responses = 0;
    for country in countries.iter().cycle() {
        if ends.load(Ordering::Relaxed) {
            break;
        }
        let before = read();
        let url = format!("{url}/de/meta-account/explain?service=facebook&country={country}");
        let plain = agent.get(&url).call().expect("a page");
        let plain = plain.into_body().read_to_string().expect("a whole page");
        let compressed = agent
            .get(&url)
            .header("accept-encoding", "br")
            .call()
            .expect("a compressed page");
        assert!(compressed.into_body().read_to_vec().is_ok_and(|body| !body.is_empty()));
        let names = [before, read()].concat();
        let is_right = names.iter().any(|name| plain.contains(&format!("Veto, {name}<")));
        assert!(is_right, "a page is of none of the instances {names:?}");
        responses += 2;
    }
    responses
}

#[test]
fn each_fault_is_told_and_the_old_configuration_serves() {
    let reloads = asked().unwrap_or(26);
    let files = Files(Folder::new());
    let site = SelfSigned::write(&files.0, "site");
    SelfSigned::write(&files.0, "other");
    let metrics = format!("127.0.0.1:{}", free_port());
    files.repair("0", &metrics);
    let config = files.0.path().join("veto.toml");
    let mut server = Server::start_with(|command| {
        command
            .arg("--config")
            .arg(config)
            .env("VETO_LOG", "info")
            .stderr(Stdio::piped());
    });
    let log = server.process().stderr.take().expect("standard error is piped");
    let mut log = BufReader::new(log).lines().map(|line| line.expect("the log is UTF-8"));
    let (names, ends) = (RwLock::new(vec!["0".to_owned()]), AtomicBool::new(false));
    let responses = AtomicU64::new(0);
    let counted = |result: &str, expected: u64| {
        let metrics = page(&format!("http://{metrics}/metrics"));
        let line = format!("veto_reloads_total{{result=\"{result}\"}} {expected}\n");
        assert!(metrics.contains(&line), "{line} is not in {metrics}");
    };
    let (mut ok, mut failed) = (0, 0);
    let mut faults = FAULTS.iter().cycle();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| responses.fetch_add(load(&site.client(), &server.url, &names, &ends), Ordering::Relaxed));
        }
        let ended = End(&ends);
        for number in 1..=reloads {
            // Now and then all is well.
            if number % 13 == 0 {
                let name = number.to_string();
                names.write().expect("no thread has panicked").push(name.clone());
                files.repair(&name, &metrics);
                server.signal(SIGHUP);
                assert!(log.any(|line| line.contains("reloaded")), "no reload is logged");
                *names.write().expect("no thread has panicked") = vec![name];
                ok += 1;
                counted("ok", ok);
            } else {
                let (name, make, reason) = faults.next().expect("there are faults");
                files.repair("faulty", &metrics);
                make(&files);
                server.signal(SIGHUP);
                let told = log.find(|line| line.contains("reload"));
                let told = told.unwrap_or_else(|| panic!("{name}: nothing is logged"));
                assert!(
                    told.contains("reload failed") && told.contains(*reason),
                    "{name}: {told}"
                );
                failed += 1;
                counted("failed", failed);
            }
            let health = site
                .client()
                .get(format!("{}/healthz", server.url))
                .header("connection", "detail")
                .call();
            let health = health.expect("healthy").into_body().read_to_string().expect("a report");
            let expected = format!("\"reload_failed\":{}", number % 13 != 0);
            assert!(health.contains(&expected), "{health}");
        }
        drop(ended);
    });
    let responses = responses.into_inner();
    assert!(responses > reloads, "only {responses} responses: that is no load");
}

/// Ends the load, also when an assertion fails.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Whether a process has a handler for SIGHUP; before that no program can survive it.
#[cfg(target_os = "linux")]
fn catches_hangup(id: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("the process runs");
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = u64::from_str_radix(caught.unwrap_or_default().trim(), 16).expect("a set of signals");
    caught & 1 != 0
}

#[cfg(target_os = "linux")]
#[test]
fn a_sighup_at_any_moment_of_the_start_is_obeyed_and_ends_no_program() {
    let starts = asked().map_or(10, |reloads| 2 * reloads);
    for number in 0..starts {
        let metrics = format!("127.0.0.1:{}", free_port());
        let mut server = Server::spawn(0, |command| {
            command.args(["--metrics", &metrics]);
        });
        while !catches_hangup(server.id()) {
            let ended = server.process().try_wait().expect("its state is known");
            assert_eq!(ended, None, "start {number}: the program has ended");
            thread::yield_now();
        }
        // From the first moment to one after the start.
        thread::sleep(Duration::from_millis(10 * (number % 10)));
        server.signal(SIGHUP);
        server.wait();
        assert!(!server.url.is_empty(), "start {number}: the program has ended");
        assert!(page(&format!("{}/en/", server.url)).contains("<h1>"));
        let is_obeyed = eventually(|| {
            let metrics = page(&format!("http://{metrics}/metrics"));
            metrics.contains("veto_reloads_total{result=\"ok\"} 1")
        });
        assert!(is_obeyed, "start {number}: the signal is lost");
        server.signal(SIGTERM);
        let status = server.process().wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "start {number}");
    }
}
