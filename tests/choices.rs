//! Choices in the address: kept by every link, asked for where they are missing, and named where they are wrong.

mod support;

use std::collections::BTreeSet;

use support::client::{CHOICES, at_each_base_path};
use support::html::{between, unescape};

#[test]
fn every_link_on_a_page_keeps_the_choices_and_leads_to_a_page() {
    at_each_base_path(|client| {
        let mut seen = BTreeSet::new();
        let mut open = vec![format!("/de/?{CHOICES}")];
        while let Some(path) = open.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let response = client.page(&path);
            for link in between(&response.body, "href=\"/", "\"") {
                let link = format!("/{}", unescape(link));
                assert!(
                    link.starts_with("/static/") || link.contains("country=DE"),
                    "{link} on {path} lost the choices"
                );
                // A set of entries is a choice like others, with which every page would be looked at again.
                if !link.contains("entry=") {
                    open.push(link);
                }
            }
        }
        assert!(seen.len() > 60, "only {} pages were found", seen.len());
    });
}

#[test]
fn a_wrong_service_or_country_is_named_and_the_rest_stays_chosen() {
    at_each_base_path(|client| {
        // The form leads on, and not back to itself.
        let start = client.get("/de/start?service=myspace");
        assert_eq!(start.status, 400);
        start.assert_contains("action=\"/de/meta-account/sign-in\"");

        let service = client.get("/de/meta-account/contact?service=myspace&country=AT&length=full");
        assert_eq!(service.status, 400);
        service.assert_says("„myspace“");
        service.assert_contains("<option value=\"AT\" selected>");
        service.assert_contains("<input type=\"hidden\" name=\"length\" value=\"full\">");
        // The form leads on to the page that was requested.
        service.assert_contains("action=\"/de/meta-account/contact\"");

        let country = client.get("/en/meta-account/sign-in?service=instagram&country=Atlantis");
        assert_eq!(country.status, 400);
        country.assert_says("“Atlantis”");
        country.assert_contains("value=\"instagram\" checked");
        // The error is tied to its field.
        country.assert_contains("aria-describedby=\"country-help country-error\"");
    });
}

#[test]
fn another_wrong_choice_is_named_and_one_button_continues_without_it() {
    at_each_base_path(|client| {
        let response = client.get("/en/meta-account/explain?service=facebook&country=DE&text=xx&length=full");
        assert_eq!(response.status, 400);
        response.assert_says("“xx”");
        response.assert_contains("href=\"/en/meta-account/explain?service=facebook&amp;country=DE&amp;length=full\"");
    });
}

#[test]
fn a_form_that_was_sent_incomplete_says_what_is_missing() {
    at_each_base_path(|client| {
        let empty = client.get("/en/meta-account/sign-in?service=&country=");
        assert_eq!(empty.status, 400);
        empty.assert_contains("href=\"#facebook\"");
        empty.assert_contains("href=\"#country\"");

        let no_country = client.get("/en/meta-account/sign-in?service=&service=facebook&country=");
        no_country.assert_lacks("href=\"#facebook\"");
        no_country.assert_contains("href=\"#country\"");
        no_country.assert_contains("value=\"facebook\" checked");
    });
}

#[test]
fn a_shared_address_without_choices_asks_for_them_without_an_error_and_leads_on() {
    at_each_base_path(|client| {
        for path in ["/en/meta-account/submit", "/en/everything?country=AT", "/en/text.txt"] {
            let response = client.page(path);
            response.assert_lacks("role=\"alert\"");
            let action = path.split('?').next().expect("a path");
            response.assert_contains(&format!("action=\"{action}\""));
        }
    });
}

#[test]
fn a_page_that_says_what_to_change_is_kept_by_no_cache() {
    at_each_base_path(|client| {
        for path in [
            "/en/start?service=myspace",
            "/en/meta-account/sign-in?service=facebook&country=Atlantis",
            "/en/meta-account/sign-in?service=&country=",
            "/en/meta-account/explain?service=facebook&country=DE&text=xx",
            "/en/record?service=facebook&country=DE&day=2026-02-31",
            "/en/authority?service=facebook&country=DE&region=",
        ] {
            let response = client.get(path);
            assert_eq!(response.status, 400, "{path}");
            assert_eq!(response.header("cache-control"), "no-store", "{path}");
        }
    });
}
