//! Everything that is loaded: the facts, and the messages of each language.

use std::collections::BTreeSet;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::facts::{Facts, Id, Table};
use crate::files::{Files, LoadError};
use crate::messages::Messages;

/// The default language of visitors whose languages are not offered.
const DEFAULT_FALLBACK: &str = "en";

/// The id of a language in [`Catalog::locales`].
pub type LocaleId = Id<Messages>;

/// Why these languages cannot be offered.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    /// The language does not exist.
    #[error("there is no language “{0}”")]
    Unknown(String),
    /// The language is listed twice.
    #[error("the language “{0}” stands here twice")]
    Twice(String),
    /// The list is empty.
    #[error("at least one language is needed")]
    Nothing,
}

/// The facts and the messages of all languages.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Catalog {
    /// The facts.
    pub facts: Facts,
    /// The languages: in alphabetical order of their codes, or in that of [`Catalog::offer`].
    pub locales: Table<Messages>,
    fallback: LocaleId,
}

impl Catalog {
    /// Reads and checks `data/` and `locales/`.
    ///
    /// # Errors
    /// At the first file that cannot be read or is invalid.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let facts = Facts::load(files)?;
        let codes = files.languages();
        let locales = codes.iter().map(|code| {
            let messages = Messages::load(files, code, &facts)?;
            check(files, &facts, &messages)?;
            Ok(messages)
        });
        let locales = locales.collect::<Result<Vec<_>, _>>()?;
        Ok(Self::new(facts, locales))
    }

    /// `locales` must not be empty: the fallback is one of them.
    fn new(facts: Facts, locales: Vec<Messages>) -> Self {
        let locales = Table::from(locales);
        let fallback = locales.find(|messages| messages.code == DEFAULT_FALLBACK);
        Self {
            facts,
            fallback: fallback.or(locales.ids().next()).expect("there is a language"),
            locales,
        }
    }

    /// Serializes the catalog for the same version of the program.
    ///
    /// # Errors
    /// When something is longer than 4 GiB.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        borsh::to_vec(self)
    }

    /// Deserializes what [`Catalog::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes were not written by this version of the program.
    pub fn from_bytes(bytes: &[u8]) -> io::Result<Self> {
        borsh::from_slice(bytes)
    }

    /// Keeps these languages only, in this order.
    ///
    /// # Errors
    /// When `codes` is empty, or contains an unknown language or a duplicate.
    pub fn offer(self, codes: &[String]) -> Result<Self, OfferError> {
        if codes.is_empty() {
            return Err(OfferError::Nothing);
        }
        let mut left = self.locales.into_values();
        let mut offered: Vec<Messages> = Vec::new();
        for code in codes {
            if offered.iter().any(|messages| messages.code == *code) {
                return Err(OfferError::Twice(code.clone()));
            }
            let index = left.iter().position(|messages| messages.code == *code);
            let index = index.ok_or_else(|| OfferError::Unknown(code.clone()))?;
            offered.push(left.remove(index));
        }
        Ok(Self::new(self.facts, offered))
    }

    /// Sets the language for visitors whose languages are not offered. The default is English, or else the first one.
    ///
    /// # Errors
    /// When there is no such language.
    pub fn fall_back_to(&mut self, code: &str) -> Result<(), OfferError> {
        self.fallback = self.locale(code).ok_or_else(|| OfferError::Unknown(code.to_owned()))?;
        Ok(())
    }

    /// The language for visitors whose languages are not offered.
    pub fn fallback(&self) -> LocaleId {
        self.fallback
    }

    /// The language `code`.
    pub fn locale(&self, code: &str) -> Option<LocaleId> {
        self.locales.find(|messages| messages.code == code)
    }
}

/// Checks that the texts of a language match the entries of `data/`.
///
/// # Errors
/// The first entry without a text or text without an entry, with file and reason.
fn check(files: &Files, facts: &Facts, messages: &Messages) -> Result<(), LoadError> {
    let check = |file: &str, texts: BTreeSet<&String>, entries: BTreeSet<&String>| {
        let fail = |reason: String| {
            let path = format!("locales/{}/{file}.toml", messages.code);
            Err(files.read(&path)?.error(None, reason))
        };
        if let Some(id) = entries.difference(&texts).next() {
            return fail(format!("“{id}” has no text here"));
        }
        match texts.difference(&entries).next() {
            Some(id) => fail(format!("“{id}” stands here, but not in data/")),
            None => Ok(()),
        }
    };
    check(
        "countries",
        messages.countries.keys().collect(),
        facts.countries.values().map(|country| &country.code).collect(),
    )?;
    check(
        "timeline",
        messages.timeline.keys().collect(),
        facts.timeline.values().map(|event| &event.id).collect(),
    )?;
    let grounds = || facts.grounds.values().map(|ground| &ground.id).collect();
    check("grounds", messages.grounds.keys().collect(), grounds())?;
    check("objection", messages.objection.grounds.keys().collect(), grounds())?;
    check(
        "troubles",
        messages.troubles.keys().collect(),
        facts.troubles.values().map(|trouble| &trouble.id).collect(),
    )?;
    let authorities = || facts.authorities.values();
    check(
        "regions",
        messages.regions.keys().collect(),
        authorities()
            .filter_map(|authority| authority.region.as_ref())
            .collect(),
    )?;
    // Notes are optional, and a language may have a name although no authority accepts it.
    let notes: BTreeSet<&String> = messages.authorities.keys().collect();
    let ids: BTreeSet<&String> = authorities().map(|authority| &authority.id).collect();
    check(
        "authorities",
        notes.clone(),
        notes.intersection(&ids).copied().collect(),
    )?;
    let names: BTreeSet<&String> = messages.authority.language_names.keys().collect();
    let languages = authorities().flat_map(|authority| &authority.languages);
    check(
        "authority",
        names.clone(),
        names.iter().copied().chain(languages).collect(),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use icu_collator::CollatorBorrowed;
    use icu_collator::options::CollatorOptions;

    use super::*;
    use crate::messages::PlainText;

    #[test]
    fn countries_and_regions_are_in_the_alphabetical_order_of_the_language() {
        let catalog = Catalog::load(&Files::embedded()).unwrap();
        for messages in catalog.locales.values() {
            let locale: icu_locale_core::Locale = messages.language.cldr.parse().unwrap();
            let order = CollatorBorrowed::try_new((&locale).into(), CollatorOptions::default()).unwrap();
            for names in [&messages.countries, &messages.regions] {
                let names: Vec<&str> = names.values().map(PlainText::as_str).collect();
                let sorted = names.is_sorted_by(|one, next| order.compare(one, next).is_lt());
                assert!(sorted, "{}: {names:?}", messages.code);
            }
        }
    }

    #[test]
    fn every_claim_is_cited_in_every_language() {
        let catalog = Catalog::load(&Files::embedded()).unwrap();
        let facts = &catalog.facts;
        for messages in catalog.locales.values() {
            let cited = messages.all_citations().flat_map(|citation| &citation.claims);
            let reported = facts.troubles.values().flat_map(|trouble| &trouble.claims);
            let used: BTreeSet<&String> = cited.chain(reported).collect();
            let unused: Vec<&String> = facts.claims.keys().filter(|claim| !used.contains(claim)).collect();
            assert!(unused.is_empty(), "{}: {unused:?} are cited nowhere", messages.code);
        }
    }
}
