//! `veto completions` and `veto man`: the command line for shells and for `man`.

use std::io::{self, Write as _};

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Failure, print};
use crate::cli::Cli;

/// What the exit codes of the program mean.
const EXIT_CODES: [(u8, &str); 3] = [
    (0, "It did what was asked."),
    (
        1,
        "What was checked is not in order: the running program is not healthy, or a link is gone.",
    ),
    (
        2,
        "A setting, a file or an argument is wrong; standard error has a line for each fault.",
    ),
];

/// Prints what completes commands and settings in `shell`.
pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::with_settings_everywhere(), "veto", &mut script);
    print(String::from_utf8_lossy(&script).trim_end())
}

/// Prints the manual page, as roff.
pub fn man() -> Result<(), Failure> {
    let page = manual_page().map_err(Failure::input)?;
    print(String::from_utf8_lossy(&page).trim_end())
}

/// One page for the program and its commands.
fn manual_page() -> io::Result<Vec<u8>> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS\nEach takes the options above, too.")?;
    for command in command.get_subcommands() {
        page.extend(section(command)?);
    }
    writeln!(page, ".SH EXIT STATUS")?;
    for (code, meaning) in EXIT_CODES {
        writeln!(page, ".TP\n{code}\n{meaning}")?;
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// The part of the page about a command: its name, what it does, and its own options.
fn section(command: &Command) -> io::Result<Vec<u8>> {
    let own = command.clone().mut_args(|argument| {
        let is_of_all = argument.is_global_set() || argument.get_id() == "help";
        argument.hide(is_of_all)
    });
    let mut section = Vec::new();
    writeln!(section, ".SS veto {}", command.get_name())?;
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    writeln!(section, "{about}.")?;
    let mut options = Vec::new();
    Man::new(own).render_options_section(&mut options)?;
    // Without the heading of a section of the page.
    for line in String::from_utf8_lossy(&options)
        .lines()
        .filter(|line| !line.starts_with(".SH"))
    {
        writeln!(section, "{line}")?;
    }
    Ok(section)
}
