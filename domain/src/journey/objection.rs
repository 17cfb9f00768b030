//! The text that a person pastes into Meta's form, composed from choices.
//!
//! It always names the purpose (developing and improving AI at Meta), what is meant (public content and
//! conversations with AI), the article that applies in the country, the restriction of the processing while Meta
//! decides (Art. 18(1)(d) GDPR; in Switzerland an express refusal instead, Art. 30 FADP) and asks for a
//! confirmation. It never withdraws a consent: Meta does not rely on one.

use std::collections::BTreeSet;

use super::{Length, Library, Plan};
use crate::facts::{Facts, Law};
use crate::files::{Files, LoadError};
use crate::words::Locale;

/// The number of characters that the short version never exceeds, whatever is ticked.
pub const SHORT_LIMIT: usize = 1_600;

/// The number of characters that every text has at least. Two people met a minimum of 100 in 2024
/// (claim `text-too-short`).
pub const MINIMUM: usize = 120;

/// Writes the objection in the language of the edition at place `language`. Plain text; paragraphs are separated
/// by an empty line.
pub fn compose(plan: &Plan, library: &Library, language: usize) -> String {
    let words = &library.editions[language].words;
    let grounds = library.facts.grounds.iter().enumerate();
    let ticked = grounds.filter(|(place, _)| plan.choices().grounds.contains(*place));
    let special = ticked.clone().any(|(_, ground)| ground.special_category);
    let ticked = ticked.filter_map(|(_, ground)| words.objection.grounds.get(&ground.id));

    let (texts, law) = words.objection.of(plan.country(library).law);
    let own = !plan.choices().grounds.is_empty();
    let (pattern, grounds, addition) = match plan.choices().length {
        Length::Short if own => {
            let clauses = words.format.list(ticked.map(|ground| ground.clause.as_str()));
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
    let services = words.format.list(plan.covered().iter().map(|service| service.name()));
    let sentence = library.facts.tested_sentence.wording.get(&words.code);
    pattern.fill(&[
        ("services", &services),
        ("sentence", sentence.map_or("", |wording| &wording.text)),
        ("grounds", &grounds),
        ("special", &special),
        ("law", law),
    ])
}

/// Checks that the texts of a language can be composed: every ground has its words, every hole is one that
/// [`compose`] fills, and the tested sentence exists in this language.
///
/// # Errors
/// The first text that cannot be composed, with file, line and reason.
pub(super) fn check(files: &Files, facts: &Facts, words: &Locale) -> Result<(), LoadError> {
    let source = files.read(&format!("locales/{}/objection.toml", words.code))?;
    let known: BTreeSet<&str> = facts.grounds.iter().map(|ground| ground.id.as_str()).collect();
    let told: BTreeSet<&str> = words.objection.grounds.keys().map(String::as_str).collect();
    if let Some(id) = known.symmetric_difference(&told).next() {
        return Err(source.error_at(
            id,
            format!("the ground “{id}” must stand here and in data/grounds.toml"),
        ));
    }
    for law in [Law::Gdpr, Law::SwissFadp] {
        let (texts, name) = words.objection.of(law);
        for (pattern, mut expected) in [
            (&texts.short_tested, vec!["sentence", "services"]),
            (&texts.full_tested, vec!["sentence", "services"]),
            (&texts.short_own, vec!["grounds", "services", "special"]),
            (&texts.full_own, vec!["grounds", "services", "special"]),
            (&texts.short_special, vec![]),
            (&texts.full_special, vec![]),
        ] {
            expected.extend((!name.is_empty()).then_some("law"));
            let holes: BTreeSet<&str> = pattern.holes().collect();
            if holes != expected.iter().copied().collect() {
                let reason = format!("a text has the placeholders {holes:?}, but needs {expected:?}");
                return Err(source.error(None, reason));
            }
        }
    }
    if !facts.tested_sentence.wording.contains_key(&words.code) {
        let file = files.read("data/tested_sentence.toml")?;
        return Err(file.error(None, format!("the sentence has no wording for “{}”", words.code)));
    }
    Ok(())
}
