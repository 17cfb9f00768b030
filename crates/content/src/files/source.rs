//! A file with its name, so that an error can name file and line.

use std::io;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

use super::{LoadError, fail, one_line, overlay, read_regular};

/// A file's name and text, so that an error can name file and line.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as shown to the operator.
    pub(super) name: String,
    pub(super) text: String,
    /// The embedded file of the same path; its entries apply where `text` does not override them.
    pub(super) built_in: Option<BuiltIn>,
    /// Whether it is one of an archive.
    pub(super) in_archive: bool,
}

/// An embedded file.
#[derive(Debug)]
pub struct BuiltIn {
    pub(super) path: String,
    pub(super) text: String,
}

impl From<BuiltIn> for SourceFile {
    fn from(BuiltIn { path, text }: BuiltIn) -> Self {
        Self {
            name: path,
            text,
            built_in: None,
            in_archive: false,
        }
    }
}

impl SourceFile {
    /// The text of the file itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The path as shown to the operator.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads a file of the operator that is not an override, such as `veto.toml`.
    ///
    /// # Errors
    /// When it cannot be read or is not UTF-8.
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        let name = one_line(path.display().to_string());
        let text = read_regular(path).and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
        match text {
            Ok(text) => Ok(Self {
                name,
                text,
                built_in: None,
                in_archive: false,
            }),
            Err(error) => Err(fail(name, error.to_string())),
        }
    }

    /// The TOML table of the file, laid over the embedded one.
    ///
    /// # Errors
    /// When the text is not TOML; the error names the line.
    pub fn table(&self) -> Result<Spanned<DeTable<'_>>, LoadError> {
        let own = DeTable::parse(&self.text).map_err(|error| self.toml_error(&error))?;
        let Some(built_in) = &self.built_in else {
            return Ok(own);
        };
        let below = DeTable::parse(&built_in.text);
        let below = below.map_err(|error| fail(built_in.path.clone(), error.message().to_owned()))?;
        Ok(overlay::merge(&built_in.path, own, below, self.in_archive))
    }

    /// Deserializes the file.
    ///
    /// # Errors
    /// As [`SourceFile::table`], and when it does not fit the type; the error names the line.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, LoadError> {
        T::deserialize(toml::Deserializer::from(self.table()?)).map_err(|error| self.toml_error(&error))
    }

    /// Deserializes the file key by key. Returns what the keys that fit the type say, and each other key with its error.
    ///
    /// # Errors
    /// As [`SourceFile::table`].
    pub fn parse_each_key<T: DeserializeOwned>(&self) -> Result<(T, Vec<(String, LoadError)>), LoadError> {
        let table = self.table()?;
        let span = table.span();
        let parse = |entries| T::deserialize(toml::Deserializer::from(Spanned::new(span.clone(), entries)));
        let (mut fitting, mut faults) = (DeTable::new(), Vec::new());
        for (key, value) in table.into_inner() {
            match parse(DeTable::from_iter([(key.clone(), value.clone())])) {
                Ok(_) => _ = fitting.insert(key, value),
                Err(error) => faults.push((key.into_inner().into_owned(), self.toml_error(&error))),
            }
        }
        let fitting = parse(fitting).map_err(|error| self.toml_error(&error))?;
        Ok((fitting, faults))
    }

    /// An error in this file at `span`, in bytes, if it is known.
    pub fn error(&self, span: Option<Range<usize>>, reason: impl Into<String>) -> LoadError {
        // A span of the embedded file is outside of this text, see `overlay`.
        let before = span.and_then(|span| self.text.get(..span.start));
        LoadError {
            file: self.name.clone(),
            line: before.map(|before| before.matches('\n').count() + 1),
            reason: one_line(reason),
        }
    }

    /// An error of the TOML parser or of deserialization in this file.
    pub fn toml_error(&self, error: &toml::de::Error) -> LoadError {
        self.error(error.span(), error.message())
    }

    /// An error about the entry `id`, at the first line that contains it.
    pub fn error_at(&self, id: &str, reason: impl Into<String>) -> LoadError {
        self.error(self.text.find(id).map(|at| at..at), reason)
    }

    /// An error about the key `name`, wherever it stands in the file itself; else without a line.
    pub fn error_at_name(&self, name: &str, reason: impl Into<String>) -> LoadError {
        let table = DeTable::parse(&self.text);
        self.error(table.ok().and_then(|table| find(table.get_ref(), name)), reason)
    }

    /// An error about the value or table `key`.
    pub fn error_at_key(&self, key: &str, reason: impl Into<String>) -> LoadError {
        let mut lines = self.text.lines();
        let names_it = |line: &str| {
            let rest = line.trim_start_matches(['[', ' ']).strip_prefix(key);
            rest.is_some_and(|rest| rest.starts_with([' ', '=', '.', ']']))
        };
        LoadError {
            file: self.name.clone(),
            line: lines.position(names_it).map(|place| place + 1),
            reason: format!("{key}: {}", reason.into()),
        }
    }
}

/// Where the key `name` stands in a table or in those in it.
fn find(table: &DeTable<'_>, name: &str) -> Option<Range<usize>> {
    let of_this = table.keys().find(|key| key.get_ref() == name).map(Spanned::span);
    let of_others = || {
        let mut values = table.values();
        values.find_map(|value| find(value.get_ref().as_table()?, name))
    };
    of_this.or_else(of_others)
}
