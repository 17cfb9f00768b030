//! `data/journeys/*.toml` with `kind = "page"`: ways to object or to ask that fit on one page.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Claim, CompanyPage, Controller, Entry, Source, Subject, check_entries, journey};
use crate::files::{Files, LoadError};

/// A way to object or to ask, on one page.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct PageJourney {
    /// The name of its file without `.toml`, and its address below the language.
    pub id: String,
    /// The address of its letter below the language: `meta-whatsapp/letter`.
    pub letter_path: String,
    /// The id of the company.
    pub company: String,
    /// The short number of its page, for telephone and paper.
    pub number: u16,
    /// The picture beside its name.
    pub icon: Icon,
    /// How long it takes: our estimate.
    pub minutes: u8,
    /// Whether it needs an account; absent if that differs or is not known.
    pub login: Option<bool>,
    /// The ids of the laws for whose people it is; absent if it is for all.
    pub laws: Option<Vec<String>>,
    /// The text that also is its letter, by its key in the texts.
    pub letter: Option<String>,
    /// What its objection is about, if reasons can be ticked for it. That objection is its letter.
    pub reasons: Option<Subject>,
    /// Whom the letter goes to, by law; if there is none, the controller of the company.
    pub controllers: Vec<Controller>,
    /// The pages besides the lists of all journeys that lead to it.
    pub linked_from: Vec<Place>,
    /// The steps in order.
    pub steps: Vec<PageStep>,
}

/// A page on which a reader notices that they need a journey.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The first page.
    Home,
    /// Which data is used, and why.
    Why,
    /// The question for what the company replied.
    Replies,
    /// What there is for a class.
    School,
    /// What there is for a family.
    Family,
}

/// A picture.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Icon {
    /// A speech bubble.
    Chat,
    /// A telephone.
    Phone,
    /// A sheet of paper.
    Sheet,
    /// A child.
    Child,
    /// A building.
    Building,
    /// An arrow that goes back.
    Back,
    /// A person.
    Person,
    /// A globe.
    Globe,
    /// A photo.
    Photo,
}

/// A step of such a journey.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageStep {
    /// The key of its texts.
    pub id: String,
    /// The key of the page of the company that it opens.
    pub link: Option<String>,
    /// The key of the page to open if that one does not work.
    pub fallback: Option<String>,
    /// The key of the text to copy.
    pub text: Option<String>,
    /// Whether the text is a message to other people, so that it is in the language of the page.
    #[serde(default)]
    pub message: bool,
    /// The ids of the services whose steps it leads to.
    #[serde(default)]
    pub services: Vec<String>,
    /// The ids of the journeys on one page that it leads to.
    #[serde(default)]
    pub journeys: Vec<String>,
}

/// A file of such a journey.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageJourneyFile {
    #[serde(rename = "kind")]
    _kind: journey::Kind,
    company: String,
    number: u16,
    icon: Icon,
    minutes: u8,
    login: Option<bool>,
    laws: Option<Vec<String>>,
    letter: Option<String>,
    reasons: Option<Subject>,
    #[serde(default)]
    linked_from: Vec<Place>,
    #[serde(default)]
    controller: Vec<Controller>,
    step: Vec<PageStep>,
    #[serde(default)]
    link: Vec<CompanyPage>,
    #[serde(default)]
    claims: BTreeMap<String, Claim>,
}

/// Whether a short number is not one of a journey but of another page.
pub fn is_of_other_pages(number: u16) -> bool {
    !(11..40).contains(&number) && number < 100
}

/// The journeys on one page with the pages of companies and the claims of their files.
#[derive(Default)]
pub(super) struct PageJourneys {
    pub all: Vec<PageJourney>,
    pub links: BTreeMap<String, CompanyPage>,
    pub claims: BTreeMap<String, Claim>,
}

impl PageJourney {
    /// The path of its file.
    pub fn file(&self) -> String {
        journey::path(&self.id)
    }

    /// Whether it is for people under the law `law`.
    pub fn is_for(&self, law: &str) -> bool {
        let laws = self.laws.as_ref();
        laws.is_none_or(|laws| laws.iter().any(|id| id == law))
    }

    /// The keys of its texts to copy, each once.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        self.steps.iter().filter_map(|step| step.text.as_ref())
    }

    /// The keys of the pages of companies to which it leads.
    pub fn links(&self) -> impl Iterator<Item = &String> {
        self.steps
            .iter()
            .flat_map(|step| step.link.iter().chain(&step.fallback))
    }
}

impl PageJourneys {
    /// Reads the files of these journeys, in the order of their numbers.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut all = Self::default();
        for id in journey::ids(files, journey::Kind::Page)? {
            all.add(files, id)?;
        }
        all.all.sort_by_key(|journey| journey.number);
        Ok(all)
    }

    fn add(&mut self, files: &Files, id: String) -> Result<(), LoadError> {
        let (file, read): (_, PageJourneyFile) = files.parse(&journey::path(&id))?;
        check_entries(&file, &read.step)?;
        check_entries(&file, &read.link)?;
        check_entries(&file, &read.controller)?;
        if is_of_other_pages(read.number) {
            let reason = format!(
                "{} is a number of other pages: a journey has 11 to 39, or 100 and more",
                read.number
            );
            return Err(file.error_at_key("number", reason));
        }
        if let Some(other) = self.all.iter().find(|other| other.number == read.number) {
            let reason = format!("“{}” has the number {}, too", other.id, read.number);
            return Err(file.error_at_key("number", reason));
        }
        for mut page in read.link {
            page.file = journey::path(&id);
            if self.links.contains_key(&page.id) {
                return Err(file.error_at(&page.id, format!("another journey has the link “{}”", page.id)));
            }
            self.links.insert(page.key(), page);
        }
        for (key, mut claim) in read.claims {
            claim.file = journey::path(&id);
            if self.claims.contains_key(&key) {
                return Err(file.error_at(&key, format!("another journey has the claim “{key}”")));
            }
            self.claims.insert(key, claim);
        }
        self.all.push(PageJourney {
            letter_path: format!("{id}/letter"),
            id,
            company: read.company,
            number: read.number,
            icon: read.icon,
            minutes: read.minutes,
            login: read.login,
            laws: read.laws,
            letter: read.letter,
            reasons: read.reasons,
            controllers: read.controller,
            linked_from: read.linked_from,
            steps: read.step,
        });
        Ok(())
    }
}

impl Entry for PageStep {
    fn key(&self) -> String {
        self.id.clone()
    }
}

impl Entry for PageJourney {
    fn key(&self) -> String {
        "recipient".to_owned()
    }

    fn sources(&self) -> Vec<&Source> {
        self.controllers.iter().flat_map(Entry::sources).collect()
    }
}
