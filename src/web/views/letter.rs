//! Letters: a form for what the letter needs, a page to check the input, and the letter.
//!
//! Input comes by POST; the responses are `no-store`, and the input is never written to an address, log or file.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use veto_content::catalog::LocaleId;
use veto_content::facts::{Authority, Controller, Ground, IdSet, Law, Sources};
use veto_content::messages::{FieldTexts, Html, LetterFormTexts, LetterPage, PlainText, Separator};
use veto_guide::letter::{Field, FieldError, LetterDocument, LetterInput, OUTCOMES, ValidatedInput, accepted_locales};
use veto_guide::{Day, Letter};

use super::authority;
use super::copy_box::CopyBox;
use super::evidence::statements;
use super::language::{Language, LanguageChoice, LanguageOption};
use super::text::Tick;
use super::translation::Translation;
use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::{FormBody, PlanRequest, Slug};
use crate::web::headers::NO_STORE;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "letter_form.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    texts: &'a LetterPage,
    letter_texts: &'a LetterFormTexts,
    statements: Vec<&'a Html>,
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

#[derive(Template)]
#[template(path = "letter_check.html")]
struct CheckPage<'a> {
    frame: Frame<'a>,
    texts: &'a LetterPage,
    /// The input: label and value of each field.
    rows: Vec<(&'a PlainText, Html)>,
    recipient: &'a [String],
    /// The sources of the recipient's address.
    sources: &'a Sources,
    /// The input for hidden fields.
    hidden: Vec<(&'static str, &'a str)>,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct DocumentPage<'a> {
    frame: Frame<'a>,
    texts: &'a LetterPage,
    statements: Vec<&'a Html>,
    document: &'a LetterDocument,
    /// Between the lines of the sender's address in the window of the envelope: that of the letter's language.
    separator: &'a Separator,
    /// The language of the letter.
    language: Language<'a>,
    paragraphs: Vec<&'a str>,
    copy_box: CopyBox<'a>,
    translation: Option<Translation<'a>>,
    /// The authority, if it is the recipient.
    authority: Option<&'a Authority>,
    /// The e-mail with the letter, as a link.
    mail: Option<String>,
    /// The input for hidden fields.
    hidden: Vec<(&'static str, &'a str)>,
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

/// What the pages of a letter have in common, apart from its input.
struct LetterForm<'a> {
    letter: Letter,
    plan_request: &'a PlanRequest,
    /// The authority, if it is the recipient.
    authority: Option<&'a Authority>,
    today: Day,
    /// Whether the form was submitted. Then there are no links to other languages: the input would be lost.
    submitted: bool,
}

impl<'a> LetterForm<'a> {
    /// The form for `letter`; or else the page that asks for the region, if the recipient depends on it.
    fn new(letter: Letter, plan_request: &'a PlanRequest, submitted: bool) -> Result<Self, Response> {
        let PlanRequest { request, plan } = plan_request;
        let authority = match letter {
            Letter::Complaint => match plan.authority(request.catalog()) {
                None => return Err(authority::ask(request, Page::Letter(letter))),
                authority => authority,
            },
            _ => None,
        };
        let today = request
            .state
            .settings
            .clock
            .today()
            .ok_or_else(|| HttpError::Internal.into_response())?;
        Ok(Self {
            letter,
            plan_request,
            authority,
            today,
            submitted,
        })
    }

    fn texts(&self) -> &'a LetterPage {
        &self.plan_request.request.messages().letter_forms
    }

    fn frame(&self, title: &'a PlainText) -> Frame<'a> {
        let mut frame = Frame::new(&self.plan_request.request, Page::Letter(self.letter), title);
        if self.submitted {
            frame.switch = None;
        }
        frame
    }

    fn law(&self) -> &'a Law {
        let PlanRequest { request, plan } = self.plan_request;
        plan.law(request.catalog())
    }

    /// The company of Meta that letters go to.
    fn controller(&self) -> &'a Controller {
        let PlanRequest { request, plan } = self.plan_request;
        plan.controller(request.catalog())
    }

    /// The languages in which the recipient accepts the letter.
    fn accepted(&self) -> Vec<LocaleId> {
        let catalog = self.plan_request.request.catalog();
        match self.authority {
            Some(authority) => accepted_locales(authority, catalog),
            None => catalog.letter_languages().map(|(id, _)| id).collect(),
        }
    }

    /// The language of the letter: the requested one; or else that of the page, if the recipient accepts it; or else the
    /// first that the recipient accepts.
    fn language(&self, requested: &str) -> LocaleId {
        let request = &self.plan_request.request;
        let accepted = self.accepted();
        let own = request.text_locale();
        let fitting = accepted.iter().find(|id| **id == own).or(accepted.first());
        let requested = request.catalog().letter_locale(requested);
        requested.unwrap_or_else(|| fitting.copied().unwrap_or(own))
    }

    fn form(&self, input: &'a LetterInput, errors: &[(Field, FieldError)]) -> Response {
        let request = &self.plan_request.request;
        let texts = self.texts();
        let letter_texts = self.letter.form_texts(texts, self.law());
        let brackets = &request.messages().common.punctuation.brackets;
        let (accepted, language) = (self.accepted(), self.language(&input.language));
        let options = request.catalog().letter_languages().map(|(id, own)| LanguageOption {
            language: Language(own),
            chosen: id == language,
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

    /// The letter.
    ///
    /// # Errors
    /// Not found, if no language has letters.
    fn document(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<LetterDocument, HttpError> {
        self.document_in(self.language(&input.language), valid)
            .ok_or(HttpError::NotFound)
    }

    /// The letter in `language`; `None` if it has no letters.
    fn document_in(&self, language: LocaleId, valid: &ValidatedInput) -> Option<LetterDocument> {
        let PlanRequest { request, plan } = self.plan_request;
        let catalog = request.catalog();
        self.letter
            .compose(plan, catalog, language, self.authority, valid, self.today)
    }

    /// The grounds that were ticked.
    fn grounds(&self, input: &LetterInput) -> IdSet<Ground> {
        let facts = &self.plan_request.request.catalog().facts;
        facts.grounds_of(input.grounds.iter().map(String::as_str))
    }

    /// The sources of the recipient's address.
    fn sources(&self) -> &'a Sources {
        let controller = self.controller();
        self.authority
            .map_or(&controller.sources, |authority| &authority.sources)
    }

    /// The page to check the input.
    fn check(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<Response, HttpError> {
        let texts = self.texts();
        let format = &self.plan_request.request.messages().format;
        let fields = self.letter.fields().iter();
        let rows = fields.filter_map(|field| {
            let value = input.get(*field).trim();
            let value = match (valid.day(*field), valid.outcome()) {
                _ if value.is_empty() => return None,
                (Some(day), _) => Html::new(format.day(day.date())),
                (None, Some(outcome)) if *field == Field::Outcome => {
                    Html::new(texts.outcomes.get(outcome.as_str())?.as_str())
                }
                _ => Html::escaped(value),
            };
            Some((&texts.fields.get(field.as_str())?.label, value))
        });
        let document = self.document(input, valid)?;
        Ok(page(&CheckPage {
            frame: self.frame(&texts.check),
            texts,
            rows: rows.collect(),
            recipient: &document.recipient,
            sources: self.sources(),
            hidden: self.hidden(input),
        }))
    }

    /// The page with the letter.
    fn show(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<Response, HttpError> {
        let texts = self.texts();
        let request = &self.plan_request.request;
        let document = self.document(input, valid)?;
        let language = Language(request.catalog().language(document.language));
        let translate = |own| {
            self.document_in(own, valid)
                .map(|letter| letter.text())
                .unwrap_or_default()
        };
        let instructions = match self.authority {
            Some(_) => "letter_forms.use_authority",
            None => "letter_forms.use_meta",
        };
        let email = self.authority.and_then(|authority| authority.email.as_ref());
        Ok(page(&DocumentPage {
            frame: self.frame(&texts.done),
            texts,
            statements: statements(request, &[instructions]),
            language,
            paragraphs: document.body.split("\n\n").collect(),
            separator: &request
                .catalog()
                .messages(document.language)
                .common
                .punctuation
                .separator,
            copy_box: CopyBox::letter(request, &document.text(), language),
            translation: Translation::new(request, document.language, translate),
            authority: self.authority,
            mail: email.map(|address| mailto(address, &document)),
            hidden: self.hidden(input),
            document: &document,
        }))
    }

    /// The letter as a text file.
    fn file(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<Response, HttpError> {
        let disposition = format!("attachment; filename=\"{}.txt\"", self.texts().file_name);
        let Ok(disposition) = HeaderValue::try_from(disposition) else {
            return Err(HttpError::Internal);
        };
        let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
        let headers = [
            (header::CONTENT_TYPE, media_type),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        Ok((headers, self.document(input, valid)?.text()).into_response())
    }

    /// The input for the hidden fields of the pages that follow.
    fn hidden<'b>(&self, input: &'b LetterInput) -> Vec<(&'static str, &'b str)> {
        let fields = self.letter.fields().iter();
        let fields = fields.map(|field| (field.as_str(), input.get(*field)));
        let grounds = input.grounds.iter().map(|ground| ("ground", ground.as_str()));
        fields
            .chain([("language", input.language.as_str())])
            .chain(grounds)
            .collect()
    }
}

/// A letter as a link that opens an e-mail with it (RFC 6068).
fn mailto(address: &str, document: &LetterDocument) -> String {
    let encoded = |text: &str| utf8_percent_encode(&text.replace('\n', "\r\n"), NON_ALPHANUMERIC).to_string();
    format!(
        "mailto:{address}?subject={}&body={}",
        encoded(&document.subject),
        encoded(&document.message())
    )
}

/// `GET /{language}/letter/{slug}`: the form, with the day of the objection if it is known.
pub async fn form(Slug(letter): Slug<Letter>, plan_request: PlanRequest) -> Response {
    let mut input = LetterInput::default();
    let PlanRequest { request, plan } = &plan_request;
    let entry = request.choices.entry(plan.form());
    if let Some(day) = entry.and_then(|entry| entry.day) {
        input.set(Field::Day, day.to_string());
    }
    match LetterForm::new(letter, &plan_request, false) {
        Ok(form) => form.form(&input, &[]),
        Err(question) => question,
    }
}

/// `POST /{language}/letter/{slug}`: checks the input, then shows it, the form again, the letter, or the letter as a file.
pub async fn submit(Slug(letter): Slug<Letter>, plan_request: PlanRequest, FormBody(body): FormBody) -> Response {
    let form = match LetterForm::new(letter, &plan_request, true) {
        Ok(form) => form,
        Err(question) => return question,
    };
    let input = LetterInput::parse(&body);
    let grounds = form.grounds(&input);
    let checked = letter.check(&input, form.today, form.law());
    let checked = checked.map(|valid| valid.with_grounds(grounds));
    let response = match (checked, input.next.as_str()) {
        (_, "change") => form.form(&input, &[]),
        (Err(errors), _) => form.form(&input, &errors),
        (Ok(valid), "letter") => form.show(&input, &valid).into_response(),
        (Ok(valid), "file") => form.file(&input, &valid).into_response(),
        (Ok(valid), _) => form.check(&input, &valid).into_response(),
    };
    ([(header::CACHE_CONTROL, NO_STORE)], response).into_response()
}
