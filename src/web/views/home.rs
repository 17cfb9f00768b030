//! The first page.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::facts::Place;
use veto_content::messages::{Home, Html};

use super::evidence::{Statement, statements};
use super::journey_link::JourneyLink;
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::page::Page;
use crate::web::state::Audience;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    journeys: Vec<JourneyLink<'a>>,
    frame: Frame<'a>,
    texts: &'a Home,
    statements: Vec<Statement<'a>>,
    /// The choices for the browser to keep: empty, since none are made yet.
    chosen: [Cow<'a, Html>; 0],
    /// Whom the page leads on before anything else.
    audience: Option<Audience>,
}

/// `/{language}/`
pub async fn show(request: PageRequest) -> Response {
    let texts = &request.messages().home;
    page(&HomePage {
        journeys: JourneyLink::on(&request, Place::Home),
        frame: Frame::new(&request, Page::Home, &texts.title),
        texts,
        statements: statements(&request, &["home"]),
        chosen: [],
        audience: request.state.settings.audience,
    })
}
