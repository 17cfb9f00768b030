//! Texts of all pages except steps, replies and letters.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{PerLaw, Question, Section};
use crate::facts::EventKind;
use crate::messages::{Html, PerService, PlainText, SinglePattern};

/// File `home.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    pub title: PlainText,
    pub lead: Html,
    pub outdated: SinglePattern,
    pub what: Section,
    pub can: Section,
    pub need: Section,
    pub promise: Section,
    pub chain_post: Section,
    pub picture: PlainText,
    pub ai: PlainText,
    pub start: PlainText,
    pub everything: PlainText,
    pub already: PlainText,
}

/// File `topic.toml`: the question what it is about.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub title: PlainText,
    pub living: SinglePattern,
    pub change: PlainText,
    pub own: PlainText,
    pub several: TopicAnswer,
    pub company: TopicAnswer,
}

/// An answer to the question what it is about.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicAnswer {
    pub title: PlainText,
    pub note: Option<PlainText>,
}

/// File `start.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    pub title: PlainText,
    pub lead: Html,
    pub service: PlainText,
    pub accounts: PlainText,
    pub accounts_help: Html,
    pub linked: PlainText,
    pub separate: PlainText,
    pub unsure: PlainText,
    pub country: PlainText,
    pub country_help: Html,
    pub country_empty: PlainText,
    pub elsewhere: Section,
    pub button: PlainText,
    pub go_on_to_page: PlainText,
    pub errors: PlainText,
    pub service_missing: PlainText,
    pub country_missing: PlainText,
    pub service_unknown: SinglePattern,
    pub country_unknown: SinglePattern,
    pub choice_unknown: SinglePattern,
    pub unknown_help: Html,
    pub go_on: PlainText,
}

/// File `everything.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Everything {
    pub title: PlainText,
    pub lead: Html,
    pub objection: PerService,
    pub fields: PlainText,
    pub fields_today: Html,
    pub fields_then: Html,
    pub after: Section,
    pub steps: PlainText,
    pub download: PlainText,
}

/// File `record.toml`: what to keep.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub title: PlainText,
    pub lead: Html,
    pub question: Question,
    pub change: PlainText,
    pub services: PlainText,
    pub made: PlainText,
    pub link: PlainText,
    pub law: PlainText,
    pub text: PlainText,
    pub came_back: PlainText,
    pub not_yet: PlainText,
    pub name: PlainText,
    pub look: PlainText,
    pub calendar: PlainText,
    pub calendar_help: Html,
    pub why: PlainText,
    pub event_look: PlainText,
    pub event_year: PlainText,
    pub letters: PlainText,
    pub without_day: PlainText,
    pub add_day: PlainText,
    pub proposed: Html,
    pub sent: SentTexts,
    pub laws: PerLaw<RecordLawTexts>,
}

/// The form on the record for what a person has sent.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentTexts {
    pub title: PlainText,
    pub help: Html,
    pub form: PlainText,
    pub generation: SinglePattern,
    pub other: PlainText,
    pub text: PlainText,
    pub wrong: SinglePattern,
    pub button: PlainText,
    pub done: PlainText,
}

/// What the record says to people under one law.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordLawTexts {
    pub article: PlainText,
    pub due: PlainText,
    pub due_help: Html,
    pub complain: PlainText,
    pub why: Html,
    pub event_due: PlainText,
}

/// File `authority.toml`: the supervisory authority.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityPage {
    pub title: PlainText,
    pub lead: Html,
    pub question: Question,
    pub address: PlainText,
    pub complaint: PlainText,
    pub website: PlainText,
    pub email: PlainText,
    pub languages: PlainText,
    pub check: Html,
    pub source: SinglePattern,
    pub laws: PerLaw<AuthorityLawTexts>,
    pub change: PlainText,
    pub record: PlainText,
    pub language_names: BTreeMap<String, PlainText>,
}

/// What the page of an authority says to people under one law.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityLawTexts {
    pub role: Html,
    /// Instead of `role`, where the authority is the lead authority for the company.
    pub lead: Option<Html>,
}

/// File `timeline.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    pub title: PlainText,
    pub lead: Html,
    pub disputed: PlainText,
    pub sources: PlainText,
    pub kinds: EventKinds,
    /// Texts of the events by their id.
    pub events: BTreeMap<String, Html>,
}

/// Who acts in an event.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventKinds {
    pub meta: PlainText,
    pub authority: PlainText,
    pub court: PlainText,
    pub people: PlainText,
    pub law: PlainText,
}

impl EventKinds {
    /// The name of a kind.
    pub fn of(&self, kind: EventKind) -> &PlainText {
        match kind {
            EventKind::Meta => &self.meta,
            EventKind::Authority => &self.authority,
            EventKind::Court => &self.court,
            EventKind::People => &self.people,
            EventKind::Law => &self.law,
        }
    }
}

/// File `sources.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesPage {
    pub title: PlainText,
    pub lead: Html,
    pub forms: PlainText,
    pub generation: SinglePattern,
    pub links: PlainText,
    pub sentence: PlainText,
    pub grounds: PlainText,
    pub file: PlainText,
    pub licences: Section,
}

/// File `changes.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    pub title: PlainText,
    pub lead: Html,
    pub feed: PlainText,
}
