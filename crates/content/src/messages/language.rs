//! A language as such: `language.toml`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Format;
use crate::files::{Files, LoadError};

/// File `language.toml`: what is known about a language without its texts.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The code of the language, as in a path: the name of its folder.
    #[serde(skip)]
    pub code: String,
    /// The name of the language in itself, as plain text.
    pub name: String,
    /// The BCP 47 tag by which CLDR formats dates, lists and numbers.
    pub cldr: String,
    /// The direction in which it is written.
    pub direction: Direction,
    /// The style of its texts.
    pub register: Register,
    /// Who wrote its texts.
    pub origin: Origin,
    /// Whether a native speaker has read all of its texts.
    pub reviewed_by_native_speaker: bool,
    /// What its texts for Meta and its letters are for.
    #[serde(default)]
    pub letters: LetterUse,
    /// Its place in the list of languages, which is in the alphabetical order of their names; those that an operator adds are
    /// at the end.
    #[serde(skip, default = "last_place")]
    pub place: u16,
    /// Whether the text for Meta and the letters exist in it, and can be handed in.
    #[serde(skip)]
    pub has_letters: bool,
    /// The tested sentence (see [`crate::facts::TestedSentence`]) in this language.
    pub tested_sentence: Wording,
}

impl Language {
    /// Reads the file of the language `code`.
    ///
    /// # Errors
    /// When it is missing or does not fit the type; the error names the line.
    pub fn load(files: &Files, code: &str) -> Result<Self, LoadError> {
        let (_, language) = files.parse(&path(code))?;
        Ok(Self {
            code: code.to_owned(),
            ..language
        })
    }
}

impl Language {
    /// The rules of the language for dates, lists and plurals.
    ///
    /// # Errors
    /// When CLDR does not know the language; the error names file and line of the tag.
    pub(super) fn format(&self, files: &Files) -> Result<Format, LoadError> {
        let fail = |reason| Ok(files.read(&path(&self.code))?.error_at(&self.cldr, reason));
        Format::new(&self.cldr).or_else(|reason| Err(fail(reason)?))
    }
}

fn last_place() -> u16 {
    u16::MAX
}

/// The path of the file of the language `code`.
pub(super) fn path(code: &str) -> String {
    format!("locales/{code}/language.toml")
}

/// The direction in which a language is written.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The value of the attribute `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// The style of the texts of a language.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Register {
    /// Standard language.
    Formal,
    /// Plain language.
    Plain,
}

/// What the texts for Meta and the letters in a language are for.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum LetterUse {
    /// They can be handed in: the GDPR has an official version in the language.
    #[default]
    Sent,
    /// To be read, beside those in a language in which they can be handed in.
    Read,
}

/// Who wrote the texts of a language.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A person.
    Author,
    /// A machine translation.
    Machine,
}

/// The tested sentence in one language.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The sentence, as plain text.
    pub text: String,
    /// Where the wording is from.
    pub wording: WordingOrigin,
}

/// Where the wording of the tested sentence is from.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum WordingOrigin {
    /// klicksafe published it.
    Published,
    /// It is our translation.
    Translation,
}
