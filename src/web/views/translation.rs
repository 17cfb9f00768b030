//! A text for others in the reader's own language, beside the one that is handed in.

use askama::Template;
use veto_content::catalog::LocaleId;
use veto_content::facts::{Ground, IdSet};
use veto_content::messages::{Html, PlainText};
use veto_guide::change::ChangedText;

use super::language::Language;
use crate::web::extract::PageRequest;

/// A text in the language of the page, to be read only.
#[derive(Template)]
#[template(path = "parts/translation.html")]
pub struct Translation<'a> {
    label: &'a PlainText,
    language: Language<'a>,
    text: Html,
}

impl<'a> Translation<'a> {
    /// The translation of a text in the language `of`, which `compose` writes in the language of the page. `None` if that is the
    /// language of the text, or if `compose` has none: an empty one.
    pub fn new(request: &'a PageRequest, of: LocaleId, compose: impl FnOnce(LocaleId) -> String) -> Option<Self> {
        let own = request.address_locale;
        let text = (own != of).then(|| compose(own)).filter(|text| !text.is_empty())?;
        Some(Self {
            label: &request.messages().text.translation,
            language: Language(request.catalog().language(own)),
            text: Html::escaped(&text),
        })
    }

    /// As [`Translation::new`], of a text that is composed of grounds. `None` also if `changed` has it in the person's own words.
    pub fn of_changed(
        request: &'a PageRequest,
        of: LocaleId,
        changed: Option<&ChangedText>,
        compose: impl FnOnce(LocaleId, IdSet<Ground>) -> String,
    ) -> Option<Self> {
        let applied = changed.map(|changed| changed.applied).unwrap_or_default();
        let is_composed = changed.is_none_or(ChangedText::is_composed);
        Self::new(request, of, |own| compose(own, applied)).filter(|_| is_composed)
    }
}
