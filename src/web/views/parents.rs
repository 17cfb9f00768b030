//! The letter to parents: numbered paragraphs that are the same in every language; also as plain text.

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use veto_content::messages::{ParagraphEnd, Parents, Share};

use super::code::SharedAddress;
use super::evidence::{Statement, statements};
use super::papers::{Column, PaperChoice, PaperLanguages};
use super::{Frame, page};
use crate::web::extract::{PageRequest, ParameterRequest};
use crate::web::headers::PAGE_CACHE;
use crate::web::link::ParameterLink;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "parents.html")]
struct ParentsPage<'a> {
    frame: Frame<'a>,
    text: ParameterLink<'a>,
    share: &'a Share,
    statements: Vec<Statement<'a>>,
    columns: Vec<Column<'a>>,
    choice: PaperChoice<'a>,
    address: SharedAddress,
}

/// `/{language}/school/parents`
pub async fn show(
    ParameterRequest {
        request,
        parameter: languages,
    }: ParameterRequest<PaperLanguages>,
) -> Response {
    let messages = request.messages();
    page(&ParentsPage {
        frame: Frame::new(&request, Page::Parents, &messages.parents.title),
        text: ParameterLink::new(request.link(Page::ParentsText), &languages, request.catalog()),
        share: &messages.share,
        statements: statements(&request, &["parents"]),
        columns: Column::all(&request, languages),
        choice: PaperChoice::new(&request, Page::Parents, languages),
        address: SharedAddress::for_home(&request.state, ""),
    })
}

/// `/{language}/school/parents.txt`: one language after the other.
pub async fn text(
    ParameterRequest {
        request,
        parameter: languages,
    }: ParameterRequest<PaperLanguages>,
) -> Response {
    let columns = Column::all(&request, languages).into_iter();
    let letters = columns.map(|column| letter(&request, column.texts.parents));
    let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, PAGE_CACHE)];
    (headers, letters.collect::<Vec<_>>().join("\n\n")).into_response()
}

/// The letter as plain text.
fn letter(request: &PageRequest, texts: &Parents) -> String {
    let address = SharedAddress::for_home(&request.state, "");
    let contact = request.state.settings.paper_contact.as_deref();
    let mut lines = vec![texts.salutation.to_plain()];
    for (index, paragraph) in texts.paragraphs.iter().enumerate() {
        let end = match paragraph.end {
            ParagraphEnd::Address if address.is_for_everyone() => format!(" {}", address.address),
            ParagraphEnd::Contact if contact.is_some() => format!(" {}", contact.unwrap_or_default()),
            ParagraphEnd::Address | ParagraphEnd::Contact => " ____________________".to_owned(),
            ParagraphEnd::Nothing => String::new(),
        };
        lines.push(format!("{} {}{end}", index + 1, paragraph.text.to_plain()));
    }
    lines.push(texts.closing.to_plain());
    lines.join("\n\n") + "\n"
}
