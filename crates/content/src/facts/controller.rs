//! `[[controller]]` in `data/companies/*.toml`: the legal persons that letters go to.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, Source, Sources};

/// The controller (Art. 4(7) GDPR) of people's data, and its postal address.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// The id of the company: the name of the file.
    #[serde(skip)]
    pub company: String,
    /// The name of the legal person.
    pub name: String,
    /// A second legal person to name in a letter, where it is not settled which one is the controller.
    pub also: Option<String>,
    /// The ids of the laws that apply to the people whose data it controls.
    pub laws: Vec<String>,
    /// The department for the attention line of a letter.
    pub attention: String,
    /// The postal address, with the country.
    pub address: Vec<String>,
    /// The id of the lead supervisory authority for it.
    pub lead_authority: String,
    /// The sources.
    pub sources: Sources,
}

impl Controller {
    /// The names to give in a letter.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        [&self.name].into_iter().chain(&self.also).map(String::as_str)
    }
}

impl Entry for Controller {
    fn key(&self) -> String {
        self.name.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}
