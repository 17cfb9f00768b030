//! The entries of `data/` whose sources a reader may want to follow: events of the timeline, forms and claims, newest evidence
//! first, for the feed and the page of the newest sources.

use std::borrow::Cow;
use std::cmp::Reverse;

use veto_content::facts::{Claim, Event, Facts, Form, Law, PartialDate, Source};
use veto_content::messages::{Html, Messages};

use super::facts::sentences;

/// An entry with what is said in a language on the strength of it.
pub struct Entry<'a> {
    /// What it is.
    pub subject: Subject<'a>,
    /// The date of its newest source.
    pub date: PartialDate,
    /// Its sources.
    pub sources: Vec<&'a Source>,
}

/// What an entry is, and its texts.
pub enum Subject<'a> {
    /// An event of the timeline.
    Event {
        /// The event.
        event: &'a Event,
        /// What happened.
        text: &'a Html,
    },
    /// A form.
    Form {
        /// The form.
        form: &'a Form,
        /// The name of its service.
        service: &'a str,
    },
    /// A claim.
    Claim {
        /// Its key.
        key: &'a str,
        /// The claim.
        claim: &'a Claim,
        /// What pages say on the strength of it; at least one.
        sentences: Vec<Cow<'a, Html>>,
    },
}

/// An entry before its texts are looked up.
enum Fact<'a> {
    Event(&'a Event),
    Form(&'a Form),
    Claim(&'a str, &'a Claim),
}

impl<'a> Fact<'a> {
    fn sources(&self) -> Vec<&'a Source> {
        match self {
            Self::Event(event) => event.sources.iter().collect(),
            Self::Form(form) => {
                let sources = [&form.tried, &form.named].into_iter();
                sources.chain(&form.withdrawn).collect()
            }
            Self::Claim(_, claim) => claim.sources.iter().collect(),
        }
    }

    /// `None` if nothing is said about it.
    fn subject(self, facts: &'a Facts, messages: &'a Messages, law: Option<&Law>) -> Option<Subject<'a>> {
        Some(match self {
            Self::Event(event) => Subject::Event {
                event,
                text: messages.timeline.as_ref()?.events.get(&event.id)?,
            },
            Self::Form(form) => Subject::Form {
                form,
                service: &facts.services[facts.service(&form.service)?].name,
            },
            Self::Claim(key, claim) => {
                let sentences = sentences(facts, messages, law, key);
                (!sentences.is_empty()).then_some(Subject::Claim { key, claim, sentences })?
            }
        })
    }
}

/// All entries of which something is said in the language of `messages` to people under `law`, or under any; newest evidence
/// first, of the same date events, the latest first, then forms and claims.
pub fn newest_first<'a>(
    facts: &'a Facts,
    messages: &'a Messages,
    law: Option<&'a Law>,
) -> impl Iterator<Item = Entry<'a>> {
    let events = facts.timeline.values().rev().map(Fact::Event);
    let forms = facts.forms.values().map(Fact::Form);
    let claims = facts.claims.iter().map(|(key, claim)| Fact::Claim(key, claim));
    let dated = events.chain(forms).chain(claims).filter_map(|fact| {
        let sources = fact.sources();
        Some((sources.iter().map(|source| source.checked).max()?, sources, fact))
    });
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(date, ..)| Reverse(*date));
    dated.into_iter().filter_map(move |(date, sources, fact)| {
        let subject = fact.subject(facts, messages, law)?;
        Some(Entry { subject, date, sources })
    })
}
