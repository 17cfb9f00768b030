//! Behind the web servers that operators put in front: each example of `packaging/`, with the server it is for.

#[path = "site/folder.rs"]
mod folder;
#[path = "site/needs.rs"]
mod needs;
mod site;

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::Duration;

use folder::Folder;
use libtest_mimic::Failed;
use needs::{Tests, program};
use site::Site;
use ureq::Agent;
use ureq::tls::TlsConfig;

/// The visitors of the burst, and how many pages each opens.
const CLASS: usize = 110;
const PAGES: [&str; 10] = [
    "/de/",
    "/de/start",
    "/de/step/1?service=facebook&country=DE",
    "/de/step/2?service=facebook&country=DE",
    "/de/step/3?service=facebook&country=DE",
    "/de/step/4?service=facebook&country=DE",
    "/de/step/5?service=facebook&country=DE",
    "/de/step/6?service=facebook&country=DE",
    "/de/step/7?service=facebook&country=DE",
    "/de/answer",
];
const LETTER: &str = "/en/letter/complaint?service=facebook&country=FR";

fn main() -> ExitCode {
    let mut tests = Tests::new();
    tests.add("nginx_serves_it_below_a_path", program("nginx"), below_a_path);
    tests.add(
        "nginx_answers_a_class_from_its_cache_and_shares_the_rest",
        program("nginx"),
        a_class,
    );
    tests.add("caddy_serves_it_by_https", program("caddy"), by_https);
    tests.add(
        "systemd_finds_nothing_wrong_with_the_unit",
        program("systemd-analyze"),
        unit,
    );
    tests.run()
}

/// A web server in front, stopped when the test ends.
struct Front {
    process: Child,
    port: u16,
    _folder: Folder,
}

impl Front {
    /// Starts nginx with one of the examples, in which `replace` puts what this machine has.
    fn nginx(program: PathBuf, example: &str, replace: &[(&str, &str)]) -> Result<Self, Failed> {
        let (folder, port) = (Folder::new(), free_port());
        let path = folder.path().display().to_string();
        let temporary =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {path}/{kind};"));
        let listen = format!("listen 127.0.0.1:{port};");
        let mut site = example.to_owned();
        for (from, to) in [&[("listen 80;", listen.as_str())], replace].concat() {
            assert!(site.contains(from), "the example has changed");
            site = site.replace(from, to);
        }
        let config = folder.write(
            "nginx.conf",
            &format!(
                "daemon off; master_process off; pid {path}/pid; error_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{}\n{site}\n}}\n",
                temporary.join("\n")
            ),
        );
        let mut command = Command::new(program);
        command.args(["-e", "stderr", "-p", &path, "-c", &config]);
        Self::start(command, port, folder)
    }

    fn start(mut command: Command, port: u16, folder: Folder) -> Result<Self, Failed> {
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let front = Self {
            process,
            port,
            _folder: folder,
        };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(front);
            }
            sleep(Duration::from_millis(100));
        }
        Err("it does not listen within ten seconds".into())
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        // Nothing is lost if it has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Where a running wizard listens: `127.0.0.1:12345`.
fn upstream(site: &Site) -> String {
    let host = site.url.split('/').nth(2).expect("a host");
    host.replace("localhost", "127.0.0.1")
}

fn page(agent: &Agent, url: &str) -> Result<String, Failed> {
    Ok(agent.get(url).call()?.body_mut().read_to_string()?)
}

/// Walks from the first page to the text, gets the script, and makes a letter.
fn walk(agent: &Agent, root: &str) -> Result<(), Failed> {
    let first = page(agent, root)?;
    let host = root.trim_end_matches("/tools/veto");
    for start in ["href=\"/tools/veto/en/start", "src=\"/tools/veto/static/veto."] {
        let address = first.split_once(start).ok_or("the first page has the link")?.1;
        let end = address.split('"').next().unwrap_or_default();
        let path = start.split('"').nth(1).unwrap_or_default();
        page(agent, &format!("{host}{path}{end}"))?;
    }
    let text = page(agent, &format!("{root}/en/step/4?service=facebook&country=IE"))?;
    assert!(text.contains("action=\"/tools/veto/en/step/4\""), "{text}");
    assert!(page(agent, &format!("{root}/healthz"))?.contains("\"ok\""));
    let letter = agent
        .post(format!("{root}{LETTER}"))
        .send_form([("name", "Ada"), ("next", "check")])?;
    assert_eq!(letter.headers()["cache-control"], "no-store");
    Ok(())
}

fn agent() -> Agent {
    // Caddy's own certificate is known to nobody.
    let tls = TlsConfig::builder().disable_verification(true).build();
    let config = Agent::config_builder().tls_config(tls).http_status_as_error(false);
    config.build().into()
}

fn below_a_path(nginx: PathBuf) -> Result<(), Failed> {
    let site = Site::start_with(|command| {
        command.args(["--address", "https://example.org/tools/veto/"]);
    });
    let example = include_str!("../packaging/nginx.conf");
    let front = Front::nginx(nginx, example, &[("127.0.0.1:8080", &upstream(&site))])?;
    walk(&agent(), &front.url("/tools/veto"))
}

fn a_class(nginx: PathBuf) -> Result<(), Failed> {
    let metrics = [free_port(), free_port()];
    let mut copies = metrics.map(|port| {
        Site::start_with(|command| {
            command.args(["--metrics", &format!("127.0.0.1:{port}")]);
        })
    });
    let [one, other] = [upstream(&copies[0]), upstream(&copies[1])];
    let example = include_str!("../packaging/nginx-many.conf");
    let replace = [
        ("127.0.0.1:8081", one.as_str()),
        ("127.0.0.1:8082", &other),
        ("/var/cache/nginx/", ""),
    ];
    let front = Front::nginx(nginx, example, &replace)?;
    let mut kept = 0;
    let agent = agent();
    for _ in 0..CLASS {
        for path in PAGES {
            let answer = agent
                .get(front.url(path))
                .header("accept-encoding", "gzip, br")
                .call()?;
            assert_eq!(answer.headers()["content-encoding"], "br");
            kept += usize::from(answer.headers()["x-cache"] == "HIT");
        }
    }
    let asked = CLASS * PAGES.len();
    assert!(kept * 100 >= asked * 99, "{kept} of {asked} from the cache");
    for port in metrics {
        let counts = page(&agent, &format!("http://127.0.0.1:{port}/metrics"))?;
        assert!(counts.contains("status=\"200\""), "each copy has its share: {counts}");
    }
    for name in ["Ada", "Bob"] {
        let letter = [("name", name), ("next", "check")];
        let letter = agent
            .post(front.url(LETTER))
            .send_form(letter)?
            .body_mut()
            .read_to_string()?;
        assert!(letter.contains(name), "no letter comes from the cache");
    }
    copies[0].process().kill()?;
    for path in ["/de/why", "/de/sources", "/en/why"] {
        assert_eq!(
            agent.get(front.url(path)).call()?.status(),
            200,
            "{path}: the other copy answers"
        );
    }
    Ok(())
}

fn by_https(caddy: PathBuf) -> Result<(), Failed> {
    let site = Site::start_with(|command| {
        command.args(["--address", "https://example.org/tools/veto/"]);
    });
    let (folder, port) = (Folder::new(), free_port());
    let local = format!("https://localhost:{port} {{\n\ttls internal\n");
    let example = include_str!("../packaging/Caddyfile").replace("127.0.0.1:8080", &upstream(&site));
    let example = example.replace("example.org {\n", &local);
    // Without the administration of a service, and without asking for a place among the certificates of this machine.
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
        .stderr(Stdio::null());
    let front = Front::start(command, port, folder)?;
    walk(&agent(), &format!("https://localhost:{}/tools/veto", front.port))
}

fn unit(systemd_analyze: PathBuf) -> Result<(), Failed> {
    let folder = Folder::new();
    let unit = include_str!("../packaging/veto.service").replace("/usr/local/bin/veto", env!("CARGO_BIN_EXE_veto"));
    let unit = folder.write("veto.service", &unit);
    let output = Command::new(systemd_analyze)
        .args(["verify", "--man=no", &unit])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !said.contains("veto.service"), "{said}");
    Ok(())
}
