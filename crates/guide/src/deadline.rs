//! Deadlines: by when Meta must reply, and when to act if it does not.

use std::fmt;

use icu_calendar::Gregorian;
use icu_calendar::options::DateAddOptions;
use icu_calendar::types::{DateDuration, Weekday};
use veto_content::facts::year_month_day;

use crate::typed::sets_direction;

/// A calendar date.
pub type Date = icu_calendar::Date<Gregorian>;

/// A day on which an objection was made: from May 2024, when Meta published the first form, until 2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// Parses a day as browsers send it (`2026-11-24`) or as people write it: `24.11.2026`, `24. 11. 2026`, `24/11 2026`,
    /// `2026. 11. 24.`, `24.11.2026 г.`, `٢٤/١١/٢٠٢٦`. `None` for another format, a day that does not exist or a day out of
    /// range.
    ///
    /// The year is the group of four digits: the last one after day and month, or the first one before month and day. An
    /// abbreviation may follow.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().filter_map(plain).collect();
        let end = text.rfind(|character: char| character.is_ascii_digit())? + 1;
        let (date, rest) = text.split_at(end);
        if !is_abbreviation(rest.trim_end()) {
            return None;
        }
        let groups = date.split(['-', '.', '/', ' ']).filter(|group| !group.is_empty());
        let (year, month, day) = match groups.collect::<Vec<_>>()[..] {
            [year, month, day] if year.len() == 4 => (year, month, day),
            [day, month, year] if year.len() == 4 => (year, month, day),
            _ => return None,
        };
        let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
        if ![year, month, day].into_iter().all(are_digits) {
            return None;
        }
        let date = Date::try_new_gregorian(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        Self::new(date)
    }

    /// The day of this date; `None` if it is out of range.
    pub fn new(date: Date) -> Option<Self> {
        let month = (date.year().extended_year(), date.month().ordinal);
        ((2024, 5)..(2100, 1)).contains(&month).then_some(Self(date))
    }

    /// The calendar date.
    pub fn date(self) -> Date {
        self.0
    }

    /// The day by which Meta must have replied to an objection that it received on this day. It has `months`
    /// (Art. 12(3) GDPR: one).
    ///
    /// By Art. 3 of Regulation (EEC, Euratom) No 1182/71 the day of receipt does not count; the time ends with the
    /// same date of the last month, or with that month's last day where there is no such date; if that is a Saturday or Sunday,
    /// with the next working day. Public holidays move it on as well: these are not known here, and the page says so.
    pub fn reply_due(self, months: u8) -> Date {
        let mut due = later(self.0, DateDuration::for_months(months.into()));
        while matches!(due.weekday(), Weekday::Saturday | Weekday::Sunday) {
            due = later(due, DateDuration::for_days(1));
        }
        due
    }

    /// The day on which to check whether Meta has replied: two weeks after the objection.
    pub fn check_again(self) -> Date {
        later(self.0, DateDuration::for_weeks(2))
    }

    /// The same day a year later.
    pub fn next_year(self) -> Date {
        later(self.0, DateDuration::for_years(1))
    }

    /// The first day to complain if Meta has not replied to a reminder either: two weeks after the reply was due, when
    /// the reminder was sent. `months` as in [`Day::reply_due`].
    pub fn complain(self, months: u8) -> Date {
        later(self.reply_due(months), DateDuration::for_weeks(2))
    }
}

impl fmt::Display for Day {
    /// The format of queries: `2026-11-24`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&iso(self.0))
    }
}

/// A character of a typed day: Arabic digits and other spaces as their ASCII equivalent, without what sets the direction.
fn plain(character: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(u32::from(character) - zero, 10);
    match character {
        mark if sets_direction(mark) => None,
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        space if space.is_whitespace() => Some(' '),
        other => Some(other),
    }
}

/// Whether `text`, which follows a date, is a full stop or an abbreviation: up to three letters with a space before or a
/// full stop after them, as in `24.11.2026 г.`; or nothing.
fn is_abbreviation(text: &str) -> bool {
    let letters = text.trim_matches(['.', ' ']);
    letters.is_empty()
        || (letters.len() < text.len() && letters.chars().count() <= 3 && letters.chars().all(char::is_alphabetic))
}

/// A date in ISO 8601: `2026-11-24`.
pub fn iso(date: Date) -> String {
    let (year, month, day) = year_month_day(date);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Adds `by` to `date`; a day that the month does not have becomes its last day.
pub(crate) fn later(date: Date, by: DateDuration) -> Date {
    // Fails only outside the range of the calendar, thousands of years after any `Day`.
    date.try_added_with_options(by, DateAddOptions::default())
        .unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn due(day: &str) -> String {
        iso(Day::parse(day).unwrap().reply_due(1))
    }

    #[test]
    fn the_month_ends_with_the_same_date_of_the_next_month() {
        assert_eq!(due("2026-11-24"), "2026-12-24");
        assert_eq!(due("2026-12-15"), "2027-01-15");
    }

    #[test]
    fn where_there_is_no_such_date_it_ends_with_the_month() {
        // The example of Art. 3: received on 31 January, due on the last day of February.
        assert_eq!(due("2028-01-31"), "2028-02-29");
        assert_eq!(due("2029-01-31"), "2029-02-28");
        assert_eq!(due("2026-08-31"), "2026-09-30");
    }

    #[test]
    fn a_saturday_or_sunday_moves_it_to_monday() {
        // 24 May 2026 is a Sunday, 25 July 2026 a Saturday, 28 February 2026 a Saturday.
        assert_eq!(due("2026-04-24"), "2026-05-25");
        assert_eq!(due("2026-06-25"), "2026-07-27");
        assert_eq!(due("2026-01-31"), "2026-03-02");
    }

    #[test]
    fn a_day_may_be_typed_as_people_write_it() {
        for text in [
            "2026-11-04",
            "2026/11/4",
            "2026.11.04",
            "2026 11 04",
            "2026. 11. 4.",
            "2026-11-04 d.",
            "2026 11 04 d",
            "04.11.2026",
            "4.11.2026",
            "4. 11. 2026",
            "4. 11. 2026.",
            "04.11.2026.",
            "4.11.2026 г.",
            "4.11.2026г.",
            "4.11.2026\u{a0}р.",
            "4.11.2026. god.",
            "04/11/2026",
            "04 / 11 / 2026",
            "4/11 2026",
            "4/11-2026",
            "04-11-2026",
            "04 11 2026",
            " 4.\u{202f}11.\u{a0}2026\t",
            "٠٤/١١/٢٠٢٦",
            "٢٠٢٦/١١/٤ م",
            "٤\u{200f}/١١\u{200f}/٢٠٢٦",
            "۴/۱۱/۲۰۲۶",
            "\u{200e}۰۴\u{61c}-۱۱-۲۰۲۶",
            "\u{2067}04.11.2026\u{2069}",
        ] {
            let day = Day::parse(text).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2026-11-04"), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_out_of_range_is_refused() {
        for text in [
            "2026-02-31",
            "2024-04-30",
            "2100-01-01",
            "24.11.26",
            "26-11-24",
            "24.11.02026",
            "11/24/2026",
            "24-2026-11",
            "2026-11-2026",
            "24.11.2026x",
            "24.11.2026x ",
            "2026-11-24T00:00",
            "24.11.2026 year",
            "24.11.2026 x y",
            "24.11.2026 +",
            "x 24.11.2026",
            "24x.11.2026",
            "24,11,2026",
            "+2026-11-24",
            "24 November 2026",
            "24 ноября 2026 г.",
            "2026年11月24日",
            "२४/११/२०२६",
            "\u{660}",
            "",
            " . ",
            "2026-11",
            "20261124",
            "--",
            "1-2-3-4",
            "1-2-3-2026",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    prop_compose! {
        fn day()(year in 2024i32..2100, month in 1u8..=12, day in 1u8..=31) -> Option<Day> {
            Day::parse(&format!("{year:04}-{month:02}-{day:02}"))
        }
    }

    /// A way to write a day.
    #[derive(Debug)]
    struct WayToWrite {
        year_first: bool,
        /// With `04` in place of `4`.
        two_digits: bool,
        zero: char,
        /// What stands before and after each group of digits.
        marks: [&'static str; 2],
        separators: [&'static str; 2],
        end: &'static str,
    }

    prop_compose! {
        fn way_to_write()(
            year_first: bool,
            two_digits: bool,
            zero in prop::sample::select(vec!['0', '\u{660}', '\u{6f0}']),
            marks in [mark(), mark()],
            separators in [separator(), separator()],
            end in prop::sample::select(vec!["", ".", " ", " г.", "\u{a0}р.", "г.", " d.", ". g.", " م"]),
        ) -> WayToWrite {
            WayToWrite { year_first, two_digits, zero, marks, separators, end }
        }
    }

    fn separator() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![".", ". ", ".\u{a0}", ".\u{202f}", "/", " / ", "-", " "])
    }

    fn mark() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["", "\u{200e}", "\u{200f}", "\u{61c}"])
    }

    impl WayToWrite {
        fn write(&self, day: Day) -> String {
            let (year, month, day) = year_month_day(day.date());
            let (before, after) = (self.marks[0], self.marks[1]);
            let group = |number: String| {
                let digits = number.chars().filter_map(|digit| digit.to_digit(10));
                let digits = digits.filter_map(|digit| char::from_u32(u32::from(self.zero) + digit));
                format!("{before}{}{after}", digits.collect::<String>())
            };
            let short = |number: u8| {
                group(if self.two_digits {
                    format!("{number:02}")
                } else {
                    number.to_string()
                })
            };
            let (year, month, day) = (group(year.to_string()), short(month), short(day));
            let (first, last) = if self.year_first { (year, day) } else { (day, year) };
            let [one, two] = self.separators;
            format!("{first}{one}{month}{two}{last}{}", self.end)
        }
    }

    proptest! {
        #[test]
        fn the_reply_is_due_on_a_working_day_28_to_33_days_later(day in day()) {
            prop_assume!(day.is_some());
            let day = day.unwrap();
            let due = day.reply_due(1);
            let days = due.to_rata_die() - day.date().to_rata_die();
            prop_assert!((28..=33).contains(&days), "{days}");
            prop_assert!(!matches!(due.weekday(), Weekday::Saturday | Weekday::Sunday));
            prop_assert!(day.check_again() < due && due < day.complain(1));
        }

        #[test]
        fn a_later_objection_is_never_due_earlier(first in day(), second in day()) {
            prop_assume!(first.is_some() && second.is_some());
            let (first, second) = (first.min(second).unwrap(), first.max(second).unwrap());
            prop_assert!(first.reply_due(1) <= second.reply_due(1));
        }

        #[test]
        fn a_day_written_and_read_again_is_the_same(day in day()) {
            prop_assume!(day.is_some());
            prop_assert_eq!(Day::parse(&day.unwrap().to_string()), day);
        }

        #[test]
        fn whatever_way_a_day_is_written_it_is_the_same_day(day in day(), written in way_to_write()) {
            prop_assume!(day.is_some());
            let text = written.write(day.unwrap());
            prop_assert_eq!(Day::parse(&text), day, "{}", text);
        }

        #[test]
        fn no_text_brings_the_parser_down(text in "[0-9٠-٩۰-۹./ г\u{200f}-]{0,16}|.{0,20}") {
            if let Some(day) = Day::parse(&text) {
                prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
            }
        }
    }
}
