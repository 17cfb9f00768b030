//! `data/lessons.toml`: lessons, minute by minute.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Entry, FileEntry};

/// A lesson of a certain length.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Its length.
    pub minutes: u8,
    /// The number of pages of its sheet on A4.
    pub pages: u8,
    /// What is done, in order: each part begins when the one before it ends.
    pub parts: Vec<LessonPart>,
}

/// A part of a lesson.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonPart {
    /// The key of its texts in the locales.
    pub id: String,
    /// The minute at which it ends.
    pub until: u8,
    /// The slides that belong to it, by their id in `data/slides.toml`.
    #[serde(default)]
    pub slides: Vec<String>,
    /// The statements that belong to it, by their id in `data/quiz.toml`.
    #[serde(default)]
    pub statements: Vec<String>,
}

impl FileEntry for Lesson {
    const FILE: &str = "data/lessons.toml";
    const NAME: &str = "lesson";
}

impl Entry for Lesson {
    fn key(&self) -> String {
        self.minutes.to_string()
    }
}

impl Lesson {
    /// The parts, each with the minute at which it begins.
    pub fn from_the_start(&self) -> impl Iterator<Item = (u8, &LessonPart)> {
        let begins = std::iter::once(0).chain(self.parts.iter().map(|part| part.until));
        begins.zip(&self.parts)
    }
}
