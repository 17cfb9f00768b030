//! The files of `data/` and `locales/`: embedded in the binary, overridden entry by entry from an operator's folder.
//!
//! Lives here: finding and reading files, and load errors of one line.
//! Must not live here: what a file means; see [`crate::facts`] and [`crate::messages`].

mod archive;
mod embedded;
mod overlay;
mod source;
mod texts;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

pub use archive::Archive;
use embedded::Embedded;
pub use overlay::without_spans;
use source::BuiltIn;
pub use source::SourceFile;
pub use texts::KeyedText;

/// The settings file, which may be in the operator's folder.
pub const SETTINGS: &str = "veto.toml";
/// The largest file of an operator, in bytes; ours have less than 100,000.
const FILE_LIMIT: u64 = 1 << 20;
/// The maximum number of files and folders in an operator's folder and below.
const FILES_LIMIT: usize = 10_000;
/// How deep the folders in an operator's folder may be; deeper, a link leads in a circle.
const DEPTH_LIMIT: usize = 8;
/// The language whose folder defines which files a language has, and whose texts stand in for those that an operator's
/// folder lacks.
pub const REFERENCE_LANGUAGE: &str = "en";
/// The file that defines a language. Nothing stands in for it.
const LANGUAGE: &str = "language.toml";
/// The file, without `.toml`, that only languages for papers have.
pub const PAPERS: &str = "papers";

/// An error in a file, in one line: `data/grounds.toml:12: missing field 'sources'`.
#[derive(Debug, thiserror::Error)]
#[error("{file}{}: {reason}", line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct LoadError {
    /// The path as shown to the operator: `data/…` or `locales/…`, below the operator's folder if it is an override.
    pub file: String,
    /// The line, counted from 1, if it is known.
    pub line: Option<usize>,
    /// The reason.
    pub reason: String,
}

/// The embedded files with an operator's overrides.
#[derive(Debug, Default)]
pub struct Files {
    folder: Option<PathBuf>,
    /// The paths of the operator's files below `folder`, in alphabetical order.
    overrides: Vec<String>,
    embedded: Embedded,
    /// What the folder says about itself, if it is an archive.
    archive: Option<Archive>,
    /// What was left out of it.
    left_out: Mutex<Vec<String>>,
}

impl Files {
    /// The embedded files alone.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Overrides entries of the embedded files by those in the files of the same path below `folder`. A folder in
    /// `locales/` that is not embedded adds a language, which may lack texts.
    ///
    /// # Errors
    /// When `folder` cannot be read, contains a TOML file that overrides no embedded file and is no archive, or is one for
    /// another major version.
    pub fn with_folder(folder: PathBuf) -> Result<Self, LoadError> {
        let mut overrides = Vec::new();
        collect(&folder, "", &mut 0, &mut overrides)?;
        overrides.sort();
        let mut files = Self::default();
        if overrides.iter().any(|path| path == archive::MARKER) {
            let marker = SourceFile::open(&folder.join(archive::MARKER))?;
            files.archive = Some(Archive::read(&marker)?);
        }
        overrides.retain(|path| path != SETTINGS && path != archive::MARKER);
        let (mut overrides, unexpected): (Vec<_>, Vec<_>) = overrides.into_iter().partition(|path| is_expected(path));
        for path in unexpected {
            let reason = "there is no built-in file of this name to override: see data/ and locales/".to_owned();
            let fault = fail(folder.join(path).display().to_string(), reason);
            if files.archive.is_none() {
                return Err(fault);
            }
            files.warn(&fault);
        }
        if files.archive.is_some() {
            // Most files of an archive are as they are here.
            let built_in = |path: &String| files.embedded.get(path).map(str::as_bytes);
            overrides.retain(|path| {
                // One that cannot be read is an error as soon as it is needed.
                read_regular(&folder.join(path)).map_or(true, |bytes| Some(bytes.as_slice()) != built_in(path))
            });
        }
        Ok(Self {
            folder: Some(folder),
            overrides,
            ..files
        })
    }

    /// What the operator's folder says about itself, if it is an archive.
    pub fn archive(&self) -> Option<&Archive> {
        self.archive.as_ref()
    }

    /// What was left out of the archive so far because this version does not know it, with file and line, in alphabetical order.
    pub fn left_out(&self) -> Vec<String> {
        let mut lines = self.left_out.lock().unwrap_or_else(PoisonError::into_inner).clone();
        lines.sort();
        lines.dedup();
        lines
    }

    /// Lets `fault` in `file` pass if there is an archive: something is in excess. It has no line if that is not in the archive,
    /// but remains from the embedded file.
    ///
    /// # Errors
    /// `fault`, if there is no archive.
    pub(crate) fn tolerate(&self, file: &SourceFile, fault: LoadError) -> Result<(), LoadError> {
        if self.archive.is_none() {
            return Err(fault);
        }
        self.leave_out(file, &fault);
        Ok(())
    }

    fn leave_out(&self, file: &SourceFile, fault: &LoadError) {
        if file.in_archive && fault.line.is_some() {
            self.warn(fault);
        }
    }

    fn warn(&self, fault: &LoadError) {
        let line = fault.to_string();
        let line = line.split(", expected").next().unwrap_or(&line);
        let mut lines = self.left_out.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(format!("{line}: left out"));
    }

    /// The paths of the operator's files, such as `data/grounds.toml`, in alphabetical order.
    pub fn overrides(&self) -> &[String] {
        &self.overrides
    }

    /// Reads `path` (such as `data/grounds.toml`): the operator's file over the embedded one. A file is empty if it is
    /// missing and texts of the reference language stand in for it.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read or is not UTF-8.
    pub fn read(&self, path: &str) -> Result<SourceFile, LoadError> {
        let built_in = self.built_in(path);
        let own = self.folder.as_ref().filter(|_| self.is_overridden(path));
        match (own, built_in) {
            (Some(folder), built_in) => Ok(SourceFile {
                built_in,
                in_archive: self.archive.is_some(),
                ..SourceFile::open(&folder.join(path))?
            }),
            (None, Some(built_in)) => Ok(built_in.into()),
            (None, None) if self.can_be_missing(path) => Ok(SourceFile {
                name: path.to_owned(),
                text: String::new(),
                built_in: None,
                in_archive: false,
            }),
            (None, None) => Err(fail(path.to_owned(), "the file is missing".to_owned())),
        }
    }

    /// Reads the embedded file at `path` without the operator's, if there is one.
    pub fn read_built_in(&self, path: &str) -> Option<SourceFile> {
        self.built_in(path).map(SourceFile::from)
    }

    fn built_in(&self, path: &str) -> Option<BuiltIn> {
        self.embedded.get(path).map(|text| BuiltIn {
            path: path.to_owned(),
            text: text.to_owned(),
        })
    }

    /// Whether there is a file at `path`, the operator's or an embedded one.
    pub fn exists(&self, path: &str) -> bool {
        embedded::exists(path) || self.is_overridden(path)
    }

    /// Whether the operator has a file of this path.
    fn is_overridden(&self, path: &str) -> bool {
        self.overrides.iter().any(|own| own == path)
    }

    /// Whether texts of the reference language stand in if the file is missing: it is of a language of the operator, or
    /// one that the operator has added.
    fn can_be_missing(&self, path: &str) -> bool {
        in_language(path).is_some_and(|(code, file)| {
            let reference = format!("locales/{REFERENCE_LANGUAGE}/{file}");
            let is_added = || self.is_overridden(&reference);
            file != LANGUAGE && (is_added() || !is_built_in(code) && embedded::exists(&reference))
        })
    }

    /// Reads and deserializes `path`.
    ///
    /// # Errors
    /// As [`Files::read`], and when the text does not fit the type: the error names the line.
    pub fn parse<T: DeserializeOwned>(&self, path: &str) -> Result<(SourceFile, T), LoadError> {
        let file = self.read(path)?;
        let value = self.deserialize(&file, file.table()?)?;
        Ok((file, value))
    }

    /// Deserializes the table of `file`; that of an archive without what the type does not know.
    ///
    /// # Errors
    /// When the table does not fit the type; the error names the line.
    pub(crate) fn deserialize<T: DeserializeOwned>(
        &self,
        file: &SourceFile,
        table: Spanned<DeTable<'_>>,
    ) -> Result<T, LoadError> {
        let left_out = |error: &toml::de::Error| self.leave_out(file, &file.toml_error(error));
        archive::deserialize(table, self.archive.as_ref().map(|_| left_out)).map_err(|error| file.toml_error(&error))
    }

    /// The names of the files in a folder, such as `data/companies/` or `locales/de/`, without `.toml`, in alphabetical order.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let name = |path: &str| Some(path.strip_prefix(folder)?.strip_suffix(".toml")?.to_owned());
        let embedded = embedded::paths().filter_map(|path| name(&path));
        let own = self.overrides.iter().filter_map(|path| name(path));
        embedded.chain(own).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Whether the language `code` is for papers only.
    pub fn is_for_papers(&self, code: &str) -> bool {
        self.exists(&format!("locales/{code}/{PAPERS}.toml"))
    }

    /// The codes of the languages that have a folder in `locales/`, in alphabetical order.
    pub fn languages(&self) -> Vec<String> {
        let language = |path: &str| Some(path.strip_prefix("locales/")?.split_once('/')?.0.to_owned());
        let embedded = embedded::paths().filter_map(|path| language(&path));
        let own = self.overrides.iter().filter_map(|path| language(path));
        embedded.chain(own).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// A reason or a name without line breaks: it may quote a piece of the file.
pub fn one_line(reason: impl Into<String>) -> String {
    reason.into().replace(['\n', '\r'], " ")
}

/// Reads a file of the operator: a regular one, or a link to one, of at most [`FILE_LIMIT`] bytes. Another kind, such as a
/// named pipe, could wait for ever or have no end.
///
/// # Errors
/// When it cannot be read, is no regular file or is too large.
pub fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("this is not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_LIMIT {
        let reason = format!("the file has more than {FILE_LIMIT} bytes");
        return Err(io::Error::other(reason));
    }
    Ok(bytes)
}

fn fail(file: String, reason: String) -> LoadError {
    LoadError {
        file: one_line(file),
        line: None,
        reason,
    }
}

/// Adds the TOML files in `folder` and below to `found`, each with its path behind `prefix`; counts what it has seen.
fn collect(folder: &Path, prefix: &str, seen: &mut usize, found: &mut Vec<String>) -> Result<(), LoadError> {
    let cannot = |error| {
        let reason = format!("the folder cannot be read: {error}");
        fail(folder.display().to_string(), reason)
    };
    if prefix.matches('/').count() > DEPTH_LIMIT {
        return Err(cannot(io::Error::other(
            "it is too deep; does a link lead in a circle?",
        )));
    }
    for entry in fs::read_dir(folder).map_err(cannot)? {
        *seen += 1;
        if *seen > FILES_LIMIT {
            let reason = format!("there are more than {FILES_LIMIT} files");
            return Err(cannot(io::Error::other(reason)));
        }
        let entry = entry.map_err(cannot)?.path();
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.is_dir() && !name.starts_with('.') {
            collect(&entry, &format!("{path}/"), seen, found)?;
        } else if entry.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    Ok(())
}

/// The folders of `data/` to which an operator can add files; each file has its texts in the same folder of a language.
const OPEN_FOLDERS: [&str; 2] = ["companies", "journeys"];

/// The texts of all embedded files of a language, one after the other; empty if there are none.
pub(crate) fn embedded_texts(code: &str) -> Vec<u8> {
    embedded::texts(&format!("locales/{code}/"))
}

/// Whether the language `code` is embedded. The others are the operator's.
pub fn is_built_in(code: &str) -> bool {
    embedded::exists(&format!("locales/{code}/{LANGUAGE}"))
}

/// The language and the rest of a path in `locales/`.
fn in_language(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("locales/")?.split_once('/')
}

/// Whether the program reads a file of this path: one of `data/`, or one of the files of a language.
fn is_expected(path: &str) -> bool {
    let is_in_open_folder = |file: &str| {
        let folder = file.split_once('/').map(|(folder, _)| folder);
        folder.is_some_and(|folder| OPEN_FOLDERS.contains(&folder))
    };
    if path.strip_prefix("data/").is_some_and(is_in_open_folder) {
        return true;
    }
    let of_a_language = || {
        let (_, file) = in_language(path)?;
        let is_known = || embedded::exists(&format!("locales/{REFERENCE_LANGUAGE}/{file}"));
        let is_for_papers = file.strip_suffix(".toml") == Some(PAPERS);
        Some(is_in_open_folder(file) || is_for_papers || is_known())
    };
    path.starts_with("data/") && embedded::exists(path) || of_a_language() == Some(true)
}
