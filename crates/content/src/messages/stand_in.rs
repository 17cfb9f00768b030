//! Texts of the reference language that stand in for those that an operator's folder lacks.

use std::borrow::Cow;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::OTHER_SERVICES;
use super::{Format, plural};
use crate::facts::Service;
use crate::files::{self, Files, LoadError, REFERENCE_LANGUAGE, SourceFile};

/// The number of keys that are shown.
const SHOWN: usize = 5;

/// The texts that a file lacks, so that those of the reference language are shown.
#[derive(Debug)]
pub struct StandIns {
    /// The path of the file, such as `locales/de/home.toml`.
    pub file: String,
    /// The keys of the texts, such as `need.title`, in the order of the reference language.
    pub keys: Vec<String>,
}

impl fmt::Display for StandIns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, keys } = self;
        let missing = match keys.len() {
            1 => "1 text is missing, the English one stands in".to_owned(),
            count => format!("{count} texts are missing, the English ones stand in"),
        };
        let shown = keys.iter().take(SHOWN).map(String::as_str);
        write!(f, "{file}: {missing}: {}", shown.collect::<Vec<_>>().join(", "))?;
        match keys.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// A file of a language, with that of the reference language.
pub struct TextFile {
    /// The file itself.
    pub own: SourceFile,
    path: String,
    reference: SourceFile,
    /// The file of the reference language in the release, if the language is of the release, too.
    release: Option<SourceFile>,
}

impl TextFile {
    /// Reads the file `name` of the language `code`.
    ///
    /// # Errors
    /// As [`Files::read`].
    pub fn read(files: &Files, code: &str, name: &str) -> Result<Self, LoadError> {
        let path = format!("locales/{code}/{name}.toml");
        let reference = format!("locales/{REFERENCE_LANGUAGE}/{name}.toml");
        // The release lacks a file that the operator has added.
        let release = files.read_built_in(&reference);
        Ok(Self {
            own: files.read(&path)?,
            path,
            release: release.filter(|_| files::is_built_in(code)),
            reference: files.read(&reference)?,
        })
    }

    /// The texts of the file, and what stands in for those that it lacks, with the plurals of `format` and texts for
    /// `services`.
    ///
    /// # Errors
    /// As [`SourceFile::table`].
    pub fn table(&self, format: &Format, services: &[&Service]) -> Result<(Spanned<DeTable<'_>>, StandIns), LoadError> {
        let mut table = self.own.table()?;
        let reference = files::without_spans(self.reference.table()?.into_inner());
        let release = self.release.as_ref().map(SourceFile::table).transpose()?;
        let mut filler = Filler {
            format,
            services,
            keys: Vec::new(),
        };
        filler.fill(table.get_mut(), reference, release.as_ref().map(Spanned::get_ref), "");
        let (file, keys) = (self.path.clone(), filler.keys);
        Ok((table, StandIns { file, keys }))
    }
}

type Value<'a> = Spanned<DeValue<'a>>;

/// Fills the tables of a file. `release` is what the release has in the reference language if it has the file's language,
/// too: of that the file lacks nothing, since the build has checked it.
struct Filler<'a> {
    format: &'a Format,
    services: &'a [&'a Service],
    /// The keys of the texts that the file lacks.
    keys: Vec<String>,
}

impl Filler<'_> {
    /// Adds to `own`, whose keys stand behind `prefix`, what only `reference` has.
    fn fill<'t>(&mut self, own: &mut DeTable<'t>, reference: DeTable<'t>, release: Option<&DeTable<'_>>, prefix: &str) {
        for (key, value) in reference {
            let path = format!("{prefix}{}", key.get_ref());
            let release = release.and_then(|release| release.get(key.get_ref().as_ref()));
            let release = release.map(Spanned::get_ref);
            match own.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut) {
                Some(DeValue::Table(own)) => self.complete(own, value, release, &path),
                Some(_) => {}
                None => _ = self.missing(value, release, path).map(|value| own.insert(key, value)),
            }
        }
    }

    /// Adds what a table lacks for which the reference language has a value.
    fn complete<'t>(&mut self, own: &mut DeTable<'t>, reference: Value<'t>, release: Option<&DeValue<'_>>, path: &str) {
        let has_other = own.contains_key(OTHER_SERVICES);
        let has = |service: &&Service| own.contains_key(service.id.as_str());
        let is_per_service = self.services.iter().any(has);
        let is_complete = is_per_service && (has_other || self.services.iter().all(has));
        let span = reference.span();
        match reference.into_inner() {
            _ if is_complete => {}
            DeValue::Table(reference) if !plural::is_plural(&reference) => {
                self.fill(own, reference, release.and_then(DeValue::as_table), &format!("{path}."));
            }
            // One text for all services stands in for those that this table does not name.
            text @ DeValue::String(_) if is_per_service => {
                let key = Spanned::new(span.clone(), Cow::Borrowed(OTHER_SERVICES));
                own.insert(key, Spanned::new(span, text));
                self.keys.push(format!("{path}.{OTHER_SERVICES}"));
            }
            _ => {}
        }
    }

    /// What stands in for a value of the reference language that a file lacks.
    fn missing<'t>(&mut self, reference: Value<'t>, release: Option<&DeValue<'_>>, path: String) -> Option<Value<'t>> {
        let span = reference.span();
        let value = match reference.into_inner() {
            DeValue::Table(section) if !plural::is_plural(&section) => {
                let mut added = DeTable::new();
                self.fill(
                    &mut added,
                    section,
                    release.and_then(DeValue::as_table),
                    &format!("{path}."),
                );
                return (!added.is_empty()).then(|| Spanned::new(span, DeValue::Table(added)));
            }
            _ if release.is_some() => return None,
            DeValue::Table(forms) => DeValue::Table(self.with_plurals(&forms)),
            text => text,
        };
        self.keys.push(path);
        Some(Spanned::new(span, value))
    }

    /// A plural of the reference language with the categories of the file's: `other` for those that the former lacks.
    fn with_plurals<'t>(&self, forms: &DeTable<'t>) -> DeTable<'t> {
        let categories = self.format.plural_categories().map(plural::key);
        let form = |key| Some((key, forms.get(key).or(forms.get("other"))?.clone()));
        let forms = categories.filter_map(form);
        forms
            .map(|(key, form)| (Spanned::new(form.span(), Cow::Borrowed(key)), form))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_stands_in_for_a_language_of_the_operator_and_not_for_one_of_the_release() {
        let files = Files::embedded();
        let format = Format::new("de").unwrap();
        for (code, is_filled) in [("de", false), ("qaa", true)] {
            let file = TextFile {
                own: files.read("locales/en/keep.toml").unwrap(),
                ..TextFile::read(&files, code, "home").unwrap()
            };
            let (table, stand_ins) = file.table(&format, &[]).unwrap();
            assert_eq!(table.get_ref().contains_key("lead"), is_filled, "{code}");
            assert_eq!(stand_ins.keys.contains(&"need.title".to_owned()), is_filled, "{code}");
        }
    }
}
