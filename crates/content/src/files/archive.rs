//! An archive as the operator's folder: all files of `data/` and `locales/` of another day, made for another version of the
//! program. What this version does not know in them is left out.

use std::mem;
use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Error};

use super::{LoadError, SourceFile};

/// The file that makes a folder an archive.
pub const MARKER: &str = "archive.toml";

/// How serde begins its messages about a key or a word that a type does not have.
const UNKNOWN: [&str; 2] = ["unknown field `", "unknown variant `"];

/// What the file [`MARKER`] says.
#[derive(Debug, Deserialize)]
pub struct Archive {
    /// The day until which the facts were gathered.
    pub date: String,
    /// The version of the program that came with these files.
    pub version: String,
}

impl Archive {
    /// Reads the marker.
    ///
    /// # Errors
    /// When it is not complete, or the archive is for another major version of the program.
    pub(super) fn read(file: &SourceFile) -> Result<Self, LoadError> {
        let archive: Self = file.parse()?;
        let this = env!("CARGO_PKG_VERSION");
        let major = |version: &str| version.split('.').next().map(str::to_owned);
        if major(&archive.version) != major(this) {
            let reason = format!(
                "the archive is for Veto {}, and this is Veto {this}: only the same major version can read it",
                archive.version
            );
            return Err(file.error_at_key("version", reason));
        }
        Ok(archive)
    }
}

/// Deserializes `table`. With `left_out`, it is one of an archive: then without what the type does not know, which is a key, or
/// an entry of a list with a word that the program does not know. `left_out` gets the error about each.
pub fn deserialize<T: DeserializeOwned>(
    mut table: Spanned<DeTable<'_>>,
    mut left_out: Option<impl FnMut(&Error)>,
) -> Result<T, Error> {
    loop {
        let error = match T::deserialize(toml::Deserializer::from(table.clone())) {
            Err(error) => error,
            value => return value,
        };
        match &mut left_out {
            Some(left_out) if leave_out(table.get_mut(), &error) => left_out(&error),
            _ => return Err(error),
        }
    }
}

/// Removes what `error` is about from `table`, if it is something unknown that can be missing.
fn leave_out(table: &mut DeTable<'_>, error: &Error) -> bool {
    let mut names = UNKNOWN
        .iter()
        .filter_map(|begin| error.message().strip_prefix(begin)?.split('`').next());
    match (names.next(), error.span()) {
        (Some(name), Some(span)) => remove_from(table, name, &span) == Some(true),
        _ => false,
    }
}

/// Removes the key `name` at `span`, or the innermost entry of a list with a word at `span`. `Some(false)` says that the word is
/// here, but in no list; `None` that nothing is at `span`.
fn remove_from(table: &mut DeTable<'_>, name: &str, span: &Range<usize>) -> Option<bool> {
    if table.keys().any(|key| key.get_ref() == name && key.span() == *span) {
        table.remove(name);
        return Some(true);
    }
    table.iter_mut().find_map(|(_, value)| remove(value, name, span))
}

fn remove(value: &mut Spanned<DeValue<'_>>, name: &str, span: &Range<usize>) -> Option<bool> {
    let is_here = value.span() == *span;
    match value.get_mut() {
        DeValue::String(word) => (is_here && word == name).then_some(false),
        DeValue::Table(table) => remove_from(table, name, span),
        DeValue::Array(entries) => {
            let found = entries
                .iter_mut()
                .enumerate()
                .find_map(|(place, entry)| Some((place, remove(entry, name, span)?)));
            let (place, is_removed) = found?;
            if !is_removed {
                let others = mem::replace(entries, DeArray::new()).into_iter().enumerate();
                *entries = others
                    .filter(|(other, _)| *other != place)
                    .map(|(_, entry)| entry)
                    .collect();
            }
            Some(true)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct File {
        kind: Option<Kind>,
        #[serde(default)]
        entry: Vec<Entry>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        id: u8,
        #[serde(default)]
        kinds: Vec<Kind>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Old,
    }

    fn read(text: &str) -> (Option<File>, usize) {
        let mut count = 0;
        let read = deserialize(DeTable::parse(text).unwrap(), Some(|_: &Error| count += 1));
        (read.ok(), count)
    }

    #[test]
    fn what_a_type_does_not_know_is_left_out_and_nothing_else() {
        let entry = |id, kinds| Entry { id, kinds };
        for (text, expected, left_out) in [
            ("kind = 'old'", vec![], 0),
            ("kind = 'old'\nnew = 1\n[newer]\nx = 1", vec![], 2),
            ("kind = 'old'\n[[entry]]\nid = 1\nnew = 1", vec![entry(1, vec![])], 1),
            (
                "kind = 'old'\nentry = [{ id = 1, kinds = ['new', 'old'] }, { id = 2, new = { x = 1 } }]",
                vec![entry(1, vec![Kind::Old]), entry(2, vec![])],
                2,
            ),
        ] {
            let file = File {
                kind: Some(Kind::Old),
                entry: expected,
            };
            assert_eq!(read(text), (Some(file), left_out), "{text}");
        }
        for fault in ["kind = 'new'", "[[entry]]\nkinds = []", "entry = 1"] {
            assert_eq!(read(fault).0, None, "{fault}");
        }
    }
}
