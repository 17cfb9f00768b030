//! `[[service]]` in `data/companies/*.toml`: the services of a company.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Entry;

/// A service with accounts of its own, such as Facebook.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The id in queries, in `data/` and on the command line; unique over all companies.
    pub id: String,
    /// The id of its company: the name of the file.
    #[serde(skip)]
    pub company: String,
    /// The name, which is the same in all languages.
    pub name: String,
    /// The host, as people type it.
    pub site: String,
}

impl Entry for Service {
    fn key(&self) -> String {
        self.id.clone()
    }
}
