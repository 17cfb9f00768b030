//! Texts for Meta's form: `objection.toml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::{Ground, Law, Subject};
use crate::messages::Pattern;

/// File `objection.toml`: the texts that go to Meta, as plain text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// The name of each law whose texts leave it open, by its id.
    law_names: BTreeMap<String, String>,
    /// By [`Law::texts`].
    texts: BTreeMap<String, ObjectionTexts>,
    pub grounds: BTreeMap<String, GroundTexts>,
}

/// The texts of an objection under one law. Each names the services; those with the tested sentence have a
/// placeholder for it, those with the person's own grounds have placeholders for these and for the addition about
/// special categories of data.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionTexts {
    pub short_tested: Pattern,
    pub full_tested: Pattern,
    pub short_own: Pattern,
    pub full_own: Pattern,
    pub short_special: Pattern,
    pub full_special: Pattern,
    /// The sentence with the person's own grounds in the text of a journey on one page.
    pub reasons: Pattern,
}

impl Objection {
    /// The texts for a law.
    ///
    /// # Panics
    /// When `law` is not from the facts with which the texts were loaded.
    pub fn of(&self, law: &Law) -> &ObjectionTexts {
        self.texts.get(&law.texts).expect("there is an objection for every law")
    }

    /// The ids of the laws that have texts.
    pub fn laws(&self) -> impl Iterator<Item = &String> {
        self.texts.keys()
    }

    /// The name of the law to fill in; empty where the texts contain it.
    pub fn law_name(&self, law: &Law) -> &str {
        self.law_names.get(&law.id).map_or("", String::as_str)
    }
}

/// The wording of a ground in the text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundTexts {
    pub clause: String,
    pub sentence: String,
    /// The clause by the subject of the objection, where it is another one than a person's own posts.
    #[serde(default)]
    about: BTreeMap<Subject, String>,
}

impl GroundTexts {
    /// The clause in an objection about `subject`; none if `ground`, whose texts these are, does not fit.
    pub fn clause_about(&self, ground: &Ground, subject: Subject) -> Option<&str> {
        let own = self.about.get(&subject).map(String::as_str);
        own.or_else(|| ground.fits(subject).then_some(self.clause.as_str()))
    }
}
