//! The supervisory authority where the visitor lives.

use askama::Template;
use axum::response::Response;

use super::{Frame, page, question};
use crate::facts::{Authority, Certainty, Law};
use crate::journey::{Key, Letter};
use crate::web::address::{Link, Page, Query};
use crate::web::visit::{Visit, Walk};
use crate::words::{AuthorityPage, Html, Label};

#[derive(Template)]
#[template(path = "authority.html")]
struct AuthorityView<'a> {
    frame: Frame<'a>,
    words: &'a AuthorityPage,
    statements: Option<&'a Html>,
    authority: &'a Authority,
    /// The language in which the authority writes its name.
    own_language: Option<&'a str>,
    /// Its English name, if it has one and its own is not in the language of the page.
    english_name: Option<&'a str>,
    /// The languages that it takes.
    languages: Html,
    /// What must be known before one complains.
    note: Option<&'a Html>,
    role: &'a Html,
    evidence: &'a Html,
    /// The details rest on old or few sources.
    uncertain: bool,
    /// The link to the complaint, by its name.
    letter: &'a Label,
    /// The same page, to choose another Land; if there are several.
    change: Option<Link<'a>>,
}

/// `/{language}/authority`
pub async fn show(Walk { visit, plan }: Walk) -> Response {
    let library = visit.library();
    let Some(authority) = plan.authority(library) else {
        return ask(&visit, Page::Authority);
    };
    let edition = visit.edition();
    let words = &edition.words.authority;
    let country = plan.country(library);
    let own_language = authority.languages.first().map(String::as_str);
    let mut choices = visit.choices;
    choices.region = None;
    let without_region = Query::of(&choices, library);
    page(&AuthorityView {
        frame: Frame::of(&visit, Page::Authority, &words.title),
        words,
        statements: edition.statements("authority"),
        authority,
        english_name: authority
            .name_en
            .as_deref()
            .filter(|_| own_language != Some(&edition.words.code)),
        own_language,
        languages: languages(&visit, authority),
        note: edition.words.authorities.get(&authority.id),
        role: match (country.law, country.code == "IE") {
            (Law::Gdpr, false) => &words.role,
            (Law::Gdpr, true) => &words.role_ireland,
            (Law::UkGdpr, _) => &words.role_uk,
            (Law::SwissFadp, _) => &words.role_switzerland,
        },
        evidence: edition.authority_evidence(&authority.id),
        uncertain: authority.confidence != Certainty::High,
        letter: &Letter::Complaint.words(&edition.words.letter, country.law).title,
        change: authority
            .region
            .as_ref()
            .map(|_| visit.link(Page::Authority).with(&without_region)),
    })
}

/// Asks for the Land, and leads on to `wanted`.
pub fn ask(visit: &Visit, wanted: Page) -> Response {
    question::ask(visit, wanted, Key::Region, None)
}

/// The languages in which `authority` takes complaints, as a list in the language of the page.
pub fn languages(visit: &Visit, authority: &Authority) -> Html {
    let words = &visit.edition().words;
    let names = &words.authority.language_names;
    let names = authority.languages.iter().filter_map(|code| names.get(code));
    Html::new(words.format.list(names.map(Label::as_str)))
}
