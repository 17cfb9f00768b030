//! The quiz for a class: whether a statement is true stands in `data/`, and on the sheet for pupils not at all.

use super::page::{Page, contains, shown, squeeze};
use super::repository::{data, entries, languages, list, sources, text};
use super::site::path;
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

#[test]
fn the_sheet_has_every_statement_and_no_answer() {
    for language in languages() {
        let words = Words::of(language);
        let sheet = Page::get(path(&words, "quiz.title"));
        let rows: Vec<String> = sheet.select("ol.quiz > li").into_iter().map(shown).collect();
        let statements = entries("quiz", "statement");
        assert_eq!(rows.len(), statements.len(), "{language}");
        for (row, statement) in rows.iter().zip(statements) {
            let key = |part: &str| format!("quiz.statements.{}.{part}", text(statement, "id"));
            contains(&sheet.path, row, &words.plain(&key("statement")));
            for part in ["fact", "why"] {
                sheet.must_not_show(&words.plain(&key(part)));
            }
            for choice in ["true", "false", "open"] {
                contains(&sheet.path, row, &words.plain(&format!("quiz.{choice}")));
            }
        }
    }
}

#[test]
fn each_answer_has_its_fact_what_stands_in_data_and_a_dated_source_of_each_claim() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(path(&words, "quiz.answers_title"));
        let answers = page.select("ol.quiz-answers > li");
        let statements = entries("quiz", "statement");
        assert_eq!(answers.len(), statements.len(), "{language}");
        for (answer, statement) in answers.into_iter().zip(statements) {
            let answer = shown(answer);
            let key = |part: &str| words.plain(&format!("quiz.statements.{}.{part}", text(statement, "id")));
            let truth = words.plain(&format!("quiz.{}", text(statement, "truth")));
            let beginning = squeeze(&format!("{}{truth}", key("fact")));
            assert!(squeeze(&answer).starts_with(&beginning), "{language}: {answer}");
            contains(&page.path, &answer, &key("why"));
            // A false statement is not said once more by the title of its answer.
            assert!(
                !squeeze(&key("fact")).contains(&squeeze(&key("statement"))),
                "{language}: {answer}"
            );
            for claim in list(statement, "claims") {
                let sources = sources(&data("claims")[claim]).iter();
                let newest = sources.max_by_key(|source| text(source, "checked")).expect("a source");
                contains(&page.path, &answer, &words.source(newest).date);
            }
        }
    }
}

#[test]
fn a_statement_about_which_sources_contradict_each_other_must_be_open() {
    let statement = entries("quiz", "statement")
        .iter()
        .find(|it| text(it, "truth") != "open");
    let claim = list(statement.expect("a statement"), "claims")[0];
    let folder = Folder::new();
    let changed =
        format!("[{claim}]\nconfidence = \"conflicting\"\nsources = [{{ source = \"a test\", checked = \"2026\" }}]\n");
    folder.write("data/claims.toml", &changed);
    let error = Site::fault(folder.path());
    assert!(error.contains("quiz.toml") && error.contains(claim), "{error}");
}
