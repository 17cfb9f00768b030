//! What there is for a class: the page for teachers.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::facts::Place;
use veto_content::messages::{Html, PlainText, School};

use super::code::SharedAddress;
use super::evidence::{Statement, statements};
use super::journey_link::JourneyLink;
use super::{Frame, lesson, page};
use crate::web::extract::PageRequest;
use crate::web::link::{Link, ParameterLink};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "school.html")]
struct SchoolPage<'a> {
    journeys: Vec<JourneyLink<'a>>,
    frame: Frame<'a>,
    texts: &'a School,
    statements: Vec<Statement<'a>>,
    lessons: Vec<Paper<'a, ParameterLink<'a>>>,
    papers: Vec<Paper<'a, Link<'a>>>,
    address: SharedAddress,
}

/// A paper to print.
struct Paper<'a, L> {
    link: L,
    title: Cow<'a, Html>,
    /// The number of pages when it is printed on A4.
    pages: u8,
    /// Who gets a copy.
    copies: &'a PlainText,
    /// The same as plain text.
    plain: Option<Link<'a>>,
}

impl<'a> Paper<'a, Link<'a>> {
    fn new(request: &'a PageRequest, page: Page, title: &'a PlainText, pages: u8, copies: &'a PlainText) -> Self {
        Self {
            link: request.link(page),
            title: title.into(),
            pages,
            copies,
            plain: None,
        }
    }
}

/// `/{language}/school`
pub async fn show(request: PageRequest) -> Response {
    let messages = request.messages();
    let texts = &messages.school;
    let lessons = lesson::sheets(&request).map(|(lesson, (link, title))| Paper {
        link,
        title: title.into(),
        pages: lesson.pages,
        copies: &texts.for_teacher,
        plain: None,
    });
    let paper = |page, title, pages, copies| Paper::new(&request, page, title, pages, copies);
    page(&SchoolPage {
        journeys: JourneyLink::on(&request, Place::School),
        frame: Frame::new(&request, Page::School, &texts.title),
        texts,
        statements: statements(&request, &["school"]),
        lessons: lessons.collect(),
        papers: vec![
            paper(Page::SlideNotes, &messages.slide_notes.title, 3, &texts.for_teacher),
            paper(Page::Quiz, &messages.quiz.title, 1, &texts.for_each),
            paper(Page::Answers, &messages.quiz.answers_title, 1, &texts.for_teacher),
            paper(Page::Handout, &messages.handout.title, 1, &texts.for_each),
            Paper {
                plain: Some(request.link(Page::ParentsText)),
                ..paper(Page::Parents, &messages.parents.title, 1, &texts.for_each)
            },
            paper(Page::SchoolRules, &messages.school_rules.title, 1, &texts.for_teacher),
        ],
        address: SharedAddress::new(&request.state, &root(&request, "school")),
    })
}

/// The address of a page without a language: each device gets its own.
pub fn root(request: &PageRequest, name: &str) -> String {
    format!("{}/{name}", request.state.settings.base_url.path())
}
