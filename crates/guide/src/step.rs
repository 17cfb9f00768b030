//! The steps of the journeys in `data/journeys/`.

use veto_content::facts::{Facts, JourneyId, JourneyStep, Part};
use veto_content::files::{Files, LoadError};
use veto_content::messages::{JourneyTexts, Messages, StepTexts};

use crate::{Letter, Reply, Status};

/// The first parts of the addresses of pages: a journey must not have one of these names.
pub const RESERVED: &[&str] = &[
    "topic",
    "ways",
    "start",
    "text.txt",
    "everything",
    "reply",
    "status",
    "finish",
    "shared-device",
    "days",
    "troubles",
    "record",
    "record.ics",
    "year.ics",
    "authority",
    "letter",
    "why",
    "timeline",
    "sources",
    "changes",
    "privacy",
    "accessibility",
    "languages",
    "mistakes",
    "company",
    "objection",
    "complaint",
    "check-list",
    "check-list.ics",
    "school",
    "family",
    "share",
    "share.svg",
    "everything.html",
    "static",
];

/// A step of a journey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    journey: JourneyId,
    index: usize,
}

impl Step {
    /// All steps of a journey, in order.
    pub fn all(journey: JourneyId, facts: &Facts) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + use<> {
        (0..facts.journeys[journey].steps.len()).map(move |index| Self { journey, index })
    }

    /// The first step of a journey.
    pub fn first(journey: JourneyId) -> Self {
        Self { journey, index: 0 }
    }

    /// The step of a journey that shows `part`; the first one if none does.
    pub fn showing(part: Part, journey: JourneyId, facts: &Facts) -> Self {
        let shows = |step: &Self| step.entry(facts).shows.contains(&part);
        Self::all(journey, facts)
            .find(shows)
            .unwrap_or_else(|| Self::first(journey))
    }

    /// The step at a path below the language, such as `meta-account/sign-in`.
    pub fn at(path: &str, facts: &Facts) -> Option<Self> {
        let mut steps = facts.journeys.ids().flat_map(|journey| Self::all(journey, facts));
        steps.find(|step| step.entry(facts).path == path)
    }

    /// Its journey.
    pub fn journey(self) -> JourneyId {
        self.journey
    }

    /// Its entry in `data/`.
    pub fn entry(self, facts: &Facts) -> &JourneyStep {
        &facts.journeys[self.journey].steps[self.index]
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self.index + 1
    }

    /// The step after this one.
    pub fn next(self, facts: &Facts) -> Option<Self> {
        Self::all(self.journey, facts).nth(self.index + 1)
    }

    /// The step before this one.
    pub fn previous(self) -> Option<Self> {
        let index = self.index.checked_sub(1)?;
        Some(Self { index, ..self })
    }

    /// The texts of its journey.
    ///
    /// # Panics
    /// When `messages` are not those of the same catalog as `facts`.
    pub fn journey_texts<'a>(self, facts: &Facts, messages: &'a Messages) -> &'a JourneyTexts {
        &messages.journeys[&facts.journeys[self.journey].id]
    }

    /// Its texts.
    ///
    /// # Panics
    /// As [`Step::journey_texts`].
    pub fn texts<'a>(self, facts: &Facts, messages: &'a Messages) -> &'a StepTexts {
        &self.journey_texts(facts, messages).steps[&self.entry(facts).id]
    }
}

/// Checks that the names of journeys are no page's, that no step leads on from the end, and that their letters, replies and
/// statuses exist.
///
/// # Errors
/// The first fault, with file, line and reason.
pub(crate) fn check(files: &Files, facts: &Facts) -> Result<(), LoadError> {
    let pages = facts
        .page_journeys
        .values()
        .map(|journey| (&journey.id, journey.file()));
    let journeys = facts.journeys.values().map(|journey| (&journey.id, journey.file()));
    for (id, path) in journeys.chain(pages) {
        if RESERVED.contains(&id.as_str()) {
            let reason = format!("“{id}” is the address of a page: the journey needs another name");
            return Err(files.read(&path)?.error(None, reason));
        }
    }
    for journey in facts.journeys.values() {
        let file = files.read(&journey.file())?;
        let mut before_last = journey.steps.iter().rev().skip(1);
        if let Some(end) = before_last.find(|step| step.shows.contains(&Part::End)) {
            let reason = format!("“{}” shows the end, but is not the last step", end.id);
            return Err(file.error_at(&end.id, reason));
        }
        let letter = journey.letters.iter().find(|letter| letter.parse::<Letter>().is_err());
        let reply = journey.replies.iter().find(|reply| reply.parse::<Reply>().is_err());
        let status = journey.statuses.iter().find(|status| status.parse::<Status>().is_err());
        for (unknown, kind) in [(letter, "letter"), (reply, "reply"), (status, "status")] {
            if let Some(unknown) = unknown {
                return Err(file.error_at(unknown, format!("there is no {kind} “{unknown}”")));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_of_a_journey_lead_to_each_other() {
        let catalog = crate::load(&Files::embedded()).unwrap();
        let facts = &catalog.facts;
        for journey in facts.journeys.ids() {
            let steps: Vec<Step> = Step::all(journey, facts).collect();
            assert_eq!(steps[0], Step::first(journey));
            for (index, step) in steps.iter().enumerate() {
                assert_eq!(step.number(), index + 1);
                assert_eq!(Step::at(&step.entry(facts).path, facts), Some(*step));
                assert_eq!(step.next(facts), steps.get(index + 1).copied());
                assert_eq!(step.previous(), index.checked_sub(1).map(|index| steps[index]));
            }
        }
        for path in ["meta-account", "meta-account/", "meta-account/4", "x/sign-in", ""] {
            assert_eq!(Step::at(path, facts), None, "{path}");
        }
    }
}
