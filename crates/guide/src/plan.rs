//! A plan: choices that are sufficient for an objection.

use veto_content::catalog::Catalog;
use veto_content::facts::{
    Authority, Controller, Country, CountryId, Facts, IdSet, JourneyId, Law, Service, ServiceId,
};

use crate::{Accounts, Choices, Length};

/// One or several services, a country, and the optional choices.
#[derive(Clone, Debug)]
pub struct Plan {
    form: ServiceId,
    country: CountryId,
    choices: Choices,
}

impl Plan {
    /// `form` is one of the services of `choices`, and `country` is their country.
    pub(crate) fn new(form: ServiceId, country: CountryId, choices: Choices) -> Self {
        Self { form, country, choices }
    }

    /// All choices, the optional ones too.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// The services; never empty.
    pub fn services(&self) -> IdSet<Service> {
        self.choices.services
    }

    /// The journey that the person is on.
    pub fn journey(&self, facts: &Facts) -> JourneyId {
        facts.journey_of(self.form).unwrap_or_default()
    }

    /// The country of residence.
    pub fn country<'a>(&self, catalog: &'a Catalog) -> &'a Country {
        &catalog.facts.countries[self.country]
    }

    /// The law that applies where the person lives.
    pub fn law<'a>(&self, catalog: &'a Catalog) -> &'a Law {
        catalog.facts.law_of(self.country(catalog))
    }

    /// The controller of the person's data, to which letters go.
    ///
    /// # Panics
    /// When the plan is of another catalog: each service of a journey has a controller for each country.
    pub fn controller<'a>(&self, catalog: &'a Catalog) -> &'a Controller {
        let controller = catalog.facts.controller(self.form, self.country(catalog));
        controller.expect("each service of a journey has a controller")
    }

    /// The service whose form is to be filled in now.
    pub fn form(&self) -> ServiceId {
        self.form
    }

    /// Whether one objection covers the accounts of several services.
    pub fn is_linked(&self) -> bool {
        self.services().len() > 1 && self.choices.accounts == Accounts::Linked
    }

    /// The services whose forms have to be filled in, in order: one objection each.
    pub fn objections(&self) -> IdSet<Service> {
        if self.is_linked() {
            IdSet::default().with(self.form)
        } else {
            self.services()
        }
    }

    /// The services that the text of this objection names.
    pub fn covered(&self) -> IdSet<Service> {
        if self.is_linked() {
            self.services()
        } else {
            IdSet::default().with(self.form)
        }
    }

    /// The names of the services that the text of this objection names.
    pub fn covered_names<'a>(&self, facts: &'a Facts) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let covered = self.covered().iter();
        covered.map(|service| facts.services[service].name.as_str())
    }

    /// The same plan at the form of `service`, which is one of its objections.
    #[must_use]
    pub fn at(&self, service: ServiceId) -> Self {
        let is_first = self.services().iter().next() == Some(service);
        let choices = Choices {
            form: Some(service).filter(|_| !is_first),
            ..self.choices.clone()
        };
        Self::new(service, self.country, choices)
    }

    /// The same plan with this length of the text.
    #[must_use]
    pub fn at_length(&self, length: Length) -> Self {
        let choices = Choices {
            length,
            ..self.choices.clone()
        };
        Self { choices, ..*self }
    }

    /// As [`Choices::authority`].
    pub fn authority<'a>(&self, catalog: &'a Catalog) -> Option<&'a Authority> {
        self.choices.authority(catalog)
    }

    /// The number of this objection among [`Plan::objections`], from 1.
    pub fn objection_number(&self) -> usize {
        let before = self.objections().iter().take_while(|service| *service != self.form);
        before.count() + 1
    }

    /// The same plan at its next objection, if this is not the last.
    pub fn next_objection(&self) -> Option<Self> {
        let next = self.objections().iter().nth(self.objection_number());
        next.map(|service| self.at(service))
    }
}
