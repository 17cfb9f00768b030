//! Languages for papers only: the handout, the letter to parents and the sheet of a family exist in them, and nothing else.

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::reader::Reader;
use super::{FamilySheet, Format, Handout, Html, Language, Messages, Parents, PlainText};
use crate::files::{Files, LoadError, PAPERS, REFERENCE_LANGUAGE};
use crate::messages::markup::{Markup, References};

/// The files of a language for papers only.
const FILES: [&str; 5] = ["family_sheet", "handout", "language", PAPERS, "parents"];

/// The texts of papers in one language.
#[derive(Clone, Copy)]
pub struct PaperTexts<'a> {
    /// The language's rules for dates.
    pub format: &'a Format,
    /// The seven steps on a sheet of paper.
    pub handout: &'a Handout,
    /// The letter to parents.
    pub parents: &'a Parents,
    /// The sheet of a family.
    pub family_sheet: &'a FamilySheet,
    /// What holds for all papers.
    pub foot: &'a Html,
    /// The label of the line for the address of the site.
    pub blank: &'a PlainText,
    /// That no native speaker has read the translation.
    pub unread: &'a PlainText,
}

impl<'a> From<&'a Messages> for PaperTexts<'a> {
    fn from(messages: &'a Messages) -> Self {
        Self {
            format: &messages.format,
            handout: &messages.handout,
            parents: &messages.parents,
            family_sheet: &messages.family_sheet,
            foot: &messages.school.foot,
            blank: &messages.share.blank,
            unread: &messages.school.unread,
        }
    }
}

/// The texts of a language for papers only. None may be missing: no other language stands in.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Papers {
    format: Format,
    handout: Handout,
    parents: Parents,
    family_sheet: FamilySheet,
    parts: Parts,
}

/// File `papers.toml`: what papers need of the larger files that only other languages have, `school.toml` and `share.toml`.
#[derive(BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    foot: Html,
    blank: PlainText,
    unread: PlainText,
}

impl<'a> From<&'a Papers> for PaperTexts<'a> {
    fn from(papers: &'a Papers) -> Self {
        Self {
            format: &papers.format,
            handout: &papers.handout,
            parents: &papers.parents,
            family_sheet: &papers.family_sheet,
            foot: &papers.parts.foot,
            blank: &papers.parts.blank,
            unread: &papers.parts.unread,
        }
    }
}

impl Papers {
    /// Reads the texts of a language for papers only. `steps` are the ids of the steps on the handout.
    ///
    /// # Errors
    /// At the first file that has too few or too many keys, or a text that does not belong there; the error names file, line and
    /// reason.
    pub fn load(
        files: &Files,
        language: &Language,
        references: &dyn References,
        steps: &BTreeSet<&String>,
    ) -> Result<Self, LoadError> {
        let code = &language.code;
        let path = |name: &str| format!("locales/{code}/{name}.toml");
        let names = files.names(&format!("locales/{code}/"));
        if let Some(other) = names.iter().find(|name| !FILES.contains(&name.as_str())) {
            let reason =
                format!("the language has {PAPERS}.toml, so it is for papers only and has no file of this name");
            return Err(files.read(&path(other))?.error(None, reason));
        }
        let format = language.format(files)?;
        let mut reader = Reader {
            files,
            code,
            markup: Markup {
                references,
                format: &format,
                // Paper has no links.
                new_tab: "",
            },
            citations: Vec::new(),
            stand_ins: Vec::new(),
        };
        let papers = Self {
            handout: reader.read_complete("handout")?,
            parents: reader.read_complete("parents")?,
            family_sheet: reader.read_complete("family_sheet")?,
            parts: reader.read_complete(PAPERS)?,
            format,
        };
        let own: BTreeSet<&String> = papers.handout.steps.keys().collect();
        if let Some(step) = steps.symmetric_difference(&own).next() {
            let reason = format!("the steps here are not those in data/: “{step}”");
            return Err(files.read(&path("handout"))?.error_at_key("steps", reason));
        }
        let (_, reference): (_, Parents) = files.parse(&format!("locales/{REFERENCE_LANGUAGE}/parents.toml"))?;
        if !papers.parents.has_paragraphs_of(&reference) {
            let reason = format!(
                "the paragraphs must be as many as in “{REFERENCE_LANGUAGE}”, each with the same end: people tell each other their numbers"
            );
            return Err(files.read(&path("parents"))?.error(None, reason));
        }
        Ok(papers)
    }
}
