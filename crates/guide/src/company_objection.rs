//! The objection to a company without a journey, as text for its form, an e-mail or a letter.

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Facts, Ground, IdSet, Law, OptOut};
use veto_content::files::{Files, LoadError};
use veto_content::messages::{CompanyObjection, Messages};

use crate::objection;

/// A letter without its sender. Plain text; paragraphs are separated by an empty line.
#[derive(Clone, Debug)]
pub struct CompanyLetter {
    /// The subject.
    pub subject: String,
    /// The salutation.
    pub salutation: String,
    /// The text.
    pub body: String,
    /// The closing formula.
    pub closing: String,
}

impl CompanyLetter {
    /// The paragraphs of the text.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.body.split("\n\n")
    }
}

/// Whether a language has all texts that an objection and a complaint need.
pub fn has_texts(messages: &Messages) -> bool {
    messages.company_objection.is_some() && messages.objection.is_some() && messages.letters.is_some()
}

/// The objection for `opt_out` under `law` in `language`, with the person's own `grounds` or else the tested sentence; `None`
/// if the language has no such text, see [`has_texts`].
pub fn compose(
    opt_out: &OptOut,
    law: &Law,
    grounds: IdSet<Ground>,
    catalog: &Catalog,
    language: LocaleId,
) -> Option<CompanyLetter> {
    let messages = catalog.messages(language);
    let texts = messages.company_objection.as_ref()?.of(law);
    let letters = messages.letters.as_ref()?;
    let objection = messages.objection.as_ref()?;
    let law_name = objection.law_name(law);
    let services = &catalog.facts.services;
    let service = services.values().find(|service| service.id == opt_out.id)?;
    let mut reason = objection::sentences(grounds, catalog, language);
    if reason.is_empty() {
        reason.clone_from(&catalog.language(language).tested_sentence.text);
    }
    if grounds.iter().any(|id| catalog.facts.grounds[id].special_category) {
        reason += &objection.of(law).full_special.fill(&[("law", law_name)]);
    }
    let values = [
        ("service", service.name.as_str()),
        ("law", law_name),
        ("sentence", &reason),
    ];
    Some(CompanyLetter {
        subject: texts.subject.fill(&values),
        salutation: letters.salutation.clone(),
        body: texts.body.fill(&values),
        closing: letters.closing.clone(),
    })
}

/// Checks that the patterns of a language have the placeholders that [`compose`] fills.
///
/// # Errors
/// The first pattern with other placeholders, with file and reason.
pub(crate) fn check(files: &Files, facts: &Facts, code: &str, texts: &CompanyObjection) -> Result<(), LoadError> {
    for law in facts.laws.values() {
        let texts = texts.of(law);
        for (pattern, needed) in [(&texts.subject, "service"), (&texts.body, "sentence")] {
            let mut placeholders = pattern.placeholders();
            let unknown = pattern
                .placeholders()
                .find(|name| !["service", "law", "sentence"].contains(name));
            if unknown.is_some() || !placeholders.any(|name| name == needed) {
                let file = files.read(&format!("locales/{code}/company_objection.toml"))?;
                let reason = format!("a text needs {{{needed}}}, and may have {{service}}, {{law}}, {{sentence}} only");
                return Err(file.error(None, reason));
            }
        }
    }
    Ok(())
}
