//! Meta's replies to an objection.

use std::str::FromStr;

use veto_content::messages::{Replies, ReplyTexts};

/// A reply from Meta, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reply {
    /// Meta confirms the objection.
    #[default]
    Confirmed,
    /// Meta asks for more information.
    More,
    /// Meta refuses.
    Refused,
    /// Meta has not replied.
    Nothing,
}

impl Reply {
    /// All replies, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::More, Self::Refused, Self::Nothing];

    /// The slug in a path, and the value in a form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::More => "more",
            Self::Refused => "refused",
            Self::Nothing => "nothing",
        }
    }

    /// The table of `locales/*/replies.toml` with its texts: a section for the statements of a page.
    pub fn section(self) -> &'static str {
        match self {
            Self::Confirmed => "replies.confirmed",
            Self::More => "replies.more",
            Self::Refused => "replies.refused",
            Self::Nothing => "replies.nothing",
        }
    }

    /// Its texts.
    pub fn texts(self, replies: &Replies) -> &ReplyTexts {
        match self {
            Self::Confirmed => &replies.confirmed,
            Self::More => &replies.more,
            Self::Refused => &replies.refused,
            Self::Nothing => &replies.nothing,
        }
    }
}

impl FromStr for Reply {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|reply| reply.as_str() == text).ok_or(())
    }
}
