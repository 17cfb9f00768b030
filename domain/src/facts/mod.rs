//! The room of facts: `data/` as types. What Meta, a court or an authority may change stands there and nowhere else.
//!
//! Lives here: the types of the entries and the checks that an entry is complete, dated, sourced and fits the others.
//! Must not live here: words that a visitor reads, and HTTP.

mod evidence;
mod outgoing;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use evidence::{Confidence, PartialDate, Precision, Source, Sources, host, numbers};
pub use outgoing::Outgoing;

use crate::files::{Files, LoadError};

/// A service of Meta that has an objection form of its own.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Facebook.
    Facebook,
    /// Instagram.
    Instagram,
}

impl Service {
    /// Both services, in the order in which the wizard goes through them.
    pub const ALL: [Self; 2] = [Self::Facebook, Self::Instagram];

    /// The name, which is the same in all languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Instagram => "Instagram",
        }
    }

    /// Its address, as people type it.
    pub fn site(self) -> &'static str {
        match self {
            Self::Facebook => "facebook.com",
            Self::Instagram => "instagram.com",
        }
    }

    /// The service as a list of one.
    pub fn alone(self) -> &'static [Self] {
        std::slice::from_ref(&Self::ALL[self as usize])
    }

    /// How the service is written in a query, in `data/` and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
        }
    }
}

/// The data protection law that gives the right to object where a person lives.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// Regulation (EU) 2016/679; Art. 21(1) gives the right to object. In Iceland, Liechtenstein and Norway by the EEA Agreement.
    Gdpr,
    /// The UK GDPR; its Art. 21 mirrors the EU text.
    UkGdpr,
    /// The Swiss Federal Act on Data Protection; Art. 30(2)(b) forbids processing against an express declaration of will.
    SwissFadp,
}

/// A country whose residents can object. File: `data/countries.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2, such as `AT`.
    pub code: String,
    /// The law that applies to people who live there.
    pub law: Law,
    /// Whether the GDPR applies by the EEA Agreement.
    #[serde(default)]
    pub eea_agreement: bool,
    /// The official languages, ISO 639-1.
    pub languages: Vec<String>,
    /// What the law is called there, by language: `de` -> `DSGVO`.
    pub law_names: BTreeMap<String, String>,
    /// Where this was read.
    pub sources: Sources,
}

/// One of Meta's objection forms. File: `data/forms.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The service whose account holders may use it.
    pub service: Service,
    /// The year in which Meta brought out this generation of the form.
    pub generation: u16,
    /// The address of the form.
    pub address: String,
    /// When somebody last reported to have used it with success.
    pub tried: Source,
    /// When somebody last named it as the form to use.
    pub named: Source,
}

/// A page of Meta that is worth a link. File: `data/links.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The address of the page.
    pub address: String,
    /// Where the address was read.
    pub sources: Sources,
}

/// A data protection supervisory authority that takes complaints about companies. File: `data/authorities.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The key of its note in the locales.
    pub id: String,
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The part of the country for which it is there, ISO 3166-2, if there are several authorities.
    pub region: Option<String>,
    /// Its own name.
    pub name: String,
    /// Its English name, if it has one of its own.
    pub name_en: Option<String>,
    /// Its site.
    pub website: String,
    /// Its page for complaints, if one is known.
    pub complaint: Option<String>,
    /// That page by language, where there are several.
    #[serde(default)]
    pub complaint_by_language: BTreeMap<String, String>,
    /// Its address for complaints by e-mail, if it takes them.
    pub email: Option<String>,
    /// Its postal address, without its name and the country.
    pub address: Vec<String>,
    /// The languages in which it takes complaints, ISO 639-1.
    pub languages: Vec<String>,
    /// How sure all this is.
    pub confidence: Certainty,
    /// Where it was read.
    pub sources: Sources,
}

impl Authority {
    /// The addresses of its pages.
    fn addresses(&self) -> impl Iterator<Item = &String> {
        [&self.website]
            .into_iter()
            .chain(&self.complaint)
            .chain(self.complaint_by_language.values())
    }

    /// Its page for complaints in this language, or else in its own, or else its site.
    pub fn complaint_in(&self, language: &str) -> &str {
        let own = self.complaint.as_ref().unwrap_or(&self.website);
        self.complaint_by_language.get(language).unwrap_or(own)
    }
}

/// A company of Meta that decides about people's data, and where letters reach it. File: `data/controllers.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// The name of the company.
    pub name: String,
    /// A second company that a safe letter names, where it is not settled which one decides.
    pub also: Option<String>,
    /// The laws of the people about whose data it decides.
    pub laws: Vec<Law>,
    /// Who is to open the letter.
    pub attention: String,
    /// The postal address, with the country.
    pub address: Vec<String>,
    /// The authority that leads for this company, by its id.
    pub lead_authority: String,
    /// Where this was read.
    pub sources: Sources,
}

impl Controller {
    /// The names that a letter gives.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        [&self.name].into_iter().chain(&self.also).map(String::as_str)
    }
}

/// How sure the details of an authority are.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Several independent texts agree.
    High,
    /// Mostly old or single texts.
    Medium,
    /// One weak text.
    Low,
}

/// A way through the menus of an app or a site to the objection form. File: `data/menus.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    /// The services whose menus look like this.
    pub services: Vec<Service>,
    /// The language of the labels, ISO 639-1.
    pub language: String,
    /// The labels to tap, one after the other.
    pub labels: Vec<String>,
    /// How sure the way is.
    pub confidence: Confidence,
    /// Where it was read.
    pub sources: Sources,
}

/// A reason that concerns the data subject's own situation. File: `data/grounds.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// How the ground is written in a query, in the locales and on the command line.
    pub id: String,
    /// Under which heading it is offered.
    pub group: GroundGroup,
    /// Whether it names data under Art. 9(1) GDPR (in Switzerland: sensitive personal data).
    #[serde(default)]
    pub special_category: bool,
    /// Who uses this ground in a published wording.
    pub sources: Sources,
}

/// The heading under which a ground is offered.
#[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "lowercase")]
pub enum GroundGroup {
    /// People in the pictures and posts.
    People,
    /// Health, belief, safety: what must not get around.
    Sensitive,
    /// Work and rights in one's own works.
    Work,
    /// Time that has passed, and loss of control.
    Control,
}

impl GroundGroup {
    /// All groups in the order of the page.
    pub const ALL: [Self; 4] = [Self::People, Self::Sensitive, Self::Work, Self::Control];
}

/// An event between Meta, the courts, the authorities and the users. File: `data/timeline.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The key of its text in the locales.
    pub id: String,
    /// When it happened, or will.
    pub date: PartialDate,
    /// How sure it is.
    pub confidence: Confidence,
    /// Whether the parties tell it differently, or its outcome is unknown.
    #[serde(default)]
    pub disputed: bool,
    /// Where it was read.
    pub sources: Sources,
}

/// Something that has gone wrong for others at a step. File: `data/troubles.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// The key of its text in the locales.
    pub id: String,
    /// The step at which it happens, 1 to 7.
    pub step: u8,
    /// The claims that report it.
    pub claims: Vec<String>,
}

/// What carries a statement of the pages. File: `data/claims.toml`; the sentence itself stands in the locales.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// How far the sources carry it.
    pub confidence: Confidence,
    /// Where it was read.
    pub sources: Sources,
}

/// A date that texts name, such as the day of the last check. File: `data/dates.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedDate {
    /// The date.
    pub date: PartialDate,
    /// Where it was read.
    pub sources: Sources,
}

/// The reason that klicksafe published and people used with success. File: `data/tested_sentence.toml`.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestedSentence {
    /// When it was published.
    pub published: PartialDate,
    /// Where it was read.
    pub sources: Sources,
    /// The sentence by language, ISO 639-1.
    pub wording: BTreeMap<String, Wording>,
}

/// The tested sentence in one language.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The sentence, as plain text.
    pub text: String,
    /// Whether these are the published words; otherwise it is our translation of them.
    pub published: bool,
}

/// Everything in `data/`, complete and consistent.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Facts {
    /// The countries whose residents can object.
    pub countries: Vec<Country>,
    /// Meta's forms; each service has at least one, newest first.
    pub forms: Vec<Form>,
    /// Pages of Meta by their key.
    pub links: BTreeMap<String, Link>,
    /// The authorities; each country has at least one.
    pub authorities: Vec<Authority>,
    /// The companies of Meta; each law has one.
    pub controllers: Vec<Controller>,
    /// Ways through the menus.
    pub menus: Vec<Menu>,
    /// The reasons to choose from; at most 64.
    pub grounds: Vec<Ground>,
    /// What happened, oldest first.
    pub timeline: Vec<Event>,
    /// What goes wrong at which step.
    pub troubles: Vec<Trouble>,
    /// The evidence behind the pages' statements, by its key.
    pub claims: BTreeMap<String, Claim>,
    /// Dates that texts name, by their key.
    pub dates: BTreeMap<String, NamedDate>,
    /// The reason that klicksafe published.
    pub tested_sentence: TestedSentence,
}

impl Facts {
    /// Reads and checks all of `data/`.
    ///
    /// # Errors
    /// At the first file that cannot be read, does not fit its type (unknown key, missing source, no date) or
    /// contradicts another; the error names file, line and reason.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut facts = Self {
            countries: list(files, "country", "data/countries.toml", |country: &Country| {
                country.code.clone()
            })?,
            forms: list(files, "form", "data/forms.toml", |form: &Form| form.address.clone())?,
            links: files.parse("data/links.toml")?.1,
            authorities: list(files, "authority", "data/authorities.toml", |authority: &Authority| {
                authority.id.clone()
            })?,
            controllers: list(
                files,
                "controller",
                "data/controllers.toml",
                |controller: &Controller| controller.name.clone(),
            )?,
            menus: list(files, "menu", "data/menus.toml", |menu: &Menu| menu.labels.join(" > "))?,
            grounds: list(files, "ground", "data/grounds.toml", |ground: &Ground| {
                ground.id.clone()
            })?,
            timeline: list(files, "event", "data/timeline.toml", |event: &Event| event.id.clone())?,
            troubles: list(files, "trouble", "data/troubles.toml", |trouble: &Trouble| {
                trouble.id.clone()
            })?,
            claims: files.parse("data/claims.toml")?.1,
            dates: files.parse("data/dates.toml")?.1,
            tested_sentence: files.parse("data/tested_sentence.toml")?.1,
        };
        // Wherever an operator's file has put a new one.
        facts.forms.sort_by_key(|form| Reverse(form.generation));
        facts.timeline.sort_by_key(|event| event.date);
        facts.check(files)?;
        Ok(facts)
    }

    fn check(&self, files: &Files) -> Result<(), LoadError> {
        let addresses = self.links.values().map(|link| &link.address);
        let addresses = addresses.map(|address| ("data/links.toml", address));
        let forms = self.forms.iter().map(|form| &form.address);
        let forms = forms.map(|address| ("data/forms.toml", address));
        let authorities = self.authorities.iter().flat_map(Authority::addresses);
        let authorities = authorities.map(|address| ("data/authorities.toml", address));
        for (file, address) in addresses.chain(forms).chain(authorities) {
            if !address.starts_with("https://") {
                return Err(files
                    .read(file)?
                    .error_at(address, "an address must begin with https://"));
            }
        }
        for service in Service::ALL {
            if self.forms_of(service).next().is_none() {
                let file = files.read("data/forms.toml")?;
                return Err(file.error(None, format!("{} has no form", service.name())));
            }
        }
        let file = files.read("data/controllers.toml")?;
        for controller in &self.controllers {
            let lead = &controller.lead_authority;
            if !self.authorities.iter().any(|authority| authority.id == *lead) {
                return Err(file.error_at(lead, format!("data/authorities.toml has no authority “{lead}”")));
            }
        }
        for country in &self.countries {
            if !self
                .controllers
                .iter()
                .any(|controller| controller.laws.contains(&country.law))
            {
                return Err(file.error(
                    None,
                    format!("nobody decides about the data of people in {}", country.code),
                ));
            }
            if self.authorities_of(country).next().is_none() {
                let file = files.read("data/authorities.toml")?;
                return Err(file.error(None, format!("{} has no authority", country.code)));
            }
        }
        if self.grounds.len() > 64 {
            return Err(files.read("data/grounds.toml")?.error(None, "more than 64 grounds"));
        }
        for trouble in &self.troubles {
            let file = files.read("data/troubles.toml")?;
            if !(1..=7).contains(&trouble.step) {
                return Err(file.error_at(&trouble.id, "a step has a number from 1 to 7"));
            }
            if let Some(claim) = trouble.claims.iter().find(|claim| !self.claims.contains_key(*claim)) {
                return Err(file.error_at(claim, format!("data/claims.toml has no claim “{claim}”")));
            }
        }
        Ok(())
    }

    /// The authorities of a country with their places in the file: one, or one for each region.
    pub fn authorities_of(&self, country: &Country) -> impl Iterator<Item = (usize, &Authority)> {
        self.authorities
            .iter()
            .enumerate()
            .filter(|(_, authority)| authority.country == country.code)
    }

    /// Who decides about the data of the people of a country.
    ///
    /// # Panics
    /// When `country` is not one of these facts: each of theirs has its controller, as was checked when they were read.
    pub fn controller(&self, country: &Country) -> &Controller {
        let controller = self
            .controllers
            .iter()
            .find(|controller| controller.laws.contains(&country.law));
        controller.expect("each country has its controller")
    }

    /// The forms of one service, newest first.
    pub fn forms_of(&self, service: Service) -> impl Iterator<Item = &Form> + Clone {
        self.forms.iter().filter(move |form| form.service == service)
    }
}

/// Reads a file that is a list of `[[entry]]` tables whose keys must differ.
fn list<T: DeserializeOwned>(
    files: &Files,
    entry: &str,
    path: &str,
    key: impl Fn(&T) -> String,
) -> Result<Vec<T>, LoadError> {
    let (source, mut tables): (_, BTreeMap<String, Vec<T>>) = files.parse(path)?;
    let entries = tables.remove(entry).unwrap_or_default();
    if entries.is_empty() || !tables.is_empty() {
        return Err(source.error(None, format!("this file must hold [[{entry}]] tables and nothing else")));
    }
    let mut seen = BTreeSet::new();
    for entry in &entries {
        let key = key(entry);
        if !seen.insert(key.clone()) {
            return Err(source.error_at(&key, format!("“{key}” stands here twice")));
        }
    }
    Ok(entries)
}
