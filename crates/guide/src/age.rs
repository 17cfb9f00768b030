//! The age of facts on a day: when a page says that they may have changed.

use icu_calendar::types::DateDuration;
use veto_content::facts::{Facts, Form, PartialDate};

use crate::deadline::{Date, later};

/// How old the facts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// At most 90 days.
    Recent,
    /// More than 90 days: pages with a form say until when we know it.
    Aging,
    /// More than a year: the first page and the operator's log say so.
    Outdated,
}

/// The age on `today` of facts that were gathered until `gathered`.
pub fn age(gathered: PartialDate, today: Date) -> Age {
    let gathered = gathered.first_day();
    if today > later(gathered, DateDuration::for_years(1)) {
        Age::Outdated
    } else if today > later(gathered, DateDuration::for_days(90)) {
        Age::Aging
    } else {
        Age::Recent
    }
}

/// The day until which the facts were gathered.
pub fn gathered(facts: &Facts) -> Option<PartialDate> {
    facts.dates.get("facts-checked").map(|named| named.date)
}

/// Whether a form was last confirmed more than six months before `today`.
pub fn is_long_ago(form: &Form, today: Date) -> bool {
    today > later(form.last_confirmed().first_day(), DateDuration::for_months(6))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;

    fn day(text: &str) -> Date {
        Day::parse(text).unwrap().date()
    }

    #[test]
    fn facts_age_after_90_days_and_are_outdated_after_a_year() {
        let gathered = PartialDate::parse("2026-11-25").unwrap();
        for (today, expected) in [
            ("2026-11-25", Age::Recent),
            ("2027-02-23", Age::Recent),
            ("2027-02-24", Age::Aging),
            ("2027-11-25", Age::Aging),
            ("2027-11-26", Age::Outdated),
        ] {
            assert_eq!(age(gathered, day(today)), expected, "{today}");
        }
    }
}
