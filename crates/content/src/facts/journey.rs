//! `data/journeys/*.toml`: the ways to object, step by step, one file for each. Those on one page are in `page_journey.rs`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::{Source, Sources};
use crate::files::{Files, LoadError};

/// The folder of the files.
pub(super) const FOLDER: &str = "data/journeys/";

/// A way to object, step by step.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Journey {
    /// The name of its file without `.toml`, and the first part of the addresses of its steps.
    pub id: String,
    /// The id of the company.
    pub company: String,
    /// The ids of the services for which it is.
    pub services: Vec<String>,
    /// What is asked before the first step, in this order.
    pub questions: Vec<Question>,
    /// The slugs of the letters that belong to it.
    pub letters: Vec<String>,
    /// The slugs of the company's replies that have a page.
    pub replies: Vec<String>,
    /// The slugs of the questions whether an objection counts.
    pub statuses: Vec<String>,
    /// The sources of its order.
    #[borsh(skip)]
    pub sources: Sources,
    /// The steps in order.
    pub steps: Vec<JourneyStep>,
}

/// A question before the first step.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// For which services.
    Service,
    /// Whether the accounts of several services belong together.
    Accounts,
    /// Where the person lives.
    Country,
}

/// A step of a journey.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JourneyStep {
    /// The key of its texts, and the last part of its address.
    pub id: String,
    /// Its address below the language: `meta-account/sign-in`.
    #[serde(skip)]
    pub path: String,
    /// The drawing of the company's page.
    pub drawing: Option<Drawing>,
    /// What it shows besides its texts.
    #[serde(default)]
    pub shows: Vec<Part>,
    /// Whether it happens on the company's page: such steps are listed where the form is opened.
    #[serde(default)]
    pub there: bool,
    /// The ids of the problems that people have reported there.
    #[serde(default)]
    pub troubles: Vec<String>,
}

/// A drawing of a page of the company, by what is marked in it.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// A page to sign in: the button.
    SignIn,
    /// The form: the address line.
    Address,
    /// The form: the field for the e-mail address.
    Email,
    /// The form: the field for the explanation.
    Explanation,
    /// The form: the button.
    Button,
    /// A page with one field for a code: the field.
    Code,
    /// A mailbox: the e-mail.
    Mail,
}

/// What a step can show besides its texts.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The link to the form, and the other ways to it.
    Form,
    /// The country that was chosen.
    Country,
    /// The text to copy, and its options.
    Text,
    /// What the objection covers, and what comes next.
    End,
}

/// The kind of a journey.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// Each step has a page.
    #[default]
    Steps,
    /// All steps are on one page.
    Page,
}

/// What tells the kind of a file.
#[derive(Deserialize)]
struct AnyFile {
    #[serde(default)]
    kind: Kind,
}

/// The ids of the journeys of one kind, in alphabetical order.
pub(super) fn ids(files: &Files, kind: Kind) -> Result<Vec<String>, LoadError> {
    let mut ids = files.names(FOLDER);
    let mut kinds = Vec::new();
    for id in &ids {
        let (_, file): (_, AnyFile) = files.parse(&path(id))?;
        kinds.push(file.kind);
    }
    let mut kinds = kinds.into_iter();
    ids.retain(|_| kinds.next() == Some(kind));
    Ok(ids)
}

/// A file of a journey.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JourneyFile {
    company: String,
    services: Vec<String>,
    questions: Vec<Question>,
    letters: Vec<String>,
    replies: Vec<String>,
    #[serde(default)]
    statuses: Vec<String>,
    sources: Sources,
    step: Vec<JourneyStep>,
}

impl Journey {
    /// The path of its file.
    pub fn file(&self) -> String {
        path(&self.id)
    }

    /// The sources of its order.
    pub(super) fn sources(&self) -> Vec<&Source> {
        self.sources.iter().collect()
    }
}

/// The path of the file of the journey `id`.
pub(super) fn path(id: &str) -> String {
    format!("{FOLDER}{id}.toml")
}

/// Reads the files of all journeys.
pub(super) fn load(files: &Files) -> Result<Vec<Journey>, LoadError> {
    let load = |id: String| {
        let (file, read): (_, JourneyFile) = files.parse(&path(&id))?;
        let mut steps = read.step;
        for index in 0..steps.len() {
            let (before, step) = (&steps[..index], &steps[index]);
            if before.iter().any(|other| other.id == step.id) {
                return Err(file.error_at(&step.id, format!("the step “{}” stands here twice", step.id)));
            }
            steps[index].path = format!("{id}/{}", steps[index].id);
        }
        if steps.is_empty() || read.services.is_empty() {
            return Err(file.error(None, "a journey needs a step and a service"));
        }
        Ok(Journey {
            id,
            company: read.company,
            services: read.services,
            questions: read.questions,
            letters: read.letters,
            replies: read.replies,
            statuses: read.statuses,
            sources: read.sources,
            steps,
        })
    };
    ids(files, Kind::Steps)?.into_iter().map(load).collect()
}
