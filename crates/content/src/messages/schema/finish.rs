//! Texts after the last step: `finish.toml`, `shared_device.toml`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Section;
use crate::messages::{Html, PerService, PlainText};

/// File `finish.toml`: the page after the last step.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    pub title: PlainText,
    /// The link to this page.
    pub link: PlainText,
    pub days: PlainText,
    pub again: PlainText,
    pub again_help: Html,
    pub other_day: PlainText,
    pub keep: Section,
    pub next: PlainText,
    /// Before the next person begins.
    pub sign_out: PerService,
    pub phone: Section,
}

/// File `shared_device.toml`: what to do on a device that others use.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedDevice {
    pub title: PlainText,
    pub lead: Html,
    /// One line beside a link to this page.
    pub note: PlainText,
    pub before: Section,
    pub traces: Section,
    pub button: PlainText,
    pub wiped: PlainText,
    pub wiped_help: Html,
}
