//! What the newest sources say: the first entries of the feed, in the language of the reader.

use askama::Template;
use axum::response::Response;
use veto_content::facts::PartialDate;
use veto_content::messages::{Changes, SourcesPage, Timeline};

use super::language::Language;
use super::{Frame, page};
use crate::web::entries::{Entry, Subject, newest_first};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::feed;
use crate::web::page::Page;

/// The number of entries, so that the page stays small. The feed has all.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage<'a> {
    frame: Frame<'a>,
    texts: &'a Changes,
    /// The texts of the timeline.
    timeline: &'a Timeline,
    /// The texts about forms.
    sources: &'a SourcesPage,
    /// The path of the feed.
    feed: &'static str,
    /// Its language, if it is not that of the page.
    feed_language: Option<Language<'a>>,
    /// The dates of the newest sources, each with its entries.
    dates: Vec<(PartialDate, &'a [Entry<'a>])>,
}

/// `/{language}/changes`
pub async fn show(request: PageRequest) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.timeline.is_some())?;
    let messages = request.messages();
    let catalog = request.catalog();
    let of_feed = feed::locale(catalog);
    let entries: Vec<Entry> = newest_first(&catalog.facts, messages, Some(request.law()))
        .take(SHOWN)
        .collect();
    let dates = entries.chunk_by(|one, next| one.date == next.date);
    Ok(page(&ChangesPage {
        frame: Frame::new(&request, Page::Changes, &messages.changes.title),
        texts: &messages.changes,
        timeline: messages.timeline.as_ref().ok_or(HttpError::NotFound)?,
        sources: &messages.sources,
        feed: feed::PATH,
        feed_language: (of_feed != request.locale).then(|| Language(catalog.language(of_feed))),
        dates: dates.map(|entries| (entries[0].date, entries)).collect(),
    }))
}
