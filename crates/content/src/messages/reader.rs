//! Reads the files of a language: resolves their markup, checks laws, plurals and texts for each service, and fills in what
//! stands in for a missing text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::markup::Markup;
use super::stand_in::TextFile;
use super::{Citation, Html, StandIns, plural, text};
use crate::facts::Service;
use crate::files::{self, Files, LoadError, SourceFile};

/// In a table with a text for each service: the text for the services that it does not name.
pub const OTHER_SERVICES: &str = "other";

/// The table of a file whose texts are plain text, for forms and letters: their markup is not resolved.
const PLAIN: &str = "texts";

/// Texts as a TOML list at `span`.
fn list(texts: Vec<String>, span: &Range<usize>) -> DeValue<'static> {
    let text = |text| Spanned::new(span.clone(), DeValue::String(Cow::Owned(text)));
    DeValue::Array(texts.into_iter().map(text).collect())
}

/// The key after `laws` in the path of a text.
fn law_of(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once(".laws.")?;
    rest.split('.').next()
}

/// Reads the files of one language.
pub struct Reader<'a> {
    pub files: &'a Files,
    pub code: &'a str,
    pub markup: Markup<'a>,
    /// The sentences read so far that cite claims.
    pub citations: Vec<Citation>,
    /// The texts that were missing so far.
    pub stand_ins: Vec<StandIns>,
}

impl Reader<'_> {
    /// Reads a file, resolves the markup of each of its texts except those in [`PLAIN`] and deserializes the result.
    pub fn read<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, LoadError> {
        let file = TextFile::read(self.files, self.code, name)?;
        let mut table = self.table(&file)?;
        let file = &file.own;
        for (key, value) in table.get_mut().iter_mut() {
            if key.get_ref() == PLAIN {
                continue;
            }
            if key.get_ref() == "laws" {
                self.check_laws(file, value)?;
            }
            self.resolve(file, &format!("{name}.{}", key.get_ref()), value)?;
        }
        self.files.deserialize(file, table)
    }

    /// Reads a file of plain text and deserializes it.
    pub fn read_plain<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, LoadError> {
        let file = TextFile::read(self.files, self.code, name)?;
        self.files.deserialize(&file.own, self.table(&file)?)
    }

    /// Reads a file that the reference language does not have, so that nothing stands in for what is missing.
    pub fn read_alone<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, LoadError> {
        let file = self.files.read(&format!("locales/{}/{name}.toml", self.code))?;
        let mut table = file.table()?;
        for (key, value) in table.get_mut().iter_mut() {
            self.resolve(&file, &format!("{name}.{}", key.get_ref()), value)?;
        }
        self.files.deserialize(&file, table)
    }

    /// Records that texts of the reference language stand in for those of `keys` in the file `name`.
    ///
    /// # Errors
    /// `reason`, if the language is one of the release: it is complete.
    pub fn stand_in(&mut self, name: &str, keys: Vec<String>, reason: String) -> Result<(), LoadError> {
        let file = format!("locales/{}/{name}.toml", self.code);
        if files::is_built_in(self.code) {
            return Err(self.files.read(&file)?.error(None, reason));
        }
        match self.stand_ins.iter_mut().find(|others| others.file == file) {
            Some(others) => others.keys.extend(keys),
            None => self.stand_ins.push(StandIns { file, keys }),
        }
        Ok(())
    }

    /// The texts of a file with those that stand in, which are recorded.
    fn table<'f>(&mut self, file: &'f TextFile) -> Result<Spanned<DeTable<'f>>, LoadError> {
        let (table, stand_ins) = file.table(self.markup.format, &self.markup.references.services())?;
        if !stand_ins.keys.is_empty() {
            self.stand_ins.push(stand_ins);
        }
        Ok(table)
    }

    /// Reads a file that a language may lack.
    pub fn read_if_present<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, LoadError> {
        let path = format!("locales/{}/{name}.toml", self.code);
        self.files.exists(&path).then(|| self.read(name)).transpose()
    }

    /// Reads the file of each of `ids` in a folder.
    pub fn read_each<T: DeserializeOwned>(
        &mut self,
        folder: &str,
        ids: &[&str],
    ) -> Result<BTreeMap<String, T>, LoadError> {
        let read = |id: &&str| Ok(((*id).to_owned(), self.read(&format!("{folder}/{id}"))?));
        ids.iter().map(read).collect()
    }

    /// Reads the file of each of `ids` in a folder that the language has.
    pub fn read_those_present<T: DeserializeOwned>(
        &mut self,
        folder: &str,
        ids: &[&str],
    ) -> Result<BTreeMap<String, T>, LoadError> {
        let mut texts = BTreeMap::new();
        for id in ids {
            if let Some(read) = self.read_if_present(&format!("{folder}/{id}"))? {
                texts.insert((*id).to_owned(), read);
            }
        }
        Ok(texts)
    }

    fn resolve(&mut self, file: &SourceFile, path: &str, value: &mut Spanned<DeValue<'_>>) -> Result<(), LoadError> {
        let span = value.span();
        match value.get_mut() {
            DeValue::String(text) => {
                let rendered = self
                    .markup
                    .render(text)
                    .map_err(|reason| file.error(Some(span.clone()), reason))?;
                self.citations.extend(rendered.cited.into_iter().map(|cited| Citation {
                    path: path.to_owned(),
                    service: None,
                    law: law_of(path).map(str::to_owned),
                    claims: cited.claims,
                    sentence: Html::new(cited.sentence),
                }));
                let services = self.markup.references.services();
                match text::for_each_service(&rendered.html, &services) {
                    Some(texts) => *value.get_mut() = list(texts, &span),
                    None => *text = Cow::Owned(rendered.html),
                }
            }
            DeValue::Table(table) => {
                self.check_plural(file, span.clone(), table)?;
                for (key, value) in table.iter_mut() {
                    if key.get_ref() == "laws" {
                        self.check_laws(file, value)?;
                    }
                    let before = self.citations.len();
                    self.resolve(file, &format!("{path}.{}", key.get_ref()), value)?;
                    let services = self.markup.references.services();
                    if let Some(service) = services.iter().find(|service| service.id == key.get_ref().as_ref()) {
                        for citation in &mut self.citations[before..] {
                            citation.service = Some(service.id.clone());
                        }
                    }
                }
                if let Some(texts) = self.per_service(file, &span, table)? {
                    *value.get_mut() = list(texts, &span);
                }
            }
            DeValue::Array(array) => {
                for (index, value) in array.iter_mut().enumerate() {
                    self.resolve(file, &format!("{path}.{index}"), value)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The text for each service of a table that has one for each; `None` for another table.
    fn per_service(
        &self,
        file: &SourceFile,
        span: &Range<usize>,
        table: &DeTable<'_>,
    ) -> Result<Option<Vec<String>>, LoadError> {
        let services = self.markup.references.services();
        if !services.iter().any(|service| table.contains_key(service.id.as_str())) {
            return Ok(None);
        }
        let known = |key: &str| key == OTHER_SERVICES || services.iter().any(|service| service.id == key);
        for key in table.keys().filter(|key| !known(key.get_ref())) {
            let reason = format!("there is no service “{}”", key.get_ref());
            self.files.tolerate(file, file.error(Some(key.span()), reason))?;
        }
        let text_of = |(index, service): (usize, &&Service)| {
            let text = table.get(service.id.as_str()).or_else(|| table.get(OTHER_SERVICES));
            match text.map(Spanned::get_ref) {
                Some(DeValue::String(text)) => Ok(text.to_string()),
                Some(DeValue::Array(texts)) => Ok(texts[index].get_ref().as_str().unwrap_or_default().to_owned()),
                _ => {
                    let reason = format!(
                        "there is no text for the service “{}”, and no “{OTHER_SERVICES}”",
                        service.id
                    );
                    Err(file.error(Some(span.clone()), reason))
                }
            }
        };
        services
            .iter()
            .enumerate()
            .map(text_of)
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Checks `laws`: a table has a text for every law, and a list names laws that exist.
    fn check_laws(&self, file: &SourceFile, value: &Spanned<DeValue<'_>>) -> Result<(), LoadError> {
        let laws = self.markup.references.laws();
        let fault = |reason: String| file.error(Some(value.span()), reason);
        let (named, complete): (Vec<&str>, bool) = match value.get_ref() {
            DeValue::Table(table) => (table.keys().map(|key| key.get_ref().as_ref()).collect(), true),
            DeValue::Array(list) => (list.iter().filter_map(|law| law.get_ref().as_str()).collect(), false),
            _ => return Ok(()),
        };
        for unknown in named.iter().filter(|named| !laws.contains(named)) {
            let reason = format!("data/laws.toml has no law “{unknown}”");
            self.files.tolerate(file, fault(reason))?;
        }
        match laws.iter().find(|law| complete && !named.contains(law)) {
            Some(law) => Err(fault(format!("the law “{law}” has no text here"))),
            None => Ok(()),
        }
    }

    /// Checks that a table of plurals has exactly the categories of the language.
    fn check_plural(&self, file: &SourceFile, span: Range<usize>, table: &DeTable<'_>) -> Result<(), LoadError> {
        if !plural::is_plural(table) {
            return Ok(());
        }
        let expected: Vec<&str> = self.markup.format.plural_categories().map(plural::key).collect();
        let fail = |span, what: &str, key: &str| {
            let reason = format!("{what} plural “{key}”: the language has {}", expected.join(", "));
            Err(file.error(Some(span), reason))
        };
        if let Some(key) = table.keys().find(|key| !expected.contains(&key.get_ref().as_ref())) {
            return fail(key.span(), "unknown", key.get_ref());
        }
        match expected.iter().find(|key| !table.contains_key(**key)) {
            Some(key) => fail(span, "missing", key),
            None => Ok(()),
        }
    }
}
