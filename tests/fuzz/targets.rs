//! What reads the input of strangers and operators, for any bytes. A target panics if a promise is broken.
//!
//! `cargo test` replays the inputs in `tests/corpus/`; `.ci/full fuzz` looks for others with the fuzzer of LLVM, as cargo-fuzz
//! does: it works with stable Rust and needs nothing else, where bolero would need a tool and four times the crates.

#[path = "../../benches/site/mod.rs"]
mod site;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, LOCATION,
};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Uri};
use tower::ServiceExt as _;
use veto_content::catalog::Catalog;
use veto_content::facts::Facts;
use veto_content::files::Files;
use veto_content::messages::markup::Markup;
use veto_guide::Choices;

/// A function that reads any bytes.
pub type Target = fn(&[u8]);

/// All targets by their name, which is that of their folder in `tests/corpus/`.
pub const TARGETS: [(&str, Target); 7] = [
    ("query", query),
    ("form", form),
    ("accept-language", accept_language),
    ("accept-encoding", accept_encoding),
    ("overlay", overlay),
    ("markup", markup),
    ("pem", pem),
];

/// The target of this name.
///
/// # Panics
/// When there is none.
pub fn target(name: &str) -> Target {
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("there is no target {name}")).1
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| site::catalog(&Files::embedded()));
static SITE: LazyLock<Router> = LazyLock::new(|| site::router(site::catalog(&Files::embedded())));

/// The response of the site; no request fails because of a fault of the program.
fn respond(request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let response = runtime.expect("a runtime").block_on(async {
        let response = SITE.clone().oneshot(request).await.expect("never fails");
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        (head.status, head.headers, body.into())
    });
    assert!(!response.0.is_server_error(), "{response:?}");
    response
}

/// The pages that a query is for: each kind of extractor.
const READING: [&str; 16] = [
    "start",
    "meta-account/explain",
    "meta-account/open-form",
    "everything",
    "days",
    "record",
    "record.ics",
    "family/sheet",
    "school/handout",
    "school/lesson",
    "school/quiz",
    "share",
    "languages",
    "authority",
    "letter/complaint",
    "check-list",
];

/// A query of any page; its first character selects the page.
fn query(input: &[u8]) {
    let Some((page, query)) = input.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(query);
    let (choices, _) = Choices::parse(&text, &CATALOG);
    let canonical = choices.query(&CATALOG);
    let (again, unknown) = Choices::parse(canonical.trim_start_matches('?'), &CATALOG);
    assert!(unknown.is_empty(), "{canonical} has unknown values");
    assert_eq!(again, choices, "{canonical} stands for other choices");

    let page = READING[usize::from(*page) % READING.len()];
    let address = [b"/en/", page.as_bytes(), b"?", query].concat();
    let Ok(uri) = Uri::try_from(address) else { return };
    let get = |uri: &str| respond(Request::get(uri).body(Body::empty()).expect("an address"));
    let (status, headers, body) = get(&uri.to_string());
    assert!(
        !String::from_utf8_lossy(&body).contains("<script>alert"),
        "{uri} becomes markup"
    );
    if status.is_redirection() {
        let location = headers[LOCATION].to_str().expect("an address is ASCII");
        assert!(location.starts_with("/en/"), "{uri} leads to {location}");
        assert!(!get(location).0.is_redirection(), "{uri} leads to {location}, and on");
    }
}

/// The pages that answer a form.
const ANSWERING: [&str; 7] = [
    "meta-account/explain?service=facebook&country=DE",
    "letter/complaint?service=facebook&country=AT",
    "letter/reminder?service=facebook&country=FR",
    "objection/linkedin?country=IE",
    "complaint/linkedin?country=IE",
    "meta-whatsapp/letter?country=DE",
    "record",
];

/// The body of a form; its first character selects the page.
fn form(input: &[u8]) {
    let Some((page, body)) = input.split_first() else {
        return;
    };
    let page = ANSWERING[usize::from(*page) % ANSWERING.len()];
    let request = Request::post(format!("/en/{page}")).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (_, headers, answer) = respond(request.body(Body::from(body.to_vec())).expect("a request"));
    // In the file of a letter, which browsers save and do not show, the text is as it was typed.
    let is_file = headers[CONTENT_TYPE] == "text/plain; charset=utf-8" && headers.contains_key(CONTENT_DISPOSITION);
    assert!(
        is_file || !String::from_utf8_lossy(&answer).contains("<script>alert"),
        "{page}: typed text becomes markup"
    );
    assert_eq!(headers[CACHE_CONTROL], "no-store", "{page}");
}

/// `Accept-Language` of `/`.
fn accept_language(input: &[u8]) {
    let Ok(accepted) = HeaderValue::from_bytes(input) else {
        return;
    };
    let request = Request::get("/").header(ACCEPT_LANGUAGE, accepted);
    let (status, headers, _) = respond(request.body(Body::empty()).expect("a request"));
    assert!(status.is_redirection(), "{status}");
    let location = headers[LOCATION].to_str().expect("an address is ASCII");
    let language = location.split('/').nth(1).unwrap_or_default();
    assert!(CATALOG.locale(language).is_some(), "/ leads to {location}");
}

/// `Accept-Encoding` of a page.
fn accept_encoding(input: &[u8]) {
    let Ok(accepted) = HeaderValue::from_bytes(input) else {
        return;
    };
    let request = Request::get("/en/why").header(ACCEPT_ENCODING, accepted);
    let (status, headers, body) = respond(request.body(Body::empty()).expect("a request"));
    assert_eq!(status, StatusCode::OK);
    match headers.get(CONTENT_ENCODING) {
        Some(coding) => {
            let coding = coding.as_bytes();
            assert!(
                input.windows(coding.len()).any(|part| part == coding),
                "nobody asked for {coding:?}"
            );
        }
        None => assert!(body.starts_with(b"<!doctype html>"), "something else than the page"),
    }
}

/// The files that the inputs of [`overlay`] are for.
const OVERRIDDEN: [&str; 8] = [
    "data/dates.toml",
    "data/companies/meta.toml",
    "data/journeys/meta-account.toml",
    "data/laws.toml",
    "locales/en/home.toml",
    "locales/en/steps.toml",
    "locales/en/letters.toml",
    "locales/en/language.toml",
];

/// An operator's file. The first line is its path; the first one of [`OVERRIDDEN`] if it is none of these.
fn overlay(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or_default();
    let known = OVERRIDDEN.into_iter().find(|path| path.as_bytes() == &input[..end]);
    let path = known.unwrap_or(OVERRIDDEN[0]);
    let folder = folder("overlay");
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
    fs::write(&file, &input[end..]).expect("a file");
    let files = Files::with_folder(folder.clone()).expect("a readable folder");
    // Facts alone: with other facts, the texts of all languages would be loaded again, too.
    let loaded = if path.starts_with("data/") {
        Facts::load(&files).map(drop)
    } else {
        veto::catalog::load(&files).map(drop)
    };
    fs::remove_dir_all(folder).expect("a folder to remove");
    if let Err(error) = loaded {
        assert_is_one_line(&error.to_string(), ".toml");
    }
}

/// A text with markup.
fn markup(input: &[u8]) {
    /// What the markup can become.
    const TAGS: [&str; 19] = [
        "a",
        "span",
        "p",
        "br",
        "hr",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "code",
        "pre",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ];
    let text = String::from_utf8_lossy(input);
    let english = CATALOG.messages(CATALOG.fallback());
    let markup = Markup {
        references: &CATALOG.facts,
        format: &english.format,
        new_tab: "new tab",
    };
    let Ok(rendered) = markup.render(&text) else { return };
    for tag in rendered.html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        assert!(TAGS.contains(&name), "<{tag}> in {}", rendered.html);
        let is_ours = !tag.starts_with("a ") || tag.starts_with("a href=\"https://") && tag.contains(" rel=\"noopener");
        assert!(is_ours, "<{tag}> in {}", rendered.html);
    }
}

/// A file with certificate and key.
fn pem(input: &[u8]) {
    let folder = folder("pem");
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("site.pem");
    fs::write(&file, input).expect("a file");
    for error in veto::server::load_certificate(&file, &file).err().unwrap_or_default() {
        assert_is_one_line(&error.to_string(), "site.pem");
    }
}

/// A folder of this process.
fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("veto-fuzz-{}-{name}", std::process::id()))
}

/// An error for the operator is one line that names the file.
fn assert_is_one_line(error: &str, file: &str) {
    assert!(error.contains(file) && !error.contains(['\n', '\r']), "{error}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_input_of_the_corpus_breaks_a_promise() {
        let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../corpus");
        for (name, target) in TARGETS {
            target(&[]);
            let mut inputs = fs::read_dir(corpus.join(name))
                .expect("a target has a corpus")
                .peekable();
            assert!(inputs.peek().is_some(), "{name} has no inputs");
            for input in inputs {
                let path = input.expect("a readable folder").path();
                // Shown only if the test fails.
                println!("{}", path.display());
                target(&fs::read(path).expect("a readable input"));
            }
        }
    }
}
