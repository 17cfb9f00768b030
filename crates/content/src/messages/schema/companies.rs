//! Texts about companies without a journey: `company.toml`, `companies.toml`, `company_objection.toml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{LetterText, PerLaw};
use crate::facts::{Basis, DataKind, DefaultUse, Law, Nothing, ServiceKind, Support, WayKind};
use crate::messages::{Html, Pattern, PlainText, SinglePattern};

/// File `company.toml`: what the pages of all services have in common.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyTexts {
    pub title: PlainText,
    pub lead: Html,
    pub step_by_step: PlainText,
    pub filter: FilterTexts,
    pub kinds: KindTexts,
    pub card: CardTexts,
    pub default: DefaultTexts,
    pub support: SupportTexts,
    pub rows: RowTexts,
    pub data: BTreeMap<DataKind, PlainText>,
    pub basis: BasisTexts,
    pub nothing: NothingTexts,
    pub ways: WayTexts,
    pub laws: PerLaw<CompanyLawTexts>,
    pub outdated: Html,
    pub objection: ObjectionPageTexts,
    pub complaint: ComplaintPageTexts,
    pub list: CheckListTexts,
    pub presets: BTreeMap<String, PlainText>,
}

/// The field that filters the overview.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilterTexts {
    pub label: PlainText,
    pub none: PlainText,
}

/// The groups of the overview.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindTexts {
    pub social: PlainText,
    pub assistant: PlainText,
    pub work: PlainText,
    pub creative: PlainText,
    pub everyday: PlainText,
}

impl KindTexts {
    /// The words for a group.
    pub fn of(&self, kind: ServiceKind) -> &PlainText {
        match kind {
            ServiceKind::Social => &self.social,
            ServiceKind::Assistant => &self.assistant,
            ServiceKind::Work => &self.work,
            ServiceKind::Creative => &self.creative,
            ServiceKind::Everyday => &self.everyday,
        }
    }
}

/// What a card of the overview says.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardTexts {
    pub on: PlainText,
    pub off: PlainText,
    pub choice: PlainText,
    pub unknown: PlainText,
    pub minutes: SinglePattern,
    pub login: PlainText,
    pub newest: SinglePattern,
    pub select: PlainText,
    pub button: PlainText,
}

/// What happens if a person does nothing.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultTexts {
    pub on: PlainText,
    pub off: PlainText,
    pub choice: PlainText,
}

impl DefaultTexts {
    /// The sentence.
    pub fn of(&self, default: DefaultUse) -> &PlainText {
        match default {
            DefaultUse::On => &self.on,
            DefaultUse::Off => &self.off,
            DefaultUse::Choice => &self.choice,
        }
    }
}

/// What stands before a statement that not everybody makes.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportTexts {
    pub one: PlainText,
    pub conflicting: PlainText,
    pub inference: PlainText,
}

impl SupportTexts {
    /// The words, unless the statement is well supported.
    pub fn of(&self, support: Support) -> Option<&PlainText> {
        match support {
            Support::Own | Support::Several => None,
            Support::One => Some(&self.one),
            Support::Conflicting => Some(&self.conflicting),
            Support::Inference => Some(&self.inference),
        }
    }
}

/// The labels of the facts.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowTexts {
    pub default: PlainText,
    pub affected: PlainText,
    pub used: PlainText,
    pub not_used: PlainText,
    pub since: PlainText,
    pub basis: PlainText,
    pub reach: PlainText,
    pub only_future: PlainText,
    pub past_too: PlainText,
    pub right: PlainText,
    pub way: PlainText,
    pub note: PlainText,
    pub recipient: PlainText,
}

/// The legal bases.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisTexts {
    pub legitimate_interests: PlainText,
    pub consent: PlainText,
    pub contract: PlainText,
    pub legal_duty: PlainText,
    pub research: PlainText,
}

impl BasisTexts {
    /// The words for a legal basis.
    pub fn of(&self, basis: Basis) -> &PlainText {
        match basis {
            Basis::LegitimateInterests => &self.legitimate_interests,
            Basis::Consent => &self.consent,
            Basis::Contract => &self.contract,
            Basis::LegalDuty => &self.legal_duty,
            Basis::Research => &self.research,
        }
    }
}

/// Why there is no way out.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NothingTexts {
    pub to_do: PlainText,
    pub to_do_help: Html,
    pub found: PlainText,
    pub found_help: Html,
}

impl NothingTexts {
    /// The words, and what they mean.
    pub fn of(&self, nothing: Nothing) -> (&PlainText, &Html) {
        match nothing {
            Nothing::ToDo => (&self.to_do, &self.to_do_help),
            Nothing::Found => (&self.found, &self.found_help),
        }
    }
}

/// The ways out.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WayTexts {
    pub switch: PlainText,
    pub check: PlainText,
    pub form: PlainText,
    pub email: PlainText,
    pub letter: PlainText,
    pub turn_off: PlainText,
    pub turn_on: PlainText,
    pub login: PlainText,
    pub no_login: PlainText,
    pub admin: PlainText,
    pub may_be_missing: PlainText,
    pub only_english: PlainText,
    pub open: PlainText,
}

impl WayTexts {
    /// The words for a way.
    pub fn of(&self, kind: WayKind) -> &PlainText {
        match kind {
            WayKind::Switch => &self.switch,
            WayKind::Check => &self.check,
            WayKind::Form => &self.form,
            WayKind::Email => &self.email,
        }
    }
}

/// What people under one law read.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyLawTexts {
    pub place: PlainText,
    pub article: PlainText,
    pub after: Html,
    pub authority: PlainText,
}

/// The page with the formal objection.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionPageTexts {
    pub link: PlainText,
    pub title: PlainText,
    pub lead: Html,
    pub country: PlainText,
    pub language: PlainText,
    pub button: PlainText,
    pub send: PlainText,
    pub representative: PlainText,
    pub officer: PlainText,
    pub old: PlainText,
    pub no_address: Html,
    pub letter: PlainText,
    pub letter_help: Html,
    pub after: PlainText,
    pub days: PlainText,
}

/// The page with the complaint about a company.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintPageTexts {
    pub lead: Html,
    pub day: PlainText,
    pub outcome: PlainText,
    pub nothing: PlainText,
    pub refused: PlainText,
    pub more: PlainText,
    pub early: SinglePattern,
    pub account: Html,
}

/// The check-list.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckListTexts {
    pub title: PlainText,
    pub lead: Html,
    pub empty: Html,
    pub presets: PlainText,
    pub add: PlainText,
    pub done: PlainText,
    pub day: PlainText,
    pub day_help: Html,
    pub day_button: PlainText,
    pub calendar: PlainText,
    pub event_due: PlainText,
    pub event_year: PlainText,
}

/// Sentences about one service, at most two, in file `companies.toml` by its id.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyNotes {
    pub notes: Vec<Html>,
}

/// File `company_objection.toml`: the objection to a company and the complaint about it, as plain text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyObjection {
    pub texts: BTreeMap<String, LetterText>,
    pub complaints: BTreeMap<String, CompanyComplaint>,
}

/// The complaint about a company, and its part about what was replied.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyComplaint {
    pub nothing: Pattern,
    pub refused: Pattern,
    pub more: Pattern,
    pub letter: LetterText,
}

impl CompanyObjection {
    /// The text under `law`.
    ///
    /// # Panics
    /// When `law` is not from the facts with which the texts were loaded.
    pub fn of(&self, law: &Law) -> &LetterText {
        &self.texts[&law.texts]
    }

    /// The complaint under `law`.
    ///
    /// # Panics
    /// As [`CompanyObjection::of`].
    pub fn complaint(&self, law: &Law) -> &CompanyComplaint {
        &self.complaints[&law.texts]
    }
}
