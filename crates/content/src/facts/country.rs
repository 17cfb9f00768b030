//! `data/countries.toml`: where residents can object, and by which law.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, Source, Sources};

/// The data protection law that gives the right to object where a person lives.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// Regulation (EU) 2016/679; Art. 21(1) gives the right to object. In Iceland, Liechtenstein and Norway by the EEA
    /// Agreement.
    Gdpr,
    /// The UK GDPR; its Art. 21 mirrors the EU text.
    UkGdpr,
    /// The Swiss Federal Act on Data Protection; Art. 30(2)(b) forbids processing against an express declaration of will.
    SwissFadp,
}

impl Law {
    /// The law as a key of `data/` and `locales/`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gdpr => "gdpr",
            Self::UkGdpr => "uk_gdpr",
            Self::SwissFadp => "swiss_fadp",
        }
    }
}

/// A country whose residents can object.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2, such as `AT`.
    pub code: String,
    /// The law that applies to people who live there.
    pub law: Law,
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

impl Entry for Country {
    const FILE: &str = "data/countries.toml";
    const NAME: &str = "country";

    fn key(&self) -> String {
        self.code.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}
