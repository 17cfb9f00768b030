//! `veto completions` and `veto man`: the command line for shells and for `man`.

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Failure, print};
use crate::cli::Cli;

/// Prints what completes commands and settings in `shell`.
pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "veto", &mut script);
    print(String::from_utf8_lossy(&script).trim_end())
}

/// Prints the manual page, as roff.
pub fn man() -> Result<(), Failure> {
    let mut page = Vec::new();
    Man::new(Cli::command()).render(&mut page).map_err(Failure::input)?;
    print(String::from_utf8_lossy(&page).trim_end())
}
