//! What is typed does nothing unseen: controls and what turns the direction of text come back as U+FFFD.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::company_objection::submit;
use crate::in_process::{Response, Site};

/// Overrides and isolates of direction, a bell, a line break of other systems, a byte order mark, a soft hyphen.
const UNSEEN: &str = "a\u{202e}\u{2066}\u{2067}\u{2068}\u{7}\u{85}\u{feff}\u{ad}b";
/// How it comes back.
const SHOWN: &str = "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}b";
/// A page whose text a person can change, of each kind, and the record of what they have sent.
const WITH_TEXT: [&str; 4] = [
    "/en/meta-account/open-form?service=facebook&country=DE",
    "/en/meta-whatsapp?country=DE",
    "/en/objection/linkedin?country=DE",
    "/en/record?service=facebook&country=DE&entry=facebook.2026-03-31",
];

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn must_show_all(place: &str, response: &Response) {
    let unseen = UNSEEN.chars().filter(|character| !character.is_ascii_alphabetic());
    for character in unseen.map(String::from) {
        let in_link = encoded(&character);
        assert!(!response.html.contains(&character), "{place}: {character:?}");
        assert!(!response.html.contains(&in_link), "{place}: {character:?} in a link");
    }
    assert!(response.html.contains(SHOWN), "{place} does not show where they were");
}

#[test]
fn a_text_that_was_changed_shows_what_is_unseen() {
    for path in WITH_TEXT {
        must_show_all(path, &submit(path, &[("typed", UNSEEN)]));
    }
    let letter = "/en/meta-whatsapp/letter?country=DE";
    must_show_all(letter, &Site::built_in().post(letter, &[("typed", UNSEEN)]));
    // Values that are not from the form, too.
    for (path, name) in WITH_TEXT.into_iter().zip(["ground", "ground", "ground", "used"]) {
        must_show_all(path, &submit(path, &[("typed", UNSEEN), (name, UNSEEN)]));
    }
}

#[test]
fn no_letter_goes_out_with_what_is_unseen_and_its_form_shows_it() {
    let path = "/en/letter/complaint?service=facebook&country=AT";
    for name in [
        "name", "address", "email", "account", "reply", "own", "language", "ground",
    ] {
        for next in ["", "change", "letter", "file"] {
            let place = format!("{name}, {next}");
            let complete = [
                ("name", "Ada"),
                ("address", "Weg"),
                ("account", "ada"),
                ("day", "2026-03-31"),
                ("outcome", "refused"),
                ("next", next),
                // The last value of a field is the one that counts.
                (name, UNSEEN),
            ];
            let response = Site::built_in().post(path, &complete);
            let is_field = !matches!(name, "language" | "ground");
            let status = if is_field && next != "change" { 400 } else { 200 };
            assert_eq!(response.status, status, "{place}");
            // Unknown languages and grounds are dropped, except from the fields that lead back.
            if is_field || (next.is_empty() || next == "letter") {
                must_show_all(&place, &response);
            }
        }
    }
}

#[test]
fn a_page_that_names_an_unknown_value_shows_what_is_unseen() {
    let site = Site::built_in();
    for path in [
        "/en/start?service=",
        "/en/start?country=",
        "/en/authority?service=facebook&country=DE&region=",
        "/en/record?service=facebook&country=DE&entry=",
        "/en/record?service=facebook&country=DE&day=",
        "/en/meta-account/explain?service=facebook&country=DE&text=",
        "/en/why?length=",
        "/en/family/sheet?entry=b.facebook&day=",
        "/en/check-list?entry=linkedin&day=",
    ] {
        let response = site.get(&[path, &encoded(UNSEEN)].concat());
        assert_eq!(response.status, 400, "{path}");
        must_show_all(path, &response);
    }
    // What only one page reads is named as it stands in the address, where a browser encodes it and others need not.
    let response = site.get("/en/school/lesson?minutes=9\u{202e}0");
    assert_eq!(response.status, 400);
    assert!(
        response.html.contains("9\u{fffd}0"),
        "the number of minutes is not named"
    );
}
