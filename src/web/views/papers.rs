//! The languages of a paper: one, or two side by side. They need not be that of its page, and papers exist in some languages
//! that the site does not have.

use std::borrow::Cow;

use veto_content::catalog::{Catalog, LocaleId, PaperLocaleId};
use veto_content::messages::PaperTexts;

use super::{Language, language};
use crate::web::extract::PageRequest;
use crate::web::link::{Parameter, ParameterLink};
use crate::web::page::Page;

/// The languages of a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaperLanguages {
    /// The language, if it is not that of the page.
    paper: Option<PaperLocaleId>,
    /// Another one beside it.
    second: Option<PaperLocaleId>,
}

impl PaperLanguages {
    fn first(self, locale: LocaleId) -> PaperLocaleId {
        self.paper.unwrap_or(PaperLocaleId::Site(locale))
    }

    fn all(self, request: &PageRequest) -> impl Iterator<Item = PaperLocaleId> {
        [self.first(request.locale)].into_iter().chain(self.second)
    }

    /// Those that the site has.
    pub fn of_site(self, request: &PageRequest) -> impl Iterator<Item = LocaleId> {
        self.all(request).filter_map(|id| match id {
            PaperLocaleId::Site(id) => Some(id),
            PaperLocaleId::Papers(_) => None,
        })
    }
}

/// Whether the paper `page` exists in the language `id`: some exist in those of the site only.
fn exists(page: Page, id: PaperLocaleId) -> bool {
    page != Page::Quiz || matches!(id, PaperLocaleId::Site(_))
}

impl Parameter for PaperLanguages {
    const KEYS: &'static [&'static str] = &["paper", "second"];

    fn set(&mut self, key: &str, value: &str, catalog: &Catalog, locale: LocaleId, page: Page) -> Option<()> {
        let id = catalog.paper_locale(value)?;
        let id = Some(id).filter(|id| exists(page, *id))?;
        // A language that the paper has already is the default.
        let own = Some(id).filter(|id| *id != self.first(locale));
        if key == "paper" {
            self.paper = own;
        } else {
            self.second = own;
        }
        Some(())
    }

    fn value<'a>(&self, key: &str, catalog: &'a Catalog) -> Cow<'a, str> {
        let id = if key == "paper" { self.paper } else { self.second };
        id.map_or("", |id| catalog.papers(id).0.code.as_str()).into()
    }
}

/// A language of a paper, with its texts.
pub struct Column<'a> {
    pub language: Language<'a>,
    pub texts: PaperTexts<'a>,
}

impl<'a> Column<'a> {
    fn new(catalog: &'a Catalog, id: PaperLocaleId) -> Self {
        let (language, texts) = catalog.papers(id);
        Self {
            language: Language(language),
            texts,
        }
    }

    /// The languages of a paper.
    pub fn all(request: &'a PageRequest, languages: PaperLanguages) -> Vec<Self> {
        let all = languages.all(request);
        all.map(|id| Self::new(request.catalog(), id)).collect()
    }

    /// The language of the page.
    pub fn of_page(request: &'a PageRequest) -> Self {
        Self::new(request.catalog(), PaperLocaleId::Site(request.locale))
    }
}

/// A link to a paper in a language.
pub struct PaperLink<'a> {
    pub link: ParameterLink<'a>,
    pub language: Language<'a>,
}

/// Links to a paper in other languages.
pub struct PaperLinks<'a> {
    pub read: Vec<PaperLink<'a>>,
    /// In translations that no native speaker has read.
    pub unread: Vec<PaperLink<'a>>,
}

impl PaperLinks<'_> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.unread.is_empty()
    }
}

/// The links to a paper in other languages.
pub struct PaperChoice<'a> {
    /// In another language, with the same second one.
    pub others: PaperLinks<'a>,
    /// With another second language.
    pub seconds: PaperLinks<'a>,
    /// Without its second language, if it has one.
    pub alone: Option<ParameterLink<'a>>,
}

impl<'a> PaperChoice<'a> {
    /// The choice on the paper `page`, which has `languages` now.
    pub fn new(request: &'a PageRequest, page: Page, languages: PaperLanguages) -> Self {
        let catalog = request.catalog();
        let now: Vec<PaperLocaleId> = languages.all(request).collect();
        let link = |languages: PaperLanguages| ParameterLink::new(request.link(page), &languages, catalog);
        let offered = catalog.paper_locales();
        let mut offered: Vec<_> = offered.filter(|id| exists(page, *id) && !now.contains(id)).collect();
        let place = language::places(request);
        offered.sort_by_cached_key(|id| match id {
            PaperLocaleId::Site(id) => place(*id),
            PaperLocaleId::Papers(_) => usize::MAX,
        });
        let links = |with: &dyn Fn(PaperLocaleId) -> PaperLanguages| {
            let links = offered.iter().map(|id| PaperLink {
                link: link(with(*id)),
                language: Language(catalog.papers(*id).0),
            });
            let (unread, read) = links.partition(|to| to.language.is_unread_translation());
            PaperLinks { read, unread }
        };
        let alone = PaperLanguages {
            second: None,
            ..languages
        };
        Self {
            others: links(&|id| PaperLanguages {
                paper: Some(id).filter(|id| *id != PaperLocaleId::Site(request.locale)),
                ..languages
            }),
            seconds: links(&|id| PaperLanguages {
                second: Some(id),
                ..languages
            }),
            alone: languages.second.map(|_| link(alone)),
        }
    }
}
