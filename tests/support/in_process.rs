//! The application inside the test process: requests go to it directly, without a socket.
//!
//! The only file of the content tests that names types of the program. When the program is renamed or moved, this is the
//! only place to follow.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tower::ServiceExt as _;
use veto::catalog;
use veto::web::{self, AppState, Clock, PageAge, SiteSettings};
use veto_content::files::Files;
use veto_guide::Day;

/// The public URL of the site.
pub const ADDRESS: &str = "http://veto.example";

/// The site in this process.
pub struct Site(Router);

/// A complete response.
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body, which is text on every page.
    pub html: String,
}

impl Site {
    /// The site with the files of `data/` and `locales/` as they are in the repository; built once.
    pub fn built_in() -> &'static Self {
        static SITE: LazyLock<Site> = LazyLock::new(|| Site::of(&Files::embedded()));
        &SITE
    }

    /// The site with an operator's overrides from `folder`, as with `--data`.
    pub fn with_folder(folder: &Path) -> Self {
        Self::of(&Files::with_folder(folder.to_owned()).expect("the folder is readable"))
    }

    /// The site at another public URL.
    pub fn at(address: &str) -> Self {
        Self::with(&Files::embedded(), Clock::System, address)
    }

    /// The site with an operator's overrides from `folder` on the day `today`, such as `2028-01-15`.
    pub fn on(today: &str, folder: &Path) -> Self {
        let files = Files::with_folder(folder.to_owned()).expect("the folder is readable");
        Self::with(&files, Clock::Fixed(Day::parse(today).expect("a day")), ADDRESS)
    }

    /// The site on a machine whose clock was never set.
    pub fn without_clock() -> Self {
        Self::with(&Files::embedded(), Clock::Unset, ADDRESS)
    }

    /// The reason why an operator's overrides in `folder` do not load.
    pub fn fault(folder: &Path) -> String {
        let files = Files::with_folder(folder.to_owned()).expect("the folder is readable");
        catalog::load(&files).err().expect("a fault").to_string()
    }

    fn of(files: &Files) -> Self {
        // One day for all, also where midnight comes while the tests run.
        static TODAY: LazyLock<Option<Day>> = LazyLock::new(|| Clock::System.today());
        Self::with(files, TODAY.map_or(Clock::System, Clock::Fixed), ADDRESS)
    }

    fn with(files: &Files, clock: Clock, address: &str) -> Self {
        let catalog = catalog::load(files).unwrap_or_else(|error| panic!("{error}"));
        let settings = SiteSettings {
            base_url: address.parse().expect("an address"),
            strict_transport: None,
            only_localhost: false,
            clock,
            keep_hours: 24,
            page_age: PageAge::default(),
            log_requests: false,
            country: None,
            contact: None,
            controller: None,
            dpo: None,
            name: None,
            paper_contact: None,
            audience: None,
            notice: BTreeMap::new(),
            footer: BTreeMap::new(),
        };
        Self(web::site(
            AppState::new(catalog, files.overrides(), settings, None).into(),
        ))
    }

    /// The response to GET for `path`, which may have a query.
    pub fn get(&self, path: &str) -> Response {
        let request = Request::get(path).body(Body::empty());
        self.respond(request.expect("a valid path"))
    }

    /// The response to GET for `path` from a browser that prefers `language`.
    pub fn get_in(&self, language: &str, path: &str) -> Response {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, language);
        self.respond(request.body(Body::empty()).expect("a valid path"))
    }

    /// The response to POST of a form to `path`.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = form
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.respond(request.body(body.into()).expect("a valid path"))
    }

    fn respond(&self, request: Request<Body>) -> Response {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        runtime.expect("a runtime").block_on(async {
            let response = self.0.clone().oneshot(request).await.expect("never fails");
            let (head, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("a whole body");
            let header = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
                let value = value.to_str().expect("a readable header");
                (name.as_str().to_owned(), value.to_owned())
            };
            Response {
                status: head.status.as_u16(),
                headers: head.headers.iter().map(header).collect(),
                html: String::from_utf8(body.into()).expect("text"),
            }
        })
    }
}
