//! A plan: choices that are sufficient for an objection.

use veto_content::catalog::Catalog;
use veto_content::facts::{Authority, Country, CountryId, Service};

use crate::{Accounts, Choices, Length, Services};

/// A service or two, a country, and the optional choices.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    services: Services,
    country: CountryId,
    choices: Choices,
}

impl Plan {
    /// `services` and `country` are those of `choices`.
    pub(crate) fn new(services: Services, country: CountryId, choices: Choices) -> Self {
        Self {
            services,
            country,
            choices,
        }
    }

    /// All choices, the optional ones too.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// The services.
    pub fn services(&self) -> Services {
        self.services
    }

    /// The country of residence.
    pub fn country<'a>(&self, catalog: &'a Catalog) -> &'a Country {
        &catalog.facts.countries[self.country]
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
            Services::Both(Accounts::Linked) | Services::One(_) => self.form().as_slice(),
        }
    }

    /// The services that the text of this objection names.
    pub fn covered(&self) -> &'static [Service] {
        match self.services {
            Services::Both(Accounts::Linked) => &Service::ALL,
            Services::Both(_) | Services::One(_) => self.form().as_slice(),
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

    /// The same plan with this length of the text.
    #[must_use]
    pub fn at_length(&self, length: Length) -> Self {
        Self {
            choices: Choices { length, ..self.choices },
            ..*self
        }
    }

    /// The supervisory authority where the person lives; `None` if the country has several and no region is chosen.
    pub fn authority<'a>(&self, catalog: &'a Catalog) -> Option<&'a Authority> {
        let mut all = catalog.facts.authorities_of(self.country(catalog));
        match (self.choices.region, all.next(), all.next()) {
            (Some(region), _, _) => Some(&catalog.facts.authorities[region]),
            (None, only, None) => only.map(|(_, authority)| authority),
            (None, _, Some(_)) => None,
        }
    }

    /// The same plan at its second objection, if this is the first of two.
    pub fn next_objection(&self) -> Option<Self> {
        let mut rest = self.objections().iter().skip_while(|service| **service != self.form());
        rest.nth(1).map(|service| self.at(*service))
    }
}
