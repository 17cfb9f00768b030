//! The room of words: `locales/` as types. One folder is one language; it is complete or it does not load.
//!
//! Lives here: the texts of every page, resolved and escaped once, and a language's rules for dates and lists.
//! Must not live here: which text a page shows, HTTP, and any word of a human language in Rust.

mod format;
pub mod markup;
mod text;
mod texts;

use std::borrow::Cow;
use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeValue;

pub use format::Format;
pub use text::{Html, Label, Pattern, PerService, Slot};
pub use texts::{
    AnswerWords, Answers, Article, AuthorityPage, Common, ComplaintTexts, Confidences, DrawingWords, EndWords,
    Everything, FaultWords, FieldWords, FormWords, GroundGroups, GroundTexts, Home, Keep, LawNames, Laws, LetterPage,
    LetterText, LetterTexts, LetterWords, Letters, Objection, ObjectionTexts, Problems, Question, Record, Section,
    SourcesPage, Start, StepWords, Steps, TextPage, TroubleWords, Why,
};

use crate::files::{Files, LoadError, Source};
use markup::{Markup, References};

/// All texts of one language.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Locale {
    /// The code of the language, as in the address: `de`.
    pub code: String,
    /// The language's rules for dates and lists.
    pub format: Format,
    /// What every page has.
    pub common: Common,
    /// The first page.
    pub home: Home,
    /// The page with the choices.
    pub start: Start,
    /// The seven step pages.
    pub steps: Steps,
    /// The text for Meta, as the pages offer it.
    pub text: TextPage,
    /// "Everything on one page".
    pub everything: Everything,
    /// "What did Meta answer?".
    pub answer: Answers,
    /// What to keep.
    pub record: Record,
    /// The letters on paper.
    pub letters: Letters,
    /// The pages on which letters are made.
    pub letter: LetterPage,
    /// Choices that the browser keeps.
    pub keep: Keep,
    /// The supervisory authority.
    pub authority: AuthorityPage,
    /// What must be known of an authority before one complains, by its id; not all have a note.
    pub authorities: BTreeMap<String, Html>,
    /// Parts of countries by ISO 3166-2, in the order of the file.
    pub regions: IndexMap<String, Label>,
    /// "Why and what happened".
    pub why: Why,
    /// "Sources and dates".
    pub sources: SourcesPage,
    /// "What this site knows about you".
    pub privacy: Article,
    /// "Accessibility".
    pub accessibility: Article,
    /// The pages for what goes wrong.
    pub problems: Problems,
    /// Countries by their code, in the order of the file.
    pub countries: IndexMap<String, Label>,
    /// Events by their id.
    pub timeline: BTreeMap<String, Html>,
    /// Troubles by their id.
    pub troubles: BTreeMap<String, TroubleWords>,
    /// The words on the page for each ground, by its id.
    pub grounds: BTreeMap<String, Label>,
    /// The texts that go to Meta, plain.
    pub objection: Objection,
    /// The sentences of all pages that rest on claims, by file and place. They are there after loading only, when the sources
    /// of each page are listed.
    #[borsh(skip)]
    pub citations: Vec<Citation>,
}

/// A sentence on a page that rests on claims.
#[derive(Debug)]
pub struct Citation {
    /// The file and the keys under which it stands: `steps.code.todo`.
    pub place: String,
    /// The keys of the claims.
    pub claims: Vec<String>,
    /// The sentence.
    pub sentence: Html,
}

impl Locale {
    /// Reads the folder `locales/{code}`.
    ///
    /// # Errors
    /// At the first file that is missing, lacks a text, has one too many or refers to something that does not exist;
    /// the error names file, line and reason.
    pub fn load(files: &Files, code: &str, references: &dyn References) -> Result<Self, LoadError> {
        let source = files.read(&format!("locales/{code}/common.toml"))?;
        let Opening { cldr, new_tab } = source.parse()?;
        let format = Format::new(&cldr).map_err(|reason| source.error_at(&cldr, reason))?;
        let mut reader = Reader {
            files,
            code,
            markup: Markup {
                references,
                format: &format,
                new_tab: &new_tab,
            },
            citations: Vec::new(),
        };
        Ok(Self {
            code: code.to_owned(),
            common: reader.read("common")?,
            home: reader.read("home")?,
            start: reader.read("start")?,
            steps: reader.read("steps")?,
            text: reader.read("text")?,
            everything: reader.read("everything")?,
            answer: reader.read("answer")?,
            record: reader.read("record")?,
            letters: files.parse(&format!("locales/{code}/letters.toml"))?.1,
            letter: reader.read("letter")?,
            keep: reader.read("keep")?,
            authority: reader.read("authority")?,
            authorities: reader.read("authorities")?,
            regions: reader.read("regions")?,
            why: reader.read("why")?,
            sources: reader.read("sources")?,
            privacy: reader.read("privacy")?,
            accessibility: reader.read("accessibility")?,
            problems: reader.read("problems")?,
            countries: reader.read("countries")?,
            timeline: reader.read("timeline")?,
            troubles: reader.read("troubles")?,
            grounds: reader.read("grounds")?,
            objection: files.parse(&format!("locales/{code}/objection.toml"))?.1,
            citations: reader.citations,
            format,
        })
    }
}

/// The part of `common.toml` that has to be known before any text can be resolved.
#[derive(Deserialize)]
struct Opening {
    cldr: String,
    new_tab: String,
}

struct Reader<'a> {
    files: &'a Files,
    code: &'a str,
    markup: Markup<'a>,
    citations: Vec<Citation>,
}

impl Reader<'_> {
    /// Reads a file, resolves each of its texts and fits them into the type.
    fn read<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, LoadError> {
        let source = self.files.read(&format!("locales/{}/{name}.toml", self.code))?;
        let mut table = source.table()?;
        for (key, value) in table.get_mut().iter_mut() {
            self.resolve(&source, &format!("{name}.{}", key.get_ref()), value)?;
        }
        T::deserialize(toml::Deserializer::from(table)).map_err(|error| source.toml_error(&error))
    }

    fn resolve(&mut self, source: &Source, place: &str, value: &mut Spanned<DeValue<'_>>) -> Result<(), LoadError> {
        let span = value.span();
        match value.get_mut() {
            DeValue::String(text) => {
                let rendered = self
                    .markup
                    .render(text)
                    .map_err(|reason| source.error(Some(span), reason))?;
                self.citations.extend(rendered.cited.into_iter().map(|cited| Citation {
                    place: place.to_owned(),
                    claims: cited.claims,
                    sentence: Html::new(cited.sentence),
                }));
                *text = Cow::Owned(rendered.html);
            }
            DeValue::Table(table) => {
                for (key, value) in table.iter_mut() {
                    self.resolve(source, &format!("{place}.{}", key.get_ref()), value)?;
                }
            }
            DeValue::Array(array) => {
                for value in array.iter_mut() {
                    self.resolve(source, place, value)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
