//! The program as a server for one test: started on a free port, stopped when the test ends.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::command::veto;
use super::folder::Folder;

/// A running server.
pub struct Server {
    process: Child,
    /// Its address with the base path, as it was printed: `http://localhost:12345`.
    pub url: String,
}

impl Server {
    /// Starts the program and waits for the line that says it accepts connections.
    pub fn start() -> Self {
        Self::start_with(|_| {})
    }

    /// Like [`Server::start`]; `prepare` adds arguments and environment variables to the command.
    pub fn start_with(prepare: impl FnOnce(&mut Command)) -> Self {
        Self::start_on(0, prepare)
    }

    /// Like [`Server::start_with`], on a port that must be free.
    pub fn start_on(port: u16, prepare: impl FnOnce(&mut Command)) -> Self {
        let mut server = Self::spawn(port, prepare);
        server.wait();
        server
    }

    /// Starts the program on `port`, and does not wait.
    pub fn spawn(port: u16, prepare: impl FnOnce(&mut Command)) -> Self {
        let mut command = veto();
        command.args(["--port", &port.to_string()]).stdout(Stdio::piped());
        prepare(&mut command);
        let process = command.spawn().expect("the program starts");
        let url = String::new();
        Self { process, url }
    }

    /// Waits for the line that says that the program accepts connections.
    pub fn wait(&mut self) {
        let out = self.process.stdout.take().expect("standard output is piped");
        BufReader::new(out)
            .read_line(&mut self.url)
            .expect("the program prints its address");
        self.url.truncate(self.url.trim_end().len());
    }

    /// Starts the program with the settings `toml`, written to `veto.toml` in `folder`.
    pub fn start_with_settings(folder: &Folder, toml: &str) -> Self {
        let file = folder.write("veto.toml", toml);
        Self::start_with(|command| {
            command.args(["--config", &file]);
        })
    }

    /// The id of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The resident memory of the process in bytes.
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The largest resident memory that the process has had, in bytes.
    #[cfg(target_os = "linux")]
    pub fn peak_memory(&self) -> u64 {
        self.status("VmHWM:")
    }

    /// An entry in the state of the process, in bytes.
    #[cfg(target_os = "linux")]
    fn status(&self, name: &str) -> u64 {
        let path = format!("/proc/{}/status", self.id());
        let status = std::fs::read_to_string(path).expect("the state of the process can be read");
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib = line
            .and_then(|line| line.split_whitespace().next())
            .expect("the state has the memory");
        kib.parse::<u64>().expect("the memory is a number") * 1_024
    }

    pub fn process(&mut self) -> &mut Child {
        &mut self.process
    }

    /// Host and port, with an address instead of a name: `127.0.0.1:12345`.
    pub fn authority(&self) -> String {
        let authority = self.url.split('/').nth(2).expect("a URL has a host");
        authority.replace("localhost", "127.0.0.1")
    }

    /// Sends a signal to the process.
    #[cfg(unix)]
    pub fn signal(&self, signal: nix::sys::signal::Signal) {
        let id = i32::try_from(self.id()).expect("a process id is an i32");
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), signal).expect("the signal is sent");
    }

    /// Stops the process and returns what it wrote to standard error, which must have been piped.
    pub fn stop_and_read_log(mut self) -> String {
        self.process.kill().expect("the process can be killed");
        let mut log = String::new();
        let mut stderr = self.process.stderr.take().expect("standard error is piped");
        stderr.read_to_string(&mut log).expect("the log is UTF-8");
        log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail if the process has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// A port that is free at the moment.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    listener.local_addr().expect("a listener has an address").port()
}

/// A port that is free, and that the system gives to no connection by itself: for a program that is started again.
pub fn lasting_port() -> u16 {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    // Below those that systems give, and different in each test program.
    let first = 10_000 + std::process::id() * 100 % 20_000;
    let mut ports = (0..100).map(|_| first + COUNT.fetch_add(1, Ordering::Relaxed) % 100);
    let free = ports.find_map(|port| {
        let port = u16::try_from(port).ok()?;
        TcpListener::bind(("127.0.0.1", port)).ok().map(|_| port)
    });
    free.expect("one of a hundred ports is free")
}

/// Whether `condition` becomes true within ten seconds.
pub fn eventually(mut condition: impl FnMut() -> bool) -> bool {
    (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        condition()
    })
}
