//! Texts for Meta's form: `objection.toml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::facts::Law;
use crate::messages::Pattern;

/// File `objection.toml`: the texts that go to Meta, as plain text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    pub law: LawNames,
    pub gdpr: ObjectionTexts,
    pub swiss_fadp: ObjectionTexts,
    pub grounds: BTreeMap<String, GroundTexts>,
}

/// The short names of GDPR and UK GDPR, which share one set of texts.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawNames {
    pub gdpr: String,
    pub uk_gdpr: String,
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
}

impl LawNames {
    /// The name for `law`; empty in Switzerland, where the texts have it.
    pub fn of(&self, law: Law) -> &str {
        match law {
            Law::Gdpr => &self.gdpr,
            Law::UkGdpr => &self.uk_gdpr,
            Law::SwissFadp => "",
        }
    }
}

impl Objection {
    /// The texts for a law, and the short name of the law to fill in; empty where the texts contain it.
    pub fn of(&self, law: Law) -> (&ObjectionTexts, &str) {
        match law {
            Law::Gdpr | Law::UkGdpr => (&self.gdpr, self.law.of(law)),
            Law::SwissFadp => (&self.swiss_fadp, self.law.of(law)),
        }
    }
}

/// The wording of a ground in the text.
#[derive(BorshDeserialize, BorshSerialize, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundTexts {
    pub clause: String,
    pub sentence: String,
}
