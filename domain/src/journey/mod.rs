//! The domain: from choices to steps and to the text for Meta. Pure functions; nothing here knows HTTP.
//!
//! Lives here: the plan and its query, the steps, the objection, and the facts put into the words of a language.
//! Must not live here: addresses of pages, headers, and words of a human language.

mod answer;
pub mod calendar;
pub mod deadline;
mod edition;
pub mod letter;
pub mod objection;
mod plan;
mod steps;

pub use answer::Answer;
pub use deadline::Day;
pub use edition::{Edition, FormLink, GroundChoice, GroundChoices, MenuPath, TimelineEntry};
pub use letter::Letter;
pub use plan::{Accounts, Choices, Grounds, Key, Length, Plan, Services, Unknown};
pub use steps::Step;

use std::io;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::facts::Facts;
use crate::files::{Files, LoadError};

/// The language of visitors whose own there is not, if the operator names no other.
const FALLBACK: &str = "en";

/// Why these languages cannot be offered.
#[derive(Debug, thiserror::Error)]
pub enum NotOffered {
    /// There is no edition in this language.
    #[error("there is no language “{0}”")]
    Unknown(String),
    /// It is named a second time.
    #[error("the language “{0}” stands here twice")]
    Twice(String),
    /// Nothing would be left.
    #[error("at least one language is needed")]
    Nothing,
}

/// Everything that there is when the program starts: the facts, and each language's edition of them.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Library {
    /// The facts.
    pub facts: Facts,
    /// One edition for each language: in alphabetical order of the codes, or in that of [`Library::offer`].
    pub editions: Vec<Edition>,
    /// The place of the edition for visitors whose language there is not.
    pub fallback: usize,
}

impl Library {
    /// Reads and checks `data/` and `locales/`.
    ///
    /// # Errors
    /// At the first file that cannot be read or is wrong.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let facts = Facts::load(files)?;
        let codes = files.languages();
        let editions = codes
            .iter()
            .map(|code| Edition::load(files, &facts, code))
            .collect::<Result<Vec<_>, _>>()?;
        let mut library = Self {
            facts,
            editions,
            fallback: 0,
        };
        library.fallback = library.edition(FALLBACK).unwrap_or_default();
        Ok(library)
    }

    /// All of it as bytes, for the same version of the program.
    ///
    /// # Errors
    /// When something is longer than four gigabytes.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        borsh::to_vec(self)
    }

    /// What [`Library::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are not what this version of the program writes.
    pub fn from_bytes(bytes: &[u8]) -> io::Result<Self> {
        borsh::from_slice(bytes)
    }

    /// Keeps the editions of these languages only, in this order.
    ///
    /// # Errors
    /// When there is no code, and at the first one for which there is no edition, or not a second one.
    pub fn offer(&mut self, codes: &[String]) -> Result<(), NotOffered> {
        if codes.is_empty() {
            return Err(NotOffered::Nothing);
        }
        let mut offered: Vec<Edition> = Vec::new();
        for code in codes {
            if offered.iter().any(|edition| edition.words.code == *code) {
                return Err(NotOffered::Twice(code.clone()));
            }
            let place = self.edition(code).ok_or_else(|| NotOffered::Unknown(code.clone()))?;
            offered.push(self.editions.remove(place));
        }
        self.editions = offered;
        self.fallback = self.edition(FALLBACK).unwrap_or_default();
        Ok(())
    }

    /// Makes this language the one of visitors whose own there is not. If nobody says so, it is English, or else the
    /// first.
    ///
    /// # Errors
    /// When there is no edition in it.
    pub fn fall_back_to(&mut self, code: &str) -> Result<(), NotOffered> {
        self.fallback = self.edition(code).ok_or_else(|| NotOffered::Unknown(code.to_owned()))?;
        Ok(())
    }

    /// The edition for visitors whose language there is not.
    pub fn fallback(&self) -> &Edition {
        &self.editions[self.fallback]
    }

    /// The place of the edition in the language `code`.
    pub fn edition(&self, code: &str) -> Option<usize> {
        self.editions.iter().position(|edition| edition.words.code == code)
    }

    /// The place of the country `code` (ISO 3166-1 alpha-2, upper case) in `data/countries.toml`.
    pub fn country(&self, code: &str) -> Option<usize> {
        self.facts.countries.iter().position(|country| country.code == code)
    }
}

#[cfg(test)]
mod tests;
