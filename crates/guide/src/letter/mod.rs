//! The letters to Meta and to the supervisory authority.
//!
//! [`LetterInput::parse`] reads what a person typed, [`Letter::check`] makes a [`ValidatedInput`] of it, and
//! [`Letter::compose`] a [`LetterDocument`]; nothing of it is stored.

mod document;
mod input;

use std::str::FromStr;

use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{self, Authority, Law};
use veto_content::messages::{LetterFormTexts, LetterPage};

pub use document::LetterDocument;
pub(super) use document::check as check_texts;
pub use input::{Field, FieldError, LetterInput, OUTCOMES, ValidatedInput};

/// One of the letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letter {
    /// The objection itself, for people who cannot use the form or have no account.
    #[default]
    Objection,
    /// The reply when Meta asks for more information.
    More,
    /// The reply when Meta refuses: the request for compelling legitimate grounds (Art. 21(1) GDPR).
    Refused,
    /// The reminder when Meta has not replied within the month.
    Reminder,
    /// The complaint to the supervisory authority (Art. 77 GDPR; in the United Kingdom section 165 Data Protection Act
    /// 2018; in Switzerland a report, Art. 49 FADP).
    Complaint,
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

    /// The slug in a path.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Objection => "objection",
            Self::More => "more",
            Self::Refused => "refused",
            Self::Reminder => "reminder",
            Self::Complaint => "complaint",
        }
    }

    /// The texts of its form under `law`, by which the complaint may be a report.
    pub fn form_texts<'a>(self, texts: &'a LetterPage, law: &Law) -> &'a LetterFormTexts {
        match (self, law.complaint) {
            (Self::Objection, _) => &texts.objection,
            (Self::More, _) => &texts.more,
            (Self::Refused, _) => &texts.refused,
            (Self::Reminder, _) => &texts.reminder,
            (Self::Complaint, facts::Complaint::Report) => &texts.report,
            (Self::Complaint, _) => &texts.complaint,
        }
    }

    /// The fields of its form, in order.
    pub fn fields(self) -> &'static [Field] {
        use Field::{Account, Day, Email, Name, Outcome, OwnWords, PostalAddress, ReminderDay, Reply, ReplyDay};
        match self {
            Self::Objection => &[Name, PostalAddress, Email, Account, OwnWords],
            Self::More => &[Name, PostalAddress, Account, Day, Reply, OwnWords],
            Self::Refused => &[Name, PostalAddress, Account, Day, ReplyDay, Reply, OwnWords],
            Self::Reminder => &[Name, PostalAddress, Account, Day],
            Self::Complaint => &[
                Name,
                PostalAddress,
                Email,
                Account,
                Day,
                Outcome,
                ReplyDay,
                Reply,
                ReminderDay,
                OwnWords,
            ],
        }
    }

    /// Whether it repeats the objection, with the person's own grounds.
    pub fn has_grounds(self) -> bool {
        matches!(self, Self::Objection | Self::More)
    }

    /// Whether `field` is required.
    pub fn requires(self, field: Field) -> bool {
        match field {
            Field::Name | Field::Day | Field::Outcome => true,
            Field::Account => self != Self::Objection,
            Field::PostalAddress => matches!(self, Self::Objection | Self::Complaint),
            Field::ReplyDay => self == Self::Refused,
            Field::Email | Field::Reply | Field::ReminderDay | Field::OwnWords => false,
        }
    }
}

impl FromStr for Letter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|letter| letter.as_str() == text).ok_or(())
    }
}

/// The languages of the catalog in which `authority` accepts complaints.
pub fn accepted_locales(authority: &Authority, catalog: &Catalog) -> Vec<LocaleId> {
    let languages = catalog.letter_languages();
    let accepted = languages.filter(|(_, language)| authority.languages.contains(&language.code));
    accepted.map(|(id, _)| id).collect()
}
