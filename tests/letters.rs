//! Letters: typed, checked, shown and saved; nothing that was typed is lost or kept.

mod support;

use std::io::Cursor;

use support::client::{agent, at_each_base_path, at_each_base_path_with};
use support::html::between;
use support::language::letter_languages;
use support::letter::{NAME, fields};
use support::repository::{entries, string, text};
use ureq::SendBody;

const COMPLAINT: &str = "/en/letter/complaint?service=facebook&country=AT";

#[test]
fn what_was_typed_is_not_lost_to_a_link_to_another_language() {
    at_each_base_path(|client| {
        // Nothing is typed yet.
        client.page(COMPLAINT).assert_contains("hreflang=\"de\"");
        for next in ["check", "change", "letter"] {
            let response = client.post(COMPLAINT, fields(&[("next", next)]));
            assert_eq!(response.status, 200, "{next}");
            response.assert_lacks("hreflang");
        }
    });
}

#[test]
fn a_letter_with_errors_says_what_to_change_and_loses_nothing() {
    at_each_base_path(|client| {
        let long = "x".repeat(801);
        for (field, value) in [
            ("name", ""),
            ("day", "2026-02-31"),
            ("day", "2098-01-01"),
            ("replied", "2026-03-30"),
            ("reply", long.as_str()),
            ("outcome", ""),
        ] {
            let response = client.post(COMPLAINT, fields(&[(field, value)]));
            assert_eq!(response.status, 400, "{field}");
            assert_eq!(response.header("cache-control"), "no-store");
            // The summary names the field, and the field has its error and what was typed.
            response.assert_contains(&format!("href=\"#{field}\""));
            response.assert_contains(&format!("id=\"{field}-error\""));
            response.assert_contains(value);
            if field != "name" {
                response.assert_contains(NAME);
            }
        }
        // Nothing came, and yet a reply is quoted.
        let contradiction = client.post(COMPLAINT, fields(&[("outcome", "nothing")]));
        assert_eq!(contradiction.status, 400);
        contradiction.assert_contains("id=\"reply-error\"");
    });
}

#[test]
fn a_letter_that_cannot_be_read_or_is_too_large_is_rejected() {
    at_each_base_path(|client| {
        let url = client.url(COMPLAINT);
        let malformed = agent().post(&url).send("name=%ff&day=%00&x=%");
        assert_eq!(malformed.expect("the server responds").status(), 400);
        let large = format!("name={}", "x".repeat(150_000));
        let with_length = agent().post(&url).send(&large);
        assert_eq!(with_length.expect("the server responds").status(), 413);
        let chunked = SendBody::from_owned_reader(Cursor::new(large));
        let chunked = agent().post(&url).send(chunked);
        assert_eq!(chunked.expect("the server responds").status(), 413);
    });
}

#[test]
fn nothing_that_is_typed_is_in_a_header_a_link_or_the_log_and_no_cache_keeps_it() {
    let typed = NAME.split_whitespace().next().expect("a name")[1..].to_lowercase();
    at_each_base_path_with(
        |command| {
            command
                .args(["--log", "debug", "--log-requests"])
                .stderr(std::process::Stdio::piped());
        },
        |client| {
            for next in ["check", "letter", "file", "change"] {
                let response = client.post(
                    "/de/letter/complaint?service=facebook&country=AT",
                    fields(&[("next", next)]),
                );
                response.assert_contains(NAME);
                assert_eq!(response.header("cache-control"), "no-store", "{next}");
                for value in response.headers.values() {
                    let value = value.to_str().expect("a header is ASCII").to_lowercase();
                    assert!(!value.contains(&typed), "{next}: {value}");
                }
                let links = between(&response.body, "href=\"/", "\"").chain(between(&response.body, "action=\"", "\""));
                for link in links {
                    assert!(!link.to_lowercase().contains(&typed), "{next}: {link}");
                }
            }
            let log = client.server.stop_and_read_log();
            assert!(!log.to_lowercase().contains(&typed), "{log}");
        },
    );
}

#[test]
fn a_text_file_has_the_letter_in_the_language_that_was_chosen() {
    let subject = |language: &str| {
        let subject = text(language, "letters", "texts.gdpr.complaint.letter.subject");
        let law = text(language, "letters", "complaint_law_names.gdpr");
        let subject = subject.replace("{complaint_law}", &law);
        subject.split('{').next().unwrap_or_default().to_owned()
    };
    at_each_base_path(|client| {
        // The Austrian authority accepts German.
        let default = client.post(COMPLAINT, fields(&[("next", "file")]));
        assert!(default.header("content-type").starts_with("text/plain"));
        assert!(default.header("content-disposition").contains(".txt"));
        default.assert_contains(&subject("de"));
        for language in letter_languages() {
            let chosen = client.post(COMPLAINT, fields(&[("next", "file"), ("language", &language)]));
            chosen.assert_contains(&subject(&language));
        }
    });
}

#[test]
fn where_an_authority_accepts_none_of_our_languages_the_page_says_which_it_accepts() {
    let ours = letter_languages();
    let authorities = entries("data/authorities.toml", "authority");
    let accepted = |authority: &toml::Table| -> Vec<String> {
        let languages = authority["languages"].as_array().expect("languages are a list");
        languages
            .iter()
            .filter_map(|language| language.as_str().map(str::to_owned))
            .collect()
    };
    let foreign = authorities
        .iter()
        .find(|authority| accepted(authority).len() == 1 && !ours.contains(&accepted(authority)[0]));
    // With enough languages there is none.
    let Some(authority) = foreign else { return };
    let sentence = text("en", "letter_forms", "not_accepted");
    let name = text("en", "authority", &format!("language_names.{}", accepted(authority)[0]));
    let (before, _) = sentence
        .split_once("{languages}")
        .expect("the text names the languages");
    at_each_base_path(|client| {
        let country = string(authority, "country");
        client
            .page(&format!("/en/letter/complaint?service=facebook&country={country}"))
            .assert_says(&format!("{before}{name}"));
    });
}
