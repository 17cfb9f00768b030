//! The files whose entries are named by a key: `data/claims.toml`, `data/dates.toml`; `[[link]]` in
//! `data/companies/*.toml`; and `data/tested_sentence.toml`.

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
}

/// A page of a company, to which texts link.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyPage {
    /// The key in texts: `[words](link:key)`; unique over all companies.
    pub id: String,
    /// The id of the company: the name of the file.
    #[serde(skip)]
    pub company: String,
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
