//! The texts of a file one by one, as they stand in it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SourceFile;

/// A text of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyedText {
    /// The keys that lead to it, such as `operator.title`; entries of lists are counted from 1.
    pub key: String,
    /// The text, with its markup.
    pub text: String,
}

impl SourceFile {
    /// The texts of the file, in alphabetical order of their keys; none if it is not TOML.
    pub fn texts(&self) -> Vec<KeyedText> {
        let mut texts = Vec::new();
        if let Ok(table) = self.table() {
            of_table(table.get_ref(), "", &mut texts);
        }
        texts
    }
}

fn of_table(table: &DeTable<'_>, before: &str, texts: &mut Vec<KeyedText>) {
    for (key, value) in table {
        of_value(value, format!("{before}{}", key.get_ref()), texts);
    }
}

fn of_value(value: &Spanned<DeValue<'_>>, key: String, texts: &mut Vec<KeyedText>) {
    match value.get_ref() {
        DeValue::String(text) => texts.push(KeyedText {
            key,
            text: text.to_string(),
        }),
        DeValue::Table(table) => of_table(table, &format!("{key}."), texts),
        DeValue::Array(values) => {
            for (number, value) in (1..).zip(values.iter()) {
                of_value(value, format!("{key}.{number}"), texts);
            }
        }
        _ => (),
    }
}
