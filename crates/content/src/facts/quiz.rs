//! `data/quiz.toml`: statements for a class to judge. Whether one is true stands here, so that no translation can turn it.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry};

/// A statement of the quiz.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuizStatement {
    /// The key of its texts in the locales.
    pub id: String,
    /// Whether it is true.
    pub truth: Truth,
    /// The keys of the claims that show it, in `data/claims.toml`; at least one.
    pub claims: Vec<String>,
}

/// Whether a statement is true.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// It is true.
    True,
    /// It is not true.
    False,
    /// Sources disagree, or nobody knows.
    Open,
}

impl FileEntry for QuizStatement {
    const FILE: &str = "data/quiz.toml";
    const NAME: &str = "statement";
}

impl Entry for QuizStatement {
    fn key(&self) -> String {
        self.id.clone()
    }
}
