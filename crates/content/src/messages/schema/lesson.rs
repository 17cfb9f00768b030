//! Texts of the sheet for a lesson.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Section;
use crate::messages::{Html, PlainText, Separator, SinglePattern};

/// File `lesson.toml`: a lesson, minute by minute, with cases and answers.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonTexts {
    pub title: SinglePattern,
    pub lead: Html,
    pub other_lengths: PlainText,
    /// What stands before the plan: the aim, what is needed.
    pub before: Vec<Section>,
    pub plan: PlainText,
    pub minutes: PlainText,
    /// Between the first and the last minute of a part.
    pub range: Separator,
    pub what: PlainText,
    pub how: PlainText,
    pub slides: PlainText,
    pub statements: PlainText,
    /// By the id of the part in `data/lessons.toml`.
    pub parts: BTreeMap<String, LessonPartTexts>,
    pub cases: PlainText,
    pub case_list: Vec<LessonAnswer>,
    pub questions: PlainText,
    pub question_list: Vec<LessonAnswer>,
    /// What stands behind the answers.
    pub after: Vec<Section>,
}

/// The texts of a part of a lesson.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonPartTexts {
    pub what: PlainText,
    pub how: Html,
}

/// A question or a case with its answer.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonAnswer {
    pub question: PlainText,
    pub answer: Html,
}
