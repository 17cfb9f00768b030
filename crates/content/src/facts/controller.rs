//! `data/controllers.toml`: the companies of Meta that letters go to.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, Law, Source, Sources};

/// A company of Meta that is the controller (Art. 4(7) GDPR) of people's data, and its postal address.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// The name of the company.
    pub name: String,
    /// A second company to name in a letter, where it is not settled which one is the controller.
    pub also: Option<String>,
    /// The laws that apply to the people whose data it controls.
    pub laws: Vec<Law>,
    /// The department for the attention line of a letter.
    pub attention: String,
    /// The postal address, with the country.
    pub address: Vec<String>,
    /// The id of the lead supervisory authority for this company.
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
    const FILE: &str = "data/controllers.toml";
    const NAME: &str = "controller";

    fn key(&self) -> String {
        self.name.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}
