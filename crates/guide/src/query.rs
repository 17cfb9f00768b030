//! Choices as a query: parsed once, and written back in one canonical form.
//!
//! Equal choices always give the same query: one order, no defaults, no unknown keys. So each page has one address, which
//! contains nothing personal.

use std::borrow::Cow;
use std::fmt;

use strum::{EnumIter, IntoEnumIterator as _};
use veto_content::catalog::Catalog;
use veto_content::facts::{Facts, ServiceId};

use crate::{Accounts, Choices, Day, Entry, Length, Person, Reply, Target, visible};

/// Initial capacity for a query, in bytes.
const CAPACITY: usize = 64;

/// An unknown value of a known key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    /// The key for which it was given.
    pub key: Key,
    /// The value, as [`visible`] shows it.
    pub value: String,
    /// What the entry before it is for, for a day or a state.
    pub entry: Option<Target>,
}

/// The keys of a query, in canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Key {
    /// `service=facebook`, repeatable
    Service,
    /// `accounts=linked|separate|unsure`, only with several services
    Accounts,
    /// `country=AT`
    Country,
    /// `region=DE-BY`, only with its country
    Region,
    /// `form=instagram`, only with several services
    Form,
    /// `entry=facebook.2026-11-24.confirmed`: an objection with its day and what was replied; repeatable. A
    /// journey on one page has its id in place of the service. On a family's sheet it begins with the person: `entry=b.facebook.2026-11-24`
    Entry,
    /// `person=b` in a form: the person of the entry behind it. Becomes a part of `entry`.
    Person,
    /// `day=24.11.2026` in a form: the day of the entry before it, or of the form, or of all entries if there is no service.
    /// Becomes a part of `entry`.
    Day,
    /// `state=confirmed` in a form: what was replied to the entry before it. Becomes a part of `entry`.
    State,
    /// `length=full`
    Length,
    /// `text=de`
    Text,
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
            Self::Entry => "entry",
            Self::Person => "person",
            Self::Day => "day",
            Self::State => "state",
            Self::Length => "length",
            Self::Text => "text",
        }
    }

    /// Whether `query` has this key with an empty value.
    pub fn is_empty_in(self, query: &str) -> bool {
        form_urlencoded::parse(query.as_bytes()).any(|(key, value)| key == self.as_str() && value.is_empty())
    }

    /// Whether `query` has this key, with any value.
    pub fn is_in(self, query: &str) -> bool {
        // Each request needs it, so nothing is decoded that is not encoded.
        let is_this = |pair: &[u8]| {
            let key = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
            let is_encoded = key.iter().any(|byte| matches!(byte, b'%' | b'+'));
            key == self.as_str().as_bytes()
                || is_encoded && form_urlencoded::parse(key).any(|(key, _)| key == self.as_str())
        };
        query.as_bytes().split(|byte| *byte == b'&').any(is_this)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Choices {
    /// Parses a query, without its `?`. Unknown keys and empty values are dropped; of two values for one choice the first
    /// applies. Unknown values of known keys are returned with the valid choices. An empty region counts as unknown, and
    /// empty days do if no entry has one: their forms ask for nothing else, so they were submitted without an answer.
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
        let mut empty_day = None;
        for (key, value) in pairs {
            let (key, value) = (key.as_ref(), value.as_ref());
            let Some(key) = Key::iter().find(|known| known.as_str() == key) else {
                continue;
            };
            let report = |draft: &Draft| UnknownValue {
                key,
                value: visible(value),
                entry: draft.entry.map(|index| draft.choices.entries[index].target),
            };
            match key {
                Key::Day if value.is_empty() => {
                    // A form of the sheet asks for one person; that of the record asks for several days, and some may be empty.
                    if draft
                        .entry
                        .is_some_and(|index| draft.choices.entries[index].person.is_some())
                    {
                        unknown.push(report(&draft));
                    } else {
                        empty_day = Some(report(&draft));
                    }
                    draft.without_day.extend(draft.entry);
                }
                _ if value.is_empty() && key != Key::Region => {}
                _ if draft.set(key, value, catalog).is_none() => unknown.push(report(&draft)),
                _ => {}
            }
        }
        let choices = draft.finish(catalog);
        let has_day = choices.entries.iter().any(|entry| entry.day.is_some());
        unknown.extend(empty_day.filter(|_| !has_day));
        (choices, unknown)
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
        for service in self.services.iter() {
            add(Key::Service, &facts.services[service].id);
        }
        if self.services.len() > 1 {
            add(Key::Accounts, self.accounts.as_str());
        }
        if let Some(country) = self.country {
            add(Key::Country, &facts.countries[country].code);
        }
        if let Some(region) = self.region.and_then(|id| facts.authorities[id].region.as_deref()) {
            add(Key::Region, region);
        }
        if let Some(service) = self.form {
            add(Key::Form, &facts.services[service].id);
        }
        for entry in &self.entries {
            pairs.push((Key::Entry, entry.value(facts).into()));
        }
        let mut add = |key, value: &'a str| pairs.push((key, value.into()));
        if self.length != Length::default() {
            add(Key::Length, self.length.as_str());
        }
        if let Some(text) = self.text {
            add(Key::Text, &catalog.language(text).code);
        }
        pairs
    }
}

impl Entry {
    /// The value of the key `entry`: `facebook.2026-11-24.confirmed`.
    pub fn value(&self, facts: &Facts) -> String {
        let mut value = self.target.id(facts).to_owned();
        if let Some(person) = self.person {
            value = format!("{}.{value}", person.as_str());
        }
        let day = self.day.map(|day| day.to_string());
        let state = self.state.map(|state| state.as_str().to_owned());
        for part in day.into_iter().chain(state) {
            value.push('.');
            value.push_str(&part);
        }
        value
    }

    /// Parses what [`Entry::value`] writes.
    fn parse(value: &str, facts: &Facts) -> Option<Self> {
        let person = value.split_once('.').and_then(|(first, _)| Person::parse(first));
        let mut parts = value.split('.').skip(usize::from(person.is_some()));
        let mut entry = Self {
            person,
            target: Target::parse(parts.next()?, facts)?,
            day: None,
            state: None,
        };
        for part in parts {
            match (Day::parse(part), part.parse()) {
                (Some(day), _) if entry.day.is_none() && entry.state.is_none() => entry.day = Some(day),
                (None, Ok(state)) if entry.state.is_none() => entry.state = Some(state),
                _ => return None,
            }
        }
        Some(entry)
    }
}

/// Choices during parsing: keys come in any order, and of two values the first applies.
#[derive(Default)]
struct Draft {
    accounts: Option<Accounts>,
    form: Option<ServiceId>,
    length: Option<Length>,
    /// The person of the entry that follows.
    person: Option<Person>,
    /// The entry that was given last, by its index.
    entry: Option<usize>,
    /// The entries whose day was left empty in a form, by their index.
    without_day: Vec<usize>,
    /// Day and state that came before any entry.
    day: Option<Day>,
    state: Option<Reply>,
    choices: Choices,
}

impl Draft {
    /// Sets one value; `None` if it is unknown.
    fn set(&mut self, key: Key, value: &str, catalog: &Catalog) -> Option<()> {
        let facts = &catalog.facts;
        let service = || {
            facts
                .service(value)
                .filter(|service| facts.journey_of(*service).is_some())
        };
        match key {
            Key::Service => self.choices.services = self.choices.services.with(service()?),
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
            Key::Form => {
                self.form.get_or_insert(service()?);
            }
            Key::Entry => {
                let entry = Entry::parse(value, facts)?;
                let person = entry.person.or(self.person.take());
                self.add(Entry { person, ..entry })?;
            }
            Key::Person => self.person = Some(Person::parse(value)?),
            Key::Day => {
                let day = Day::parse(value)?;
                let entry = self.entry.map(|index| &mut self.choices.entries[index].day);
                entry.unwrap_or(&mut self.day).get_or_insert(day);
            }
            Key::State => {
                let state = value.parse().ok()?;
                let entry = self.entry.map(|index| &mut self.choices.entries[index].state);
                entry.unwrap_or(&mut self.state).get_or_insert(state);
            }
            Key::Length => {
                self.length.get_or_insert(Length::parse(value)?);
            }
            Key::Text => {
                self.choices.text.get_or_insert(catalog.letter_locale(value)?);
            }
        }
        Some(())
    }

    /// Adds an entry; of two for one person and service the first applies, and keys that follow are about it. `None` if
    /// there are too many that name a person, or if a person's is for a journey.
    fn add(&mut self, entry: Entry) -> Option<()> {
        if entry.person.is_some() && entry.service().is_none() {
            return None;
        }
        let entries = &mut self.choices.entries;
        let is_same = |known: &Entry| (known.person, known.target) == (entry.person, entry.target);
        let known = entries.iter().position(is_same);
        if known.is_none() && entry.person.is_some() {
            let of_persons = entries.iter().filter(|entry| entry.person.is_some());
            if of_persons.count() == Entry::LIMIT {
                return None;
            }
        }
        self.entry = known.or(Some(entries.len()));
        if known.is_none() {
            entries.push(entry);
        }
        Some(())
    }

    /// The choices without those that are inconsistent with others.
    fn finish(mut self, catalog: &Catalog) -> Choices {
        let facts = &catalog.facts;
        let services = self.choices.services;
        let first = services.iter().next();
        let form = self
            .form
            .filter(|form| services.contains(*form) && Some(*form) != first);
        if let (Some(service), true) = (form.or(first), self.day.is_some() || self.state.is_some()) {
            _ = self.add(Entry {
                person: None,
                target: Target::Service(service),
                day: self.day,
                state: self.state,
            });
        }
        if first.is_none() {
            // The form of a check-list has one day for all.
            for entry in &mut self.choices.entries {
                entry.day = entry.day.or(self.day);
            }
        }
        let country = self.choices.country.map(|country| &facts.countries[country].code);
        let is_in_country = |region: &_| Some(&facts.authorities[*region].country) == country;
        let entries = self.choices.entries.into_iter().enumerate();
        let entries = entries.filter(|(index, entry)| entry.day.is_some() || !self.without_day.contains(index));
        let mut entries: Vec<Entry> = entries.map(|(_, entry)| entry).collect();
        entries.sort_by_key(Entry::place);
        Choices {
            accounts: self.accounts.filter(|_| services.len() > 1).unwrap_or_default(),
            region: self.choices.region.filter(is_in_country),
            form,
            entries,
            length: self.length.unwrap_or_default(),
            ..self.choices
        }
    }
}
