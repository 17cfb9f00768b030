//! The text that a person pastes into Meta's form, composed from choices.
//!
//! It always names the purpose (developing and improving AI at Meta), what is meant (public content and
//! conversations with AI), the article that applies in the country, the restriction of the processing while Meta
//! decides (Art. 18(1)(d) GDPR; in Switzerland an express refusal instead, Art. 30 FADP) and asks for a
//! confirmation. It never withdraws a consent: Meta does not rely on one.

use std::collections::BTreeSet;

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Facts, Ground, IdSet};
use veto_content::files::{Files, LoadError};
use veto_content::messages::Objection;

use crate::{Length, Plan};

/// The maximum number of characters of the short version, whatever is ticked.
pub const SHORT_LIMIT: usize = 1_600;

/// The minimum number of characters of every text. Two people reported a minimum of 100 in 2024
/// (claim `text-too-short`).
pub const MINIMUM: usize = 120;

/// The objection in `language` with the person's own `grounds`. Plain text; paragraphs are separated by an empty line. Empty if the language has no text for
/// Meta, see [`Catalog::letter_languages`].
pub fn compose(plan: &Plan, grounds: IdSet<Ground>, catalog: &Catalog, language: LocaleId) -> String {
    let messages = catalog.messages(language);
    let Some(objection) = &messages.objection else {
        return String::new();
    };
    let ticked = grounds.iter().map(|id| &catalog.facts.grounds[id]);
    let special = ticked.clone().any(|ground| ground.special_category);
    let ticked = ticked.filter_map(|ground| objection.grounds.get(&ground.id));

    let law = plan.law(catalog);
    let (texts, law) = (objection.of(law), objection.law_name(law));
    let own = !grounds.is_empty();
    let (pattern, grounds, addition) = match plan.choices().length() {
        Length::Short if own => {
            let clauses = messages.format.list(ticked.map(|ground| ground.clause.as_str()));
            (&texts.short_own, clauses, &texts.short_special)
        }
        Length::Full if own => {
            let sentences: Vec<&str> = ticked.map(|ground| ground.sentence.as_str()).collect();
            (&texts.full_own, sentences.join(" "), &texts.full_special)
        }
        Length::Short => (&texts.short_tested, String::new(), &texts.short_special),
        Length::Full => (&texts.full_tested, String::new(), &texts.full_special),
    };
    let special = if special {
        addition.fill(&[("law", law)])
    } else {
        String::new()
    };
    let services = messages.format.list(plan.covered_names(&catalog.facts));
    pattern.fill(&[
        ("services", &services),
        ("sentence", &catalog.language(language).tested_sentence.text),
        ("grounds", &grounds),
        ("special", &special),
        ("law", law),
    ])
}

/// The sentences about `grounds` in `language`, to be added to a text that a person has changed.
pub fn sentences(grounds: IdSet<Ground>, catalog: &Catalog, language: LocaleId) -> String {
    let Some(objection) = &catalog.messages(language).objection else {
        return String::new();
    };
    let texts = grounds
        .iter()
        .filter_map(|id| objection.grounds.get(&catalog.facts.grounds[id].id));
    texts
        .map(|ground| ground.sentence.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Checks that the patterns of the language `code` have the placeholders that [`compose`] fills.
///
/// # Errors
/// The first pattern with other placeholders, with file and reason.
pub(crate) fn check(files: &Files, facts: &Facts, code: &str, objection: &Objection) -> Result<(), LoadError> {
    for law in facts.laws.values() {
        let (texts, name) = (objection.of(law), objection.law_name(law));
        let law = (!name.is_empty()).then_some("law");
        for (pattern, expected, law) in [
            (&texts.short_tested, vec!["sentence", "services"], law),
            (&texts.full_tested, vec!["sentence", "services"], law),
            (&texts.short_own, vec!["grounds", "services", "special"], law),
            (&texts.full_own, vec!["grounds", "services", "special"], law),
            (&texts.short_special, vec![], law),
            (&texts.full_special, vec![], law),
            (&texts.reasons, vec!["grounds", "special"], None),
        ] {
            let expected: BTreeSet<&str> = expected.into_iter().chain(law).collect();
            let placeholders: BTreeSet<&str> = pattern.placeholders().collect();
            if placeholders != expected {
                let file = files.read(&format!("locales/{code}/objection.toml"))?;
                let reason = format!("a text has the placeholders {placeholders:?}, but needs {expected:?}");
                return Err(file.error(None, reason));
            }
        }
    }
    Ok(())
}
