//! The texts of `locales/` as types, with markup resolved and escaped once, and a language's rules for dates and lists.
//! There is one folder for each language.
//!
//! Must not live here: which text a page shows, HTTP, and words of a human language.

mod format;
mod language;
pub mod markup;
mod plural;
mod schema;
mod text;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use format::Format;
pub use language::{Direction, Language, Origin, Register, Wording, WordingOrigin};
pub use plural::Plural;
pub use schema::*;
pub use text::{Html, Pattern, PerService, PlainText, SinglePattern};

use crate::files::{Files, LoadError, SourceFile};
use markup::{Markup, References};

/// All texts of one language.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Messages {
    /// The code of the language, as in a path: `de`.
    pub code: String,
    /// The language's rules for dates and lists.
    pub format: Format,
    /// Texts of every page.
    pub common: Common,
    /// The first page.
    pub home: Home,
    /// The page that asks for service and country.
    pub start: Start,
    /// The seven steps.
    pub steps: Steps,
    /// The copy box with the text for Meta, and its options.
    pub text: TextPage,
    /// "Everything on one page".
    pub everything: Everything,
    /// Meta's replies.
    pub replies: Replies,
    /// The record of an objection.
    pub record: Record,
    /// The letters themselves.
    pub letters: Letters,
    /// The forms for letters.
    pub letter_forms: LetterPage,
    /// Choices that a browser keeps.
    pub keep: Keep,
    /// The supervisory authority.
    pub authority: AuthorityPage,
    /// Notes about single authorities, by their id; not all have one.
    pub authorities: BTreeMap<String, Html>,
    /// Regions by ISO 3166-2 code, see [`Messages::sort_names`].
    pub regions: IndexMap<String, PlainText>,
    /// "Why and what happened".
    pub why: Why,
    /// "Sources and dates".
    pub sources: SourcesPage,
    /// "What this site knows about you".
    pub privacy: Article,
    /// "Accessibility".
    pub accessibility: Article,
    /// The error pages.
    pub errors: Errors,
    /// Countries by ISO 3166-1 code, see [`Messages::sort_names`].
    pub countries: IndexMap<String, PlainText>,
    /// Events of the timeline by their id.
    pub timeline: BTreeMap<String, Html>,
    /// Troubles by their id.
    pub troubles: BTreeMap<String, TroubleTexts>,
    /// The label of each ground, by its id.
    pub grounds: BTreeMap<String, PlainText>,
    /// The texts that go to Meta, as plain text.
    pub objection: Objection,
    citations: Vec<Citation>,
}

/// A sentence on a page that cites claims.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Citation {
    /// The file and the keys of its text, such as `steps.code.todo`; indices for elements of arrays.
    pub path: String,
    /// The keys of the claims in `data/claims.toml`.
    pub claims: Vec<String>,
    /// The sentence.
    pub sentence: Html,
}

impl Messages {
    /// Reads the texts of a language.
    ///
    /// # Errors
    /// At the first file that is missing, lacks a key, has an unknown one or refers to something that does not exist; the
    /// error names file, line and reason.
    pub fn load(files: &Files, language: &Language, references: &dyn References) -> Result<Self, LoadError> {
        let Language { code, cldr, .. } = language;
        let fail = |reason| Ok(files.read(&language::path(code))?.error_at(cldr, reason));
        let format = Format::new(cldr).or_else(|reason| Err(fail(reason)?))?;
        let NewTab { new_tab } = files.parse(&format!("locales/{code}/common.toml"))?.1;
        let mut reader = Reader {
            files,
            code,
            markup: Markup {
                references,
                format: &format,
                new_tab: &new_tab,
            },
            citations: Vec::new(),
        };
        Ok(Self {
            code: code.to_owned(),
            common: reader.read("common")?,
            home: reader.read("home")?,
            start: reader.read("start")?,
            steps: reader.read("steps")?,
            text: reader.read("text")?,
            everything: reader.read("everything")?,
            replies: reader.read("replies")?,
            record: reader.read("record")?,
            letters: files.parse(&format!("locales/{code}/letters.toml"))?.1,
            letter_forms: reader.read("letter_forms")?,
            keep: reader.read("keep")?,
            authority: reader.read("authority")?,
            authorities: reader.read("authorities")?,
            regions: reader.read("regions")?,
            why: reader.read("why")?,
            sources: reader.read("sources")?,
            privacy: reader.read("privacy")?,
            accessibility: reader.read("accessibility")?,
            errors: reader.read("errors")?,
            countries: reader.read("countries")?,
            timeline: reader.read("timeline")?,
            troubles: reader.read("troubles")?,
            grounds: reader.read("grounds")?,
            objection: files.parse(&format!("locales/{code}/objection.toml"))?.1,
            citations: reader.citations,
            format,
        })
    }

    /// Sorts the names of countries and regions, which are in the order of their files at first.
    pub(crate) fn sort_names(&mut self, compare: impl Fn(&str, &str) -> Ordering) {
        for names in [&mut self.countries, &mut self.regions] {
            names.sort_by(|_, one, _, other| compare(one.as_str(), other.as_str()));
        }
    }

    /// Sorts the names of countries and regions in the order of `sorted`; those that it does not have come last.
    pub(crate) fn sort_names_like(&mut self, sorted: &Self) {
        let tables = [
            (&mut self.countries, &sorted.countries),
            (&mut self.regions, &sorted.regions),
        ];
        for (names, sorted) in tables {
            names.sort_by_cached_key(|code, _| sorted.get_index_of(code).unwrap_or(usize::MAX));
        }
    }

    /// The sentences that cite claims, in the order of the files.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.citations.iter()
    }
}

/// The part of `common.toml` that is needed to resolve texts.
#[derive(Deserialize)]
struct NewTab {
    new_tab: String,
}

struct Reader<'a> {
    files: &'a Files,
    code: &'a str,
    markup: Markup<'a>,
    citations: Vec<Citation>,
}

impl Reader<'_> {
    /// Reads a file, resolves the markup of each of its texts and deserializes the result.
    fn read<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, LoadError> {
        let file = self.files.read(&format!("locales/{}/{name}.toml", self.code))?;
        let mut table = file.table()?;
        for (key, value) in table.get_mut().iter_mut() {
            self.resolve(&file, &format!("{name}.{}", key.get_ref()), value)?;
        }
        T::deserialize(toml::Deserializer::from(table)).map_err(|error| file.toml_error(&error))
    }

    fn resolve(&mut self, file: &SourceFile, path: &str, value: &mut Spanned<DeValue<'_>>) -> Result<(), LoadError> {
        let span = value.span();
        match value.get_mut() {
            DeValue::String(text) => {
                let rendered = self
                    .markup
                    .render(text)
                    .map_err(|reason| file.error(Some(span), reason))?;
                self.citations.extend(rendered.cited.into_iter().map(|cited| Citation {
                    path: path.to_owned(),
                    claims: cited.claims,
                    sentence: Html::new(cited.sentence),
                }));
                *text = Cow::Owned(rendered.html);
            }
            DeValue::Table(table) => {
                self.check_plural(file, span, table)?;
                for (key, value) in table.iter_mut() {
                    self.resolve(file, &format!("{path}.{}", key.get_ref()), value)?;
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
