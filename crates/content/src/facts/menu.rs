//! `[[menu]]` in `data/companies/*.toml`: menu paths in an app or on a website to the objection form.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Confidence, Entry, Source, Sources};

/// A menu path.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    /// The ids of the services whose menus look like this.
    pub services: Vec<String>,
    /// The language of the labels, ISO 639-1.
    pub language: String,
    /// The labels to tap, in order.
    pub labels: Vec<String>,
    /// How well the sources support the path.
    pub confidence: Confidence,
    /// The sources.
    pub sources: Sources,
}

impl Entry for Menu {
    fn key(&self) -> String {
        self.labels.join(" > ")
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}
