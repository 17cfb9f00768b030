//! The page of an error.

use askama::Template;
use veto_content::catalog::LocaleId;
use veto_content::messages::Section;

use super::layout::Frame;
use crate::web::page::Page;
use crate::web::state::AppState;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: Frame<'a>,
    texts: &'a Section,
}

/// Renders the page with `texts`.
pub fn render(state: &AppState, locale: LocaleId, texts: &Section) -> String {
    let view = ErrorPage {
        frame: Frame::of_error(state, locale, &texts.title),
        texts,
    };
    // Rendering into a String does not fail; the heading alone is the fallback.
    super::render(&view).unwrap_or_else(|_| texts.title.to_string())
}
