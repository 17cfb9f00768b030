//! The only room that knows HTTP: routes, pages, headers, static files, and what goes wrong.

mod address;
mod assets;
mod clock;
mod content;
mod headers;
mod health;
mod observe;
mod pages;
mod problem;
mod visit;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::middleware::{from_fn, from_fn_with_state, map_response_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::journey::{Choices, Library};
use crate::metrics::Metrics;
pub use address::{Address, NoAddress};
use address::{Link, Page};
use assets::Assets;
pub use clock::now;
use content::Compressed;
use observe::Observer;
use problem::Problem;

/// How long a request may take from the end of its head to the answer, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// What every request may look at. Nothing in it changes, but for what is kept compressed.
struct Site {
    library: Library,
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

/// The site as it is served.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    router: Router,
    site: Option<Arc<Site>>,
    observer: Observer,
    refusal: Arc<[u8]>,
}

impl App {
    /// Prepares the site from what was loaded. `overrides` are the operator's files that were, for [`health`]. Requests
    /// are counted if there is something to count them with.
    pub fn new(library: Library, overrides: &[String], settings: Settings, metrics: Option<Arc<Metrics>>) -> Self {
        let assets = Assets::embedded();
        let site = Arc::new(Site {
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
        Self(Arc::new(Parts {
            refusal: problem::refusal(&site),
            router: router(&site, &observer),
            site: Some(site),
            observer,
        }))
    }

    /// The counts, for a listener of their own.
    pub fn of_metrics(metrics: Arc<Metrics>) -> Self {
        Self(Arc::new(Parts {
            router: Router::new().route("/metrics", get(observe::text)).with_state(metrics),
            site: None,
            observer: Observer {
                log: false,
                metrics: None,
            },
            refusal: [].into(),
        }))
    }

    /// Answers a request for an address below the path of the site. A web server in front may have taken that path off.
    pub async fn answer(self, mut request: Request) -> Response {
        let Parts {
            router, site, observer, ..
        } = &*self.0;
        let given_before = site.as_ref().and_then(|site| {
            if let Some(below) = address::below(site.base(), request.uri()) {
                *request.uri_mut() = below;
            }
            site.compressed.answer(&request)
        });
        let method = request.method().clone();
        let answer = match given_before {
            Some(answer) => answer,
            None => router
                .clone()
                .oneshot(request)
                .await
                .unwrap_or_else(|never| match never {}),
        };
        observer.tell(&method, &answer);
        answer
    }

    /// A whole HTTP response for those for whom there is no place: that they come back later, in every language, since
    /// their request is not read.
    pub fn refusal(&self) -> Arc<[u8]> {
        Arc::clone(&self.0.refusal)
    }
}

/// The whole site: every address and what answers there.
fn router(site: &Arc<Site>, observer: &Observer) -> Router {
    let router = Router::new()
        .route("/", get(choose_language))
        .route("/{language}", get(add_slash))
        .route("/{language}/", get(pages::home::show))
        .route("/{language}/start", get(pages::start::show))
        .route("/{language}/step/{step}", get(pages::step::show))
        .route("/{language}/text.txt", get(pages::text::show))
        .route("/{language}/everything", get(pages::everything::show))
        .route("/{language}/answer", get(pages::answer::list))
        .route("/{language}/answer/{answer}", get(pages::answer::show))
        .route("/{language}/record", get(pages::record::show))
        .route("/{language}/record.ics", get(pages::record::calendar))
        .route("/{language}/year.ics", get(pages::record::year))
        .route("/{language}/authority", get(pages::authority::show))
        .route(
            "/{language}/letter/{letter}",
            get(pages::letter::form).post(pages::letter::typed),
        )
        .route("/{language}/why", get(pages::why::show))
        .route("/{language}/sources", get(pages::sources::show))
        .route("/{language}/privacy", get(pages::article::privacy))
        .route("/{language}/accessibility", get(pages::article::accessibility))
        .route("/static/{name}", get(static_file))
        .route("/healthz", get(health::show))
        .layer(DefaultBodyLimit::max(problem::BODY_LIMIT))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(from_fn_with_state(Arc::clone(site), problem::pages))
        .layer(map_response_with_state(Arc::clone(site), headers::add));
    let router = if observer.is_there() {
        router.layer(from_fn(observe::name))
    } else {
        router
    };
    router
        .layer(from_fn_with_state(Arc::clone(site), content::deliver))
        .with_state(Arc::clone(site))
}

/// `/`: leads to the first page in the language that the browser asks for. The region of that language becomes the
/// country, so that it stands in the address like every other choice.
async fn choose_language(
    State(site): State<Arc<Site>>,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
    request: HeaderMap,
) -> Response {
    let accept = request
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let (edition, country) = site.library.negotiate(accept.unwrap_or_default());
    let (mut choices, _) = Choices::parse(&query.unwrap_or_default(), &site.library);
    choices.country = choices.country.or(country);
    let link = Link {
        base: site.base(),
        language: &site.library.editions[edition].words.code,
        page: Page::Home,
        query: &choices.query(&site.library),
    };
    let vary = [(header::VARY, HeaderValue::from_static("accept-language"))];
    (vary, Redirect::temporary(&link.location())).into_response()
}

/// `/de`: the slash was forgotten.
async fn add_slash(State(site): State<Arc<Site>>, Path(code): Path<String>) -> Response {
    match site.library.edition(&code) {
        Some(_) => Redirect::permanent(&format!("{}/{code}/", site.base())).into_response(),
        None => Problem::NotFound.into_response(),
    }
}

/// `/static/…`: script and icon.
async fn static_file(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    let Some(asset) = site.assets.find(&name) else {
        return Problem::NotFound.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CACHE_CONTROL, headers::ASSET_CACHE),
    ];
    (headers, asset.body.clone()).into_response()
}
