//! Texts of the quiz for a class.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::Truth;
use crate::messages::{Html, PlainText};

/// File `quiz.toml`: the statements that a class judges.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    pub title: PlainText,
    pub lead: Html,
    #[serde(rename = "true")]
    pub is_true: PlainText,
    #[serde(rename = "false")]
    pub is_false: PlainText,
    #[serde(rename = "open")]
    pub is_open: PlainText,
    pub because: PlainText,
    pub answers_title: PlainText,
    pub answers_lead: Html,
    /// By the id of the statement.
    pub statements: BTreeMap<String, QuizTexts>,
}

/// The texts of a statement.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuizTexts {
    pub statement: PlainText,
    /// What is the case; stands above the answer.
    pub fact: PlainText,
    pub why: Html,
}

impl Quiz {
    /// The words for whether a statement is true.
    pub fn of(&self, truth: Truth) -> &PlainText {
        match truth {
            Truth::True => &self.is_true,
            Truth::False => &self.is_false,
            Truth::Open => &self.is_open,
        }
    }
}
