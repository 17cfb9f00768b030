//! What the file of a company states, with its evidence: sources stand once in the file, and statements cite them by id.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::entry::Entry;
use super::{Confidence, PartialDate, Source};
use crate::files::{LoadError, SourceFile};

/// A source of a company's file, which statements cite by its id.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanySource {
    /// The id in the file.
    pub id: String,
    /// An address, or the name of a document that has none.
    pub source: String,
    /// The date of the evidence.
    pub checked: PartialDate,
    /// Whether it is a text of the company itself.
    #[serde(default)]
    pub own: bool,
}

/// The evidence for a statement.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// How well the sources support it.
    pub confidence: Confidence,
    /// The ids of the sources in the company's file.
    #[serde(rename = "sources")]
    pub(super) ids: Vec<String>,
    /// The sources.
    #[serde(skip)]
    pub sources: Vec<Source>,
    /// Whether the company itself says so.
    #[serde(skip)]
    pub own: bool,
}

/// A value with its evidence.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(from = "StatedEntry<T>")]
pub struct Stated<T> {
    /// The value.
    pub is: T,
    /// The evidence.
    pub evidence: Evidence,
}

/// [`Stated`] as it is written. A flattened struct would accept unknown keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatedEntry<T> {
    is: T,
    confidence: Confidence,
    sources: Vec<String>,
}

impl<T> From<StatedEntry<T>> for Stated<T> {
    fn from(entry: StatedEntry<T>) -> Self {
        Self {
            is: entry.is,
            evidence: Evidence {
                confidence: entry.confidence,
                ids: entry.sources,
                sources: Vec::new(),
                own: false,
            },
        }
    }
}

/// How much the words of a page may claim.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Support {
    /// The company itself says so.
    Own,
    /// Several reports say so.
    Several,
    /// One report says so.
    One,
    /// The sources contradict each other.
    Conflicting,
    /// It is our own conclusion.
    Inference,
}

impl Evidence {
    /// How much the words of a page may claim.
    pub fn support(&self) -> Support {
        match self.confidence {
            Confidence::Conflicting => Support::Conflicting,
            Confidence::Inference => Support::Inference,
            _ if self.own => Support::Own,
            Confidence::Confirmed => Support::Several,
            Confidence::Single => Support::One,
        }
    }

    /// Looks the sources up.
    pub(super) fn resolve(
        &mut self,
        file: &SourceFile,
        sources: &BTreeMap<String, CompanySource>,
    ) -> Result<(), LoadError> {
        let of = &self.ids.join("\", \"");
        if self.ids.is_empty() {
            return Err(file.error(None, "a statement needs at least one source"));
        }
        if self.confidence == Confidence::Confirmed && self.ids.len() < 2 {
            return Err(file.error_at(of, format!("“confirmed” with one source only: “{of}”")));
        }
        for id in &self.ids {
            let Some(source) = sources.get(id) else {
                return Err(file.error_at(&format!("\"{id}\""), format!("the file has no source “{id}”")));
            };
            self.own |= source.own;
            self.sources.push(Source {
                source: source.source.clone(),
                checked: source.checked,
            });
        }
        Ok(())
    }
}

impl Entry for CompanySource {
    fn key(&self) -> String {
        self.id.clone()
    }
}
