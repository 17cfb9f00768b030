//! Days and what is counted from them, independent of the program.

use icu_calendar::Gregorian;
use icu_calendar::types::Weekday;

/// A day.
pub type Date = icu_calendar::Date<Gregorian>;

/// Reads `2026-11-24`.
pub fn parse(text: &str) -> Date {
    let parts: Vec<i32> = text.split('-').map(|part| part.parse().expect("a number")).collect();
    let [year, month, day] = parts[..] else {
        panic!("“{text}” is not a day");
    };
    of(year, month, day).unwrap_or_else(|| panic!("“{text}” does not exist"))
}

/// The day, if it exists.
fn of(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::try_new_gregorian(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Writes `2026-11-24`.
pub fn iso(date: Date) -> String {
    let (year, month, day) = numbers(date);
    format!("{year:04}-{month:02}-{day:02}")
}

fn numbers(date: Date) -> (i32, i32, i32) {
    let month = date.month().ordinal;
    (date.year().extended_year(), month.into(), date.day_of_month().0.into())
}

/// A number of days later.
pub fn plus_days(date: Date, days: i64) -> Date {
    Date::from_rata_die(date.to_rata_die() + days, Gregorian)
}

/// A number of months later: the same day of the month, or the last one where the month is shorter.
pub fn plus_months(date: Date, months: i32) -> Date {
    let (year, month, day) = numbers(date);
    let count = year * 12 + month - 1 + months;
    let candidates = (1..=day).rev();
    let mut existing = candidates.filter_map(|day| of(count / 12, count % 12 + 1, day));
    existing.next().expect("each month has a first day")
}

/// The day by which a reply is due: a month later; a Saturday or Sunday moves it to Monday.
pub fn reply_due(date: Date) -> Date {
    let end = plus_months(date, 1);
    match end.weekday() {
        Weekday::Saturday => plus_days(end, 2),
        Weekday::Sunday => plus_days(end, 1),
        _ => end,
    }
}
