//! What a person types for a letter, and what may be wrong with it.

use std::collections::BTreeMap;

use super::Letter;
use crate::journey::Answer;
use crate::journey::deadline::{self, Day};

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
    /// It tells of an answer, where it is said that nothing came.
    NothingCame,
    /// It is a day before the objection.
    BeforeObjection,
    /// The month that Meta has is not over; it ends on this day.
    TooEarly(deadline::Date),
}

impl Letter {
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
        let nothing_came = details.outcome == Some(Answer::Nothing);
        if nothing_came && matches!(field, Field::Answered | Field::Answer) {
            return Err(Fault::NothingCame);
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
    /// What stands in a field, without space around it.
    pub fn text(&self, field: Field) -> &str {
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
}
