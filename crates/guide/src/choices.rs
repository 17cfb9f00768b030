//! A visitor's choices. Every value is valid.

use veto_content::catalog::LocaleId;
use veto_content::facts::{AuthorityId, CountryId, GroundId, Service};

use crate::{Day, Key, Plan};

/// The services that a person wants to object for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Services {
    /// One service.
    One(Service),
    /// Facebook and Instagram.
    Both(Accounts),
}

/// Whether the accounts of both services are in the same Accounts Centre of Meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// Yes: one objection covers both.
    Linked,
    /// No: each needs its own objection.
    Separate,
    /// The person does not know: object for each, to be safe.
    Unsure,
}

/// The length of the text for Meta.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// A few sentences.
    #[default]
    Short,
    /// All rights named and each ground explained.
    Full,
}

/// A set of grounds. `Facts::load` allows at most 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grounds(u64);

impl Grounds {
    /// Whether `ground` is in the set.
    pub fn contains(self, ground: GroundId) -> bool {
        self.0 & (1 << ground.index()) != 0
    }

    /// The set with `ground`.
    #[must_use]
    pub fn with(self, ground: GroundId) -> Self {
        Self(self.0 | (1 << ground.index()))
    }

    /// Whether no ground is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a visitor has chosen so far; some choices may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub(crate) services: Option<Services>,
    pub(crate) country: Option<CountryId>,
    /// With both services: whether the form to fill in now is that of Instagram.
    pub(crate) instagram_now: bool,
    /// The authority of the region. Only together with its country.
    pub(crate) region: Option<AuthorityId>,
    pub(crate) day: Option<Day>,
    pub(crate) length: Length,
    /// The language of the text, if it is not the page's.
    pub(crate) text: Option<LocaleId>,
    pub(crate) grounds: Grounds,
}

impl Choices {
    /// The services.
    pub fn services(&self) -> Option<Services> {
        self.services
    }

    /// The country of residence.
    pub fn country(&self) -> Option<CountryId> {
        self.country
    }

    /// The day on which the objection was made.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// The length of the text.
    pub fn length(&self) -> Length {
        self.length
    }

    /// The language of the text, if it is not the page's.
    pub fn text(&self) -> Option<LocaleId> {
        self.text
    }

    /// The chosen grounds.
    pub fn grounds(&self) -> Grounds {
        self.grounds
    }

    /// The same choices, with `country` as the default country.
    #[must_use]
    pub fn or_country(self, country: Option<CountryId>) -> Self {
        Self {
            country: self.country.or(country),
            ..self
        }
    }

    /// The same choices without that of `key`.
    #[must_use]
    pub fn without(mut self, key: Key) -> Self {
        match key {
            Key::Service => {
                self.services = None;
                self.instagram_now = false;
            }
            Key::Accounts => {
                if let Some(Services::Both(accounts)) = &mut self.services {
                    *accounts = Accounts::Unsure;
                }
            }
            Key::Country => {
                self.country = None;
                self.region = None;
            }
            Key::Region => self.region = None,
            Key::Form => self.instagram_now = false,
            Key::Day => self.day = None,
            Key::Length => self.length = Length::default(),
            Key::Text => self.text = None,
            Key::Ground => self.grounds = Grounds::default(),
        }
        self
    }

    /// The plan, if service and country are chosen.
    pub fn plan(self) -> Option<Plan> {
        Some(Plan::new(self.services?, self.country?, self))
    }
}

impl Accounts {
    /// All values, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Linked, Self::Separate, Self::Unsure];

    /// The value in a query.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Separate => "separate",
            Self::Unsure => "unsure",
        }
    }
}

impl Services {
    /// Both services in a query.
    pub const BOTH: &'static str = "both";
}

impl Length {
    /// All values.
    pub const ALL: [Self; 2] = [Self::Short, Self::Full];

    /// The value in a query.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Full => "full",
        }
    }
}
