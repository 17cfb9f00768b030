//! Formats dates and lists and selects plurals by the rules of a language (CLDR).

use std::io::{self, Read, Write};

use borsh::{BorshDeserialize, BorshSerialize};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use super::{Html, Plural, SinglePattern};
use crate::facts::{PartialDate, Precision};

/// The rules of one language.
pub struct Format {
    /// The BCP 47 code, from which the formatters are made.
    code: String,
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    and: ListFormatter,
    plurals: PluralRules,
}

impl Format {
    /// The rules of the language `code` (BCP 47, such as `de`).
    ///
    /// # Errors
    /// When the code is malformed or CLDR has no rules for it.
    pub fn new(code: &str) -> Result<Self, String> {
        let locale: Locale = code.parse().map_err(|_| format!("“{code}” is not a language code"))?;
        // A debug assertion in ICU4X fails when it formats their months.
        let region = locale.id.region.as_ref().map_or("BR", |region| region.as_str());
        if cfg!(debug_assertions) && (locale.id.language.as_str(), region) == ("pt", "BR") {
            return Err(format!(
                "ICU4X cannot format dates of “{code}” in debug builds; “pt-PT” works"
            ));
        }
        let fail = |what: &str, error: &dyn std::fmt::Display| format!("no {what} for “{code}”: {error}");
        Ok(Self {
            code: code.to_owned(),
            day: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long())
                .map_err(|error| fail("dates", &error))?,
            month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YM::long())
                .map_err(|error| fail("months", &error))?,
            and: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default())
                .map_err(|error| fail("lists", &error))?,
            plurals: PluralRules::try_new_cardinal((&locale).into()).map_err(|error| fail("plurals", &error))?,
        })
    }

    /// A date with its precision: `30 June 2026`, `June 2026` or `2026`.
    pub fn date(&self, date: PartialDate) -> String {
        match date.precision() {
            Precision::Day => self.day(date.first_day()),
            Precision::Month => self.month(date.first_day()),
            Precision::Year => date.to_string(),
        }
    }

    /// A day: `30 June 2026`.
    pub fn day(&self, day: Date<Gregorian>) -> String {
        let number = day.day_of_month().0;
        // What the languages write, and ICU4X does not: the first day of a month is an ordinal number in French, others
        // have neither a leading zero nor the American order.
        match self.code.as_str() {
            "fr" if number == 1 => format!("1er {}", self.month(day)),
            "et" | "sl" => format!("{number}. {}", self.month(day)),
            "ga" => format!("{number} {}", self.month(day)),
            "mt" => format!("{number} ta’ {}", self.month(day)),
            _ => self.day.format(&day).to_string(),
        }
    }

    /// A month: `June 2026`.
    fn month(&self, day: Date<Gregorian>) -> String {
        let written = self.month.format(&day).to_string();
        match self.code.as_str() {
            "lv" => written.replacen("gada.", "gada", 1),
            _ => written,
        }
    }

    /// The items as a list that ends with "and".
    pub fn list<'a>(&self, items: impl Iterator<Item = &'a str> + Clone + 'a) -> String {
        let mut first = items.clone();
        match (first.next(), first.next()) {
            // Most people object for one service, and the formatter takes thousands of instructions.
            (Some(only), None) => only.to_owned(),
            _ => self.and.format_to_string(items),
        }
    }

    /// The form of `text` for `number`.
    pub fn plural<'a>(&self, text: &'a Plural, number: usize) -> &'a SinglePattern {
        text.of(self.plurals.category_for(number))
    }

    /// `text` with `number` in its placeholder.
    pub fn count(&self, text: &Plural, number: usize) -> Html {
        self.plural(text, number).fill(&number.to_string())
    }

    /// The plural categories that the language has.
    pub(super) fn plural_categories(&self) -> impl Iterator<Item = PluralCategory> {
        self.plurals.categories()
    }
}

impl BorshSerialize for Format {
    fn serialize<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        self.code.serialize(writer)
    }
}

impl BorshDeserialize for Format {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        Self::new(&String::deserialize_reader(reader)?).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_selects_the_plural_of_the_language() {
        let polish = "one = '{n} godzina'\nfew = '{n} godziny'\nmany = '{n} godzin'\nother = '{n} godziny'";
        let polish: Plural = toml::from_str(polish).unwrap();
        let english: Plural = toml::from_str("one = '{n} hour'\nother = '{n} hours'").unwrap();
        let count = |code, text, number| Format::new(code).unwrap().count(text, number).to_string();
        for (number, expected) in [
            (1, "1 godzina"),
            (2, "2 godziny"),
            (5, "5 godzin"),
            (22, "22 godziny"),
            (24, "24 godziny"),
        ] {
            assert_eq!(count("pl", &polish, number), expected);
        }
        assert_eq!(count("en", &english, 1), "1 hour");
        assert_eq!(count("en", &english, 24), "24 hours");
    }

    #[test]
    fn dates_are_those_that_each_language_writes() {
        let day = |code: &str, day| {
            let day = Date::try_new_gregorian(2026, 9, day).unwrap();
            Format::new(code).unwrap().day(day)
        };
        assert_eq!(day("fr", 1), "1er septembre 2026");
        assert_eq!(day("fr", 11), "11 septembre 2026");
        assert_eq!(day("en-GB", 1), "1 September 2026");
        assert_eq!(day("et", 1), "1. september 2026");
        assert_eq!(day("sl", 1), "1. september 2026");
        assert_eq!(day("sl", 30), "30. september 2026");
        assert_eq!(day("ga", 1), "1 Meán Fómhair 2026");
        assert_eq!(day("mt", 1), "1 ta’ Settembru 2026");
        let month = Date::try_new_gregorian(2026, 9, 1).unwrap();
        assert_eq!(Format::new("lv").unwrap().month(month), "2026. gada septembris");
    }

    #[test]
    fn lists_end_with_the_and_of_the_language() {
        let list = |code| Format::new(code).unwrap().list(["a", "b", "c"].into_iter());
        assert_eq!(list("de"), "a, b und c");
        assert_eq!(list("en"), "a, b, and c");
        assert_eq!(list("en-GB"), "a, b and c");
    }
}
