//! `/facts.atom`: the claims, the events of the timeline and the forms as an Atom feed (RFC 4287), newest evidence first, for
//! those who want to notice what has changed. Its texts are those of the default language of the site.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{PartialDate, Source};
use veto_content::messages::Html;

use super::clock::{timestamp, unix_day};
use super::entries::{self, Subject, newest_first};
use super::error::HttpError;
use super::facts::{LICENCE, address, to_one_address};
use super::headers::PAGE_CACHE;
use super::state::AppState;

/// The path of the feed.
pub const PATH: &str = "facts.atom";

#[derive(Template)]
#[template(path = "facts.xml")]
struct Feed<'a> {
    /// The address of the feed.
    address: String,
    language: &'a str,
    title: &'a str,
    /// The address of the page with the newest of these entries.
    page: String,
    licence: &'static str,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    /// Stays the same when the entry changes.
    id: String,
    kind: &'static str,
    /// What is said; the first one is the title.
    sentences: Vec<String>,
    /// The date of its newest source.
    date: PartialDate,
    sources: Vec<&'a Source>,
}

impl<'a> Entry<'a> {
    /// The entry in the feed at the address `feed`.
    fn new(state: &AppState, feed: &str, entry: entries::Entry<'a>) -> Self {
        let (id, kind, sentences) = match entry.subject {
            Subject::Event { event, text } => (
                format!("{feed}#event-{}", event.id),
                "event",
                vec![format!("{}: {}", event.date, text.to_plain())],
            ),
            Subject::Form { form, service } => (
                format!("{feed}#form-{}-{}", form.service, form.generation),
                "form",
                vec![format!("{service} {}: {}", form.generation, form.address)],
            ),
            Subject::Claim { key, sentences, .. } => (
                address(state, &format!("facts/{key}.json")),
                "claim",
                sentences.iter().map(|sentence| Html::to_plain(sentence)).collect(),
            ),
        };
        Self {
            id,
            kind,
            sentences,
            date: entry.date,
            sources: entry.sources,
        }
    }

    fn title(&self) -> &str {
        self.sentences.first().map_or("", String::as_str)
    }

    /// The beginning of its day, month or year.
    fn updated(&self) -> String {
        let seconds = unix_day(self.date.first_day()).try_into().unwrap_or_default();
        timestamp(seconds).unwrap_or_default()
    }
}

/// The language of the feed: the default one, or one that has texts of events.
pub fn locale(catalog: &Catalog) -> LocaleId {
    let locale = catalog.locale_with(catalog.fallback(), |messages| messages.timeline.is_some());
    locale.unwrap_or(catalog.fallback())
}

/// `/facts.atom`
pub async fn show(State(state): State<Arc<AppState>>, RawQuery(query): RawQuery) -> Response {
    if query.is_some() {
        return to_one_address(&state, PATH);
    }
    let catalog = &state.catalog;
    let locale = locale(catalog);
    let messages = catalog.messages(locale);
    let feed = address(&state, PATH);
    let entries = newest_first(&catalog.facts, messages, None);
    let entries = entries.map(|entry| Entry::new(&state, &feed, entry)).collect();
    let language = &catalog.language(locale).code;
    let view = Feed {
        page: address(&state, &format!("{language}/changes")),
        address: feed,
        language,
        title: messages.changes.title.as_str(),
        licence: LICENCE,
        entries,
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/atom+xml")),
        (header::CACHE_CONTROL, PAGE_CACHE),
    ];
    match view.render() {
        Ok(body) => (headers, body).into_response(),
        Err(_) => HttpError::Internal.into_response(),
    }
}
