//! Reverse proxies: each example of `packaging/`, with the program that it is for.

mod support;

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::sleep;
#[cfg(unix)]
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use libtest_mimic::Failed;
use support::folder::Folder;
#[cfg(unix)]
use support::letter::fields;
use support::needs::{Tests, program};
use support::repository;
#[cfg(unix)]
use support::server::lasting_port;
use support::server::{Server, eventually, free_port};
use ureq::Agent;
use ureq::tls::TlsConfig;

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
const LETTER: &str = "/en/letter/complaint?service=facebook&country=FR";
/// Where the example of a cache writes, and in place of it the folder of the test.
const FOLDERS: [(&str, &str); 2] = [("/var/cache/nginx/", ""), ("/var/log/nginx/", "")];
/// Where the examples expect the program.
const EXAMPLE_UPSTREAM: &str = "127.0.0.1:8080";

fn main() -> ExitCode {
    let mut tests = Tests::new("fronts");
    tests.add(
        "nginx_serves_the_site_below_a_path",
        program("nginx"),
        nginx_below_a_path,
    );
    tests.add(
        "nginx_serves_a_burst_from_its_cache_and_spreads_the_rest_over_the_copies",
        program("nginx"),
        nginx_with_a_cache,
    );
    #[cfg(unix)]
    tests.add(
        "nginx_serves_the_site_from_a_unix_socket",
        program("nginx"),
        nginx_with_a_unix_socket,
    );
    #[cfg(unix)]
    tests.add(
        "three_copies_behind_nginx_are_restarted_one_after_the_other_and_no_request_is_lost",
        program("nginx"),
        nginx_through_a_rolling_restart,
    );
    tests.add("caddy_serves_the_site_by_https", program("caddy"), caddy_by_https);
    tests.run()
}

/// A reverse proxy, stopped when the test ends.
struct Proxy {
    process: Child,
    port: u16,
    folder: Folder,
}

impl Proxy {
    /// Starts nginx with one of the examples, changed by `replace` to fit this machine.
    fn nginx(program: PathBuf, example: &str, replace: &[(&str, &str)]) -> Result<Self, Failed> {
        let (folder, port) = (Folder::new(), free_port());
        let path = folder.path().display().to_string();
        let temporary =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {path}/{kind};"));
        let listen = format!("listen 127.0.0.1:{port};");
        let mut site = repository::read(example);
        for (from, to) in [&[("listen 80;", listen.as_str())], replace].concat() {
            assert!(site.contains(from), "{example} does not contain “{from}”");
            site = site.replace(from, to);
        }
        let config = folder.write(
            "nginx.conf",
            &format!(
                "daemon off; master_process off; pid {path}/pid; error_log stderr;\nevents {{}}\nhttp {{\naccess_log {path}/access.log;\n{}\n{site}\n}}\n",
                temporary.join("\n")
            ),
        );
        let mut command = Command::new(program);
        command.args(["-e", "stderr", "-p", &path, "-c", &config]);
        Self::start(command, port, folder)
    }

    fn start(mut command: Command, port: u16, folder: Folder) -> Result<Self, Failed> {
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let proxy = Self { process, port, folder };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(proxy);
            }
            sleep(Duration::from_millis(100));
        }
        Err("the proxy does not listen after ten seconds".into())
    }

    /// The lines of the logs that the proxy has written, for a test that has walked through the pages.
    fn log(&self, names: &[&str]) -> Result<Vec<String>, Failed> {
        let mut lines = Vec::new();
        for name in names {
            let log = fs::read_to_string(self.folder.path().join(name))?;
            lines.extend(log.lines().map(str::to_owned));
        }
        let telling = lines
            .iter()
            .find(|line| line.contains("country") || line.contains("/en/"));
        match telling {
            Some(line) => Err(format!("the log tells who opened which page: {line}").into()),
            None => Ok(lines),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // Both fail if the process has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn page(agent: &Agent, url: &str) -> Result<String, Failed> {
    Ok(agent.get(url).call()?.body_mut().read_to_string()?)
}

/// Requests the first page, what it links to, the text, the script and a letter, all below `root`.
fn walk(agent: &Agent, root: &str) -> Result<(), Failed> {
    let first = page(agent, root)?;
    let host = root.trim_end_matches("/tools/veto");
    for start in ["href=\"/tools/veto/en/topic", "src=\"/tools/veto/static/veto."] {
        let address = first.split_once(start).ok_or("the first page lacks a link")?.1;
        let end = address.split('"').next().unwrap_or_default();
        let path = start.split('"').nth(1).unwrap_or_default();
        page(agent, &format!("{host}{path}{end}"))?;
    }
    let text = page(
        agent,
        &format!("{root}/en/meta-account/explain?service=facebook&country=IE"),
    )?;
    let form = "action=\"/tools/veto/en/meta-account/explain?";
    assert!(text.contains(form), "{form} is not on step 4");
    // Not even a visitor who asks like a program on this machine learns what is loaded.
    let health = agent.get(format!("{root}/healthz")).header("connection", "detail");
    let health = health.call()?.body_mut().read_to_string()?;
    assert_eq!(health.trim_end(), "{\"status\":\"ok\"}");
    let letter = agent
        .post(format!("{root}{LETTER}"))
        .send_form([("name", "Ada"), ("next", "check")])?;
    assert_eq!(letter.headers()["cache-control"], "no-store");
    Ok(())
}

fn agent() -> Agent {
    // Nobody trusts the authority that Caddy makes for its own certificate.
    let tls = TlsConfig::builder().disable_verification(true).build();
    let config = Agent::config_builder().tls_config(tls).http_status_as_error(false);
    config.build().into()
}

fn start_below_a_path() -> Server {
    Server::start_with(|command| {
        command.args(["--address", "https://example.org/tools/veto/"]);
    })
}

fn nginx_below_a_path(nginx: PathBuf) -> Result<(), Failed> {
    let server = start_below_a_path();
    let replace = [(EXAMPLE_UPSTREAM, server.authority())];
    let replace = replace.each_ref().map(|(from, to)| (*from, to.as_str()));
    let proxy = Proxy::nginx(nginx, "packaging/nginx.conf", &replace)?;
    walk(&agent(), &proxy.url("/tools/veto"))?;
    let log = proxy.log(&["access.log"])?;
    assert!(log.is_empty(), "{log:?}");
    Ok(())
}

#[cfg(unix)]
fn nginx_with_a_unix_socket(nginx: PathBuf) -> Result<(), Failed> {
    let folder = Folder::new();
    let socket = format!("unix:{}", folder.path().join("veto.sock").display());
    let _server = Server::start_with(|command| {
        command.args(["--address", "https://example.org/tools/veto/", "--listen", &socket]);
    });
    let upstream = format!("http://{socket}");
    let replace = [("http://127.0.0.1:8080", upstream.as_str())];
    let proxy = Proxy::nginx(nginx, "packaging/nginx.conf", &replace)?;
    walk(&agent(), &proxy.url("/tools/veto"))
}

fn nginx_with_a_cache(nginx: PathBuf) -> Result<(), Failed> {
    let metrics = [free_port(), free_port()];
    let mut copies = metrics.map(|port| {
        Server::start_with(|command| {
            command.args(["--address", "http://example.org"]);
            command.args(["--metrics", &format!("127.0.0.1:{port}")]);
        })
    });
    let [one, other] = copies.each_ref().map(Server::authority);
    let replace = [
        ("127.0.0.1:8081", one.as_str()),
        ("127.0.0.1:8082", &other),
        FOLDERS[0],
        FOLDERS[1],
    ];
    let proxy = Proxy::nginx(nginx, "packaging/nginx-many.conf", &replace)?;
    let agent = agent();
    for _ in 0..CLIENTS {
        for path in PAGES {
            let response = agent
                .get(proxy.url(path))
                .header("accept-encoding", "gzip, br")
                .call()?;
            assert_eq!(response.headers()["content-encoding"], "br");
            assert!(
                !response.headers().contains_key("x-cache"),
                "visitors learn what others have opened"
            );
        }
    }
    let log = proxy.log(&["access.log", "veto.log"])?;
    let hits = log.iter().filter(|line| line.ends_with(" HIT")).count();
    let requests = CLIENTS * PAGES.len();
    assert_eq!(log.len(), requests);
    assert!(hits * 100 >= requests * 99, "{hits} of {requests} from the cache");
    for (mode, target, expected) in [("no-cors", "image", 403), ("navigate", "document", 200)] {
        let request = agent.get(proxy.url(PAGES[0])).header("accept-encoding", "br");
        let request = request.header("sec-fetch-site", "cross-site");
        let request = request.header("sec-fetch-mode", mode).header("sec-fetch-dest", target);
        let request = request.config().http_status_as_error(false).build();
        assert_eq!(
            request.call()?.status(),
            expected,
            "another origin requests it as {target}"
        );
    }
    for port in metrics {
        let metrics = page(&agent, &format!("http://127.0.0.1:{port}/metrics"))?;
        assert!(metrics.contains("status=\"200\""), "one copy got no request: {metrics}");
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
    copies[0].process().kill()?;
    for path in ["/de/why", "/de/sources", "/en/why"] {
        let status = agent.get(proxy.url(path)).call()?.status();
        assert_eq!(status, 200, "{path}, with one copy stopped");
    }
    Ok(())
}

#[cfg(unix)]
fn nginx_through_a_rolling_restart(nginx: PathBuf) -> Result<(), Failed> {
    let start = |[port, metrics]: [u16; 2]| {
        Server::start_on(port, |command| {
            command.args(["--address", "http://example.org", "--drain", "1"]);
            command.args(["--metrics", &format!("127.0.0.1:{metrics}")]);
        })
    };
    let ports: [[u16; 2]; 3] = std::array::from_fn(|_| [lasting_port(), lasting_port()]);
    let mut copies = ports.map(start);
    let [one, two, three] = copies.each_ref().map(Server::authority);
    let second = format!("{two} fail_timeout=1s;\nserver {three}");
    let replace = [
        ("127.0.0.1:8081", one.as_str()),
        ("127.0.0.1:8082", &second),
        FOLDERS[0],
        FOLDERS[1],
    ];
    let proxy = Proxy::nginx(nginx, "packaging/nginx-many.conf", &replace)?;

    let (is_over, requests) = (AtomicBool::new(false), AtomicUsize::new(0));
    let visit = || {
        let agent = agent();
        while !is_over.load(Ordering::Relaxed) {
            // A page from the cache, what nginx must not keep, and a form.
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
    let is_used = |metrics: u16| {
        let metrics = page(&agent(), &format!("http://127.0.0.1:{metrics}/metrics"));
        metrics.is_ok_and(|metrics| metrics.contains("status=\"200\""))
    };
    thread::scope(|scope| {
        let visitors: [ScopedJoinHandle<'_, Result<(), Failed>>; 4] = std::array::from_fn(|_| scope.spawn(visit));
        let are_restarted = copies.iter_mut().zip(ports).all(|(copy, ports)| {
            copy.signal(nix::sys::signal::Signal::SIGTERM);
            let is_ended = copy.process().wait().is_ok_and(|status| status.success());
            *copy = start(ports);
            is_ended && eventually(|| is_used(ports[1]))
        });
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

fn caddy_by_https(caddy: PathBuf) -> Result<(), Failed> {
    let server = start_below_a_path();
    let (folder, port) = (Folder::new(), free_port());
    let local = format!("https://localhost:{port} {{\n\ttls internal\n");
    let example = repository::read("packaging/Caddyfile").replace(EXAMPLE_UPSTREAM, &server.authority());
    let example = example.replace("example.org {\n", &local);
    // Without the administration interface, and without adding a root certificate to this machine.
    let config = format!("{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}}\n{example}");
    let mut command = Command::new(caddy);
    command.args([
        "run",
        "--adapter",
        "caddyfile",
        "--config",
        &folder.write("Caddyfile", &config),
    ]);
    command
        .env("HOME", folder.path())
        .env_remove("XDG_DATA_HOME")
        .stderr(fs::File::create(folder.path().join("log"))?);
    let proxy = Proxy::start(command, port, folder)?;
    let root = format!("https://localhost:{}/tools/veto", proxy.port);
    // It listens before it has made its certificate.
    let is_ready = eventually(|| agent().get(&root).call().is_ok());
    assert!(is_ready, "Caddy has no certificate");
    walk(&agent(), &root)?;
    let log = proxy.log(&["log"])?;
    assert!(!log.is_empty(), "Caddy says nothing at all");
    Ok(())
}
