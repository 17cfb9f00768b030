//! `data/laws.toml`: the data protection laws that give the right to object.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry};

/// The data protection law where a person lives, such as Regulation (EU) 2016/679, whose Art. 21(1) gives the right to
/// object.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The key in `data/` and in tables `laws` of the locales.
    pub id: String,
    /// The id of the law whose objection and letters apply. Two laws with the same articles share them.
    pub texts: String,
    /// The time for a reply, in months. Where the law has none, the time after which we advise to remind the company.
    pub reply_months: u8,
    /// What a person can bring before the authority.
    pub complaint: Complaint,
    /// The keys of the claims that support this.
    pub claims: Vec<String>,
}

/// What a person can bring before the supervisory authority.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Complaint {
    /// A complaint, with a right to a decision (Art. 77 GDPR; in the United Kingdom section 165 Data Protection Act 2018).
    Complaint,
    /// A report, without such a right (in Switzerland Art. 49 FADP).
    Report,
}

impl FileEntry for Law {
    const FILE: &str = "data/laws.toml";
    const NAME: &str = "law";
}

impl Entry for Law {
    fn key(&self) -> String {
        self.id.clone()
    }
}
