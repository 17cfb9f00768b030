//! The text for Meta: the copy box and its options, and the text alone.

use std::borrow::Cow;

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use veto_content::facts::{Facts, GroundGroup, Part};
use veto_content::messages::{Html, Messages, PlainText, Separator, TextPage, WordingOrigin};
use veto_guide::{Choices, Key, Length, Plan, Step, objection};

use super::language::{Language, LanguageChoice, LanguageOption};
use crate::web::extract::{PageRequest, PlanRequest};
use crate::web::headers::PAGE_CACHE;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

/// The text field with its copy button.
#[derive(Template)]
#[template(path = "parts/copy_box.html")]
pub struct CopyBox<'a> {
    texts: &'a TextPage,
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
}

impl<'a> CopyBox<'a> {
    /// The box with the text of `plan`, whose choices are `query`.
    pub fn new(request: &'a PageRequest, plan: &Plan, query: &'a Query, id: &'a str) -> Self {
        let texts = &request.messages().text;
        let locale = request.text_locale();
        let catalog = request.catalog();
        let language = Language(catalog.language(locale));
        let text = objection::compose(plan, catalog, locale);
        let origin = if !plan.choices().grounds().is_empty() {
            &texts.own
        } else if language.tested_sentence.wording == WordingOrigin::Published {
            &texts.tested
        } else {
            &texts.tested_translated
        };
        Self {
            texts,
            id,
            label: &texts.label,
            characters: text.chars().count(),
            text: Html::escaped(&text),
            language,
            more: Some((origin, request.link(Page::Text).with(query))),
            separator: &request.messages().common.punctuation.separator,
        }
    }

    /// The box with the text of a letter.
    pub fn letter(request: &'a PageRequest, text: &str, language: Language<'a>) -> Self {
        let messages = request.messages();
        Self {
            texts: &messages.text,
            id: "letter",
            label: &messages.letter_forms.text,
            characters: text.chars().count(),
            text: Html::escaped(text),
            language,
            more: None,
            separator: &messages.common.punctuation.separator,
        }
    }
}

/// The form with the choices for the text.
#[derive(Template)]
#[template(path = "parts/text_choices.html")]
pub struct TextChoices<'a> {
    texts: &'a TextPage,
    messages: &'a Messages,
    facts: &'a Facts,
    choices: &'a Choices,
    /// The field for the language of the text, if there are several.
    language: Option<LanguageChoice<'a>>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The target of the form.
    action: Link<'a>,
    /// The choices without the grounds, if there are any.
    reset: Option<Query>,
    /// Whether the form is expanded.
    open: bool,
}

impl<'a> TextChoices<'a> {
    /// The form for the text of a plan.
    pub fn new(plan_request: &'a PlanRequest) -> Self {
        let PlanRequest { request, plan } = plan_request;
        let catalog = request.catalog();
        let choices = plan.choices();
        let current = request.text_locale();
        let languages = catalog.letter_languages();
        let options = languages.clone().map(|(id, language)| LanguageOption {
            language: Language(language),
            chosen: id == current,
            remark: None,
        });
        let language = (languages.count() > 1).then(|| LanguageChoice {
            name: Key::Text.as_str(),
            label: &request.messages().text.language,
            note: None,
            options: options.collect(),
        });
        let step = Step::showing(Part::Text, plan.journey(&catalog.facts), &catalog.facts);
        let has_grounds = !choices.grounds().is_empty();
        Self {
            texts: &request.messages().text,
            messages: request.messages(),
            facts: &catalog.facts,
            choices,
            language,
            kept: choices.except(&[Key::Length, Key::Text, Key::Ground], catalog),
            action: request.link(Page::Step(step)).with(Query::EMPTY),
            reset: has_grounds.then(|| Query::new(&choices.without(Key::Ground), catalog)),
            open: has_grounds || choices.length() == Length::Full,
        }
    }

    fn is_full(&self) -> bool {
        self.choices.length() == Length::Full
    }

    /// The groups of grounds: heading, and for each ground id, label, whether it names special categories of data, and
    /// whether it is ticked.
    fn groups(&self) -> impl Iterator<Item = (&PlainText, impl Iterator<Item = (&str, &PlainText, bool, bool)>)> {
        let titles = &self.texts.groups;
        GroundGroup::ALL.into_iter().map(move |group| {
            let title = match group {
                GroundGroup::People => &titles.people,
                GroundGroup::Sensitive => &titles.sensitive,
                GroundGroup::Work => &titles.work,
                GroundGroup::Control => &titles.control,
            };
            let grounds = self
                .facts
                .grounds
                .iter()
                .filter(move |(_, ground)| ground.group == group);
            let grounds = grounds.filter_map(|(id, ground)| {
                let label = self.messages.grounds.get(&ground.id)?;
                let ticked = self.choices.grounds().contains(id);
                Some((ground.id.as_str(), label, ground.special_category, ticked))
            });
            (title, grounds)
        })
    }
}

/// `/{language}/text.txt`: the text alone.
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let text = objection::compose(&plan, request.catalog(), request.text_locale());
    let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, PAGE_CACHE)];
    (headers, text + "\n").into_response()
}
