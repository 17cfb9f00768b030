//! The page to check the input, and the letter.

use askama::Template;
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use veto_content::facts::{Authority, Sources};
use veto_content::messages::{Html, LetterPage, PlainText, Separator};
use veto_guide::letter::{Field, LetterDocument, LetterInput, ValidatedInput};

use super::LetterForm;
use crate::web::error::HttpError;
use crate::web::page::Page;
use crate::web::views::copy_box::CopyBox;
use crate::web::views::evidence::{Statement, statements};
use crate::web::views::language::Language;
use crate::web::views::translation::Translation;
use crate::web::views::{Frame, page};

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
    statements: Vec<Statement<'a>>,
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

impl<'a> LetterForm<'a> {
    /// The sources of the recipient's address.
    fn sources(&self) -> &'a Sources {
        let controller = self.controller();
        self.authority
            .map_or(&controller.sources, |authority| &authority.sources)
    }

    /// The page to check the input.
    pub(super) fn check(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<Response, HttpError> {
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
    pub(super) fn show(&self, input: &LetterInput, valid: &ValidatedInput) -> Result<Response, HttpError> {
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
