//! The texts of `locales/` as types, with markup resolved and escaped once, and a language's rules for dates and lists.
//! There is one folder for each language.
//!
//! Must not live here: which text a page shows, HTTP, and words of a human language.

mod format;
mod language;
pub mod markup;
mod papers;
mod plural;
mod reader;
mod schema;
mod stand_in;
mod text;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use indexmap::IndexMap;
use serde::Deserialize;

pub use format::Format;
pub use language::{Direction, Language, LetterUse, Origin, Register, Wording, WordingOrigin};
pub use papers::{PaperTexts, Papers};
pub use plural::Plural;
pub use schema::*;
pub use stand_in::StandIns;
pub use text::{Html, Pattern, PerService, PlainText, Separator, SinglePattern};

use crate::files::{Files, LoadError};
use markup::{Markup, References};
use reader::Reader;
use stand_in::TextFile;

/// All texts of one language.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Messages {
    /// The code of the language, as in a path: `de`.
    pub code: String,
    /// The language's rules for dates and lists.
    pub format: Format,
    /// Texts of every page.
    pub common: Common,
    /// The first page.
    pub home: Home,
    /// The question what it is about.
    pub topic: Topic,
    /// The page that asks for service and country.
    pub start: Start,
    /// What the steps of all journeys have in common.
    pub steps: Steps,
    /// The texts of each journey, by its id.
    pub journeys: BTreeMap<String, JourneyTexts>,
    /// What the journeys on one page have in common.
    pub journey: JourneyPage,
    /// The texts of each journey on one page, by its id; a language may lack some.
    pub page_journeys: BTreeMap<String, PageJourneyTexts>,
    /// The copy box with the text for Meta, and its options.
    pub text: TextPage,
    /// "Everything on one page".
    pub everything: Everything,
    /// Meta's replies.
    pub replies: Replies,
    /// Whether an objection counts.
    pub status: StatusTexts,
    /// The page after the last step.
    pub finish: Finish,
    /// What to do on a device that others use.
    pub shared_device: SharedDevice,
    /// The record of an objection.
    pub record: Record,
    /// The letters themselves; a language has them and [`Messages::objection`], or neither.
    pub letters: Option<Letters>,
    /// The forms for letters.
    pub letter_forms: LetterPage,
    /// Choices that a browser keeps.
    pub keep: Keep,
    /// The supervisory authority.
    pub authority: AuthorityPage,
    /// Notes about single authorities, by their id; not all have one.
    pub authorities: BTreeMap<String, Html>,
    /// Regions by ISO 3166-2 code, see [`Messages::sort_names`].
    pub regions: IndexMap<String, PlainText>,
    /// "Why"; a language may lack it.
    pub why: Option<Article>,
    /// "What has happened so far".
    pub timeline: Option<Timeline>,
    /// "Sources and dates".
    pub sources: SourcesPage,
    /// "What our newest sources say".
    pub changes: Changes,
    /// "What this site knows about you".
    pub privacy: Privacy,
    /// "Accessibility".
    pub accessibility: Article,
    /// The texts of a page, for readers who have found a mistake.
    pub mistakes: Mistakes,
    /// What there is for a class.
    pub school: School,
    /// The seven steps on a sheet of paper.
    pub handout: Handout,
    /// The letter to parents.
    pub parents: Parents,
    /// The quiz for a class.
    pub quiz: Quiz,
    /// The slides for a class.
    pub slides: Slides,
    /// The notes to the slides.
    pub slide_notes: SlideNotes,
    /// The sheet for a lesson.
    pub lesson: LessonTexts,
    /// What may be done in class and what not.
    pub school_rules: Article,
    /// What there is for a family.
    pub family: Family,
    /// The sheet of a family.
    pub family_sheet: FamilySheet,
    /// Help by telephone.
    pub phone: Phone,
    /// The address of this site for another device.
    pub share: Share,
    /// The error pages.
    pub errors: Errors,
    /// Countries by ISO 3166-1 code, see [`Messages::sort_names`].
    pub countries: IndexMap<String, PlainText>,
    /// Troubles by their id.
    pub troubles: BTreeMap<String, TroubleTexts>,
    /// The page of all problems.
    pub trouble_page: TroublePage,
    /// The labels of each ground, by its id.
    pub grounds: BTreeMap<String, GroundLabels>,
    /// The texts that go to Meta, as plain text; a language may lack them.
    pub objection: Option<Objection>,
    /// Pages about companies without a journey; a language may lack them.
    pub company: Option<CompanyTexts>,
    /// Sentences about single services of these, by their id; not all have one.
    pub companies: BTreeMap<String, CompanyNotes>,
    /// The objection to these companies, as plain text; a language may lack it.
    pub company_objection: Option<CompanyObjection>,
    /// By file.
    citations: IndexMap<String, Vec<Citation>>,
    #[borsh(skip)]
    stand_ins: Vec<StandIns>,
}

/// A sentence on a page that cites claims.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Citation {
    /// The file and the keys of its text, such as `steps.code.todo`; indices for elements of arrays.
    pub path: String,
    /// The id of the service, if the text is for one only.
    pub service: Option<String>,
    /// The id of the law whose people read the text, if it is for one only: it is in a table `laws`.
    pub law: Option<String>,
    /// The keys of the claims in `data/claims.toml`.
    pub claims: Vec<String>,
    /// The sentence.
    pub sentence: Html,
}

impl Citation {
    /// Whether it is in the texts of `section`: a file (`home`), or a table or a text of one (`steps.code`).
    pub fn is_in(&self, section: &str) -> bool {
        let rest = self.path.strip_prefix(section);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl Messages {
    /// Reads the texts of a language.
    ///
    /// # Errors
    /// At the first file that lacks a key for which nothing stands in, has an unknown one or refers to something that does
    /// not exist; the error names file, line and reason.
    pub fn load(files: &Files, language: &Language, references: &dyn References) -> Result<Self, LoadError> {
        let code = &language.code;
        let format = language.format(files)?;
        let common = TextFile::read(files, code, "common")?;
        let (table, _) = common.table(&format, &references.services())?;
        let NewTab { new_tab } = files.deserialize(&common.own, table)?;
        let mut reader = Reader {
            files,
            code,
            markup: Markup {
                references,
                format: &format,
                new_tab: &new_tab,
            },
            citations: Vec::new(),
            stand_ins: Vec::new(),
        };
        let has_letters = ["letters", "objection"]
            .iter()
            .any(|name| files.exists(&format!("locales/{code}/{name}.toml")));
        Ok(Self {
            code: code.to_owned(),
            common: reader.read("common")?,
            home: reader.read("home")?,
            topic: reader.read("topic")?,
            start: reader.read("start")?,
            steps: reader.read("steps")?,
            journeys: reader.read_each("journeys", &references.journeys())?,
            journey: reader.read("journey")?,
            page_journeys: reader.read_those_present("journeys", &references.page_journeys())?,
            text: reader.read("text")?,
            everything: reader.read("everything")?,
            replies: reader.read("replies")?,
            status: reader.read("status")?,
            finish: reader.read("finish")?,
            shared_device: reader.read("shared_device")?,
            record: reader.read("record")?,
            letters: has_letters.then(|| reader.read_plain("letters")).transpose()?,
            letter_forms: reader.read("letter_forms")?,
            keep: reader.read("keep")?,
            authority: reader.read("authority")?,
            authorities: reader.read("authorities")?,
            regions: reader.read("regions")?,
            why: reader.read_if_present("why")?,
            timeline: reader.read_if_present("timeline")?,
            sources: reader.read("sources")?,
            changes: reader.read("changes")?,
            privacy: reader.read("privacy")?,
            accessibility: reader.read("accessibility")?,
            mistakes: reader.read("mistakes")?,
            school: reader.read("school")?,
            handout: reader.read("handout")?,
            parents: reader.read("parents")?,
            quiz: reader.read("quiz")?,
            slides: reader.read("slides")?,
            slide_notes: reader.read("slide_notes")?,
            lesson: reader.read("lesson")?,
            school_rules: reader.read("school_rules")?,
            family: reader.read("family")?,
            family_sheet: reader.read("family_sheet")?,
            phone: reader.read("phone")?,
            share: reader.read("share")?,
            errors: reader.read("errors")?,
            countries: reader.read("countries")?,
            troubles: reader.read("troubles")?,
            trouble_page: reader.read("trouble_page")?,
            grounds: reader.read("grounds")?,
            objection: has_letters.then(|| reader.read_plain("objection")).transpose()?,
            company: reader.read_if_present("company")?,
            companies: reader.read_if_present("companies")?.unwrap_or_default(),
            company_objection: files
                .exists(&format!("locales/{code}/company_objection.toml"))
                .then(|| reader.read_plain("company_objection"))
                .transpose()?,
            citations: by_file(reader.citations),
            stand_ins: reader.stand_ins,
            format,
        })
    }

    /// Sorts the names of countries and regions, which are in the order of their files at first.
    pub(crate) fn sort_names(&mut self, compare: impl Fn(&str, &str) -> Ordering) {
        for names in [&mut self.countries, &mut self.regions] {
            names.sort_by(|_, one, _, other| compare(one.as_str(), other.as_str()));
        }
    }

    /// Sorts the names of countries and regions in the order of `sorted`; those that it does not have come last.
    pub(crate) fn sort_names_like(&mut self, sorted: &Self) {
        let tables = [
            (&mut self.countries, &sorted.countries),
            (&mut self.regions, &sorted.regions),
        ];
        for (names, sorted) in tables {
            names.sort_by_cached_key(|code, _| sorted.get_index_of(code).unwrap_or(usize::MAX));
        }
    }

    /// The sentences that cite claims, in the order of the files.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.citations.values().flatten()
    }

    /// The sentences of a file (`home`) that cite claims, in its order.
    pub fn citations_of(&self, file: &str) -> &[Citation] {
        self.citations.get(file).map_or(&[], Vec::as_slice)
    }

    /// The files with sentences that cite claims.
    pub fn files_with_citations(&self) -> impl Iterator<Item = &str> {
        self.citations.keys().map(String::as_str)
    }

    /// The texts that an operator's folder lacks, by file; nothing if the messages were not loaded from files.
    pub(crate) fn stand_ins(&self) -> impl Iterator<Item = &StandIns> {
        self.stand_ins.iter()
    }
}

/// The citations by the file of their path, in their order.
fn by_file(citations: Vec<Citation>) -> IndexMap<String, Vec<Citation>> {
    let mut files: IndexMap<String, Vec<Citation>> = IndexMap::new();
    for citation in citations {
        let file = citation.path.split('.').next().unwrap_or_default();
        files.entry(file.to_owned()).or_default().push(citation);
    }
    files
}

/// The part of `common.toml` that is needed to resolve texts.
#[derive(Deserialize)]
struct NewTab {
    new_tab: String,
}
