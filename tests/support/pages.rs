//! The pages of the site.

use super::client::CHOICES;
use super::repository;

/// The steps below the language.
pub fn steps() -> Vec<String> {
    let steps = repository::entries("data/journeys/meta-account.toml", "step").into_iter();
    steps
        .map(|step| format!("meta-account/{}", repository::string(&step, "id")))
        .collect()
}

/// Every page that needs no choices, below the language.
const PAGES: &[&str] = &[
    "",
    "topic",
    "ways",
    "meta-whatsapp",
    "meta-whatsapp/letter",
    "meta-third-party",
    "start",
    "reply",
    "reply/confirmed",
    "reply/more",
    "reply/refused",
    "reply/nothing",
    "status/notice",
    "status/earlier-counts",
    "status/address-of-account",
    "troubles",
    "shared-device",
    "why",
    "timeline",
    "sources",
    "changes",
    "privacy",
    "accessibility",
    "languages",
    "mistakes",
    "company",
    "company/linkedin",
    "objection/linkedin",
    "complaint/linkedin",
    "check-list?entry=linkedin",
    "school",
    "school/slides",
    "school/slides/why",
    "school/slides/quiz",
    "school/notes",
    "school/lesson",
    "school/lesson?minutes=90",
    "school/handout",
    "school/parents",
    "school/quiz",
    "school/quiz/answers",
    "school/rules",
    "family",
    "family/sheet",
    "family/phone",
    "family/phone/other",
    "share",
];

/// The pages and files that need service and country, besides the steps, below the language.
const WITH_CHOICES: &[&str] = &[
    "text.txt",
    "everything",
    "everything.html",
    "finish",
    "days",
    "record",
    "record.ics",
    "year.ics",
    "authority",
    "status/receipt",
    "letter/objection",
    "letter/more",
    "letter/refused",
    "letter/reminder",
    "letter/complaint",
];

/// The paths of all pages and files of a language that need service and country, without them.
pub fn with_choices(language: &str) -> Vec<String> {
    let pages = WITH_CHOICES.iter().map(|page| (*page).to_owned());
    pages.chain(steps()).map(|page| format!("/{language}/{page}")).collect()
}

/// The paths of all pages of a language that have one heading and a title of their own.
pub fn of(language: &str) -> Vec<String> {
    // The texts of a language that an operator has added are not listed.
    let is_of_release = repository::languages().iter().any(|code| code == language);
    let plain = PAGES.iter().filter(|page| is_of_release || **page != "mistakes");
    let plain = plain.map(|page| format!("/{language}/{page}"));
    let steps = steps().into_iter().map(|step| format!("/{language}/{step}?{CHOICES}"));
    plain
        .chain(steps)
        .chain(["everything", "finish", "days"].map(|page| format!("/{language}/{page}?{CHOICES}")))
        .collect()
}
