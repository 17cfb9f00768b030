//! The real program, running for one test: started on a free port, stopped when the test ends.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running wizard.
pub struct Site {
    process: Child,
    /// Its address, as it was printed: `http://localhost:12345`.
    pub url: String,
}

impl Site {
    /// Starts the program and waits for the line that says it accepts connections.
    #[allow(dead_code, reason = "some test files start it with settings only")]
    pub fn start() -> Self {
        Self::start_with(|_| {})
    }

    /// As [`Site::start`], with what `prepare` adds to the command.
    pub fn start_with(prepare: impl FnOnce(&mut Command)) -> Self {
        let mut command = veto();
        command.args(["--port", "0"]).stdout(Stdio::piped());
        prepare(&mut command);
        let mut process = command.spawn().expect("the program starts");
        let mut url = String::new();
        let out = process.stdout.take().expect("its output is a pipe");
        BufReader::new(out).read_line(&mut url).expect("it prints its address");
        let url = url.trim_end().to_owned();
        Self { process, url }
    }

    /// The number of its process.
    #[allow(dead_code, reason = "not every test file sends signals")]
    pub fn process(&mut self) -> &mut Child {
        &mut self.process
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // Nothing is lost if it has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// The program, without settings from the environment of whoever runs the tests, and telling of errors only.
pub fn veto() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_veto"));
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("VETO_") {
            command.env_remove(variable);
        }
    }
    command.env("VETO_LOG", "error");
    command
}
