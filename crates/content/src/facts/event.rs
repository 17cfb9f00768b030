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
    /// Who acts.
    pub kind: EventKind,
    /// How well the sources support it.
    pub confidence: Confidence,
    /// Whether the parties disagree about it, or its outcome is unknown.
    #[serde(default)]
    pub disputed: bool,
    /// The sources.
    pub sources: Sources,
}

/// Who acts in an event.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// Meta.
    Meta,
    /// An authority.
    Authority,
    /// A court.
    Court,
    /// Users and their organisations.
    People,
    /// Those who make laws.
    Law,
}

impl EventKind {
    /// All kinds in the order of the page.
    pub const ALL: [Self; 5] = [Self::Meta, Self::Authority, Self::Court, Self::People, Self::Law];

    /// Its name in `data/timeline.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Authority => "authority",
            Self::Court => "court",
            Self::People => "people",
            Self::Law => "law",
        }
    }
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
