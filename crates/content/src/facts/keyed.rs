//! The files whose entries are named by a key: `data/claims.toml`, `data/dates.toml`; `[[link]]` in
//! `data/companies/*.toml` and `data/journeys/*.toml`; and `data/tested_sentence.toml`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Confidence, Entry, PartialDate, Source, Sources};

/// The evidence for a statement on the pages. The sentence itself is in the locales.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// How well the sources support it.
    pub confidence: Confidence,
    /// The sources.
    pub sources: Sources,
    /// The path of its file; empty if that is `data/claims.toml`.
    #[serde(skip)]
    pub file: String,
}

impl Claim {
    /// The path of its file.
    pub fn file(&self) -> &str {
        if self.file.is_empty() {
            "data/claims.toml"
        } else {
            &self.file
        }
    }
}

/// A page of a company, to which texts link.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyPage {
    /// The key in texts: `[words](link:key)`; unique over all files.
    pub id: String,
    /// The path of its file.
    #[serde(skip)]
    pub file: String,
    /// The address of the page.
    pub address: String,
    /// The sources of the address.
    pub sources: Sources,
}

impl Entry for CompanyPage {
    fn key(&self) -> String {
        self.id.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.address]
    }
}

/// A date that texts refer to, such as the day of the last check.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedDate {
    /// The date.
    pub date: PartialDate,
    /// The sources.
    #[borsh(skip)]
    pub sources: Sources,
}

/// The reason that klicksafe published and that people have used successfully. Its wording is in the locales.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestedSentence {
    /// When it was published.
    pub published: PartialDate,
    /// The sources.
    pub sources: Sources,
}
