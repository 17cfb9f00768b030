//! The input for a letter and its validation.

use std::collections::BTreeMap;

use strum::{EnumIter, IntoEnumIterator as _};

use veto_content::facts::{Ground, IdSet, Law};

use super::Letter;
use crate::Reply;
use crate::deadline::{self, Day};
use crate::typed::{sets_direction, visible};

/// A field of a letter's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter)]
pub enum Field {
    /// The person's name.
    Name,
    /// The person's postal address.
    PostalAddress,
    /// The e-mail address.
    Email,
    /// The name of the account, or its e-mail address.
    Account,
    /// The day of the objection.
    Day,
    /// What Meta replied: one of [`OUTCOMES`].
    Outcome,
    /// The day of Meta's reply.
    ReplyDay,
    /// What Meta wrote.
    Reply,
    /// The day of the reminder.
    ReminderDay,
    /// Text in the person's own words.
    OwnWords,
}

/// The outcomes of an objection that can lead to a complaint.
pub const OUTCOMES: [Reply; 3] = [Reply::Nothing, Reply::Refused, Reply::More];

/// Why the input of a field is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// It is required and empty.
    Missing,
    /// It has more characters than this.
    TooLong(usize),
    /// It has more lines than this.
    TooManyLines(usize),
    /// It has broken UTF-8, or characters that act unseen, see [`visible`].
    Unreadable,
    /// It is not a date from May 2024 to today.
    InvalidDay,
    /// It is about a reply although the outcome says that there was none.
    NothingCame,
    /// It is a day before the objection.
    BeforeObjection,
    /// The time that Meta has for its reply is not over; it ends on this day.
    TooEarly(deadline::Date),
}

impl Letter {
    /// Validates the input on the day `today`; without it no day is too late or too early. `law` is that of the person's
    /// country.
    ///
    /// # Errors
    /// Each invalid field in the order of the form, with the reason.
    pub fn check(
        self,
        input: &LetterInput,
        today: Option<Day>,
        law: &Law,
    ) -> Result<ValidatedInput, Vec<(Field, FieldError)>> {
        let mut valid = ValidatedInput::default();
        let mut errors = Vec::new();
        for field in self.fields().iter().copied() {
            if let Err(error) = self.check_field(field, input.get(field), today, law, &mut valid) {
                errors.push((field, error));
            }
        }
        if errors.is_empty() { Ok(valid) } else { Err(errors) }
    }

    fn check_field(
        self,
        field: Field,
        input: &str,
        today: Option<Day>,
        law: &Law,
        valid: &mut ValidatedInput,
    ) -> Result<(), FieldError> {
        let text = input.trim();
        if text.is_empty() {
            return if self.requires(field) {
                Err(FieldError::Missing)
            } else {
                Ok(())
            };
        }
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return Err(FieldError::Unreadable);
        }
        if text.chars().count() > field.limit() {
            return Err(FieldError::TooLong(field.limit()));
        }
        if text.lines().count() > field.lines() {
            return Err(FieldError::TooManyLines(field.lines()));
        }
        let nothing_came = valid.outcome == Some(Reply::Nothing);
        if nothing_came && matches!(field, Field::ReplyDay | Field::Reply) {
            return Err(FieldError::NothingCame);
        }
        match field {
            field if field.is_day() => {
                let day = Day::parse(text)
                    .filter(|day| today.is_none_or(|today| *day <= today))
                    .ok_or(FieldError::InvalidDay)?;
                self.check_day(field, day, today, law, valid)?;
                valid.days.insert(field, day);
            }
            Field::Outcome => {
                let outcome = OUTCOMES.into_iter().find(|outcome| outcome.as_str() == text);
                let outcome = outcome.ok_or(FieldError::Missing)?;
                if let (Reply::Nothing, Some(day)) = (outcome, valid.days.get(&Field::Day)) {
                    time_is_over(*day, today, law)?;
                }
                valid.outcome = Some(outcome);
            }
            _ => {
                valid.texts.insert(field, text.to_owned());
            }
        }
        Ok(())
    }

    fn check_day(
        self,
        field: Field,
        day: Day,
        today: Option<Day>,
        law: &Law,
        valid: &ValidatedInput,
    ) -> Result<(), FieldError> {
        match valid.days.get(&Field::Day) {
            Some(objection) if field != Field::Day && day < *objection => Err(FieldError::BeforeObjection),
            _ if self == Self::Reminder => time_is_over(day, today, law),
            _ => Ok(()),
        }
    }
}

/// Checks that the time that Meta has for its reply under `law` is over.
fn time_is_over(objection: Day, today: Option<Day>, law: &Law) -> Result<(), FieldError> {
    let due = objection.reply_due(law.reply_months);
    if today.is_none_or(|today| today.date() > due) {
        Ok(())
    } else {
        Err(FieldError::TooEarly(due))
    }
}

impl Field {
    /// The name of the field in a form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::PostalAddress => "address",
            Self::Email => "email",
            Self::Account => "account",
            Self::Day => "day",
            Self::Outcome => "outcome",
            Self::ReplyDay => "replied",
            Self::Reply => "reply",
            Self::ReminderDay => "reminded",
            Self::OwnWords => "own",
        }
    }

    fn is_day(self) -> bool {
        matches!(self, Self::Day | Self::ReplyDay | Self::ReminderDay)
    }

    /// The maximum number of characters.
    pub fn limit(self) -> usize {
        match self {
            Self::Name => 80,
            Self::PostalAddress | Self::Account => 200,
            Self::Email => 254,
            Self::Reply | Self::OwnWords => 800,
            Self::Day | Self::Outcome | Self::ReplyDay | Self::ReminderDay => 20,
        }
    }

    /// The maximum number of lines, so that a letter stays within two pages.
    pub fn lines(self) -> usize {
        match self {
            Self::PostalAddress => 5,
            Self::Reply | Self::OwnWords => 10,
            _ => 1,
        }
    }
}

/// The input of a letter's form, not validated.
#[derive(Clone, Debug, Default)]
pub struct LetterInput {
    values: BTreeMap<Field, String>,
    /// The code of the language that was chosen for the letter.
    pub language: String,
    /// The ids of the grounds that were ticked.
    pub grounds: Vec<String>,
    /// The value of the button that was pressed.
    pub next: String,
}

impl LetterInput {
    /// Parses a form (`application/x-www-form-urlencoded`). Unknown keys are dropped; broken UTF-8 and what acts unseen
    /// become U+FFFD, which [`Letter::check`] refuses.
    pub fn parse(body: &[u8]) -> Self {
        let mut input = Self::default();
        for (key, value) in form_urlencoded::parse(body) {
            let field = Field::iter().find(|field| field.as_str() == key);
            // A day is read without them.
            let value = match field {
                Some(field) if field.is_day() => visible(&value.replace(sets_direction, "")),
                _ => visible(&value),
            };
            match &*key {
                "language" => input.language = value,
                "next" => input.next = value,
                "ground" => input.grounds.push(value),
                _ => {
                    if let Some(field) = field {
                        input.values.insert(field, value);
                    }
                }
            }
        }
        input
    }

    /// The input of `field`.
    pub fn get(&self, field: Field) -> &str {
        self.values.get(&field).map_or("", String::as_str)
    }

    /// Sets `field`, to prefill a form.
    pub fn set(&mut self, field: Field, value: String) {
        self.values.insert(field, value);
    }
}

/// Input that [`Letter::check`] found valid.
#[derive(Clone, Debug, Default)]
pub struct ValidatedInput {
    texts: BTreeMap<Field, String>,
    days: BTreeMap<Field, Day>,
    outcome: Option<Reply>,
    grounds: IdSet<Ground>,
}

impl ValidatedInput {
    /// The input with the person's own grounds.
    #[must_use]
    pub fn with_grounds(self, grounds: IdSet<Ground>) -> Self {
        Self { grounds, ..self }
    }

    /// The person's own grounds.
    pub fn grounds(&self) -> IdSet<Ground> {
        self.grounds
    }

    /// The text of a field, trimmed.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The day of a field.
    pub fn day(&self, field: Field) -> Option<Day> {
        self.days.get(&field).copied()
    }

    /// What Meta replied.
    pub fn outcome(&self) -> Option<Reply> {
        self.outcome
    }
}
