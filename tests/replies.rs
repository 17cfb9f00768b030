//! After the objection: what Meta may have replied, what the law says then, the record and the supervisory authority.

mod support;

use std::collections::BTreeSet;

use support::client::{Client, at_each_base_path};
use support::html::{between, text};
use support::language::letter_languages;
use support::letter::{DAY, DUE, NAME, fields};
use support::repository::{self, authority, entries, string};
use toml::{Table, Value};

/// Each reply, with the letters that its page offers.
const REPLIES: [(&str, &[&str]); 4] = [
    ("confirmed", &[]),
    ("more", &["more"]),
    ("refused", &["refused", "complaint"]),
    ("nothing", &["reminder", "complaint"]),
];

#[test]
fn every_reply_leads_to_its_letters_for_residents_of_seven_places_in_every_language() {
    at_each_base_path(|client| {
        for (country, region, law) in [
            ("DE", Some("DE-BY"), "gdpr"),
            ("AT", None, "gdpr"),
            ("FR", None, "gdpr"),
            ("IE", None, "gdpr"),
            ("NO", None, "gdpr"),
            ("GB", None, "uk_gdpr"),
            ("CH", None, "swiss_fadp"),
        ] {
            let region_choice = region.map_or(String::new(), |region| format!("&region={region}"));
            let query = format!("service=facebook&country={country}{region_choice}");
            for language in client.languages() {
                for (reply, letters) in REPLIES {
                    let page = client.page(&format!("/{language}/reply/{reply}?{query}"));
                    for letter in letters {
                        let path = format!("/{language}/letter/{letter}?{query}");
                        page.assert_contains(&format!("href=\"{}\"", path.replace('&', "&amp;")));
                        assert_letter(&client, &path, letter, &authority(country, region), law);
                    }
                }
                let days = client.page(&format!("/{language}/record.ics?{query}&entry=facebook.{DAY}"));
                days.assert_contains(&format!("DTSTART;VALUE=DATE:{DUE}"));
                client
                    .page(&format!("/{language}/authority?{query}"))
                    .assert_says(&authority(country, region));
            }
            let record = client.page(&format!("/en/record?{query}&entry=facebook.{DAY}"));
            record.assert_contains("<strong>30 April 2026</strong>");
        }
    });
}

/// Asserts that a letter can be checked and shown, and has its recipient and, to an authority, its article.
fn assert_letter(client: &Client, path: &str, letter: &str, authority: &str, law: &str) {
    client.page(path).assert_contains("method=\"post\"");
    let check = client.post(path, fields(&[("next", "check")]));
    assert_eq!(check.status, 200, "{path}");
    check.assert_says(NAME);
    let shown = client.post(path, fields(&[]));
    assert_eq!(shown.status, 200, "{path}");
    if letter != "complaint" {
        let controllers = entries("data/companies/meta.toml", "controller");
        let responsible = controllers.iter().find(|controller| {
            let laws = controller["laws"].as_array().expect("laws are a list");
            laws.iter().any(|one| one.as_str() == Some(law))
        });
        shown.assert_says(string(responsible.expect("each law has a controller"), "attention"));
        return;
    }
    shown.assert_says(authority);
    // The letter is in a language that the authority accepts, so in any of ours.
    let kind = if law == "uk_gdpr" { "gdpr" } else { law };
    let mut subjects = letter_languages().into_iter().map(|language| {
        let subject = repository::text(&language, "letters", &format!("texts.{kind}.complaint.letter.subject"));
        let subject = match law {
            "swiss_fadp" => subject,
            law => {
                let name = repository::text(&language, "letters", &format!("complaint_law_names.{law}"));
                subject.replace("{complaint_law}", &name)
            }
        };
        let words = subject.split('{').next().unwrap_or_default().split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    });
    let says = shown.text();
    assert!(
        subjects.any(|subject| says.contains(subject.trim())),
        "{path} lacks the subject of a complaint under {law}"
    );
}

#[test]
fn after_a_reply_everybody_reads_about_the_law_of_their_own_country() {
    at_each_base_path(|client| {
        let says = |reply: &str, country: &str| {
            let page = client.page(&format!("/en/reply/{reply}?service=facebook&country={country}"));
            // Without the sources, which are the same for all countries.
            text(page.body.split("<details").next().unwrap_or_default())
        };
        for reply in ["more", "refused", "nothing"] {
            let (eu, uk, swiss) = (says(reply, "AT"), says(reply, "GB"), says(reply, "CH"));
            assert!(eu.contains("GDPR)"), "{reply}: the EU page lacks the GDPR");
            assert!(!eu.contains("FADP"), "{reply}: the EU page has Swiss law");
            for (country, foreign) in [("GB", &uk), ("CH", &swiss)] {
                let rest = foreign.replace("UK GDPR", "");
                assert!(!rest.contains("GDPR)"), "{reply}, {country}: the page has EU law");
                assert!(
                    !foreign.contains("Irish"),
                    "{reply}, {country}: the page has the Irish authority"
                );
            }
            assert!(!uk.contains("FADP"), "{reply}: the UK page has Swiss law");
        }
        let refused = says("refused", "CH");
        let swiss = authority_in_english("CH");
        let swiss = swiss.split(" (").next().unwrap_or_default();
        assert!(refused.contains(swiss), "a Swiss refusal does not name “{swiss}”");
    });
}

fn authority_in_english(country: &str) -> String {
    let authorities = entries("data/authorities.toml", "authority");
    let found = authorities
        .iter()
        .find(|authority| string(authority, "country") == country);
    string(found.expect("the country has an authority"), "name_en").to_owned()
}

#[test]
fn every_country_and_every_german_region_has_the_authority_that_is_responsible_there() {
    let authorities = entries("data/authorities.toml", "authority");
    at_each_base_path(|client| {
        let offered = |path: &str| {
            let page = client.page(path).body;
            let codes = between(&page, "<option value=\"", "\"").filter(|code| !code.is_empty());
            codes.map(str::to_owned).collect::<BTreeSet<_>>()
        };
        let values = |tables: &[Table], key: &str| {
            let values = tables
                .iter()
                .filter_map(|table| table.get(key)?.as_str().map(str::to_owned));
            values.collect::<BTreeSet<_>>()
        };
        let countries = values(&entries("data/countries.toml", "country"), "code");
        assert_eq!(offered("/en/start"), countries);
        assert_eq!(values(&authorities, "country"), countries);
        let regions = offered("/en/authority?service=facebook&country=DE");
        assert_eq!(values(&authorities, "region"), regions);

        let mut places = BTreeSet::new();
        for authority in &authorities {
            let region = authority.get("region").and_then(Value::as_str);
            let region = region.map_or(String::new(), |region| format!("&region={region}"));
            let place = format!("country={}{region}", string(authority, "country"));
            let page = client.page(&format!("/en/authority?service=facebook&{place}"));
            page.assert_says(string(authority, "name"));
            page.assert_contains(&format!("href=\"{}\"", string(authority, "website")));
            assert!(places.insert(place), "two authorities are responsible for one place");
        }
    });
}

#[test]
fn a_wrong_region_is_named() {
    at_each_base_path(|client| {
        let region = client.get("/en/authority?service=facebook&country=DE&region=DE-XX");
        assert_eq!(region.status, 400);
        region.assert_says("“DE-XX”");
    });
}
