//! The files of `data/` and `locales/`: built into the binary, single files replaceable by an operator's folder.
//!
//! Lives here: finding a file, reading it, and saying in one line what is wrong with it.
//! Must not live here: what a file means. That is for [`crate::facts`] and [`crate::words`].

use std::io::ErrorKind;
use std::ops::Range;
use std::path::PathBuf;

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

#[derive(RustEmbed)]
#[folder = "data/"]
#[prefix = "data/"]
struct Data;

#[derive(RustEmbed)]
#[folder = "locales/"]
#[prefix = "locales/"]
struct Locales;

/// What is wrong with a file, in one line: `data/forms.toml:12: missing field 'sources'`.
#[derive(Debug, thiserror::Error)]
#[error("{file}{}: {reason}", line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct LoadError {
    /// The file as the operator knows it: `data/…` or `locales/…`, below the operator's folder if it is from there.
    pub file: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong, in words.
    pub reason: String,
}

/// A file's name and text, kept together so that an error can name file and line.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
}

impl Source {
    /// The whole text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// An error in this file. `span` is the place in bytes, if one is known.
    pub fn error(&self, span: Option<Range<usize>>, reason: impl Into<String>) -> LoadError {
        let line = span.map(|span| self.text[..span.start].matches('\n').count() + 1);
        LoadError {
            file: self.name.clone(),
            line,
            reason: reason.into(),
        }
    }

    /// An error that the TOML parser or a type has found in this file.
    pub fn toml_error(&self, error: &toml::de::Error) -> LoadError {
        self.error(error.span(), error.message().replace('\n', " "))
    }

    /// The error about the entry called `id`: its line is the first one that names it.
    pub fn error_at(&self, id: &str, reason: impl Into<String>) -> LoadError {
        self.error(self.text.find(id).map(|at| at..at), reason)
    }
}

/// Where files come from.
#[derive(Debug, Default)]
pub struct Files {
    folder: Option<PathBuf>,
}

impl Files {
    /// The files that were built into the binary.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Files below `folder` replace the embedded ones of the same name.
    ///
    /// # Errors
    /// When `folder` is no folder that can be read.
    pub fn with_folder(folder: PathBuf) -> Result<Self, LoadError> {
        match std::fs::read_dir(&folder) {
            Ok(_) => Ok(Self { folder: Some(folder) }),
            Err(error) => Err(LoadError {
                file: folder.display().to_string(),
                line: None,
                reason: format!("the folder cannot be read: {error}"),
            }),
        }
    }

    /// Reads `path` (such as `data/forms.toml`): the operator's file if there is one, else the embedded one.
    ///
    /// # Errors
    /// When the file exists nowhere, cannot be read or is not UTF-8.
    pub fn read(&self, path: &str) -> Result<Source, LoadError> {
        let fail = |file: String, reason: String| LoadError {
            file,
            line: None,
            reason,
        };
        if let Some(folder) = &self.folder {
            let own = folder.join(path);
            let name = own.display().to_string();
            match std::fs::read_to_string(&own) {
                Ok(text) => return Ok(Source { name, text }),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(fail(name, error.to_string())),
            }
        }
        let file = Data::get(path)
            .or_else(|| Locales::get(path))
            .ok_or_else(|| fail(path.to_owned(), "the file is missing".to_owned()))?;
        match String::from_utf8(file.data.into_owned()) {
            Ok(text) => Ok(Source {
                name: path.to_owned(),
                text,
            }),
            Err(error) => Err(fail(path.to_owned(), error.to_string())),
        }
    }

    /// Reads `path` into a type.
    ///
    /// # Errors
    /// As [`Files::read`], and when the text does not fit the type: the error names the line.
    pub fn parse<T: DeserializeOwned>(&self, path: &str) -> Result<(Source, T), LoadError> {
        let source = self.read(path)?;
        match toml::from_str(&source.text) {
            Ok(value) => Ok((source, value)),
            Err(error) => Err(source.toml_error(&error)),
        }
    }

    /// The codes of the languages that have a folder in `locales/`, in alphabetical order.
    pub fn languages(&self) -> Vec<String> {
        let mut codes: Vec<String> = Locales::iter()
            .filter_map(|path| Some(path.strip_prefix("locales/")?.split_once('/')?.0.to_owned()))
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }
}
