//! `data/authorities.toml`: the supervisory authorities.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry, Source, Sources};
use crate::codes::with_standard;

/// A data protection supervisory authority that accepts complaints about companies.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The key of its note in the locales.
    pub id: String,
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The region of the country, ISO 3166-2, if the country has several authorities.
    pub region: Option<String>,
    /// Its name in its own language.
    pub name: String,
    /// Its official English name, if it has one.
    pub name_en: Option<String>,
    /// Its website.
    pub website: String,
    /// Its page for complaints, if one is known.
    pub complaint: Option<String>,
    /// That page by language, where there are several.
    #[serde(default)]
    pub complaint_by_language: BTreeMap<String, String>,
    /// Its e-mail address, if it accepts complaints by e-mail.
    pub email: Option<String>,
    /// Its postal address, without its name and the country.
    pub address: Vec<String>,
    /// The languages in which it accepts complaints, ISO 639-1.
    pub languages: Vec<String>,
    /// How reliable these details are.
    pub reliability: Reliability,
    /// The sources of these details.
    pub sources: Sources,
}

/// How reliable the details of an authority are.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Reliability {
    /// Several independent sources agree.
    High,
    /// Mostly old or single sources.
    Medium,
    /// One weak source.
    Low,
}

impl Authority {
    /// Its page for complaints in `language`, or in that of which it is a variant; else the one without a language; else its
    /// website.
    pub fn complaint_in(&self, language: &str) -> &str {
        let own = self.complaint.as_ref().unwrap_or(&self.website);
        let mut in_language = with_standard(language).filter_map(|code| self.complaint_by_language.get(code));
        in_language.next().unwrap_or(own)
    }
}

impl FileEntry for Authority {
    const FILE: &str = "data/authorities.toml";
    const NAME: &str = "authority";
}

impl Entry for Authority {
    fn key(&self) -> String {
        self.id.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }

    fn addresses(&self) -> Vec<&str> {
        let pages = self.complaint.iter().chain(self.complaint_by_language.values());
        pages.chain([&self.website]).map(String::as_str).collect()
    }
}
