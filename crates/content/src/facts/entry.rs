//! What the entries of all files have in common, and the checks of a file of entries.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::Source;
use crate::files::{Files, LoadError, SourceFile};

/// An entry of a file.
pub trait Entry {
    /// The key of the entry, unique in its file.
    fn key(&self) -> String;

    /// The sources of the entry.
    fn sources(&self) -> Vec<&Source> {
        Vec::new()
    }

    /// The addresses that pages link to; they must be https.
    fn addresses(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// An entry of a file that is a list of `[[name]]` tables.
pub trait FileEntry: Entry + DeserializeOwned {
    /// The path of the file.
    const FILE: &str;
    /// The name of the tables.
    const NAME: &str;
}

/// Reads a file of `[[name]]` tables, see [`check_entries`].
pub fn entries<T: FileEntry>(files: &Files) -> Result<Vec<T>, LoadError> {
    let file = files.read(T::FILE)?;
    let table = file.table()?;
    for (key, _) in table.get_ref() {
        if key.get_ref() != T::NAME {
            let reason = format!("this file must hold [[{}]] tables and nothing else", T::NAME);
            files.tolerate(&file, file.error(Some(key.span()), reason))?;
        }
    }
    let span = table.span();
    let entries = table.into_inner().into_iter();
    let table = Spanned::new(span, entries.filter(|(key, _)| key.get_ref() == T::NAME).collect());
    let mut tables: BTreeMap<String, Vec<T>> = files.deserialize(&file, table)?;
    let entries = tables.remove(T::NAME).unwrap_or_default();
    if entries.is_empty() {
        return Err(file.error(None, format!("this file must hold [[{}]] tables", T::NAME)));
    }
    if u16::try_from(entries.len()).is_err() {
        return Err(file.error(None, "more than 65,535 entries"));
    }
    check_entries(&file, &entries)?;
    Ok(entries)
}

/// Checks that the keys of entries differ and their addresses begin with `https://`.
pub fn check_entries<T: Entry>(file: &SourceFile, entries: &[T]) -> Result<(), LoadError> {
    let mut seen = BTreeSet::new();
    for entry in entries {
        let key = entry.key();
        if let Some(address) = entry.addresses().into_iter().find(|it| !it.starts_with("https://")) {
            return Err(file.error_at(address, "an address must begin with https://"));
        }
        if !seen.insert(key.clone()) {
            return Err(file.error_at(&key, format!("“{key}” stands here twice")));
        }
    }
    Ok(())
}
