//! The facts as a file: for other tools, and for those who want to name a statement with its sources.

mod support;

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
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

#[test]
fn the_newest_entries_of_the_feed_are_a_page_in_every_language_and_both_lead_to_each_other() {
    at_each_base_path(|client| {
        let feed = client.get("/facts.atom");
        let document = Document::parse(&feed.body).expect("the feed is XML");
        let feed = document.root_element();
        let language = feed.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
        let language = language.expect("a language");
        let links = children(feed, "link");
        let page = links.iter().find(|link| link.attribute("rel") == Some("alternate"));
        let page = page.and_then(|link| link.attribute("href")).unwrap_or_default();
        assert!(page.ends_with(&format!("/{language}/changes")), "{page}");
        let page = client.page(&format!("/{language}/changes"));
        let mut rest = page.text();
        let entries = children(feed, "entry");
        for entry in entries.iter().take(20) {
            let title = only(*entry, "title");
            // The page writes the date before an event in the format of its language.
            let title = title.split_once(": ").map_or(title, |(_, event)| event);
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let after = rest.split_once(&title).map(|(_, after)| after.to_owned());
            rest = after.unwrap_or_else(|| panic!("the page lacks “{title}”, or has it in another order"));
        }

        for language in repository::languages() {
            let to_page = format!("<a href=\"/{language}/changes\">");
            client.page(&format!("/{language}/sources")).assert_contains(&to_page);
            let page = client.page(&format!("/{language}/changes"));
            page.assert_contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/facts.atom\"");
            page.assert_contains("<a href=\"/facts.atom\"");
        }
    });
}

/// The children `name` of an element of Atom.
fn children<'a>(element: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    let name = ("http://www.w3.org/2005/Atom", name.to_owned());
    let children = element.children();
    children
        .filter(|child| child.has_tag_name((name.0, name.1.as_str())))
        .collect()
}

/// The text of the child `name`, of which there must be one.
#[track_caller]
fn only<'a>(element: Node<'a, 'a>, name: &str) -> &'a str {
    let [child] = children(element, name)[..] else {
        panic!("not one {name} in {:?}", element.text());
    };
    child.text().filter(|text| !text.trim().is_empty()).expect("a text")
}

/// Whether a text is a time as in RFC 3339, in UTC: `2026-11-24T00:00:00Z`.
fn is_time(text: &str) -> bool {
    let pattern = "0000-00-00T00:00:00Z";
    let is_as = |(one, other): (char, char)| one == other || other == '0' && one.is_ascii_digit();
    text.len() == pattern.len() && text.chars().zip(pattern.chars()).all(is_as)
}

#[test]
fn the_feed_is_atom_with_every_claim_event_and_form_newest_evidence_first() {
    at_each_base_path(|client| {
        let response = client.get("/facts.atom");
        assert_eq!(
            (response.status, response.header("content-type")),
            (200, "application/atom+xml")
        );
        let document = Document::parse(&response.body).expect("the feed is XML");
        let feed = document.root_element();
        assert!(feed.has_tag_name(("http://www.w3.org/2005/Atom", "feed")), "{feed:?}");
        // What RFC 4287 requires of a feed.
        let address = only(feed, "id");
        assert!(
            address.starts_with("http") && address.ends_with("/facts.atom"),
            "{address}"
        );
        assert!(!only(children(feed, "author")[0], "name").is_empty());
        only(feed, "title");
        let links = children(feed, "link");
        let own = links.iter().find(|link| link.attribute("rel") == Some("self"));
        assert_eq!(own.and_then(|link| link.attribute("href")), Some(address));
        let entries = children(feed, "entry");
        let mut ids = BTreeSet::new();
        let mut times = Vec::new();
        for entry in &entries {
            // What it requires of an entry.
            only(*entry, "title");
            only(*entry, "content");
            let time = only(*entry, "updated");
            assert!(is_time(time), "{time}");
            times.push(time);
            assert!(ids.insert(only(*entry, "id")), "{} is there twice", only(*entry, "id"));
        }
        assert!(times.is_sorted_by(|one, other| one >= other), "{times:?}");
        assert_eq!(only(feed, "updated"), times[0]);

        let entry = |end: &str| {
            let found = entries.iter().find(|entry| only(**entry, "id").ends_with(end));
            *found.unwrap_or_else(|| panic!("no entry {end}"))
        };
        let check = |entry: Node, sources: &toml::Value| {
            let sources = sources.as_array().expect("sources");
            let links = children(entry, "link");
            let dates = sources.iter().map(|source| source["checked"].as_str().expect("a date"));
            // A month or a year stands for its first day.
            let whole = |date: &str| format!("{date}{}", &"0000-01-01"[date.len()..]);
            let newest = dates.map(whole).max().expect("a source");
            assert_eq!(only(entry, "updated"), format!("{newest}T00:00:00Z"));
            for source in sources.iter().filter_map(|source| source["source"].as_str()) {
                assert!(only(entry, "content").contains(source), "{source} is missing");
                let is_linked = links.iter().any(|link| link.attribute("href") == Some(source));
                assert_eq!(is_linked, source.starts_with("https://"), "{source}");
            }
        };
        for (key, claim) in repository::toml("data/claims.toml") {
            check(entry(&format!("/facts/{key}.json")), &claim["sources"]);
        }
        for event in repository::entries("data/timeline.toml", "event") {
            let id = repository::string(&event, "id");
            check(entry(&format!("#event-{id}")), &event["sources"]);
        }
        for form in repository::entries("data/companies/meta.toml", "form") {
            let (service, generation) = (repository::string(&form, "service"), &form["generation"]);
            let content = only(entry(&format!("#form-{service}-{generation}")), "content");
            assert!(content.contains(repository::string(&form, "address")), "{content}");
        }

        let response = client.get("/facts.atom?x=y");
        assert_eq!((response.status, response.location()), (307, "/facts.atom"));
    });
}
