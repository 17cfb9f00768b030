//! A text to copy: the field with its copy button.

use askama::Template;
use veto_content::facts::IdSet;
use veto_content::messages::{CopyTexts, Html, PlainText, Separator, SinglePattern, TextPage};
use veto_guide::{Plan, objection};

use super::language::Language;
use super::text::origin;
use super::translation::Translation;
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

/// The words around a text to copy.
#[derive(Clone, Copy)]
pub struct CopyWords<'a> {
    /// What to do with the text.
    pub help: Option<&'a Html>,
    pub copy: &'a PlainText,
    pub copied: &'a PlainText,
    pub copy_failed: &'a PlainText,
    pub characters: &'a SinglePattern,
    pub plain: &'a PlainText,
}

impl<'a> From<&'a TextPage> for CopyWords<'a> {
    fn from(texts: &'a TextPage) -> Self {
        Self {
            help: Some(&texts.help),
            copy: &texts.copy,
            copied: &texts.copied,
            copy_failed: &texts.copy_failed,
            characters: &texts.characters,
            plain: &texts.plain,
        }
    }
}

impl<'a> From<&'a CopyTexts> for CopyWords<'a> {
    fn from(texts: &'a CopyTexts) -> Self {
        Self {
            help: Some(&texts.help),
            copy: &texts.copy,
            copied: &texts.copied,
            copy_failed: &texts.copy_failed,
            characters: &texts.characters,
            plain: &texts.plain,
        }
    }
}

/// The text field with its copy button.
#[derive(Template)]
#[template(path = "parts/copy_box.html")]
pub struct CopyBox<'a> {
    texts: CopyWords<'a>,
    /// The id, unique on the page.
    id: &'a str,
    label: &'a PlainText,
    /// Escaped once, since the page contains it twice.
    text: Html,
    characters: usize,
    /// The language of the text.
    language: Language<'a>,
    /// The origin of the reason, and the link to the text alone; none for letters.
    more: Option<(&'a Html, Link<'a>)>,
    /// Between the number of characters and the origin.
    separator: &'a Separator,
    translation: Option<Translation<'a>>,
}

impl<'a> CopyBox<'a> {
    /// The box with the text of `plan`, whose choices are `query`.
    pub fn new(request: &'a PageRequest, plan: &Plan, query: &'a Query, id: &'a str) -> Self {
        let texts = &request.messages().text;
        let locale = request.text_locale();
        let catalog = request.catalog();
        let language = Language(catalog.language(locale));
        let compose = |locale| objection::compose(plan, IdSet::default(), catalog, locale);
        let text = compose(locale);
        let more = Some((origin(texts, false, language), request.link(Page::Text).with(query)));
        Self {
            more,
            translation: Translation::new(request, locale, compose),
            ..Self::alone(request, texts.into(), id, &texts.label, &text, language)
        }
    }

    /// The box with the text of a letter.
    pub fn letter(request: &'a PageRequest, text: &str, language: Language<'a>) -> Self {
        let messages = request.messages();
        let label = &messages.letter_forms.text;
        Self::alone(request, (&messages.text).into(), "letter", label, text, language)
    }

    /// The box with a message to somebody.
    pub fn message(request: &'a PageRequest, label: &'a PlainText, text: &Html) -> Self {
        let language = Language(request.catalog().language(request.locale));
        let words = CopyWords {
            help: None,
            ..CopyWords::from(&request.messages().journey.copy)
        };
        Self::alone(request, words, "message", label, &text.to_plain(), language)
    }

    /// The box with a text of a journey on one page.
    pub fn journey(
        request: &'a PageRequest,
        id: &'a str,
        label: &'a PlainText,
        text: &str,
        language: Language<'a>,
        translation: Option<Translation<'a>>,
    ) -> Self {
        let texts = &request.messages().journey.copy;
        let words = CopyWords {
            // It speaks of the dots that are to be filled in.
            help: text.contains('…').then_some(&texts.help),
            ..CopyWords::from(texts)
        };
        Self {
            translation,
            ..Self::alone(request, words, id, label, text, language)
        }
    }

    /// The box with a text that no other page has.
    fn alone(
        request: &'a PageRequest,
        texts: CopyWords<'a>,
        id: &'a str,
        label: &'a PlainText,
        text: &str,
        language: Language<'a>,
    ) -> Self {
        Self {
            texts,
            id,
            label,
            characters: text.chars().count(),
            text: Html::escaped(text),
            language,
            more: None,
            separator: &request.messages().common.punctuation.separator,
            translation: None,
        }
    }
}
