//! One more choice that a page needs: the day of the objection, or the Land. Leads on to the page that was wanted.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;

use super::{Complaint, Frame, bad_request, page};
use crate::journey::Key;
use crate::web::address::{Link, NO_QUERY, Page};
use crate::web::visit::Visit;
use crate::words::{Label, Question};

#[derive(Template)]
#[template(path = "question.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    words: &'a Question,
    key: Key,
    /// What was chosen or typed.
    value: Cow<'a, str>,
    /// The choices, if there is a list of them: how each is written, its name.
    options: Vec<(&'a str, &'a Label)>,
    error: Option<Complaint<'a>>,
    /// The other choices, which the form carries along.
    kept: Vec<(Key, Cow<'a, str>)>,
    /// Where the form leads.
    action: Link<'a>,
}

/// Asks for the choice `key`, which is the day or the region, and leads on to `wanted`. `wrong` is what came instead, if
/// something came.
pub fn ask(visit: &Visit, wanted: Page, key: Key, wrong: Option<&str>) -> Response {
    let locale = &visit.edition().words;
    let words = match key {
        Key::Region => &locale.authority.question,
        _ => &locale.record.question,
    };
    let regions = locale.regions.iter().map(|(code, name)| (code.as_str(), name));
    let options = if key == Key::Region {
        regions.collect()
    } else {
        Vec::new()
    };
    let error = wrong.map(|value| match value {
        "" => Complaint::Missing(&words.missing),
        value => Complaint::Unknown(&words.wrong, value),
    });
    let chosen = visit
        .choices
        .day
        .map_or(Cow::Borrowed(""), |day| day.to_string().into());
    let view = QuestionPage {
        frame: Frame::of(visit, wanted, &words.title),
        words,
        key,
        value: wrong.map_or(chosen, Cow::Borrowed),
        options,
        error,
        kept: visit.choices.except(&[key], visit.library()),
        action: visit.link(wanted).with(&NO_QUERY),
    };
    if view.error.is_some() {
        bad_request(page(&view))
    } else {
        page(&view)
    }
}
