//! Letters: a form that asks what the letter needs, what was typed to be checked, then the letter.
//!
//! What is typed comes by POST, is answered with `no-store`, and stands in no address, log or file.

use askama::Template;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::authority;
use super::text::CopyBox;
use super::{Frame, page};
use crate::facts::{Authority, Law};
use crate::journey::letter::{Details, Fault, Field, OUTCOMES, Sheet, Typed, languages_of};
use crate::journey::{Day, Letter};
use crate::web::address::Page;
use crate::web::clock;
use crate::web::headers::NO_STORE;
use crate::web::problem::Problem;
use crate::web::visit::{Named, Walk};
use crate::words::{FieldWords, Html, Label, LetterPage, LetterWords, Slot};

#[derive(Template)]
#[template(path = "letter_form.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    words: &'a LetterPage,
    texts: &'a LetterWords,
    statements: Option<&'a Html>,
    /// Something is wrong with what was typed.
    refused: bool,
    rows: Vec<Row<'a>>,
    /// What can have come back: how it is written, its name.
    outcomes: Vec<(&'static str, &'a Label)>,
    /// The languages in which there are letters: code, name, whether it is chosen, and a remark if the recipient is known
    /// to take it.
    languages: Vec<(&'a str, &'a Label, bool, Option<&'a Label>)>,
    /// The languages that the authority takes, if there is no letter in any of them.
    not_accepted: Option<Html>,
    united_kingdom: bool,
}

#[derive(Template)]
#[template(path = "letter_check.html")]
struct CheckPage<'a> {
    frame: Frame<'a>,
    words: &'a LetterPage,
    /// What was typed, in words.
    rows: Vec<(&'a Label, Html)>,
    recipient: &'a [String],
    /// Where the recipient's address was read.
    evidence: &'a Html,
    hidden: Vec<(&'static str, &'a str)>,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct SheetPage<'a> {
    frame: Frame<'a>,
    words: &'a LetterPage,
    statements: Option<&'a Html>,
    sheet: &'a Sheet,
    /// The language of the letter.
    language: &'a str,
    paragraphs: Vec<&'a str>,
    copy_box: CopyBox<'a>,
    /// The authority, if it is the recipient.
    authority: Option<&'a Authority>,
    /// The e-mail with the letter, as a link.
    mail: Option<String>,
    hidden: Vec<(&'static str, &'a str)>,
}

/// A field of the form.
struct Row<'a> {
    name: &'static str,
    texts: &'a FieldWords,
    value: &'a str,
    /// The number of lines to show; with one it is a field of one line.
    lines: usize,
    required: bool,
    /// It has a fixed set of answers.
    choice: bool,
    fault: Option<Html>,
    /// The ids of help and error, for `aria-describedby`.
    described_by: String,
}

/// A letter that is being made: everything but what is typed.
struct Desk<'a> {
    letter: Letter,
    walk: &'a Walk,
    /// The authority, if it is the recipient.
    authority: Option<&'a Authority>,
    today: Day,
    /// Something was typed already: then no link leads to another language, since it would be lost on the way.
    typed: bool,
}

impl<'a> Desk<'a> {
    /// The desk for `letter`; the question for the Land where the recipient depends on it.
    fn new(letter: Letter, walk: &'a Walk, typed: bool) -> Result<Self, Response> {
        let Walk { visit, plan } = walk;
        let authority = match letter {
            Letter::Complaint => match plan.authority(visit.library()) {
                None => return Err(authority::ask(visit, Page::Letter(letter))),
                authority => authority,
            },
            _ => None,
        };
        let today = clock::today().ok_or_else(|| Problem::Failure.into_response())?;
        Ok(Self {
            letter,
            walk,
            authority,
            today,
            typed,
        })
    }

    fn words(&self) -> &'a LetterPage {
        &self.walk.visit.edition().words.letter
    }

    fn frame(&self, title: &'a Label) -> Frame<'a> {
        let mut frame = Frame::of(&self.walk.visit, Page::Letter(self.letter), title);
        if self.typed {
            frame.languages.clear();
        }
        frame
    }

    fn law(&self) -> Law {
        self.walk.plan.country(self.walk.visit.library()).law
    }

    /// The places of the editions in whose language the recipient takes the letter.
    fn accepted(&self) -> Vec<usize> {
        let library = self.walk.visit.library();
        match self.authority {
            Some(authority) => languages_of(authority, library),
            None => (0..library.editions.len()).collect(),
        }
    }

    /// The place of the edition in whose words the letter is written: the one that is asked for; else that of the page, if
    /// the recipient takes its language; else the first that the recipient takes.
    fn language(&self, asked: &str) -> usize {
        let visit = &self.walk.visit;
        let accepted = self.accepted();
        let own = visit.text_edition();
        let fitting = accepted.iter().find(|place| **place == own).or(accepted.first());
        visit
            .library()
            .edition(asked)
            .unwrap_or_else(|| fitting.copied().unwrap_or(own))
    }

    fn form(&self, typed: &'a Typed, faults: &[(Field, Fault)]) -> Response {
        let visit = &self.walk.visit;
        let library = visit.library();
        let words = self.words();
        let texts = self.letter.words(words, self.law());
        let (accepted, language) = (self.accepted(), self.language(&typed.language));
        let editions = library.editions.iter().enumerate().map(|(place, edition)| {
            let name = &edition.words.common.language;
            let known = self.authority.is_some() && accepted.contains(&place);
            let remark = known.then_some(&words.accepted);
            (edition.words.code.as_str(), name, place == language, remark)
        });
        let answer = page(&FormPage {
            frame: self.frame(&texts.title),
            words,
            texts,
            statements: visit.edition().statements("letter"),
            refused: !faults.is_empty(),
            rows: self.rows(typed, faults),
            outcomes: OUTCOMES
                .iter()
                .filter_map(|answer| Some((answer.id(), words.outcomes.get(answer.id())?)))
                .collect(),
            languages: editions.collect(),
            not_accepted: self
                .authority
                .filter(|_| accepted.is_empty())
                .map(|authority| authority::languages(visit, authority)),
            united_kingdom: self.law() == Law::UkGdpr && self.authority.is_none(),
        });
        let status = if faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::BAD_REQUEST
        };
        (status, answer).into_response()
    }

    /// The fields of the form, with what was typed and what is wrong with it.
    fn rows(&self, typed: &'a Typed, faults: &[(Field, Fault)]) -> Vec<Row<'a>> {
        let row = |field: &Field| {
            let name = field.name();
            let texts = self.words().fields.get(name)?;
            let fault = faults
                .iter()
                .find(|(wrong, _)| wrong == field)
                .map(|(_, fault)| self.fault(*fault));
            let help = texts.help.as_ref().map(|_| format!("{name}-help"));
            let error = fault.as_ref().map(|_| format!("{name}-error"));
            Some(Row {
                name,
                texts,
                value: typed.get(*field),
                lines: field.lines().div_ceil(2),
                required: self.letter.requires(*field),
                choice: *field == Field::Outcome,
                fault,
                described_by: help.into_iter().chain(error).collect::<Vec<_>>().join(" "),
            })
        };
        self.letter.fields().iter().filter_map(row).collect()
    }

    fn fault(&self, fault: Fault) -> Html {
        let words = &self.words().faults;
        let with = |slot: &Slot, number: usize| slot.fill(&number.to_string());
        let label = |label: &Label| Html::new(label.as_str());
        match fault {
            Fault::Missing => label(&words.missing),
            Fault::TooLong(limit) => with(&words.too_long, limit),
            Fault::TooManyLines(limit) => with(&words.too_many_lines, limit),
            Fault::Unreadable => label(&words.unreadable),
            Fault::NoDay => label(&words.no_day),
            Fault::NothingCame => label(&words.nothing_came),
            Fault::BeforeObjection => label(&words.before_objection),
            Fault::TooEarly(day) => words.too_early.fill(&self.walk.visit.edition().words.format.day(day)),
        }
    }

    fn sheet(&self, typed: &Typed, details: &Details) -> Sheet {
        let Walk { visit, plan } = self.walk;
        let language = self.language(&typed.language);
        self.letter
            .compose(plan, visit.library(), language, self.authority, details, self.today)
    }

    /// Where the recipient's address was read.
    fn evidence(&self) -> &'a Html {
        let Walk { visit, plan } = self.walk;
        if let Some(authority) = self.authority {
            return visit.edition().authority_evidence(&authority.id);
        }
        let controller = visit.library().facts.controller(plan.country(visit.library()));
        visit.edition().controller_evidence(&controller.name)
    }

    fn check(&self, typed: &Typed, details: &Details) -> Response {
        let words = self.words();
        let format = &self.walk.visit.edition().words.format;
        let filled = self
            .letter
            .fields()
            .iter()
            .filter(|field| !typed.get(**field).trim().is_empty());
        let rows = filled.filter_map(|field| {
            let shown = match (details.day(*field), details.outcome()) {
                (Some(day), _) => Html::new(format.day(day.date())),
                (None, Some(outcome)) if *field == Field::Outcome => {
                    Html::new(words.outcomes.get(outcome.id())?.as_str())
                }
                _ => Html::escaped(typed.get(*field).trim()),
            };
            Some((&words.fields.get(field.name())?.label, shown))
        });
        page(&CheckPage {
            frame: self.frame(&words.check),
            words,
            rows: rows.collect(),
            recipient: &self.sheet(typed, details).recipient,
            evidence: self.evidence(),
            hidden: self.hidden(typed),
        })
    }

    fn finished(&self, typed: &Typed, details: &Details) -> Response {
        let words = self.words();
        let visit = &self.walk.visit;
        let sheet = self.sheet(typed, details);
        let language = &visit.library().editions[sheet.language].words.code;
        let mail = self.authority.and_then(|authority| authority.email.as_ref());
        page(&SheetPage {
            frame: self.frame(&words.done),
            words,
            statements: visit.edition().statements("letter"),
            language,
            paragraphs: sheet.body.split("\n\n").collect(),
            copy_box: CopyBox::letter(visit, &sheet.text(), language),
            authority: self.authority,
            mail: mail.map(|address| mailto(address, &sheet)),
            hidden: self.hidden(typed),
            sheet: &sheet,
        })
    }

    fn file(&self, typed: &Typed, details: &Details) -> Response {
        let sheet = self.sheet(typed, details);
        let name = &self.words().file_name;
        let disposition = format!("attachment; filename=\"{name}.txt\"");
        let Ok(disposition) = HeaderValue::try_from(disposition) else {
            return Problem::Failure.into_response();
        };
        let headers = [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=utf-8"),
            ),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        (headers, sheet.text()).into_response()
    }

    /// What was typed, for the forms of the pages that follow.
    fn hidden<'b>(&self, typed: &'b Typed) -> Vec<(&'static str, &'b str)> {
        let fields = self.letter.fields().iter();
        let fields = fields.map(|field| (field.name(), typed.get(*field)));
        fields.chain([("language", typed.language.as_str())]).collect()
    }
}

/// A letter as a link that opens an e-mail with it (RFC 6068).
fn mailto(address: &str, sheet: &Sheet) -> String {
    let encoded = |text: &str| utf8_percent_encode(&text.replace('\n', "\r\n"), NON_ALPHANUMERIC).to_string();
    format!(
        "mailto:{address}?subject={}&body={}",
        encoded(&sheet.subject),
        encoded(&sheet.message())
    )
}

/// `GET /{language}/letter/{letter}`: the form, with the day of the objection if it is known.
pub async fn form(Named(letter): Named<Letter>, walk: Walk) -> Response {
    let mut typed = Typed::default();
    if let Some(day) = walk.visit.choices.day {
        typed.set(Field::Day, day.to_string());
    }
    match Desk::new(letter, &walk, false) {
        Ok(desk) => desk.form(&typed, &[]),
        Err(question) => question,
    }
}

/// `POST /{language}/letter/{letter}`: what was typed, to be checked, changed, shown as a letter or saved as a file.
pub async fn typed(Named(letter): Named<Letter>, walk: Walk, headers: HeaderMap, body: Bytes) -> Response {
    let media_type = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if media_type.is_some_and(|media_type| !media_type.starts_with(b"application/x-www-form-urlencoded")) {
        return Problem::MediaType.into_response();
    }
    let desk = match Desk::new(letter, &walk, true) {
        Ok(desk) => desk,
        Err(question) => return question,
    };
    let typed = Typed::parse(&body);
    let answer = match (letter.check(&typed, desk.today), typed.next.as_str()) {
        (_, "change") => desk.form(&typed, &[]),
        (Err(faults), _) => desk.form(&typed, &faults),
        (Ok(details), "letter") => desk.finished(&typed, &details),
        (Ok(details), "file") => desk.file(&typed, &details),
        (Ok(details), _) => desk.check(&typed, &details),
    };
    ([(header::CACHE_CONTROL, NO_STORE)], answer).into_response()
}
