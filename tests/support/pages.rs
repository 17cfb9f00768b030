//! The pages of the site.

use super::client::CHOICES;

/// The number of steps.
pub const STEPS: usize = 7;

/// Every page that needs no choices, below the language.
const PAGES: [&str; 12] = [
    "",
    "start",
    "reply",
    "reply/confirmed",
    "reply/more",
    "reply/refused",
    "reply/nothing",
    "why",
    "sources",
    "privacy",
    "accessibility",
    "languages",
];

/// The paths of all pages of a language that have one heading and a title of their own.
pub fn of(language: &str) -> Vec<String> {
    let plain = PAGES.iter().map(|page| format!("/{language}/{page}"));
    let steps = (1..=STEPS).map(|step| format!("/{language}/step/{step}?{CHOICES}"));
    plain
        .chain(steps)
        .chain([format!("/{language}/everything?{CHOICES}")])
        .collect()
}
