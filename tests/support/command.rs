//! The program at the command line.

use std::process::{Command, Output};

/// The program, without settings from the environment of the test run, logging errors only.
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

/// Runs the program to its end. Where the arguments could start a server, they must have `--port 0`.
pub fn run(args: &[&str]) -> Output {
    veto().args(args).output().expect("the program runs")
}

/// Asserts exit code 2, one line on standard error and nothing on standard output, and returns the line.
#[track_caller]
pub fn error_line(output: &Output) -> String {
    let line = String::from_utf8(output.stderr.clone()).expect("errors are UTF-8");
    assert_eq!(output.status.code(), Some(2), "exit code; standard error: {line}");
    assert_eq!(line.lines().count(), 1, "number of lines on standard error: {line}");
    assert!(output.stdout.is_empty(), "something is on standard output");
    line
}

/// Standard output of a run that must have succeeded.
#[track_caller]
pub fn stdout(output: Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "exit code; standard error: {error}");
    String::from_utf8(output.stdout).expect("standard output is UTF-8")
}
