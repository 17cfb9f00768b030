//! `data/troubles.toml`: reported problems, by step.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Entry;

/// A problem at a step that people have reported.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// The key of its text in the locales.
    pub id: String,
    /// The number of the step at which it occurs, 1 to 7.
    pub step: u8,
    /// The keys of the claims that report it.
    pub claims: Vec<String>,
}

impl Entry for Trouble {
    const FILE: &str = "data/troubles.toml";
    const NAME: &str = "trouble";

    fn key(&self) -> String {
        self.id.clone()
    }
}
