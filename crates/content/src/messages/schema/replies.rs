//! Texts about what came after an objection: `replies.toml`, `status.toml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::Law;
use crate::messages::{Html, PlainText, SinglePattern};

/// File `replies.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replies {
    pub title: PlainText,
    pub lead: Html,
    pub confirmed: ReplyTexts,
    pub more: ReplyTexts,
    pub refused: ReplyTexts,
    pub nothing: ReplyTexts,
    pub year: PlainText,
    pub back: PlainText,
}

/// The page about one of Meta's replies.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyTexts {
    pub name: PlainText,
    pub sign: Html,
    pub title: PlainText,
    pub lead: Html,
    pub sections: Vec<ReplySection>,
}

/// A heading with its text, for everybody or only for people under some laws.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplySection {
    pub title: PlainText,
    pub body: Html,
    #[serde(default)]
    laws: Vec<String>,
}

impl ReplySection {
    /// Whether this is for people under `law`.
    pub fn is_for(&self, law: &Law) -> bool {
        self.laws.is_empty() || self.laws.contains(&law.id)
    }
}

/// File `status.toml`: whether an objection counts.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusTexts {
    /// The heading of the list of the pages with which a person begins.
    pub heading: PlainText,
    pub counts: PlainText,
    pub repeat: PlainText,
    pub wait: PlainText,
    /// As `wait`, where the day is known.
    pub wait_until: SinglePattern,
    /// By the slug of the page. That of a receipt has a second one, `receipt-late`, for when the time for a reply is over.
    pub pages: BTreeMap<String, StatusPageTexts>,
}

/// A question whether an objection counts, or a verdict.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusPageTexts {
    /// The link to it from the list of replies.
    pub name: Option<PlainText>,
    pub sign: Option<PlainText>,
    pub title: PlainText,
    pub lead: Html,
    /// The answers to a question.
    #[serde(default)]
    pub answers: Vec<PlainText>,
    /// What to do, at the end.
    pub todo: Option<Html>,
}
