//! `cargo xtask stale [LANGUAGE...]`: which texts of a translation are older than the English ones.
//!
//! A file of a translation is compared with the English file as it was when the translation was last committed. Prints the keys
//! that were added, changed or removed in English since then, with the present English text.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use toml::{Table, Value};

/// The folder of the language from which the others are translated.
const SOURCE: &str = "locales/en";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() != Some("stale") {
        eprintln!("usage: cargo xtask stale [LANGUAGE...]");
        return ExitCode::from(2);
    }
    match stale(&arguments.collect::<Vec<_>>()) {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// What is to be translated again in these languages; in all if there are none.
fn stale(languages: &[String]) -> Result<String, String> {
    let mut report = Vec::new();
    let all = git(&["ls-tree", "--name-only", "HEAD", "locales/"])?;
    for folder in all.lines().filter(|folder| *folder != SOURCE) {
        let language = folder.trim_start_matches("locales/");
        if !languages.is_empty() && !languages.iter().any(|wanted| wanted == language) {
            continue;
        }
        let mut changes = Vec::new();
        for file in git(&["ls-files", "--", folder])?
            .lines()
            .filter(|file| !file.ends_with("language.toml"))
        {
            let source = file.replacen(folder, SOURCE, 1);
            let translated = git(&["log", "-1", "--format=%H", "--", file])?;
            // Git fails for a file that did not exist.
            let before = git(&["show", &format!("{}:{source}", translated.trim())]).unwrap_or_default();
            let now = std::fs::read_to_string(root().join(&source)).unwrap_or_default();
            changes.extend(differences(&texts(&before)?, &texts(&now)?).map(|change| format!("  {file} {change}\n")));
        }
        report.push(format!("{language}: {} texts\n{}", changes.len(), changes.concat()));
    }
    Ok(report.concat())
}

/// The keys that `now` has in addition, with another text or no longer.
fn differences<'a>(
    before: &'a BTreeMap<String, String>,
    now: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = String> + 'a {
    let changed = now.iter().filter_map(|(key, text)| match before.get(key) {
        None => Some(format!("added {key}: {text}")),
        Some(old) if old != text => Some(format!("changed {key}: {text}")),
        Some(_) => None,
    });
    let removed = before.keys().filter(|key| !now.contains_key(*key));
    changed.chain(removed.map(|key| format!("removed {key}")))
}

/// The texts of a file by their keys.
fn texts(file: &str) -> Result<BTreeMap<String, String>, String> {
    let table: Table = file.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let mut texts = BTreeMap::new();
    for (key, value) in table {
        collect(&key, &value, &mut texts);
    }
    Ok(texts)
}

fn collect(key: &str, value: &Value, texts: &mut BTreeMap<String, String>) {
    match value {
        Value::Table(table) => {
            for (name, value) in table {
                collect(&format!("{key}.{name}"), value, texts);
            }
        }
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                collect(&format!("{key}.{place}"), value, texts);
            }
        }
        other => {
            texts.insert(key.to_owned(), other.to_string());
        }
    }
}

/// The output of git in this repository.
fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").current_dir(root()).args(arguments).output();
    let output = output.map_err(|error| format!("git: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// The folder of the repository.
fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_changed_and_removed_texts_are_told() {
        let before = texts("title = 'Old'\nlead = 'Same'\n[step]\ngone = 'Gone'").unwrap();
        let now = texts("title = 'New'\nlead = 'Same'\n[step]\nlist = ['One']").unwrap();
        let told: Vec<String> = differences(&before, &now).collect();
        assert_eq!(
            told,
            [
                "added step.list.0: \"One\"",
                "changed title: \"New\"",
                "removed step.gone"
            ]
        );
    }
}
