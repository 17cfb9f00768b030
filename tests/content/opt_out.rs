//! The records of other companies' services in `data/companies/`.

use toml::Value;

use super::page::Page;
use super::repository::{companies, flag, list, text};
use super::words::Words;

/// A service with the file of its company.
pub struct Record {
    /// The file of the company.
    pub file: &'static toml::Table,
    /// The entry `[[opt_out]]`.
    pub entry: &'static Value,
}

impl Record {
    pub fn all() -> Vec<Self> {
        let of = |file: &'static toml::Table| {
            let entries = file.get("opt_out").and_then(Value::as_array).into_iter().flatten();
            entries.map(move |entry| Self { file, entry })
        };
        companies().into_iter().flat_map(of).collect()
    }

    pub fn of(id: &str) -> Self {
        let mut all = Self::all().into_iter();
        all.find(|record| record.id() == id)
            .unwrap_or_else(|| panic!("no record of {id}"))
    }

    pub fn id(&self) -> &'static str {
        text(self.entry, "id")
    }

    /// Its entries `[[key]]`, which name it under `by`.
    pub fn own(&self, key: &str, by: &str) -> Vec<&'static Value> {
        let entries = self.file.get(key).and_then(Value::as_array).into_iter().flatten();
        entries.filter(|entry| text(entry, by) == self.id()).collect()
    }

    pub fn ways(&self) -> Vec<&'static Value> {
        self.own("way", "service")
    }

    /// The ways for people in the EU.
    pub fn ways_in_the_eu(&self) -> Vec<&'static Value> {
        let is_for = |laws: &[&str]| laws.is_empty() || laws.contains(&"gdpr");
        let ways = self.ways().into_iter();
        ways.filter(|way| is_for(&list(way, "laws"))).collect()
    }

    pub fn name(&self) -> &'static str {
        text(self.own("service", "id")[0], "name")
    }

    /// The sources that a statement cites.
    pub fn sources(&self, statement: &Value) -> Vec<&'static Value> {
        let all = self.file["source"].as_array().expect("sources");
        let source = |id: &str| all.iter().find(|source| text(source, "id") == id);
        let cited = list(statement, "sources").into_iter();
        cited
            .map(|id| source(id).unwrap_or_else(|| panic!("no source {id}")))
            .collect()
    }

    /// Every statement: the entry of the record, the ways for people in the EU, their paths.
    pub fn statements(&self) -> Vec<&'static Value> {
        let table = self.entry.as_table().expect("an entry");
        let is_statement = |value: &&Value| value.get("confidence").is_some();
        let flat = table.values().flat_map(|value| match value {
            Value::Array(values) => values.iter().collect(),
            value => vec![value],
        });
        let ways = self.ways_in_the_eu().into_iter();
        let of_ways = ways.flat_map(|way| {
            let paths = way.get("paths").and_then(Value::as_array).into_iter().flatten();
            way.get("evidence").into_iter().chain(paths)
        });
        flat.filter(is_statement).chain(of_ways).collect()
    }

    /// What has to stand before a statement, if it is not well supported.
    pub fn support(&self, statement: &Value, words: &Words) -> Option<String> {
        let is_own = self.sources(statement).into_iter().any(|source| flag(source, "own"));
        let key = match text(statement, "confidence") {
            "conflicting" => "conflicting",
            "inference" => "inference",
            "single" if !is_own => "one",
            _ => return None,
        };
        Some(words.plain(&format!("company.support.{key}")))
    }

    pub fn page(&self, language: &str) -> Page {
        Page::get(&format!("/{language}/company/{}", self.id()))
    }
}
