//! A service of another company: who is affected, what is used, the ways out, and the evidence for each statement.

use askama::Template;
use axum::http::Uri;
use axum::response::Response;
use veto_content::codes::with_standard;
use veto_content::facts::{Evidence, MenuPath, OptOut, OptOutId, Service, Stated, Turn, Way, WayKind};
use veto_content::files::REFERENCE_LANGUAGE;
use veto_content::messages::{CompanyLawTexts, CompanyTexts, Html, PlainText};

use super::companies::adding;
use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::PageRequest;
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "company.html")]
struct CompanyPage<'a> {
    frame: Frame<'a>,
    texts: &'a CompanyTexts,
    service: &'a Service,
    /// The texts for the visitor's law.
    law: &'a CompanyLawTexts,
    /// Whether our evidence does not hold any more where the visitor lives.
    outdated: bool,
    rows: Vec<Row<'a>>,
    /// Why there is no way out: heading, text.
    nothing: Option<(&'a PlainText, &'a Html)>,
    ways: Vec<WayView<'a>>,
    /// The sentences of its own.
    notes: Vec<Statement<'a, &'a Html>>,
    /// The evidence: what it is for, and the sources.
    evidence: Vec<(&'a PlainText, &'a Evidence)>,
    /// The objection in writing.
    objection: Option<Link<'a>>,
    /// The check-list with this service.
    list: Link<'a>,
}

/// The facts with one label.
struct Row<'a> {
    label: &'a PlainText,
    statements: Vec<Statement<'a, Html>>,
}

/// A text, and what to say before it if it is not well supported.
struct Statement<'a, T> {
    support: Option<&'a PlainText>,
    text: T,
}

/// A way out.
pub struct WayView<'a> {
    /// The entry.
    pub way: &'a Way,
    /// What kind it is.
    pub kind: &'a PlainText,
    /// What to say before it if it is not well supported.
    pub support: Option<&'a PlainText>,
    /// Where it is, in the language of the page; or else in that of which it is a variant, or in English.
    pub path: Option<&'a MenuPath>,
    /// What to do with the switch.
    pub turn: Option<&'a PlainText>,
    /// Sentences about it.
    pub hints: Vec<&'a PlainText>,
}

impl<'a> WayView<'a> {
    /// The ways out of `opt_out` for the visitor.
    pub fn all(request: &'a PageRequest, texts: &'a CompanyTexts, opt_out: &'a OptOut) -> Vec<Self> {
        let ways = request.catalog().facts.ways_of(opt_out, request.law());
        ways.map(|way| Self::new(request, texts, way)).collect()
    }

    fn new(request: &'a PageRequest, texts: &'a CompanyTexts, way: &'a Way) -> Self {
        let mut languages = with_standard(&request.messages().code);
        let path = languages
            .clone()
            .chain([REFERENCE_LANGUAGE])
            .find_map(|code| way.paths.iter().find(|path| path.is.language == code))
            .or(way.paths.first());
        let words = &texts.ways;
        let evidence = path.map_or(&way.evidence, |path| &path.evidence);
        let path = path.map(|path| &path.is);
        let is_english = path.is_some_and(|path| path.language == REFERENCE_LANGUAGE);
        let is_english_only = is_english && !languages.any(|code| code == REFERENCE_LANGUAGE);
        let login = way
            .login
            .map(|needed| if needed { &words.login } else { &words.no_login });
        let hints = [
            way.admin.then_some(&words.admin),
            way.may_be_missing.then_some(&words.may_be_missing),
            is_english_only.then_some(&words.only_english),
            login,
        ];
        Self {
            way,
            kind: words.of(way.kind),
            support: texts.support.of(evidence.support()),
            path,
            turn: way.turn.map(|turn| match turn {
                Turn::Off => &words.turn_off,
                Turn::On => &words.turn_on,
            }),
            hints: hints.into_iter().flatten().collect(),
        }
    }

    /// The host of its address.
    pub fn host(&self) -> Option<&'a str> {
        self.way.address.as_deref().map(veto_content::facts::host)
    }
}

/// The service at the path of a request. 404 where there is none.
pub fn requested(request: &PageRequest, uri: &Uri) -> Result<OptOutId, HttpError> {
    match Page::of(uri, &request.catalog().facts) {
        Some(Page::Company(id) | Page::CompanyObjection(id) | Page::CompanyComplaint(id)) => Ok(id),
        _ => Err(HttpError::NotFound),
    }
}

/// `/{language}/company/{service}`
pub async fn show(request: PageRequest, uri: Uri) -> Result<Response, HttpError> {
    let request = request.with_texts(|messages| messages.company.is_some())?;
    let texts = request.messages().company.as_ref().ok_or(HttpError::NotFound)?;
    let id = requested(&request, &uri)?;
    let facts = &request.catalog().facts;
    let opt_out = &facts.opt_outs[id];
    let service = facts.service(&opt_out.id).ok_or(HttpError::NotFound)?;
    let outdated = opt_out.outdated_for.contains(&request.law().id);
    let ways = WayView::all(&request, texts, opt_out);
    let notes = request.messages().companies.get(&opt_out.id);
    let notes = notes.into_iter().flat_map(|texts| &texts.notes).zip(&opt_out.notes);
    let notes = notes.map(|(text, evidence)| Statement {
        support: texts.support.of(evidence.support()),
        text,
    });
    let mut evidence = Vec::new();
    let rows = rows(&request, texts, opt_out, &mut evidence);
    let nothing = opt_out.nothing.as_ref();
    evidence.extend(nothing.map(|nothing| (texts.nothing.of(nothing.is).0, &nothing.evidence)));
    for WayView { way, kind, .. } in &ways {
        evidence.push((kind, &way.evidence));
        evidence.extend(way.paths.iter().map(|path| (*kind, &path.evidence)));
    }
    evidence.extend(opt_out.notes.iter().map(|evidence| (&texts.rows.note, evidence)));
    let list = Query::new(&adding(&request, [opt_out.id.as_str()].into_iter()), request.catalog());
    let service = &facts.services[service];
    let writes = !outdated && (is_written_to(&ways) || !facts.recipients_of(opt_out, request.law()).is_empty());
    Ok(page(&CompanyPage {
        frame: Frame::new(&request, Page::Company(id), Html::escaped(&service.name)),
        texts,
        service,
        law: texts.laws.of(request.law()),
        outdated,
        rows,
        nothing: nothing.map(|nothing| {
            let (_, help) = texts.nothing.of(nothing.is);
            (texts.nothing.of(nothing.is).0, help)
        }),
        ways,
        notes: notes.collect(),
        evidence,
        objection: writes.then(|| request.link(Page::CompanyObjection(id))),
        list: request.link(Page::CheckList).with(&list),
    }))
}

/// Whether one of the ways takes a text.
fn is_written_to(ways: &[WayView]) -> bool {
    let mut kinds = ways.iter().map(|view| view.way.kind);
    kinds.any(|kind| matches!(kind, WayKind::Form | WayKind::Email))
}

/// The facts, and their evidence.
fn rows<'a>(
    request: &'a PageRequest,
    texts: &'a CompanyTexts,
    opt_out: &'a OptOut,
    evidence: &mut Vec<(&'a PlainText, &'a Evidence)>,
) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let labels = &texts.rows;
    let list = |words: &[&str]| Html::new(request.messages().format.list(words.iter().copied()));
    let mut add = |label, support, text, stated| {
        evidence.push((label, stated));
        let statement = Statement { support, text };
        match rows.last_mut().filter(|row| std::ptr::eq(row.label, label)) {
            Some(row) => row.statements.push(statement),
            None => rows.push(Row {
                label,
                statements: vec![statement],
            }),
        }
    };
    let mut row = |label: &'a PlainText, text: Html, stated: &'a Evidence| {
        add(label, texts.support.of(stated.support()), text, stated);
    };
    if let Some(Stated { is, evidence }) = &opt_out.default {
        row(&labels.default, Html::new(texts.default.of(*is).as_str()), evidence);
    }
    if let Some(Stated { is, evidence }) = &opt_out.affected {
        let laws = request.catalog().facts.laws.values().filter(|law| is.contains(&law.id));
        let places: Vec<&str> = laws.map(|law| texts.laws.of(law).place.as_str()).collect();
        row(&labels.affected, list(&places), evidence);
    }
    for (label, data) in [(&labels.used, &opt_out.used), (&labels.not_used, &opt_out.not_used)] {
        for Stated { is, evidence } in data {
            let words: Vec<&str> = is
                .iter()
                .filter_map(|kind| Some(texts.data.get(kind)?.as_str()))
                .collect();
            row(label, list(&words), evidence);
        }
    }
    if let Some(Stated { is, evidence }) = &opt_out.since {
        row(&labels.since, Html::new(request.messages().format.date(*is)), evidence);
    }
    if let Some(Stated { is, evidence }) = &opt_out.basis {
        let words: Vec<&str> = is.iter().map(|basis| texts.basis.of(*basis).as_str()).collect();
        row(&labels.basis, list(&words), evidence);
    }
    if let Some(Stated { is, evidence }) = &opt_out.only_future {
        let text = if *is { &labels.only_future } else { &labels.past_too };
        row(&labels.reach, Html::new(text.as_str()), evidence);
    }
    rows
}
