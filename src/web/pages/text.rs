//! The text for Meta: the part of a page that hands it over, and the text alone.

use std::borrow::Cow;

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::super::address::{Link, NO_QUERY, Page, Query};
use super::super::headers::PAGE_CACHE;
use super::super::visit::{Visit, Walk};
use crate::journey::{Choices, Edition, GroundChoices, Grounds, Key, Length, Plan, Step, objection};
use crate::words::{Html, Label, TextPage};

/// The field with the text, and the choices that make it.
#[derive(Template)]
#[template(path = "parts/copy_box.html")]
pub struct CopyBox<'a> {
    words: &'a TextPage,
    /// Makes the ids of several boxes on one page differ.
    id: &'static str,
    label: &'a Label,
    /// Escaped once: it stands in the page twice.
    text: Html,
    characters: usize,
    /// The language of the text.
    language: &'a str,
    /// Where the reason comes from, and the text alone; not for letters.
    more: Option<(&'a Html, Link<'a>)>,
}

impl<'a> CopyBox<'a> {
    /// The box with the text of `plan`, whose choices are written as `query`.
    pub fn new(visit: &'a Visit, plan: &Plan, query: &'a Query, id: &'static str) -> Self {
        let words = &visit.edition().words.text;
        let place = visit.text_edition();
        let edition = &visit.library().editions[place];
        let text = objection::compose(plan, visit.library(), place);
        let origin = if !plan.choices().grounds.is_empty() {
            &words.own
        } else if edition.tested_sentence_translated {
            &words.tested_translated
        } else {
            &words.tested
        };
        Self {
            words,
            id,
            label: &words.label,
            characters: text.chars().count(),
            text: Html::escaped(&text),
            language: &edition.words.code,
            more: Some((origin, visit.link(Page::Text).with(query))),
        }
    }

    /// The box with the text of a letter.
    pub fn letter(visit: &'a Visit, text: &str, language: &'a str) -> Self {
        let words = &visit.edition().words;
        Self {
            words: &words.text,
            id: "letter",
            label: &words.letter.text,
            characters: text.chars().count(),
            text: Html::escaped(text),
            language,
            more: None,
        }
    }
}

/// The grounds to tick, a part of the form of [`TextChoices`].
#[derive(Template)]
#[template(path = "parts/ground_choices.html")]
struct GroundFields<'a> {
    words: &'a TextPage,
    groups: &'a [GroundChoices],
    ticked: Grounds,
}

impl GroundFields<'_> {
    fn of(edition: &Edition, ticked: Grounds) -> Html {
        let fields = GroundFields {
            words: &edition.words.text,
            groups: &edition.grounds,
            ticked,
        };
        // Rendering writes into a String and cannot fail.
        Html::new(fields.render().unwrap_or_default())
    }
}

/// The grounds with none ticked, as most visitors see them. A quarter of the pieces of that page, so they are put together
/// only once.
pub fn unticked(edition: &Edition) -> Html {
    GroundFields::of(edition, Grounds::default())
}

/// The choices that make the text, as a form.
#[derive(Template)]
#[template(path = "parts/text_choices.html")]
pub struct TextChoices<'a> {
    words: &'a TextPage,
    choices: &'a Choices,
    /// The grounds, see [`GroundFields`].
    grounds: Cow<'a, Html>,
    /// The languages that a text can have: code, name, whether it is this one.
    languages: Vec<(&'a str, &'a Label, bool)>,
    /// The other choices, which the form carries along.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// Where the form leads.
    action: Link<'a>,
    /// The choices without those of this form that can be taken back, if there are any.
    reset: Option<Query>,
    open: bool,
}

impl<'a> TextChoices<'a> {
    /// The form for the text of `walk`.
    pub fn new(walk: &'a Walk) -> Self {
        let Walk { visit, plan } = walk;
        let library = visit.library();
        let choices = plan.choices();
        let current = visit.text_edition();
        let languages = library.editions.iter().enumerate().map(|(place, edition)| {
            (
                edition.words.code.as_str(),
                &edition.words.common.language,
                place == current,
            )
        });
        let without_grounds = Choices {
            grounds: Grounds::default(),
            ..*choices
        };
        let grounds = if choices.grounds.is_empty() {
            Cow::Borrowed(&visit.site.unticked[visit.edition])
        } else {
            GroundFields::of(visit.edition(), choices.grounds).into()
        };
        Self {
            words: &visit.edition().words.text,
            choices,
            grounds,
            languages: languages.collect(),
            kept: choices.except(&[Key::Length, Key::Text, Key::Ground], library),
            action: visit.link(Page::Step(Step::Explain)).with(&NO_QUERY),
            reset: (!choices.grounds.is_empty()).then(|| Query::of(&without_grounds, library)),
            open: !choices.grounds.is_empty() || choices.length == Length::Full,
        }
    }

    fn full(&self) -> bool {
        self.choices.length == Length::Full
    }
}

/// `/{language}/text.txt`: the text alone.
pub async fn show(Walk { visit, plan }: Walk) -> Response {
    let place = visit.text_edition();
    let text = objection::compose(&plan, visit.library(), place);
    let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
    (
        [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, PAGE_CACHE)],
        text + "\n",
    )
        .into_response()
}
