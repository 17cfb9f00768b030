//! Where a statement comes from, from when, and how sure it is.

use std::fmt;

use icu_calendar::{Date, Gregorian};
use serde::{Deserialize, Deserializer, de};

/// A date as exact as the source gives it: a year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// The year of the Gregorian calendar.
    pub year: i32,
    /// 1 to 12, if known.
    pub month: Option<u8>,
    /// 1 to 31, if known; never without a month.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Reads `2026`, `2026-06` or `2026-06-30`; `None` for anything else and for days that do not exist.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let month: Option<u8> = parts.next().map(str::parse).transpose().ok()?;
        let day: Option<u8> = parts.next().map(str::parse).transpose().ok()?;
        Date::try_new_gregorian(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// The date in the calendar; its first month and first day where the source gives none.
    pub fn first_day(self) -> Date<Gregorian> {
        Date::try_new_gregorian(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("PartialDate::parse has let only existing days through")
    }
}

impl fmt::Display for PartialDate {
    /// As in ISO 8601: `2026`, `2026-06` or `2026-06-30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| de::Error::custom(format!("“{text}” is no date: write 2026, 2026-06 or 2026-06-30")))
    }
}

/// One place where a fact was read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// An address, or the name of a document that has none.
    pub source: String,
    /// The date of the evidence: when the source was written or last seen to say so.
    pub checked: PartialDate,
}

impl Source {
    /// The address to link to, if the source has one.
    pub fn address(&self) -> Option<&str> {
        Some(self.source.as_str()).filter(|source| source.starts_with("https://"))
    }

    /// How to call the source in a list: the host of its address, or the document's name.
    pub fn name(&self) -> &str {
        self.address().map_or(&self.source, host)
    }
}

/// The host of an https address, as a visitor should see it: `https://www.facebook.com/help` gives `www.facebook.com`.
pub fn host(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// The sources of one entry. There is at least one.
#[derive(Clone, Debug)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// All sources, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }
}

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sources = Vec::<Source>::deserialize(deserializer)?;
        if sources.is_empty() {
            return Err(de::Error::custom("an entry needs at least one source"));
        }
        Ok(Self(sources))
    }
}

/// How far the sources carry a statement.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Several sources that do not copy each other say so.
    Confirmed,
    /// One source says so.
    Single,
    /// Sources disagree.
    Conflicting,
    /// Our conclusion from the sources named.
    Inference,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_its_source() {
        for text in ["2026", "2026-06", "2026-06-30", "2024-02-29"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2025-02-29", "2026-13", "2026-00", "26-06", "2026-06-", "june", ""] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_source_is_called_by_its_host() {
        assert_eq!(host("https://www.facebook.com/help/contact/1"), "www.facebook.com");
        assert_eq!(host("https://help.meta.com"), "help.meta.com");
    }
}
