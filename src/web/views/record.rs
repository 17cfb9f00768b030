//! The record of an objection for paper, and its days as calendar files.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use veto_content::facts::{IdSet, PageJourneyId};
use veto_content::messages::{Html, Messages, PlainText, Record, RecordLawTexts};
use veto_guide::calendar::{self, Entry};
use veto_guide::deadline::Date;
use veto_guide::sent::{SentEntry, SentInput, UsedForm};
use veto_guide::{Day, Key, Letter, Plan, Reply, Target, UnknownValue, objection, page_journey};

use super::evidence::{Statement, statements};
use super::{FormError, Frame, Language, page, question};
use crate::web::extract::{FormBody, PageRequest, RecordRequest};
use crate::web::headers::{NO_STORE, PAGE_CACHE};
use crate::web::link::Link;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage<'a> {
    frame: Frame<'a>,
    texts: &'a Record,
    statements: Vec<Statement<'a>>,
    /// One for each objection, in the order of services and journeys.
    objections: Vec<Objection<'a>>,
    /// The texts for the visitor's law.
    law_texts: &'a RecordLawTexts,
    /// The letters to send after the deadlines: page and name. None if all objections are those of journeys on one page.
    letters: Vec<(Link<'a>, &'a PlainText)>,
    /// The link to choose other days.
    change: Link<'a>,
    /// The services and journeys whose objection has no day yet.
    without_day: Html,
    /// Whether the person has said what they sent.
    is_sent: bool,
}

/// An objection that was made.
struct Objection<'a> {
    /// The id of its service or journey.
    id: &'a str,
    services: Html,
    /// The address of the form: the newest one, if the person has not said that they used another.
    form: Option<&'a str>,
    text: String,
    /// The language of the text.
    language: Language<'a>,
    /// The forms to choose from, for a service: year, whether it is chosen.
    forms: Vec<(u16, bool)>,
    /// Whether the person says that they used another form.
    is_other: bool,
    /// What is in the field for the text.
    typed: String,
    form_error: Option<FormError<'a>>,
    is_too_long: bool,
    made: String,
    look: String,
    due: String,
    complain: String,
    /// What Meta replied.
    reply: Option<&'a PlainText>,
}

/// An objection that was made on a day.
pub(super) struct Made {
    what: Objected,
    pub day: Day,
    reply: Option<Reply>,
}

/// What was objected to.
enum Objected {
    /// A service: the plan at its form.
    Service(Plan),
    /// What a journey on one page is about.
    Journey(PageJourneyId),
}

impl Made {
    fn target(&self) -> Target {
        match &self.what {
            Objected::Service(plan) => Target::Service(plan.form()),
            Objected::Journey(journey) => Target::Journey(*journey),
        }
    }

    /// The names of what it covers.
    pub fn names(&self, request: &PageRequest) -> Html {
        match &self.what {
            Objected::Service(plan) => {
                let names = plan.covered_names(&request.catalog().facts);
                Html::escaped(&request.messages().format.list(names))
            }
            Objected::Journey(_) => name(request, self.target()),
        }
    }
}

/// The name of a service or a journey on one page.
pub(super) fn name(request: &PageRequest, target: Target) -> Html {
    let facts = &request.catalog().facts;
    match target {
        Target::Service(service) => Html::escaped(&facts.services[service].name),
        Target::Journey(journey) => {
            let texts = request.messages().page_journeys.get(&facts.page_journeys[journey].id);
            Html::new(texts.map_or("", |texts| texts.want.as_str()))
        }
    }
}

impl RecordPage<'_> {
    fn is_invalid(&self) -> bool {
        let mut objections = self.objections.iter();
        objections.any(|objection| objection.form_error.is_some() || objection.is_too_long)
    }
}

/// `GET /{language}/record`
pub async fn show(RecordRequest { request, plan }: RecordRequest) -> Response {
    match made(&request, plan.as_ref(), Page::Record) {
        Ok(made) => page(&view(&request, plan.as_ref(), &made, None)),
        Err(question) => question,
    }
}

/// `POST /{language}/record`: the record with the form and the text that the person has sent. They are not stored anywhere.
pub async fn show_sent(RecordRequest { request, plan }: RecordRequest, FormBody(body): FormBody) -> Response {
    let input = SentInput::parse(&body, &request.catalog().facts);
    match made(&request, plan.as_ref(), Page::Record) {
        Ok(made) => {
            let view = view(&request, plan.as_ref(), &made, Some(&input));
            let status = if view.is_invalid() {
                StatusCode::BAD_REQUEST
            } else {
                StatusCode::OK
            };
            (status, [(header::CACHE_CONTROL, NO_STORE)], page(&view)).into_response()
        }
        Err(question) => question,
    }
}

fn view<'a>(
    request: &'a PageRequest,
    plan: Option<&Plan>,
    made: &[Made],
    sent: Option<&'a SentInput>,
) -> RecordPage<'a> {
    let messages = request.messages();
    let law = request.law();
    let all = plan
        .into_iter()
        .flat_map(|plan| plan.objections().iter().map(Target::Service));
    let all = all.chain(request.choices.journeys().map(|(journey, _)| Target::Journey(journey)));
    let without_day = all.filter(|target| !made.iter().any(|made| made.target() == *target));
    let without_day: Vec<Html> = without_day.map(|target| name(request, target)).collect();
    let letters = plan.map(|_| [Letter::Reminder, Letter::Complaint]);
    let letters = letters.into_iter().flatten().map(|letter| {
        let texts = letter.form_texts(&messages.letter_forms, law);
        (request.link(Page::Letter(letter)), &texts.title)
    });
    RecordPage {
        frame: Frame::new(request, Page::Record, &messages.record.title),
        texts: &messages.record,
        statements: statements(request, &["record"]),
        objections: made
            .iter()
            .map(|made| objection(request, made, sent.and_then(|sent| sent.entry(made.target()))))
            .collect(),
        law_texts: messages.record.laws.of(law),
        letters: letters.collect(),
        change: request.link(Page::Days),
        without_day: Html::new(messages.format.list(without_day.iter().map(Html::as_str))),
        is_sent: sent.is_some(),
    }
}

/// An objection on the record; `sent` is what the person says about it.
fn objection<'a>(request: &'a PageRequest, made: &Made, sent: Option<&'a SentEntry>) -> Objection<'a> {
    let catalog = request.catalog();
    let facts = &catalog.facts;
    let messages = request.messages();
    let texts = &messages.record;
    let law = request.law();
    let date = |day| messages.format.day(day);
    let mut locale = request.text_locale();
    let (form, is_other, form_error, forms, composed) = match &made.what {
        Objected::Service(plan) => {
            let service = plan.form();
            let newest = facts.open_forms_of(service).next();
            let used = sent.map_or(Ok(None), |sent| sent.used(service, facts));
            let (form, is_other) = match used {
                Ok(Some(UsedForm::Known(form))) => (Some(form), false),
                Ok(Some(UsedForm::Other)) => (None, true),
                _ => (newest, false),
            };
            let form = form.map(|form| form.address.as_str());
            let forms = facts.open_forms_of(service);
            let forms = forms.map(|listed| (listed.generation, form == Some(&listed.address)));
            let composed = objection::compose(plan, IdSet::default(), catalog, locale);
            (form, is_other, used.err(), forms.collect(), composed)
        }
        Objected::Journey(journey) => {
            let journey = &facts.page_journeys[*journey];
            let has_texts = |messages: &Messages| page_journey::has_texts(journey, messages);
            locale = catalog.locale_with(locale, has_texts).unwrap_or(locale);
            let key = journey.letter.as_deref().unwrap_or_default();
            let text = page_journey::compose(journey, key, law, IdSet::default(), catalog, locale);
            let mut steps = journey.steps.iter();
            let step = steps.find(|step| step.text.as_deref() == Some(key));
            let link = step.and_then(|step| facts.links.get(step.link.as_ref()?));
            let form = link.map(|link| link.address.as_str());
            let is_other = sent.is_some_and(|sent| sent.used == UsedForm::OTHER);
            let composed = text.map_or_else(String::new, |text| text.body);
            (form.filter(|_| !is_other), is_other, None, Vec::new(), composed)
        }
    };
    let typed = sent
        .map(|sent| sent.typed.as_str())
        .filter(|typed| !typed.trim().is_empty());
    let is_too_long = sent.is_some_and(SentEntry::is_too_long);
    let text = typed.filter(|_| !is_too_long).unwrap_or(&composed);
    Objection {
        id: made.target().id(facts),
        services: made.names(request),
        form,
        text: text.to_owned(),
        language: Language(catalog.language(locale)),
        forms,
        is_other,
        typed: typed.unwrap_or(&composed).to_owned(),
        form_error: form_error.map(|value| FormError::Unknown(&texts.sent.wrong, value)),
        is_too_long,
        made: date(made.day.date()),
        look: date(made.day.check_again()),
        due: date(made.day.reply_due(law.reply_months)),
        complain: date(made.day.complain(law.reply_months)),
        reply: made.reply.map(|reply| &reply.texts(&messages.replies).name),
    }
}

/// `/{language}/days`: asks for the days, with those that are chosen in their fields.
pub async fn days(RecordRequest { request, .. }: RecordRequest) -> Response {
    question::ask_days(&request, Page::Days, Page::Record, &[])
}

/// `/{language}/record.ics`: for each objection, the day to look for a reply, the day on which it is due, and a year later.
pub async fn calendar(RecordRequest { request, plan }: RecordRequest) -> Response {
    let made = match made(&request, plan.as_ref(), Page::Calendar) {
        Ok(made) => made,
        Err(question) => return question,
    };
    let texts = &request.messages().record;
    let law = request.law();
    let due = &texts.laws.of(law).event_due;
    let replies = absolute(&request, Page::Replies);
    let again = absolute(&request, Page::Reply(Reply::Confirmed));
    events(&request, &made, |made| {
        [
            ("look", made.day.check_again(), &texts.event_look, replies.as_str()),
            ("due", made.day.reply_due(law.reply_months), due, &replies),
            ("year", made.day.next_year(), &texts.event_year, &again),
        ]
    })
}

/// `/{language}/year.ics`
pub async fn year(RecordRequest { request, plan }: RecordRequest) -> Response {
    let made = match made(&request, plan.as_ref(), Page::YearCalendar) {
        Ok(made) => made,
        Err(question) => return question,
    };
    let texts = &request.messages().record;
    let again = absolute(&request, Page::Reply(Reply::Confirmed));
    events(&request, &made, |made| {
        [("year", made.day.next_year(), &texts.event_year, again.as_str())]
    })
}

/// The calendar file with the days `of` each objection: kind, day, text, address. That of a journey on one page is named in
/// the text, and leads to the record.
fn events<'a, const N: usize>(
    request: &PageRequest,
    made: &[Made],
    of: impl Fn(&Made) -> [(&'static str, Date, &'a PlainText, &'a str); N],
) -> Response {
    let facts = &request.catalog().facts;
    let record = absolute(request, Page::Record);
    let pair = request.messages().common.punctuation.pair.as_str();
    let mut days = Vec::new();
    for made in made {
        for (kind, day, text, url) in of(made) {
            let target = made.target();
            let id = format!("{kind}-{}-{}@veto", made.day, target.id(facts));
            let (summary, url) = match target {
                Target::Service(_) => (text.as_str().to_owned(), url),
                Target::Journey(_) => {
                    let summary = [name(request, target).as_str(), pair, text.as_str()].concat();
                    (summary, record.as_str())
                }
            };
            days.push((id, day, summary, url));
        }
    }
    let entries = days.iter().map(|(id, day, summary, url)| Entry {
        id: id.clone(),
        day: *day,
        summary,
        url,
    });
    file(&entries.collect::<Vec<_>>())
}

/// The response with a calendar file.
pub(super) fn file(entries: &[Entry]) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/calendar; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"veto.ics\""),
        ),
        (header::CACHE_CONTROL, PAGE_CACHE),
    ];
    (headers, calendar::file(entries)).into_response()
}

/// The absolute address of a page, with the visitor's choices.
pub(super) fn absolute(request: &PageRequest, page: Page) -> String {
    let origin = request.state.settings.base_url.origin();
    format!("{origin}{}", request.link(page).location())
}

/// The objections that were made; or else the page that asks for their days, if there are none or one is in the future.
/// Without a day of today none is.
pub(super) fn made(request: &PageRequest, plan: Option<&Plan>, wanted: Page) -> Result<Vec<Made>, Response> {
    let today = request.state.settings.clock.today();
    let services = plan.into_iter().flat_map(|plan| {
        let entries = plan.objections().iter();
        entries.filter_map(|service| Some((Objected::Service(plan.at(service)), plan.choices().entry(service)?)))
    });
    let journeys = request.choices.journeys();
    let journeys = journeys.map(|(journey, entry)| (Objected::Journey(journey), entry));
    let with_day = services.chain(journeys).filter_map(|(what, entry)| {
        Some(Made {
            what,
            day: entry.day?,
            reply: entry.state,
        })
    });
    let (past, future): (Vec<_>, Vec<_>) = with_day.partition(|made| today.is_none_or(|today| made.day <= today));
    if past.is_empty() || !future.is_empty() {
        let future = future.into_iter().map(|made| UnknownValue {
            key: Key::Day,
            value: made.day.to_string(),
            entry: Some(made.target()),
        });
        let future: Vec<UnknownValue> = future.collect();
        return Err(question::ask_days(
            request,
            wanted,
            wanted,
            &future.iter().collect::<Vec<_>>(),
        ));
    }
    Ok(past)
}
