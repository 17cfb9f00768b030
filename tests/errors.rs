//! Error pages: in the visitor's language, with the right status, and never cached.

mod support;

use support::client::{Response, agent, at_each_base_path};
use support::repository::text;

/// Asserts status and page of an error; `error` is its name in `locales/de/errors.toml`.
#[track_caller]
fn assert_error(response: &Response, status: u16, error: &str) {
    assert_eq!(response.status, status, "{error}");
    response.assert_says(&text("de", "errors", &format!("{error}.title")));
    assert_eq!(response.header("cache-control"), "no-store", "{error}");
    assert!(response.header("content-type").starts_with("text/html"), "{error}");
}

#[test]
fn every_error_has_a_page_in_the_visitor_s_language() {
    at_each_base_path(|client| {
        assert_error(&client.get_in("de", "/nothing/here"), 404, "not_found");
        // The language of the address takes precedence over that of the browser.
        assert_error(&client.get_in("en", "/de/nothing"), 404, "not_found");
        for path in [
            "/qaa/",
            "/de/meta-account/8",
            "/de/meta-account/",
            "/de/reply/maybe",
            "/static/veto.js",
            "//example.org/de/",
        ] {
            assert_eq!(client.get(path).status, 404, "{path}");
        }

        let path = "/de/";
        let wrong_method = client.read(path, agent().post(client.url(path)).send("x=y"));
        assert_error(&wrong_method, 405, "method");
        assert_eq!(wrong_method.header("allow"), "GET,HEAD");

        let path = "/de/letter/complaint?service=facebook&country=AT";
        let typed = format!("name={}", "x".repeat(150_000));
        let too_large = client.read(path, agent().post(client.url(path)).send(typed));
        assert_error(&too_large, 413, "too_large");

        let long_address = client.get(&format!("/de/?x={}", "y".repeat(5_000)));
        assert_error(&long_address, 414, "address_too_long");
    });
}

#[test]
fn a_body_that_is_no_form_is_rejected_with_an_error_page() {
    at_each_base_path(|client| {
        let path = "/de/letter/complaint?service=facebook&country=AT";
        let post = |media_type: &str| {
            let request = agent().post(client.url(path)).header("content-type", media_type);
            client.read(path, request.send("x=y"))
        };
        for other in [
            "application/json",
            "application/x-www-form-urlencoded-not",
            "text/plain; charset=utf-8",
        ] {
            let response = post(other);
            assert_eq!(response.status, 415, "{other}");
            response.assert_contains("<h1>");
        }
        let form = "Application/X-WWW-Form-Urlencoded ; charset=utf-8";
        assert_ne!(post(form).status, 415, "{form}");
    });
}
