//! Texts of the pages for a class.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Section;
use crate::messages::{Html, PlainText};

/// File `school.toml`: what there is for a class, and what all its papers have in common.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    pub name: PlainText,
    pub title: PlainText,
    pub lead: Html,
    pub ready: Section,
    pub papers: PlainText,
    pub paper: PlainText,
    pub pages: PlainText,
    pub copies: PlainText,
    pub for_each: PlainText,
    pub for_teacher: PlainText,
    pub plain_text: PlainText,
    pub before: Section,
    pub licence: Section,
    pub print: Html,
    pub back: PlainText,
    pub other: PlainText,
    pub second: PlainText,
    pub alone: PlainText,
    pub foot: Html,
    pub unread: PlainText,
}

/// File `handout.toml`: the seven steps on a sheet of paper.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handout {
    pub title: PlainText,
    pub lead: Html,
    /// By the id of the step.
    pub steps: BTreeMap<String, Html>,
    pub home: PlainText,
    pub home_items: Vec<Html>,
    pub fails: Section,
    pub forms: PlainText,
    pub done_on: PlainText,
    pub done_for: PlainText,
    pub replied_on: PlainText,
}

/// File `parents.toml`: the letter to parents.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parents {
    pub title: PlainText,
    pub salutation: PlainText,
    /// Numbered, in the same order in all languages.
    pub paragraphs: Vec<ParentsParagraph>,
    pub closing: PlainText,
}

impl Parents {
    /// Whether the letter has as many paragraphs as `other`, each with the same end.
    pub(crate) fn has_paragraphs_of(&self, other: &Self) -> bool {
        let ends = |letter: &Self| -> Vec<ParagraphEnd> {
            let paragraphs = letter.paragraphs.iter();
            paragraphs.map(|paragraph| paragraph.end).collect()
        };
        ends(self) == ends(other)
    }
}

/// A numbered paragraph of the letter to parents.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParentsParagraph {
    pub text: PlainText,
    #[serde(default)]
    pub end: ParagraphEnd,
}

/// What stands behind a paragraph.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphEnd {
    #[default]
    Nothing,
    /// The address of the site.
    Address,
    /// Whom to ask, or a line to write on.
    Contact,
}
