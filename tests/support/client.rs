//! An HTTP client of a running server, and the base paths that every promise to visitors is tested at.

use std::process::Command;

use ureq::http::HeaderMap;
use ureq::{Agent, Body, http};

use super::server::Server;
use super::{html, repository};

/// A host of its own, and a path of a host that has other pages too.
pub const BASE_PATHS: [&str; 2] = ["", "/tools/veto"];
/// The host of a server with a base path.
const HOST: &str = "http://veto.example";
/// Both services, in separate accounts, in Germany: the choices with the longest way through the steps.
pub const CHOICES: &str = "service=facebook&service=instagram&accounts=unsure&country=DE";

/// An agent that returns redirects and error pages like any other response.
pub fn agent() -> Agent {
    let config = Agent::config_builder().max_redirects(0).http_status_as_error(false);
    config.build().into()
}

/// The body of a page at `url` that must be there; follows redirects.
#[track_caller]
pub fn page(url: &str) -> String {
    let mut response = ureq::get(url).call().expect("the response is a success");
    response.body_mut().read_to_string().expect("the body is UTF-8")
}

/// Runs `test` against a server at each base path.
pub fn at_each_base_path(test: impl Fn(Client)) {
    at_each_base_path_with(|_| {}, test);
}

/// Like [`at_each_base_path`]; `prepare` adds arguments and environment variables to the command.
pub fn at_each_base_path_with(prepare: impl Fn(&mut Command), test: impl Fn(Client)) {
    for base in BASE_PATHS {
        // Shown only where the test fails.
        println!("base path: “{base}”");
        let server = Server::start_with(|command| {
            if !base.is_empty() {
                command.env("VETO_ADDRESS", format!("{HOST}{base}/"));
            }
            prepare(command);
        });
        test(Client { server, base });
    }
}

/// A client of a server. Paths are those below the base path.
pub struct Client {
    pub server: Server,
    base: &'static str,
}

impl Client {
    /// The languages to test; below a base path, where only the links differ, English.
    pub fn languages(&self) -> Vec<String> {
        if self.base.is_empty() {
            repository::languages()
        } else {
            vec!["en".to_owned()]
        }
    }

    /// Requests `path` as a browser that prefers `language`.
    pub fn get_in(&self, language: &str, path: &str) -> Response {
        let request = agent().get(self.url(path)).header("accept-language", language);
        self.read(path, request.call())
    }

    pub fn get(&self, path: &str) -> Response {
        self.get_in("en", path)
    }

    /// A page that must be there.
    #[track_caller]
    pub fn page(&self, path: &str) -> Response {
        let response = self.get(path);
        assert_eq!(response.status, 200, "status of {path}");
        response
    }

    /// Sends a form.
    pub fn post(&self, path: &str, fields: Vec<(String, String)>) -> Response {
        self.read(path, agent().post(self.url(path)).send_form(fields))
    }

    /// The absolute address of `path`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url)
    }

    /// The address at which visitors reach the site, without the slash at its end.
    pub fn public_url(&self) -> String {
        if self.base.is_empty() {
            self.server.url.clone()
        } else {
            format!("{HOST}{}", self.base)
        }
    }

    /// Reads a response to its end. Asserts that all its links are below the base path, and takes that off them.
    pub fn read(&self, path: &str, response: Result<http::Response<Body>, ureq::Error>) -> Response {
        let mut response = response.expect("the server responds");
        let mut body = response.body_mut().read_to_string().expect("the body is UTF-8");
        for attribute in ["href", "src", "action"] {
            let below = format!("{attribute}=\"{}/", self.base);
            let any = format!("{attribute}=\"/");
            assert_eq!(
                body.matches(&any).count(),
                body.matches(&below).count(),
                "on {path}, number of {attribute} attributes and of those below the base path"
            );
            body = body.replace(&below, &any);
        }
        Response {
            path: path.to_owned(),
            base: self.base,
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        }
    }
}

/// A response, read to its end; its links are given without the base path.
pub struct Response {
    path: String,
    base: &'static str,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Response {
    /// The target of a redirect, without the base path.
    #[track_caller]
    pub fn location(&self) -> &str {
        let location = self.header("location");
        location
            .strip_prefix(self.base)
            .unwrap_or_else(|| panic!("{} redirects to “{location}”, outside of the base path", self.path))
    }

    /// The value of a header, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a header is ASCII"))
    }

    /// The visible text.
    pub fn text(&self) -> String {
        html::text(&self.body)
    }

    /// Asserts that the body contains `part`, without printing the body.
    #[track_caller]
    pub fn assert_contains(&self, part: &str) {
        let Self { path, status, .. } = self;
        assert!(self.body.contains(part), "{path} (status {status}) lacks “{part}”");
    }

    /// Asserts that the body does not contain `part`, without printing the body.
    #[track_caller]
    pub fn assert_lacks(&self, part: &str) {
        let Self { path, status, .. } = self;
        assert!(!self.body.contains(part), "{path} (status {status}) contains “{part}”");
    }

    /// Asserts that the visible text contains `part`, without printing it.
    #[track_caller]
    pub fn assert_says(&self, part: &str) {
        let Self { path, status, .. } = self;
        assert!(
            self.text().contains(part),
            "{path} (status {status}) does not say “{part}”"
        );
    }
}
