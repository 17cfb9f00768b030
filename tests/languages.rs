//! The language of a page: negotiated at the root, switched by a link.

mod support;

use support::client::{CHOICES, at_each_base_path};
use support::repository::languages;

#[test]
fn the_root_redirects_to_the_language_and_country_that_the_browser_asks_for() {
    at_each_base_path(|client| {
        for (accept, location) in [
            ("de-AT,de;q=0.9,en;q=0.8", "/de/?country=AT"),
            ("de", "/de/"),
            // `qaa` is reserved for private use, so no language will ever have this code.
            ("qaa-CH;q=0.9, en;q=0.3, de;q=0.5", "/de/?country=CH"),
            ("qaa", "/en/"),
            ("", "/en/"),
        ] {
            let response = client.get_in(accept, "/");
            assert_eq!(response.status, 307, "{accept}");
            assert_eq!(response.location(), location, "{accept}");
            assert_eq!(response.header("vary"), "accept-language");
        }
        assert_eq!(client.get_in("de-AT", "/?country=FR").location(), "/de/?country=FR");
        assert_eq!(client.get("/de").location(), "/de/");
    });
}

#[test]
fn the_language_switch_keeps_the_page_and_the_choices() {
    at_each_base_path(|client| {
        for (page, query) in [
            ("meta-account/explain", format!("{CHOICES}&length=full")),
            ("why", "country=AT".to_owned()),
        ] {
            let all = client.page(&format!("/de/languages?{query}&page={page}"));
            for other in languages() {
                let link = format!("/{other}/{page}?{query}").replace('&', "&amp;");
                all.assert_contains(&format!("href=\"{link}\""));
            }
            let english = format!("/en/{page}?{query}").replace('&', "&amp;");
            let response = client.page(&format!("/de/{page}?{query}"));
            response.assert_contains(&format!("href=\"{english}\" lang=\"en\""));
        }
    });
}

#[test]
fn the_language_switch_of_a_question_leads_to_the_page_that_was_requested() {
    at_each_base_path(|client| {
        for page in [
            "meta-account/explain",
            "letter/complaint?service=facebook&country=DE",
            "record.ics?service=facebook&country=AT",
        ] {
            let response = client.page(&format!("/de/{page}"));
            for other in ["de", "en"] {
                let link = format!("/{other}/{page}").replace('&', "&amp;");
                response.assert_contains(&format!("href=\"{link}\" lang=\"{other}\""));
            }
        }
    });
}
