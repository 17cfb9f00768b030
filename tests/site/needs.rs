//! Tests that need programs which not every machine has. Where one is missing, the test is reported as ignored, with the
//! reason on the last lines; with `CI` set it fails.

use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// Tests, and why some of them cannot be run.
pub struct Tests {
    arguments: Arguments,
    trials: Vec<Trial>,
    missing: Vec<String>,
}

impl Tests {
    /// No tests yet; what is asked of them comes from the command line.
    pub fn new() -> Self {
        Self {
            arguments: Arguments::from_args(),
            trials: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Whether the tests are only to be named.
    #[allow(dead_code, reason = "only of use where it takes long to see what is there")]
    pub fn are_only_listed(&self) -> bool {
        self.arguments.list
    }

    /// Adds a test that needs `tools`, or the reason why they are not there.
    pub fn add<T, F>(&mut self, name: &str, tools: Result<T, String>, test: F)
    where
        T: Send + 'static,
        F: FnOnce(T) -> Result<(), Failed> + Send + 'static,
    {
        let trial = match tools {
            Ok(tools) => Trial::test(name, move || test(tools)),
            Err(reason) => {
                self.missing.push(format!("{name}: {reason}"));
                let in_ci = std::env::var_os("CI").is_some();
                Trial::test(name, move || Err(reason.into())).with_ignored_flag(!in_ci)
            }
        };
        self.trials.push(trial);
    }

    /// Runs the tests and says which were not run, and why.
    pub fn run(self) -> ExitCode {
        let conclusion = libtest_mimic::run(&self.arguments, self.trials);
        if !self.arguments.list {
            for reason in self.missing {
                println!("not tested: {reason}");
            }
        }
        conclusion.exit_code()
    }
}

/// The program of this name, or that it is not there.
pub fn program(name: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Servers stand where only the administrator looks.
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    let mut files = folders.map(|folder| folder.join(name));
    files
        .find(|file| file.is_file())
        .ok_or_else(|| format!("{name} is not installed"))
}
