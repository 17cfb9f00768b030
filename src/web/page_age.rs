//! How long caches may keep a page, where the operator has decided it.
//!
//! Pages say how old the facts are, so they change with the day. A page of yesterday may be shown five minutes after midnight,
//! however long the operator lets caches keep it.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::response::Response;
use serde::Deserialize;

use super::headers::PAGE_CACHE;
use super::state::AppState;

/// How long caches may keep a page by [`PAGE_CACHE`], in seconds.
const USUAL: u32 = 300;
/// The longest time of a setting, in seconds: a day.
const LONGEST: u32 = 24 * 60 * 60;

/// A time of a setting, in seconds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "u32")]
pub struct CacheTime(u32);

/// A text or number that is no [`CacheTime`].
#[derive(Debug, thiserror::Error)]
#[error("a time is a number of seconds, at most {LONGEST} (a day): pages say how old the facts are")]
pub struct InvalidCacheTime;

impl TryFrom<u32> for CacheTime {
    type Error = InvalidCacheTime;

    fn try_from(seconds: u32) -> Result<Self, Self::Error> {
        (seconds <= LONGEST).then_some(Self(seconds)).ok_or(InvalidCacheTime)
    }
}

impl std::str::FromStr for CacheTime {
    type Err = InvalidCacheTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<u32>().map_err(|_| InvalidCacheTime)?.try_into()
    }
}

/// How long caches may keep a page.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct PageAge {
    /// While it is fresh.
    pub max_age: CacheTime,
    /// After that, while the cache fetches it again.
    pub stale_while_revalidate: CacheTime,
}

impl Default for PageAge {
    fn default() -> Self {
        Self {
            max_age: CacheTime(USUAL),
            stale_while_revalidate: CacheTime(0),
        }
    }
}

impl PageAge {
    /// The header of a page on a day that ends in `rest` seconds.
    fn control(self, rest: u32) -> String {
        let limit = rest + USUAL;
        let max_age = self.max_age.0.min(limit);
        let stale = self.stale_while_revalidate.0.min(limit - max_age);
        let mut control = format!("public, max-age={max_age}");
        if stale > 0 {
            // Writing to a `String` does not fail.
            _ = write!(control, ", stale-while-revalidate={stale}");
        }
        control
    }
}

/// Middleware: sets the time for which caches may keep a page.
pub async fn set(State(state): State<Arc<AppState>>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    if headers.get(header::CACHE_CONTROL) == Some(&PAGE_CACHE) {
        let settings = &state.settings;
        if let Ok(control) = HeaderValue::try_from(settings.page_age.control(settings.clock.rest_of_day())) {
            headers.insert(header::CACHE_CONTROL, control);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_is_kept_for_more_than_five_minutes_after_midnight() {
        for (max_age, stale, rest, expected) in [
            (USUAL, 0, LONGEST, "public, max-age=300"),
            (USUAL, 0, 1, "public, max-age=300"),
            (0, 0, 1, "public, max-age=0"),
            (3_600, 600, 4_000, "public, max-age=3600, stale-while-revalidate=600"),
            (3_600, 600, 3_400, "public, max-age=3600, stale-while-revalidate=100"),
            (3_600, 600, 1_000, "public, max-age=1300"),
            (USUAL, LONGEST, 120, "public, max-age=300, stale-while-revalidate=120"),
        ] {
            let age = PageAge {
                max_age: CacheTime(max_age),
                stale_while_revalidate: CacheTime(stale),
            };
            assert_eq!(
                age.control(rest),
                expected,
                "{max_age}, {stale}, {rest} seconds before midnight"
            );
        }
    }
}
