//! The facts as a file: for other tools, and for those who want to name a statement with its sources.

mod support;

use serde_json::Value;
use support::client::{Client, at_each_base_path};
use support::repository;

/// The file at `path`.
fn json(client: &Client, path: &str) -> Value {
    let response = client.get(path);
    assert_eq!(
        (response.status, response.header("content-type")),
        (200, "application/json"),
        "{path}"
    );
    serde_json::from_str(&response.body).expect("the file is JSON")
}

#[test]
fn the_file_has_every_claim_with_its_sentences_sources_and_dates() {
    at_each_base_path(|client| {
        let all = json(&client, "/facts.json");
        assert!(
            all["licence"]
                .as_str()
                .is_some_and(|licence| licence.contains("/by/4.0/")),
            "{all}"
        );
        assert_eq!(all["gathered"], repository::facts_checked());
        let claims = all["claims"].as_object().expect("claims");
        for (key, entry) in repository::toml("data/claims.toml") {
            let claim = &claims[&key];
            assert_eq!(
                claim["confidence"],
                entry["confidence"].as_str().expect("a word"),
                "{key}"
            );
            let sources = entry["sources"].as_array().expect("sources");
            for (source, shown) in sources.iter().zip(claim["sources"].as_array().expect("sources")) {
                for part in ["source", "checked"] {
                    assert_eq!(shown[part], source[part].as_str().expect("a text"), "{key}");
                }
            }
            assert_eq!(claim["sources"].as_array().map(Vec::len), Some(sources.len()), "{key}");
            let sentences = claim["sentences"].as_array().expect("sentences");
            assert!(!sentences.is_empty(), "{key}: nothing is said");
            for sentence in sentences.iter().filter_map(Value::as_str) {
                assert!(!sentence.contains(['<', '{', ']']), "{key}: {sentence}");
            }
        }
        let forms = all["forms"].as_array().expect("forms");
        for service in ["facebook", "instagram"] {
            let newest = &repository::forms(service)[0];
            assert!(
                forms.iter().any(|form| form["address"] == newest.as_str()),
                "{newest} is missing"
            );
        }
    });
}

#[test]
fn each_claim_has_an_address_of_its_own() {
    at_each_base_path(|client| {
        let all = json(&client, "/facts.json");
        for (key, claim) in all["claims"].as_object().expect("claims") {
            let address = claim["address"].as_str().expect("an address");
            assert!(address.ends_with(&format!("/facts/{key}.json")), "{address}");
            let one = json(&client, &format!("/facts/{key}.json"));
            for part in ["address", "sentences", "confidence", "sources"] {
                assert_eq!(one[part], claim[part], "{key}");
            }
            assert_eq!(one["licence"], all["licence"]);
        }
        for missing in ["/facts/nothing.json", "/facts/third-party-form", "/facts/"] {
            assert_eq!(client.get(missing).status, 404, "{missing}");
        }
        // One address each, so that nobody fills a cache.
        let response = client.get("/facts.json?x=y");
        assert_eq!((response.status, response.location()), (307, "/facts.json"));
    });
}

#[test]
fn the_page_of_sources_leads_to_the_file_in_every_language() {
    at_each_base_path(|client| {
        for language in repository::languages() {
            client
                .page(&format!("/{language}/sources"))
                .assert_contains("/facts.json\">");
        }
    });
}
