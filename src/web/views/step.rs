//! The pages of the steps of a journey.

use std::borrow::Cow;
use std::cmp::Ordering;

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use veto_content::facts::{Form, Menu, Part, ServiceId, Trouble};
use veto_content::messages::{Html, JourneyTexts, PlainText, StepTexts, Steps, TextPage};
use veto_guide::change::{ChangedText, TextInput};
use veto_guide::{Letter, Plan, Step};

use super::drawing::DrawingView;
use super::evidence::{Statement, reported, statements};
use super::text::TextForm;
use super::troubles::TroubleView;
use super::{Frame, page};
use crate::web::error::HttpError;
use crate::web::extract::{FormBody, PageRequest, PlanRequest, RequestedStep};
use crate::web::headers::NO_STORE;
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "step.html")]
struct StepPage<'a> {
    frame: Frame<'a>,
    texts: &'a Steps,
    journey_texts: &'a JourneyTexts,
    step_texts: &'a StepTexts,
    /// `Step 4 of 7`
    position: Html,
    /// Whether it is the first step.
    is_first: bool,
    /// The service whose form is filled in.
    service: ServiceId,
    /// Which objection this is, if there are several services.
    objection: Option<Html>,
    drawing: Option<DrawingView<'a>>,
    /// The id of the step.
    id: &'a str,
    troubles: Vec<TroubleView<'a>>,
    next: Option<(Link<'a>, &'a PlainText)>,
    previous: Option<(Link<'a>, &'a PlainText)>,
    /// All steps, and the class of each: `past`, `now`, or empty for those to come.
    list: Vec<(Link<'a>, &'a PlainText, &'static str)>,
    /// The steps on the company's page, where the form is opened.
    there: Vec<(Link<'a>, &'a StepTexts)>,
    /// The step after those.
    sent: Option<Link<'a>>,
    statements: Vec<Statement<'a>>,
    form: Option<FormSection<'a>>,
    /// The chosen country.
    country: Option<&'a PlainText>,
    text: Option<TextSection<'a>>,
    end: Option<EndSection>,
}

/// The link to the form, and the other ways to it.
struct FormSection<'a> {
    /// The newest form; `None` where the company has closed all forms of the service.
    newest: Option<&'a Form>,
    older: Vec<&'a Form>,
    menus: Vec<&'a Menu>,
    /// What people under the visitor's law should know.
    notes: Vec<&'a Html>,
}

/// The text to copy, and its options.
struct TextSection<'a> {
    text_page: &'a TextPage,
    form: TextForm<'a>,
    law: &'a Html,
    /// The names of that law in the languages of the country.
    law_names: String,
    /// The choices in words, to be kept by the browser.
    chosen: Vec<Cow<'a, Html>>,
}

/// What comes after the last step.
struct EndSection {
    linked: bool,
}

impl StepPage<'_> {
    /// The section of the form where the company has closed all forms of the service.
    fn withdrawn(&self) -> Option<&FormSection<'_>> {
        self.form.as_ref().filter(|section| section.newest.is_none())
    }

    /// Whether the page has a main button of its own, so that the link to the next step is a secondary one.
    fn has_main_button(&self) -> bool {
        let opens_form = self.form.as_ref().is_some_and(|form| form.newest.is_some());
        opens_form || self.end.is_some()
    }
}

/// `GET /{language}/{journey}/{step}`
pub async fn show(RequestedStep(step): RequestedStep, plan_request: PlanRequest) -> Response {
    view(step, &plan_request, None)
}

/// `POST /{language}/{journey}/{step}`: the page with the text changed by the form. It is not stored anywhere.
pub async fn change_text(
    RequestedStep(step): RequestedStep,
    PlanRequest { request, plan }: PlanRequest,
    FormBody(body): FormBody,
) -> Response {
    if !step.entry(&request.catalog().facts).shows.contains(&Part::Text) {
        return HttpError::MethodNotAllowed.into_response();
    }
    let input = TextInput::parse(&body);
    let before = request.text_locale();
    let choices = input.choices(&request.choices, request.catalog());
    let Some(new_plan) = choices.plan() else {
        return HttpError::Internal.into_response();
    };
    let request = request.with_choices(choices);
    let after = (&new_plan, request.text_locale());
    let changed = ChangedText::new(&input, (&plan, before), after, request.catalog());
    let plan_request = PlanRequest {
        request,
        plan: new_plan,
    };
    let status = if changed.is_invalid() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let response = view(step, &plan_request, Some(&changed));
    (status, [(header::CACHE_CONTROL, NO_STORE)], response).into_response()
}

/// The page of `step`, with the text that a person has changed.
fn view(step: Step, plan_request: &PlanRequest, changed: Option<&ChangedText>) -> Response {
    let PlanRequest { request, plan } = plan_request;
    let facts = &request.catalog().facts;
    let messages = request.messages();
    let texts = &messages.steps;
    let service = plan.form();
    let entry = step.entry(facts);
    let step_texts = step.texts(facts, messages);
    let link_to = |step: Step| (request.link(Page::Step(step)), &step.texts(facts, messages).name);
    let shows = |part| entry.shows.contains(&part);
    let country = messages.countries.get(&plan.country(request.catalog()).code);
    let opens_form = shows(Part::Form) && !entry.there;
    let there = Step::all(step.journey(), facts).filter(|step| opens_form && step.entry(facts).there);
    let there: Vec<Step> = there.collect();
    let position = position(step, request);
    page(&StepPage {
        frame: Frame::new(request, Page::Step(step), title(&position, step, request)),
        texts,
        journey_texts: step.journey_texts(facts, messages),
        step_texts,
        position,
        is_first: step.previous().is_none(),
        service,
        objection: objection(plan, request),
        drawing: entry
            .drawing
            .zip(step_texts.drawing.as_ref())
            .map(|(drawing, label)| DrawingView {
                texts: &texts.drawing,
                label: label.of(service),
                drawing,
                site: match facts.open_forms_of(service).next() {
                    Some(form) if step != Step::first(step.journey()) => form.host(),
                    _ => &facts.services[service].site,
                },
            }),
        id: &entry.id,
        troubles: troubles(step, request)
            .filter_map(|trouble| TroubleView::new(request, trouble))
            .collect(),
        next: step.next(facts).map(link_to),
        previous: step.previous().map(link_to),
        list: Step::all(step.journey(), facts)
            .map(|listed| {
                let (link, name) = link_to(listed);
                let class = match listed.number().cmp(&step.number()) {
                    Ordering::Less => "past",
                    Ordering::Equal => "now",
                    Ordering::Greater => "",
                };
                (link, name, class)
            })
            .collect(),
        there: there
            .iter()
            .map(|step| (request.link(Page::Step(*step)), step.texts(facts, messages)))
            .collect(),
        sent: there
            .last()
            .and_then(|last| last.next(facts))
            .map(|step| request.link(Page::Step(step))),
        statements: statements(request, &sections(step, plan_request))
            .into_iter()
            .chain(reported(request, troubles(step, request)))
            .collect(),
        form: shows(Part::Form).then(|| form_section(plan_request)),
        country: country.filter(|_| shows(Part::Country)),
        text: shows(Part::Text).then(|| text_section(step, plan_request, changed)),
        end: shows(Part::End).then(|| EndSection {
            linked: plan.is_linked(),
        }),
    })
}

/// What people have reported at `step`.
fn troubles(step: Step, request: &PageRequest) -> impl Iterator<Item = &Trouble> {
    let facts = &request.catalog().facts;
    let ids = &step.entry(facts).troubles;
    facts.troubles.values().filter(|trouble| ids.contains(&trouble.id))
}

/// The sections of the messages that the page of `step` shows.
fn sections(step: Step, plan_request: &PlanRequest) -> Vec<String> {
    let PlanRequest { request, plan } = plan_request;
    let facts = &request.catalog().facts;
    let entry = step.entry(facts);
    let journey = &facts.journeys[step.journey()].id;
    let mut sections = vec![format!("journeys/{journey}.steps.{}", entry.id)];
    for part in &entry.shows {
        match part {
            Part::Form => {
                let notes = request.messages().steps.form.notes.iter().enumerate();
                let notes = notes.filter(|(_, note)| note.is_for(request.law()));
                sections.extend(["menus_help", "abroad"].map(|text| format!("steps.form.{text}")));
                sections.extend(notes.map(|(index, _)| format!("steps.form.notes.{index}")));
            }
            Part::Country => {}
            Part::Text => sections.push("text".to_owned()),
            Part::End => {
                sections.push(format!("journeys/{journey}.end.done"));
                sections.extend(plan.is_linked().then(|| format!("journeys/{journey}.end.linked")));
            }
        }
    }
    sections
}

/// `Step 4 of 7`
fn position(step: Step, request: &PageRequest) -> Html {
    let count = Step::all(step.journey(), &request.catalog().facts).len();
    let pattern = &request.messages().steps.position;
    Html::new(pattern.fill(&[("number", &step.number().to_string()), ("count", &count.to_string())]))
}

/// A step with its number: `Step 4 of 7: Explain how it affects you`.
pub fn name_with_number(step: Step, request: &PageRequest) -> Html {
    title(&position(step, request), step, request)
}

/// The position of a step, and its name.
fn title(position: &Html, step: Step, request: &PageRequest) -> Html {
    let messages = request.messages();
    let name = step.texts(&request.catalog().facts, messages).name.as_str();
    let colon = messages.common.punctuation.pair.as_str();
    Html::new([position.as_str(), colon, name].concat())
}

/// Which objection this is, if there are several services.
fn objection(plan: &Plan, request: &PageRequest) -> Option<Html> {
    let facts = &request.catalog().facts;
    let messages = request.messages();
    if plan.services().len() < 2 {
        return None;
    }
    let name = ("name", facts.services[plan.form()].name.as_str());
    let text = if plan.is_linked() {
        let services = messages.format.list(plan.covered_names(facts));
        messages.steps.linked.fill(&[("services", &services), name])
    } else {
        let number = plan.objection_number().to_string();
        let count = plan.objections().len().to_string();
        messages
            .steps
            .objection
            .fill(&[("number", &number), ("count", &count), name])
    };
    Some(Html::new(text))
}

fn form_section(plan_request: &PlanRequest) -> FormSection<'_> {
    let PlanRequest { request, plan } = plan_request;
    let facts = &request.catalog().facts;
    let messages = request.messages();
    let notes = messages.steps.form.notes.iter();
    let notes = notes.filter(|note| note.is_for(request.law()));
    let mut forms = facts.open_forms_of(plan.form());
    FormSection {
        newest: forms.next(),
        older: forms.collect(),
        menus: facts.menus_of(plan.form(), &messages.code),
        notes: notes.map(|note| &note.body).collect(),
    }
}

fn text_section<'a>(step: Step, plan_request: &'a PlanRequest, changed: Option<&ChangedText>) -> TextSection<'a> {
    let PlanRequest { request, plan } = plan_request;
    let messages = request.messages();
    let texts = &messages.text;
    let facts = &request.catalog().facts;
    let newest = facts.open_forms_of(plan.form()).next();
    let form = newest.map(|form| (form.address.as_str(), messages.steps.form.open.of(plan.form())));
    let country = plan.country(request.catalog());
    let mut names: Vec<&str> = country.law_names.values().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    TextSection {
        text_page: texts,
        form: TextForm::new(step, plan_request, changed, form),
        law: texts.laws.of(request.law()),
        law_names: names.join(request.messages().common.punctuation.list.as_str()),
        chosen: chosen(plan_request),
    }
}

/// The visitor's choices in the words of the page: services, country.
fn chosen(plan_request: &PlanRequest) -> Vec<Cow<'_, Html>> {
    let PlanRequest { request, plan } = plan_request;
    let facts = &request.catalog().facts;
    let messages = request.messages();
    let names = plan.services().iter();
    let services = messages
        .format
        .list(names.map(|service| facts.services[service].name.as_str()));
    let country = messages.countries.get(&plan.country(request.catalog()).code);
    [Html::new(services).into()]
        .into_iter()
        .chain(country.map(Cow::from))
        .collect()
}
