//! Texts of the seven steps: `steps.toml`, `text.toml`, `troubles.toml`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Laws, Section};
use crate::messages::{Html, PerService, PlainText, SinglePattern};

/// File `steps.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    pub list: PlainText,
    pub position: SinglePattern,
    pub first: PerService,
    pub second: PerService,
    pub linked: PerService,
    pub todo: PlainText,
    pub then: PlainText,
    pub trouble: PlainText,
    pub next: SinglePattern,
    pub previous: SinglePattern,
    pub drawing: DrawingTexts,
    pub sign_in: StepTexts,
    pub open_form: StepTexts,
    pub contact: StepTexts,
    pub explain: StepTexts,
    pub submit: StepTexts,
    pub code: StepTexts,
    pub confirmation: StepTexts,
    pub form: FormTexts,
    pub your_country: SinglePattern,
    pub end: LastStepTexts,
}

/// The texts that every step has.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepTexts {
    pub name: PlainText,
    pub title: PerService,
    pub lead: PerService,
    pub todo: PerService,
    pub then: Option<Html>,
    pub drawing: PerService,
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

/// Texts of step 2 only.
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
    pub united_kingdom: Html,
    pub general: Section,
    pub letter: Section,
}

/// Texts of step 7 only.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastStepTexts {
    pub next_service: PerService,
    pub reply: PlainText,
    pub done: Section,
    pub linked: Html,
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
    pub change: PlainText,
    pub change_help: Html,
    pub groups: GroundGroups,
    pub special_category: PlainText,
    pub length: PlainText,
    pub short: PlainText,
    pub full: PlainText,
    pub language: PlainText,
    pub show: PlainText,
    pub reset: PlainText,
    pub law: PlainText,
    pub laws: Laws<Html>,
    pub law_name: SinglePattern,
    pub no_advice: Html,
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
