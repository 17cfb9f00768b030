//! The texts of a page, each with its file and key, for readers who have found a mistake in a translation.

use askama::Template;
use axum::response::Response;
use veto_content::facts::Facts;
use veto_content::files::{Files, KeyedText, is_built_in};
use veto_content::messages::Mistakes as Texts;

use super::mail::mail_to_operator;
use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::AboutRequest;
use crate::web::link::{AboutLink, Link};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "mistakes.html")]
struct MistakesPage<'a> {
    frame: Frame<'a>,
    texts: &'a Texts,
    /// The page whose texts are listed.
    about: Link<'a>,
    /// The same list in the language from which the texts were made.
    original: Option<AboutLink<'a>>,
    files: Vec<TextFile>,
}

/// A file of the language with its texts.
struct TextFile {
    /// The path in the repository, such as `locales/fr/home.toml`.
    path: String,
    /// The link that opens an e-mail to the operator about it, if there is a contact.
    mail: Option<String>,
    texts: Vec<KeyedText>,
}

/// `/{language}/mistakes`; 404 in a language that the operator has added.
pub async fn show(AboutRequest { request, about }: AboutRequest) -> Result<Response, HttpError> {
    let texts = &request.messages().mistakes;
    let code = &request.messages().code;
    if !is_built_in(code) {
        return Err(HttpError::NotFound);
    }
    let built_in = Files::embedded();
    let file = |name: &str| {
        let path = format!("locales/{code}/{name}.toml");
        let texts = built_in.read_built_in(&path)?.texts();
        Some(TextFile {
            mail: mail_to_operator(&request, &path),
            path,
            texts,
        })
    };
    let names = files_of(about, &request.catalog().facts);
    let files = names.iter().filter_map(|name| file(name)).collect();
    let frame = Frame::about(&request, Page::Mistakes, about, &texts.title);
    Ok(page(&MistakesPage {
        texts,
        about: request.link(about),
        original: frame.in_source_language().map(|original| AboutLink {
            page: Page::Mistakes,
            about: Link {
                page: about,
                ..original.link
            },
        }),
        frame,
        files,
    }))
}

/// The files of a language, without `.toml`, that have the texts of a page: its own, those of every page and of this list. The
/// links of error pages are those of the first page.
fn files_of(page: Page, facts: &Facts) -> Vec<String> {
    let of_journey = |id: &str| format!("journeys/{id}");
    let own: &[&str] = match page {
        Page::Home => &["home", "errors"],
        Page::Topic => &["topic"],
        Page::Ways => &["journey"],
        Page::Start => &["start", "countries", "regions"],
        Page::Step(step) => &[
            &of_journey(&facts.journeys[step.journey()].id),
            "steps",
            "text",
            "grounds",
        ],
        Page::Journey(journey) => &[&of_journey(&facts.page_journeys[journey].id), "journey"],
        Page::JourneyLetter(journey) => &[&of_journey(&facts.page_journeys[journey].id), "journey", "letter_forms"],
        Page::Text => &["objection"],
        Page::Everything | Page::Guide => &["everything", "objection"],
        Page::Replies | Page::Reply(_) => &["replies"],
        Page::Status(_) => &["status"],
        Page::Troubles => &["troubles", "trouble_page"],
        Page::Finish => &["finish", "keep"],
        Page::SharedDevice => &["shared_device"],
        Page::Days | Page::Record | Page::Calendar | Page::YearCalendar => &["record"],
        Page::Authority => &["authority", "authorities"],
        Page::Letter(_) => &["letter_forms", "letters"],
        Page::Companies | Page::Company(_) | Page::CheckList | Page::CheckListCalendar => &["company", "companies"],
        Page::CompanyObjection(_) | Page::CompanyComplaint(_) => &["company_objection", "company"],
        Page::Why => &["why"],
        Page::Timeline => &["timeline"],
        Page::Sources => &["sources"],
        Page::Changes => &["changes"],
        Page::Privacy => &["privacy"],
        Page::Accessibility => &["accessibility"],
        Page::Languages | Page::Mistakes => &[],
        Page::School => &["school", "topic"],
        Page::Handout => &["handout"],
        Page::Parents | Page::ParentsText => &["parents"],
        Page::Quiz | Page::Answers => &["quiz"],
        Page::Lesson => &["lesson"],
        Page::Slides | Page::SlideSet(_) => &["slides"],
        Page::SlideNotes => &["slide_notes"],
        Page::SchoolRules => &["school_rules"],
        Page::Family => &["family"],
        Page::FamilySheet | Page::FamilyCalendar => &["family_sheet"],
        Page::Phone | Page::PhoneOther => &["phone"],
        Page::Share | Page::ShareCode => &["share"],
    };
    own.iter()
        .copied()
        .chain(["common", "mistakes"])
        .map(str::to_owned)
        .collect()
}
