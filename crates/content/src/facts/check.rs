//! Consistency checks across the files of `data/`.

use super::{Confidence, Controller, Event, Facts, Form, Ground, Service, Trouble};
use crate::facts::{Authority, Entry};
use crate::files::{Files, LoadError};

/// The maximum number of grounds: `Grounds` of the guide is a set of 64 bits.
const GROUNDS_LIMIT: usize = 64;

impl Facts {
    /// Checks that the files are consistent with each other.
    ///
    /// # Errors
    /// The first contradiction, with file, line and reason.
    pub(super) fn check(&self, files: &Files) -> Result<(), LoadError> {
        self.check_links(files)?;
        self.check_forms(files)?;
        self.check_controllers(files)?;
        self.check_countries(files)?;
        if self.grounds.len() > GROUNDS_LIMIT {
            let reason = format!("more than {GROUNDS_LIMIT} grounds");
            return Err(files.read(Ground::FILE)?.error(None, reason));
        }
        self.check_troubles(files)?;
        self.check_confidence(files)
    }

    /// "Confirmed" means that several sources agree.
    fn check_confidence(&self, files: &Files) -> Result<(), LoadError> {
        let claims = self.claims.iter();
        let claims = claims.map(|(key, claim)| ("data/claims.toml", key, claim.confidence, &claim.sources));
        let events = self.timeline.values();
        let events = events.map(|event| (Event::FILE, &event.id, event.confidence, &event.sources));
        for (file, key, confidence, sources) in claims.chain(events) {
            if confidence == Confidence::Confirmed && sources.iter().count() < 2 {
                let reason = format!("“{key}” is “confirmed”, but has one source only");
                return Err(files.read(file)?.error_at(key, reason));
            }
        }
        Ok(())
    }

    fn check_links(&self, files: &Files) -> Result<(), LoadError> {
        let mut addresses = self.links.values().map(|page| &page.address);
        match addresses.find(|address| !address.starts_with("https://")) {
            Some(address) => {
                let file = files.read("data/links.toml")?;
                Err(file.error_at(address, "an address must begin with https://"))
            }
            None => Ok(()),
        }
    }

    fn check_forms(&self, files: &Files) -> Result<(), LoadError> {
        for service in Service::ALL {
            if self.forms_of(service).next().is_none() {
                let reason = format!("{} has no form", service.name());
                return Err(files.read(Form::FILE)?.error(None, reason));
            }
        }
        Ok(())
    }

    fn check_controllers(&self, files: &Files) -> Result<(), LoadError> {
        for controller in self.controllers.values() {
            let lead = &controller.lead_authority;
            if self.authorities.find(|authority| authority.id == *lead).is_none() {
                let reason = format!("data/authorities.toml has no authority “{lead}”");
                return Err(files.read(Controller::FILE)?.error_at(lead, reason));
            }
        }
        Ok(())
    }

    fn check_countries(&self, files: &Files) -> Result<(), LoadError> {
        for country in self.countries.values() {
            let code = &country.code;
            let mut controllers = self.controllers.values();
            if !controllers.any(|controller| controller.laws.contains(&country.law)) {
                let reason = format!("there is no controller for people in {code}");
                return Err(files.read(Controller::FILE)?.error(None, reason));
            }
            if self.authorities_of(country).next().is_none() {
                let reason = format!("{code} has no authority");
                return Err(files.read(Authority::FILE)?.error(None, reason));
            }
        }
        Ok(())
    }

    fn check_troubles(&self, files: &Files) -> Result<(), LoadError> {
        for trouble in self.troubles.values() {
            let file = files.read(Trouble::FILE)?;
            if !(1..=7).contains(&trouble.step) {
                return Err(file.error_at(&trouble.id, "a step has a number from 1 to 7"));
            }
            if let Some(claim) = trouble.claims.iter().find(|claim| !self.claims.contains_key(*claim)) {
                return Err(file.error_at(claim, format!("data/claims.toml has no claim “{claim}”")));
            }
        }
        Ok(())
    }
}
