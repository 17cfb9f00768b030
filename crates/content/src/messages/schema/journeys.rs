//! Texts of the journeys on one page: `journey.toml`, `journeys/*.toml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::Law;
use crate::messages::{Html, Pattern, PlainText, SinglePattern};

/// File `journey.toml`: what these pages have in common, and the list of them.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JourneyPage {
    pub ways: WaysTexts,
    pub who: PlainText,
    pub covers: PlainText,
    pub not_covered: PlainText,
    pub time: PlainText,
    pub minutes: SinglePattern,
    pub need: PlainText,
    pub login: PlainText,
    pub no_login: PlainText,
    pub number: SinglePattern,
    pub steps: PlainText,
    pub fallback: PlainText,
    pub expect: PlainText,
    pub disputed: PlainText,
    pub nothing: PlainText,
    pub day: PlainText,
    pub record: PlainText,
    pub replies: PlainText,
    pub letter: PlainText,
    pub letter_link: PlainText,
    pub letter_help: Html,
    pub elsewhere: SinglePattern,
    pub options: PlainText,
    pub country: PlainText,
    pub language: PlainText,
    pub button: PlainText,
    pub copy: CopyTexts,
    pub reasons: ReasonTexts,
}

/// The page with all journeys.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaysTexts {
    pub title: PlainText,
    pub lead: Html,
    pub own: PlainText,
    pub numbers: PlainText,
}

/// The copy box of a text that these pages show.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyTexts {
    pub help: Html,
    pub copy: PlainText,
    pub copied: PlainText,
    pub copy_failed: PlainText,
    pub characters: SinglePattern,
    pub plain: PlainText,
}

/// The form with the reasons for an objection that is not about a person's own posts.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonTexts {
    pub title: PlainText,
    pub apply_help: Html,
    pub added: PlainText,
    pub kept: PlainText,
}

/// File `journeys/{id}.toml` of a journey on one page.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageJourneyTexts {
    /// What a person wants who takes it: an answer to the question what it is about.
    pub want: PlainText,
    pub note: Option<PlainText>,
    pub title: PlainText,
    pub lead: Html,
    pub who: Html,
    pub covers: Html,
    pub not_covered: Option<Html>,
    pub need: Option<Html>,
    /// By the id of the step.
    pub steps: BTreeMap<String, PageStepTexts>,
    pub expect: Html,
    pub disputed: Option<Html>,
    /// What to do when nothing comes; if absent, what the law of the country says.
    pub nothing: Option<Html>,
    /// The texts to copy, by their key.
    #[serde(default)]
    pub texts: BTreeMap<String, PlainTexts>,
}

/// The texts of a step.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageStepTexts {
    pub title: PlainText,
    pub body: Html,
    /// The label of its link; needed if there is one.
    pub link: Option<PlainText>,
    /// The label of its text to copy; needed if there is one.
    pub text: Option<PlainText>,
}

/// A plain text for a form, a message or a letter.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainTexts {
    /// The subject, for a letter.
    pub subject: Option<Pattern>,
    /// By the id of the law, or else by [`Law::texts`].
    #[serde(default)]
    pub body: BTreeMap<String, Pattern>,
    /// For all laws that `body` does not have.
    pub other: Option<Pattern>,
}

impl PlainTexts {
    /// The text under `law`.
    pub fn of(&self, law: &Law) -> Option<&Pattern> {
        let own = self.body.get(&law.id).or_else(|| self.body.get(&law.texts));
        own.or(self.other.as_ref())
    }
}
