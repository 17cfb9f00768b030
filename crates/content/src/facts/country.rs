//! `data/countries.toml`: where residents can object, and by which law.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry, Source, Sources};

/// A country whose residents can object.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2, such as `AT`.
    pub code: String,
    /// The id of the law that applies to people who live there.
    pub law: String,
    /// Whether the GDPR applies by the EEA Agreement.
    #[borsh(skip)]
    #[serde(default)]
    pub eea_agreement: bool,
    /// The official languages, ISO 639-1.
    pub languages: Vec<String>,
    /// The short name of the law there, by language: `de` -> `DSGVO`.
    pub law_names: BTreeMap<String, String>,
    /// The sources.
    #[borsh(skip)]
    pub sources: Sources,
}

impl FileEntry for Country {
    const FILE: &str = "data/countries.toml";
    const NAME: &str = "country";
}

impl Entry for Country {
    fn key(&self) -> String {
        self.code.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}
