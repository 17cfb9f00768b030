//! systemd: the units of `packaging/`, and the ports that it opens for the program.

mod support;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

use libtest_mimic::Failed;
use support::certificate::SelfSigned;
use support::client;
use support::command::run;
use support::folder::Folder;
use support::needs::{Tests, program};
use support::repository;
use support::server::{eventually, free_port};

fn main() -> ExitCode {
    let mut tests = Tests::new("systemd");
    tests.add(
        "systemd_finds_no_error_in_the_units",
        program("systemd-analyze"),
        systemd_units,
    );
    tests.add(
        "systemd_opens_the_ports_for_the_program",
        program("systemd-socket-activate"),
        systemd_sockets,
    );
    tests.run()
}

fn systemd_units(systemd_analyze: PathBuf) -> Result<(), Failed> {
    let folder = Folder::new();
    let unit = repository::read("packaging/veto.service").replace("/usr/local/bin/veto", env!("CARGO_BIN_EXE_veto"));
    let units = [
        folder.write("veto.service", &unit),
        folder.write("veto.socket", &repository::read("packaging/veto.socket")),
    ];
    let output = Command::new(systemd_analyze)
        .args(["verify", "--man=no"])
        .args(units)
        .output()?;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !error.contains("veto."), "{error}");
    Ok(())
}

/// The program, stopped when the test ends.
struct Activated(Child);

impl Drop for Activated {
    fn drop(&mut self) {
        // Both fail if the process has ended already.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// The program with sockets that listen already, as systemd starts it for the first visitor.
fn start_with_sockets(activate: &Path, sockets: &[&str], arguments: &[&str]) -> Result<Activated, Failed> {
    let mut command = Command::new(activate);
    command.args(sockets.iter().flat_map(|socket| ["--listen", socket]));
    command.arg(env!("CARGO_BIN_EXE_veto")).args(arguments);
    let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(Activated(process.spawn()?))
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "the other tests take the path of their program in this way"
)]
fn systemd_sockets(activate: PathBuf) -> Result<(), Failed> {
    let folder = Folder::new();
    let certificate = SelfSigned::write(&folder, "site");
    let [site, plain] = [free_port(), free_port()];
    let (root, sockets) = (
        format!("https://localhost:{site}"),
        [site, plain].map(|port| format!("127.0.0.1:{port}")),
    );
    let sockets = sockets.each_ref().map(String::as_str);
    // A port that is not free, so that it must not be opened.
    let taken = site.to_string();
    let arguments = [&certificate.arguments()[..], &["--address", &root, "--port", &taken]].concat();
    let _program = start_with_sockets(&activate, &sockets, &arguments)?;
    let agent = certificate.client();
    let page = eventually(|| {
        agent
            .get(format!("{root}/en/"))
            .call()
            .is_ok_and(|page| page.status() == 200)
    });
    assert!(page, "no page by https");
    let plain = client::agent().get(format!("http://{}/en/why", sockets[1])).call()?;
    assert_eq!(plain.headers()["location"], format!("{root}/en/why"));

    // Without a certificate. Where others reach the address their `Host` is right, though `listen` is not set.
    for (ip, status) in [("0.0.0.0", 200), ("127.0.0.1", 421)] {
        let port = free_port();
        let _program = start_with_sockets(&activate, &[&format!("{ip}:{port}")], &[])?;
        let page = eventually(|| {
            client::agent()
                .get(format!("http://127.0.0.1:{port}/en/"))
                .header("host", "veto.example")
                .call()
                .is_ok_and(|page| page.status() == status)
        });
        assert!(page, "another response than {status} for another host at {ip}");
    }

    let socket = folder.path().join("veto.sock").display().to_string();
    let _program = start_with_sockets(&activate, &[&socket], &["--address", "http://veto.example"])?;
    let health = [
        "--listen",
        &format!("unix:{socket}"),
        "--address",
        "http://veto.example",
        "health",
    ];
    let is_healthy = eventually(|| run(&health).status.success());
    assert!(is_healthy, "no response at a Unix socket");
    Ok(())
}
