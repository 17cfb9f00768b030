//! What there is for a class: the page for teachers.

use askama::Template;
use axum::response::Response;
use veto_content::messages::{Html, PlainText, School};

use super::code::SharedAddress;
use super::evidence::statements;
use super::{Frame, page};
use crate::web::extract::PageRequest;
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "school.html")]
struct SchoolPage<'a> {
    frame: Frame<'a>,
    texts: &'a School,
    statements: Vec<&'a Html>,
    papers: Vec<Paper<'a>>,
    address: SharedAddress,
}

/// A paper to print.
struct Paper<'a> {
    page: Page,
    title: &'a PlainText,
    /// The number of pages when it is printed on A4.
    pages: u8,
    /// Who gets a copy.
    copies: &'a PlainText,
    /// The same as plain text.
    plain: Option<Page>,
}

impl SchoolPage<'_> {
    fn paper_link(&self, page: &Page) -> Link<'_> {
        self.frame.link(*page)
    }
}

/// `/{language}/school`
pub async fn show(request: PageRequest) -> Response {
    let messages = request.messages();
    let texts = &messages.school;
    let paper = |page, title, copies| Paper {
        page,
        title,
        pages: 1,
        copies,
        plain: None,
    };
    page(&SchoolPage {
        frame: Frame::new(&request, Page::School, &texts.title),
        texts,
        statements: statements(&request, &["school"]),
        papers: vec![
            paper(Page::Handout, &messages.handout.title, &texts.for_each),
            Paper {
                plain: Some(Page::ParentsText),
                ..paper(Page::Parents, &messages.parents.title, &texts.for_each)
            },
            paper(Page::Quiz, &messages.quiz.title, &texts.for_each),
            paper(Page::Answers, &messages.quiz.answers_title, &texts.for_teacher),
            paper(Page::SchoolRules, &messages.school_rules.title, &texts.for_teacher),
            paper(Page::SchoolAccount, &messages.school_account.title, &texts.for_teacher),
        ],
        address: SharedAddress::new(&request.state, &root(&request, "school")),
    })
}

/// The address of a page without a language: each device gets its own.
pub fn root(request: &PageRequest, name: &str) -> String {
    format!("{}/{name}", request.state.settings.base_url.path())
}
