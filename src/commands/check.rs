//! `veto check`: checks settings and files without serving.

use super::{Failure, Loaded, config, print};
use crate::cli::Cli;

/// Prints the files that are used; fails at the first error in them.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    let config = config(cli)?;
    let settings = &config.settings;
    let url = format!("{}://localhost:{}", settings.scheme(), settings.port());
    let loaded = Loaded::new(&config, url.parse().map_err(Failure::input)?)?;
    let overrides = match loaded.overrides.as_slice() {
        [] => "none".to_owned(),
        overrides => overrides.join(", "),
    };
    let file = config.file().unwrap_or("none");
    if let Some(outdated) = loaded.outdated() {
        print(outdated)?;
    }
    print(format!(
        "settings file: {file}\nfiles that override entries: {overrides}\nno faults"
    ))
}
