//! `data/troubles.toml`: reported problems. At which step each occurs is in `data/journeys/`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry};

/// A problem at a step that people have reported.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// The key of its text in the locales.
    pub id: String,
    /// The keys of the claims that report it.
    pub claims: Vec<String>,
    /// The ids of the journeys on one page that help.
    #[serde(default)]
    pub journeys: Vec<String>,
}

impl FileEntry for Trouble {
    const FILE: &str = "data/troubles.toml";
    const NAME: &str = "trouble";
}

impl Entry for Trouble {
    fn key(&self) -> String {
        self.id.clone()
    }
}
