//! Texts of the frame around every page: `common.toml`, `errors.toml`, `keep.toml`, and the parts that several
//! files use.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::{Confidence, Law};
use crate::messages::{Html, PlainText, Plural, Separator, SinglePattern};

/// File `common.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    pub tagline: PlainText,
    pub skip: PlainText,
    pub languages: PlainText,
    pub all_languages: PlainText,
    pub all_languages_lead: PlainText,
    pub more: PlainText,
    pub independent: Html,
    pub checked: Html,
    pub new_tab: PlainText,
    pub promise: Html,
    pub sources: PlainText,
    pub untranslated: SinglePattern,
    pub unread: PlainText,
    pub pages: PageNames,
    pub punctuation: Punctuation,
    pub confidence: Confidences,
}

/// The punctuation between texts and values that the program puts together.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Punctuation {
    pub separator: Separator,
    pub pair: Separator,
    pub list: Separator,
    pub page_title: Separator,
    pub brackets: SinglePattern,
}

/// The names of pages that a language may lack, for links to them.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageNames {
    pub why: PlainText,
    pub company: PlainText,
    pub timeline: PlainText,
}

/// File `mistakes.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistakes {
    pub title: PlainText,
    pub lead: Html,
    pub back: PlainText,
    pub original: PlainText,
    pub write: PlainText,
}

/// The names of the levels of confidence.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidences {
    pub confirmed: PlainText,
    pub single: PlainText,
    pub conflicting: PlainText,
    pub inference: PlainText,
}

impl Confidences {
    /// The words for a level of confidence.
    pub fn of(&self, confidence: Confidence) -> &PlainText {
        match confidence {
            Confidence::Confirmed => &self.confirmed,
            Confidence::Single => &self.single,
            Confidence::Conflicting => &self.conflicting,
            Confidence::Inference => &self.inference,
        }
    }
}

/// A heading with its text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub title: PlainText,
    pub body: Html,
}

/// A page of text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub title: PlainText,
    pub lead: Html,
    pub sections: Vec<Section>,
}

/// `privacy.toml`: what this site knows about a visitor.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    pub title: PlainText,
    pub lead: Html,
    pub sections: Vec<Section>,
    pub operator: OperatorTexts,
}

/// Who runs the site (Art. 13 GDPR).
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorTexts {
    pub title: PlainText,
    pub controller: PlainText,
    pub contact: PlainText,
    pub dpo: PlainText,
    pub rights: Html,
    /// Where the operator has not said who they are.
    pub unknown: Html,
}

/// A page that asks for one choice.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub title: PlainText,
    pub lead: Html,
    pub label: PlainText,
    pub help: Html,
    #[serde(default)]
    pub empty: Option<PlainText>,
    pub wrong: SinglePattern,
    pub missing: PlainText,
    pub button: PlainText,
}

/// File `keep.toml`: choices that the browser keeps on request.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    pub offer: PlainText,
    pub help: Plural,
    pub button: PlainText,
    pub kept: PlainText,
    pub go_on: PlainText,
    pub wipe: PlainText,
    pub wiped: PlainText,
}

/// File `errors.toml`: the error pages.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    pub not_found: Section,
    pub method: Section,
    pub too_large: Section,
    pub address_too_long: Section,
    pub unreadable: Section,
    pub plain_http: Section,
    pub other_host: Section,
    pub failure: Section,
    pub button: PlainText,
}

/// A value for each law, by its id. Checked at load: a table `laws` has a value for every law.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
pub struct PerLaw<T>(BTreeMap<String, T>);

impl<T> PerLaw<T> {
    /// The value for `law`.
    ///
    /// # Panics
    /// When `law` is not from the facts with which the texts were loaded.
    pub fn of(&self, law: &Law) -> &T {
        self.0.get(&law.id).expect("a table `laws` has a value for every law")
    }
}
