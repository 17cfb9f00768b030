//! What goes wrong. Handlers only name the problem; [`super::pages::problem`] gives it a page in the visitor's language.

use axum::body::HttpBody as _;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::words::{Locale, Section};

/// The longest address that is looked at, in bytes. All choices together need less than 500.
const ADDRESS_LIMIT: usize = 4_096;
/// The largest body that is read, in bytes. A letter with all its fields full needs less than half.
pub const BODY_LIMIT: usize = 65_536;

/// Something that keeps a page from being shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 400: what came cannot be read.
    Unreadable,
    /// 404: there is no such page.
    NotFound,
    /// 405: the page cannot be called that way.
    Method,
    /// 413: the body is too large.
    TooLarge,
    /// 414: the address is too long.
    AddressTooLong,
    /// 415: the body is not a form.
    MediaType,
    /// 500: we have made a mistake.
    Failure,
}

impl Problem {
    fn status(self) -> StatusCode {
        match self {
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Failure => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What keeps a request from being looked at any further.
    pub fn with(request: &Request) -> Option<Self> {
        let address = request
            .uri()
            .path_and_query()
            .map_or(0, |address| address.as_str().len());
        if address > ADDRESS_LIMIT {
            Some(Self::AddressTooLong)
        } else if request.body().size_hint().lower() > BODY_LIMIT as u64 {
            Some(Self::TooLarge)
        } else if request.uri().path().contains('%') {
            // Each page has one address, and none needs to be escaped.
            Some(Self::NotFound)
        } else {
            None
        }
    }

    /// The problem that an answer with this status reports, if it reports one.
    pub fn of(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::URI_TOO_LONG => Some(Self::AddressTooLong),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Self::MediaType),
            status if status.is_client_error() => Some(Self::Unreadable),
            status if status.is_server_error() => Some(Self::Failure),
            _ => None,
        }
    }

    /// What the visitor is told of it.
    pub fn words(self, locale: &Locale) -> &Section {
        let problems = &locale.problems;
        match self {
            Self::Unreadable | Self::MediaType => &problems.unreadable,
            Self::NotFound => &problems.not_found,
            Self::Method => &problems.method,
            Self::TooLarge => &problems.too_large,
            Self::AddressTooLong => &problems.address_too_long,
            Self::Failure => &problems.failure,
        }
    }
}

impl IntoResponse for Problem {
    /// The status alone: the page is added where the visitor's language is known.
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}
