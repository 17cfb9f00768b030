//! Asks for one more choice that a page needs: the day of the objection, or the region. Leads to the requested page.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;

use veto_content::messages::{PlainText, Question};
use veto_guide::Key;

use super::{FormError, Frame, bad_request, page};
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "question.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    texts: &'a Question,
    key: Key,
    /// The value of the field.
    value: Cow<'a, str>,
    /// The options of a list: value and name. Empty for a text field.
    options: Vec<(&'a str, &'a PlainText)>,
    error: Option<FormError<'a>>,
    /// The other choices, for hidden fields.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// The target of the form.
    action: Link<'a>,
}

/// Asks for the choice `key` (day or region), then leads to `wanted`. `invalid` is the value that was submitted, if there
/// was one.
pub fn ask(request: &PageRequest, wanted: Page, key: Key, invalid: Option<&str>) -> Response {
    let messages = request.messages();
    let texts = match key {
        Key::Region => &messages.authority.question,
        _ => &messages.record.question,
    };
    let regions = messages.regions.iter().map(|(code, name)| (code.as_str(), name));
    let options = if key == Key::Region {
        regions.collect()
    } else {
        Vec::new()
    };
    let error = invalid.map(|value| match value {
        "" => FormError::Missing(&texts.missing),
        value => FormError::Unknown(&texts.wrong, value),
    });
    let day = request.choices.day();
    let chosen = day.map_or(Cow::Borrowed(""), |day| day.to_string().into());
    let view = QuestionPage {
        frame: Frame::new(request, wanted, &texts.title),
        texts,
        key,
        value: invalid.map_or(chosen, Cow::Borrowed),
        options,
        error,
        kept: request.choices.except(&[key], request.catalog()),
        action: request.link(wanted).with(Query::EMPTY),
    };
    if view.error.is_some() {
        bad_request(&view)
    } else {
        page(&view)
    }
}
