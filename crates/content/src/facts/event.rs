//! `data/timeline.toml`: what happened between Meta, the courts, the authorities and the users.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Confidence, Entry, FileEntry, PartialDate, Source, Sources};

/// An event of the timeline.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The key of its text in the locales.
    pub id: String,
    /// The date, which may be in the future.
    pub date: PartialDate,
    /// How well the sources support it.
    pub confidence: Confidence,
    /// Whether the parties disagree about it, or its outcome is unknown.
    #[serde(default)]
    pub disputed: bool,
    /// The sources.
    pub sources: Sources,
}

impl FileEntry for Event {
    const FILE: &str = "data/timeline.toml";
    const NAME: &str = "event";
}

impl Entry for Event {
    fn key(&self) -> String {
        self.id.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}
