//! The quiz for a class: the sheet with the statements, and the answers with their sources.

use askama::Template;
use axum::response::Response;
use veto_content::facts::{QuizStatement, Source};
use veto_content::messages::{PlainText, Quiz, QuizTexts};

use super::papers::{Column, PaperChoice, PaperLanguages};
use super::slides::newest;
use super::{Frame, Language, page};
use crate::web::extract::{PageRequest, ParameterRequest};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "quiz.html")]
struct QuizPage<'a> {
    frame: Frame<'a>,
    texts: &'a Quiz,
    columns: Vec<Column<'a>>,
    /// The quiz in the language of each column.
    quizzes: Vec<(Language<'a>, &'a Quiz)>,
    choice: PaperChoice<'a>,
    /// The ids of the statements, in order. The sheet does not know which are true.
    statements: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "quiz_answers.html")]
struct AnswersPage<'a> {
    frame: Frame<'a>,
    texts: &'a Quiz,
    columns: Vec<Column<'a>>,
    answers: Vec<Answer<'a>>,
}

/// The answer to a statement.
struct Answer<'a> {
    texts: &'a QuizTexts,
    /// Whether the statement is true, in words.
    truth: &'a PlainText,
    /// The newest source of each claim.
    sources: Vec<&'a Source>,
}

/// `/{language}/school/quiz`
pub async fn show(
    ParameterRequest {
        request,
        parameter: languages,
    }: ParameterRequest<PaperLanguages>,
) -> Response {
    let texts = &request.messages().quiz;
    let catalog = request.catalog();
    let statements = catalog.facts.quiz.values();
    page(&QuizPage {
        frame: Frame::new(&request, Page::Quiz, &texts.title),
        texts,
        columns: Column::all(&request, languages),
        quizzes: languages
            .of_site(&request)
            .map(|id| (Language(catalog.language(id)), &catalog.messages(id).quiz))
            .collect(),
        choice: PaperChoice::new(&request, Page::Quiz, languages),
        statements: statements.map(|statement| statement.id.as_str()).collect(),
    })
}

/// `/{language}/school/quiz/answers`
pub async fn answers(request: PageRequest) -> Response {
    let texts = &request.messages().quiz;
    let facts = &request.catalog().facts;
    let answer = |statement: &QuizStatement| {
        let claims = statement.claims.iter().filter_map(|key| facts.claims.get(key));
        Some((
            texts.statements.get(&statement.id)?,
            statement.truth,
            claims.filter_map(newest).collect(),
        ))
    };
    let answers = facts.quiz.values().filter_map(answer);
    page(&AnswersPage {
        frame: Frame::new(&request, Page::Answers, &texts.answers_title),
        texts,
        columns: vec![Column::of_page(&request)],
        answers: answers
            .map(|(statement, truth, sources)| Answer {
                texts: statement,
                truth: texts.of(truth),
                sources,
            })
            .collect(),
    })
}
