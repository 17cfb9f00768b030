//! The only room that knows HTTP: routes, pages, headers, static files, and what goes wrong.

mod address;
mod assets;
mod clock;
mod content;
mod headers;
mod health;
mod negotiate;
mod observe;
mod pages;
mod problem;
mod visit;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use futures_util::FutureExt as _;
use serde::Deserialize;
use tokio::time::timeout;
use tower::ServiceExt as _;

use crate::journey::{Choices, Edition, Library};
use crate::metrics::Metrics;
use crate::words::Html;
pub use address::{Address, NoAddress};
use address::{Link, Page, Query};
use assets::Assets;
pub use clock::now;
use content::{Coding, Compressed};
use observe::Observer;
use problem::Problem;

/// How long a page may take from the end of the head of its request, the body of that included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// What every request may look at. Nothing in it changes, but for what is kept compressed.
struct Site {
    library: Library,
    /// The path of each edition of the library, see [`address::root`].
    roots: Vec<String>,
    /// A part of a page for each edition, see [`pages::text::unticked`].
    unticked: Vec<Html>,
    assets: Assets,
    headers: HeaderMap,
    compressed: Compressed,
    settings: Settings,
    /// What answers those who ask whether the program is well.
    health: String,
}

/// What the operator decides about the site.
pub struct Settings {
    /// Where visitors reach it: for calendar files, which are read elsewhere, and for the path of every link.
    pub address: Address,
    /// Whether browsers are told to come by https only from now on (RFC 6797).
    pub strict_transport: bool,
    /// How long a browser keeps the choices of a visitor who asked for it, in hours.
    pub keep_hours: u16,
    /// Whether each request leaves a line in the log.
    pub log_requests: bool,
    /// The country that is chosen for visitors who have not chosen one: its place in `data/countries.toml`.
    pub country: Option<usize>,
    /// The name of this instance.
    pub name: Option<String>,
    /// What every page says at its top, by language.
    pub notice: BTreeMap<String, String>,
    /// Links at the foot of every page, by language.
    pub footer: BTreeMap<String, Vec<FooterLink>>,
}

/// A link of the operator's, such as the imprint.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FooterLink {
    /// Its words.
    pub label: String,
    /// Its address: https, http, mailto, or a path on this host.
    pub address: String,
}

impl Site {
    /// The path below which all pages lie, without a `/` at its end.
    fn base(&self) -> &str {
        self.settings.address.base()
    }
}

/// What answers requests: the site, or the counts of its requests.
#[derive(Clone)]
pub struct App(Kind);

#[derive(Clone)]
enum Kind {
    Site(Arc<Parts>),
    Counts(Router),
}

struct Parts {
    router: Router,
    site: Arc<Site>,
    observer: Observer,
    refusal: Arc<[u8]>,
}

impl App {
    /// Prepares the site from what was loaded. `overrides` are the operator's files that were, for [`health`]. Requests
    /// are counted if there is something to count them with.
    pub fn new(library: Library, overrides: &[String], settings: Settings, metrics: Option<Arc<Metrics>>) -> Self {
        let assets = Assets::embedded();
        let root = |edition: &Edition| address::root(settings.address.base(), &edition.words.code);
        let site = Arc::new(Site {
            roots: library.editions.iter().map(root).collect(),
            unticked: library.editions.iter().map(pages::text::unticked).collect(),
            headers: headers::common(&assets.style_hash, settings.strict_transport),
            health: health::report(&library, overrides),
            library,
            assets,
            compressed: Compressed::new(),
            settings,
        });
        let observer = Observer {
            log: site.settings.log_requests,
            metrics,
        };
        Self(Kind::Site(Arc::new(Parts {
            refusal: pages::problem::refusal(&site),
            router: router(&site, &observer),
            site,
            observer,
        })))
    }

    /// The counts, for a listener of their own.
    pub fn of_metrics(metrics: Arc<Metrics>) -> Self {
        let router = Router::new().route("/metrics", get(observe::text));
        Self(Kind::Counts(router.with_state(metrics)))
    }

    /// Answers a request for an address below the path of the site. A web server in front may have taken that path off.
    pub async fn answer(self, request: Request) -> Response {
        match self.0 {
            Kind::Site(site) => site.answer(request).await,
            Kind::Counts(router) => routed(router, request).await,
        }
    }

    /// A whole HTTP response for those for whom there is no place: that they come back later, in every language, since
    /// their request is not looked at.
    pub fn refusal(&self) -> Arc<[u8]> {
        match &self.0 {
            Kind::Site(site) => Arc::clone(&site.refusal),
            Kind::Counts(_) => [].into(),
        }
    }
}

impl Parts {
    async fn answer(&self, mut request: Request) -> Response {
        let method = request.method().clone();
        if let Some(below) = address::below(self.site.base(), request.uri()) {
            *request.uri_mut() = below;
        }
        if method == Method::HEAD {
            // What GET says, without its content (RFC 9110, 9.3.2).
            *request.method_mut() = Method::GET;
        }
        let mut answer = match self.site.compressed.answer(&request) {
            Some(answer) => answer,
            None => self.make(request).await,
        };
        if method == Method::HEAD {
            content::leave_out(&mut answer);
        }
        self.observer.tell(&method, &answer);
        answer
    }

    /// The answer to a request whose answer is not there yet.
    async fn make(&self, request: Request) -> Response {
        let asked = Asked::of(&request);
        let _turn = self.site.compressed.turn(&asked).await;
        let answer = match Problem::with(&request) {
            Some(problem) => problem.into_response(),
            None => routed(self.router.clone(), request).await,
        };
        let mut answer = pages::problem::explain(&self.site, &asked, answer);
        headers::add(&self.site, &mut answer);
        content::deliver(&self.site, &asked, answer).await
    }
}

/// What of a request still counts when its answer is there.
struct Asked {
    method: Method,
    uri: Uri,
    /// The languages that the browser asks for.
    languages: Option<HeaderValue>,
    /// The form of the content that it likes best.
    coding: Option<Coding>,
    /// The tags of what it has already.
    known: Option<HeaderValue>,
}

impl Asked {
    /// The coding in which the answer may be kept to be given again.
    fn kept_in(&self) -> Option<Coding> {
        self.coding.filter(|_| self.method == Method::GET)
    }

    fn of(request: &Request) -> Self {
        let headers = request.headers();
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            languages: headers.get(header::ACCEPT_LANGUAGE).cloned(),
            coding: Coding::preferred(headers),
            known: headers.get(header::IF_NONE_MATCH).cloned(),
        }
    }
}

/// The answer of the page that is asked for, or that there is none in time. A panic is our failure, and ends nothing else.
async fn routed(router: Router, request: Request) -> Response {
    let answering = AssertUnwindSafe(router.oneshot(request)).catch_unwind();
    match timeout(REQUEST_TIMEOUT, answering).await {
        Ok(Ok(Ok(answer))) => answer,
        Ok(Ok(Err(never))) => match never {},
        Ok(Err(_)) => Problem::Failure.into_response(),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

/// The whole site: every address and what answers there.
fn router(site: &Arc<Site>, observer: &Observer) -> Router {
    let routes = [
        ("/", get(choose_language)),
        ("/{language}", get(add_slash)),
        ("/{language}/", get(pages::home::show)),
        ("/{language}/start", get(pages::start::show)),
        ("/{language}/step/{step}", get(pages::step::show)),
        ("/{language}/text.txt", get(pages::text::show)),
        ("/{language}/everything", get(pages::everything::show)),
        ("/{language}/answer", get(pages::answer::list)),
        ("/{language}/answer/{answer}", get(pages::answer::show)),
        ("/{language}/record", get(pages::record::show)),
        ("/{language}/record.ics", get(pages::record::calendar)),
        ("/{language}/year.ics", get(pages::record::year)),
        ("/{language}/authority", get(pages::authority::show)),
        (
            "/{language}/letter/{letter}",
            get(pages::letter::form)
                .post(pages::letter::typed)
                .layer(DefaultBodyLimit::max(problem::BODY_LIMIT)),
        ),
        ("/{language}/why", get(pages::why::show)),
        ("/{language}/sources", get(pages::sources::show)),
        ("/{language}/privacy", get(pages::article::privacy)),
        ("/{language}/accessibility", get(pages::article::accessibility)),
        ("/static/{name}", get(static_file)),
        ("/healthz", get(health::show)),
    ];
    let add = |router: Router<Arc<Site>>, (route, methods)| router.route(route, observer.name(route, methods));
    // Each layer costs each request; so what all requests need is in `App::answer`.
    routes.into_iter().fold(Router::new(), add).with_state(Arc::clone(site))
}

/// `/`: leads to the first page in the language that the browser asks for. The first country among the regions
/// that it names becomes the country, so that it stands in the address like every other choice.
async fn choose_language(State(site): State<Arc<Site>>, RawQuery(query): RawQuery, request: HeaderMap) -> Response {
    let accept = request
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let (edition, country) = negotiate::negotiate(&site.library, accept.unwrap_or_default());
    let (mut choices, _) = Choices::parse(&query.unwrap_or_default(), &site.library);
    choices.country = choices.country.or(country);
    let link = Link {
        root: &site.roots[edition],
        page: Page::Home,
        query: &Query::of(&choices, &site.library),
    };
    let vary = [(header::VARY, HeaderValue::from_static("accept-language"))];
    (vary, Redirect::temporary(&link.location())).into_response()
}

/// `/de`: the slash was forgotten.
async fn add_slash(State(site): State<Arc<Site>>, Path(code): Path<String>) -> Response {
    match site.library.edition(&code) {
        Some(edition) => Redirect::permanent(&site.roots[edition]).into_response(),
        None => Problem::NotFound.into_response(),
    }
}

/// `/static/…`: script and icon, at one address each.
async fn static_file(State(site): State<Arc<Site>>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let Some(asset) = site.assets.find(&name) else {
        return Problem::NotFound.into_response();
    };
    if query.is_some() {
        return Redirect::temporary(&format!("{}/static/{name}", site.base())).into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CACHE_CONTROL, headers::ASSET_CACHE),
    ];
    (headers, asset.body.clone()).into_response()
}
