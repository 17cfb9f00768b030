//! Languages for papers only: the handout, the letter to parents and the sheet of a family exist in them, and nothing else.

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::reader::Reader;
use super::{FamilySheet, Format, Handout, Html, Language, Messages, Parents, PlainText, School, Share, StandIns};
use crate::files::{Files, LoadError, PAPERS, REFERENCE_LANGUAGE};
use crate::messages::markup::{Markup, References};

/// The files of a language for papers only: it has all of them.
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

/// The texts of a language for papers only.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Papers {
    format: Format,
    handout: Handout,
    parents: Parents,
    family_sheet: FamilySheet,
    foot: Html,
    blank: PlainText,
    unread: PlainText,
    #[borsh(skip)]
    stand_ins: Vec<StandIns>,
}

/// File `papers.toml`: what papers need of the larger files that only other languages have, `school.toml` and `share.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    foot: Option<Html>,
    blank: Option<PlainText>,
    unread: Option<PlainText>,
}

impl<'a> From<&'a Papers> for PaperTexts<'a> {
    fn from(papers: &'a Papers) -> Self {
        Self {
            format: &papers.format,
            handout: &papers.handout,
            parents: &papers.parents,
            family_sheet: &papers.family_sheet,
            foot: &papers.foot,
            blank: &papers.blank,
            unread: &papers.unread,
        }
    }
}

impl Papers {
    /// Reads the texts of a language for papers only. `steps` are the ids of the steps on the handout.
    ///
    /// # Errors
    /// At the first file that is missing, lacks a key for which nothing stands in, or has something that does not belong there;
    /// the error names file, line and reason.
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
        if let Some(missing) = FILES.iter().find(|name| !names.iter().any(|own| own == *name)) {
            return Err(files.read(&path(missing))?.error(None, "the file is missing"));
        }
        let format = language.format(files)?;
        let reader = |code| Reader {
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
        let (mut own, mut english) = (reader(code), reader(REFERENCE_LANGUAGE));

        let handout: Handout = own.read("handout")?;
        let lines = english.read::<Handout>("handout")?.steps;
        if let Some(step) = lines.keys().find(|step| !handout.steps.contains_key(*step)) {
            let reason = format!("“{step}” has no text here");
            return Err(files.read(&path("handout"))?.error_at_key("steps", reason));
        }
        for step in handout.steps.keys().filter(|step| !steps.contains(step)) {
            let file = files.read(&path("handout"))?;
            let fault = file.error_at_name(step, format!("“{step}” stands here, but not in data/"));
            files.tolerate(&file, fault)?;
        }

        let mut parents: Parents = own.read("parents")?;
        let reference: Parents = english.read("parents")?;
        if !parents.has_paragraphs_of(&reference) {
            let reason = format!(
                "the paragraphs must be as many as in “{REFERENCE_LANGUAGE}”, each with the same end: people tell each other their numbers"
            );
            own.stand_in("parents", vec!["paragraphs".to_owned()], reason)?;
            parents.paragraphs = reference.paragraphs;
        }

        let (school, share): (School, Share) = (english.read("school")?, english.read("share")?);
        let Parts { foot, blank, unread } = own.read_alone(PAPERS)?;
        let mut missing = Vec::new();
        let foot = foot.unwrap_or_else(|| stand_in("foot", school.foot, &mut missing));
        let blank = blank.unwrap_or_else(|| stand_in("blank", share.blank, &mut missing));
        let unread = unread.unwrap_or_else(|| stand_in("unread", school.unread, &mut missing));
        if let Some(key) = missing.first() {
            let reason = format!("missing field `{key}`");
            own.stand_in(PAPERS, missing, reason)?;
        }
        Ok(Self {
            handout,
            parents,
            family_sheet: own.read("family_sheet")?,
            foot,
            blank,
            unread,
            stand_ins: own.stand_ins,
            format,
        })
    }

    /// The texts that an operator's folder lacks, by file; nothing if the language is built in and no file overrides another.
    pub(crate) fn stand_ins(&self) -> impl Iterator<Item = &StandIns> {
        self.stand_ins.iter()
    }
}

/// The text `english`, which stands in for that of `key`: it is `missing`.
fn stand_in<T>(key: &str, english: T, missing: &mut Vec<String>) -> T {
    missing.push(key.to_owned());
    english
}
