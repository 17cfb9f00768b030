//! `data/grounds.toml`: the grounds that a person can choose.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry, Source, Sources};

/// A ground that relates to a person's particular situation (Art. 21(1) GDPR).
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The id in queries, in the locales and on the command line.
    pub id: String,
    /// The heading under which it is offered.
    pub group: GroundGroup,
    /// Whether it names data under Art. 9(1) GDPR (in Switzerland: sensitive personal data).
    #[serde(default)]
    pub special_category: bool,
    /// Whether it is among the few that are offered first, by a short label.
    #[serde(default)]
    pub common: bool,
    /// The subjects besides a person's own posts that its general wording fits. For others it may have one of its own.
    #[serde(default)]
    pub about: Vec<Subject>,
    /// Published texts that use this ground.
    pub sources: Sources,
}

/// What an objection is about: it decides which grounds fit, and how they are worded.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// A person's own posts.
    Posts,
    /// Other data about a person: chats, recordings, what others share. The person may have no account.
    Data,
    /// The data of a child, for which a parent objects.
    Child,
    /// The people shown by an institution.
    Institution,
}

/// The heading under which a ground is offered.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "lowercase")]
pub enum GroundGroup {
    /// People in the pictures and posts.
    People,
    /// Health, belief, safety.
    Sensitive,
    /// Work and copyright.
    Work,
    /// Old posts and loss of control.
    Control,
}

impl GroundGroup {
    /// All groups in the order of the page.
    pub const ALL: [Self; 4] = [Self::People, Self::Sensitive, Self::Work, Self::Control];
}

impl Ground {
    /// Whether its general wording fits `subject`.
    pub fn fits(&self, subject: Subject) -> bool {
        subject == Subject::Posts || self.about.contains(&subject)
    }
}

impl FileEntry for Ground {
    const FILE: &str = "data/grounds.toml";
    const NAME: &str = "ground";
}

impl Entry for Ground {
    fn key(&self) -> String {
        self.id.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}
