//! Texts of the pages for a family, and of the page that shares an address.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Section;
use crate::messages::{Html, PlainText, SinglePattern};

/// File `family.toml`: what there is for a family.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub name: PlainText,
    pub title: PlainText,
    pub lead: Html,
    pub sheet: PlainText,
    pub phone: PlainText,
    pub share: PlainText,
}

/// File `family_sheet.toml`: the sheet of a family.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilySheet {
    pub title: PlainText,
    pub lead: Html,
    pub person: PlainText,
    pub service: PlainText,
    pub day: PlainText,
    pub replied: PlainText,
    pub button: PlainText,
    pub table: PlainText,
    pub made: PlainText,
    pub look: PlainText,
    pub take_out: PlainText,
    pub calendar: PlainText,
    pub bookmark: Html,
    pub on_paper: Html,
    pub name: PlainText,
    pub one_line: Html,
    pub pictures: Html,
    pub relatives: Html,
    pub errors: PlainText,
    pub day_missing: PlainText,
    pub day_wrong: SinglePattern,
    pub entry_unknown: SinglePattern,
}

/// File `phone.toml`: help by telephone.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    pub title: PlainText,
    pub lead: Html,
    pub before: Section,
    pub message: PlainText,
    pub message_text: SinglePattern,
    pub lines: Vec<PhoneLine>,
    pub ask: PlainText,
    pub otherwise: PlainText,
    pub aloud: PlainText,
    pub other: PlainText,
    pub helper: PlainText,
    pub other_title: PlainText,
    pub other_lead: Html,
    pub other_warning: Html,
}

/// A line that the helper says and the other person reads.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneLine {
    pub say: Html,
    pub ask: Option<Html>,
    pub otherwise: Option<Html>,
    /// What of the data belongs to the line.
    pub shows: Option<PhonePart>,
}

/// What of the data belongs to a line.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum PhonePart {
    /// The hosts of the services, as people type them.
    Sites,
    /// The addresses of the newest forms.
    Forms,
    /// The beginnings of these addresses.
    Hosts,
    /// A day to write down.
    Day,
}

/// File `share.toml`: the address of this site for another device.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub name: PlainText,
    pub title: PlainText,
    pub lead: Html,
    pub open: PlainText,
    pub open_home: PlainText,
    pub open_step: PlainText,
    pub open_everything: PlainText,
    pub open_school: PlainText,
    pub open_family: PlainText,
    pub button: PlainText,
    pub address: PlainText,
    pub message: PlainText,
    pub message_text: SinglePattern,
    pub save: PlainText,
    pub kept: Section,
    pub network: Section,
    pub this_computer: Html,
    pub this_network: Html,
    pub left_off: Html,
    pub blank: PlainText,
}
