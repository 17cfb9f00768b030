//! Reverse proxies: each example of `packaging/`, with the program that it is for.

#[cfg(unix)]
#[path = "fronts/copies.rs"]
mod copies;
#[path = "fronts/proxy.rs"]
mod proxy;
mod support;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use libtest_mimic::Failed;
use proxy::{Proxy, agent, page};
use support::folder::Folder;
use support::needs::{Tests, program};
use support::repository;
use support::server::{Server, eventually, free_port};
use ureq::Agent;

const LETTER: &str = "/en/letter/complaint?service=facebook&country=FR";
/// Where the examples expect the program.
const EXAMPLE_UPSTREAM: &str = "127.0.0.1:8080";

fn main() -> ExitCode {
    let mut tests = Tests::new("fronts");
    tests.add(
        "nginx_serves_the_site_below_a_path",
        program("nginx"),
        nginx_below_a_path,
    );
    #[cfg(unix)]
    {
        tests.add(
            "nginx_serves_the_site_from_a_unix_socket",
            program("nginx"),
            nginx_with_a_unix_socket,
        );
        tests.add(
            "nginx_serves_a_burst_from_its_cache_and_spreads_the_rest_over_the_copies",
            program("nginx"),
            copies::burst_at_nginx,
        );
        tests.add(
            "varnish_serves_a_burst_from_its_cache_and_spreads_the_rest_over_the_copies",
            program("varnishd"),
            copies::burst_at_varnish,
        );
        tests.add(
            "three_copies_behind_nginx_are_restarted_one_after_the_other_and_no_request_is_lost",
            program("nginx"),
            copies::restart_behind_nginx,
        );
        tests.add(
            "three_copies_behind_varnish_are_restarted_one_after_the_other_and_no_request_is_lost",
            program("varnishd"),
            copies::restart_behind_varnish,
        );
    }
    tests.add("caddy_serves_the_site_by_https", program("caddy"), caddy_by_https);
    tests.run()
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

fn start_below_a_path() -> Server {
    Server::start_with(|command| {
        command.args(["--address", "https://example.org/tools/veto/"]);
    })
}

fn nginx_below_a_path(nginx: PathBuf) -> Result<(), Failed> {
    let server = start_below_a_path();
    let upstream = server.authority();
    let replace = [(EXAMPLE_UPSTREAM, upstream.as_str()), ("/var/log/nginx/", "")];
    let proxy = Proxy::nginx(nginx, "packaging/nginx.conf", &replace)?;
    let root = proxy.url("/tools/veto");
    walk(&agent(), &root)?;
    drop(server);
    let log = proxy.log_without_program(&root, &["access.log", "error.log"])?;
    assert!(log.is_empty(), "{log:?}");
    Ok(())
}

#[cfg(unix)]
fn nginx_with_a_unix_socket(nginx: PathBuf) -> Result<(), Failed> {
    let folder = Folder::new();
    let socket = format!("unix:{}", folder.path().join("veto.sock").display());
    let mut server = Server::start_with(|command| {
        command.args(["--address", "https://example.org/tools/veto/", "--listen", &socket]);
    });
    let upstream = format!("http://{socket}");
    let replace = [("http://127.0.0.1:8080", upstream.as_str()), ("/var/log/nginx/", "")];
    let proxy = Proxy::nginx(nginx, "packaging/nginx.conf", &replace)?;
    let root = proxy.url("/tools/veto");
    walk(&agent(), &root)?;
    // It removes its socket when it ends.
    server.signal(nix::sys::signal::Signal::SIGTERM);
    server.process().wait()?;
    let log = proxy.log_without_program(&root, &["access.log", "error.log"])?;
    assert!(log.is_empty(), "{log:?}");
    Ok(())
}

fn caddy_by_https(caddy: PathBuf) -> Result<(), Failed> {
    let server = start_below_a_path();
    let (folder, port) = (Folder::new(), free_port());
    let local = format!("https://localhost:{port} {{\n\ttls internal\n");
    let example = repository::read("packaging/Caddyfile").replace(EXAMPLE_UPSTREAM, &server.authority());
    let example = example.replace("example.org {\n", &local);
    // Without the administration interface, and without adding a root certificate to this machine.
    let options = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n";
    let config = example.replacen("{\n", options, 1);
    let mut command = Command::new(caddy);
    command.args([
        "run",
        "--adapter",
        "caddyfile",
        "--config",
        &folder.write("Caddyfile", &config),
    ]);
    command.env("HOME", folder.path()).env_remove("XDG_DATA_HOME");
    let proxy = Proxy::start(command, port, folder)?;
    let root = format!("https://localhost:{}/tools/veto", proxy.port);
    // It listens before it has made its certificate.
    let is_ready = eventually(|| agent().get(&root).call().is_ok());
    assert!(is_ready, "Caddy has no certificate");
    walk(&agent(), &root)?;
    drop(server);
    let log = proxy.log_without_program(&root, &[])?;
    assert!(!log.is_empty(), "Caddy says nothing at all");
    Ok(())
}
