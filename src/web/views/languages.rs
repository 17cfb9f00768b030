//! All languages of a page.

use askama::Template;
use axum::response::Response;

use super::layout::LanguageLink;
use super::{Frame, page};
use crate::web::extract::AboutRequest;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "languages.html")]
struct LanguagesPage<'a> {
    frame: Frame<'a>,
    /// The page in each language, in the order of their names.
    languages: Vec<LanguageLink<'a>>,
}

/// `/{language}/languages`
pub async fn show(AboutRequest { request, about }: AboutRequest) -> Response {
    let here = request.link(about);
    let mut languages: Vec<_> = request.catalog().languages().collect();
    languages.sort_by_key(|(_, language)| language.place);
    page(&LanguagesPage {
        frame: Frame::about(
            &request,
            Page::Languages,
            about,
            &request.messages().common.all_languages,
        ),
        languages: languages
            .into_iter()
            .map(|(id, _)| LanguageLink::new(&request.state, here, id))
            .collect(),
    })
}
