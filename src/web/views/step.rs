//! The pages of the seven steps.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use veto_content::facts::{Facts, Form, Law, Menu, Service};
use veto_content::messages::{Html, Messages, PlainText, StepTexts, Steps, TextPage, TroubleTexts};
use veto_guide::{Accounts, Letter, Plan, Services, Step};

use super::drawing::Drawing;
use super::evidence::{reported, statements};
use super::text::{CopyBox, TextChoices};
use super::{Frame, page};
use crate::web::extract::{PlanRequest, Slug};
use crate::web::link::{Link, Query};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "step.html")]
struct StepPage<'a> {
    frame: Frame<'a>,
    texts: &'a Steps,
    step: Step,
    step_texts: &'a StepTexts,
    /// The service whose form is filled in.
    service: Service,
    /// Which objection this is, if there are two services.
    objection: Option<&'a Html>,
    drawing: Drawing<'a>,
    troubles: Vec<&'a TroubleTexts>,
    next: Option<(Link<'a>, &'a PlainText)>,
    previous: Option<(Link<'a>, &'a PlainText)>,
    /// All steps, and whether it is this one.
    list: [(Link<'a>, &'a PlainText, bool); 7],
    statements: Vec<&'a Html>,
    section: Section<'a>,
}

/// The content of a single step.
#[expect(clippy::large_enum_variant, reason = "there is one in a request")]
enum Section<'a> {
    Nothing,
    OpenForm {
        form: &'a Form,
        older: Vec<&'a Form>,
        menus: Vec<&'a Menu>,
        united_kingdom: bool,
    },
    /// Step 2 where Meta has closed all forms of the service.
    Withdrawn {
        menus: Vec<&'a Menu>,
    },
    Contact {
        country: &'a PlainText,
    },
    Explain {
        text_page: &'a TextPage,
        copy_box: CopyBox<'a>,
        choices: TextChoices<'a>,
        law: &'a Html,
        /// The names of that law in the languages of the country.
        law_names: String,
        /// The choices in words, to be kept by the browser.
        chosen: Vec<Cow<'a, Html>>,
    },
    Confirmation {
        linked: bool,
        /// The first step of the second objection, and the text of the link to it.
        next_service: Option<(String, &'a Html)>,
    },
}

impl StepPage<'_> {
    /// Whether the page has a main button of its own, so that the link to the next step is a secondary one.
    fn has_main_button(&self) -> bool {
        matches!(self.section, Section::OpenForm { .. } | Section::Explain { .. })
    }
}

/// `/{language}/step/{slug}`
pub async fn show(Slug(step): Slug<Step>, plan_request: PlanRequest) -> Response {
    let PlanRequest { request, plan } = &plan_request;
    let facts = &request.catalog().facts;
    let messages = request.messages();
    let texts = &messages.steps;
    let service = plan.form();
    let step_texts = step.texts(texts);
    let link_to = |step: Step| (request.link(Page::Step(step)), &step.texts(texts).name);
    page(&StepPage {
        frame: Frame::new(request, Page::Step(step), title(step, texts)),
        texts,
        step,
        step_texts,
        service,
        objection: match (plan.services(), service) {
            (Services::One(_), _) => None,
            (Services::Both(Accounts::Linked), _) => Some(texts.linked.of(service)),
            (Services::Both(_), Service::Facebook) => Some(texts.first.of(service)),
            (Services::Both(_), Service::Instagram) => Some(texts.second.of(service)),
        },
        drawing: Drawing {
            texts: &texts.drawing,
            label: step_texts.drawing.of(service),
            step,
            site: match facts.open_forms_of(service).next() {
                Some(form) if step != Step::SignIn => form.host(),
                _ => service.site(),
            },
        },
        troubles: troubles(step, facts, messages).collect(),
        next: step.next().map(link_to),
        previous: step.previous().map(link_to),
        list: Step::ALL.map(|listed| {
            let (link, name) = link_to(listed);
            (link, name, listed == step)
        }),
        statements: statements(request, &sections(step, plan, request.law()))
            .into_iter()
            .chain(reported(request, step.number()))
            .collect(),
        section: section(step, &plan_request),
    })
}

/// What others have reported at `step`, and what helps.
fn troubles<'a>(step: Step, facts: &'a Facts, messages: &'a Messages) -> impl Iterator<Item = &'a TroubleTexts> {
    let troubles = facts.troubles.values();
    let troubles = troubles.filter(move |trouble| trouble.step == step.number());
    troubles.filter_map(|trouble| messages.troubles.get(&trouble.id))
}

/// The sections of the messages that the page of `step` shows.
fn sections(step: Step, plan: &Plan, law: Law) -> Vec<&'static str> {
    match step {
        Step::SignIn => vec!["steps.sign_in"],
        Step::OpenForm => {
            let mut sections = vec!["steps.open_form", "steps.form.menus_help", "steps.form.abroad"];
            sections.extend((law == Law::UkGdpr).then_some("steps.form.united_kingdom"));
            sections
        }
        Step::Contact => vec!["steps.contact"],
        Step::Explain => vec!["steps.explain", "text"],
        Step::Submit => vec!["steps.submit"],
        Step::Code => vec!["steps.code"],
        Step::Confirmation => {
            let mut sections = vec!["steps.confirmation", "steps.end.done"];
            sections.extend(is_linked(plan).then_some("steps.end.linked"));
            sections
        }
    }
}

/// Whether one objection covers both services.
fn is_linked(plan: &Plan) -> bool {
    plan.services() == Services::Both(Accounts::Linked)
}

/// A step with its number: `Step 4 of 7: Explain how it affects you`.
pub fn title(step: Step, texts: &Steps) -> Html {
    let (position, name) = (&texts.position, &step.texts(texts).name);
    let (before, after) = (position.before.as_str(), position.after.as_str());
    Html::new([before, step.as_str(), after, ": ", name.as_str()].concat())
}

fn section(step: Step, plan_request: &PlanRequest) -> Section<'_> {
    let PlanRequest { request, plan } = plan_request;
    let facts = &request.catalog().facts;
    let messages = request.messages();
    let country = plan.country(request.catalog());
    match step {
        Step::SignIn | Step::Submit | Step::Code => Section::Nothing,
        Step::OpenForm => {
            let menus = facts.menus_of(plan.form(), &messages.code);
            let mut forms = facts.open_forms_of(plan.form());
            match forms.next() {
                None => Section::Withdrawn { menus },
                Some(form) => Section::OpenForm {
                    form,
                    older: forms.collect(),
                    menus,
                    united_kingdom: country.law == Law::UkGdpr,
                },
            }
        }
        Step::Contact => match messages.countries.get(&country.code) {
            Some(country) => Section::Contact { country },
            None => Section::Nothing,
        },
        Step::Explain => {
            let mut names: Vec<&str> = country.law_names.values().map(String::as_str).collect();
            names.sort_unstable();
            names.dedup();
            Section::Explain {
                text_page: &messages.text,
                copy_box: CopyBox::new(request, plan, &request.query, "text"),
                choices: TextChoices::new(plan_request),
                law: messages.text.laws.of(country.law),
                law_names: names.join(", "),
                chosen: chosen(plan_request),
            }
        }
        Step::Confirmation => Section::Confirmation {
            linked: is_linked(plan),
            next_service: plan.next_objection().map(|next| {
                let query = Query::new(next.choices(), request.catalog());
                let first = request.link(Page::Step(Step::SignIn)).with(&query);
                (first.location(), messages.steps.end.next_service.of(next.form()))
            }),
        },
    }
}

/// The visitor's choices in the words of the page: services, country, grounds.
fn chosen(plan_request: &PlanRequest) -> Vec<Cow<'_, Html>> {
    let PlanRequest { request, plan } = plan_request;
    let facts = &request.catalog().facts;
    let messages = request.messages();
    let services = match plan.services() {
        Services::One(service) => service.name().to_owned(),
        Services::Both(_) => messages.format.list(Service::ALL.iter().map(|service| service.name())),
    };
    let country = messages.countries.get(&plan.country(request.catalog()).code);
    let ticked = facts
        .grounds
        .iter()
        .filter(|(id, _)| plan.choices().grounds().contains(*id));
    let ticked = ticked.filter_map(|(_, ground)| messages.grounds.get(&ground.id));
    let services = Html::new(services).into();
    [services]
        .into_iter()
        .chain(country.into_iter().chain(ticked).map(Cow::from))
        .collect()
}
