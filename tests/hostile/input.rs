//! What is typed for a letter: whatever it is, it stays text.

use std::fmt::Write as _;

use crate::support::server::Server;
use crate::support::tcp::{exchange, head};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The names of a page's tags and attributes in their order, without texts and without the values of attributes.
fn structure(html: &str) -> Vec<String> {
    let body = html.split("<body>").nth(1).expect("the page has a body");
    let mut tags = Vec::new();
    let mut rest = body;
    while let Some((_, after)) = rest.split_once('<') {
        let end = after.find(['>', ' ', '\n']).expect("a tag has an end");
        tags.push(after[..end].to_owned());
        // The values of attributes are in quotes; between them are the names.
        let mut inside = &after[end..];
        loop {
            let at = inside.find(['>', '"']).expect("a tag has an end");
            if inside.as_bytes()[at] == b'>' {
                rest = &inside[at + 1..];
                break;
            }
            let value = &inside[at + 1..];
            let quote = value.find('"').expect("a value has an end");
            tags.push(inside[..at].trim().to_owned());
            inside = &value[quote + 1..];
        }
    }
    tags
}

/// The link of a letter for an e-mail: the address and the query.
fn mail(letter: &str) -> (&str, &str) {
    let link = letter.split("href=\"mailto:").nth(1);
    let link = link.and_then(|rest| rest.split('"').next());
    let link = link.expect("the page has a link for an e-mail");
    link.split_once('?').expect("the link has a query")
}

#[test]
fn no_typed_character_changes_the_structure_of_a_letter_or_of_its_pages() {
    let server = Server::start();
    let post = |path: &str, next: &str, typed: &str| {
        let encode = |text: &str| {
            text.bytes().fold(String::new(), |mut encoded, byte| {
                write!(encoded, "%{byte:02x}").expect("a String can be written to");
                encoded
            })
        };
        let mut body = format!("day=2026-03-31&outcome=refused&replied=2026-05-01&next={next}");
        for field in ["name", "address", "account", "email", "reply", "own"] {
            write!(body, "&{field}={}", encode(typed)).expect("a String can be written to");
        }
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let response = String::from_utf8(exchange(&server, request.as_bytes())).expect("the response is UTF-8");
        assert!(response.starts_with("HTTP/1.1 200"), "{typed:?}: {}", head(&response));
        response
    };
    let path = "/en/letter/complaint?service=facebook&country=AT";
    let plain = ["check", "letter", "change"].map(|next| (next, structure(&post(path, next, "Ada"))));
    let plain_letter = post(path, "letter", "Ada");
    let (plain_address, _) = mail(&plain_letter);

    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let tricky = prop::sample::select(vec![
        "<b>",
        "</textarea>",
        "</article>",
        "\"",
        "'",
        "\" onload=\"x",
        "&lt;",
        "&#60;",
        "]]>",
        "<!--",
        "`",
        "{law}",
        "{{x}}",
        "mailto:",
        "?body=x&subject=y",
        "%0d%0a",
        "\\",
        "ß",
        "🙂",
        "e\u{301}",
    ]);
    let typed = prop::collection::vec(
        prop_oneof![tricky.prop_map(str::to_owned), "[^\\p{C}\u{FFFD}\\s]{1,6}"],
        1..8,
    );
    for _ in 0..Config::default().cases {
        // At most 80 characters, the limit of the name.
        let typed = typed
            .new_tree(&mut runner)
            .expect("a text can be generated")
            .current()
            .concat();
        let typed: String = typed.chars().take(80).collect();
        for (next, expected) in &plain {
            let actual = structure(&post(path, next, &typed));
            let first_difference = actual.iter().zip(expected).find(|(one, other)| one != other);
            assert!(
                actual == *expected,
                "{next}: {typed:?} changes the tags; first difference: {first_difference:?}"
            );
        }
        let letter = post(path, "letter", &typed);
        let (address, query) = mail(&letter);
        assert_eq!(address, plain_address, "the e-mail address for {typed:?}");
        // Between the two is `&`, escaped as `&#38;`; everything else is percent-encoded.
        let parts: Vec<&str> = query.split("&#38;").collect();
        assert!(
            parts.len() == 2 && parts[0].starts_with("subject=") && parts[1].starts_with("body="),
            "the e-mail link for {typed:?}"
        );
        assert!(
            parts.iter().all(|part| part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"=%".contains(&byte))),
            "the e-mail link for {typed:?}"
        );
        let file = post(path, "file", &typed);
        assert!(file.contains(typed.trim()), "{typed:?} is not in the text file");
    }
}
