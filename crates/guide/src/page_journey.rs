//! The texts of the journeys on one page: for a form, a message or a letter.

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Facts, Ground, IdSet, Law, PageJourney};
use veto_content::files::{Files, LoadError};
use veto_content::messages::{Messages, Pattern};

use crate::objection::SHORT_LIMIT;

/// The placeholders that [`compose`] fills.
const PLACEHOLDERS: [&str; 2] = ["law", "sentence"];

/// A text. Plain text; paragraphs are separated by an empty line.
#[derive(Clone, Debug)]
pub struct PlainText {
    /// The subject; empty if it has none.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Whether a language has all texts that [`compose`] needs for `journey`.
pub fn has_texts(journey: &PageJourney, messages: &Messages) -> bool {
    messages.page_journeys.contains_key(&journey.id) && messages.objection.is_some() && messages.letters.is_some()
}

/// The text `key` of `journey` under `law` in `language`; `None` if the language has no such text, see [`has_texts`].
/// A person's own `grounds` stand in place of the tested sentence, before the last paragraph, which says what the company is to
/// do. Those that are not offered are left out, and the last ones if the text becomes longer than [`SHORT_LIMIT`], see
/// [`fitting`].
pub fn compose(
    journey: &PageJourney,
    key: &str,
    law: &Law,
    grounds: IdSet<Ground>,
    catalog: &Catalog,
    language: LocaleId,
) -> Option<PlainText> {
    let grounds = fitting(journey, key, law, grounds, catalog, language);
    compose_all(journey, key, law, grounds, catalog, language)
}

/// Those of `grounds` with which the text is at most [`SHORT_LIMIT`] characters long: the first ones.
pub fn fitting(
    journey: &PageJourney,
    key: &str,
    law: &Law,
    grounds: IdSet<Ground>,
    catalog: &Catalog,
    language: LocaleId,
) -> IdSet<Ground> {
    let counts = (0..=grounds.len()).rev();
    let mut sets = counts.map(|count| grounds.iter().take(count).collect());
    let fits = |grounds: &IdSet<Ground>| {
        let text = compose_all(journey, key, law, *grounds, catalog, language);
        text.is_none_or(|text| text.body.chars().count() <= SHORT_LIMIT)
    };
    sets.find(fits).unwrap_or_default()
}

/// As [`compose`], with all `grounds`, however long the text becomes.
fn compose_all(
    journey: &PageJourney,
    key: &str,
    law: &Law,
    grounds: IdSet<Ground>,
    catalog: &Catalog,
    language: LocaleId,
) -> Option<PlainText> {
    let messages = catalog.messages(language);
    let text = messages.page_journeys.get(&journey.id)?.texts.get(key)?;
    let reasons = reasons(journey, law, grounds, catalog, language).filter(|_| journey.letter.as_deref() == Some(key));
    let tested = &catalog.language(language).tested_sentence.text;
    let values = [
        ("law", messages.objection.as_ref()?.law_name(law)),
        ("sentence", if reasons.is_some() { "" } else { tested }),
    ];
    let subject = text.subject.as_ref().map(|subject| subject.fill(&values));
    let body = text.of(law)?.fill(&values);
    let mut paragraphs: Vec<&str> = body.trim().split("\n\n").map(str::trim).collect();
    if let Some(reasons) = &reasons {
        paragraphs.insert(paragraphs.len() - 1, reasons);
    }
    Some(PlainText {
        subject: subject.unwrap_or_default(),
        body: paragraphs.join("\n\n"),
    })
}

/// The grounds that a person can tick for the objection of `journey` in `language`: those that fit its subject.
pub fn offered(journey: &PageJourney, catalog: &Catalog, language: LocaleId) -> IdSet<Ground> {
    let grounds = catalog.facts.grounds.ids();
    grounds
        .filter(|id| clause(journey, &catalog.facts.grounds[*id], catalog, language).is_some())
        .collect()
}

/// The sentence with `grounds` for the objection of `journey`; none if none of them is offered.
pub fn reasons(
    journey: &PageJourney,
    law: &Law,
    grounds: IdSet<Ground>,
    catalog: &Catalog,
    language: LocaleId,
) -> Option<String> {
    let messages = catalog.messages(language);
    let objection = messages.objection.as_ref()?;
    let ticked = grounds.iter().map(|id| &catalog.facts.grounds[id]);
    let clauses = ticked.filter_map(|ground| Some((ground, clause(journey, ground, catalog, language)?)));
    let clauses: Vec<_> = clauses.collect();
    if clauses.is_empty() {
        return None;
    }
    let (texts, law) = (objection.of(law), objection.law_name(law));
    let is_special = clauses.iter().any(|(ground, _)| ground.special_category);
    let special = is_special.then(|| texts.short_special.fill(&[("law", law)]));
    let clauses = messages.format.list(clauses.into_iter().map(|(_, clause)| clause));
    let special = special.unwrap_or_default();
    Some(texts.reasons.fill(&[("grounds", &clauses), ("special", &special)]))
}

/// The clause of a ground in the objection of a journey.
fn clause<'a>(journey: &PageJourney, ground: &Ground, catalog: &'a Catalog, language: LocaleId) -> Option<&'a str> {
    let objection = catalog.messages(language).objection.as_ref()?;
    objection
        .grounds
        .get(&ground.id)?
        .clause_about(ground, journey.reasons?)
}

/// Checks that the texts of the journeys on one page have no placeholders except those that [`compose`] fills.
///
/// # Errors
/// The first text with another placeholder, with file and reason.
pub(crate) fn check(files: &Files, facts: &Facts, messages: &Messages) -> Result<(), LoadError> {
    for (id, journey) in &messages.page_journeys {
        for (key, text) in &journey.texts {
            let bodies = facts.laws.values().filter_map(|law| text.of(law));
            let mut placeholders = bodies.chain(&text.subject).flat_map(Pattern::placeholders);
            if let Some(unknown) = placeholders.find(|name| !PLACEHOLDERS.contains(name)) {
                let file = files.read(&format!("locales/{}/journeys/{id}.toml", messages.code))?;
                let reason =
                    format!("the text “{key}” has the placeholder {{{unknown}}}: there are {PLACEHOLDERS:?} only");
                return Err(file.error_at_key(key, reason));
            }
        }
    }
    Ok(())
}
