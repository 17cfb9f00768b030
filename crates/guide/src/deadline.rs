//! Deadlines: by when Meta must reply, and when to act if it does not.

use std::fmt;

use icu_calendar::Gregorian;
use icu_calendar::options::DateAddOptions;
use icu_calendar::types::{DateDuration, Weekday};
use veto_content::facts::year_month_day;

/// A calendar date.
pub type Date = icu_calendar::Date<Gregorian>;

/// A day on which an objection was made: from May 2024, when Meta published the first form, until 2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// Parses `2026-11-24` as browsers send it, and `24.11.2026`, `24. 11. 2026` or `24/11/2026` as people type it. `None`
    /// for another format, a day that does not exist or a day out of range.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(['-', '.', '/']).map(str::trim).collect();
        let [first, month, last] = parts[..] else {
            return None;
        };
        let (year, day) = if text.contains('-') {
            (first, last)
        } else {
            (last, first)
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !(digits(year) && digits(month) && digits(day)) {
            return None;
        }
        let month: u8 = month.parse().ok()?;
        let date = Date::try_new_gregorian(year.parse().ok()?, month, day.parse().ok()?).ok()?;
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
        for text in ["2026-11-04", "04.11.2026", "4.11.2026", "4/11/2026"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), "2026-11-04", "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_or_are_out_of_range_are_refused() {
        for text in [
            "2026-02-31",
            "2024-04-30",
            "2100-01-01",
            "2026-11-24x",
            "24.11.26",
            "+2026-11-24",
            "",
            "2026-11",
            "--",
            "1-2-3-4",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    prop_compose! {
        fn day()(year in 2024i32..2100, month in 1u8..=12, day in 1u8..=31) -> Option<Day> {
            Day::parse(&format!("{year:04}-{month:02}-{day:02}"))
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
    }
}
