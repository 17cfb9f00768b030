//! What to do on a device that others use: sign out, close the window, wipe what this site has left in the browser.

use askama::Template;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};

use veto_content::messages::{Section, SharedDevice};
use veto_guide::Step;

use super::evidence::{Statement, statements};
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::headers::NO_STORE;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "shared_device.html")]
struct SharedDevicePage<'a> {
    frame: Frame<'a>,
    texts: &'a SharedDevice,
    /// Where to sign out.
    sign_out: &'a Section,
    statements: Vec<Statement<'a>>,
    /// Whether the button was pressed.
    wiped: bool,
}

/// What browsers delete on https (W3C Clear Site Data): stored pages, with those that Back would show, and storage.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
const CACHE_AND_STORAGE: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

/// `GET /{language}/shared-device`
pub async fn show(request: PageRequest) -> Response {
    view(&request, false)
}

/// `POST /{language}/shared-device`: wipes what the browser has of this site. On plain http, where browsers ignore the
/// header, the script of the page does it.
pub async fn wipe(request: PageRequest) -> Response {
    let response = ([(header::CACHE_CONTROL, NO_STORE)], view(&request, true));
    if request.state.settings.base_url.is_https() {
        ([(CLEAR_SITE_DATA, CACHE_AND_STORAGE)], response).into_response()
    } else {
        response.into_response()
    }
}

fn view(request: &PageRequest, wiped: bool) -> Response {
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let texts = &messages.shared_device;
    let journey = request.journey();
    let section = format!("journeys/{}.end.shared", facts.journeys[journey].id);
    let title = if wiped { &texts.wiped } else { &texts.title };
    page(&SharedDevicePage {
        frame: Frame::new(request, Page::SharedDevice, title),
        texts,
        sign_out: &Step::first(journey).journey_texts(facts, messages).end.shared,
        statements: statements(request, &[&section, "shared_device"]),
        wiped,
    })
}
