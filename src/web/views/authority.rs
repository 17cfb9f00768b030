//! The supervisory authority where the visitor lives.

use askama::Template;
use axum::response::Response;

use veto_content::codes::with_standard;
use veto_content::facts::{Authority, Reliability};
use veto_content::messages::{AuthorityPage, Html, PlainText};
use veto_guide::{Key, Letter};

use super::evidence::{Statement, statements};
use super::{Frame, page, question};
use crate::web::extract::{PageRequest, PlanRequest};
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "authority.html")]
struct AuthorityView<'a> {
    frame: Frame<'a>,
    texts: &'a AuthorityPage,
    statements: Vec<Statement<'a>>,
    authority: &'a Authority,
    /// The language of the authority's name.
    own_language: Option<&'a str>,
    /// Its English name, if it has one and its own is not in the language of the page.
    english_name: Option<&'a str>,
    /// The languages that it accepts.
    languages: Html,
    /// A note to read before a complaint.
    note: Option<&'a Html>,
    role: &'a Html,
    /// Whether the details have only old or few sources.
    uncertain: bool,
    /// The name of the letter to it.
    letter: &'a PlainText,
    /// The link to choose another region, if there are several.
    change: Option<Link<'a>>,
}

/// `/{language}/authority`
pub async fn show(PlanRequest { request, plan }: PlanRequest) -> Response {
    let catalog = request.catalog();
    let Some(authority) = plan.authority(catalog) else {
        return ask(&request, Page::Authority);
    };
    let messages = request.messages();
    let texts = &messages.authority;
    let is_lead = plan.controller(catalog).lead_authority == authority.id;
    let law = plan.law(catalog);
    let law_texts = texts.laws.of(law);
    let lead = law_texts.lead.as_ref().filter(|_| is_lead);
    let role_section = format!(
        "authority.laws.{}.{}",
        law.id,
        if lead.is_some() { "lead" } else { "role" }
    );
    let note_section = format!("authorities.{}", authority.id);
    let own_language = authority.languages.first().map(String::as_str);
    let without_region = Query::new(&request.choices.without(Key::Region), catalog);
    page(&AuthorityView {
        frame: Frame::new(&request, Page::Authority, &texts.title),
        texts,
        statements: statements(&request, &["authority.lead", &role_section, &note_section]),
        authority,
        english_name: authority
            .name_en
            .as_deref()
            .filter(|_| !with_standard(&messages.code).any(|code| own_language == Some(code))),
        own_language,
        languages: languages(&request, authority),
        note: messages.authorities.get(&authority.id),
        role: lead.unwrap_or(&law_texts.role),
        uncertain: authority.reliability != Reliability::High,
        letter: &Letter::Complaint.form_texts(&messages.letter_forms, law).title,
        change: authority
            .region
            .as_ref()
            .map(|_| request.link(Page::Authority).with(&without_region)),
    })
}

/// Asks for the region, then leads to `wanted`.
pub fn ask(request: &PageRequest, wanted: Page) -> Response {
    question::ask_region(request, wanted, None)
}

/// The languages in which `authority` accepts complaints, as a list in the language of the page.
pub fn languages(request: &PageRequest, authority: &Authority) -> Html {
    let messages = request.messages();
    let names = &messages.authority.language_names;
    let names = authority.languages.iter().filter_map(|code| names.get(code));
    Html::new(messages.format.list(names.map(PlainText::as_str)))
}
