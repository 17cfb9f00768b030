//! Veto and the bare server as child processes.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{BARE_SERVER, Result};

/// The CPU of a process.
#[derive(Clone, Copy)]
pub enum Cpu {
    /// That of the server, so that server and load do not wait for each other.
    Server,
    /// That of the load.
    Load,
    /// Any.
    Any,
}

impl Cpu {
    /// The command that starts the program on this CPU.
    pub fn command(self, program: &Path) -> Command {
        let number = match self {
            Self::Server => "0",
            Self::Load => "1",
            Self::Any => return Command::new(program),
        };
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", number]).arg(program);
        command
    }
}

/// A server process, killed on drop.
pub struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts Veto.
    pub fn veto(cpu: Cpu, arguments: &[&str]) -> Result<Self> {
        let mut command = cpu.command(env!("CARGO_BIN_EXE_veto").as_ref());
        command.args(["--port", "0", "--log", "error"]).args(arguments);
        Self::start(&mut command)
    }

    /// Starts the bare server, with a body of `size` bytes.
    pub fn bare(cpu: Cpu, size: usize) -> Result<Self> {
        let mut command = cpu.command(&env::current_exe()?);
        Self::start(command.env(BARE_SERVER, size.to_string()))
    }

    /// Starts a server that prints its URL.
    fn start(command: &mut Command) -> Result<Self> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("the server has no output")?;
        // Created here, so that the process is killed if it prints nothing.
        let mut server = Self {
            process,
            url: String::new(),
        };
        BufReader::new(output).read_line(&mut server.url)?;
        server.url.truncate(server.url.trim_end().len());
        Ok(server)
    }

    /// The URL that the server has printed.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Requests a page on a new connection and returns the body.
    pub fn get(&self, path: &str, coding: &str) -> Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.host())?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: {coding}\r\nconnection: close\r\n\r\n"
        )?;
        let mut response = Vec::new();
        stream.read_to_end(&mut response)?;
        let separator = b"\r\n\r\n";
        let head = response.windows(separator.len()).position(|bytes| bytes == separator);
        match head {
            Some(length) if response.starts_with(b"HTTP/1.1 200 ") => Ok(response.split_off(length + separator.len())),
            _ => Err(format!("{path}: no response with status 200").into()),
        }
    }

    /// The CPU time that the threads have used, in seconds (proc(5), schedstat).
    pub fn cpu_time(&self) -> Result<f64> {
        let mut total = Duration::ZERO;
        for thread in fs::read_dir(format!("/proc/{}/task", self.id()))? {
            let statistics = fs::read_to_string(thread?.path().join("schedstat"))?;
            let nanoseconds = statistics.split_whitespace().next().ok_or("schedstat is empty")?;
            total += Duration::from_nanos(nanoseconds.parse()?);
        }
        Ok(total.as_secs_f64())
    }

    /// A memory figure of `/proc/<id>/status`, such as `VmRSS`, in MiB.
    pub fn memory(&self, field: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id()))?;
        let (_, value) = status
            .split_once(&format!("{field}:"))
            .ok_or_else(|| format!("/proc has no {field}"))?;
        let kib: u32 = value.split_whitespace().next().ok_or("a field is empty")?.parse()?;
        Ok(f64::from(kib) / 1_024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails only if the process has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
