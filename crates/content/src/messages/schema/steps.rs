//! Texts of the steps: `steps.toml`, `journeys/*.toml`, `text.toml`, `troubles.toml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{PerLaw, Section};
use crate::facts::{Ground, GroundGroup, Law, Subject};
use crate::messages::{Html, Pattern, PerService, PlainText, SinglePattern};

/// File `steps.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    pub position: Pattern,
    pub objection: Pattern,
    pub linked: Pattern,
    pub todo: PlainText,
    pub then: PlainText,
    pub trouble: PlainText,
    pub there: PlainText,
    pub sent: PlainText,
    pub tab: Section,
    pub next: SinglePattern,
    pub previous: SinglePattern,
    pub drawing: DrawingTexts,
    pub form: FormTexts,
    pub your_country: SinglePattern,
}

/// File `journeys/{id}.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JourneyTexts {
    /// The heading of the list of steps.
    pub list: PlainText,
    /// By the id of the step.
    pub steps: BTreeMap<String, StepTexts>,
    pub end: LastStepTexts,
}

/// The texts that every step has.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepTexts {
    pub name: PlainText,
    /// One line for the list of the steps on the company's page; needed if the step is there.
    pub hint: Option<PlainText>,
    /// The link to the next step, if it is not named by that step.
    pub next: Option<PlainText>,
    pub notice: Option<Html>,
    pub title: PerService,
    pub lead: PerService,
    pub todo: PerService,
    pub then: Option<Html>,
    /// The text alternative of the drawing; needed if there is one.
    pub drawing: Option<PerService>,
}

/// The labels in the drawing of Meta's form.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawingTexts {
    pub caption: PlainText,
    pub here: PlainText,
    pub older: PlainText,
    pub country: PlainText,
    pub email: PlainText,
    pub explanation: PlainText,
    pub more: PlainText,
    pub send: PlainText,
    pub password: PlainText,
    pub sign_in: PlainText,
    pub code: PlainText,
    pub mail: PlainText,
}

/// Texts of the step that shows the form.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormTexts {
    pub open: PerService,
    pub host: SinglePattern,
    pub confirmed: SinglePattern,
    pub confirmed_long_ago: SinglePattern,
    pub known_until: SinglePattern,
    pub tried: SinglePattern,
    pub named: SinglePattern,
    pub dead: PlainText,
    pub older: PlainText,
    pub older_open: SinglePattern,
    pub menus: PlainText,
    pub menus_help: Html,
    pub withdrawn: Section,
    pub abroad: Section,
    #[serde(default)]
    pub notes: Vec<Note>,
    pub general: Section,
    pub letter: Section,
}

/// A text for people under some laws only.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    laws: Vec<String>,
    pub body: Html,
}

impl Note {
    /// Whether this is for people under `law`.
    pub fn is_for(&self, law: &Law) -> bool {
        self.laws.contains(&law.id)
    }
}

/// Texts of the last step.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastStepTexts {
    pub next_service: PerService,
    pub reply: PlainText,
    pub next_person: PlainText,
    pub shared: Section,
    pub done: Section,
    pub linked: Html,
}

/// File `trouble_page.toml`: the page of all problems.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TroublePage {
    /// The link to this page from a step.
    pub link: PlainText,
    pub title: PlainText,
    pub lead: Html,
    pub filter: PlainText,
    pub none: PlainText,
    pub report: PlainText,
    pub report_help: Html,
}

/// A problem at a step, and its solution.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TroubleTexts {
    pub problem: PlainText,
    pub help: Html,
}

/// File `text.toml`: the copy box with the text for Meta, and its options.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextPage {
    pub label: PlainText,
    pub help: Html,
    pub characters: SinglePattern,
    pub tested: Html,
    pub tested_translated: Html,
    pub own: Html,
    pub copy: PlainText,
    pub copied: PlainText,
    pub copy_failed: PlainText,
    pub plain: PlainText,
    pub reasons: PlainText,
    pub reasons_help: Html,
    pub more: PlainText,
    pub apply: PlainText,
    pub apply_help: Html,
    pub options: PlainText,
    pub changed: PlainText,
    pub shortened: PlainText,
    pub added: PlainText,
    pub kept: PlainText,
    pub fresh: PlainText,
    pub unknown: SinglePattern,
    pub too_long: PlainText,
    pub groups: GroundGroups,
    pub special_category: PlainText,
    pub length: PlainText,
    pub short: PlainText,
    pub full: PlainText,
    pub language: PlainText,
    /// Above the translation of a text in another language than the page's.
    pub translation: PlainText,
    pub law: PlainText,
    pub laws: PerLaw<Html>,
    pub law_name: SinglePattern,
    pub no_advice: Html,
}

/// The labels of a ground.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundLabels {
    pub label: PlainText,
    /// Needed if the ground is common.
    pub short: Option<PlainText>,
    /// By the subject of the objection, where it is another one than a person's own posts.
    #[serde(default)]
    about: BTreeMap<Subject, PlainText>,
}

impl GroundLabels {
    /// The label in an objection about `subject`; none if `ground`, whose labels these are, does not fit.
    pub fn of(&self, ground: &Ground, subject: Subject) -> Option<&PlainText> {
        let own = self.about.get(&subject);
        own.or_else(|| ground.fits(subject).then_some(&self.label))
    }
}

/// The headings of the groups of grounds.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundGroups {
    pub people: PlainText,
    pub sensitive: PlainText,
    pub work: PlainText,
    pub control: PlainText,
}

impl GroundGroups {
    /// The heading of a group.
    pub fn of(&self, group: GroundGroup) -> &PlainText {
        match group {
            GroundGroup::People => &self.people,
            GroundGroup::Sensitive => &self.sensitive,
            GroundGroup::Work => &self.work,
            GroundGroup::Control => &self.control,
        }
    }
}
