//! Redirects from addresses without a language or page.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use veto_guide::Choices;

use crate::web::accept;
use crate::web::error::HttpError;
use crate::web::link::{Link, Query};
use crate::web::page::Page;
use crate::web::state::AppState;

/// What a redirect depends on that leads to the language that the browser prefers.
const VARY_BY_LANGUAGE: [(HeaderName, HeaderValue); 1] = [(header::VARY, HeaderValue::from_static("accept-language"))];

/// `/`: to the first page in the language that the browser prefers.
pub async fn home(state: State<Arc<AppState>>, query: RawQuery, headers: HeaderMap) -> Response {
    choose_language(Page::Home, state, query, &headers)
}

/// `/school`: what a teacher writes on the board.
pub async fn school(state: State<Arc<AppState>>, query: RawQuery, headers: HeaderMap) -> Response {
    choose_language(Page::School, state, query, &headers)
}

/// `/family`
pub async fn family(state: State<Arc<AppState>>, query: RawQuery, headers: HeaderMap) -> Response {
    choose_language(Page::Family, state, query, &headers)
}

/// `/share`
pub async fn share(state: State<Arc<AppState>>, query: RawQuery, headers: HeaderMap) -> Response {
    choose_language(Page::Share, state, query, &headers)
}

/// Leads to `page` in the language that the browser prefers. The first known country among the regions of
/// `Accept-Language` becomes the country, so that it stands in the address like every other choice.
fn choose_language(
    page: Page,
    State(state): State<Arc<AppState>>,
    RawQuery(query): RawQuery,
    headers: &HeaderMap,
) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let (choices, _) = Choices::parse(&query.unwrap_or_default(), &state.catalog);
    let choices = choices.or_country(accept::country(&state.catalog, accepted));
    let link = Link {
        root: state.root(accept::language(&state.catalog, accepted)),
        page,
        query: &Query::new(&choices, &state.catalog),
        facts: &state.catalog.facts,
    };
    (VARY_BY_LANGUAGE, Redirect::temporary(&link.location())).into_response()
}

/// `/de`: adds the slash. `/12`: leads to the page with this number, in the language that the browser prefers.
pub async fn complete(state: State<Arc<AppState>>, Path(segment): Path<String>, headers: HeaderMap) -> Response {
    if let Some(locale) = state.catalog.locale(&segment) {
        return Redirect::permanent(state.root(locale)).into_response();
    }
    let number = segment.parse().ok();
    match number.and_then(|number| Page::with_number(number, &state.catalog.facts)) {
        Some(page) => choose_language(page, state, RawQuery(None), &headers),
        None => HttpError::NotFound.into_response(),
    }
}
