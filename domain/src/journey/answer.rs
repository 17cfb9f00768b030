//! What may come back from Meta after the objection.

use crate::words::{AnswerWords, Answers};

/// One of Meta's answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Meta confirms the objection.
    Confirmed,
    /// Meta asks for more.
    More,
    /// Meta refuses.
    Refused,
    /// Nothing has come.
    Nothing,
}

impl Answer {
    /// All answers, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::More, Self::Refused, Self::Nothing];

    /// How the answer is written in an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::More => "more",
            Self::Refused => "refused",
            Self::Nothing => "nothing",
        }
    }

    /// The answer that is written `id`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.id() == id)
    }

    /// Its texts.
    pub fn words(self, answers: &Answers) -> &AnswerWords {
        match self {
            Self::Confirmed => &answers.confirmed,
            Self::More => &answers.more,
            Self::Refused => &answers.refused,
            Self::Nothing => &answers.nothing,
        }
    }
}
