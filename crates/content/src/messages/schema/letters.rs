//! Texts of the letters and of their forms: `letters.toml`, `letter_forms.toml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::Law;
use crate::messages::{Html, Pattern, PlainText, Plural, SinglePattern};

/// File `letters.toml`: the texts of the letters, as plain text. Escaped only where a page shows them.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    pub salutation: String,
    pub closing: String,
    pub replied_on: Pattern,
    pub account: Pattern,
    pub email: Pattern,
    pub quote: Pattern,
    pub own: Pattern,
    /// The law of the right to complain, where the letters leave it open.
    complaint_law_names: BTreeMap<String, String>,
    /// By [`Law::texts`].
    texts: BTreeMap<String, LetterTexts>,
}

/// The letters under one law.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterTexts {
    pub objection: LetterText,
    pub more: LetterText,
    pub refused: LetterText,
    pub reminder: LetterText,
    pub complaint: ComplaintTexts,
}

/// The texts of one letter.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterText {
    pub subject: Pattern,
    pub body: Pattern,
}

/// The texts of the complaint.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintTexts {
    pub letter: LetterText,
    pub nothing: Pattern,
    pub refused: Pattern,
    pub more: Pattern,
    pub reminded: Pattern,
    pub lead: Pattern,
}

impl Letters {
    /// The letters under a law.
    ///
    /// # Panics
    /// When `law` is not from the facts with which the texts were loaded.
    pub fn of(&self, law: &Law) -> &LetterTexts {
        self.texts.get(&law.texts).expect("there are letters for every law")
    }

    /// All letters, each with the id of its law.
    pub fn all(&self) -> impl Iterator<Item = (&String, &LetterTexts)> {
        self.texts.iter()
    }

    /// The law of the right to complain to fill in; empty where the texts contain it.
    pub fn complaint_law_name(&self, law: &Law) -> &str {
        self.complaint_law_names.get(&law.id).map_or("", String::as_str)
    }
}

/// File `letter_forms.toml`: the forms for letters.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterPage {
    pub objection: LetterFormTexts,
    pub more: LetterFormTexts,
    pub refused: LetterFormTexts,
    pub reminder: LetterFormTexts,
    pub complaint: LetterFormTexts,
    pub report: LetterFormTexts,
    pub privacy: Html,
    pub optional: PlainText,
    pub fields: BTreeMap<String, FieldTexts>,
    pub outcomes: BTreeMap<String, PlainText>,
    pub language: PlainText,
    pub accepted: PlainText,
    pub not_accepted: SinglePattern,
    pub errors: PlainText,
    pub field_errors: FieldErrorTexts,
    pub check: PlainText,
    pub check_lead: Html,
    pub to_check: PlainText,
    pub change: PlainText,
    pub to_letter: PlainText,
    pub recipient: PlainText,
    pub done: PlainText,
    pub use_meta: Html,
    pub use_authority: Html,
    pub complaint_page: PlainText,
    pub mail: PlainText,
    pub mail_help: SinglePattern,
    pub file: PlainText,
    pub file_name: PlainText,
    pub text: PlainText,
    pub two_companies: Html,
    pub record: PlainText,
}

/// The form of one letter.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterFormTexts {
    pub title: PlainText,
    pub lead: Html,
}

/// One field of a form.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldTexts {
    pub label: PlainText,
    pub help: Option<Html>,
}

/// The errors of a field.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldErrorTexts {
    pub missing: PlainText,
    pub too_long: Plural,
    pub too_many_lines: Plural,
    pub unreadable: PlainText,
    pub no_day: PlainText,
    pub nothing_came: PlainText,
    pub before_objection: PlainText,
    pub too_early: SinglePattern,
}
