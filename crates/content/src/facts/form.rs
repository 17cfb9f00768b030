//! `[[form]]` in `data/companies/*.toml`: the objection forms of a company.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, PartialDate, Source};

/// An objection form.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The id of the service whose account holders may use it.
    pub service: String,
    /// The year in which the company published this generation of the form.
    pub generation: u16,
    /// The address of the form.
    pub address: String,
    /// The last report that somebody used it successfully.
    pub tried: Source,
    /// The last time that somebody named it as the form to use.
    pub named: Source,
    /// Where it was read that the company has closed the form.
    pub withdrawn: Option<Source>,
}

impl Entry for Form {
    fn key(&self) -> String {
        format!("{} {}", self.service, self.generation)
    }

    fn sources(&self) -> Vec<&Source> {
        [&self.tried, &self.named].into_iter().chain(&self.withdrawn).collect()
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.address]
    }
}

impl Form {
    /// When it was last confirmed: reported to work, or named as the form to use.
    pub fn last_confirmed(&self) -> PartialDate {
        self.tried.checked.max(self.named.checked)
    }

    /// The host of its address, for visitors to compare.
    pub fn host(&self) -> &str {
        super::host(&self.address)
    }
}
