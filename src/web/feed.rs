//! `/facts.atom`: the claims, the events of the timeline and the forms as an Atom feed (RFC 4287), newest evidence first, for
//! those who want to notice what has changed. Its texts are those of the default language of the site.

use std::cmp::Reverse;
use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use veto_content::facts::{PartialDate, Source};

use super::clock::{timestamp, unix_day};
use super::error::HttpError;
use super::facts::{LICENCE, address, sentences, to_one_address};
use super::headers::PAGE_CACHE;
use super::state::AppState;

const PATH: &str = "facts.atom";

#[derive(Template)]
#[template(path = "facts.xml")]
struct Feed<'a> {
    /// The address of the feed.
    address: String,
    language: &'a str,
    title: &'a str,
    /// The address of the page of sources.
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
    /// An entry of `data/`; `None` if nothing is said.
    fn new(id: String, kind: &'static str, sentences: Vec<String>, sources: Vec<&'a Source>) -> Option<Self> {
        let date = sources.iter().map(|source| source.checked).max()?;
        (!sentences.is_empty()).then_some(Self {
            id,
            kind,
            sentences,
            date,
            sources,
        })
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

/// `/facts.atom`
pub async fn show(State(state): State<Arc<AppState>>, RawQuery(query): RawQuery) -> Response {
    if query.is_some() {
        return to_one_address(&state, PATH);
    }
    let catalog = &state.catalog;
    let locale = catalog.locale_with(catalog.fallback(), |messages| messages.timeline.is_some());
    let locale = locale.unwrap_or(catalog.fallback());
    let messages = catalog.messages(locale);
    let facts = &catalog.facts;
    let feed = address(&state, PATH);
    let claims = facts.claims.iter().filter_map(|(key, claim)| {
        let id = address(&state, &format!("facts/{key}.json"));
        let said = sentences(facts, messages, key);
        Entry::new(id, "claim", said, claim.sources.iter().collect())
    });
    let events = messages.timeline.iter().flat_map(|timeline| {
        facts.timeline.values().filter_map(|event| {
            let said = timeline.events.get(&event.id)?.to_plain();
            let said = format!("{}: {said}", event.date);
            let id = format!("{feed}#event-{}", event.id);
            Entry::new(id, "event", vec![said], event.sources.iter().collect())
        })
    });
    let forms = facts.forms.values().filter_map(|form| {
        let id = format!("{feed}#form-{}-{}", form.service, form.generation);
        let service = facts
            .service(&form.service)
            .map(|service| &facts.services[service].name)?;
        let said = format!("{service} {}: {}", form.generation, form.address);
        let sources = [&form.tried, &form.named].into_iter().chain(&form.withdrawn);
        Entry::new(id, "form", vec![said], sources.collect())
    });
    let mut entries: Vec<Entry> = claims.chain(events).chain(forms).collect();
    entries.sort_by_cached_key(|entry| (Reverse(entry.date), entry.id.clone()));
    let language = &catalog.language(locale).code;
    let view = Feed {
        page: address(&state, &format!("{language}/sources")),
        address: feed.clone(),
        language,
        title: messages.sources.title.as_str(),
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
