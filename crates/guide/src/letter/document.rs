//! A finished letter: sender, recipient, date, subject and text.

use std::collections::BTreeSet;

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::Authority;
use veto_content::files::{Files, LoadError};
use veto_content::messages::{ComplaintTexts, LetterText, LetterTexts, Letters, Pattern};

use super::{Field, Letter, ValidatedInput};
use crate::deadline::{self, Day};
use crate::{Length, Plan, Reply, objection};

/// Where a date is to be written by hand.
const LINE: &str = "____________________";

/// A finished letter. Plain text everywhere.
#[derive(Clone, Debug)]
pub struct LetterDocument {
    /// Its language.
    pub language: LocaleId,
    /// Name and address of the sender, line by line.
    pub sender: Vec<String>,
    /// Name and address of the recipient, line by line.
    pub recipient: Vec<String>,
    /// The date.
    pub date: String,
    /// The subject.
    pub subject: String,
    /// The salutation.
    pub salutation: String,
    /// Paragraphs, separated by an empty line.
    pub body: String,
    /// The closing formula.
    pub closing: String,
    /// The name for the signature.
    pub name: String,
}

impl Letter {
    /// Composes the letter; `None` if there are no letters in `language`, see [`Catalog::letter_languages`].
    ///
    /// `language` and `today` are its language and date; without a date it has a line to write on. `authority` is the recipient;
    /// without one it is Meta.
    pub fn compose(
        self,
        plan: &Plan,
        catalog: &Catalog,
        language: LocaleId,
        authority: Option<&Authority>,
        input: &ValidatedInput,
        today: Option<Day>,
    ) -> Option<LetterDocument> {
        let messages = catalog.messages(language);
        let letters = messages.letters.as_ref()?;
        let law_name = messages.objection.as_ref()?.law_name(plan.law(catalog));
        let law = plan.law(catalog);
        let controller = plan.controller(catalog);
        let texts = letters.of(law);
        let date = |day: deadline::Date| messages.format.day(day);
        let day_of = |field| input.day(field).map(|day| date(day.date())).unwrap_or_default();
        let (day, replied, reminded_on) = (day_of(Field::Day), day_of(Field::ReplyDay), day_of(Field::ReminderDay));
        let or_line = |day: Option<deadline::Date>| day.map_or_else(|| LINE.to_owned(), date);
        let objected = input.day(Field::Day).or(today);
        let due = or_line(objected.map(|day| day.reply_due(law.reply_months)));
        let until = or_line(today.map(Day::check_again));
        let services = messages.format.list(plan.covered_names(&catalog.facts));
        let names = messages.format.list(controller.names());
        let address = controller.address.join(messages.common.punctuation.list.as_str());
        let objection = objection::compose(&plan.at_length(Length::Full), input.grounds(), catalog, language);
        let mut values = vec![
            ("law", law_name),
            ("complaint_law", letters.complaint_law_name(law)),
            ("services", services.as_str()),
            ("controller", &names),
            ("controller_address", &address),
            ("objection", &objection),
            ("day", &day),
            ("due", &due),
            ("replied", &replied),
            ("reminded_on", &reminded_on),
            ("until", &until),
        ];
        let quote = input.paragraph(Field::Reply, &letters.quote);
        let own = input.paragraph(Field::OwnWords, &letters.own);
        let account = input.paragraph(Field::Account, &letters.account);
        let email = input.paragraph(Field::Email, &letters.email);
        let only_if = |condition: bool, pattern: &Pattern, values: &[(&str, &str)]| {
            if condition { pattern.fill(values) } else { String::new() }
        };
        let replied_on = only_if(!replied.is_empty(), &letters.replied_on, &values);
        values.push(("replied_on", &replied_on));
        let complaint = &texts.complaint;
        let outcome = outcome_text(complaint, input.outcome()).fill(&values);
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
        let text = self.texts(texts);
        Some(LetterDocument {
            language,
            sender: input.sender(),
            recipient: match authority {
                Some(authority) => recipient([authority.name.as_str()], &authority.address),
                None => recipient(
                    controller.names().chain([controller.attention.as_str()]),
                    &controller.address,
                ),
            },
            date: or_line(today.map(Day::date)),
            subject: text.subject.fill(&values),
            salutation: letters.salutation.clone(),
            body: text.body.fill(&values),
            closing: letters.closing.clone(),
            name: input.text(Field::Name).to_owned(),
        })
    }
}

impl ValidatedInput {
    fn sender(&self) -> Vec<String> {
        let address = self.text(Field::PostalAddress).lines();
        let lines = [self.text(Field::Name)].into_iter().chain(address);
        lines
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// Fills `pattern` with the input of `field`; empty if the input is empty.
    fn paragraph(&self, field: Field, pattern: &Pattern) -> String {
        match self.text(field) {
            "" => String::new(),
            text => pattern.fill(&[("typed", text)]),
        }
    }
}

impl Letter {
    /// The texts of the letter.
    fn texts(self, texts: &LetterTexts) -> &LetterText {
        match self {
            Self::Objection => &texts.objection,
            Self::More => &texts.more,
            Self::Refused => &texts.refused,
            Self::Reminder => &texts.reminder,
            Self::Complaint => &texts.complaint.letter,
        }
    }
}

/// The part of a complaint about what Meta replied.
fn outcome_text(texts: &ComplaintTexts, outcome: Option<Reply>) -> &Pattern {
    match outcome {
        Some(Reply::Refused) => &texts.refused,
        Some(Reply::More) => &texts.more,
        _ => &texts.nothing,
    }
}

fn recipient<'a>(names: impl IntoIterator<Item = &'a str>, address: &'a [String]) -> Vec<String> {
    names
        .into_iter()
        .chain(address.iter().map(String::as_str))
        .map(str::to_owned)
        .collect()
}

impl LetterDocument {
    /// The letter from the salutation to the name, for an e-mail.
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

/// Checks the placeholders of the letters of the language `code`: [`Letter::compose`] must fill each placeholder, and each field of a
/// letter's form must have one.
///
/// # Errors
/// The first text that cannot be composed, with file, line and reason.
pub(crate) fn check(files: &Files, code: &str, letters: &Letters) -> Result<(), LoadError> {
    const ALWAYS: [&str; 12] = [
        "law",
        "complaint_law",
        "services",
        "controller",
        "controller_address",
        "objection",
        "day",
        "due",
        "replied",
        "replied_on",
        "reminded_on",
        "until",
    ];
    let file = files.read(&format!("locales/{code}/letters.toml"))?;
    let fail = |reason: String| Err(file.error(None, reason));
    let Letters {
        quote,
        own,
        account,
        email,
        ..
    } = letters;
    for pattern in [quote, own, account, email] {
        if !pattern.placeholders().eq(["typed"]) {
            return fail("quote, own, account and email need one {typed}".to_owned());
        }
    }
    for (_, texts) in letters.all() {
        let ComplaintTexts {
            nothing,
            refused,
            more,
            reminded,
            lead,
            ..
        } = &texts.complaint;
        for pattern in [nothing, refused, more, reminded, lead] {
            if let Some(placeholder) = pattern.placeholders().find(|placeholder| !ALWAYS.contains(placeholder)) {
                return fail(format!(
                    "unknown placeholder {{{placeholder}}} in a part of the complaint"
                ));
            }
        }
        for letter in Letter::ALL {
            let LetterText { subject, body } = letter.texts(texts);
            let placeholders: BTreeSet<&str> = subject.placeholders().chain(body.placeholders()).collect();
            for field in letter.fields() {
                let placeholder = match field {
                    // In the sender's address, not in the body.
                    Field::Name | Field::PostalAddress => continue,
                    // In a part of the complaint.
                    Field::ReplyDay if letter == Letter::Complaint => continue,
                    Field::Reply => "quote",
                    field => field.as_str(),
                };
                if !placeholders.contains(placeholder) {
                    return fail(format!(
                        "the letter “{}” does not use {{{placeholder}}}",
                        letter.as_str()
                    ));
                }
            }
            let parts = ["quote", "own", "account", "email", "outcome", "reminded", "lead"];
            if let Some(placeholder) = placeholders
                .iter()
                .find(|placeholder| !ALWAYS.contains(placeholder) && !parts.contains(placeholder))
            {
                return fail(format!(
                    "unknown placeholder {{{placeholder}}} in the letter “{}”",
                    letter.as_str()
                ));
            }
        }
    }
    Ok(())
}
