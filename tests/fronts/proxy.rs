//! A reverse proxy, started with an example of `packaging/`.

use std::fs::{self, File};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use libtest_mimic::Failed;
use ureq::Agent;
use ureq::tls::TlsConfig;

use crate::LETTER;
use crate::support::folder::Folder;
use crate::support::repository;
use crate::support::server::free_port;

/// The file with what a proxy writes to standard output and standard error.
const OUTPUT: &str = "output";
/// The folder of Varnish.
#[cfg(unix)]
const VARNISH_STATE: &str = "state";
/// What the browser of a visitor says about itself.
const VISITOR: &str = "Browser-of-a-visitor";
/// What logs contain that tell a choice, or of a visitor: the address is `client: …` for nginx, `remote_ip` for Caddy, and a
/// part of `ReqStart` and `SessOpen` for Varnish.
const TELLING: [&str; 9] = [
    "country",
    "facebook",
    "/en/",
    VISITOR,
    "client: ",
    "client_ip",
    "remote_ip",
    "ReqStart",
    "SessOpen",
];

/// A reverse proxy, stopped when the test ends.
pub struct Proxy {
    process: Child,
    /// The port on which it listens.
    pub port: u16,
    folder: Folder,
}

impl Proxy {
    /// Starts nginx with one of the examples, changed by `replace` to fit this machine.
    pub fn nginx(program: PathBuf, example: &str, replace: &[(&str, &str)]) -> Result<Self, Failed> {
        let (folder, port) = (Folder::new(), free_port());
        let path = folder.path().display().to_string();
        let temporary =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {path}/{kind};"));
        let listen = format!("listen 127.0.0.1:{port};");
        let site = changed(example, &[&[("listen 80;", listen.as_str())], replace].concat());
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

    /// Starts Varnish with its example, changed by `replace`, and with the options that the example names.
    #[cfg(unix)]
    pub fn varnish(program: PathBuf, replace: &[(&str, &str)]) -> Result<Self, Failed> {
        let example = "packaging/varnish.vcl";
        let (folder, port) = (Folder::new(), free_port());
        let file = folder.write("varnish.vcl", &changed(example, replace));
        let text = repository::read(example);
        let comment = text.lines().map(|line| line.trim_start_matches('#').trim());
        let lines = comment.skip_while(|line| !line.starts_with("varnishd "));
        let options = lines
            .take_while(|line| !line.is_empty())
            .flat_map(str::split_whitespace);
        let options = options.skip(1).filter(|word| *word != "\\").map(|word| match word {
            ":80" => format!("127.0.0.1:{port}"),
            "/etc/varnish/varnish.vcl" => file.clone(),
            word => word.to_owned(),
        });
        let mut command = Command::new(program);
        let state = folder.path().join(VARNISH_STATE);
        command.args(["-F", "-j", "none", "-n"]).arg(state).args(options);
        Self::start(command, port, folder)
    }

    /// Starts a proxy that listens on `port`.
    pub fn start(mut command: Command, port: u16, folder: Folder) -> Result<Self, Failed> {
        let output = File::create(folder.path().join(OUTPUT))?;
        command.stdout(output.try_clone()?).stderr(output);
        let process = command.stdin(Stdio::null()).spawn()?;
        let proxy = Self { process, port, folder };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(proxy);
            }
            sleep(Duration::from_millis(100));
        }
        Err("the proxy does not listen after ten seconds".into())
    }

    /// The lines that the proxy has written to its output and to the files `names`, for a test that has walked through the
    /// pages. It then asks once more, below `root`, while the program does not run.
    pub fn log_without_program(&self, root: &str, names: &[&str]) -> Result<Vec<String>, Failed> {
        let url = format!("{root}{LETTER}&entry=facebook.2026-03-31");
        let request = agent().get(url).header("user-agent", VISITOR);
        let status = request.call()?.status();
        assert!(status.is_server_error(), "{status} although the program does not run");
        let mut lines = Vec::new();
        for name in [OUTPUT].iter().chain(names) {
            let log = fs::read_to_string(self.folder.path().join(name))?;
            lines.extend(log.lines().map(str::to_owned));
        }
        #[cfg(unix)]
        lines.extend(self.varnish_log()?);
        let is_telling = |line: &&String| TELLING.iter().any(|word| line.contains(word));
        match lines.iter().find(is_telling) {
            Some(line) => Err(format!("the log tells who opened which page: {line}").into()),
            None => Ok(lines),
        }
    }

    /// What Varnish keeps in memory of past requests; nothing of another proxy.
    #[cfg(unix)]
    fn varnish_log(&self) -> Result<Vec<String>, Failed> {
        let state = self.folder.path().join(VARNISH_STATE);
        if !state.exists() {
            return Ok(Vec::new());
        }
        let mut command = Command::new("varnishlog");
        let output = command.args(["-d", "-g", "raw", "-n"]).arg(state).output()?;
        let log = String::from_utf8_lossy(&output.stdout);
        assert!(log.contains("Begin"), "Varnish has no log: {output:?}");
        Ok(log.lines().map(str::to_owned).collect())
    }

    /// The address of a path behind the proxy.
    pub fn url(&self, path: &str) -> String {
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

/// An example with other texts in place of some, which it must contain.
fn changed(example: &str, replace: &[(&str, &str)]) -> String {
    let mut text = repository::read(example);
    for (from, to) in replace {
        assert!(text.contains(from), "{example} does not contain “{from}”");
        text = text.replace(from, to);
    }
    text
}

/// The body of a page that must be there.
pub fn page(agent: &Agent, url: &str) -> Result<String, Failed> {
    Ok(agent.get(url).call()?.body_mut().read_to_string()?)
}

/// A client that reads every response.
pub fn agent() -> Agent {
    // Nobody trusts the authority that Caddy makes for its own certificate.
    let tls = TlsConfig::builder().disable_verification(true).build();
    let config = Agent::config_builder().tls_config(tls).http_status_as_error(false);
    config.build().into()
}
