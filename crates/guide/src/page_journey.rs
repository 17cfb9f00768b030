//! The texts of the journeys on one page: for a form, a message or a letter.

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Facts, Law, PageJourney};
use veto_content::files::{Files, LoadError};
use veto_content::messages::{Messages, Pattern};

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
pub fn compose(
    journey: &PageJourney,
    key: &str,
    law: &Law,
    catalog: &Catalog,
    language: LocaleId,
) -> Option<PlainText> {
    let messages = catalog.messages(language);
    let text = messages.page_journeys.get(&journey.id)?.texts.get(key)?;
    let values = [
        ("law", messages.objection.as_ref()?.law_name(law)),
        ("sentence", &catalog.language(language).tested_sentence.text),
    ];
    let subject = text.subject.as_ref().map(|subject| subject.fill(&values));
    Some(PlainText {
        subject: subject.unwrap_or_default(),
        body: text.of(law)?.fill(&values).trim().to_owned(),
    })
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
