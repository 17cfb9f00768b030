//! The address of this site for another device: as a QR code, as text and in a message. It has the choices that help there
//! and none that tell something about a person.

use std::borrow::Cow;

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::messages::{PlainText, Share};
use veto_guide::{Choices, Key, Step};

use super::code::SharedAddress;
use super::copy_box::CopyBox;
use super::evidence::{Statement, statements};
use super::{Frame, page, typed};
use crate::web::error::HttpError;
use crate::web::extract::{PageRequest, ParameterRequest};
use crate::web::headers::PAGE_CACHE;
use crate::web::link::{Link, Parameter, ParameterLink, Query};
use crate::web::page::Page;

/// The page that the shared address opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Open {
    /// The first page.
    #[default]
    Home,
    /// The first step.
    Step,
    /// Everything on one page.
    Everything,
    /// The page for teachers.
    School,
    /// The page for families.
    Family,
}

impl Open {
    const ALL: [Self; 5] = [Self::Home, Self::Step, Self::Everything, Self::School, Self::Family];

    fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Step => "step",
            Self::Everything => "everything",
            Self::School => "school",
            Self::Family => "family",
        }
    }

    fn label(self, texts: &Share) -> &PlainText {
        match self {
            Self::Home => &texts.open_home,
            Self::Step => &texts.open_step,
            Self::Everything => &texts.open_everything,
            Self::School => &texts.open_school,
            Self::Family => &texts.open_family,
        }
    }

    /// The page. A step and everything need choices; without them it is the first page.
    fn page(self, request: &PageRequest) -> Page {
        let has_plan = request.choices.plan().is_some();
        match self {
            Self::Step if has_plan => Page::Step(Step::first(request.journey())),
            Self::Everything if has_plan => Page::Everything,
            Self::School => Page::School,
            Self::Family => Page::Family,
            _ => Page::Home,
        }
    }
}

impl Parameter for Open {
    const KEYS: &'static [&'static str] = &["open"];

    fn set(&mut self, _: &str, value: &str, _: &Catalog, _: LocaleId, _: Page) -> Option<()> {
        *self = Self::ALL.into_iter().find(|open| open.as_str() == value)?;
        Some(())
    }

    fn value<'a>(&self, _: &str, _: &'a Catalog) -> Cow<'a, str> {
        let is_default = *self == Self::default();
        if is_default { "" } else { self.as_str() }.into()
    }
}

/// The choices that a shared address has: those that are the same for everybody around a table or in a class.
fn shared(choices: &Choices) -> Choices {
    let keys = [Key::Accounts, Key::Region, Key::Form, Key::Entry];
    keys.into_iter()
        .fold(choices.clone(), |choices, key| choices.without(key))
}

/// The address that is shared.
fn address(request: &PageRequest, open: Open) -> SharedAddress {
    let query = Query::new(&shared(&request.choices), request.catalog());
    let link = request.link(open.page(request)).with(&query);
    SharedAddress::new(&request.state, &link.location())
}

#[derive(Template)]
#[template(path = "share.html")]
struct SharePage<'a> {
    frame: Frame<'a>,
    texts: &'a Share,
    statements: Vec<Statement<'a>>,
    /// What can be opened: value, label, whether it is chosen.
    options: [(&'static str, &'a PlainText, bool); 5],
    /// The choices of this page, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    action: Link<'a>,
    file: ParameterLink<'a>,
    address: SharedAddress,
    message: CopyBox<'a>,
}

/// `/{language}/share`
pub async fn show(
    ParameterRequest {
        request,
        parameter: open,
    }: ParameterRequest<Open>,
) -> Response {
    let texts = &request.messages().share;
    let address = address(&request, open);
    page(&SharePage {
        frame: Frame::new(&request, Page::Share, &texts.title),
        texts,
        statements: statements(&request, &["share"]),
        options: Open::ALL.map(|option| (option.as_str(), option.label(texts), option == open)),
        kept: request.choices.except(&[], request.catalog()),
        action: request.link(Page::Share).with(Query::EMPTY),
        file: ParameterLink::new(request.link(Page::ShareCode), &open, request.catalog()),
        message: CopyBox::message(
            &request,
            &texts.message,
            &texts.message_text.fill(typed(&address.address).as_str()),
        ),
        address,
    })
}

/// `/{language}/share.svg`
pub async fn code(
    ParameterRequest {
        request,
        parameter: open,
    }: ParameterRequest<Open>,
) -> Response {
    let Some(code) = address(&request, open).code else {
        return HttpError::NotFound.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"veto.svg\""),
        ),
        (header::CACHE_CONTROL, PAGE_CACHE),
    ];
    match code.alone().render() {
        Ok(body) => (headers, body).into_response(),
        Err(_) => HttpError::Internal.into_response(),
    }
}
