//! The clock: the only module that reads the system time.

use icu_calendar::Gregorian;
use icu_calendar::types::RataDie;
use veto_content::facts::{PartialDate, year_month_day};
use veto_guide::Day;
use veto_guide::deadline::Date;

/// 1 January 1970.
const EPOCH: RataDie = RataDie::new(719_163);
/// The offset of Central European Summer Time, in seconds. In other time zones the date may be off by one day.
const OFFSET: u64 = 2 * 60 * 60;
const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// Where the present day comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The system clock.
    System,
    /// Always the same day, for tests.
    Fixed(Day),
    /// A clock that was never set, for tests.
    Unset,
}

impl Clock {
    /// Today; `None` if the system clock is before May 2024 or after 2099.
    pub fn today(self) -> Option<Day> {
        match self {
            Self::System => Day::new(date(unix_time()? + OFFSET)?),
            Self::Fixed(day) => Some(day),
            Self::Unset => None,
        }
    }

    /// The seconds until the day ends; 0 if the system clock is before 1970.
    pub fn rest_of_day(self) -> u32 {
        let rest = match self {
            Self::System => unix_time().map(|now| SECONDS_PER_DAY - (now + OFFSET) % SECONDS_PER_DAY),
            Self::Fixed(_) => Some(SECONDS_PER_DAY),
            Self::Unset => None,
        };
        rest.and_then(|rest| rest.try_into().ok()).unwrap_or(0)
    }

    /// Why the clock cannot be right, in one line for the operator: facts that were gathered until `gathered` are known. A clock
    /// that is late cannot be told from facts that are old.
    pub fn fault(self, gathered: Option<PartialDate>) -> Option<String> {
        let Some(today) = self.today() else {
            return Some("the clock of this machine is before May 2024 or after 2099".to_owned());
        };
        let gathered = gathered.filter(|gathered| today.date() < gathered.first_day())?;
        Some(format!(
            "the clock of this machine is wrong: it says {today}, and the facts are of {gathered}"
        ))
    }
}

/// The current time in UTC (RFC 3339), such as `2026-11-24T08:30:00Z`; `None` if the system clock is before 1970.
pub fn now() -> Option<String> {
    timestamp(unix_time()?)
}

/// A time in seconds since the Unix epoch, in UTC (RFC 3339); `None` if it is after the year that the calendar has.
pub fn timestamp(seconds: u64) -> Option<String> {
    let date = date(seconds)?;
    let (year, month, day) = year_month_day(date);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

/// The current time in seconds since the Unix epoch; `None` if the system clock is before it.
#[allow(clippy::disallowed_types, reason = "read here once, then passed on as an argument")]
pub fn unix_time() -> Option<u64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Some(since.ok()?.as_secs())
}

/// The beginning of a day in UTC, in seconds since the Unix epoch.
pub fn unix_day(day: Date) -> i64 {
    (day.to_rata_die() - EPOCH) * SECONDS_PER_DAY.cast_signed()
}

fn date(seconds: u64) -> Option<Date> {
    let days = i64::try_from(seconds / SECONDS_PER_DAY).ok()?;
    Some(Date::from_rata_die(EPOCH + days, Gregorian))
}
