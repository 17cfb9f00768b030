//! The facts of `data/` as types, with sources and dates. Whatever Meta, a court or an authority may change belongs
//! there and nowhere else.
//!
//! Lives here: one module per data file with its type, and the checks that entries are complete, dated, sourced and
//! consistent. Must not live here: words that a visitor reads, and HTTP.

mod authority;
mod check;
mod controller;
mod country;
mod event;
mod evidence;
mod form;
mod ground;
mod keyed;
mod menu;
mod outgoing;
mod service;
mod table;
mod trouble;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::de::DeserializeOwned;

pub use authority::{Authority, Reliability};
pub use controller::Controller;
pub use country::{Country, Law};
pub use event::Event;
pub use evidence::{Confidence, PartialDate, Precision, Source, Sources, host, year_month_day};
pub use form::Form;
pub use ground::{Ground, GroundGroup};
pub use keyed::{Claim, MetaPage, NamedDate, TestedSentence};
pub use menu::Menu;
pub use outgoing::Outgoing;
pub use service::Service;
pub use table::{Id, Table};
pub use trouble::Trouble;

use crate::files::{Files, LoadError};
use crate::messages::markup::References;

/// The id of a country in [`Facts::countries`].
pub type CountryId = Id<Country>;
/// The id of an authority in [`Facts::authorities`].
pub type AuthorityId = Id<Authority>;
/// The id of a ground in [`Facts::grounds`].
pub type GroundId = Id<Ground>;

/// Everything in `data/`, complete and consistent.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Facts {
    /// The countries whose residents can object.
    pub countries: Table<Country>,
    /// Meta's forms; each service has at least one, newest first.
    pub forms: Table<Form>,
    /// Pages of Meta, by key.
    pub links: BTreeMap<String, MetaPage>,
    /// The authorities; each country has at least one.
    pub authorities: Table<Authority>,
    /// The companies of Meta; each law has one.
    pub controllers: Table<Controller>,
    /// Menu paths to the forms.
    pub menus: Table<Menu>,
    /// The grounds to choose from; at most 64.
    pub grounds: Table<Ground>,
    /// The events of the timeline, oldest first.
    pub timeline: Table<Event>,
    /// Reported problems, each with its step.
    pub troubles: Table<Trouble>,
    /// The evidence for statements on the pages, by key.
    pub claims: BTreeMap<String, Claim>,
    /// Dates that texts refer to, by key.
    pub dates: BTreeMap<String, NamedDate>,
    /// The reason that klicksafe published.
    pub tested_sentence: TestedSentence,
}

impl Facts {
    /// Reads and checks all of `data/`.
    ///
    /// # Errors
    /// At the first file that cannot be read, does not fit its type (unknown key, missing source, no date) or
    /// contradicts another; the error names file, line and reason.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut forms: Vec<Form> = entries(files)?;
        let mut timeline: Vec<Event> = entries(files)?;
        // An operator's entries come last in their files.
        forms.sort_by_key(|form| Reverse(form.generation));
        timeline.sort_by_key(|event| event.date);
        let facts = Self {
            countries: entries(files)?.into(),
            forms: forms.into(),
            links: files.parse("data/links.toml")?.1,
            authorities: entries(files)?.into(),
            controllers: entries(files)?.into(),
            menus: entries(files)?.into(),
            grounds: entries(files)?.into(),
            timeline: timeline.into(),
            troubles: entries(files)?.into(),
            claims: files.parse("data/claims.toml")?.1,
            dates: files.parse("data/dates.toml")?.1,
            tested_sentence: files.parse("data/tested_sentence.toml")?.1,
        };
        facts.check(files)?;
        Ok(facts)
    }

    /// The country `code` (ISO 3166-1 alpha-2, upper case).
    pub fn country(&self, code: &str) -> Option<CountryId> {
        self.countries.find(|country| country.code == code)
    }

    /// The authorities of a country: one, or one for each region.
    pub fn authorities_of(&self, country: &Country) -> impl Iterator<Item = (AuthorityId, &Authority)> {
        let authorities = self.authorities.iter();
        authorities.filter(|(_, authority)| authority.country == country.code)
    }

    /// The controller of the data of people in `country`.
    ///
    /// # Panics
    /// When `country` is not from these facts: [`Facts::load`] checks that each of their countries has a controller.
    pub fn controller(&self, country: &Country) -> &Controller {
        let mut controllers = self.controllers.values();
        let controller = controllers.find(|controller| controller.laws.contains(&country.law));
        controller.expect("each country has a controller")
    }

    /// The forms of one service, newest first.
    pub fn forms_of(&self, service: Service) -> impl Iterator<Item = &Form> + Clone {
        self.forms.values().filter(move |form| form.service == service)
    }

    /// The forms of one service that Meta has not closed, newest first.
    pub fn open_forms_of(&self, service: Service) -> impl Iterator<Item = &Form> + Clone {
        self.forms_of(service).filter(|form| form.withdrawn.is_none())
    }

    /// The menu paths for `service` with labels in `language`, or else in English.
    pub fn menus_of(&self, service: Service, language: &str) -> Vec<&Menu> {
        let of_service = self.menus.values().filter(|menu| menu.services.contains(&service));
        let (own, rest): (Vec<_>, Vec<_>) = of_service.partition(|menu| menu.language == language);
        if own.is_empty() {
            rest.into_iter().filter(|menu| menu.language == "en").collect()
        } else {
            own
        }
    }
}

impl References for Facts {
    fn link(&self, key: &str) -> Option<&str> {
        self.links.get(key).map(|page| page.address.as_str())
    }

    fn has_claim(&self, key: &str) -> bool {
        self.claims.contains_key(key)
    }

    fn date(&self, key: &str) -> Option<PartialDate> {
        self.dates.get(key).map(|named| named.date)
    }
}

/// An entry of a file that is a list of `[[name]]` tables.
trait Entry: DeserializeOwned {
    /// The path of the file.
    const FILE: &str;
    /// The name of the tables.
    const NAME: &str;

    /// The key of the entry, unique in its file.
    fn key(&self) -> String;

    /// The sources of the entry.
    fn sources(&self) -> Vec<&Source> {
        Vec::new()
    }

    /// The addresses that pages link to; they must be https.
    fn addresses(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// Reads a file of `[[name]]` tables. Their keys must differ and their addresses begin with `https://`.
fn entries<T: Entry>(files: &Files) -> Result<Vec<T>, LoadError> {
    let (file, mut tables): (_, BTreeMap<String, Vec<T>>) = files.parse(T::FILE)?;
    let entries = tables.remove(T::NAME).unwrap_or_default();
    if entries.is_empty() || !tables.is_empty() {
        return Err(file.error(
            None,
            format!("this file must hold [[{}]] tables and nothing else", T::NAME),
        ));
    }
    if u16::try_from(entries.len()).is_err() {
        return Err(file.error(None, "more than 65,535 entries"));
    }
    let mut seen = BTreeSet::new();
    for entry in &entries {
        let key = entry.key();
        if let Some(address) = entry.addresses().into_iter().find(|it| !it.starts_with("https://")) {
            return Err(file.error_at(address, "an address must begin with https://"));
        }
        if !seen.insert(key.clone()) {
            return Err(file.error_at(&key, format!("“{key}” stands here twice")));
        }
    }
    Ok(entries)
}
