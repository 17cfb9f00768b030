//! The site map: every page, its address, and links that keep the visitor's choices.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::journey::{Answer, Letter, Step};

/// A page that has an address in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The first page.
    Home,
    /// Which service, which country.
    Start,
    /// One of the seven steps.
    Step(Step),
    /// The text alone, as plain text.
    Text,
    /// Everything on one page.
    Everything,
    /// What did Meta answer?
    Answers,
    /// One of the answers.
    Answer(Answer),
    /// What to keep.
    Record,
    /// The days of the record as a calendar file.
    Calendar,
    /// The entry of a calendar that reminds a year later.
    YearCalendar,
    /// The supervisory authority.
    Authority,
    /// One of the letters.
    Letter(Letter),
    /// Why and what happened.
    Why,
    /// Sources and dates.
    Sources,
    /// What this site knows about you.
    Privacy,
    /// Accessibility.
    Accessibility,
}

impl fmt::Display for Page {
    /// The path below the language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => Ok(()),
            Self::Start => f.write_str("start"),
            Self::Step(step) => write!(f, "step/{}", step.number()),
            Self::Text => f.write_str("text.txt"),
            Self::Everything => f.write_str("everything"),
            Self::Answers => f.write_str("answer"),
            Self::Answer(answer) => write!(f, "answer/{}", answer.id()),
            Self::Record => f.write_str("record"),
            Self::Calendar => f.write_str("record.ics"),
            Self::YearCalendar => f.write_str("year.ics"),
            Self::Authority => f.write_str("authority"),
            Self::Letter(letter) => write!(f, "letter/{}", letter.id()),
            Self::Why => f.write_str("why"),
            Self::Sources => f.write_str("sources"),
            Self::Privacy => f.write_str("privacy"),
            Self::Accessibility => f.write_str("accessibility"),
        }
    }
}

/// The address of a page in a language with a query, to be written into HTML.
///
/// Addresses begin at the root of this host and never name it, so that a foreign `Host` header cannot get into a page.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The code of the language.
    pub language: &'a str,
    /// The page.
    pub page: Page,
    /// The canonical query with its `?`, or nothing.
    pub query: &'a str,
}

impl Link<'_> {
    /// The address as it stands in a header, not escaped for HTML.
    pub fn location(&self) -> String {
        format!("/{}/{}{}", self.language, self.page, self.query)
    }
}

impl fmt::Display for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/{}", self.language, self.page)?;
        // A canonical query consists of letters, digits and hyphens; only its `&` needs to be escaped.
        for (place, choice) in self.query.split('&').enumerate() {
            if place > 0 {
                f.write_str("&amp;")?;
            }
            f.write_str(choice)?;
        }
        Ok(())
    }
}

impl HtmlSafe for Link<'_> {}

impl askama::FastWritable for Link<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(out, "{self}")?)
    }
}
