//! Choices in the address: kept by every link, asked for where they are missing, and named where they are wrong.

mod support;

use std::collections::BTreeSet;

use support::client::{CHOICES, at_each_base_path};
use support::html::{between, unescape};
use support::repository;

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
                // What is the same for everybody: style, script, icon, the files of facts.
                let is_file = link.starts_with("/static/") || link.starts_with("/facts.");
                assert!(
                    is_file || link.contains("country=DE"),
                    "{link} on {path} lost the choices"
                );
                // With a set of entries, a language or that of a paper every page would be looked at again.
                let again = ["entry=", "paper=", "second=", "/languages"]
                    .iter()
                    .any(|part| link.contains(part));
                if !again && (is_file || link.contains("/de/")) {
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
            assert!(response.header("cache-control").ends_with("no-store"), "{path}");
        }
    });
}

#[test]
fn a_day_in_the_future_is_named_and_the_other_day_is_still_there() {
    at_each_base_path(|client| {
        let path = format!("/en/record?{CHOICES}&entry=facebook.2099-01-02&entry=instagram.2026-04-02.refused");
        let response = client.get(&path);
        assert_eq!(response.status, 400);
        response.assert_says("“2099-01-02”");
        response.assert_contains("value=\"2099-01-02\"");
        response.assert_contains("value=\"2026-04-02\"");
        response.assert_contains("<option value=\"refused\" selected>");
        response.assert_contains("<input type=\"hidden\" name=\"country\" value=\"DE\">");
    });
}

#[test]
fn a_record_of_two_services_with_one_day_says_which_of_them_has_none() {
    at_each_base_path(|client| {
        let submitted = client.get(&format!(
            "/en/record?{CHOICES}&entry=facebook&day=31.3.2026&entry=instagram&day="
        ));
        let record = client.page(submitted.location());
        record.assert_says("31 March 2026");
        let without_day = repository::text("en", "record", "without_day");
        record.assert_contains(&format!("<dt>{without_day}</dt><dd>Instagram "));
        let both = client.page(&format!(
            "/en/record?{CHOICES}&entry=facebook.2026-03-31&entry=instagram.2026-04-02"
        ));
        assert!(!both.text().contains(&without_day));
    });
}

#[test]
fn the_text_has_the_language_and_the_length_that_were_chosen() {
    let query = "service=facebook&country=DE";
    at_each_base_path(|client| {
        let text = |path: &str| client.page(path).body;
        let german = text(&format!("/de/text.txt?{query}"));
        assert_ne!(text(&format!("/en/text.txt?{query}")), german);
        assert_eq!(text(&format!("/en/text.txt?{query}&text=de")), german);
        let full = text(&format!("/de/text.txt?{query}&length=full"));
        let fields = [("length", "full"), ("text", "de")];
        let fields = fields.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let changed = client.post(&format!("/en/meta-account/open-form?{query}"), fields.to_vec());
        changed.assert_says(full.lines().next().expect("a text"));
        changed.assert_contains("?service=facebook&amp;country=DE&amp;length=full&amp;text=de\"");
    });
}

#[test]
fn the_slides_show_the_pages_of_the_service_that_was_chosen() {
    let services = repository::entries("data/companies/meta.toml", "service");
    let services = || {
        services
            .iter()
            .map(|service| ["id", "site"].map(|key| repository::string(service, key)))
    };
    at_each_base_path(|client| {
        for chosen in ["facebook", "instagram"] {
            let slides = client.page(&format!("/en/school/slides/steps?service={chosen}"));
            for [id, site] in services() {
                let is_drawn = slides.body.contains(&format!(">{site}</text>"));
                assert_eq!(is_drawn, id == chosen, "{site} on the slides for {chosen}");
            }
        }
    });
}

#[test]
fn a_record_of_letters_only_needs_no_service_but_a_country() {
    let entry = "entry=meta-whatsapp.2026-03-31";
    at_each_base_path(|client| {
        let record = client.page(&format!("/en/record?country=DE&{entry}"));
        record.assert_says("31 March 2026");
        for choices in ["country=DE", entry] {
            let question = client.page(&format!("/en/record?{choices}"));
            question.assert_contains("action=\"/en/record\"");
            question.assert_contains("name=\"country\"");
        }
    });
}

#[test]
fn what_is_wrong_in_a_form_that_is_sent_is_named_and_the_text_is_still_there() {
    let step = format!("/en/meta-account/open-form?{CHOICES}");
    let record = format!("/en/record?{CHOICES}&entry=facebook.2026-03-31");
    // 100,000 characters, which are 600,000 bytes in a form.
    let long = "слова".repeat(20_000);
    let too_long = repository::text("en", "text", "too_long");
    let (envy, year) = ("“envy”".to_owned(), "“1999”".to_owned());
    let own = "My own words.";
    at_each_base_path(|client| {
        for (path, fields, error) in [
            (&step, vec![("ground", "envy"), ("typed", own)], &envy),
            (&step, vec![("ground", "children"), ("typed", long.as_str())], &too_long),
            (
                &record,
                vec![("entry", "facebook"), ("used", "1999"), ("typed", own)],
                &year,
            ),
            (
                &record,
                vec![("entry", "facebook"), ("typed", long.as_str())],
                &too_long,
            ),
        ] {
            let typed = fields.last().map_or("", |(_, typed)| typed);
            let fields = fields
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            let response = client.post(path, fields.collect());
            assert_eq!(response.status, 400, "{path}");
            assert!(response.header("cache-control").ends_with("no-store"), "{path}");
            response.assert_says(error);
            response.assert_contains(&format!("{typed}</textarea>"));
            // More than a form may carry: the text is in the browser still.
            let huge = vec![("typed".to_owned(), "x".repeat(150_000))];
            let response = client.post(path, huge);
            assert_eq!(response.status, 413, "{path}");
            response.assert_says(&repository::text("en", "errors", "too_large.title"));
        }
    });
}
