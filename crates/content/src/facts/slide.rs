//! `data/slides.toml`: the slides for a class about why, in order.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry};

/// A slide of the set about why.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slide {
    /// The key of its texts in the locales.
    pub id: String,
}

impl FileEntry for Slide {
    const FILE: &str = "data/slides.toml";
    const NAME: &str = "slide";
}

impl Entry for Slide {
    fn key(&self) -> String {
        self.id.clone()
    }
}
