//! A visitor's choices. Every value is valid.

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Authority, AuthorityId, CountryId, Facts, IdSet, PageJourneyId, Service, ServiceId};

use crate::{Day, Key, Plan, Reply};

/// Whether the accounts of several services are in the same Accounts Centre of Meta.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accounts {
    /// Yes: one objection covers all.
    Linked,
    /// No: each needs its own objection.
    Separate,
    /// The person does not know: object for each, to be safe.
    #[default]
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

/// A person on a family's sheet: a letter, never a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person(u8);

/// What an objection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A service.
    Service(ServiceId),
    /// What a journey on one page is about.
    Journey(PageJourneyId),
}

/// An objection: a line of a record or of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose objection it is, on a family's sheet. A record is about one person and names none.
    pub person: Option<Person>,
    /// What it is for; a journey only if it names no person.
    pub target: Target,
    /// The day on which the objection was made.
    pub day: Option<Day>,
    /// What the company replied; `None` as long as it has not.
    pub state: Option<Reply>,
}

/// What a visitor has chosen so far; some choices may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Services of journeys.
    pub(crate) services: IdSet<Service>,
    /// Only with several services.
    pub(crate) accounts: Accounts,
    pub(crate) country: Option<CountryId>,
    /// The service whose form is to be filled in now: one of several, and not the first.
    pub(crate) form: Option<ServiceId>,
    /// The authority of the region. Only together with its country.
    pub(crate) region: Option<AuthorityId>,
    /// In the order of persons, services and journeys, at most one for each of both; at most [`Entry::LIMIT`] name a person.
    pub(crate) entries: Vec<Entry>,
    pub(crate) length: Length,
    /// The language of the text, if it is not the page's.
    pub(crate) text: Option<LocaleId>,
}

impl Choices {
    /// The services.
    pub fn services(&self) -> IdSet<Service> {
        self.services
    }

    /// Whether the accounts belong together. Only of interest with several services.
    pub fn accounts(&self) -> Accounts {
        self.accounts
    }

    /// The country of residence.
    pub fn country(&self) -> Option<CountryId> {
        self.country
    }

    /// The service whose form is to be filled in now, if it is not the first.
    pub fn form(&self) -> Option<ServiceId> {
        self.form
    }

    /// The supervisory authority where the person lives; `None` if no country is chosen, or if it has several and no region is
    /// chosen.
    pub fn authority<'a>(&self, catalog: &'a Catalog) -> Option<&'a Authority> {
        let facts = &catalog.facts;
        let mut all = facts.authorities_of(&facts.countries[self.country?]);
        match (self.region, all.next(), all.next()) {
            (Some(region), _, _) => Some(&facts.authorities[region]),
            (None, only, None) => only.map(|(_, authority)| authority),
            (None, _, Some(_)) => None,
        }
    }

    /// The objections that were made, in the order of services and journeys.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry for a service that names no person.
    pub fn entry(&self, service: ServiceId) -> Option<&Entry> {
        self.entry_for(Target::Service(service))
    }

    /// The entry for `target` that names no person.
    pub fn entry_for(&self, target: Target) -> Option<&Entry> {
        let mut entries = self.entries.iter().filter(|entry| entry.person.is_none());
        entries.find(|entry| entry.target == target)
    }

    /// The entries for journeys on one page.
    pub fn journeys(&self) -> impl Iterator<Item = (PageJourneyId, &Entry)> {
        let entries = self.entries.iter();
        entries.filter_map(|entry| match entry.target {
            Target::Journey(journey) => Some((journey, entry)),
            Target::Service(_) => None,
        })
    }

    /// The same choices with an entry for `journey`.
    #[must_use]
    pub fn with_journey(mut self, journey: PageJourneyId) -> Self {
        let target = Target::Journey(journey);
        if self.entry_for(target).is_none() {
            self.entries.push(Entry {
                person: None,
                target,
                day: None,
                state: None,
            });
            self.entries.sort_by_key(Entry::place);
        }
        self
    }

    /// The length of the text.
    pub fn length(&self) -> Length {
        self.length
    }

    /// The language of the text, if it is not the page's.
    pub fn text(&self) -> Option<LocaleId> {
        self.text
    }

    /// The same choices, with `country` as the default country.
    #[must_use]
    pub fn or_country(mut self, country: Option<CountryId>) -> Self {
        self.country = self.country.or(country);
        self
    }

    /// The same choices without that of `key`.
    #[must_use]
    pub fn without(&self, key: Key) -> Self {
        let mut choices = self.clone();
        match key {
            Key::Service => {
                choices.services = IdSet::default();
                choices.accounts = Accounts::default();
                choices.form = None;
            }
            Key::Accounts => choices.accounts = Accounts::default(),
            Key::Country => {
                choices.country = None;
                choices.region = None;
            }
            Key::Region => choices.region = None,
            Key::Form => choices.form = None,
            Key::Entry | Key::Person | Key::Day | Key::State => choices.entries.clear(),
            Key::Length => choices.length = Length::default(),
            Key::Text => choices.text = None,
        }
        choices
    }

    /// The same choices for these services.
    #[must_use]
    pub fn for_services(&self, services: impl IntoIterator<Item = ServiceId>) -> Self {
        Self {
            services: services.into_iter().collect(),
            form: None,
            ..self.clone()
        }
    }

    /// The same choices with this length of the text.
    #[must_use]
    pub fn at_length(mut self, length: Length) -> Self {
        self.length = length;
        self
    }

    /// The same choices with the text in this language.
    #[must_use]
    pub fn with_text(mut self, text: Option<LocaleId>) -> Self {
        self.text = text;
        self
    }

    /// The same choices without one entry.
    #[must_use]
    pub fn without_entry(&self, entry: &Entry) -> Self {
        let mut choices = self.clone();
        choices.entries.retain(|other| other != entry);
        choices
    }

    /// The same choices with the day of the objection for `service`, if they do not have it yet.
    #[must_use]
    pub fn or_day(mut self, service: ServiceId, day: Day) -> Self {
        let mut entries = self.entries.iter_mut().filter(|entry| entry.person.is_none());
        match entries.find(|entry| entry.target == Target::Service(service)) {
            Some(entry) => entry.day = entry.day.or(Some(day)),
            None => self.entries.push(Entry {
                person: None,
                target: Target::Service(service),
                day: Some(day),
                state: None,
            }),
        }
        self.entries.sort_by_key(Entry::place);
        self
    }

    /// The plan, if service and country are chosen.
    pub fn plan(&self) -> Option<Plan> {
        let first = self.services.iter().next()?;
        Some(Plan::new(self.form.unwrap_or(first), self.country?, self.clone()))
    }
}

impl Person {
    /// Their letters in a query.
    const LETTERS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

    /// All persons.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..8).map(Self)
    }

    /// Its number, from 0.
    pub fn index(self) -> usize {
        self.0.into()
    }

    /// The value in a query.
    pub fn as_str(self) -> &'static str {
        Self::LETTERS[self.index()]
    }

    /// Parses what [`Person::as_str`] gives.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        Self::all().find(|person| person.as_str() == value)
    }
}

impl Entry {
    /// The largest number of entries that name a person: enough for a family, and few enough for an address.
    pub const LIMIT: usize = 16;

    /// The service, if it is for one.
    pub fn service(&self) -> Option<ServiceId> {
        match self.target {
            Target::Service(service) => Some(service),
            Target::Journey(_) => None,
        }
    }

    /// The key by which entries are sorted: services come before journeys.
    pub(crate) fn place(&self) -> (Option<Person>, bool, usize) {
        match self.target {
            Target::Service(service) => (self.person, false, service.index()),
            Target::Journey(journey) => (self.person, true, journey.index()),
        }
    }
}

impl Target {
    /// Its id in a query: that of the service or of the journey.
    pub fn id(self, facts: &Facts) -> &str {
        match self {
            Self::Service(service) => &facts.services[service].id,
            Self::Journey(journey) => &facts.page_journeys[journey].id,
        }
    }

    /// What has this id: a service, or a journey whose objection is a letter, too.
    pub(crate) fn parse(id: &str, facts: &Facts) -> Option<Self> {
        let with_letter = |journey: &PageJourneyId| facts.page_journeys[*journey].letter.is_some();
        let journey = || facts.page_journey(id).filter(with_letter).map(Self::Journey);
        facts.service(id).map(Self::Service).or_else(journey)
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

impl Length {
    /// The length with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|length| length.as_str() == name)
    }

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
