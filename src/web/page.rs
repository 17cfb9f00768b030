//! The site map: every page with its path and its handler.

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;
use axum::routing::{MethodRouter, get};
use strum::{EnumIter, IntoEnumIterator as _};
use veto_guide::{Letter, Reply, Step};

use super::state::AppState;
use super::views::{
    article, authority, everything, home, languages, letter, record, reply, sources, start, step, text, why,
};

/// A page that has an address in every language.
#[derive(Clone, Copy, Debug, EnumIter, PartialEq, Eq)]
pub enum Page {
    /// The first page.
    Home,
    /// The question for service and country.
    Start,
    /// One of the seven steps.
    Step(Step),
    /// The text for Meta alone, as plain text.
    Text,
    /// Everything on one page.
    Everything,
    /// The question for Meta's reply.
    Replies,
    /// One of the replies.
    Reply(Reply),
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
    /// Why and what happened.
    Why,
    /// Sources and dates.
    Sources,
    /// What this site knows about you.
    Privacy,
    /// Accessibility.
    Accessibility,
    /// All languages of a page.
    Languages,
}

/// The path of a page below the language, and its handlers.
struct Route {
    /// The path; for a group of pages, the part before the slug.
    prefix: &'static str,
    /// The slug of a page in a group; empty for a single page.
    slug: &'static str,
    /// Parses a slug of the group; `None` for a single page.
    parse: Option<fn(&str) -> Option<Page>>,
    /// Methods and handlers.
    methods: fn() -> MethodRouter<Arc<AppState>>,
}

impl Route {
    /// A single page.
    fn single(path: &'static str, methods: fn() -> MethodRouter<Arc<AppState>>) -> Self {
        Self {
            prefix: path,
            slug: "",
            parse: None,
            methods,
        }
    }

    /// A page of a group that shares its handlers; the slug selects the page.
    fn one_of(
        prefix: &'static str,
        slug: &'static str,
        parse: fn(&str) -> Option<Page>,
        methods: fn() -> MethodRouter<Arc<AppState>>,
    ) -> Self {
        Self {
            prefix,
            slug,
            parse: Some(parse),
            methods,
        }
    }
}

impl Page {
    /// Path, methods and handler of each page: router, links and canonical redirects are built from this list alone.
    fn route(self) -> Route {
        let step_of = |slug: &str| slug.parse().ok().map(Self::Step);
        let reply_of = |slug: &str| slug.parse().ok().map(Self::Reply);
        let letter_of = |slug: &str| slug.parse().ok().map(Self::Letter);
        match self {
            Self::Home => Route::single("", || get(home::show)),
            Self::Start => Route::single("start", || get(start::show)),
            Self::Step(step) => Route::one_of("step/", step.as_str(), step_of, || get(step::show)),
            Self::Text => Route::single("text.txt", || get(text::show)),
            Self::Everything => Route::single("everything", || get(everything::show)),
            Self::Replies => Route::single("reply", || get(reply::list)),
            Self::Reply(reply) => Route::one_of("reply/", reply.as_str(), reply_of, || get(reply::show)),
            Self::Record => Route::single("record", || get(record::show)),
            Self::Calendar => Route::single("record.ics", || get(record::calendar)),
            Self::YearCalendar => Route::single("year.ics", || get(record::year)),
            Self::Authority => Route::single("authority", || get(authority::show)),
            Self::Letter(letter) => Route::one_of("letter/", letter.as_str(), letter_of, || {
                get(letter::form).post(letter::submit)
            }),
            Self::Why => Route::single("why", || get(why::show)),
            Self::Sources => Route::single("sources", || get(sources::show)),
            Self::Privacy => Route::single("privacy", || get(article::privacy)),
            Self::Accessibility => Route::single("accessibility", || get(article::accessibility)),
            Self::Languages => Route::single("languages", || get(languages::show)),
        }
    }

    /// The path below the language, in two parts.
    pub fn path(self) -> (&'static str, &'static str) {
        let route = self.route();
        (route.prefix, route.slug)
    }

    /// The page of a request, in any language.
    pub fn of(uri: &Uri) -> Option<Self> {
        Self::at(uri.path().splitn(3, '/').nth(2)?)
    }

    /// The page at a path below the language.
    pub fn at(path: &str) -> Option<Self> {
        Self::iter().find_map(|page| {
            let route = page.route();
            let slug = path.strip_prefix(route.prefix)?;
            match route.parse {
                Some(parse) => parse(slug),
                None => slug.is_empty().then_some(page),
            }
        })
    }

    /// The routes of all pages.
    pub fn router() -> Router<Arc<AppState>> {
        // The iterator has one page of each group, and its route serves the whole group.
        Self::iter().map(Self::route).fold(Router::new(), |router, route| {
            let slug = route.parse.map_or("", |_| "{slug}");
            router.route(&format!("/{{language}}/{}{slug}", route.prefix), (route.methods)())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_own_path() {
        let steps = Step::ALL.map(Page::Step);
        let replies = Reply::ALL.map(Page::Reply);
        let letters = Letter::ALL.map(Page::Letter);
        for page in Page::iter().chain(steps).chain(replies).chain(letters) {
            let (prefix, slug) = page.path();
            let uri: Uri = format!("/de/{prefix}{slug}").parse().unwrap();
            assert_eq!(Page::of(&uri), Some(page), "{uri}");
        }
        for path in ["/de/step/8", "/de/step/", "/de/nothing", "/de", "/"] {
            assert_eq!(Page::of(&path.parse().unwrap()), None, "{path}");
        }
    }
}
