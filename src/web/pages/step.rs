//! The seven step pages.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;

use super::drawing::Drawing;
use super::text::{CopyBox, TextChoices};
use super::{Frame, page};
use crate::facts::{Law, Service};
use crate::journey::{Accounts, FormLink, Letter, MenuPath, Services, Step};
use crate::web::address::{Link, Page, Query};
use crate::web::visit::{Named, Walk};
use crate::words::{Html, Label, StepWords, Steps, TextPage, TroubleWords};

#[derive(Template)]
#[template(path = "step.html")]
struct StepPage<'a> {
    frame: Frame<'a>,
    words: &'a Steps,
    step: Step,
    texts: &'a StepWords,
    /// The service whose form is filled in.
    service: Service,
    /// Which objection this is, if there are two services.
    objection: Option<&'a Html>,
    drawing: Drawing<'a>,
    troubles: Vec<&'a TroubleWords>,
    next: Option<(Link<'a>, &'a Label)>,
    previous: Option<(Link<'a>, &'a Label)>,
    /// All steps, and which one this is.
    list: [(Link<'a>, &'a Label, bool); 7],
    statements: Option<&'a Html>,
    /// What only this step has.
    own: Own<'a>,
}

/// What only one step has.
#[expect(clippy::large_enum_variant, reason = "there is one in a request, never many")]
enum Own<'a> {
    Nothing,
    OpenForm {
        form: &'a FormLink,
        older: &'a [FormLink],
        menus: &'a [MenuPath],
        united_kingdom: bool,
    },
    Contact {
        country: &'a Label,
    },
    Explain {
        words: &'a TextPage,
        copy_box: CopyBox<'a>,
        choices: TextChoices<'a>,
        law: &'a Html,
        /// What that law is called in the languages of the country.
        law_names: String,
        /// The choices in words, to be kept by the browser.
        chosen: Vec<Cow<'a, Html>>,
    },
    Confirmation {
        linked: bool,
        /// The first step of the second objection, and the words that lead there.
        next_service: Option<(String, &'a Html)>,
    },
}

impl StepPage<'_> {
    /// Whether the page has an action of its own, so that its button, and not the way on, is the main one.
    fn acts(&self) -> bool {
        matches!(self.own, Own::OpenForm { .. } | Own::Explain { .. })
    }
}

/// `/{language}/step/{step}`
pub async fn show(Named(step): Named<Step>, walk: Walk) -> Response {
    let Walk { visit, plan } = &walk;
    let edition = visit.edition();
    let words = &edition.words.steps;
    let service = plan.form();
    let texts = step.words(words);
    let troubles = visit.library().facts.troubles.iter();
    let troubles = troubles.filter(|trouble| trouble.step == step.number());
    let other = |step: Step| (visit.link(Page::Step(step)), &step.words(words).name);
    page(&StepPage {
        frame: Frame::of(visit, Page::Step(step), title(step, words)),
        words,
        step,
        texts,
        service,
        objection: match (plan.services, plan.choices().instagram_now) {
            (Services::One(_), _) => None,
            (Services::Both(Accounts::Linked), _) => Some(words.linked.of(service)),
            (Services::Both(_), false) => Some(words.first.of(service)),
            (Services::Both(_), true) => Some(words.second.of(service)),
        },
        drawing: Drawing {
            words: &words.drawing,
            label: texts.drawing.of(service),
            step,
            site: match (step, edition.forms(service)) {
                (Step::SignIn, _) | (_, []) => service.site(),
                (_, [form, ..]) => &form.host,
            },
        },
        troubles: troubles
            .filter_map(|trouble| edition.words.troubles.get(&trouble.id))
            .collect(),
        next: step.next().map(other),
        previous: step.previous().map(other),
        list: Step::ALL.map(|listed| {
            let (link, name) = other(listed);
            (link, name, listed == step)
        }),
        statements: edition.statements(step.place()),
        own: own(step, &walk),
    })
}

/// A step with its number: `Step 4 of 7: Explain how it affects you`.
pub fn title(step: Step, words: &Steps) -> Html {
    let (position, name) = (&words.position, &step.words(words).name);
    let (before, after) = (position.before.as_str(), position.after.as_str());
    Html::new([before, step.id(), after, ": ", name.as_str()].concat())
}

fn own(step: Step, walk: &Walk) -> Own<'_> {
    let Walk { visit, plan } = walk;
    let edition = visit.edition();
    let country = plan.country(visit.library());
    match step {
        Step::SignIn | Step::Submit | Step::Code => Own::Nothing,
        Step::OpenForm => match edition.forms(plan.form()) {
            [] => Own::Nothing,
            [form, older @ ..] => Own::OpenForm {
                form,
                older,
                menus: edition.menus(plan.form()),
                united_kingdom: country.law == Law::UkGdpr,
            },
        },
        Step::Contact => match edition.words.countries.get(&country.code) {
            Some(country) => Own::Contact { country },
            None => Own::Nothing,
        },
        Step::Explain => {
            let mut names: Vec<&str> = country.law_names.values().map(String::as_str).collect();
            names.sort_unstable();
            names.dedup();
            Own::Explain {
                words: &edition.words.text,
                copy_box: CopyBox::new(visit, plan, &visit.query, "text"),
                choices: TextChoices::new(walk),
                law: edition.words.text.laws.of(country.law),
                law_names: names.join(", "),
                chosen: chosen(walk),
            }
        }
        Step::Confirmation => Own::Confirmation {
            linked: plan.services == Services::Both(Accounts::Linked),
            next_service: plan.next_objection().map(|next| {
                let query = Query::of(next.choices(), visit.library());
                let first = visit.link(Page::Step(Step::SignIn)).with(&query);
                (first.location(), edition.words.steps.end.next_service.of(next.form()))
            }),
        },
    }
}

/// The visitor's choices in the words of the page: services, country, grounds.
fn chosen(walk: &Walk) -> Vec<Cow<'_, Html>> {
    let Walk { visit, plan } = walk;
    let words = &visit.edition().words;
    let services = match plan.services {
        Services::One(service) => service.name().to_owned(),
        Services::Both(_) => words.format.list(Service::ALL.iter().map(|service| service.name())),
    };
    let country = words.countries.get(&plan.country(visit.library()).code);
    let grounds = visit.edition().grounds.iter().flat_map(|group| &group.grounds);
    let grounds = grounds.filter(|ground| plan.choices().grounds.contains(ground.place));
    let labels = country.into_iter().chain(grounds.map(|ground| &ground.label));
    let services = Html::new(services).into();
    [services].into_iter().chain(labels.map(Cow::from)).collect()
}
