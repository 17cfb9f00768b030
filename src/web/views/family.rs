//! What there is for a family.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Place;
use veto_content::messages::{Family, Share};

use super::code::SharedAddress;
use super::evidence::{Statement, statements};
use super::journey_link::JourneyLink;
use super::school::root;
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "family.html")]
struct FamilyPage<'a> {
    journeys: Vec<JourneyLink<'a>>,
    frame: Frame<'a>,
    texts: &'a Family,
    share: &'a Share,
    statements: Vec<Statement<'a>>,
    address: SharedAddress,
}

/// `/{language}/family`
pub async fn show(request: PageRequest) -> Response {
    let messages = request.messages();
    page(&FamilyPage {
        journeys: JourneyLink::on(&request, Place::Family),
        frame: Frame::new(&request, Page::Family, &messages.family.title),
        texts: &messages.family,
        share: &messages.share,
        statements: statements(&request, &["family"]),
        address: SharedAddress::new(&request.state, &root(&request, "family")),
    })
}
