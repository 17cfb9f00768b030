//! The visitor's choices: from a query to a plan and back.
//!
//! A query becomes [`Choices`] once, and from then on cannot be wrong. Written back, they are always the same
//! query: one order, no defaults, nothing unknown. So a page has one address, and it holds nothing personal.

use std::borrow::Cow;
use std::fmt;

use super::{Day, Library};
use crate::facts::{Authority, Country, Ground, Service};

/// Room for a query while it is written, in bytes: enough for most of them.
const ROOM: usize = 64;

/// Which services a person wants to object for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Services {
    /// One of them.
    One(Service),
    /// Facebook and Instagram.
    Both(Accounts),
}

/// Whether the accounts of both services are in the same Accounts Centre of Meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// They are: one objection covers both.
    Linked,
    /// They are not: each needs its own.
    Separate,
    /// The person does not know: do both, it costs a minute.
    Unsure,
}

/// How long the text for Meta is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// A few sentences.
    #[default]
    Short,
    /// With each right named and each ground explained.
    Full,
}

/// A set of grounds, by their place in `data/grounds.toml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grounds(u64);

impl Grounds {
    /// Whether the ground at this place is in the set.
    pub fn contains(self, place: usize) -> bool {
        self.0 & (1 << place) != 0
    }

    /// The set with the ground at this place, which must be below 64.
    #[must_use]
    pub fn with(self, place: usize) -> Self {
        Self(self.0 | (1 << place))
    }

    /// Whether nothing is ticked.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a visitor has chosen so far. Each choice is one that exists; some may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The services.
    pub services: Option<Services>,
    /// The country of residence, by its place in `data/countries.toml`.
    pub country: Option<usize>,
    /// That the form of Instagram is the one to fill in now, when both services were chosen.
    pub instagram_now: bool,
    /// In Germany the Land, by the place of its authority in `data/authorities.toml`.
    pub region: Option<usize>,
    /// The day on which the objection was made.
    pub day: Option<Day>,
    /// The length of the text.
    pub length: Length,
    /// The language of the text, by its place among the editions, if it is not the page's.
    pub text: Option<usize>,
    /// The grounds that apply.
    pub grounds: Grounds,
}

/// A choice that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Which choice it was to be.
    pub key: Key,
    /// What came instead.
    pub value: String,
}

/// The keys of a query, in their canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `service=facebook|instagram|both`
    Service,
    /// `accounts=linked|separate|unsure`, only with both services
    Accounts,
    /// `country=AT`
    Country,
    /// `region=DE-BY`, only with the country that it belongs to
    Region,
    /// `form=instagram`, only with both services
    Form,
    /// `day=2026-11-24`
    Day,
    /// `length=full`
    Length,
    /// `text=de`
    Text,
    /// `ground=children`, as often as there are grounds
    Ground,
}

impl Key {
    /// All keys, in order.
    pub const ALL: [Self; 9] = [
        Self::Service,
        Self::Accounts,
        Self::Country,
        Self::Region,
        Self::Form,
        Self::Day,
        Self::Length,
        Self::Text,
        Self::Ground,
    ];

    /// The key as it is written.
    pub fn name(self) -> &'static str {
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

    /// Whether `query` has this key, with whatever value.
    pub fn is_in(self, query: &str) -> bool {
        form_urlencoded::parse(query.as_bytes()).any(|(key, _)| key == self.name())
    }
}

impl Choices {
    /// Reads a query, without its `?`. Unknown keys and empty values are dropped; of two values for one choice the
    /// first counts. What is known as a key but not as a value comes back beside the choices that are right; so does an
    /// empty day or region, since a form that asks for nothing else was sent in without it.
    pub fn parse(query: &str, library: &Library) -> (Self, Vec<Unknown>) {
        Self::from_pairs(form_urlencoded::parse(query.as_bytes()), library)
    }

    /// As [`Choices::parse`], from keys and values.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
        library: &Library,
    ) -> (Self, Vec<Unknown>) {
        let mut draft = Draft::default();
        let mut unknown = Vec::new();
        for (key, value) in pairs {
            let (key, value) = (key.as_ref(), value.as_ref());
            let Some(key) = Key::ALL.into_iter().find(|known| known.name() == key) else {
                continue;
            };
            let dropped = value.is_empty() && !matches!(key, Key::Day | Key::Region);
            if !dropped && draft.set(key, value, library).is_none() {
                let value = value.to_owned();
                unknown.push(Unknown { key, value });
            }
        }
        (draft.choices(library), unknown)
    }

    /// The canonical query, with its `?`; empty when nothing is chosen.
    pub fn query(&self, library: &Library) -> String {
        let mut query = String::with_capacity(ROOM);
        for (key, value) in self.pairs(library) {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(key.name());
            query.push('=');
            query.push_str(&value);
        }
        query
    }

    /// The choices that are not among `keys`, for a form that asks for these and carries the others along.
    pub fn except<'a>(&self, keys: &[Key], library: &'a Library) -> Vec<(Key, Cow<'a, str>)> {
        let mut pairs = self.pairs(library);
        pairs.retain(|(key, _)| !keys.contains(key));
        pairs
    }

    /// Each choice that is not the default, in canonical order.
    fn pairs<'a>(&self, library: &'a Library) -> Vec<(Key, Cow<'a, str>)> {
        let facts = &library.facts;
        let mut pairs: Vec<(Key, Cow<'a, str>)> = Vec::new();
        let mut add = |key, value: &'a str| pairs.push((key, value.into()));
        match self.services {
            Some(Services::One(service)) => add(Key::Service, service.id()),
            Some(Services::Both(accounts)) => {
                add(Key::Service, Services::BOTH);
                add(Key::Accounts, accounts.id());
            }
            None => {}
        }
        if let Some(country) = self.country {
            add(Key::Country, &facts.countries[country].code);
        }
        if let Some(region) = self.region.and_then(|place| facts.authorities[place].region.as_deref()) {
            add(Key::Region, region);
        }
        if self.instagram_now {
            add(Key::Form, Service::Instagram.id());
        }
        if let Some(day) = self.day {
            pairs.push((Key::Day, day.to_string().into()));
        }
        let mut add = |key, value: &'a str| pairs.push((key, value.into()));
        if self.length == Length::Full {
            add(Key::Length, self.length.id());
        }
        if let Some(text) = self.text {
            add(Key::Text, &library.editions[text].words.code);
        }
        for (place, ground) in facts.grounds.iter().enumerate() {
            if self.grounds.contains(place) {
                add(Key::Ground, &ground.id);
            }
        }
        pairs
    }

    /// The plan, if the choices that a plan needs are made.
    pub fn plan(self) -> Option<Plan> {
        Some(Plan {
            services: self.services?,
            country: self.country?,
            choices: self,
        })
    }
}

impl Accounts {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Linked, Self::Separate, Self::Unsure];

    /// How it is written in a query.
    pub fn id(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Separate => "separate",
            Self::Unsure => "unsure",
        }
    }
}

impl Services {
    /// How both services together are written in a query.
    pub const BOTH: &'static str = "both";
}

impl Length {
    /// All of them.
    const ALL: [Self; 2] = [Self::Short, Self::Full];

    /// How it is written in a query.
    pub fn id(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Full => "full",
        }
    }
}

/// Choices while they are read: the accounts may come before the services, and of two values the first counts.
#[derive(Default)]
struct Draft {
    accounts: Option<Accounts>,
    form: Option<Service>,
    length: Option<Length>,
    choices: Choices,
}

impl Draft {
    /// Takes in one value; `None` if there is no such value.
    fn set(&mut self, key: Key, value: &str, library: &Library) -> Option<()> {
        let service = || Service::ALL.into_iter().find(|service| service.id() == value);
        match key {
            Key::Service => {
                let services = match value {
                    Services::BOTH => Services::Both(Accounts::Unsure),
                    _ => Services::One(service()?),
                };
                self.choices.services.get_or_insert(services);
            }
            Key::Accounts => {
                let accounts = Accounts::ALL.into_iter().find(|accounts| accounts.id() == value)?;
                self.accounts.get_or_insert(accounts);
            }
            Key::Country => {
                let place = library.country(value)?;
                self.choices.country.get_or_insert(place);
            }
            Key::Region => {
                let place = library
                    .facts
                    .authorities
                    .iter()
                    .position(|authority| authority.region.as_deref() == Some(value))?;
                self.choices.region.get_or_insert(place);
            }
            Key::Day => {
                let day = Day::parse(value)?;
                self.choices.day.get_or_insert(day);
            }
            Key::Form => {
                self.form.get_or_insert(service()?);
            }
            Key::Length => {
                let length = Length::ALL.into_iter().find(|length| length.id() == value)?;
                self.length.get_or_insert(length);
            }
            Key::Text => {
                let place = library.edition(value)?;
                self.choices.text.get_or_insert(place);
            }
            Key::Ground => {
                let known = |ground: &Ground| ground.id == value;
                let place = library.facts.grounds.iter().position(known)?;
                self.choices.grounds = self.choices.grounds.with(place);
            }
        }
        Some(())
    }

    /// The choices without what makes no sense beside the others.
    fn choices(self, library: &Library) -> Choices {
        let both = matches!(self.choices.services, Some(Services::Both(_)));
        let services = self.choices.services.map(|services| match (services, self.accounts) {
            (Services::Both(_), Some(accounts)) => Services::Both(accounts),
            (services, _) => services,
        });
        let country = self.choices.country.map(|place| &library.facts.countries[place].code);
        let region = self
            .choices
            .region
            .filter(|place| Some(&library.facts.authorities[*place].country) == country);
        Choices {
            services,
            region,
            instagram_now: self.form == Some(Service::Instagram) && both,
            length: self.length.unwrap_or_default(),
            ..self.choices
        }
    }
}

/// Choices that are enough to lead a person through an objection.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The services.
    pub services: Services,
    country: usize,
    choices: Choices,
}

impl Plan {
    /// All choices, the optional ones too.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// The country of residence.
    pub fn country<'a>(&self, library: &'a Library) -> &'a Country {
        &library.facts.countries[self.country]
    }

    /// The service whose form is to be filled in now.
    pub fn form(&self) -> Service {
        match self.services {
            Services::One(service) => service,
            Services::Both(_) if self.choices.instagram_now => Service::Instagram,
            Services::Both(_) => Service::Facebook,
        }
    }

    /// The services whose forms have to be filled in, in order: one objection each.
    pub fn objections(&self) -> &'static [Service] {
        match self.services {
            Services::Both(Accounts::Separate | Accounts::Unsure) => &Service::ALL,
            Services::Both(Accounts::Linked) | Services::One(_) => self.form().alone(),
        }
    }

    /// The services that the text of this objection names.
    pub fn covered(&self) -> &'static [Service] {
        match self.services {
            Services::Both(Accounts::Linked) => &Service::ALL,
            Services::Both(_) | Services::One(_) => self.form().alone(),
        }
    }

    /// The same plan at the form of `service`, which is one of its objections.
    #[must_use]
    pub fn at(&self, service: Service) -> Self {
        let instagram_now = service == Service::Instagram && matches!(self.services, Services::Both(_));
        Self {
            choices: Choices {
                instagram_now,
                ..self.choices
            },
            ..*self
        }
    }

    /// The same plan with a text of this length.
    #[must_use]
    pub fn at_length(&self, length: Length) -> Self {
        Self {
            choices: Choices { length, ..self.choices },
            ..*self
        }
    }

    /// The supervisory authority where the person lives; `None` if the country has several and the region is not chosen.
    pub fn authority<'a>(&self, library: &'a Library) -> Option<&'a Authority> {
        let mut all = library.facts.authorities_of(self.country(library));
        match (self.choices.region, all.next(), all.next()) {
            (Some(region), _, _) => Some(&library.facts.authorities[region]),
            (None, only, None) => only.map(|(_, authority)| authority),
            (None, _, Some(_)) => None,
        }
    }

    /// The same plan at its second objection, when this one is the first of two.
    pub fn next_objection(&self) -> Option<Self> {
        let mut rest = self.objections().iter().skip_while(|service| **service != self.form());
        rest.nth(1).map(|service| self.at(*service))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
