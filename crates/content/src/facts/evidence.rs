//! Evidence: sources with dates, and how well they support a statement.

use std::fmt;
use std::io::{self, Read, Write};

use icu_calendar::{Date, Gregorian};
use serde::{Deserialize, Deserializer, de};

/// A date with the precision of its source: a year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    first_day: Date<Gregorian>,
    precision: Precision,
}

/// The precision of a date.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

impl PartialDate {
    /// Parses `2026`, `2026-06` or `2026-06-30`; `None` for anything else and for days that do not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str, digits: usize| {
            let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u16>().ok().filter(|_| plain)
        };
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let mut rest = parts.map(|part| number(part, 2));
        let (month, day, precision) = match (rest.next(), rest.next(), rest.next()) {
            (None, ..) => (1, 1, Precision::Year),
            (Some(Some(month)), None, _) => (month, 1, Precision::Month),
            (Some(Some(month)), Some(Some(day)), None) => (month, day, Precision::Day),
            _ => return None,
        };
        let (month, day) = (month.try_into().ok()?, day.try_into().ok()?);
        Some(Self {
            first_day: Date::try_new_gregorian(year.into(), month, day).ok()?,
            precision,
        })
    }

    /// The day, or the first day of the month or year.
    pub fn first_day(self) -> Date<Gregorian> {
        self.first_day
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> Self {
        let (year, ..) = year_month_day(self.first_day);
        Self {
            first_day: Date::try_new_gregorian(year, 1, 1).unwrap_or(self.first_day),
            precision: Precision::Year,
        }
    }

    /// The precision.
    pub fn precision(self) -> Precision {
        self.precision
    }
}

impl fmt::Display for PartialDate {
    /// As in ISO 8601: `2026`, `2026-06` or `2026-06-30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = year_month_day(self.first_day);
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl borsh::BorshSerialize for PartialDate {
    fn serialize<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        let (year, month, day) = year_month_day(self.first_day);
        (year, month, day, self.precision).serialize(writer)
    }
}

impl borsh::BorshDeserialize for PartialDate {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        let (year, month, day, precision) = borsh::BorshDeserialize::deserialize_reader(reader)?;
        Ok(Self {
            first_day: Date::try_new_gregorian(year, month, day).map_err(io::Error::other)?,
            precision,
        })
    }
}

/// The year, the month and the day of a date.
pub fn year_month_day(date: Date<Gregorian>) -> (i32, u8, u8) {
    (date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| de::Error::custom(format!("“{text}” is not a date: write 2026, 2026-06 or 2026-06-30")))
    }
}

/// A source of a fact.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// An address, or the name of a document that has none.
    pub source: String,
    /// The date of the evidence: when the source was written, or last confirmed to say so.
    pub checked: PartialDate,
}

impl Source {
    /// The address to link to, if the source has one.
    pub fn address(&self) -> Option<&str> {
        Some(self.source.as_str()).filter(|source| source.starts_with("https://"))
    }

    /// The source's name in a list: the host of its address (on github.com with the repository's owner), or the
    /// document's name.
    pub fn name(&self) -> &str {
        let Some(address) = self.address() else {
            return &self.source;
        };
        let host = host(address);
        if host != "github.com" {
            return host;
        }
        let name = address.strip_prefix("https://").unwrap_or(address);
        name.match_indices('/').nth(1).map_or(name, |(end, _)| &name[..end])
    }
}

/// The host of an https address, as a visitor should see it: `https://www.facebook.com/help` gives `www.facebook.com`.
pub fn host(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// The sources of one entry. As read from a file there is at least one.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// All sources, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }

    /// The date of the newest one.
    pub fn newest(&self) -> Option<PartialDate> {
        self.0.iter().map(|source| source.checked).max()
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

/// How well the sources support a statement.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Several independent sources support it.
    Confirmed,
    /// One source supports it.
    Single,
    /// The sources contradict each other.
    Conflicting,
    /// It is our own conclusion from the sources.
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
        for text in [
            "2025-02-29",
            "2026-13",
            "2026-00",
            "26-06",
            "2026-06-",
            "2026-6-3",
            "2026-+6",
            "june",
            "",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_repository_is_called_by_its_owner() {
        let name = |source: &str| {
            let checked = PartialDate::parse("2026").unwrap();
            Source {
                source: source.to_owned(),
                checked,
            }
            .name()
            .to_owned()
        };
        assert_eq!(
            name("https://github.com/datenanfragen/website/blob/x"),
            "github.com/datenanfragen"
        );
        assert_eq!(name("https://noyb.eu/en/survey"), "noyb.eu");
        assert_eq!(name("a text on paper"), "a text on paper");
    }

    #[test]
    fn a_source_is_called_by_its_host() {
        assert_eq!(host("https://www.facebook.com/help/contact/1"), "www.facebook.com");
        assert_eq!(host("https://help.meta.com"), "help.meta.com");
    }
}
