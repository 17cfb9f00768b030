//! Slides for a class: one page for each set, each slide one screen high. And the notes of the teacher on a page of their
//! own.

use askama::Template;
use axum::response::Response;
use strum::{EnumIter, EnumString, IntoStaticStr};
use veto_content::facts::{Claim, Drawing, Form, QuizStatement, ServiceId, Source};
use veto_content::messages::{Html, PlainText, Section, SlideNote, SlideNotes, Slides};
use veto_guide::Step;

use super::code::SharedAddress;
use super::drawing::DrawingView;
use super::evidence::{Statement, statements};
use super::handout::newest_forms;
use super::{Frame, page};
use crate::web::extract::{PageRequest, Slug};
use crate::web::page::Page;

/// A set of slides.
#[derive(Clone, Copy, Debug, Default, EnumIter, EnumString, IntoStaticStr, PartialEq, Eq)]
#[strum(serialize_all = "lowercase")]
pub enum SlideSet {
    /// What is used, and what the law says.
    #[default]
    Why,
    /// The seven steps.
    Steps,
    /// Each statement with its answer.
    Quiz,
    /// The QR code alone.
    Code,
}

impl SlideSet {
    /// All sets, in the order of a lesson.
    const ALL: [Self; 4] = [Self::Why, Self::Steps, Self::Quiz, Self::Code];

    /// The last part of its address.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    fn name(self, texts: &Slides) -> &PlainText {
        match self {
            Self::Why => &texts.why,
            Self::Steps => &texts.steps,
            Self::Quiz => &texts.quiz,
            Self::Code => &texts.code,
        }
    }
}

#[derive(Template)]
#[template(path = "slides_contents.html")]
struct ContentsPage<'a> {
    frame: Frame<'a>,
    texts: &'a Slides,
    /// Each set with its name.
    sets: [(SlideSet, &'a PlainText); 4],
}

#[derive(Template)]
#[template(path = "slides.html")]
struct SlidesPage<'a> {
    frame: Frame<'a>,
    texts: &'a Slides,
    slides: Vec<Slide<'a>>,
}

/// A slide: a title and what stands below it.
struct Slide<'a> {
    title: &'a PlainText,
    /// What the slide before it calls it, where its title would tell the answer.
    name: Option<Html>,
    /// A line above the title: the number of a statement, and whether it is true.
    above: Option<Html>,
    body: Option<&'a Html>,
    /// The names of the steps.
    list: Vec<&'a PlainText>,
    drawing: Option<DrawingView<'a>>,
    /// The name of each service with its form, whose address is shown and not linked.
    forms: Vec<(&'a str, &'a Form)>,
    code: Option<SharedAddress>,
    source: Option<&'a Source>,
}

impl<'a> Slide<'a> {
    fn new(title: &'a PlainText, body: Option<&'a Html>) -> Self {
        Self {
            title,
            name: None,
            above: None,
            body,
            list: Vec::new(),
            drawing: None,
            forms: Vec::new(),
            code: None,
            source: None,
        }
    }

    /// The slide of a section, whose text is at `path`.
    fn of(request: &'a PageRequest, section: &'a Section, path: &str) -> Self {
        Self {
            source: source(request, path),
            ..Self::new(&section.title, Some(&section.body))
        }
    }
}

/// `/{language}/school/slides`
pub async fn contents(request: PageRequest) -> Response {
    let texts = &request.messages().slides;
    page(&ContentsPage {
        frame: Frame::new(&request, Page::Slides, &texts.title),
        texts,
        sets: SlideSet::ALL.map(|set| (set, set.name(texts))),
    })
}

/// `/{language}/school/slides/{set}`
pub async fn show(Slug(set): Slug<SlideSet>, request: PageRequest) -> Response {
    let texts = &request.messages().slides;
    page(&SlidesPage {
        frame: Frame::new(&request, Page::SlideSet(set), set.name(texts)),
        texts,
        slides: match set {
            SlideSet::Why => why(&request),
            SlideSet::Steps => steps(&request),
            SlideSet::Quiz => quiz(&request),
            SlideSet::Code => vec![Slide {
                code: Some(SharedAddress::new(&request.state, "")),
                ..Slide::new(&texts.code_slide, None)
            }],
        },
    })
}

/// The slides about why, with their ids.
fn sections(request: &PageRequest) -> impl Iterator<Item = (&str, &Section)> {
    let texts = &request.messages().slides.slides;
    let slides = request.catalog().facts.slides.values();
    slides.filter_map(|slide| Some((slide.id.as_str(), texts.get(&slide.id)?)))
}

fn why(request: &PageRequest) -> Vec<Slide<'_>> {
    let slide = |(id, section)| Slide::of(request, section, &format!("slides.slides.{id}"));
    sections(request).map(slide).collect()
}

fn steps(request: &PageRequest) -> Vec<Slide<'_>> {
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let texts = &messages.slides;
    let journey = facts.main_journey();
    let steps = || Step::all(journey, facts);
    let first = Slide {
        list: steps().map(|step| &step.texts(facts, messages).name).collect(),
        ..Slide::new(&texts.steps_first.title, Some(&texts.steps_first.body))
    };
    let service = request.service().or_else(|| facts.services_of(journey).next());
    let step = |step: Step| {
        let entry = step.entry(facts);
        let id = &entry.id;
        let forms = newest_forms(request, journey).filter(|_| entry.drawing == Some(Drawing::Address));
        Slide {
            forms: forms.collect(),
            drawing: service.and_then(|service| drawing(request, step, service)),
            source: source(request, &format!("handout.steps.{id}")),
            ..Slide::new(&step.texts(facts, messages).name, messages.handout.steps.get(id))
        }
    };
    let last = Slide::of(request, &texts.steps_last, "slides.steps_last");
    [first].into_iter().chain(steps().map(step)).chain([last]).collect()
}

fn drawing(request: &PageRequest, step: Step, service: ServiceId) -> Option<DrawingView<'_>> {
    let messages = request.messages();
    let facts = &request.catalog().facts;
    Some(DrawingView {
        texts: &messages.steps.drawing,
        label: step.texts(facts, messages).drawing.as_ref()?.of(service),
        drawing: step.entry(facts).drawing?,
        site: match facts.open_forms_of(service).next() {
            Some(form) if step.previous().is_some() => form.host(),
            _ => &facts.services[service].site,
        },
    })
}

fn quiz(request: &PageRequest) -> Vec<Slide<'_>> {
    let messages = request.messages();
    let facts = &request.catalog().facts;
    let texts = &messages.slides;
    let quiz = &messages.quiz;
    let pair = &messages.common.punctuation.pair;
    let statement = |(number, statement): (usize, &QuizStatement)| {
        let own = quiz.statements.get(&statement.id)?;
        let [number, answer] = [&texts.number, &texts.answer].map(|text| text.fill(&number.to_string()));
        let verdict = [answer.as_str(), pair.as_str(), quiz.of(statement.truth).as_str()].concat();
        let mut claims = statement.claims.iter().filter_map(|key| facts.claims.get(key));
        Some([
            Slide {
                name: Some(number.clone()),
                above: Some(number),
                ..Slide::new(&own.statement, None)
            },
            Slide {
                name: Some(answer),
                above: Some(Html::new(verdict)),
                source: claims.next().and_then(newest),
                ..Slide::new(&own.fact, Some(&own.why))
            },
        ])
    };
    let statements = (1..).zip(facts.quiz.values()).filter_map(statement).flatten();
    let [first, last] =
        [&texts.quiz_first, &texts.quiz_last].map(|section| Slide::new(&section.title, Some(&section.body)));
    [first].into_iter().chain(statements).chain([last]).collect()
}

/// The newest source of the first claim that the text at `path` cites.
fn source<'a>(request: &'a PageRequest, path: &str) -> Option<&'a Source> {
    let citation = request.messages().citations().find(|citation| citation.is_in(path))?;
    newest(request.catalog().facts.claims.get(citation.claims.first()?)?)
}

/// The newest source of a claim.
pub fn newest(claim: &Claim) -> Option<&Source> {
    claim.sources.iter().max_by_key(|source| source.checked)
}

#[derive(Template)]
#[template(path = "slide_notes.html")]
struct NotesPage<'a> {
    frame: Frame<'a>,
    texts: &'a SlideNotes,
    slides: &'a Slides,
    statements: Vec<Statement<'a>>,
    notes: Vec<(&'a Section, &'a SlideNote)>,
}

/// `/{language}/school/notes`
pub async fn notes(request: PageRequest) -> Response {
    let messages = request.messages();
    let texts = &messages.slide_notes;
    let notes = sections(&request).filter_map(|(id, section)| Some((section, texts.notes.get(id)?)));
    page(&NotesPage {
        frame: Frame::new(&request, Page::SlideNotes, &texts.title),
        texts,
        slides: &messages.slides,
        statements: statements(&request, &["slides.slides", "slide_notes"]),
        notes: notes.collect(),
    })
}
