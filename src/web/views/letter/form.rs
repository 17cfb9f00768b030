//! The form for what a letter needs.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use veto_content::messages::{FieldTexts, Html, LetterFormTexts, LetterPage, PlainText};
use veto_guide::letter::{Field, FieldError, LetterInput, OUTCOMES};

use super::{LetterForm, authority};
use crate::web::page::Page;
use crate::web::views::evidence::{Statement, statements};
use crate::web::views::language::{self, Language, LanguageChoice, LanguageOption};
use crate::web::views::text::Tick;
use crate::web::views::{Frame, page};

#[derive(Template)]
#[template(path = "letter_form.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    texts: &'a LetterPage,
    letter_texts: &'a LetterFormTexts,
    statements: Vec<Statement<'a>>,
    /// Whether a field has an error.
    invalid: bool,
    fields: Vec<FormField<'a>>,
    /// The options for the outcome: value, name.
    outcomes: Vec<(&'static str, &'a PlainText)>,
    /// The field for the language of the letter, with a remark where the recipient is known to accept it.
    language: LanguageChoice<'a>,
    /// Whether it is not settled which company is the controller, so that the letter names two.
    two_companies: bool,
    /// The grounds to tick, if the letter repeats the objection.
    ticks: Vec<Tick<'a>>,
}

/// A field of the form.
struct FormField<'a> {
    name: &'static str,
    texts: &'a FieldTexts,
    value: &'a str,
    /// The number of lines to show; with one it is a field of one line.
    lines: usize,
    required: bool,
    /// Whether it has a fixed set of values.
    choice: bool,
    error: Option<Html>,
    /// The ids of help and error, for `aria-describedby`.
    described_by: String,
}

impl<'a> LetterForm<'a> {
    pub(super) fn form(&self, input: &'a LetterInput, errors: &[(Field, FieldError)]) -> Response {
        let request = &self.plan_request.request;
        let texts = self.texts();
        let letter_texts = self.letter.form_texts(texts, self.law());
        let brackets = &request.messages().common.punctuation.brackets;
        let (accepted, chosen) = (self.accepted(), self.language(&input.language));
        let options = language::of_letters(request).into_iter().map(|id| LanguageOption {
            language: Language(request.catalog().language(id)),
            chosen: id == chosen,
            remark: (self.authority.is_some() && accepted.contains(&id))
                .then(|| brackets.fill(texts.accepted.as_str())),
        });
        let foreign = self.authority.filter(|_| accepted.is_empty());
        let two_companies = self.authority.is_none() && self.controller().also.is_some();
        let ticks = if self.letter.has_grounds() {
            Tick::all(request, self.grounds(input), false)
        } else {
            Vec::new()
        };
        let response = page(&FormPage {
            frame: self.frame(&letter_texts.title),
            texts,
            letter_texts,
            statements: statements(
                request,
                if two_companies {
                    &["letter_forms.two_companies"]
                } else {
                    &[]
                },
            ),
            invalid: !errors.is_empty(),
            fields: self.fields(input, errors),
            outcomes: OUTCOMES
                .iter()
                .filter_map(|outcome| Some((outcome.as_str(), texts.outcomes.get(outcome.as_str())?)))
                .collect(),
            language: LanguageChoice {
                name: "language",
                label: &texts.language,
                note: foreign.map(|authority| {
                    let languages = authority::languages(request, authority);
                    texts.not_accepted.fill(languages.as_str())
                }),
                options: options.collect(),
            },
            two_companies,
            ticks: ticks.into_iter().map(|(_, tick)| tick).collect(),
        });
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::BAD_REQUEST
        };
        (status, response).into_response()
    }

    /// The fields of the form with their input and errors.
    fn fields(&self, input: &'a LetterInput, errors: &[(Field, FieldError)]) -> Vec<FormField<'a>> {
        let form_field = |field: &Field| {
            let name = field.as_str();
            let texts = self.texts().fields.get(name)?;
            let error = errors.iter().find(|(invalid, _)| invalid == field);
            let error = error.map(|(_, error)| self.error_text(*error));
            let help_id = texts.help.as_ref().map(|_| format!("{name}-help"));
            let error_id = error.as_ref().map(|_| format!("{name}-error"));
            Some(FormField {
                name,
                texts,
                value: input.get(*field),
                lines: field.lines().div_ceil(2),
                required: self.letter.requires(*field),
                choice: *field == Field::Outcome,
                error,
                described_by: help_id.into_iter().chain(error_id).collect::<Vec<_>>().join(" "),
            })
        };
        self.letter.fields().iter().filter_map(form_field).collect()
    }

    fn error_text(&self, error: FieldError) -> Html {
        let texts = &self.texts().field_errors;
        let format = &self.plan_request.request.messages().format;
        let plain = |text: &PlainText| Html::new(text.as_str());
        match error {
            FieldError::Missing => plain(&texts.missing),
            FieldError::TooLong(limit) => format.count(&texts.too_long, limit),
            FieldError::TooManyLines(limit) => format.count(&texts.too_many_lines, limit),
            FieldError::Unreadable => plain(&texts.unreadable),
            FieldError::InvalidDay => plain(&texts.no_day),
            FieldError::NothingCame => plain(&texts.nothing_came),
            FieldError::BeforeObjection => plain(&texts.before_objection),
            FieldError::TooEarly(day) => texts.too_early.fill(&format.day(day)),
        }
    }
}
