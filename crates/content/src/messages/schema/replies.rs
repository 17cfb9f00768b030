//! Texts about Meta's replies: `replies.toml`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::Law;
use crate::messages::{Html, PlainText};

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
