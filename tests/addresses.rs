//! One page has one address: canonical queries, redirects to them, and the base path.

mod support;

use support::client::{agent, at_each_base_path, page};
use support::letter::DAY;
use support::pages;
use support::server::Server;

#[test]
fn a_query_has_one_canonical_form_and_unknown_keys_are_dropped() {
    at_each_base_path(|client| {
        for (given, canonical) in [
            ("/en/why?country=DE&fbclid=abc", "/en/why?country=DE"),
            (
                "/en/meta-account/sign-in?country=DE&service=facebook",
                "/en/meta-account/sign-in?service=facebook&country=DE",
            ),
            ("/en/why?country=AT&country=DE", "/en/why?country=AT"),
            (
                "/en/why?service=instagram&service=facebook",
                "/en/why?service=facebook&service=instagram&accounts=unsure",
            ),
            ("/en/why?", "/en/why"),
            (
                "/en/meta-account/explain?service=facebook&accounts=linked&country=DE&length=short",
                "/en/meta-account/explain?service=facebook&country=DE",
            ),
            ("/en/why?length=short&length=full", "/en/why"),
            (
                "/en/school/lesson?other=minutes&minutes=&minutes=90",
                "/en/school/lesson?minutes=90",
            ),
        ] {
            let response = client.get(given);
            assert_eq!((response.status, response.location()), (307, canonical), "{given}");
        }
    });
}

#[test]
fn every_page_redirects_from_an_address_with_an_unknown_key_to_its_own() {
    at_each_base_path(|client| {
        for path in pages::of("en") {
            let separator = if path.contains('?') { '&' } else { '?' };
            let response = client.get(&format!("{path}{separator}fbclid=abc"));
            assert_eq!((response.status, response.location()), (307, path.as_str()), "{path}");
        }
    });
}

#[test]
fn a_page_that_asks_for_missing_choices_has_one_address_and_none_with_a_day_is_public() {
    at_each_base_path(|client| {
        for path in pages::with_choices("en") {
            let asking = client.page(&path);
            assert_eq!(asking.header("cache-control"), "public, max-age=300", "{path}");
            for junk in ["?", "?fbclid=abc", "?name=Quendolin+Findling&own=My+words"] {
                let response = client.get(&format!("{path}{junk}"));
                assert_eq!(
                    (response.status, response.location()),
                    (307, path.as_str()),
                    "{path}{junk}"
                );
            }
            let typed = format!("{path}?service=facebook&day={DAY}");
            let with_day = client.get(&typed);
            let own = format!("{path}?service=facebook&entry=facebook.{DAY}");
            assert_eq!((with_day.status, with_day.location()), (307, own.as_str()), "{typed}");
            for response in [with_day, client.page(&own)] {
                assert_eq!(response.header("cache-control"), "private, no-store", "{path}");
                assert_eq!(response.header("etag"), "", "{path}");
            }
        }
    });
}

#[test]
fn a_page_and_a_file_have_one_address_each() {
    at_each_base_path(|client| {
        for path in ["/de/meta-account/%73ign-in?service=facebook&country=DE", "/%64e/why"] {
            assert_eq!(client.get(path).status, 404, "{path}");
        }
        let page = client.get("/de/").body;
        let script = page.split("src=\"").nth(1).and_then(|rest| rest.split('"').next());
        let script = script.expect("the first page has a script");
        let response = client.get(&format!("{script}?any=1"));
        assert_eq!((response.status, response.location()), (307, script));
    });
}

#[test]
fn an_address_with_an_escaped_character_leads_nowhere() {
    at_each_base_path(|client| {
        let page = client.page("/de/").body;
        let script = page
            .split("src=\"/static/v")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let script = script.expect("the first page has a script");
        for path in ["/%64e", "/%64e/", "/de/st%61rt", &format!("/static/%76{script}")] {
            assert_eq!(client.get(path).status, 404, "{path}");
        }
    });
}

/// A reverse proxy may remove the base path before it passes a request on, or leave it: both are common.
#[test]
fn pages_are_found_whether_the_base_path_was_removed_or_not() {
    const BASE: &str = "/tools/veto";
    let server = Server::start_with(|command| {
        command.args(["--address", "http://veto.example/tools/veto"]);
    });
    let root = server
        .url
        .strip_suffix(BASE)
        .expect("the printed address has the base path");
    let with_base = page(&format!("{root}{BASE}/en/start?country=AT"));
    assert!(
        with_base.contains("href=\"/tools/veto/en/?country=AT\""),
        "the link to the first page lacks the base path"
    );
    assert!(
        with_base == page(&format!("{root}/en/start?country=AT")),
        "the two pages differ"
    );
    let no_slash = agent()
        .get(format!("{root}{BASE}"))
        .call()
        .expect("the server responds");
    assert!(
        no_slash.status().is_redirection(),
        "{} without a slash at the end",
        no_slash.status()
    );
    assert!(
        page(&format!("{root}{BASE}")).contains("<h1>"),
        "no page without a slash at the end"
    );
}
