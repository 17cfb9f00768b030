//! Texts of the slides for a class, and of the notes for the teacher.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::Section;
use crate::messages::{Html, PlainText, Separator, SinglePattern};

/// File `slides.toml`: the sets of slides, and what stands on them. A slide has at most thirty words below its title.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slides {
    pub title: PlainText,
    pub lead: Html,
    pub keys: Html,
    pub why: PlainText,
    pub steps: PlainText,
    pub quiz: PlainText,
    pub code: PlainText,
    pub contents: PlainText,
    pub back: PlainText,
    pub next: SinglePattern,
    /// A statement with its number.
    pub number: SinglePattern,
    /// Its answer with the same number.
    pub answer: SinglePattern,
    /// Between the number of a slide and the number of all.
    pub position: Separator,
    pub steps_first: Section,
    pub steps_last: Section,
    pub quiz_first: Section,
    pub quiz_last: Section,
    pub code_slide: PlainText,
    /// By the id of the slide.
    pub slides: BTreeMap<String, Section>,
}

/// File `slide_notes.toml`: what the teacher says and asks at a slide.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlideNotes {
    pub title: PlainText,
    pub lead: Html,
    pub say: PlainText,
    pub ask: PlainText,
    pub expect: PlainText,
    pub asked: PlainText,
    pub steps: Html,
    pub quiz: Html,
    /// By the id of the slide.
    pub notes: BTreeMap<String, SlideNote>,
}

/// The note to a slide.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlideNote {
    pub say: Html,
    pub ask: Html,
    /// What pupils often answer.
    pub expect: Option<Html>,
    /// What to answer if somebody asks.
    pub asked: Option<Html>,
}
