//! The one place where the present day comes in.

use icu_calendar::Gregorian;
use icu_calendar::types::RataDie;

use crate::facts::numbers;
use crate::journey::Day;
use crate::journey::deadline::Date;

/// 1 January 1970, counted as the calendar's arithmetic does.
const EPOCH: RataDie = RataDie::new(719_163);
/// Two hours east of Greenwich: Central European Summer Time, in the middle of the countries of the wizard. Around
/// midnight the day may be that of the neighbours.
const EAST: u64 = 2 * 60 * 60;
const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

/// The present day; `None` if the clock of this machine stands before May 2024 or after 2099.
pub fn today() -> Option<Day> {
    Day::new(date(seconds()? + EAST)?)
}

/// The present time in UTC by RFC 3339, such as `2026-11-24T08:30:00Z`; `None` if the clock of this machine stands before
/// 1970.
pub fn now() -> Option<String> {
    let seconds = seconds()?;
    let date = date(seconds)?;
    let (year, month, day) = numbers(date);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

/// The seconds since the first day of 1970.
#[allow(
    clippy::disallowed_types,
    reason = "here the time comes in, to be handed on as an argument"
)]
fn seconds() -> Option<u64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Some(since.ok()?.as_secs())
}

fn date(seconds: u64) -> Option<Date> {
    let days = i64::try_from(seconds / SECONDS_OF_A_DAY).ok()?;
    Some(Date::from_rata_die(EPOCH + days, Gregorian))
}
