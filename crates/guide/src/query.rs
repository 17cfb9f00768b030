//! Choices as a query: parsed once, and written back in one canonical form.
//!
//! Equal choices always give the same query: one order, no defaults, no unknown keys. So each page has one address, which
//! contains nothing personal.

use std::borrow::Cow;
use std::fmt;

use strum::{EnumIter, IntoEnumIterator as _};
use veto_content::catalog::Catalog;
use veto_content::facts::Service;

use crate::{Accounts, Choices, Day, Length, Services};

/// Initial capacity for a query, in bytes.
const CAPACITY: usize = 64;

/// An unknown value of a known key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    /// The key for which it was given.
    pub key: Key,
    /// The value.
    pub value: String,
}

/// The keys of a query, in canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Key {
    /// `service=facebook|instagram|both`
    Service,
    /// `accounts=linked|separate|unsure`, only with both services
    Accounts,
    /// `country=AT`
    Country,
    /// `region=DE-BY`, only with its country
    Region,
    /// `form=instagram`, only with both services
    Form,
    /// `day=2026-11-24`
    Day,
    /// `length=full`
    Length,
    /// `text=de`
    Text,
    /// `ground=children`, repeatable
    Ground,
}

impl Key {
    /// The key in a query.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Accounts => "accounts",
            Self::Country => "country",
            Self::Region => "region",
            Self::Form => "form",
            Self::Day => "day",
            Self::Length => "length",
            Self::Text => "text",
            Self::Ground => "ground",
        }
    }

    /// Whether `query` has this key, with any value.
    pub fn is_in(self, query: &str) -> bool {
        form_urlencoded::parse(query.as_bytes()).any(|(key, _)| key == self.as_str())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Choices {
    /// Parses a query, without its `?`. Unknown keys and empty values are dropped; of two values for one choice the first
    /// applies. Unknown values of known keys are returned with the valid choices. An empty day or region counts as unknown:
    /// its form asks for nothing else, so it was submitted without an answer.
    pub fn parse(query: &str, catalog: &Catalog) -> (Self, Vec<UnknownValue>) {
        Self::from_pairs(form_urlencoded::parse(query.as_bytes()), catalog)
    }

    /// As [`Choices::parse`], from keys and values.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
        catalog: &Catalog,
    ) -> (Self, Vec<UnknownValue>) {
        let mut draft = Draft::default();
        let mut unknown = Vec::new();
        for (key, value) in pairs {
            let (key, value) = (key.as_ref(), value.as_ref());
            let Some(key) = Key::iter().find(|known| known.as_str() == key) else {
                continue;
            };
            let dropped = value.is_empty() && !matches!(key, Key::Day | Key::Region);
            if !dropped && draft.set(key, value, catalog).is_none() {
                let value = value.to_owned();
                unknown.push(UnknownValue { key, value });
            }
        }
        (draft.finish(catalog), unknown)
    }

    /// The canonical query, with its `?`; empty when nothing is chosen.
    pub fn query(&self, catalog: &Catalog) -> String {
        let mut query = String::with_capacity(CAPACITY);
        for (key, value) in self.pairs(catalog) {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(key.as_str());
            query.push('=');
            query.push_str(&value);
        }
        query
    }

    /// The choices whose keys are not in `keys`, for the hidden fields of a form that asks for `keys`.
    pub fn except<'a>(&self, keys: &[Key], catalog: &'a Catalog) -> Vec<(Key, Cow<'a, str>)> {
        let mut pairs = self.pairs(catalog);
        pairs.retain(|(key, _)| !keys.contains(key));
        pairs
    }

    /// Each choice that is not the default, in canonical order.
    fn pairs<'a>(&self, catalog: &'a Catalog) -> Vec<(Key, Cow<'a, str>)> {
        let facts = &catalog.facts;
        let mut pairs: Vec<(Key, Cow<'a, str>)> = Vec::new();
        let mut add = |key, value: &'a str| pairs.push((key, value.into()));
        match self.services {
            Some(Services::One(service)) => add(Key::Service, service.as_str()),
            Some(Services::Both(accounts)) => {
                add(Key::Service, Services::BOTH);
                add(Key::Accounts, accounts.as_str());
            }
            None => {}
        }
        if let Some(country) = self.country {
            add(Key::Country, &facts.countries[country].code);
        }
        if let Some(region) = self.region.and_then(|id| facts.authorities[id].region.as_deref()) {
            add(Key::Region, region);
        }
        if self.instagram_now {
            add(Key::Form, Service::Instagram.as_str());
        }
        if let Some(day) = self.day {
            pairs.push((Key::Day, day.to_string().into()));
        }
        let mut add = |key, value: &'a str| pairs.push((key, value.into()));
        if self.length != Length::default() {
            add(Key::Length, self.length.as_str());
        }
        if let Some(text) = self.text {
            add(Key::Text, &catalog.language(text).code);
        }
        for (id, ground) in facts.grounds.iter() {
            if self.grounds.contains(id) {
                add(Key::Ground, &ground.id);
            }
        }
        pairs
    }
}

/// Choices during parsing: keys come in any order, and of two values the first applies.
#[derive(Default)]
struct Draft {
    accounts: Option<Accounts>,
    form: Option<Service>,
    length: Option<Length>,
    choices: Choices,
}

impl Draft {
    /// Sets one value; `None` if it is unknown.
    fn set(&mut self, key: Key, value: &str, catalog: &Catalog) -> Option<()> {
        let facts = &catalog.facts;
        let service = || Service::ALL.into_iter().find(|service| service.as_str() == value);
        match key {
            Key::Service => {
                let services = match value {
                    Services::BOTH => Services::Both(Accounts::Unsure),
                    _ => Services::One(service()?),
                };
                self.choices.services.get_or_insert(services);
            }
            Key::Accounts => {
                let accounts = Accounts::ALL.into_iter().find(|accounts| accounts.as_str() == value)?;
                self.accounts.get_or_insert(accounts);
            }
            Key::Country => {
                self.choices.country.get_or_insert(facts.country(value)?);
            }
            Key::Region => {
                let region = facts
                    .authorities
                    .find(|authority| authority.region.as_deref() == Some(value))?;
                self.choices.region.get_or_insert(region);
            }
            Key::Day => {
                self.choices.day.get_or_insert(Day::parse(value)?);
            }
            Key::Form => {
                self.form.get_or_insert(service()?);
            }
            Key::Length => {
                let length = Length::ALL.into_iter().find(|length| length.as_str() == value)?;
                self.length.get_or_insert(length);
            }
            Key::Text => {
                self.choices.text.get_or_insert(catalog.locale(value)?);
            }
            Key::Ground => {
                let ground = facts.grounds.find(|ground| ground.id == value)?;
                self.choices.grounds = self.choices.grounds.with(ground);
            }
        }
        Some(())
    }

    /// The choices without those that are inconsistent with others.
    fn finish(self, catalog: &Catalog) -> Choices {
        let facts = &catalog.facts;
        let both = matches!(self.choices.services, Some(Services::Both(_)));
        let services = self.choices.services.map(|services| match (services, self.accounts) {
            (Services::Both(_), Some(accounts)) => Services::Both(accounts),
            (services, _) => services,
        });
        let country = self.choices.country.map(|country| &facts.countries[country].code);
        let is_in_country = |region: &_| Some(&facts.authorities[*region].country) == country;
        Choices {
            services,
            region: self.choices.region.filter(is_in_country),
            instagram_now: self.form == Some(Service::Instagram) && both,
            length: self.length.unwrap_or_default(),
            ..self.choices
        }
    }
}
