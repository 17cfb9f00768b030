//! Letters for what comes before and after the form: to Meta, and to the supervisory authority.
//!
//! What a letter says beside its own words is typed by the person. It comes in by [`Typed::parse`], is checked by
//! [`Letter::check`], and leaves as a [`Sheet`]; nothing of it is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::deadline::{self, Day};
use super::{Answer, Length, Library, Plan, objection};
use crate::facts::{Authority, Law};
use crate::files::{Files, LoadError};
use crate::words::{ComplaintTexts, LetterPage, LetterText, LetterTexts, LetterWords, Letters, Locale, Pattern};

/// One of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// The objection itself, for those whom the form refuses or who have no account.
    Objection,
    /// The answer when Meta asks for more.
    More,
    /// The answer when Meta refuses: the request for compelling legitimate grounds.
    Refused,
    /// The reminder when nothing came within the month.
    Reminder,
    /// The complaint to the supervisory authority (Art. 77 GDPR; in Switzerland a report, Art. 49 FADP).
    Complaint,
}

/// Something that a letter needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The person's name.
    Name,
    /// The postal address.
    Address,
    /// The e-mail address.
    Email,
    /// The account: its name, or the e-mail address that it has.
    Account,
    /// The day of the objection.
    Day,
    /// What came back: one of [`OUTCOMES`].
    Outcome,
    /// The day of Meta's answer.
    Answered,
    /// What Meta wrote.
    Answer,
    /// The day of the reminder.
    Reminded,
    /// Own words.
    Own,
}

/// What can have come back before a complaint.
pub const OUTCOMES: [Answer; 3] = [Answer::Nothing, Answer::Refused, Answer::More];

/// What is wrong with what was typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It must not be empty.
    Missing,
    /// It has more characters than this.
    TooLong(usize),
    /// It has more lines than this.
    TooManyLines(usize),
    /// It has characters that are none, such as broken UTF-8 or control characters.
    Unreadable,
    /// It is no day from May 2024 until today.
    NoDay,
    /// It is a day before the objection.
    BeforeObjection,
    /// The month that Meta has is not over; it ends on this day.
    TooEarly(deadline::Date),
}

impl Letter {
    /// All letters, in the order in which a person may need them.
    pub const ALL: [Self; 5] = [
        Self::Objection,
        Self::More,
        Self::Refused,
        Self::Reminder,
        Self::Complaint,
    ];

    /// How the letter is written in an address.
    pub fn id(self) -> &'static str {
        match self {
            Self::Objection => "objection",
            Self::More => "more",
            Self::Refused => "refused",
            Self::Reminder => "reminder",
            Self::Complaint => "complaint",
        }
    }

    /// The letter that is written `id`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.id() == id)
    }

    /// What its form says, under `law`: in Switzerland the complaint is a report.
    pub fn words(self, words: &LetterPage, law: Law) -> &LetterWords {
        match (self, law) {
            (Self::Objection, _) => &words.objection,
            (Self::More, _) => &words.more,
            (Self::Refused, _) => &words.refused,
            (Self::Reminder, _) => &words.reminder,
            (Self::Complaint, Law::SwissFadp) => &words.report,
            (Self::Complaint, _) => &words.complaint,
        }
    }

    /// What this letter asks for, in the order of its form.
    pub fn fields(self) -> &'static [Field] {
        use Field::{Account, Address, Answer, Answered, Day, Email, Name, Outcome, Own, Reminded};
        match self {
            Self::Objection => &[Name, Address, Email, Account, Own],
            Self::More => &[Name, Address, Account, Day, Answer, Own],
            Self::Refused => &[Name, Address, Account, Day, Answered, Answer, Own],
            Self::Reminder => &[Name, Address, Account, Day],
            Self::Complaint => &[
                Name, Address, Email, Account, Day, Outcome, Answered, Answer, Reminded, Own,
            ],
        }
    }

    /// Whether this letter is incomplete without `field`.
    pub fn requires(self, field: Field) -> bool {
        match field {
            Field::Name | Field::Day | Field::Outcome => true,
            Field::Account => self != Self::Objection,
            Field::Address => matches!(self, Self::Objection | Self::Complaint),
            Field::Answered => self == Self::Refused,
            Field::Email | Field::Answer | Field::Reminded | Field::Own => false,
        }
    }

    /// Checks what was typed, on the day `today`.
    ///
    /// # Errors
    /// Each field that is wrong, in the order of the form, with what is wrong.
    pub fn check(self, typed: &Typed, today: Day) -> Result<Details, Vec<(Field, Fault)>> {
        let mut details = Details::default();
        let mut faults = Vec::new();
        for field in self.fields().iter().copied() {
            if let Err(fault) = self.check_field(field, typed.get(field), today, &mut details) {
                faults.push((field, fault));
            }
        }
        if faults.is_empty() { Ok(details) } else { Err(faults) }
    }

    fn check_field(self, field: Field, typed: &str, today: Day, details: &mut Details) -> Result<(), Fault> {
        let text = typed.trim();
        if text.is_empty() {
            return if self.requires(field) {
                Err(Fault::Missing)
            } else {
                Ok(())
            };
        }
        if text
            .chars()
            .any(|c| c == char::REPLACEMENT_CHARACTER || (c.is_control() && c != '\n'))
        {
            return Err(Fault::Unreadable);
        }
        if text.chars().count() > field.limit() {
            return Err(Fault::TooLong(field.limit()));
        }
        if text.lines().count() > field.lines() {
            return Err(Fault::TooManyLines(field.lines()));
        }
        match field {
            Field::Day | Field::Answered | Field::Reminded => {
                let day = Day::parse(text).filter(|day| *day <= today).ok_or(Fault::NoDay)?;
                self.check_day(field, day, today, details)?;
                details.days.insert(field, day);
            }
            Field::Outcome => {
                let outcome = OUTCOMES.into_iter().find(|outcome| outcome.id() == text);
                let outcome = outcome.ok_or(Fault::Missing)?;
                if let (Answer::Nothing, Some(day)) = (outcome, details.days.get(&Field::Day)) {
                    month_is_over(*day, today)?;
                }
                details.outcome = Some(outcome);
            }
            _ => {
                details.texts.insert(field, text.to_owned());
            }
        }
        Ok(())
    }

    fn check_day(self, field: Field, day: Day, today: Day, details: &Details) -> Result<(), Fault> {
        match details.days.get(&Field::Day) {
            Some(objection) if field != Field::Day && day < *objection => Err(Fault::BeforeObjection),
            _ if self == Self::Reminder => month_is_over(day, today),
            _ => Ok(()),
        }
    }

    /// Writes the letter.
    ///
    /// `language` is the place of the edition in whose words it is written; `today` its date. `authority` is the
    /// recipient of a complaint, and not used for the letters to Meta.
    pub fn compose(
        self,
        plan: &Plan,
        library: &Library,
        language: usize,
        authority: &Authority,
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
        let day_of = |field| {
            details
                .days
                .get(&field)
                .map(|day: &Day| date(day.date()))
                .unwrap_or_default()
        };
        let (day, answered, reminded_on) = (day_of(Field::Day), day_of(Field::Answered), day_of(Field::Reminded));
        let objected = details.days.get(&Field::Day).copied().unwrap_or(today);
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
        let answered_on = if answered.is_empty() {
            String::new()
        } else {
            letters.answered_on.fill(&values)
        };
        values.push(("answered_on", &answered_on));
        let outcome = texts.complaint.outcome(details.outcome).fill(&values);
        let reminded = if reminded_on.is_empty() {
            String::new()
        } else {
            texts.complaint.reminded.fill(&values)
        };
        let lead = if authority.id == controller.lead_authority {
            String::new()
        } else {
            texts.complaint.lead.fill(&values)
        };
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
            recipient: match self {
                Self::Complaint => recipient([authority.name.as_str()], &authority.address),
                _ => recipient(
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

/// Whether the month that Meta has for an answer is over.
fn month_is_over(objection: Day, today: Day) -> Result<(), Fault> {
    let due = objection.answer_due();
    if today.date() > due {
        Ok(())
    } else {
        Err(Fault::TooEarly(due))
    }
}

fn recipient<'a>(names: impl IntoIterator<Item = &'a str>, address: &'a [String]) -> Vec<String> {
    names
        .into_iter()
        .chain(address.iter().map(String::as_str))
        .map(str::to_owned)
        .collect()
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Address,
        Self::Email,
        Self::Account,
        Self::Day,
        Self::Outcome,
        Self::Answered,
        Self::Answer,
        Self::Reminded,
        Self::Own,
    ];

    /// How the field is called in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Email => "email",
            Self::Account => "account",
            Self::Day => "day",
            Self::Outcome => "outcome",
            Self::Answered => "answered",
            Self::Answer => "answer",
            Self::Reminded => "reminded",
            Self::Own => "own",
        }
    }

    /// The number of characters that it takes.
    pub fn limit(self) -> usize {
        match self {
            Self::Name => 80,
            Self::Address | Self::Account => 200,
            Self::Email => 254,
            Self::Answer | Self::Own => 800,
            Self::Day | Self::Outcome | Self::Answered | Self::Reminded => 20,
        }
    }

    /// The number of lines that it takes, so that a letter stays within two pages.
    pub fn lines(self) -> usize {
        match self {
            Self::Address => 5,
            Self::Answer | Self::Own => 10,
            _ => 1,
        }
    }
}

/// What was typed into the form of a letter, as it came.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    values: BTreeMap<Field, String>,
    /// The code of the language in which the letter is wanted.
    pub language: String,
    /// What is wanted next: the name of the button that was pressed.
    pub next: String,
}

impl Typed {
    /// Reads a form (`application/x-www-form-urlencoded`). Unknown keys are dropped; broken UTF-8 becomes U+FFFD,
    /// which [`Letter::check`] refuses.
    pub fn parse(body: &[u8]) -> Self {
        let mut typed = Self::default();
        for (key, value) in form_urlencoded::parse(body) {
            let value = value.replace("\r\n", "\n");
            match &*key {
                "language" => typed.language = value,
                "next" => typed.next = value,
                name => {
                    if let Some(field) = Field::ALL.into_iter().find(|field| field.name() == name) {
                        typed.values.insert(field, value);
                    }
                }
            }
        }
        typed
    }

    /// What was typed into `field`.
    pub fn get(&self, field: Field) -> &str {
        self.values.get(&field).map_or("", String::as_str)
    }

    /// Fills in `field`, as for a form that is shown for the first time.
    pub fn set(&mut self, field: Field, value: String) {
        self.values.insert(field, value);
    }
}

/// What was typed and found right.
#[derive(Clone, Debug, Default)]
pub struct Details {
    texts: BTreeMap<Field, String>,
    days: BTreeMap<Field, Day>,
    outcome: Option<Answer>,
}

impl Details {
    fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The day that a field names.
    pub fn day(&self, field: Field) -> Option<Day> {
        self.days.get(&field).copied()
    }

    /// What came back.
    pub fn outcome(&self) -> Option<Answer> {
        self.outcome
    }

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

/// The places of the editions in whose language `authority` takes a complaint.
pub fn languages_of(authority: &Authority, library: &Library) -> Vec<usize> {
    let taken = |code: &String| authority.languages.contains(code);
    let editions = library.editions.iter().enumerate();
    editions
        .filter(|(_, edition)| taken(&edition.words.code))
        .map(|(place, _)| place)
        .collect()
}

/// Checks that the letters of a language can be composed: each hole is one that [`Letter::compose`] fills, and what
/// a person types into a letter's form has its place in the letter.
///
/// # Errors
/// The first text that cannot be composed, with file, line and reason.
pub(super) fn check(files: &Files, words: &Locale) -> Result<(), LoadError> {
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
