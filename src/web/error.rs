//! Error statuses and their pages. Handlers only return the error; the middleware adds a page in the visitor's language.

use std::any::Any;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use veto_content::catalog::LocaleId;
use veto_content::messages::{Errors, Section};

use super::accept;
use super::extract::language;
use super::headers::{HTML, NO_STORE};
use super::isolation;
use super::state::{AppState, SiteSettings};
use super::views;

/// The longest path with query that is accepted, in bytes. All choices together need less than 500.
const URI_LIMIT: usize = 4_096;

/// An HTTP error. [`add_page`] adds its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpError {
    /// 400: the request is malformed.
    BadRequest,
    /// 403: a page of another origin sent the request.
    Forbidden,
    /// 404: there is no such page.
    NotFound,
    /// 405: the page does not support the method.
    MethodNotAllowed,
    /// 408: the body did not arrive in time.
    Timeout,
    /// 413: the body is too large.
    BodyTooLarge,
    /// 414: path and query are too long.
    UriTooLong,
    /// 415: the body is not a form.
    UnsupportedMediaType,
    /// 421: the site is served by https only.
    PlainHttp,
    /// 421: the site is only for this machine, and the request names another host.
    OtherHost,
    /// 500: an internal error.
    Internal,
}

impl HttpError {
    fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PlainHttp | Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The error of a response, including those of axum or tower-http; `None` if it is not an error.
    fn of(response: &Response) -> Option<Self> {
        if let Some(error) = response.extensions().get() {
            return Some(*error);
        }
        match response.status() {
            StatusCode::FORBIDDEN => Some(Self::Forbidden),
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::MethodNotAllowed),
            StatusCode::REQUEST_TIMEOUT => Some(Self::Timeout),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::BodyTooLarge),
            StatusCode::URI_TOO_LONG => Some(Self::UriTooLong),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Self::UnsupportedMediaType),
            // What the health checks say, in their own words.
            StatusCode::SERVICE_UNAVAILABLE => None,
            status if status.is_client_error() => Some(Self::BadRequest),
            status if status.is_server_error() => Some(Self::Internal),
            _ => None,
        }
    }

    /// The error for a request that no page may answer, whatever its address, or whose address cannot belong to a page.
    fn of_request(request: &Request, settings: &SiteSettings) -> Option<Self> {
        let uri = request.uri();
        let length = uri.path_and_query().map_or(0, |address| address.as_str().len());
        if let Some(refusal) = isolation::refusal(request, settings) {
            Some(refusal)
        } else if length > URI_LIMIT {
            Some(Self::UriTooLong)
        } else if uri.path().contains('%') {
            // No path of this site needs to be escaped, and each page has one address.
            Some(Self::NotFound)
        } else {
            None
        }
    }

    /// The texts of its page.
    fn texts(self, errors: &Errors) -> &Section {
        match self {
            Self::BadRequest | Self::Forbidden | Self::Timeout | Self::UnsupportedMediaType => &errors.unreadable,
            Self::NotFound => &errors.not_found,
            Self::MethodNotAllowed => &errors.method,
            Self::BodyTooLarge => &errors.too_large,
            Self::UriTooLong => &errors.address_too_long,
            Self::PlainHttp => &errors.plain_http,
            Self::OtherHost => &errors.other_host,
            Self::Internal => &errors.failure,
        }
    }
}

impl IntoResponse for HttpError {
    /// The status without a page, which [`add_page`] adds.
    fn into_response(self) -> Response {
        (self.status(), Extension(self)).into_response()
    }
}

/// Middleware: rejects requests that cannot be for a page, and adds a page to each error without one, in the language
/// of the path or else that of `Accept-Language`.
pub async fn add_page(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let route = request.extensions().get().cloned();
    let response = match HttpError::of_request(&request, &state.settings) {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
    let error = HttpError::of(&response);
    if error == Some(HttpError::Internal) {
        log_failure(route.as_ref());
    }
    match error {
        Some(error) if !is_page(&response) => {
            let locale = state.catalog.locale(language(&uri));
            let locale = locale.unwrap_or_else(|| accept::language(&state.catalog, accepted.as_ref()));
            with_page(&state, locale, error, response)
        }
        _ => response,
    }
}

/// Logs where a request failed because of a fault of the program: the route, and nothing about the visitor.
pub fn log_failure(route: Option<&MatchedPath>) {
    let route = route.map_or("none", MatchedPath::as_str);
    tracing::error!(route, "a request failed because of a fault of the program");
}

/// The response when a handler has panicked. The panic hook has logged where.
pub fn after_panic(_: Box<dyn Any + Send>) -> Response {
    HttpError::Internal.into_response()
}

fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE) == Some(&HTML)
}

/// Replaces the body of `response` by the page of `error`; status and headers such as `Allow` stay.
fn with_page(state: &AppState, locale: LocaleId, error: HttpError, mut response: Response) -> Response {
    let texts = error.texts(&state.catalog.messages(locale).errors);
    *response.body_mut() = Body::from(views::error::render(state, locale, texts));
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HTML);
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    response
}
