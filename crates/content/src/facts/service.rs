//! The services that have an objection form.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

/// A service of Meta that has an objection form of its own.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Facebook.
    Facebook,
    /// Instagram.
    Instagram,
}

impl Service {
    /// Both services, in the order in which the wizard goes through them.
    pub const ALL: [Self; 2] = [Self::Facebook, Self::Instagram];

    /// The name, which is the same in all languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Instagram => "Instagram",
        }
    }

    /// The host, as people type it.
    pub fn site(self) -> &'static str {
        match self {
            Self::Facebook => "facebook.com",
            Self::Instagram => "instagram.com",
        }
    }

    /// The service as a slice of length one.
    pub fn as_slice(self) -> &'static [Self] {
        std::slice::from_ref(&Self::ALL[self as usize])
    }

    /// The id in queries, in `data/` and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
        }
    }
}
