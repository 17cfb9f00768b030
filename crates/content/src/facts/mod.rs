//! The facts of `data/` as types, with sources and dates. Whatever Meta, a court or an authority may change belongs
//! there and nowhere else.
//!
//! Lives here: one module per data file with its type, and the checks that entries are complete, dated, sourced and
//! consistent. Must not live here: words that a visitor reads, and HTTP.

mod authority;
mod check;
mod company;
mod controller;
mod country;
mod entry;
mod event;
mod evidence;
mod form;
mod ground;
mod id_set;
mod journey;
mod keyed;
mod law;
mod lesson;
mod menu;
mod opt_out;
mod outgoing;
mod page_journey;
mod quiz;
mod service;
mod slide;
mod statement;
mod table;
mod trouble;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};

pub use authority::{Authority, Reliability};
pub use company::Company;
pub use controller::Controller;
pub use country::Country;
pub use event::{Event, EventKind};
pub use evidence::{Confidence, PartialDate, Precision, Source, Sources, host, year_month_day};
pub use form::Form;
pub use ground::{Ground, GroundGroup, Subject};
pub use id_set::IdSet;
pub use journey::{Drawing, Journey, JourneyStep, Part, Question};
pub use keyed::{Claim, CompanyPage, NamedDate, TestedSentence};
pub use law::{Complaint, Law};
pub use lesson::{Lesson, LessonPart};
pub use menu::Menu;
pub use opt_out::{
    Basis, DataKind, DefaultUse, MenuPath, Nothing, OptOut, Preset, Recipient, Role, ServiceKind, Turn, Way, WayKind,
};
pub use outgoing::Outgoing;
pub use page_journey::{Icon, PageJourney, PageStep, Place, is_of_other_pages};
pub use quiz::{QuizStatement, Truth};
pub use service::Service;
pub use slide::Slide;
pub use statement::{Evidence, Stated, Support};
pub use table::{Id, Table};
pub use trouble::Trouble;

use crate::codes::with_standard;
use crate::files::{Files, LoadError, REFERENCE_LANGUAGE};
use crate::messages::markup::References;
use company::Companies;
use entry::{Entry, FileEntry, check_entries, entries};
use opt_out::OptOutEntries;
use page_journey::PageJourneys;

/// The id of a country in [`Facts::countries`].
pub type CountryId = Id<Country>;
/// The id of an authority in [`Facts::authorities`].
pub type AuthorityId = Id<Authority>;
/// The id of a ground in [`Facts::grounds`].
pub type GroundId = Id<Ground>;
/// The id of a service in [`Facts::services`].
pub type ServiceId = Id<Service>;
/// The id of an entry of [`Facts::opt_outs`].
pub type OptOutId = Id<OptOut>;
/// The id of a journey in [`Facts::journeys`].
pub type JourneyId = Id<Journey>;
/// The id of a journey in [`Facts::page_journeys`].
pub type PageJourneyId = Id<PageJourney>;

/// Everything in `data/`, complete and consistent.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Facts {
    /// The laws that give the right to object.
    pub laws: Table<Law>,
    /// The countries whose residents can object.
    pub countries: Table<Country>,
    /// The companies.
    pub companies: Table<Company>,
    /// The services of all companies, at most [`IdSet::LIMIT`]: first those of journeys, in the order of these.
    pub services: Table<Service>,
    /// The forms of all companies; each service of a journey has at least one, newest first.
    pub forms: Table<Form>,
    /// Pages of companies, by key.
    pub links: BTreeMap<String, CompanyPage>,
    /// What services that have no journey do with data for AI training, in the order of the companies.
    pub opt_outs: Table<OptOut>,
    /// The ways out of it.
    pub ways: Table<Way>,
    /// Whom to write to about it.
    pub recipients: Table<Recipient>,
    /// Lists of services to choose at once.
    pub presets: Table<Preset>,
    /// The ways to object, step by step.
    pub journeys: Table<Journey>,
    /// The journeys on one page, in the order of their numbers.
    pub page_journeys: Table<PageJourney>,
    /// The authorities; each country has at least one.
    pub authorities: Table<Authority>,
    /// The controllers of all companies; a company with a journey has one for each law.
    pub controllers: Table<Controller>,
    /// Menu paths to the forms.
    pub menus: Table<Menu>,
    /// The grounds to choose from; at most [`IdSet::LIMIT`].
    pub grounds: Table<Ground>,
    /// The events of the timeline, oldest first.
    pub timeline: Table<Event>,
    /// The statements for a class to judge.
    pub quiz: Table<QuizStatement>,
    /// The slides for a class about why.
    pub slides: Table<Slide>,
    /// Lessons, minute by minute.
    pub lessons: Table<Lesson>,
    /// Reported problems.
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
        let Companies {
            all: companies,
            mut services,
            controllers,
            mut forms,
            menus,
            mut links,
            opt_outs:
                OptOutEntries {
                    opt_outs,
                    ways,
                    recipients,
                },
        } = Companies::load(files)?;
        let mut timeline: Vec<Event> = entries(files)?;
        // An operator's entries come last in their files.
        let journeys = journey::load(files)?;
        let of_pages = PageJourneys::load(files)?;
        let mut claims: BTreeMap<String, Claim> = files.parse("data/claims.toml")?.1;
        for (key, page) in of_pages.links {
            if links.contains_key(&key) {
                return Err(files
                    .read(&page.file)?
                    .error_at(&key, format!("a company has the link “{key}”")));
            }
            links.insert(key, page);
        }
        for (key, claim) in of_pages.claims {
            if claims.contains_key(&key) {
                let reason = format!("data/claims.toml has the claim “{key}”");
                return Err(files.read(claim.file())?.error_at(&key, reason));
            }
            claims.insert(key, claim);
        }
        let of_journeys = || journeys.iter().flat_map(|journey| &journey.services);
        services.sort_by_key(|service| of_journeys().position(|id| *id == service.id).unwrap_or(usize::MAX));
        forms.sort_by_key(|form| Reverse(form.generation));
        timeline.sort_by_key(|event| event.date);
        let facts = Self {
            laws: entries(files)?.into(),
            countries: entries(files)?.into(),
            companies: companies.into(),
            services: services.into(),
            forms: forms.into(),
            links,
            opt_outs: opt_outs.into(),
            ways: ways.into(),
            recipients: recipients.into(),
            presets: entries(files)?.into(),
            journeys: journeys.into(),
            page_journeys: of_pages.all.into(),
            authorities: entries(files)?.into(),
            controllers: controllers.into(),
            menus: menus.into(),
            grounds: entries(files)?.into(),
            timeline: timeline.into(),
            quiz: entries(files)?.into(),
            slides: entries(files)?.into(),
            lessons: entries(files)?.into(),
            troubles: entries(files)?.into(),
            claims,
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

    /// The law that applies to people in `country`.
    ///
    /// # Panics
    /// When `country` is not from these facts: [`Facts::load`] checks that each of their countries has a law.
    pub fn law_of(&self, country: &Country) -> &Law {
        let mut laws = self.laws.values();
        laws.find(|law| law.id == country.law).expect("each country has a law")
    }

    /// The law that is assumed as long as the country is not known: the first one.
    ///
    /// # Panics
    /// Never: a file without entries does not load.
    pub fn default_law(&self) -> &Law {
        self.laws.values().next().expect("there is a law")
    }

    /// The authorities of a country: one, or one for each region.
    pub fn authorities_of(&self, country: &Country) -> impl Iterator<Item = (AuthorityId, &Authority)> {
        let authorities = self.authorities.iter();
        authorities.filter(|(_, authority)| authority.country == country.code)
    }

    /// The controller of the data that `service` has of people in `country`, if one is known.
    pub fn controller(&self, service: ServiceId, country: &Country) -> Option<&Controller> {
        let company = &self.services[service].company;
        let mut controllers = self.controllers.values();
        controllers.find(|controller| controller.company == *company && controller.laws.contains(&country.law))
    }

    /// The grounds with these ids; unknown ones are left out.
    pub fn grounds_of<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> IdSet<Ground> {
        let ids = ids.into_iter();
        ids.filter_map(|id| self.grounds.find(|ground| ground.id == id))
            .collect()
    }

    /// The service `id`.
    pub fn service(&self, id: &str) -> Option<ServiceId> {
        self.services.find(|service| service.id == id)
    }

    /// The journey to which the choice of `service` leads, if there is one.
    pub fn journey_of(&self, service: ServiceId) -> Option<JourneyId> {
        let company = &self.services[service].company;
        let company = self.companies.values().find(|other| other.id == *company)?;
        let id = company.journey.as_ref()?;
        let journey = self.journeys.find(|journey| journey.id == *id)?;
        let has_it = self.journeys[journey].services.contains(&self.services[service].id);
        has_it.then_some(journey)
    }

    /// The journey to which the question for the service leads: that of the first company that has one.
    ///
    /// # Panics
    /// Never: [`Facts::load`] checks that there is one.
    pub fn main_journey(&self) -> JourneyId {
        let journey = self.services.ids().find_map(|service| self.journey_of(service));
        journey.expect("a company has a journey")
    }

    /// The journey `id` on one page.
    pub fn page_journey(&self, id: &str) -> Option<PageJourneyId> {
        self.page_journeys.find(|journey| journey.id == id)
    }

    /// The journey on one page with this number.
    pub fn page_journey_with_number(&self, number: u16) -> Option<PageJourneyId> {
        self.page_journeys.find(|journey| journey.number == number)
    }

    /// The journey on one page whose letter has the address `path` below the language.
    pub fn journey_with_letter(&self, path: &str) -> Option<PageJourneyId> {
        self.page_journeys
            .find(|journey| journey.letter.is_some() && journey.letter_path == path)
    }

    /// Whom the letter of `journey` goes to for people under `law`, if it is known.
    pub fn recipient_of<'a>(&'a self, journey: &'a PageJourney, law: &Law) -> Option<&'a Controller> {
        let of_company = self
            .controllers
            .values()
            .filter(|controller| controller.company == journey.company);
        let mut controllers: Vec<&Controller> = of_company.collect();
        if !journey.controllers.is_empty() {
            controllers = journey.controllers.iter().collect();
        }
        controllers
            .into_iter()
            .find(|controller| controller.laws.contains(&law.id))
    }

    /// The services of `journey`, in the order of its file.
    pub fn services_of(&self, journey: JourneyId) -> impl Iterator<Item = ServiceId> {
        let services = self.journeys[journey].services.iter();
        services.filter_map(|id| self.service(id))
    }

    /// The forms of one service, newest first.
    pub fn forms_of(&self, service: ServiceId) -> impl Iterator<Item = &Form> + Clone {
        let id = &self.services[service].id;
        self.forms.values().filter(move |form| form.service == *id)
    }

    /// The forms of one service that the company has not closed, newest first.
    pub fn open_forms_of(&self, service: ServiceId) -> impl Iterator<Item = &Form> + Clone {
        self.forms_of(service).filter(|form| form.withdrawn.is_none())
    }

    /// What `service` does with data for AI training, if it has no journey.
    pub fn opt_out(&self, service: &str) -> Option<OptOutId> {
        self.opt_outs.find(|opt_out| opt_out.id == service)
    }

    /// The ways out of `opt_out` for people under `law`.
    pub fn ways_of<'a>(&'a self, opt_out: &'a OptOut, law: &'a Law) -> impl Iterator<Item = &'a Way> + Clone {
        let ways = self.ways.values().filter(|way| way.service == opt_out.id);
        ways.filter(|way| way.laws.is_empty() || way.laws.contains(&law.id))
    }

    /// Whom people under `law` write to about `opt_out`: the controller first.
    pub fn recipients_of(&self, opt_out: &OptOut, law: &Law) -> Vec<&Recipient> {
        let service = self.services.values().find(|service| service.id == opt_out.id);
        let company = service.map(|service| &service.company);
        let recipients = self.recipients.values().filter(|it| {
            let has_it = it.services.is_empty() || it.services.contains(&opt_out.id);
            Some(&it.company) == company && has_it && it.laws.contains(&law.id)
        });
        let (mut all, rest): (Vec<_>, Vec<_>) = recipients.partition(|it| it.role == Role::Controller);
        all.extend(rest);
        all
    }

    /// The menu paths for `service` with labels in `language`; or else in that of which it is a variant, or in English.
    pub fn menus_of(&self, service: ServiceId, language: &str) -> Vec<&Menu> {
        let id = &self.services[service].id;
        let of_service = self.menus.values().filter(|menu| menu.services.contains(id));
        let codes = with_standard(language).chain([REFERENCE_LANGUAGE]);
        let mut menus = codes.map(|code| of_service.clone().filter(|menu| menu.language == code).collect());
        menus.find(|menus: &Vec<_>| !menus.is_empty()).unwrap_or_default()
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

    fn laws(&self) -> Vec<&str> {
        self.laws.values().map(|law| law.id.as_str()).collect()
    }

    fn services(&self) -> Vec<&Service> {
        let services = self.services.iter();
        let services = services.take_while(|(id, _)| self.journey_of(*id).is_some());
        services.map(|(_, service)| service).collect()
    }

    fn journeys(&self) -> Vec<&str> {
        self.journeys.values().map(|journey| journey.id.as_str()).collect()
    }

    fn page_journeys(&self) -> Vec<&str> {
        self.page_journeys.values().map(|journey| journey.id.as_str()).collect()
    }
}
