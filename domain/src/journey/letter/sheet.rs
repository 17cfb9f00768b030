//! A letter as it leaves: who writes to whom, what about, and the text.

use std::collections::BTreeSet;

use super::{Details, Field, Letter};
use crate::facts::Authority;
use crate::files::{Files, LoadError};
use crate::journey::deadline::{self, Day};
use crate::journey::{Answer, Length, Library, Plan, objection};
use crate::words::{ComplaintTexts, LetterText, LetterTexts, Letters, Locale, Pattern};

/// A finished letter. Plain text everywhere.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The place of the edition in whose words it is written.
    pub language: usize,
    /// Who writes: name and address, a line each.
    pub sender: Vec<String>,
    /// Who is written to.
    pub recipient: Vec<String>,
    /// The day.
    pub date: String,
    /// What it is about.
    pub subject: String,
    /// The first line.
    pub salutation: String,
    /// Paragraphs, separated by an empty line.
    pub body: String,
    /// The last line.
    pub closing: String,
    /// The name under it.
    pub name: String,
}

impl Letter {
    /// Writes the letter.
    ///
    /// `language` is the place of the edition in whose words it is written; `today` its date. `authority` is the
    /// recipient; where there is none, the letter goes to Meta.
    pub fn compose(
        self,
        plan: &Plan,
        library: &Library,
        language: usize,
        authority: Option<&Authority>,
        details: &Details,
        today: Day,
    ) -> Sheet {
        let words = &library.editions[language].words;
        let letters = &words.letters;
        let law = plan.country(library).law;
        let controller = library.facts.controller(plan.country(library));
        let (_, law_name) = words.objection.of(law);
        let texts = letters.of(law);
        let date = |day: deadline::Date| words.format.day(day);
        let day_of = |field| details.day(field).map(|day| date(day.date())).unwrap_or_default();
        let (day, answered, reminded_on) = (day_of(Field::Day), day_of(Field::Answered), day_of(Field::Reminded));
        let objected = details.day(Field::Day).unwrap_or(today);
        let due = date(objected.answer_due());
        let until = date(today.look_again());
        let services = words.format.list(plan.covered().iter().map(|service| service.name()));
        let names = words.format.list(controller.names());
        let address = controller.address.join(", ");
        let objection = objection::compose(&plan.at_length(Length::Full), library, language);
        let mut values = vec![
            ("law", law_name),
            ("services", services.as_str()),
            ("controller", &names),
            ("controller_address", &address),
            ("objection", &objection),
            ("day", &day),
            ("due", &due),
            ("answered", &answered),
            ("reminded_on", &reminded_on),
            ("until", &until),
        ];
        let quote = details.paragraph(Field::Answer, &letters.quote);
        let own = details.paragraph(Field::Own, &letters.own);
        let account = details.paragraph(Field::Account, &letters.account);
        let email = details.paragraph(Field::Email, &letters.email);
        let only_if = |condition: bool, pattern: &Pattern, values: &[(&str, &str)]| {
            if condition { pattern.fill(values) } else { String::new() }
        };
        let answered_on = only_if(!answered.is_empty(), &letters.answered_on, &values);
        values.push(("answered_on", &answered_on));
        let complaint = &texts.complaint;
        let outcome = complaint.outcome(details.outcome()).fill(&values);
        let reminded = only_if(!reminded_on.is_empty(), &complaint.reminded, &values);
        let passed_on = authority.is_some_and(|authority| authority.id != controller.lead_authority);
        let lead = only_if(passed_on, &complaint.lead, &values);
        values.extend([
            ("quote", quote.as_str()),
            ("own", &own),
            ("account", &account),
            ("email", &email),
            ("outcome", &outcome),
            ("reminded", &reminded),
            ("lead", &lead),
        ]);
        let text = texts.get(self);
        Sheet {
            language,
            sender: details.sender(),
            recipient: match authority {
                Some(authority) => recipient([authority.name.as_str()], &authority.address),
                None => recipient(
                    controller.names().chain([controller.attention.as_str()]),
                    &controller.address,
                ),
            },
            date: date(today.date()),
            subject: text.subject.fill(&values),
            salutation: letters.salutation.clone(),
            body: text.body.fill(&values),
            closing: letters.closing.clone(),
            name: details.text(Field::Name).to_owned(),
        }
    }
}

impl Details {
    fn sender(&self) -> Vec<String> {
        let address = self.text(Field::Address).lines();
        let lines = [self.text(Field::Name)].into_iter().chain(address);
        lines
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// A part of the letter around what was typed into `field`; nothing if nothing was.
    fn paragraph(&self, field: Field, pattern: &Pattern) -> String {
        match self.text(field) {
            "" => String::new(),
            text => pattern.fill(&[("typed", text)]),
        }
    }
}

impl LetterTexts {
    fn get(&self, letter: Letter) -> &LetterText {
        match letter {
            Letter::Objection => &self.objection,
            Letter::More => &self.more,
            Letter::Refused => &self.refused,
            Letter::Reminder => &self.reminder,
            Letter::Complaint => &self.complaint.letter,
        }
    }
}

impl ComplaintTexts {
    /// The part about what came back.
    fn outcome(&self, answer: Option<Answer>) -> &Pattern {
        match answer {
            Some(Answer::Refused) => &self.refused,
            Some(Answer::More) => &self.more,
            _ => &self.nothing,
        }
    }
}

fn recipient<'a>(names: impl IntoIterator<Item = &'a str>, address: &'a [String]) -> Vec<String> {
    names
        .into_iter()
        .chain(address.iter().map(String::as_str))
        .map(str::to_owned)
        .collect()
}

impl Sheet {
    /// The letter from the first line to the name, as for an e-mail.
    pub fn message(&self) -> String {
        let Self {
            salutation,
            body,
            closing,
            name,
            ..
        } = self;
        format!("{salutation}\n\n{body}\n\n{closing}\n\n{name}\n")
    }

    /// The whole letter as plain text.
    pub fn text(&self) -> String {
        let (sender, recipient) = (self.sender.join("\n"), self.recipient.join("\n"));
        format!(
            "{sender}\n\n{recipient}\n\n{}\n\n{}\n\n{}",
            self.date,
            self.subject,
            self.message()
        )
    }
}

/// Checks that the letters of a language can be composed: each hole is one that [`Letter::compose`] fills, and what
/// a person types into a letter's form has its place in the letter.
///
/// # Errors
/// The first text that cannot be composed, with file, line and reason.
pub(in crate::journey) fn check(files: &Files, words: &Locale) -> Result<(), LoadError> {
    const ALWAYS: [&str; 11] = [
        "law",
        "services",
        "controller",
        "controller_address",
        "objection",
        "day",
        "due",
        "answered",
        "answered_on",
        "reminded_on",
        "until",
    ];
    let source = files.read(&format!("locales/{}/letters.toml", words.code))?;
    let fail = |reason: String| Err(source.error(None, reason));
    let Letters {
        quote,
        own,
        account,
        email,
        ..
    } = &words.letters;
    for pattern in [quote, own, account, email] {
        if !pattern.holes().eq(["typed"]) {
            return fail("quote, own, account and email need one {typed}".to_owned());
        }
    }
    for texts in [&words.letters.gdpr, &words.letters.swiss_fadp] {
        let ComplaintTexts {
            nothing,
            refused,
            more,
            reminded,
            lead,
            ..
        } = &texts.complaint;
        for pattern in [nothing, refused, more, reminded, lead] {
            if let Some(hole) = pattern.holes().find(|hole| !ALWAYS.contains(hole)) {
                return fail(format!("nothing fills {{{hole}}} in a part of the complaint"));
            }
        }
        for letter in Letter::ALL {
            let LetterText { subject, body } = texts.get(letter);
            let holes: BTreeSet<&str> = subject.holes().chain(body.holes()).collect();
            for field in letter.fields() {
                let hole = match field {
                    // On the sheet itself.
                    Field::Name | Field::Address => continue,
                    // In a part of the complaint.
                    Field::Answered if letter == Letter::Complaint => continue,
                    Field::Answer => "quote",
                    field => field.name(),
                };
                if !holes.contains(hole) {
                    return fail(format!("the letter “{}” does not use {{{hole}}}", letter.id()));
                }
            }
            let parts = ["quote", "own", "account", "email", "outcome", "reminded", "lead"];
            if let Some(hole) = holes
                .iter()
                .find(|hole| !ALWAYS.contains(hole) && !parts.contains(hole))
            {
                return fail(format!("nothing fills {{{hole}}} in the letter “{}”", letter.id()));
            }
        }
    }
    Ok(())
}
