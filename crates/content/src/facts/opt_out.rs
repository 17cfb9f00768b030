//! `[[source]]`, `[[opt_out]]`, `[[way]]` and `[[recipient]]` in `data/companies/*.toml`: what a service does with data for
//! AI training, how a person gets out of it, and whom to write to.
//!
//! Each statement names its sources, which stand once in the file, so that nothing is shown without evidence.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::entry::{Entry, FileEntry};
use super::statement::{CompanySource, Evidence, Stated};
use super::{PartialDate, Source};
use crate::files::{LoadError, SourceFile};

/// The group of a service on the overview.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    /// Social networks.
    Social,
    /// Assistants.
    Assistant,
    /// Work and code.
    Work,
    /// Pictures, texts, music.
    Creative,
    /// Shopping, devices, the rest.
    Everyday,
}

impl ServiceKind {
    /// All groups in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Social,
        Self::Assistant,
        Self::Work,
        Self::Creative,
        Self::Everyday,
    ];
}

/// What happens if a person does nothing.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultUse {
    /// Data is used.
    On,
    /// Data is not used.
    Off,
    /// The service asks.
    Choice,
}

/// A kind of data.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "described by its text in locales/en/company.toml")]
pub enum DataKind {
    Profile,
    Posts,
    Pictures,
    Videos,
    GroupMessages,
    PrivateMessages,
    Applications,
    Chats,
    TemporaryChats,
    Uploads,
    Feedback,
    Code,
    Documents,
    Contact,
    Offers,
    Usage,
    Voice,
    Health,
    WebPages,
    Business,
    Minors,
}

impl DataKind {
    /// The number of kinds.
    pub const COUNT: usize = Self::Minors as usize + 1;
}

/// A legal basis that a company names.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "described by its text in locales/en/company.toml")]
pub enum Basis {
    LegitimateInterests,
    Consent,
    Contract,
    LegalDuty,
    Research,
}

/// Why there is no way out.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Nothing {
    /// The service says that it does not train on content, so there is nothing to do.
    ToDo,
    /// We found no way out.
    Found,
}

/// What a service does with data for AI training. Statements that no source makes are absent.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptOut {
    /// The id of the service.
    pub id: String,
    /// The group on the overview.
    pub kind: ServiceKind,
    /// What happens if a person does nothing.
    pub default: Option<Stated<DefaultUse>>,
    /// The ids of the laws whose people are affected.
    pub affected: Option<Stated<Vec<String>>>,
    /// The ids of the laws for whose people these statements are known to be outdated.
    #[serde(default)]
    pub outdated_for: Vec<String>,
    /// What is used.
    #[serde(default)]
    pub used: Vec<Stated<Vec<DataKind>>>,
    /// What is not used.
    #[serde(default)]
    pub not_used: Vec<Stated<Vec<DataKind>>>,
    /// Since when.
    pub since: Option<Stated<PartialDate>>,
    /// The legal bases that the company names.
    pub basis: Option<Stated<Vec<Basis>>>,
    /// Whether the way out reaches future use only.
    pub only_future: Option<Stated<bool>>,
    /// How long the way out takes: our estimate.
    pub minutes: Option<u8>,
    /// Why there is no way out.
    pub nothing: Option<Stated<Nothing>>,
    /// The evidence for each of the sentences of its own in `locales/*/companies.toml`, at most two.
    #[serde(default)]
    pub notes: Vec<Evidence>,
}

/// How a way out works.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum WayKind {
    /// A switch in the settings.
    Switch,
    /// A setting to look at; it is off already.
    Check,
    /// An online form.
    Form,
    /// An e-mail.
    Email,
}

/// What to do with a switch.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// Turn it off.
    Off,
    /// Turn it on.
    On,
}

/// Where a switch is: labels to tap, in one language.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuPath {
    /// The language of the labels, ISO 639-1.
    pub language: String,
    /// The labels, in order.
    pub labels: Vec<String>,
}

/// A way out.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// The id, unique in its file.
    pub id: String,
    /// The id of the service.
    pub service: String,
    /// How it works.
    pub kind: WayKind,
    /// The ids of the laws for whose people it is; all if there are none.
    #[serde(default)]
    pub laws: Vec<String>,
    /// What to do with the switch.
    pub turn: Option<Turn>,
    /// Whether it needs an account; absent if it is not known.
    pub login: Option<bool>,
    /// Whether only an administrator can do it.
    #[serde(default)]
    pub admin: bool,
    /// Whether it may be missing in some countries.
    #[serde(default)]
    pub may_be_missing: bool,
    /// The address of the form or of the setting.
    pub address: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Where the switch is.
    #[serde(default)]
    pub paths: Vec<Stated<MenuPath>>,
    /// The evidence.
    pub evidence: Evidence,
}

/// The part of a legal person in the use of data.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// It decides about the use (Art. 4(7) GDPR).
    Controller,
    /// It represents the controller in the Union, the United Kingdom or Switzerland (Art. 27 GDPR).
    Representative,
    /// It is the controller's data protection officer (Art. 37 GDPR).
    DataProtectionOfficer,
}

/// A legal person to write to.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// The id of the company: the name of the file.
    #[serde(skip)]
    pub company: String,
    /// The name.
    pub name: String,
    /// The ids of the services; all of the company if there are none.
    #[serde(default)]
    pub services: Vec<String>,
    /// Its part.
    pub role: Role,
    /// The ids of the laws whose people write to it.
    pub laws: Vec<String>,
    /// The department for the attention line.
    pub attention: Option<String>,
    /// The postal address, with the country; empty if none is known that may be printed.
    #[serde(default)]
    pub address: Vec<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether the address is old and has to be checked.
    #[serde(default)]
    pub old: bool,
    /// The evidence.
    pub evidence: Evidence,
}

/// A list of services that many people of one group use.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// The key of its text.
    pub id: String,
    /// The ids of the services.
    pub services: Vec<String>,
}

impl OptOut {
    /// The evidence of all its statements.
    pub fn evidence(&self) -> Vec<&Evidence> {
        let mut all: Vec<&Evidence> = Vec::new();
        all.extend(self.default.iter().map(|it| &it.evidence));
        all.extend(self.affected.iter().map(|it| &it.evidence));
        all.extend(self.used.iter().chain(&self.not_used).map(|it| &it.evidence));
        all.extend(self.since.iter().map(|it| &it.evidence));
        all.extend(self.basis.iter().map(|it| &it.evidence));
        all.extend(self.only_future.iter().map(|it| &it.evidence));
        all.extend(self.nothing.iter().map(|it| &it.evidence));
        all.extend(&self.notes);
        all
    }

    fn evidence_mut(&mut self) -> Vec<&mut Evidence> {
        let mut all: Vec<&mut Evidence> = Vec::new();
        all.extend(self.default.iter_mut().map(|it| &mut it.evidence));
        all.extend(self.affected.iter_mut().map(|it| &mut it.evidence));
        let data = self.used.iter_mut().chain(&mut self.not_used);
        all.extend(data.map(|it| &mut it.evidence));
        all.extend(self.since.iter_mut().map(|it| &mut it.evidence));
        all.extend(self.basis.iter_mut().map(|it| &mut it.evidence));
        all.extend(self.only_future.iter_mut().map(|it| &mut it.evidence));
        all.extend(self.nothing.iter_mut().map(|it| &mut it.evidence));
        all.extend(&mut self.notes);
        all
    }
}

/// The entries of one company.
#[derive(Default)]
pub(super) struct OptOutEntries {
    pub opt_outs: Vec<OptOut>,
    pub ways: Vec<Way>,
    pub recipients: Vec<Recipient>,
}

impl OptOutEntries {
    /// Looks up all sources, and checks that the entries fit together. `is_own` tells whether the company has a service.
    pub fn resolve(
        mut self,
        file: &SourceFile,
        sources: Vec<CompanySource>,
        is_own: impl Fn(&String) -> bool,
    ) -> Result<Self, LoadError> {
        let sources = sources.into_iter().map(|source| (source.id.clone(), source)).collect();
        let mut named = self.opt_outs.iter().map(|opt_out| &opt_out.id);
        let of_recipients = self.recipients.iter().flat_map(|recipient| &recipient.services);
        if let Some(unknown) = named.by_ref().chain(of_recipients).find(|id| !is_own(id)) {
            return Err(file.error_at(unknown, format!("the company has no service “{unknown}”")));
        }
        for way in &self.ways {
            let id = &way.id;
            if !self.opt_outs.iter().any(|opt_out| opt_out.id == way.service) {
                return Err(file.error_at(id, format!("there is no [[opt_out]] “{}”", way.service)));
            }
            let is_complete = match way.kind {
                WayKind::Switch | WayKind::Check => !way.paths.is_empty() || way.address.is_some(),
                WayKind::Form => way.address.is_some(),
                WayKind::Email => way.email.is_some(),
            };
            if !is_complete {
                return Err(file.error_at(id, format!("the way “{id}” leads nowhere: no path or address")));
            }
        }
        for opt_out in &mut self.opt_outs {
            let id = &opt_out.id;
            let has_way = self.ways.iter().any(|way| way.service == *id);
            if !has_way && opt_out.nothing.is_none() {
                return Err(file.error_at(id, format!("“{id}” has no [[way]], and no “nothing”")));
            }
            if opt_out.notes.len() > 2 {
                return Err(file.error_at(id, format!("“{id}” has more than two notes")));
            }
            for evidence in opt_out.evidence_mut() {
                evidence.resolve(file, &sources)?;
            }
        }
        for way in &mut self.ways {
            way.evidence.resolve(file, &sources)?;
            for path in &mut way.paths {
                path.evidence.resolve(file, &sources)?;
            }
        }
        for recipient in &mut self.recipients {
            recipient.evidence.resolve(file, &sources)?;
        }
        Ok(self)
    }
}

impl Entry for OptOut {
    fn key(&self) -> String {
        self.id.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.evidence().into_iter().flat_map(|it| &it.sources).collect()
    }
}

impl Entry for Way {
    fn key(&self) -> String {
        self.id.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        let paths = self.paths.iter().map(|path| &path.evidence);
        [&self.evidence]
            .into_iter()
            .chain(paths)
            .flat_map(|it| &it.sources)
            .collect()
    }

    fn addresses(&self) -> Vec<&str> {
        self.address.iter().map(String::as_str).collect()
    }
}

impl Entry for Recipient {
    fn key(&self) -> String {
        self.name.clone()
    }

    fn sources(&self) -> Vec<&Source> {
        self.evidence.sources.iter().collect()
    }
}

impl FileEntry for Preset {
    const FILE: &str = "data/presets.toml";
    const NAME: &str = "preset";
}

impl Entry for Preset {
    fn key(&self) -> String {
        self.id.clone()
    }
}
