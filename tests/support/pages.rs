//! The pages of the site.

use super::client::CHOICES;

/// The steps below the language.
pub const STEPS: [&str; 7] = [
    "meta-account/sign-in",
    "meta-account/open-form",
    "meta-account/contact",
    "meta-account/explain",
    "meta-account/submit",
    "meta-account/code",
    "meta-account/confirmation",
];

/// Every page that needs no choices, below the language.
const PAGES: [&str; 22] = [
    "",
    "topic",
    "start",
    "reply",
    "reply/confirmed",
    "reply/more",
    "reply/refused",
    "reply/nothing",
    "status/notice",
    "status/earlier-counts",
    "status/address-of-account",
    "shared-device",
    "why",
    "timeline",
    "sources",
    "privacy",
    "accessibility",
    "languages",
    "company",
    "company/linkedin",
    "objection/linkedin",
    "check-list?entry=linkedin",
];

/// The paths of all pages of a language that have one heading and a title of their own.
pub fn of(language: &str) -> Vec<String> {
    let plain = PAGES.iter().map(|page| format!("/{language}/{page}"));
    let steps = STEPS.iter().map(|step| format!("/{language}/{step}?{CHOICES}"));
    plain
        .chain(steps)
        .chain(["everything", "finish", "days"].map(|page| format!("/{language}/{page}?{CHOICES}")))
        .collect()
}
