//! The command line.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::{
    Arg, ArgMatches, Args, Command as ClapCommand, CommandFactory as _, FromArgMatches as _, Parser, Subcommand,
    ValueEnum,
};
use clap_complete::Shell;
use veto::config::Settings;

/// A web wizard that leads a person through an objection to Meta's AI training.
///
/// Without a command it serves the wizard and prints its address. Each setting can be a flag, an environment variable or a
/// key of veto.toml, in this order of precedence. A notice and links in the footer, such as the imprint, can be set in
/// veto.toml only.
#[derive(Parser)]
#[command(version)]
pub struct Cli {
    /// The command; without one the program serves the wizard.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings file. Default: `veto.toml` in the working directory, if it exists
    #[arg(long, env = "VETO_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// The settings from flags and environment.
    #[command(flatten)]
    pub settings: Settings,
    /// Listen on all networks of this machine, and print the addresses for phones and a QR code
    #[arg(long, conflicts_with = "listen")]
    pub lan: bool,
    /// Open the wizard in the browser
    #[arg(long)]
    pub open: bool,
}

impl Cli {
    /// The arguments and the environment of this process. Ends it if they are wrong, or only ask for help or version.
    ///
    /// Settings can stand before and after a command. An empty variable is an unset one, so that a line of an environment file
    /// can be left empty.
    pub fn read() -> Self {
        Self::from_arg_matches(&Self::matches()).unwrap_or_else(|error| error.exit())
    }

    /// The same, with where each value comes from.
    pub fn matches() -> ArgMatches {
        let command = Self::with_settings_everywhere().mut_args(|argument| {
            let is_empty = |name: &OsStr| env::var_os(name).is_some_and(|value| value.is_empty());
            if argument.get_env().is_some_and(is_empty) {
                argument.env(Resettable::Reset)
            } else {
                argument
            }
        });
        command.get_matches()
    }

    /// The definition with the settings for all commands.
    pub fn with_settings_everywhere() -> ClapCommand {
        Self::command().mut_args(|argument| argument.global(true))
    }
}

/// Whether the program was started by a double click, as far as that can be known: in a window of its own, by its whole path,
/// with nothing behind it. Windows and macOS do so; whoever types a command rarely does.
pub fn is_double_click() -> bool {
    let mut arguments = env::args_os();
    let is_whole_path = arguments
        .next()
        .is_some_and(|program| Path::new(&program).is_absolute());
    is_whole_path && arguments.next().is_none() && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The variables `VETO_…` of this process that are no setting, such as misspelled ones.
pub fn unknown_variables() -> Vec<String> {
    let command = Cli::command();
    let known: Vec<&OsStr> = command.get_arguments().filter_map(Arg::get_env).collect();
    let names = env::vars_os().map(|(name, _)| name);
    let unknown =
        names.filter(|name| name.to_string_lossy().starts_with("VETO_") && !known.contains(&name.as_os_str()));
    unknown.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// A command.
#[derive(Subcommand)]
pub enum Command {
    /// Print the text for Meta's form, or the texts of another journey or company
    Text(TextArgs),
    /// Check the settings and the overrides in the folder of --data, and print which are used and where they come from
    Check,
    /// Check whether the links of the facts still work; exit code 1 if one is gone or broken. This is the only command that
    /// sends requests to other hosts
    Links(LinksArgs),
    /// Run a health check on the running instance; exit code 0 if it is healthy, else 1
    Health,
    /// Print what completes commands and settings in a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// The arguments of `veto completions`.
#[derive(Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// The arguments of `veto links`.
#[derive(Args)]
pub struct LinksArgs {
    /// Also check the sources of the facts
    #[arg(long)]
    pub sources: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `veto text`, besides the setting `country`.
#[derive(Args)]
pub struct TextArgs {
    /// The id of a service from data/companies/, such as `facebook` or `linkedin`; repeatable, for accounts in one Accounts
    /// Centre
    #[arg(long = "service", value_name = "SERVICE", num_args = 1.., required_unless_present = "journey")]
    pub services: Vec<String>,
    /// The id of a journey on one page from data/journeys/, such as `meta-whatsapp`, in place of a service
    #[arg(long, conflicts_with = "services")]
    pub journey: Option<String>,
    /// The language of the text
    #[arg(long, default_value = "en")]
    pub lang: String,
    /// The id of a ground from data/grounds.toml, such as `children`; repeatable
    #[arg(long = "ground", value_name = "GROUND", num_args = 1..)]
    pub grounds: Vec<String>,
    /// The length of the text for Meta's form
    #[arg(long, value_enum, default_value_t = LengthArg::Short)]
    pub length: LengthArg,
}

/// A length on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum LengthArg {
    /// A few sentences
    Short,
    /// All rights named
    Full,
}
