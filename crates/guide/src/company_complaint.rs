//! The complaint about a company without a journey, as text for an authority's form, an e-mail or a letter.

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Facts, Law, OptOut, Role};
use veto_content::files::{Files, LoadError};
use veto_content::messages::{CompanyComplaint, CompanyObjection, Pattern};

use crate::company_objection::CompanyLetter;
use crate::{Day, Reply};

/// The complaint about the company of `opt_out` under `law` in `language`, after an objection on `day` with this `outcome`;
/// `None` if the outcome is no reason for a complaint, or the language has no such text, see
/// [`has_texts`](crate::company_objection::has_texts).
pub fn compose(
    opt_out: &OptOut,
    law: &Law,
    day: Day,
    outcome: Reply,
    catalog: &Catalog,
    language: LocaleId,
) -> Option<CompanyLetter> {
    let facts = &catalog.facts;
    let messages = catalog.messages(language);
    let texts = messages.company_objection.as_ref()?.complaint(law);
    let letters = messages.letters.as_ref()?;
    let service = &facts.services[facts.service(&opt_out.id)?];
    let recipients = facts.recipients_of(opt_out, law);
    let controller = recipients.iter().find(|it| it.role == Role::Controller);
    let lines = controller.map_or(vec![&service.name], |it| {
        [&it.name].into_iter().chain(&it.address).collect()
    });
    let lines: Vec<&str> = lines.into_iter().map(String::as_str).collect();
    let controller = lines.join(messages.common.punctuation.list.as_str());
    let format = &messages.format;
    let (day, due) = (format.day(day.date()), format.day(day.reply_due(law.reply_months)));
    let mut values = vec![
        ("law", messages.objection.as_ref()?.law_name(law)),
        ("complaint_law", letters.complaint_law_name(law)),
        ("service", service.name.as_str()),
        ("controller", &controller),
        ("day", &day),
        ("due", &due),
    ];
    let outcome = outcome_text(texts, outcome)?.fill(&values);
    values.push(("outcome", &outcome));
    Some(CompanyLetter {
        subject: texts.letter.subject.fill(&values),
        salutation: letters.salutation.clone(),
        body: texts.letter.body.fill(&values),
        closing: letters.closing.clone(),
    })
}

/// The part of a complaint about what was replied.
fn outcome_text(texts: &CompanyComplaint, outcome: Reply) -> Option<&Pattern> {
    match outcome {
        Reply::Nothing => Some(&texts.nothing),
        Reply::Refused => Some(&texts.refused),
        Reply::More => Some(&texts.more),
        Reply::Confirmed => None,
    }
}

/// Checks that the patterns of a language have only placeholders that [`compose`] fills, and those that a complaint needs.
///
/// # Errors
/// The first pattern with other placeholders, with file and reason.
pub(crate) fn check(files: &Files, facts: &Facts, code: &str, texts: &CompanyObjection) -> Result<(), LoadError> {
    const ALWAYS: [&str; 6] = ["law", "complaint_law", "service", "controller", "day", "due"];
    for law in facts.laws.values() {
        let CompanyComplaint {
            nothing,
            refused,
            more,
            letter,
        } = texts.complaint(law);
        for (pattern, needed) in [
            (nothing, &[][..]),
            (refused, &[]),
            (more, &[]),
            (&letter.subject, &["service"]),
            (&letter.body, &["controller", "service", "day", "outcome"]),
        ] {
            let is_known = |name: &&str| ALWAYS.contains(name) || needed.contains(name);
            let unknown = pattern.placeholders().find(|name| !is_known(name));
            let missing = needed
                .iter()
                .copied()
                .find(|name| !pattern.placeholders().any(|it| it == *name));
            let reason = match (unknown, missing) {
                (Some(unknown), _) => format!("unknown placeholder {{{unknown}}} in a complaint"),
                (None, Some(missing)) => format!("a complaint does not use {{{missing}}}"),
                (None, None) => continue,
            };
            let file = files.read(&format!("locales/{code}/company_objection.toml"))?;
            return Err(file.error(None, reason));
        }
    }
    Ok(())
}
