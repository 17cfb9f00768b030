//! The language of a page or of a part of it, as attributes, and the field to choose one.

use std::fmt;
use std::ops::Deref;

use askama::Template;
use askama::filters::HtmlSafe;
use veto_content::messages::{self, Html, Origin, PlainText};

/// A language that is offered. Writes itself into HTML as `lang="de" dir="ltr"`.
#[derive(Clone, Copy, Debug)]
pub struct Language<'a>(pub &'a messages::Language);

impl Language<'_> {
    /// Whether its texts are a translation by a machine that no native speaker has read.
    pub fn is_unread_translation(self) -> bool {
        self.origin == Origin::Machine && !self.reviewed_by_native_speaker
    }
}

impl Deref for Language<'_> {
    type Target = messages::Language;

    fn deref(&self) -> &Self::Target {
        self.0
    }
}

impl HtmlSafe for Language<'_> {}

impl askama::FastWritable for Language<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        // The code is the name of a folder of `locales/`: letters, digits and hyphens.
        for part in ["lang=\"", &self.code, "\" dir=\"", self.direction.as_str(), "\""] {
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Display for Language<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        askama::FastWritable::write_into(self, f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}

/// The field of a form for a language: a card for each, or a list if they are many.
#[derive(Template)]
#[template(path = "parts/language_choice.html")]
pub struct LanguageChoice<'a> {
    /// The name of the field.
    pub name: &'static str,
    /// Its label.
    pub label: &'a PlainText,
    /// What to know before the choice.
    pub note: Option<Html>,
    /// The languages.
    pub options: Vec<LanguageOption<'a>>,
}

/// A language that can be chosen.
pub struct LanguageOption<'a> {
    /// The language.
    pub language: Language<'a>,
    /// Whether it is chosen.
    pub chosen: bool,
    /// A remark beside its name, in brackets.
    pub remark: Option<Html>,
}

impl LanguageChoice<'_> {
    /// The largest number of cards. More would be longer than the screen of a phone.
    const CARDS: usize = 6;

    fn is_list(&self) -> bool {
        self.options.len() > Self::CARDS
    }
}
