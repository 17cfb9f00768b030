//! The site map: every page with its path and its handler.

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;
use axum::routing::{MethodRouter, get};
use strum::{EnumIter, IntoEnumIterator as _};
use veto_content::facts::{Facts, OptOutId, PageJourneyId};
use veto_guide::{Letter, Reply, Status, Step};

use super::state::AppState;
use super::views::slides::SlideSet;
use super::views::{
    article, authority, changes, check_list, companies, company, company_complaint, company_objection, everything,
    family, family_sheet, finish, guide, handout, home, journey, languages, lesson, letter, mistakes, parents, phone,
    privacy, quiz, record, reply, school, share, shared_device, slides, sources, start, status, step, text, timeline,
    topic, troubles, ways, why,
};

/// A page that has an address in every language.
#[derive(Clone, Copy, Debug, EnumIter, PartialEq, Eq)]
pub enum Page {
    /// The first page.
    Home,
    /// The question what it is about.
    Topic,
    /// Which way for what: all journeys.
    Ways,
    /// The question for service and country.
    Start,
    /// A step of a journey.
    Step(Step),
    /// A journey on one page.
    Journey(PageJourneyId),
    /// The letter of such a journey.
    JourneyLetter(PageJourneyId),
    /// The text for Meta alone, as plain text.
    Text,
    /// Everything on one page.
    Everything,
    /// The question for Meta's reply.
    Replies,
    /// One of the replies.
    Reply(Reply),
    /// A question whether an objection counts, or a verdict.
    Status(Status),
    /// All reported problems, by step.
    Troubles,
    /// After the last step: what to keep, and what comes next.
    Finish,
    /// What to do on a device that others use.
    SharedDevice,
    /// The question for the days of the objections, for the record.
    Days,
    /// The record of an objection.
    Record,
    /// The days of the record as a calendar file.
    Calendar,
    /// A calendar file with a reminder a year later.
    YearCalendar,
    /// The supervisory authority.
    Authority,
    /// One of the letters.
    Letter(Letter),
    /// All services of other companies.
    Companies,
    /// A service of another company.
    Company(OptOutId),
    /// The objection to it, as text and letter.
    CompanyObjection(OptOutId),
    /// The complaint about it.
    CompanyComplaint(OptOutId),
    /// Services of other companies as one list to print.
    CheckList,
    /// The days of that list as a calendar file.
    CheckListCalendar,
    /// Which data Meta uses, on which law it relies, what is disputed.
    Why,
    /// What happened between Meta, courts, authorities and users.
    Timeline,
    /// Sources and dates.
    Sources,
    /// What the newest sources say.
    Changes,
    /// What this site knows about you.
    Privacy,
    /// Accessibility.
    Accessibility,
    /// All languages of a page.
    Languages,
    /// The texts of a page, for readers who have found a mistake.
    Mistakes,
    /// What there is for a class.
    School,
    /// The seven steps on a sheet of paper.
    Handout,
    /// The letter to parents.
    Parents,
    /// The letter to parents, as plain text.
    ParentsText,
    /// The statements that a class judges.
    Quiz,
    /// The answers, with their sources.
    Answers,
    /// Everything as a file to keep.
    Guide,
    /// The sheet for a lesson.
    Lesson,
    /// The sets of slides.
    Slides,
    /// A set of slides.
    SlideSet(SlideSet),
    /// The notes to the slides.
    SlideNotes,
    /// What may be done in class and what not.
    SchoolRules,
    /// What there is for a family.
    Family,
    /// The sheet of a family.
    FamilySheet,
    /// The days of the sheet as a calendar file.
    FamilyCalendar,
    /// Help by telephone, for the person who helps.
    Phone,
    /// The same lines for the other person.
    PhoneOther,
    /// The address of this site for another device.
    Share,
    /// Its QR code alone.
    ShareCode,
}

/// The pages with a short number, for telephone and paper, besides steps and journeys on one page.
const NUMBERS: [(u16, Page); 34] = [
    (8, Page::Finish),
    (9, Page::Troubles),
    (10, Page::Ways),
    (40, Page::Topic),
    (41, Page::Everything),
    (42, Page::Replies),
    (43, Page::Record),
    (44, Page::Authority),
    (45, Page::SharedDevice),
    (46, Page::Reply(Reply::Confirmed)),
    (47, Page::Reply(Reply::More)),
    (48, Page::Reply(Reply::Refused)),
    (49, Page::Reply(Reply::Nothing)),
    (50, Page::School),
    (51, Page::Handout),
    (52, Page::Parents),
    (53, Page::Quiz),
    (54, Page::Slides),
    (55, Page::SchoolRules),
    (60, Page::Family),
    (61, Page::FamilySheet),
    (62, Page::Phone),
    (63, Page::Share),
    (70, Page::Companies),
    (80, Page::Why),
    (81, Page::Timeline),
    (82, Page::Sources),
    (83, Page::Privacy),
    (84, Page::Accessibility),
    (90, Page::Letter(Letter::Objection)),
    (91, Page::Letter(Letter::More)),
    (92, Page::Letter(Letter::Refused)),
    (93, Page::Letter(Letter::Reminder)),
    (94, Page::Letter(Letter::Complaint)),
];

/// A path below the language with its handlers.
struct Route {
    path: &'static str,
    methods: fn() -> MethodRouter<Arc<AppState>>,
}

impl Route {
    fn new(path: &'static str, methods: fn() -> MethodRouter<Arc<AppState>>) -> Self {
        Self { path, methods }
    }
}

impl Page {
    /// The path below the language, and its handlers: router, links and canonical redirects are built from this list alone.
    /// Pages of a group share a path that ends in parameters.
    fn route(self) -> Route {
        match self {
            Self::Home => Route::new("", || get(home::show)),
            Self::Topic => Route::new("topic", || get(topic::show)),
            Self::Ways => Route::new("ways", || get(ways::show)),
            Self::Start => Route::new("start", || get(start::show)),
            Self::Step(_) => Route::new("{journey}/{step}", || get(step::show).post(step::change_text)),
            Self::Journey(_) => Route::new("{journey}", || get(journey::show).post(journey::change_text)),
            Self::JourneyLetter(_) => Route::new("{journey}/letter", || {
                get(journey::letter).post(journey::letter_of_text)
            }),
            Self::Text => Route::new("text.txt", || get(text::show)),
            Self::Everything => Route::new("everything", || get(everything::show)),
            Self::Replies => Route::new("reply", || get(reply::list)),
            Self::Reply(_) => Route::new("reply/{reply}", || get(reply::show)),
            Self::Status(_) => Route::new("status/{status}", || get(status::show)),
            Self::Troubles => Route::new("troubles", || get(troubles::show)),
            Self::Finish => Route::new("finish", || get(finish::show)),
            Self::SharedDevice => Route::new("shared-device", || get(shared_device::show).post(shared_device::wipe)),
            Self::Days => Route::new("days", || get(record::days)),
            Self::Record => Route::new("record", || get(record::show).post(record::show_sent)),
            Self::Calendar => Route::new("record.ics", || get(record::calendar)),
            Self::YearCalendar => Route::new("year.ics", || get(record::year)),
            Self::Authority => Route::new("authority", || get(authority::show)),
            Self::Letter(_) => Route::new("letter/{letter}", || get(letter::form).post(letter::submit)),
            Self::Companies => Route::new("company", || get(companies::show)),
            Self::Company(_) => Route::new("company/{service}", || get(company::show)),
            Self::CompanyObjection(_) => Route::new("objection/{service}", || {
                get(company_objection::show).post(company_objection::change_text)
            }),
            Self::CompanyComplaint(_) => Route::new("complaint/{service}", || get(company_complaint::show)),
            Self::CheckList => Route::new("check-list", || get(check_list::show)),
            Self::CheckListCalendar => Route::new("check-list.ics", || get(check_list::calendar)),
            Self::Why => Route::new("why", || get(why::show)),
            Self::Timeline => Route::new("timeline", || get(timeline::show)),
            Self::Sources => Route::new("sources", || get(sources::show)),
            Self::Changes => Route::new("changes", || get(changes::show)),
            Self::Privacy => Route::new("privacy", || get(privacy::show)),
            Self::Accessibility => Route::new("accessibility", || get(article::accessibility)),
            Self::Languages => Route::new("languages", || get(languages::show)),
            Self::Mistakes => Route::new("mistakes", || get(mistakes::show)),
            Self::School => Route::new("school", || get(school::show)),
            Self::Handout => Route::new("school/handout", || get(handout::show)),
            Self::Parents => Route::new("school/parents", || get(parents::show)),
            Self::ParentsText => Route::new("school/parents.txt", || get(parents::text)),
            Self::Quiz => Route::new("school/quiz", || get(quiz::show)),
            Self::Answers => Route::new("school/quiz/answers", || get(quiz::answers)),
            Self::Guide => Route::new("everything.html", || get(guide::show)),
            Self::Lesson => Route::new("school/lesson", || get(lesson::show)),
            Self::Slides => Route::new("school/slides", || get(slides::contents)),
            Self::SlideSet(_) => Route::new("school/slides/{set}", || get(slides::show)),
            Self::SlideNotes => Route::new("school/notes", || get(slides::notes)),
            Self::SchoolRules => Route::new("school/rules", || get(article::school_rules)),
            Self::Family => Route::new("family", || get(family::show)),
            Self::FamilySheet => Route::new("family/sheet", || get(family_sheet::show)),
            Self::FamilyCalendar => Route::new("family/sheet.ics", || get(family_sheet::calendar)),
            Self::Phone => Route::new("family/phone", || get(phone::show)),
            Self::PhoneOther => Route::new("family/phone/other", || get(phone::other)),
            Self::Share => Route::new("share", || get(share::show)),
            Self::ShareCode => Route::new("share.svg", || get(share::code)),
        }
    }

    /// The part of the path that all pages of a group have in common; of a single page the whole.
    fn prefix(self) -> &'static str {
        let path = self.route().path;
        path.split_once('{').map_or(path, |(prefix, _)| prefix)
    }

    /// The path below the language, in two parts.
    pub fn path(self, facts: &Facts) -> (&'static str, &str) {
        let slug = match self {
            Self::Step(step) => &step.entry(facts).path,
            Self::Journey(journey) => &facts.page_journeys[journey].id,
            Self::JourneyLetter(journey) => &facts.page_journeys[journey].letter_path,
            Self::Reply(reply) => reply.as_str(),
            Self::Status(status) => status.as_str(),
            Self::Letter(letter) => letter.as_str(),
            Self::SlideSet(set) => set.as_str(),
            Self::Company(opt_out) | Self::CompanyObjection(opt_out) | Self::CompanyComplaint(opt_out) => {
                &facts.opt_outs[opt_out].id
            }
            _ => "",
        };
        (self.prefix(), slug)
    }

    /// The page of a request, in any language.
    pub fn of(uri: &Uri, facts: &Facts) -> Option<Self> {
        Self::at(uri.path().splitn(3, '/').nth(2)?, facts)
    }

    /// The page at a path below the language.
    pub fn at(path: &str, facts: &Facts) -> Option<Self> {
        Self::iter().find_map(|page| {
            let slug = path.strip_prefix(page.prefix())?;
            match page {
                Self::Step(_) => Step::at(slug, facts).map(Self::Step),
                Self::Journey(_) => facts.page_journey(slug).map(Self::Journey),
                Self::JourneyLetter(_) => facts.journey_with_letter(slug).map(Self::JourneyLetter),
                Self::Reply(_) => slug.parse().ok().map(Self::Reply),
                Self::Status(_) => slug.parse().ok().map(Self::Status),
                Self::Letter(_) => slug.parse().ok().map(Self::Letter),
                Self::SlideSet(_) => slug.parse().ok().map(Self::SlideSet),
                Self::Company(_) => facts.opt_out(slug).map(Self::Company),
                Self::CompanyObjection(_) => facts.opt_out(slug).map(Self::CompanyObjection),
                Self::CompanyComplaint(_) => facts.opt_out(slug).map(Self::CompanyComplaint),
                single => slug.is_empty().then_some(single),
            }
        })
    }

    /// The pages with a short number: the steps of the main journey from 1, journeys on one page, and others.
    pub fn numbered(facts: &Facts) -> impl Iterator<Item = (u16, Self)> {
        let steps = Step::all(facts.main_journey(), facts).map(Self::Step);
        let before_others = NUMBERS.iter().map(|(number, _)| *number).min().unwrap_or_default();
        let steps = (1..before_others).zip(steps);
        let journeys = facts.page_journeys.iter();
        let journeys = journeys.map(|(id, journey)| (journey.number, Self::Journey(id)));
        steps.chain(journeys).chain(NUMBERS)
    }

    /// The short number of this page, if it has one.
    pub fn number(self, facts: &Facts) -> Option<u16> {
        let mut numbered = Self::numbered(facts);
        numbered.find_map(|(number, page)| (page == self).then_some(number))
    }

    /// The page with this short number.
    pub fn with_number(number: u16, facts: &Facts) -> Option<Self> {
        let mut numbered = Self::numbered(facts);
        numbered.find_map(|(known, page)| (known == number).then_some(page))
    }

    /// The routes of all pages.
    pub fn router() -> Router<Arc<AppState>> {
        // The iterator has one page of each group, and its route serves the whole group.
        Self::iter()
            .map(Self::route)
            .fold(Router::new(), |router, Route { path, methods }| {
                router.route(&format!("/{{language}}/{path}"), methods())
            })
    }
}

#[cfg(test)]
mod tests {
    use veto_content::facts::is_of_other_pages;
    use veto_content::files::Files;
    use veto_guide::RESERVED;

    use super::*;

    #[test]
    fn every_page_is_found_by_its_own_path() {
        let catalog = veto_guide::load(&Files::embedded()).unwrap();
        let facts = &catalog.facts;
        let journeys = facts.journeys.ids();
        let steps = journeys.flat_map(|journey| Step::all(journey, facts)).map(Page::Step);
        let replies = Reply::ALL.map(Page::Reply);
        let letters = Letter::ALL.map(Page::Letter);
        let statuses = Status::iter().map(Page::Status);
        let services = facts.opt_outs.ids();
        let pages = [Page::Company, Page::CompanyObjection, Page::CompanyComplaint];
        let services = services.flat_map(|id| pages.map(|page| page(id)));
        let journeys = facts.page_journeys.iter();
        let with_letter = journeys.clone().filter(|(_, journey)| journey.letter.is_some());
        let with_letter = with_letter.map(|(id, _)| Page::JourneyLetter(id));
        let journeys = journeys.map(|(id, _)| Page::Journey(id)).chain(with_letter);
        let sets = SlideSet::iter().map(Page::SlideSet);
        let groups = steps
            .chain(sets)
            .chain(journeys)
            .chain(replies)
            .chain(letters)
            .chain(statuses)
            .chain(services);
        for page in Page::iter().chain(groups) {
            let (prefix, slug) = page.path(facts);
            let uri: Uri = format!("/de/{prefix}{slug}").parse().unwrap();
            assert_eq!(Page::of(&uri, facts), Some(page), "{uri}");
        }
        for path in ["/de/meta-account/8", "/de/meta-account/", "/de/nothing", "/de", "/"] {
            assert_eq!(Page::of(&path.parse().unwrap(), facts), None, "{path}");
        }
    }

    #[test]
    fn each_number_is_that_of_one_page() {
        let catalog = veto_guide::load(&Files::embedded()).unwrap();
        let facts = &catalog.facts;
        for (number, page) in Page::numbered(facts) {
            assert_eq!(Page::with_number(number, facts), Some(page), "{number}");
            assert_eq!(page.number(facts), Some(number), "{page:?}");
            assert_eq!(is_of_other_pages(number), !matches!(page, Page::Journey(_)), "{number}");
        }
    }

    #[test]
    fn no_journey_can_have_the_name_of_a_page() {
        for page in Page::iter() {
            let first = page.route().path.split('/').next().unwrap_or_default();
            let is_reserved = first.is_empty() || first == "{journey}" || RESERVED.contains(&first);
            assert!(is_reserved, "“{first}” is not reserved");
        }
    }
}
