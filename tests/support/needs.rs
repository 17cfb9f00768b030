//! Tests that need programs which not every machine has. Where one is missing, the test is skipped and the reason is
//! printed; with `CI` set it fails.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// Tests, and why some of them are skipped.
pub struct Tests {
    /// The name of the test file.
    file: &'static str,
    arguments: Arguments,
    trials: Vec<Trial>,
    skipped: Vec<String>,
}

impl Tests {
    /// No tests yet; filters and options come from the command line.
    pub fn new(file: &'static str) -> Self {
        Self {
            file,
            arguments: Arguments::from_args(),
            trials: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Whether the tests are listed and not run.
    pub fn are_only_listed(&self) -> bool {
        self.arguments.list
    }

    /// Adds a test that needs `tools`, or the reason why they are missing.
    pub fn add<T, F>(&mut self, name: &str, tools: Result<T, String>, test: F)
    where
        T: Send + 'static,
        F: FnOnce(T) -> Result<(), Failed> + Send + 'static,
    {
        let trial = match tools {
            Ok(tools) => Trial::test(name, move || test(tools)),
            Err(reason) => {
                let is_skipped = std::env::var_os("CI").is_none();
                if is_skipped {
                    self.skipped.push(format!("skipped: {name}: {reason}"));
                }
                Trial::test(name, move || Err(reason.into())).with_ignored_flag(is_skipped)
            }
        };
        self.trials.push(trial);
    }

    /// Runs the tests and prints which were skipped, and why. The package `veto-test-summary` repeats these lines at the
    /// end of `cargo test`.
    pub fn run(self) -> ExitCode {
        let conclusion = libtest_mimic::run(&self.arguments, self.trials);
        if !self.arguments.list {
            for line in &self.skipped {
                println!("{line}");
            }
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("skipped");
            fs::create_dir_all(&folder).expect("the folder can be created");
            let lines = self.skipped.iter().map(|line| format!("{line}\n"));
            fs::write(folder.join(self.file), lines.collect::<String>()).expect("the file can be written");
        }
        conclusion.exit_code()
    }
}

/// The path of a program, or that it is not installed.
pub fn program(name: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Servers are often not in the PATH of ordinary users.
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    let mut files = folders.map(|folder| folder.join(name));
    files
        .find(|file| file.is_file())
        .ok_or_else(|| format!("{name} is not installed"))
}
