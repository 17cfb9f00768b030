//! The one place where the present day comes in.

use icu_calendar::Gregorian;
use icu_calendar::types::RataDie;

use crate::journey::Day;
use crate::journey::deadline::Date;

/// 1 January 1970, counted as the calendar's arithmetic does.
const EPOCH: RataDie = RataDie::new(719_163);
/// Two hours east of Greenwich: Central European Summer Time, in the middle of the countries of the wizard. Around
/// midnight the day may be that of the neighbours.
const EAST: u64 = 2 * 60 * 60;
const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

/// The present day; `None` if the clock of this machine stands before May 2024 or after 2099.
#[allow(
    clippy::disallowed_types,
    reason = "here the time comes in, to be handed on as an argument"
)]
pub fn today() -> Option<Day> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    let days = (since.as_secs() + EAST) / SECONDS_OF_A_DAY;
    Day::new(Date::from_rata_die(EPOCH + i64::try_from(days).ok()?, Gregorian))
}
