//! The sheet for a lesson, minute by minute.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{Facts, Lesson, LessonPart};
use veto_content::messages::{Html, LessonPartTexts, LessonTexts};

use super::evidence::{Statement, statements};
use super::papers::Column;
use super::slides::SlideSet;
use super::{Frame, page};
use crate::web::extract::{PageRequest, ParameterRequest};
use crate::web::link::{Parameter, ParameterLink};
use crate::web::page::Page;

/// The length of a lesson in minutes: that of an entry of `data/lessons.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes(u8);

impl Default for Minutes {
    fn default() -> Self {
        Self(45)
    }
}

impl Parameter for Minutes {
    const KEYS: &'static [&'static str] = &["minutes"];

    fn set(&mut self, _: &str, value: &str, catalog: &Catalog, _: LocaleId, _: Page) -> Option<()> {
        let lessons = catalog.facts.lessons.values();
        let mut lengths = lessons.map(|lesson| lesson.minutes);
        self.0 = lengths.find(|minutes| minutes.to_string() == value)?;
        Some(())
    }

    fn value<'a>(&self, _: &str, _: &'a Catalog) -> Cow<'a, str> {
        if *self == Self::default() {
            return "".into();
        }
        self.0.to_string().into()
    }
}

/// The sheet of a lesson: its link and its length in words.
pub type LessonLink<'a> = (ParameterLink<'a>, Html);

/// All lessons with their sheets.
pub fn sheets(request: &PageRequest) -> impl Iterator<Item = (&Lesson, LessonLink<'_>)> {
    let texts = &request.messages().lesson;
    let catalog = request.catalog();
    catalog.facts.lessons.values().map(move |lesson| {
        let link = ParameterLink::new(request.link(Page::Lesson), &Minutes(lesson.minutes), catalog);
        (lesson, (link, texts.title.fill(&lesson.minutes.to_string())))
    })
}

#[derive(Template)]
#[template(path = "lesson.html")]
struct LessonPage<'a> {
    frame: Frame<'a>,
    texts: &'a LessonTexts,
    statements: Vec<Statement<'a>>,
    columns: Vec<Column<'a>>,
    title: Html,
    /// The lessons of other lengths.
    others: Vec<LessonLink<'a>>,
    parts: Vec<Part<'a>>,
    has_cases: bool,
}

/// A part of the plan.
struct Part<'a> {
    begin: u8,
    end: u8,
    texts: &'a LessonPartTexts,
    /// The numbers of its slides.
    slides: Vec<usize>,
    /// The numbers of its statements.
    statements: Vec<usize>,
}

impl<'a> Part<'a> {
    fn new(texts: &'a LessonTexts, facts: &Facts, begin: u8, part: &LessonPart) -> Option<Self> {
        let numbers = |ids: &[String], all: &mut dyn Iterator<Item = &String>| {
            let numbered = (1..).zip(all).filter(|(_, id)| ids.contains(id));
            numbered.map(|(number, _)| number).collect()
        };
        Some(Self {
            begin,
            end: part.until,
            texts: texts.parts.get(&part.id)?,
            slides: numbers(&part.slides, &mut facts.slides.values().map(|slide| &slide.id)),
            statements: numbers(
                &part.statements,
                &mut facts.quiz.values().map(|statement| &statement.id),
            ),
        })
    }
}

/// `/{language}/school/lesson`
pub async fn show(
    ParameterRequest {
        request,
        parameter: Minutes(minutes),
    }: ParameterRequest<Minutes>,
) -> Response {
    let texts = &request.messages().lesson;
    let facts = &request.catalog().facts;
    let lesson = facts.lessons.values().find(|lesson| lesson.minutes == minutes);
    let parts = lesson.into_iter().flat_map(Lesson::from_the_start);
    let has_cases = lesson.is_some_and(|lesson| lesson.parts.iter().any(|part| part.id == CASES));
    let title = texts.title.fill(&minutes.to_string());
    let mut sections = vec!["lesson.lead", "lesson.before", "lesson.question_list", "lesson.after"];
    sections.extend(has_cases.then_some("lesson.case_list"));
    page(&LessonPage {
        frame: Frame::new(&request, Page::Lesson, title.clone()),
        texts,
        statements: statements(&request, &sections),
        columns: vec![Column::of_page(&request)],
        title,
        others: sheets(&request)
            .filter(|(other, _)| other.minutes != minutes)
            .map(|(_, sheet)| sheet)
            .collect(),
        parts: parts
            .filter_map(|(begin, part)| Part::new(texts, facts, begin, part))
            .collect(),
        has_cases,
    })
}

/// The id of the part in which pupils discuss cases.
const CASES: &str = "cases";
