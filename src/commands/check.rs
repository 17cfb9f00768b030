//! `veto check`: checks settings and files without serving.

use clap::parser::ValueSource;
use clap::{Arg, CommandFactory as _};
use veto::catalog;
use veto::config::Config;
use veto_content::files::SourceFile;

use super::{Failure, Loaded, certificate, config, print};
use crate::cli::Cli;

/// Prints the settings and files that are used, and where English texts stand in for missing ones; fails with all wrong
/// settings, and the first error in the files.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    let config = config(cli)?;
    let settings = &config.settings;
    let url = format!("{}://localhost:{}", settings.scheme(), settings.port());
    let loaded = Loaded::new(&config, url.parse().map_err(Failure::input)?)?;
    let overrides = match loaded.overrides.as_slice() {
        [] => "none".to_owned(),
        overrides => overrides.join(", "),
    };
    let file = config.file().map_or("none", SourceFile::name);
    for line in origins(&config) {
        print(line)?;
    }
    for warning in &loaded.warnings {
        print(warning)?;
    }
    if let Some(certificate) = &loaded.certificate {
        print(certificate::describe(certificate))?;
        if certificate.is_key_public {
            print(certificate::PUBLIC_KEY)?;
        }
    }
    let stand_ins = loaded.catalog.stand_ins();
    let mut stand_ins: Vec<String> = stand_ins.map(ToString::to_string).collect();
    stand_ins.sort();
    for line in stand_ins {
        print(line)?;
    }
    print(format!("settings file: {file}"))?;
    if let Some(archive) = &loaded.archive {
        print(format!("archive: {archive}"))?;
    }
    print(format!("files that override entries: {overrides}"))?;
    if let Some(built_in) = catalog::built_in_until() {
        print(format!("all other entries are built in: facts until {built_in}"))?;
    }
    print("no faults")
}

/// Each setting that is not the default, and where it comes from: `port = 9000 (VETO_PORT)`.
fn origins(config: &Config) -> Vec<String> {
    let (command, matches) = (Cli::command(), Cli::matches());
    let given = command.get_arguments().filter_map(|argument| {
        let (id, variable) = (argument.get_id().as_str(), Arg::get_env(argument)?);
        let name = id.replace('_', "-");
        let origin = match matches.value_source(id)? {
            ValueSource::CommandLine => format!("--{name}"),
            ValueSource::EnvVariable => variable.to_string_lossy().into_owned(),
            _ => return None,
        };
        let values = matches.get_raw(id)?.map(|value| value.to_string_lossy());
        let line = format!("{name} = {} ({origin})", values.collect::<Vec<_>>().join(","));
        Some((name, line))
    });
    let given: Vec<(String, String)> = given.collect();
    let mut lines = given;
    for (name, line) in config.file().map(of_file).unwrap_or_default() {
        if lines.iter().all(|(other, _)| *other != name) {
            lines.push((name, line));
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The settings in the file, in its order: the name, and a line with value and place: `port = 9000 (veto.toml:3)`.
fn of_file(file: &SourceFile) -> Vec<(String, String)> {
    let text = file.text();
    // A file that is not TOML was an error in `Config::new`.
    let Ok(table) = file.table() else {
        return Vec::new();
    };
    let settings = table.into_inner().into_iter().map(|(key, value)| {
        let line = text[..key.span().start].matches('\n').count() + 1;
        // A table, such as that of a notice, is not repeated here.
        let written = text[value.span()].lines().next();
        let written = written.filter(|_| value.get_ref().as_table().is_none());
        let written = written.map(|written| format!(" = {written}")).unwrap_or_default();
        let name = key.into_inner().into_owned();
        let described = format!("{name}{written} ({}:{line})", file.name());
        (name, described)
    });
    settings.collect()
}
