//! Consistency checks across the files of `data/`.

use super::{
    Authority, Confidence, Country, Event, Facts, FileEntry as _, Ground, IdSet, Law, Lesson, Part, Preset,
    QuizStatement, Service, Trouble, Truth,
};
use super::{company, journey};
use crate::files::{Files, LoadError, SourceFile};

impl Facts {
    /// Checks that the files are consistent with each other.
    ///
    /// # Errors
    /// The first contradiction, with file, line and reason.
    pub(super) fn check(&self, files: &Files) -> Result<(), LoadError> {
        self.check_laws(files)?;
        self.check_journeys(files)?;
        self.check_page_journeys(files)?;
        self.check_controllers(files)?;
        self.check_opt_outs(files)?;
        self.check_countries(files)?;
        if self.grounds.len() > IdSet::<Ground>::LIMIT {
            let reason = format!("more than {} grounds", IdSet::<Ground>::LIMIT);
            return Err(files.read(Ground::FILE)?.error(None, reason));
        }
        self.check_troubles(files)?;
        self.check_quiz(files)?;
        self.check_lessons(files)?;
        self.check_confidence(files)
    }

    /// "Confirmed" means that several sources agree.
    fn check_confidence(&self, files: &Files) -> Result<(), LoadError> {
        let claims = self.claims.iter();
        let claims = claims.map(|(key, claim)| (claim.file(), key, claim.confidence, &claim.sources));
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

    fn check_laws(&self, files: &Files) -> Result<(), LoadError> {
        for law in self.laws.values() {
            let file = files.read(Law::FILE)?;
            if !self.laws.values().any(|other| other.id == law.texts) {
                return Err(file.error_at(&law.texts, format!("there is no law “{}”", law.texts)));
            }
            self.check_claims(&file, &law.claims)?;
        }
        Ok(())
    }

    /// Checks that the claims of an entry of `file` exist.
    fn check_claims(&self, file: &SourceFile, claims: &[String]) -> Result<(), LoadError> {
        match claims.iter().find(|claim| !self.claims.contains_key(*claim)) {
            Some(claim) => Err(file.error_at(claim, format!("data/claims.toml has no claim “{claim}”"))),
            None => Ok(()),
        }
    }

    /// Checks that what journeys refer to exists, and that each has what its steps show.
    fn check_journeys(&self, files: &Files) -> Result<(), LoadError> {
        for journey in self.journeys.values() {
            let file = files.read(&journey.file())?;
            let fail = |key: &str, reason: String| Err(file.error_at(key, reason));
            if !self.companies.values().any(|company| company.id == journey.company) {
                return fail(
                    &journey.company,
                    format!("there is no file {}", company::path(&journey.company)),
                );
            }
            for id in &journey.services {
                match self.service(id) {
                    Some(service) if self.services[service].company == journey.company => {
                        if self.forms_of(service).next().is_none() {
                            return fail(id, format!("the service “{id}” has no form"));
                        }
                    }
                    _ => return fail(id, format!("the company has no service “{id}”")),
                }
            }
            for trouble in journey.steps.iter().flat_map(|step| &step.troubles) {
                if !self.troubles.values().any(|known| known.id == *trouble) {
                    return fail(trouble, format!("data/troubles.toml has no trouble “{trouble}”"));
                }
            }
            for part in [Part::Form, Part::Text] {
                if !journey.steps.iter().any(|step| step.shows.contains(&part)) {
                    return Err(file.error(None, format!("a journey needs a step that shows {part:?}")));
                }
            }
        }
        for company in self.companies.values() {
            let Some(id) = &company.journey else { continue };
            if !self
                .journeys
                .values()
                .any(|journey| journey.id == *id && journey.company == company.id)
            {
                let reason = format!("the company has no journey “{id}” in {}", journey::FOLDER);
                return Err(files.read(&company.file())?.error_at(id, reason));
            }
        }
        let journeys = self.services.ids().filter_map(|service| self.journey_of(service));
        if journeys.count() == 0 {
            let file = company::FOLDER.to_owned();
            let reason = "no company has a journey".to_owned();
            return Err(LoadError {
                file,
                line: None,
                reason,
            });
        }
        if self.services.len() > IdSet::<Service>::LIMIT {
            let file = company::FOLDER.to_owned();
            let reason = format!("more than {} services", IdSet::<Service>::LIMIT);
            return Err(LoadError {
                file,
                line: None,
                reason,
            });
        }
        Ok(())
    }

    /// Checks that what journeys on one page refer to exists.
    fn check_page_journeys(&self, files: &Files) -> Result<(), LoadError> {
        for journey in self.page_journeys.values() {
            let file = files.read(&journey.file())?;
            let fail = |key: &str, reason: String| Err(file.error_at(key, reason));
            if !self.companies.values().any(|company| company.id == journey.company) {
                let reason = format!("there is no file {}", company::path(&journey.company));
                return fail(&journey.company, reason);
            }
            let laws = journey.laws.iter().flatten();
            let mut laws = laws.chain(journey.controllers.iter().flat_map(|controller| &controller.laws));
            if let Some(law) = laws.find(|law| !self.laws.values().any(|known| known.id == **law)) {
                return fail(law, format!("data/laws.toml has no law “{law}”"));
            }
            if let Some(key) = journey.links().find(|key| !self.links.contains_key(*key)) {
                return fail(key, format!("there is no link “{key}”"));
            }
            let mut services = journey.steps.iter().flat_map(|step| &step.services);
            let has_journey = |id: &&String| self.service(id).and_then(|service| self.journey_of(service)).is_some();
            if let Some(id) = services.find(|id| !has_journey(id)) {
                return fail(id, format!("there is no service “{id}” with steps"));
            }
            let mut journeys = journey.steps.iter().flat_map(|step| &step.journeys);
            if let Some(id) = journeys.find(|id| self.page_journey(id).is_none()) {
                return fail(id, format!("there is no journey “{id}” on one page"));
            }
            let no_text = |key: &&String| !journey.texts().any(|text| text == *key);
            if let Some(key) = journey.letter.iter().find(no_text) {
                return fail(key, format!("no step has the text “{key}”"));
            }
            if journey.reasons.is_some() && journey.letter.is_none() {
                return fail("reasons", "reasons are for a letter, but there is none".to_owned());
            }
            if let Some(law) = self.laws.values().find(|law| self.recipient_of(journey, law).is_none()) {
                return Err(file.error(None, format!("there is no controller for people under {}", law.id)));
            }
        }
        Ok(())
    }

    fn check_controllers(&self, files: &Files) -> Result<(), LoadError> {
        for controller in self.controllers.values() {
            let file = files.read(&company::path(&controller.company))?;
            let lead = &controller.lead_authority;
            if self.authorities.find(|authority| authority.id == *lead).is_none() {
                let reason = format!("data/authorities.toml has no authority “{lead}”");
                return Err(file.error_at(lead, reason));
            }
            let unknown = |id: &&String| !self.laws.values().any(|law| law.id == **id);
            if let Some(law) = controller.laws.iter().find(unknown) {
                return Err(file.error_at(law, format!("data/laws.toml has no law “{law}”")));
            }
        }
        Ok(())
    }

    /// Checks that services with ways out are not those of a journey, that their laws exist, and that presets name them.
    fn check_opt_outs(&self, files: &Files) -> Result<(), LoadError> {
        let unknown = |law: &&String| !self.laws.values().any(|known| known.id == **law);
        let no_law = |law: &String| format!("data/laws.toml has no law “{law}”");
        for service in self.services.values() {
            let Some(opt_out) = self.opt_out(&service.id) else {
                continue;
            };
            let opt_out = &self.opt_outs[opt_out];
            let file = || files.read(&company::path(&service.company));
            let affected = opt_out.affected.iter().flat_map(|affected| &affected.is);
            if let Some(law) = affected.chain(&opt_out.outdated_for).find(unknown) {
                return Err(file()?.error_at(law, no_law(law)));
            }
            if self
                .service(&service.id)
                .and_then(|service| self.journey_of(service))
                .is_some()
            {
                let reason = format!("“{}” has a journey, so it needs no [[opt_out]]", service.id);
                return Err(file()?.error_at(&service.id, reason));
            }
        }
        for recipient in self.recipients.values() {
            if let Some(law) = recipient.laws.iter().find(unknown) {
                return Err(files
                    .read(&company::path(&recipient.company))?
                    .error_at(law, no_law(law)));
            }
        }
        for service in self.presets.values().flat_map(|preset| &preset.services) {
            if self.service(service).is_none() {
                let reason = format!("there is no service “{service}”");
                return Err(files.read(Preset::FILE)?.error_at(service, reason));
            }
        }
        Ok(())
    }

    fn check_countries(&self, files: &Files) -> Result<(), LoadError> {
        for country in self.countries.values() {
            let code = &country.code;
            if !self.laws.values().any(|law| law.id == country.law) {
                let reason = format!("data/laws.toml has no law “{}”", country.law);
                return Err(files.read(Country::FILE)?.error_at(&country.law, reason));
            }
            let mut services = self.services.iter().filter(|(id, _)| self.journey_of(*id).is_some());
            if let Some((_, service)) = services.find(|(id, _)| self.controller(*id, country).is_none()) {
                let reason = format!("there is no controller for people in {code}");
                return Err(files.read(&company::path(&service.company))?.error(None, reason));
            }
            if self.authorities_of(country).next().is_none() {
                let reason = format!("{code} has no authority");
                return Err(files.read(Authority::FILE)?.error(None, reason));
            }
        }
        Ok(())
    }

    /// A statement about which sources contradict each other is open.
    fn check_quiz(&self, files: &Files) -> Result<(), LoadError> {
        for statement in self.quiz.values() {
            let file = files.read(QuizStatement::FILE)?;
            self.check_claims(&file, &statement.claims)?;
            if statement.claims.is_empty() {
                let reason = format!("the statement “{}” needs a claim", statement.id);
                return Err(file.error_at(&statement.id, reason));
            }
            let is_disputed = |key: &&String| self.claims[*key].confidence == Confidence::Conflicting;
            if statement.truth != Truth::Open
                && let Some(claim) = statement.claims.iter().find(is_disputed)
            {
                let reason = format!("sources contradict each other about “{claim}”: the statement is “open”");
                return Err(file.error_at(&statement.id, reason));
            }
        }
        Ok(())
    }

    /// The parts of a lesson follow each other without a gap and end with it; their slides and statements exist.
    fn check_lessons(&self, files: &Files) -> Result<(), LoadError> {
        let has_slide = |id: &String| self.slides.values().any(|slide| slide.id == *id);
        let has_statement = |id: &String| self.quiz.values().any(|statement| statement.id == *id);
        for lesson in self.lessons.values() {
            let fail = |reason: String| {
                let reason = format!("lesson of {} minutes: {reason}", lesson.minutes);
                Err(files.read(Lesson::FILE)?.error(None, reason))
            };
            if let Some((begin, part)) = lesson.from_the_start().find(|(begin, part)| part.until <= *begin) {
                return fail(format!("“{}” must end after minute {begin}", part.id));
            }
            if lesson.parts.last().map(|part| part.until) != Some(lesson.minutes) {
                return fail("the last part must end with the lesson".to_owned());
            }
            for part in &lesson.parts {
                if let Some(id) = part.slides.iter().find(|id| !has_slide(id)) {
                    return fail(format!("there is no slide “{id}”"));
                }
                if let Some(id) = part.statements.iter().find(|id| !has_statement(id)) {
                    return fail(format!("there is no statement “{id}”"));
                }
            }
        }
        Ok(())
    }

    fn check_troubles(&self, files: &Files) -> Result<(), LoadError> {
        for trouble in self.troubles.values() {
            let file = files.read(Trouble::FILE)?;
            self.check_claims(&file, &trouble.claims)?;
            if let Some(id) = trouble.journeys.iter().find(|id| self.page_journey(id).is_none()) {
                return Err(file.error_at(id, format!("there is no journey “{id}” on one page")));
            }
        }
        Ok(())
    }
}
