//! The only room that knows HTTP: routes, pages, headers, static files, and what goes wrong.

mod address;
mod assets;
mod clock;
mod content;
mod headers;
mod pages;
mod problem;
mod visit;

use std::sync::Arc;

use axum::Router;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, MatchedPath, Path, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::journey::{Choices, Library};
use address::{Link, Page};
use assets::Assets;
use content::Compressed;
use problem::Problem;

/// How long a request may take from the end of its head to the answer, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// What every request may look at. Nothing in it changes while the program runs, but for what is kept compressed.
pub struct Site {
    library: Library,
    assets: Assets,
    headers: HeaderMap,
    compressed: Compressed,
    settings: Settings,
}

/// What the operator decides about the site.
pub struct Settings {
    /// Where visitors reach it, such as `https://example.org`, without a `/` at its end: for calendar files, which are read
    /// elsewhere.
    pub address: String,
    /// How long a browser keeps the choices of a visitor who asked for it, in hours.
    pub keep_hours: u16,
    /// Whether each request leaves a line in the log.
    pub log_requests: bool,
}

impl Site {
    /// Prepares a site from what was loaded.
    pub fn new(library: Library, settings: Settings) -> Self {
        let assets = Assets::embedded();
        Self {
            headers: headers::common(&assets.style_hash, settings.address.starts_with("https://")),
            library,
            assets,
            compressed: Compressed::new(),
            settings,
        }
    }

    /// A whole HTTP response for those for whom there is no place: that they come back later, in every language, since
    /// their request is not read.
    pub fn refusal(&self) -> Arc<[u8]> {
        problem::refusal(self)
    }
}

/// The whole site: every address and what answers there.
pub fn router(site: Site) -> Router {
    let site = Arc::new(site);
    let log_requests = site.settings.log_requests;
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
        .layer(DefaultBodyLimit::max(problem::BODY_LIMIT))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .layer(from_fn_with_state(Arc::clone(&site), problem::pages))
        .layer(from_fn_with_state(Arc::clone(&site), content::deliver))
        .layer(map_response_with_state(Arc::clone(&site), headers::add))
        .with_state(site);
    if log_requests {
        router.layer(from_fn(log_request))
    } else {
        router
    }
}

/// Writes a line for a request. What a visitor could have put into it is not among it: the kind of page is a name from
/// the table of routes, and of the methods only the known ones are named.
async fn log_request(request: Request, next: Next) -> Response {
    let page = request.extensions().get::<MatchedPath>().cloned();
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    };
    let answer = next.run(request).await;
    let page = page.as_ref().map_or("none", MatchedPath::as_str);
    tracing::info!(method, page, status = answer.status().as_u16(), "request");
    answer
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
        Some(_) => Redirect::permanent(&format!("/{code}/")).into_response(),
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
