//! What caches may keep: fresh pages, revalidated pages, compressed pages, files that never change.

mod support;

use std::collections::BTreeSet;
use std::io::Read as _;

use support::client::{Client, agent, at_each_base_path};
use support::html::between;
use support::letter::{NAME, fields};
use support::server::Server;
use support::tcp;
use ureq::{Body, http};

#[test]
fn a_page_may_be_cached_for_five_minutes_and_a_head_request_returns_the_same_headers() {
    at_each_base_path(|client| {
        let path = "/en/why";
        let head = client.read(path, agent().head(client.url(path)).call());
        let get = client.read(path, agent().get(client.url(path)).call());
        assert_eq!(get.header("cache-control"), "public, max-age=300");
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        assert_eq!(head.header("content-length"), get.header("content-length"));
        assert_eq!(head.header("content-type"), get.header("content-type"));
    });
}

#[test]
fn the_operator_decides_how_long_caches_keep_a_page_and_files_and_letters_stay_as_they_are() {
    let server = Server::start_with(|command| {
        command.args(["--max-age", "7", "--stale-while-revalidate", "5"]);
    });
    let control = |path: &str, coding: &str| {
        let request = agent()
            .get(format!("{}{path}", server.url))
            .header("accept-encoding", coding);
        let response = request.call().expect("the server responds");
        response.headers()["cache-control"]
            .to_str()
            .expect("a header is ASCII")
            .to_owned()
    };
    // Twice compressed: from the compressor, then from the program's cache.
    for coding in ["identity", "gzip", "gzip"] {
        for path in ["/en/why", "/de/text.txt?service=facebook&country=DE", "/facts.json"] {
            assert_eq!(
                control(path, coding),
                "public, max-age=7, stale-while-revalidate=5",
                "{path}, {coding}"
            );
        }
        assert_eq!(control("/healthz", coding), "no-store");
        let private = control(
            "/en/troubles?service=facebook&country=DE&entry=facebook.2026-03-31",
            coding,
        );
        assert_eq!(private, "private, no-store");
    }
    let page = agent()
        .get(format!("{}/en/", server.url))
        .call()
        .expect("the server responds");
    let page = page.into_body().read_to_string().expect("the body is UTF-8");
    let style = between(&page, "\"/static/style.", "\"")
        .next()
        .map(|rest| format!("/static/style.{rest}"));
    assert!(control(&style.expect("a style sheet"), "gzip").contains("immutable"));
}

#[test]
fn a_page_of_another_origin_gets_nothing_whose_time_tells_what_others_looked_at() {
    let server = Server::start();
    let path = "/en/why?country=AT";
    let ask = |method: &str, metadata: &str| {
        let response = tcp::exchange(
            &server,
            format!(
                "{method} {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\n{metadata}connection: close\r\n\r\n"
            )
            .as_bytes(),
        );
        tcp::status(&response).expect("the server responds")
    };
    let image = "sec-fetch-site: cross-site\r\nsec-fetch-mode: no-cors\r\nsec-fetch-dest: image\r\n";
    let frame = "sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: iframe\r\n";
    let sibling = "sec-fetch-site: same-site\r\nsec-fetch-mode: cors\r\nsec-fetch-dest: empty\r\n";
    let link = "sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: document\r\n";
    let own = "sec-fetch-site: same-origin\r\nsec-fetch-mode: cors\r\nsec-fetch-dest: empty\r\n";
    // First while the page is not in the cache, then while it is.
    for state in ["new", "cached"] {
        for foreign in [image, frame, sibling] {
            assert_eq!(ask("GET", foreign), 403, "{state}: {foreign}");
        }
        assert_eq!(ask("POST", link), 403, "{state}");
        for known in [link, own, ""] {
            assert_eq!(ask("GET", known), 200, "{state}: {known}");
        }
    }
}

#[test]
fn a_form_of_another_origin_is_refused_by_its_origin_where_browsers_send_nothing_else() {
    let ask = |server: &Server, host: &str, headers: &str| {
        let headers = format!("host: {host}\r\ncontent-length: 0\r\n{headers}connection: close\r\n\r\n");
        let request = format!("POST /en/shared-device HTTP/1.1\r\n{headers}");
        tcp::status(&tcp::exchange(server, request.as_bytes())).expect("the server responds")
    };
    let origin = |origin: &str| format!("origin: {origin}\r\n");
    let server = Server::start();
    let host = server.authority();
    for (headers, status) in [
        (String::new(), 200),
        (origin("null"), 200),
        (origin(&format!("http://{host}")), 200),
        (origin("http://127.0.0.1:1"), 403),
        (origin("http://veto.example"), 403),
        (origin(&format!("http://{host}.veto.example")), 403),
        (origin("nonsense"), 403),
        // It says who asks more precisely.
        (origin("http://veto.example") + "sec-fetch-site: same-origin\r\n", 200),
    ] {
        assert_eq!(ask(&server, &host, &headers), status, "{headers}");
    }
    let server = Server::start_with(|command| {
        command.args(["--address", "http://veto.example:8080"]);
    });
    // A web server in front passes on the name of the visitor or sets its own.
    for host in ["veto.example:8080", &server.authority()] {
        for (from, status) in [
            ("http://veto.example:8080", 200),
            ("http://VETO.example:8080", 200),
            ("http://veto.example", 403),
            ("http://other.example", 403),
        ] {
            assert_eq!(ask(&server, host, &origin(from)), status, "{from} at {host}");
        }
    }
}

#[test]
fn files_of_a_page_may_be_cached_for_ever_and_have_the_hash_of_their_content_in_their_name() {
    at_each_base_path(|client| {
        let page = client.page("/en/");
        for file in between(&page.body, "\"/static/", "\"") {
            let response = client.page(&format!("/static/{file}"));
            assert!(response.header("cache-control").contains("immutable"), "{file}");
        }
        for file in ["style.", "veto.", "icon."] {
            let start = format!("\"/static/{file}");
            assert_eq!(page.body.matches(&start).count(), 1, "{file}");
        }
    });
}

#[test]
fn pages_are_revalidated_by_their_entity_tag() {
    let server = Server::start();
    for path in ["/de/", "/de/text.txt?service=facebook&country=DE"] {
        let response = tcp::get(&server, path);
        let tag = response.lines().find_map(|line| line.strip_prefix("etag: "));
        let tag = tag.unwrap_or_else(|| panic!("{path} has no entity tag"));
        for (known, expected) in [(tag, "304"), ("\"other\"", "200"), (&format!("\"x\", W/{tag}"), "304")] {
            let response = tcp::send(&server, "GET", path, &format!("if-none-match: {known}\r\n"));
            let head = tcp::head(&response);
            assert!(
                head.starts_with(&format!("HTTP/1.1 {expected}")),
                "{path}, {known}: {head}"
            );
            assert!(expected == "200" || response.ends_with("\r\n\r\n"), "a 304 has a body");
        }
        let head = tcp::send(&server, "HEAD", path, "");
        let lines = |response: &str| {
            let lines = tcp::head(response).lines();
            let lines = lines.filter(|line| !line.starts_with("date: "));
            lines.map(str::to_owned).collect::<BTreeSet<_>>()
        };
        assert_eq!(lines(&head), lines(&response), "headers of HEAD and GET");
        assert!(head.ends_with("\r\n\r\n"), "the response to HEAD has a body");
    }
}

#[test]
fn pages_are_compressed_for_clients_that_accept_it_and_decompress_to_the_same() {
    at_each_base_path(|client| {
        let url = client.url("/de/sources");
        let request = |accepted: &str| {
            let request = agent().get(&url).header("accept-encoding", accepted);
            request.call().expect("the server responds")
        };
        let mut plain = request("identity");
        assert!(plain.headers().get("content-encoding").is_none());
        assert_eq!(plain.headers()["vary"], "accept-encoding");
        let expected = plain.body_mut().read_to_vec().expect("the body can be read");
        let mut tags = BTreeSet::from([plain.headers()["etag"].clone()].map(|tag| tag.as_bytes().to_vec()));
        for (accepted, coding) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
            // Twice: from the compressor, then from the program's cache.
            for _ in 0..2 {
                let mut response = request(accepted);
                assert_eq!(response.headers()["content-encoding"], coding);
                assert_eq!(response.headers()["vary"], "accept-encoding");
                tags.insert(response.headers()["etag"].as_bytes().to_vec());
                let body = response.body_mut().read_to_vec().expect("the body can be read");
                let (length, plain_length) = (body.len(), expected.len());
                assert!(length < plain_length / 3, "{coding}: {length} of {plain_length} bytes");
                let mut decompressed = Vec::new();
                if coding == "br" {
                    brotli::BrotliDecompress(&mut body.as_slice(), &mut decompressed).expect("the body is brotli");
                } else {
                    let mut decoder = flate2::read::GzDecoder::new(body.as_slice());
                    decoder.read_to_end(&mut decompressed).expect("the body is gzip");
                }
                assert!(decompressed == expected, "{coding}: the decompressed page differs");
            }
        }
        assert_eq!(tags.len(), 3, "each coding has an entity tag of its own");
    });
}

/// The response to a GET that accepts `coding`, as it comes: compressed.
fn compressed(client: &Client, path: &str, coding: &str) -> http::Response<Body> {
    let request = agent().get(client.url(path)).header("accept-encoding", coding);
    let response = request.call().expect("the server responds");
    assert_eq!(response.headers()["content-encoding"], coding, "{path}");
    response
}

/// The text of a response that is compressed by gzip.
fn decompress(mut response: http::Response<Body>) -> String {
    let body = response.body_mut().read_to_vec().expect("the body can be read");
    let mut text = String::new();
    let mut decoder = flate2::read::GzDecoder::new(body.as_slice());
    decoder.read_to_string(&mut text).expect("the body is gzip");
    text
}

#[test]
fn a_head_request_that_accepts_compression_gets_the_headers_of_the_compressed_page() {
    at_each_base_path(|client| {
        let path = "/en/why";
        for coding in ["br", "gzip"] {
            // First HEAD, so that the page is made for a request without a body.
            let request = agent().head(client.url(path)).header("accept-encoding", coding);
            let head = request.call().expect("the server responds");
            let get = compressed(&client, path, coding);
            for name in ["content-encoding", "content-length", "etag", "vary"] {
                let value = |response: &http::Response<Body>| response.headers().get(name).cloned();
                assert!(value(&get).is_some(), "{coding}: no {name}");
                assert_eq!(value(&head), value(&get), "{coding}: {name}");
            }
        }
        assert_eq!(decompress(compressed(&client, path, "gzip")), {
            let mut plain = agent().get(client.url(path)).call().expect("the server responds");
            plain.body_mut().read_to_string().expect("the body is UTF-8")
        });
    });
}

#[test]
fn a_page_from_the_cache_is_that_of_the_choices_in_its_address() {
    at_each_base_path(|client| {
        for country in ["DE", "AT", "CH", "DE"] {
            let path = format!("/en/meta-account/explain?service=facebook&country={country}");
            let plain = agent().get(client.url(&path)).call().expect("the server responds");
            let plain = plain.into_body().read_to_string().expect("the body is UTF-8");
            let cached = decompress(compressed(&client, &path, "gzip"));
            assert!(cached == plain, "{path}: the compressed page is another one");
        }
    });
}

#[test]
fn a_page_that_has_not_changed_is_confirmed_with_all_headers_for_caches_and_browsers() {
    at_each_base_path(|client| {
        let url = client.url("/en/why");
        for coding in ["identity", "br", "gzip"] {
            let request = || agent().get(&url).header("accept-encoding", coding);
            let page = request().call().expect("the server responds");
            let confirmed = request().header("if-none-match", &page.headers()["etag"]).call();
            let confirmed = confirmed.expect("the server responds");
            assert_eq!(confirmed.status(), 304, "{coding}");
            for name in ["cache-control", "etag", "vary", "content-security-policy"] {
                assert_eq!(
                    confirmed.headers().get(name),
                    Some(&page.headers()[name]),
                    "{coding}: {name}"
                );
            }
        }
    });
}

#[test]
fn what_no_cache_may_keep_has_no_entity_tag_and_is_not_compressed() {
    at_each_base_path(|client| {
        let url = |path: &str| client.url(path);
        let letter = url("/de/letter/complaint?service=facebook&country=AT");
        // Twice: the second response could come from the program's cache.
        for _ in 0..2 {
            for (response, expected) in [
                (agent().get(url("/healthz")).header("accept-encoding", "br").call(), 200),
                (
                    agent().get(url("/de/nothing")).header("accept-encoding", "br").call(),
                    404,
                ),
                (
                    agent()
                        .get(url("/de/meta-account/sign-in?service=myspace&country=AT"))
                        .header("accept-encoding", "br")
                        .call(),
                    400,
                ),
                (
                    agent()
                        .post(&letter)
                        .header("accept-encoding", "br")
                        .send_form(fields(&[])),
                    200,
                ),
            ] {
                let response = response.expect("the server responds");
                assert_eq!(response.status(), expected);
                assert_eq!(response.headers()["cache-control"], "no-store", "status {expected}");
                for name in ["etag", "content-encoding"] {
                    assert!(response.headers().get(name).is_none(), "status {expected}: {name}");
                }
            }
        }
    });
}

#[test]
fn a_page_with_a_day_is_compressed_and_nothing_about_it_is_stored() {
    at_each_base_path(|client| {
        let choices = "service=facebook&country=DE&entry=facebook";
        let path = format!("/en/record?{choices}.2026-03-31");
        let page = compressed(&client, &path, "gzip");
        assert!(page.headers().get("etag").is_none());
        let plain = agent().get(client.url(&path)).call().expect("the server responds");
        let plain = plain.into_body().read_to_string().expect("the body is UTF-8");
        assert!(decompress(page) == plain, "the compressed page is another one");
        for (path, status) in [
            (path, 200),
            (format!("/en/record?{choices}.2099-01-02"), 400),
            (format!("/en/record?{choices}&day=2026-03-31"), 307),
            (format!("/en/nothing?{choices}"), 404),
        ] {
            let response = client.get(&path);
            let control = response.header("cache-control");
            assert_eq!((response.status, control), (status, "private, no-store"), "{path}");
        }
    });
}

#[test]
fn a_letter_is_answered_anew_even_where_its_form_is_in_the_cache() {
    at_each_base_path(|client| {
        let path = "/de/letter/complaint?service=facebook&country=AT";
        compressed(&client, path, "gzip");
        for name in [NAME, "Ottokar Fink"] {
            let letter = agent()
                .post(client.url(path))
                .header("accept-encoding", "gzip")
                .send_form(fields(&[("name", name)]));
            client.read(path, letter).assert_contains(name);
        }
    });
}

/// The length of a compressed letter would reveal something about what was typed.
#[test]
fn nothing_that_answers_a_form_is_stored() {
    at_each_base_path(|client| {
        // Without choices, the page asks for them; with them it is the letter, or what is wrong.
        for path in [
            "/en/letter/reminder",
            "/en/meta-account/explain",
            "/en/record",
            "/en/why",
            "/en/shared-device",
        ] {
            let response = client.post(path, vec![("own".to_owned(), "My words".to_owned())]);
            assert_eq!(
                response.header("cache-control"),
                "no-store",
                "{path}: {}",
                response.status
            );
            assert_eq!(response.header("etag"), "", "{path}");
        }
    });
}

#[test]
fn letters_are_not_compressed() {
    at_each_base_path(|client| {
        let letter = agent()
            .post(client.url("/de/letter/complaint?service=facebook&country=AT"))
            .header("accept-encoding", "br")
            .send_form(fields(&[]))
            .expect("the server responds");
        assert_eq!(letter.status(), 200);
        assert!(letter.headers().get("content-encoding").is_none());
    });
}
