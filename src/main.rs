//! The program: parses the command line and runs the command.

mod cli;
mod commands;

use std::process::ExitCode;

use cli::{Cli, Command};
use commands::{Failure, check, health, links, manual, serve, text};

/// musl's own allocator locks globally and returns memory eagerly: a page costs four times as much with it.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    let cli = Cli::read();
    for variable in cli::unknown_variables() {
        eprintln!("veto: {variable} is not a setting; `veto --help` names them all");
    }
    let result = match &cli.command {
        Some(Command::Text(args)) => text::run(&cli, args),
        Some(Command::Check) => check::run(&cli),
        Some(Command::Links(args)) => links::run(&cli, args),
        Some(Command::Health) => health::run(&cli),
        Some(Command::Completions(args)) => manual::completions(args.shell),
        Some(Command::Man) => manual::man(),
        None => serve::run(cli),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Failure::Input(reason) | Failure::Unhealthy(Some(reason)) = &failure {
                for line in reason.lines() {
                    eprintln!("veto: {line}");
                }
            }
            if cli::is_double_click() {
                // The window would close before anybody has read it.
                eprintln!("Press Enter to close this window.");
                _ = std::io::stdin().read_line(&mut String::new());
            }
            failure.exit_code()
        }
    }
}
