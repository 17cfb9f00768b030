//! Whether an objection counts: a few questions, each with its answers, and a verdict at the end of each way.

use strum::{EnumIter, EnumString, IntoEnumIterator as _, IntoStaticStr};
use veto_content::files::{Files, LoadError};
use veto_content::messages::{StatusPageTexts, StatusTexts};

/// A question or a verdict; each has a page.
#[derive(Clone, Copy, Debug, Default, EnumIter, EnumString, Eq, IntoStaticStr, PartialEq)]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// The person saw a notice only: how long ago?
    #[default]
    Notice,
    /// Less than a day ago.
    NoticeToday,
    /// More than a day ago.
    NoticeEarlier,
    /// The e-mail says only that the objection has arrived; the verdict depends on the day.
    Receipt,
    /// The person objected in 2024: is the e-mail that confirms it still there?
    Earlier,
    /// It is: are the accounts and their e-mail addresses the same?
    EarlierAccounts,
    /// They are: what does the e-mail cover?
    EarlierScope,
    /// The earlier objection counts.
    EarlierCounts,
    /// The earlier objection may not count.
    EarlierRepeat,
    /// An e-mail address has changed: which one?
    Address,
    /// That of the account.
    AddressOfAccount,
    /// That in the form only.
    AddressInForm,
}

/// What a [`Status`] is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// A question: where each answer leads.
    Question(&'static [Status]),
    /// The end of a way.
    End(Verdict),
}

/// What to do about an objection that was made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Nothing: it counts, as far as is known.
    Counts,
    /// To object again.
    Repeat,
    /// To wait; for how long, and what comes then, depends on the day of the objection.
    Wait,
}

impl Status {
    /// Those with which a person begins.
    pub const DOORS: [Self; 4] = [Self::Notice, Self::Receipt, Self::Earlier, Self::Address];

    /// The slug in a path.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The key of its texts. `is_late`: whether the time for a reply is over, for which a receipt has texts of its own.
    pub fn texts_key(self, is_late: bool) -> &'static str {
        if is_late && self == Self::Receipt {
            "receipt-late"
        } else {
            self.as_str()
        }
    }

    /// Its texts, see [`Status::texts_key`].
    ///
    /// # Panics
    /// When `texts` are not of a catalog: these are complete.
    pub fn texts(self, is_late: bool, texts: &StatusTexts) -> &StatusPageTexts {
        &texts.pages[self.texts_key(is_late)]
    }

    /// Whether it is a question, and where its answers lead.
    pub fn stage(self) -> Stage {
        match self {
            Self::Notice => Stage::Question(&[Self::NoticeToday, Self::NoticeEarlier]),
            Self::Earlier => Stage::Question(&[Self::EarlierAccounts, Self::EarlierRepeat]),
            Self::EarlierAccounts => Stage::Question(&[Self::EarlierScope, Self::EarlierRepeat]),
            Self::EarlierScope => Stage::Question(&[Self::EarlierCounts, Self::EarlierRepeat]),
            Self::Address => Stage::Question(&[Self::AddressOfAccount, Self::AddressInForm]),
            Self::EarlierCounts | Self::AddressInForm => Stage::End(Verdict::Counts),
            Self::NoticeEarlier | Self::EarlierRepeat | Self::AddressOfAccount => Stage::End(Verdict::Repeat),
            Self::NoticeToday | Self::Receipt => Stage::End(Verdict::Wait),
        }
    }
}

/// Checks that each page has texts with an answer for each way on, or, at the end, with what to do.
///
/// # Errors
/// The first fault, with file, line and reason.
pub(crate) fn check(files: &Files, code: &str, texts: &StatusTexts) -> Result<(), LoadError> {
    for status in Status::iter() {
        for slug in [false, true].map(|is_late| status.texts_key(is_late)) {
            let (answers, is_end) = match status.stage() {
                Stage::Question(answers) => (answers.len(), false),
                Stage::End(_) => (0, true),
            };
            let fits = |page: &StatusPageTexts| page.answers.len() == answers && page.todo.is_some() == is_end;
            if !texts.pages.get(slug).is_some_and(fits) {
                let todo = if is_end { "with" } else { "without" };
                let reason = format!("the page “{slug}” needs texts with {answers} answers, {todo} todo");
                return Err(files
                    .read(&format!("locales/{code}/status.toml"))?
                    .error_at(slug, reason));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pages that can be reached from `status`, and the number of questions before the last verdict.
    fn walk(status: Status, reached: &mut Vec<Status>) -> usize {
        reached.push(status);
        match status.stage() {
            Stage::End(_) => 0,
            Stage::Question(answers) => {
                assert!(answers.len() >= 2, "{status:?} is no question");
                1 + answers.iter().map(|answer| walk(*answer, reached)).max().unwrap_or(0)
            }
        }
    }

    #[test]
    fn at_most_three_questions_lead_to_a_verdict_and_every_page_is_reached() {
        let mut reached = Vec::new();
        for door in Status::DOORS {
            assert!(walk(door, &mut reached) <= 3, "{door:?}");
        }
        for status in Status::iter() {
            assert!(reached.contains(&status), "{status:?} is not reached");
            assert_eq!(status.as_str().parse(), Ok(status));
        }
    }
}
