//! The text for Meta: the form with its grounds and options, and the text alone.

use askama::Template;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use veto_content::facts::{Ground, GroundGroup, IdSet, Subject};
use veto_content::messages::{Html, PlainText, Separator, TextPage, WordingOrigin};
use veto_guide::change::{ChangedText, Outcome};
use veto_guide::{Key, Length, Step, objection};

use super::copy_box::CopyWords;
use super::language::{self, Language, LanguageChoice, LanguageOption};
use super::translation::Translation;
use crate::web::extract::{PageRequest, PlanRequest};
use crate::web::headers::PAGE_CACHE;
use crate::web::link::Link;
use crate::web::page::Page;

/// The form for the text: grounds to tick, the text with its copy button, and for Meta length and language.
#[derive(Template)]
#[template(path = "parts/text_form.html")]
pub struct TextForm<'a> {
    texts: &'a TextPage,
    copy: CopyWords<'a>,
    label: &'a PlainText,
    /// The question for the grounds.
    title: &'a PlainText,
    apply_help: &'a Html,
    /// What is said if the person had changed the text: with new grounds at its end, or as it was.
    changed: (&'a PlainText, &'a PlainText),
    /// The target of the form: the page itself.
    action: Link<'a>,
    /// The grounds that are offered first.
    common: Vec<Tick<'a>>,
    /// The others by group: heading, grounds.
    groups: Vec<(&'a PlainText, Vec<Tick<'a>>)>,
    /// Whether the other grounds are visible.
    more: bool,
    /// The ids of the grounds that are in the text.
    applied: Vec<&'a str>,
    text: Html,
    characters: usize,
    /// The language of the text.
    language: Language<'a>,
    /// Where the reason in the text is from; for letters only if it is the person's own.
    origin: Option<&'a Html>,
    /// Between the number of characters and the origin.
    separator: &'a Separator,
    /// The text alone, if it has a page.
    plain: Option<Link<'a>>,
    options: Option<TextOptions<'a>>,
    outcome: Option<Outcome>,
    /// Remarks in brackets.
    special_category: Html,
    /// The address of the form, and the label of the link to it.
    form: Option<(&'a str, &'a Html)>,
    /// The text as a letter to print: its address, and the label of the button.
    letter: Option<(Link<'a>, &'a PlainText)>,
    new_tab: &'a PlainText,
    translation: Option<Translation<'a>>,
}

/// The options of the text for Meta.
struct TextOptions<'a> {
    is_full: bool,
    /// The field for the language of the text, if there are several.
    languages: Option<LanguageChoice<'a>>,
}

/// A ground to tick.
pub struct Tick<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its label.
    pub label: &'a PlainText,
    /// Whether it names special categories of data (Art. 9 GDPR).
    special_category: bool,
    /// Whether it is ticked.
    pub ticked: bool,
}

impl<'a> Tick<'a> {
    /// All grounds, by the short label where there is one and `short` asks for it.
    pub fn all(request: &'a PageRequest, ticked: IdSet<Ground>, short: bool) -> Vec<(&'a Ground, Self)> {
        Self::about(request, Subject::Posts, ticked, short)
    }

    /// As [`Tick::all`], of an objection about `subject`.
    fn about(
        request: &'a PageRequest,
        subject: Subject,
        ticked: IdSet<Ground>,
        short: bool,
    ) -> Vec<(&'a Ground, Self)> {
        let labels = &request.messages().grounds;
        let grounds = request.catalog().facts.grounds.iter();
        let tick = |(id, ground): (_, &'a Ground)| {
            let labels = labels.get(&ground.id)?;
            let label = labels.of(ground, subject)?;
            let tick = Self {
                id: &ground.id,
                label: labels.short.as_ref().filter(|_| short).unwrap_or(label),
                special_category: ground.special_category,
                ticked: ticked.contains(id),
            };
            Some((ground, tick))
        };
        grounds.filter_map(tick).collect()
    }
}

impl<'a> TextForm<'a> {
    /// The form on the page `step` for the text of a plan, which `changed` has changed.
    pub fn new(
        step: Step,
        plan_request: &'a PlanRequest,
        changed: Option<&ChangedText>,
        form: Option<(&'a str, &'a Html)>,
    ) -> Self {
        let PlanRequest { request, plan } = plan_request;
        let catalog = request.catalog();
        let texts = &request.messages().text;
        let locale = request.text_locale();
        let composed = || objection::compose(plan, IdSet::default(), catalog, locale);
        let text = changed.map_or_else(composed, |changed| changed.text.clone());
        let translate = |own, grounds| objection::compose(plan, grounds, catalog, own);
        let translation = Translation::of_changed(request, locale, changed, translate);
        let has_grounds = changed.is_some_and(|changed| !changed.applied.is_empty());
        let options = language::of_letters(request).into_iter();
        let options = options.map(|id| LanguageOption {
            language: Language(catalog.language(id)),
            chosen: id == locale,
            remark: None,
        });
        let options: Vec<_> = options.collect();
        let language = Language(catalog.language(locale));
        Self {
            label: &texts.label,
            origin: Some(origin(texts, has_grounds, language)),
            separator: &request.messages().common.punctuation.separator,
            plain: Some(request.link(Page::Text)),
            options: Some(TextOptions {
                is_full: plan.choices().length() == Length::Full,
                languages: (options.len() > 1).then(|| LanguageChoice {
                    name: Key::Text.as_str(),
                    label: &texts.language,
                    note: None,
                    options,
                }),
            }),
            form,
            translation,
            ..Self::letter(request, request.link(Page::Step(step)), &text, language, changed)
        }
    }

    /// The form at `action` for the text of a letter in `language`, which `changed` has changed.
    pub fn letter(
        request: &'a PageRequest,
        action: Link<'a>,
        text: &str,
        language: Language<'a>,
        changed: Option<&ChangedText>,
    ) -> Self {
        let facts = &request.catalog().facts;
        let messages = request.messages();
        let texts = &messages.text;
        let grounds = changed.map(|changed| changed.grounds).unwrap_or_default();
        let applied = changed.map(|changed| changed.applied).unwrap_or_default();
        let (common, others): (Vec<_>, Vec<_>) = Tick::all(request, grounds, true)
            .into_iter()
            .partition(|(ground, _)| ground.common);
        let more = others.iter().any(|(_, tick)| tick.ticked);
        let mut groups: Vec<(GroundGroup, &PlainText, Vec<Tick>)> = GroundGroup::ALL
            .map(|group| (group, texts.groups.of(group), Vec::new()))
            .into();
        for (ground, tick) in others {
            if let Some((.., ticks)) = groups.iter_mut().find(|(group, ..)| *group == ground.group) {
                ticks.push(tick);
            }
        }
        Self {
            texts,
            copy: texts.into(),
            label: &messages.letter_forms.text,
            title: &texts.reasons,
            apply_help: &texts.apply_help,
            changed: (&texts.added, &texts.kept),
            action,
            common: common.into_iter().map(|(_, tick)| tick).collect(),
            groups: groups
                .into_iter()
                .filter(|(.., ticks)| !ticks.is_empty())
                .map(|(_, title, ticks)| (title, ticks))
                .collect(),
            more,
            applied: applied.iter().map(|id| facts.grounds[id].id.as_str()).collect(),
            characters: text.chars().count(),
            text: Html::escaped(text),
            language,
            origin: (!applied.is_empty()).then_some(&texts.own),
            separator: &request.messages().common.punctuation.separator,
            plain: None,
            options: None,
            outcome: changed.map(|changed| changed.outcome.clone()),
            special_category: messages
                .common
                .punctuation
                .brackets
                .fill(texts.special_category.as_str()),
            form: None,
            letter: None,
            new_tab: &messages.common.new_tab,
            translation: None,
        }
    }

    /// The form with a translation of its text beside it.
    pub fn with_translation(self, translation: Option<Translation<'a>>) -> Self {
        Self { translation, ..self }
    }

    /// The form for the text `text` of a journey on one page, in `language`, which `changed` has changed. `pages`: its page,
    /// and that of its letter.
    pub fn journey(
        request: &'a PageRequest,
        subject: Subject,
        pages: (Page, Page),
        label: &'a PlainText,
        text: &str,
        language: Language<'a>,
        changed: Option<&ChangedText>,
    ) -> Self {
        let own = &request.messages().journey;
        let texts = &request.messages().text;
        let form = Self::letter(request, request.link(pages.0), text, language, changed);
        let form = Self {
            copy: (&own.copy).into(),
            label,
            letter: Some((request.link(pages.1), &own.letter_link)),
            ..form
        };
        if subject == Subject::Posts {
            let has_grounds = changed.is_some_and(|changed| !changed.applied.is_empty());
            let origin = Some(origin(texts, has_grounds, language));
            return Self { origin, ..form };
        }
        let ticked = changed.map(|changed| changed.grounds).unwrap_or_default();
        let ticks = Tick::about(request, subject, ticked, false).into_iter();
        Self {
            title: &own.reasons.title,
            apply_help: &own.reasons.apply_help,
            changed: (&own.reasons.added, &own.reasons.kept),
            common: ticks.map(|(_, tick)| tick).collect(),
            groups: Vec::new(),
            origin: None,
            separator: &request.messages().common.punctuation.separator,
            ..form
        }
    }
}

impl TextForm<'_> {
    /// Whether the text is one that the person has changed.
    fn is_own_text(&self) -> bool {
        self.outcome.as_ref().is_some_and(Outcome::is_own_text)
    }
}

/// Where the reason in the text is from: the person's own grounds, or the tested sentence.
pub fn origin<'a>(texts: &'a TextPage, has_grounds: bool, language: Language<'_>) -> &'a Html {
    if has_grounds {
        &texts.own
    } else if language.tested_sentence.wording == WordingOrigin::Published {
        &texts.tested
    } else {
        &texts.tested_translated
    }
}

/// `/{language}/text.txt`: the text alone.
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let text = objection::compose(&plan, IdSet::default(), request.catalog(), request.text_locale());
    let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, PAGE_CACHE)];
    (headers, text + "\n").into_response()
}
