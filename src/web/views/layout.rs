//! The layout of all pages: title, header and footer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use veto_content::catalog::{Catalog, DEFAULT_FALLBACK, LocaleId};
use veto_content::codes::with_standard;
use veto_content::facts::{CountryId, Form, PartialDate};
use veto_content::files::is_built_in;
use veto_content::messages::{Common, Html, Messages, PlainText, SinglePattern};
use veto_guide::age::{self, Age};

use super::Language;
use super::evidence::Evidence;
use super::language::likely;
use crate::web::assets::Asset;
use crate::web::extract::PageRequest;
use crate::web::link::{AboutLink, Link, Query};
use crate::web::page::Page;
use crate::web::state::{AppState, Audience, FooterLink, SiteSettings};

/// The data of `layout.html`.
pub struct Frame<'a> {
    locale: LocaleId,
    /// The language of the page.
    pub language: Language<'a>,
    /// The texts of every page.
    pub common: &'a Common,
    /// All texts, for the names of other pages.
    pub messages: &'a Messages,
    /// The application state.
    pub state: &'a AppState,
    /// The heading of the page, for the title.
    pub title: Cow<'a, Html>,
    /// The address of this page.
    pub here: Link<'a>,
    /// The links to other languages, if the page has any.
    pub switch: Option<LanguageSwitch<'a>>,
    /// What the page says if it is not in the language of its address.
    pub untranslated: Option<Untranslated<'a>>,
    /// What the operator adds.
    pub operator: Operator<'a>,
}

/// That a page does not exist in the language of its address.
pub struct Untranslated<'a> {
    /// The language of the address.
    pub language: Language<'a>,
    /// The sentence in that language; its placeholder is the language of the page.
    pub text: &'a SinglePattern,
}

/// The number of languages in the header. If more are offered, it has the likely ones and a link to all.
const HEADER_LANGUAGES: usize = 4;

/// The links to other languages in the header.
pub struct LanguageSwitch<'a> {
    /// The likely languages, or all.
    pub likely: Vec<LanguageLink<'a>>,
    /// The link to all languages, if there are more.
    pub all: Option<AboutLink<'a>>,
}

/// A page in one language.
pub struct LanguageLink<'a> {
    /// The address.
    pub link: Link<'a>,
    /// The language.
    pub language: Language<'a>,
}

impl<'a> LanguageLink<'a> {
    /// The page `here` in the language `locale`.
    pub fn new(state: &'a AppState, here: Link<'a>, locale: LocaleId) -> Self {
        Self {
            link: Link {
                root: state.root(locale),
                ..here
            },
            language: Language(state.catalog.language(locale)),
        }
    }
}

impl<'a> LanguageSwitch<'a> {
    /// The links from the page `here` in the language `locale` to its other languages, if there are any.
    fn new(state: &'a AppState, here: Link<'a>, locale: LocaleId, country: Option<CountryId>) -> Option<Self> {
        let offered = state.catalog.languages().len();
        let likely = in_header(&state.catalog, locale, country).into_iter();
        (offered > 1).then(|| Self {
            likely: likely.map(|id| LanguageLink::new(state, here, id)).collect(),
            all: (offered > HEADER_LANGUAGES).then_some(AboutLink {
                page: Page::Languages,
                about: here,
            }),
        })
    }
}

/// The languages for the header, in the order of the catalog: all if they are few, or else the likely ones.
fn in_header(catalog: &Catalog, current: LocaleId, country: Option<CountryId>) -> Vec<LocaleId> {
    let all = catalog.languages();
    if all.len() <= HEADER_LANGUAGES {
        return all.map(|(id, _)| id).collect();
    }
    let mut likely = likely(catalog, current, country);
    likely.truncate(HEADER_LANGUAGES);
    likely.sort_unstable_by_key(|id| id.index());
    likely
}

/// What the operator adds to every page. Where it is not in the language of the page, its language is given.
pub struct Operator<'a> {
    /// The name of this instance.
    pub name: Option<&'a str>,
    /// Whom people can ask, for papers.
    pub paper_contact: Option<&'a str>,
    /// A notice at the top.
    pub notice: Option<(Option<Language<'a>>, &'a String)>,
    /// Links in the footer, such as the imprint.
    pub links: Option<(Option<Language<'a>>, &'a Vec<FooterLink>)>,
}

impl<'a> Operator<'a> {
    fn new(state: &'a AppState, language: Language<'a>) -> Self {
        let SiteSettings {
            name,
            paper_contact,
            notice,
            footer,
            ..
        } = &state.settings;
        Self {
            name: name.as_deref(),
            paper_contact: paper_contact.as_deref(),
            notice: in_language(notice, language, &state.catalog),
            links: in_language(footer, language, &state.catalog),
        }
    }
}

/// The value for `language`; or else that for the one of which it is a variant, or for the fallback, with its language if
/// that is offered.
fn in_language<'a, T>(
    by_language: &'a BTreeMap<String, T>,
    language: Language<'a>,
    catalog: &'a Catalog,
) -> Option<(Option<Language<'a>>, &'a T)> {
    let fallback = &catalog.language(catalog.fallback()).code;
    let mut codes = with_standard(&language.0.code).chain([fallback.as_str()]);
    let (code, value) = codes.find_map(|code| Some((code, by_language.get(code)?)))?;
    let other = catalog.locale(code).filter(|_| code != language.code);
    Some((other.map(|id| Language(catalog.language(id))), value))
}

/// The visitor's country: the chosen one, or else the one that the operator has preselected.
pub fn country(request: &PageRequest) -> Option<CountryId> {
    request.choices.country().or(request.state.settings.country)
}

impl<'a> Frame<'a> {
    /// The frame of a requested page.
    pub fn new(request: &'a PageRequest, page: Page, title: impl Into<Cow<'a, Html>>) -> Self {
        let frame = Self::at(
            &request.state,
            request.locale,
            request.link(page),
            country(request),
            title,
        );
        let requested = request.address_locale;
        if requested == request.locale {
            return frame;
        }
        let catalog = request.catalog();
        Self {
            switch: LanguageSwitch::new(&request.state, request.link(page), requested, country(request)),
            untranslated: Some(Untranslated {
                language: Language(catalog.language(requested)),
                text: &catalog.messages(requested).common.untranslated,
            }),
            ..frame
        }
    }

    /// The frame of a page about the page `about`, to which the links in the header lead.
    pub fn about(request: &'a PageRequest, page: Page, about: Page, title: impl Into<Cow<'a, Html>>) -> Self {
        let PageRequest { state, locale, .. } = request;
        Self {
            switch: LanguageSwitch::new(state, request.link(about), *locale, country(request)),
            ..Self::new(request, page, title)
        }
    }

    /// The frame of an error page, whose links lead to the first page.
    pub fn of_error(state: &'a AppState, locale: LocaleId, title: impl Into<Cow<'a, Html>>) -> Self {
        let home = Link {
            root: state.root(locale),
            page: Page::Home,
            query: Query::EMPTY,
            facts: &state.catalog.facts,
        };
        Self::at(state, locale, home, None, title)
    }

    fn at(
        state: &'a AppState,
        locale: LocaleId,
        here: Link<'a>,
        country: Option<CountryId>,
        title: impl Into<Cow<'a, Html>>,
    ) -> Self {
        let language = Language(state.catalog.language(locale));
        let messages = state.catalog.messages(locale);
        Self {
            locale,
            language,
            common: &messages.common,
            messages,
            state,
            title: title.into(),
            here,
            switch: LanguageSwitch::new(state, here, locale, country),
            untranslated: None,
            operator: Operator::new(state, language),
        }
    }

    /// The path of the site, without a `/` at its end.
    pub fn base(&self) -> &'a str {
        self.state.settings.base_url.path()
    }

    /// Whether visitors use https.
    pub fn is_https(&self) -> bool {
        self.state.settings.base_url.is_https()
    }

    /// How long a browser keeps choices, in hours.
    pub fn keep_hours(&self) -> u16 {
        self.state.settings.keep_hours
    }

    /// The file name of the style sheet.
    pub fn style(&self) -> &'a str {
        &self.state.assets.style.name
    }

    /// The file name of the style sheet that pages for paper have in addition.
    pub fn paper_style(&self) -> &'a str {
        &self.state.assets.paper.name
    }

    /// The file name of the style sheet that the timeline has in addition.
    pub fn timeline_style(&self) -> &'a str {
        &self.state.assets.timeline.name
    }

    /// The file name of the style sheet of slides, which stands in place of that of all pages.
    pub fn slides_style(&self) -> &'a str {
        &self.state.assets.slides.name
    }

    /// The script of slides.
    pub fn slides_script(&self) -> &'a Asset {
        &self.state.assets.slides_script
    }

    /// The script.
    pub fn script(&self) -> &'a Asset {
        &self.state.assets.script
    }

    /// The file name of the icon.
    pub fn icon(&self) -> &'a str {
        &self.state.assets.icon.name
    }

    /// The address of another page, with the same choices.
    pub fn link(&self, page: Page) -> Link<'a> {
        Link { page, ..self.here }
    }

    /// The pages for a class and a family, with their names; first what the operator puts first.
    pub fn groups(&self) -> [(Link<'a>, &'a PlainText); 2] {
        let school = (self.link(Page::School), &self.messages.school.name);
        let family = (self.link(Page::Family), &self.messages.family.name);
        match self.state.settings.audience {
            Some(Audience::Family) => [family, school],
            _ => [school, family],
        }
    }

    /// The links in the footer.
    pub fn more(&self) -> [(Link<'a>, &'a PlainText); 10] {
        let Messages {
            common,
            everything,
            journey,
            sources,
            privacy,
            accessibility,
            school,
            family,
            share,
            ..
        } = self.messages;
        [
            (self.link(Page::Everything), &everything.title),
            (self.link(Page::Ways), &journey.ways.title),
            (self.link(Page::Companies), &common.pages.company),
            (self.link(Page::Why), &common.pages.why),
            (self.link(Page::School), &school.name),
            (self.link(Page::Family), &family.name),
            (self.link(Page::Share), &share.name),
            (self.link(Page::Sources), &sources.title),
            (self.link(Page::Privacy), &privacy.title),
            (self.link(Page::Accessibility), &accessibility.title),
        ]
    }

    /// The short number of this page, if it has one.
    pub fn number(&self) -> Option<u16> {
        self.here.page.number(&self.state.catalog.facts)
    }

    /// This page in the language from which its texts were made, if that is offered: the one of which it is a variant, or else
    /// English.
    pub fn in_source_language(&self) -> Option<LanguageLink<'a>> {
        let standard = with_standard(&self.language.code).skip(1);
        let mut sources = standard.chain([DEFAULT_FALLBACK]);
        let source = sources.find_map(|code| self.state.catalog.locale(code))?;
        Some(LanguageLink::new(self.state, self.here, source))
    }

    /// The list of the texts of this page, if the language is one of those of the program.
    pub fn mistakes(&self) -> Option<AboutLink<'a>> {
        is_built_in(&self.language.code).then_some(AboutLink {
            page: Page::Mistakes,
            about: self.here,
        })
    }

    /// The evidence in this language.
    pub fn evidence(&self) -> &'a Evidence {
        self.state.evidence(self.locale)
    }

    /// A date in the format of the language.
    pub fn date(&self, date: PartialDate) -> String {
        self.messages.format.date(date)
    }

    /// Whether a form was last confirmed more than six months ago.
    pub fn is_long_ago(&self, form: &Form) -> bool {
        let today = self.state.settings.clock.today();
        today.is_some_and(|today| age::is_long_ago(form, today.date()))
    }

    /// The date of the facts, if they are so old that pages with a form say until when we know it.
    pub fn known_until(&self) -> Option<String> {
        self.gathered_if(|age| age >= Age::Aging)
    }

    /// The date of the facts, if they are outdated.
    pub fn outdated(&self) -> Option<String> {
        self.gathered_if(|age| age == Age::Outdated)
    }

    fn gathered_if(&self, is_shown: impl Fn(Age) -> bool) -> Option<String> {
        let gathered = age::gathered(&self.state.catalog.facts)?;
        is_shown(self.state.age()).then(|| self.date(gathered))
    }
}
