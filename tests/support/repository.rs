//! Files of this repository from which tests read what they expect, so that a change of a fact or of a text breaks no test.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The absolute path of a file.
pub fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// The text of a file with `\n` at the end of each line, whatever git made of them.
pub fn read(file: &str) -> String {
    let text = std::fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    text.replace("\r\n", "\n")
}

/// A TOML file.
pub fn toml(file: &str) -> Table {
    read(file).parse().unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The entries of a file that is a list of tables, such as `[[form]]`.
pub fn entries(file: &str, name: &str) -> Vec<Table> {
    let Some(Value::Array(list)) = toml(file).remove(name) else {
        panic!("{file} has no [[{name}]]");
    };
    list.into_iter()
        .map(|entry| entry.try_into().expect("an entry is a table"))
        .collect()
}

/// The value of a key, which must be a string.
#[track_caller]
pub fn string<'a>(table: &'a Table, key: &str) -> &'a str {
    table
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no string “{key}”"))
}

/// The paths of all files in a folder and below it.
pub fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(path(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.unwrap_or_else(|error| panic!("{folder}: {error}"));
        let path = format!("{folder}/{}", entry.file_name().display());
        if entry.path().is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// The languages: the folders of `locales/` that are not for papers only, sorted.
pub fn languages() -> Vec<String> {
    let folders = std::fs::read_dir(path("locales")).expect("the folder locales/ can be read");
    let mut languages: Vec<String> = folders
        .map(|folder| folder.expect("locales/ can be read").file_name().display().to_string())
        .collect();
    languages.retain(|code| !path(&format!("locales/{code}/papers.toml")).exists());
    languages.sort();
    languages
}

/// A text of a language: that of `key`, such as `not_found.title`, in `locales/{language}/{file}.toml`.
#[track_caller]
pub fn text(language: &str, file: &str, key: &str) -> String {
    let file = format!("locales/{language}/{file}.toml");
    let mut value = Value::Table(toml(&file));
    for part in key.split('.') {
        let found = value.get(part).cloned();
        value = found.unwrap_or_else(|| panic!("{file} has no “{key}”"));
    }
    value
        .as_str()
        .unwrap_or_else(|| panic!("“{key}” in {file} is no string"))
        .to_owned()
}

/// The addresses of the forms of a service, newest generation first.
pub fn forms(service: &str) -> Vec<String> {
    let mut forms = entries("data/companies/meta.toml", "form");
    forms.retain(|form| string(form, "service") == service);
    forms.sort_by_key(|form| -form["generation"].as_integer().expect("a generation is a number"));
    assert!(!forms.is_empty(), "data/companies/meta.toml has no form of {service}");
    forms.iter().map(|form| string(form, "address").to_owned()).collect()
}

/// The day until which facts were gathered: `2026-11-23`.
pub fn facts_checked() -> String {
    let dates = toml("data/dates.toml");
    string(dates["facts-checked"].as_table().expect("an entry is a table"), "date").to_owned()
}

/// The name of the supervisory authority of a country, or of a region in it.
pub fn authority(country: &str, region: Option<&str>) -> String {
    let authorities = entries("data/authorities.toml", "authority");
    let found = authorities.iter().find(|authority| {
        string(authority, "country") == country && authority.get("region").and_then(Value::as_str) == region
    });
    let found = found.unwrap_or_else(|| panic!("data/authorities.toml has none for {country} {region:?}"));
    string(found, "name").to_owned()
}
