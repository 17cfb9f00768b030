//! Letters for what comes before and after the form: to Meta, and to the supervisory authority.
//!
//! What a letter says beside its own words is typed by the person. It comes in by [`Typed::parse`], is checked by
//! [`Letter::check`], and leaves by [`Letter::compose`] as a [`Sheet`]; nothing of it is kept.

mod sheet;
mod typed;

pub use sheet::Sheet;
pub(super) use sheet::check as check_texts;
pub use typed::{Details, Fault, Field, OUTCOMES, Typed};

use super::Library;
use crate::facts::{Authority, Law};
use crate::words::{LetterPage, LetterWords};

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
