//! Several copies behind a proxy with a cache: a burst of visitors, and a restart of one copy after the other.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use libtest_mimic::Failed;
use nix::sys::signal::Signal;

use crate::LETTER;
use crate::proxy::{Proxy, agent, page};
use crate::support::letter::fields;
use crate::support::server::{Server, eventually, lasting_port};

/// The clients of the burst, each with every page of [`PAGES`].
const CLIENTS: usize = 110;
const PAGES: [&str; 10] = [
    "/de/",
    "/de/start",
    "/de/meta-account/sign-in?service=facebook&country=DE",
    "/de/meta-account/open-form?service=facebook&country=DE",
    "/de/meta-account/contact?service=facebook&country=DE",
    "/de/meta-account/explain?service=facebook&country=DE",
    "/de/meta-account/submit?service=facebook&country=DE",
    "/de/meta-account/code?service=facebook&country=DE",
    "/de/meta-account/confirmation?service=facebook&country=DE",
    "/de/reply",
];
/// The headers by which visitors would learn what others have opened.
const TELLING: [&str; 5] = ["age", "set-cookie", "via", "x-cache", "x-varnish"];

/// A copy of the program, on ports that it keeps when it is started again.
struct Copy {
    port: u16,
    metrics: u16,
    /// How long it serves after it has been told to stop, in seconds.
    drain: u8,
    server: Server,
}

impl Copy {
    fn start(drain: u8) -> Self {
        let (port, metrics) = (lasting_port(), lasting_port());
        let server = Self::server(port, metrics, drain);
        Self {
            port,
            metrics,
            drain,
            server,
        }
    }

    fn server(port: u16, metrics: u16, drain: u8) -> Server {
        Server::start_on(port, |command| {
            command.args(["--address", "http://example.org", "--drain", &drain.to_string()]);
            command.args(["--metrics", &format!("127.0.0.1:{metrics}")]);
        })
    }

    /// Stops it and starts it again. Whether it has ended by itself.
    fn restart(&mut self) -> bool {
        self.server.signal(Signal::SIGTERM);
        let is_ended = self.server.process().wait().is_ok_and(|status| status.success());
        self.server = Self::server(self.port, self.metrics, self.drain);
        is_ended
    }

    /// How many requests for pages it has responded to, by its metrics.
    fn requests(&self) -> Result<usize, Failed> {
        let metrics = page(&agent(), &format!("http://127.0.0.1:{}/metrics", self.metrics))?;
        let pages = metrics.lines().filter(|line| line.contains("{route=\"/{language}/"));
        let pages = pages.filter(|line| line.starts_with("veto_requests_total"));
        let counts = pages.filter_map(|line| line.rsplit(' ').next()?.parse::<usize>().ok());
        Ok(counts.sum())
    }
}

/// Starts a proxy in front of copies.
type InFront = fn(PathBuf, &[Copy]) -> Result<Proxy, Failed>;

fn nginx(program: PathBuf, copies: &[Copy]) -> Result<Proxy, Failed> {
    let authorities: Vec<String> = copies.iter().map(|copy| copy.server.authority()).collect();
    let others = authorities[1..].join(" fail_timeout=1s;\nserver ");
    let replace = [
        ("127.0.0.1:8081", authorities[0].as_str()),
        ("127.0.0.1:8082", &others),
        ("/var/cache/nginx/", ""),
        ("/var/log/nginx/", ""),
    ];
    Proxy::nginx(program, "packaging/nginx-many.conf", &replace)
}

fn varnish(program: PathBuf, copies: &[Copy]) -> Result<Proxy, Failed> {
    let port = |copy: &Copy| format!("\"{}\"", copy.port);
    let (one, two) = (port(&copies[0]), port(&copies[1]));
    let others = copies[2..].iter();
    let backends = others.clone().map(|copy| {
        let (name, port) = (copy.port, port(copy));
        format!("backend copy_{name} {{ .host = \"127.0.0.1\"; .port = {port}; .probe = ready; }}\n")
    });
    let added = others.map(|copy| format!("veto.add_backend(copy_{});\n", copy.port));
    let (init, last) = ("sub vcl_init {", "veto.add_backend(two);");
    let backends = backends.chain([init.to_owned()]).collect::<Vec<_>>().concat();
    let added = [last.to_owned()].into_iter().chain(added).collect::<Vec<_>>().concat();
    let replace = [
        ("\"8081\"", one.as_str()),
        ("\"8082\"", &two),
        (init, &backends),
        (last, &added),
    ];
    Proxy::varnish(program, &replace)
}

pub fn burst_at_nginx(program: PathBuf) -> Result<(), Failed> {
    let proxy = burst(program, nginx)?;
    // Not the address of a page, and not a word more than the operator needs.
    let log = proxy.log_without_program(&proxy.url(""), &["access.log", "veto.log", "error.log"])?;
    let hits = log.iter().filter(|line| line.ends_with(" HIT")).count();
    assert!(hits * 100 >= CLIENTS * PAGES.len() * 99, "{hits} hits in the log");
    Ok(())
}

pub fn burst_at_varnish(program: PathBuf) -> Result<(), Failed> {
    let proxy = burst(program, varnish)?;
    proxy.log_without_program(&proxy.url(""), &[]).map(drop)
}

pub fn restart_behind_nginx(program: PathBuf) -> Result<(), Failed> {
    rolling_restart(program, nginx, 1)
}

pub fn restart_behind_varnish(program: PathBuf) -> Result<(), Failed> {
    rolling_restart(program, varnish, 5)
}

/// A burst of visitors: one request of a hundred reaches the copies. What must not be cached is not.
fn burst(program: PathBuf, in_front: InFront) -> Result<Proxy, Failed> {
    let mut copies = [Copy::start(0), Copy::start(0)];
    let proxy = in_front(program, &copies)?;
    let agent = agent();
    for client in 0..CLIENTS {
        for path in PAGES {
            let request = agent.get(proxy.url(path)).header("accept-encoding", "gzip, br");
            let request = request.header("cookie", format!("of-another-program={client}"));
            let response = request.call()?;
            assert_eq!(response.headers()["content-encoding"], "br");
            for name in TELLING {
                assert!(!response.headers().contains_key(name), "visitors get the header {name}");
            }
        }
    }
    let misses = copies.each_ref().map(Copy::requests);
    let misses: usize = misses.into_iter().sum::<Result<_, _>>()?;
    let requests = CLIENTS * PAGES.len();
    assert!(misses * 100 <= requests, "{misses} of {requests} not from the cache");
    for (mode, target, expected) in [("no-cors", "image", 403), ("navigate", "document", 200)] {
        let request = agent.get(proxy.url(PAGES[0])).header("accept-encoding", "br");
        let request = request.header("sec-fetch-site", "cross-site");
        let request = request.header("sec-fetch-mode", mode).header("sec-fetch-dest", target);
        let status = request.call()?.status();
        assert_eq!(status, expected, "another origin requests it as {target}");
    }
    for copy in &copies {
        assert!(copy.requests()? > 0, "one copy got no request");
    }
    for name in ["Ada", "Bob"] {
        let letter = [("name", name), ("next", "check")];
        let letter = agent
            .post(proxy.url(LETTER))
            .send_form(letter)?
            .body_mut()
            .read_to_string()?;
        assert!(letter.contains(name), "the letter of {name} comes from the cache");
    }
    copies[0].server.process().kill()?;
    for path in ["/de/why", "/de/sources", "/en/why"] {
        let status = agent.get(proxy.url(path)).call()?.status();
        assert_eq!(status, 200, "{path}, with one copy stopped");
    }
    Ok(proxy)
}

/// Three copies are restarted one after the other while visitors open pages and send letters: no request is lost.
fn rolling_restart(program: PathBuf, in_front: InFront, drain: u8) -> Result<(), Failed> {
    let mut copies: [Copy; 3] = std::array::from_fn(|_| Copy::start(drain));
    let proxy = in_front(program, &copies)?;
    let (is_over, requests) = (AtomicBool::new(false), AtomicUsize::new(0));
    let visit = || {
        let agent = agent();
        while !is_over.load(Ordering::Relaxed) {
            // A page from the cache, what the proxy must not keep, and a form.
            let pages = ["/de/sources", "/", "/healthz"].map(|path| agent.get(proxy.url(path)).call());
            let letter = agent.post(proxy.url(LETTER)).send_form(fields(&[]));
            for response in pages.into_iter().chain([letter]) {
                let response = response?;
                if response.status() != 200 {
                    return Err(format!("{response:?}").into());
                }
            }
            requests.fetch_add(4, Ordering::Relaxed);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let visitors: [ScopedJoinHandle<'_, Result<(), Failed>>; 4] = std::array::from_fn(|_| scope.spawn(visit));
        let is_used = |copy: &Copy| copy.requests().is_ok_and(|requests| requests > 0);
        let mut restarted = copies.iter_mut();
        let are_restarted = restarted.all(|copy| copy.restart() && eventually(|| is_used(copy)));
        is_over.store(true, Ordering::Relaxed);
        for visitor in visitors {
            visitor.join().expect("a visitor does not panic")?;
        }
        assert!(
            are_restarted,
            "a copy does not end, or gets no request after its restart"
        );
        Ok::<_, Failed>(())
    })?;
    let requests = requests.into_inner();
    assert!(requests > 100, "only {requests} requests: that is no load");
    Ok(())
}
