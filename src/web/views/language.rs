//! The language of a page or of a part of it, as attributes, the field to choose one, and the order of those to choose from.

use std::fmt;
use std::iter::once;
use std::ops::Deref;

use askama::Template;
use askama::filters::HtmlSafe;
use veto_content::catalog::{Catalog, DEFAULT_FALLBACK, LocaleId};
use veto_content::facts::CountryId;
use veto_content::messages::{self, Html, Origin, PlainText};

use super::layout;
use crate::web::extract::PageRequest;

/// A language that is offered. Writes itself into HTML as `lang="de" dir="ltr"`.
#[derive(Clone, Copy, Debug)]
pub struct Language<'a>(pub &'a messages::Language);

impl Language<'_> {
    /// Whether its texts are a translation by a machine that no native speaker has read.
    pub fn is_unread_translation(self) -> bool {
        self.origin == Origin::Machine && !self.reviewed_by_native_speaker
    }
}

impl Deref for Language<'_> {
    type Target = messages::Language;

    fn deref(&self) -> &Self::Target {
        self.0
    }
}

impl HtmlSafe for Language<'_> {}

impl askama::FastWritable for Language<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        // The code is the name of a folder of `locales/`: letters, digits and hyphens.
        for part in ["lang=\"", &self.code, "\" dir=\"", self.direction.as_str(), "\""] {
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Display for Language<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        askama::FastWritable::write_into(self, f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}

/// The field of a form for a language: a card for each, or a list if they are many.
#[derive(Template)]
#[template(path = "parts/language_choice.html")]
pub struct LanguageChoice<'a> {
    /// The name of the field.
    pub name: &'static str,
    /// Its label.
    pub label: &'a PlainText,
    /// What to know before the choice.
    pub note: Option<Html>,
    /// The languages.
    pub options: Vec<LanguageOption<'a>>,
}

/// A language that can be chosen.
pub struct LanguageOption<'a> {
    /// The language.
    pub language: Language<'a>,
    /// Whether it is chosen.
    pub chosen: bool,
    /// A remark beside its name, in brackets.
    pub remark: Option<Html>,
}

impl LanguageChoice<'_> {
    /// The largest number of cards. More would be longer than the screen of a phone.
    const CARDS: usize = 6;

    fn is_list(&self) -> bool {
        self.options.len() > Self::CARDS
    }
}

/// The likely languages of a visitor: that of the page, the official ones of their country, English and the fallback.
pub fn likely(catalog: &Catalog, current: LocaleId, country: Option<CountryId>) -> Vec<LocaleId> {
    let official = country.map(|country| catalog.facts.countries[country].languages.as_slice());
    let official = official.unwrap_or_default().iter().map(String::as_str);
    let offered = official
        .chain([DEFAULT_FALLBACK])
        .filter_map(|code| catalog.locale(code));
    let mut likely = Vec::new();
    for id in once(current).chain(offered).chain([catalog.fallback()]) {
        if !likely.contains(&id) {
            likely.push(id);
        }
    }
    likely
}

/// The place of each language in a list for the visitor: the likely ones first, then the others in the order of their names.
pub fn places(request: &PageRequest) -> impl Fn(LocaleId) -> usize {
    let catalog = request.catalog();
    let likely = likely(catalog, request.address_locale, layout::country(request));
    move |id| {
        let place = likely.iter().position(|likely| *likely == id);
        place.unwrap_or_else(|| likely.len() + usize::from(catalog.language(id).place))
    }
}

/// The languages in which the text for Meta and the letters can be handed in, in the order for the visitor.
pub fn of_letters(request: &PageRequest) -> Vec<LocaleId> {
    let mut languages: Vec<_> = request.catalog().letter_languages().map(|(id, _)| id).collect();
    let place = places(request);
    languages.sort_by_cached_key(|id| place(*id));
    languages
}
