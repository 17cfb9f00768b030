//! `veto check`: checks settings and files without serving.

use veto_content::messages::Messages;

use super::{Failure, Loaded, certificate, config, print};
use crate::cli::Cli;

/// Prints the files that are used, and where English texts stand in for missing ones; fails at the first error in them.
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
    if let Some(certificate) = &loaded.certificate {
        print(certificate::describe(certificate))?;
        if certificate.is_key_public {
            print(certificate::PUBLIC_KEY)?;
        }
    }
    let messages = loaded.catalog.messages_in_memory();
    let stand_ins = messages.flat_map(Messages::stand_ins);
    let mut stand_ins: Vec<String> = stand_ins.map(ToString::to_string).collect();
    stand_ins.sort();
    for line in stand_ins {
        print(line)?;
    }
    print(format!(
        "settings file: {file}\nfiles that override entries: {overrides}\nno faults"
    ))
}
