//! Links to pages of this site that keep the visitor's choices.

use std::borrow::Cow;
use std::fmt;

use askama::filters::HtmlSafe;
use veto_content::catalog::Catalog;
use veto_content::facts::Facts;
use veto_guide::Choices;

use super::page::Page;

/// The canonical query of choices with its `?`, or empty; unescaped for headers, and escaped for HTML.
#[derive(Debug, Default)]
pub struct Query {
    plain: String,
    html: String,
}

impl Query {
    /// The query without choices.
    pub const EMPTY: &Self = &Self {
        plain: String::new(),
        html: String::new(),
    };

    /// The canonical query of `choices`.
    pub fn new(choices: &Choices, catalog: &Catalog) -> Self {
        let plain = choices.query(catalog);
        // It consists of letters, digits, hyphens and full stops; only its `&` needs to be escaped.
        let html = plain.replace('&', "&amp;");
        Self { plain, html }
    }

    /// The query, not escaped for HTML.
    pub fn as_str(&self) -> &str {
        &self.plain
    }
}

/// The address of a page in a language with a query; writes itself into HTML.
///
/// Addresses are paths without a host, so that the `Host` header of a request cannot get into a page.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The path of the language, see [`super::state::AppState::root`].
    pub root: &'a str,
    /// The page.
    pub page: Page,
    /// The choices.
    pub query: &'a Query,
    /// The facts, which have the paths of steps.
    pub facts: &'a Facts,
}

impl<'a> Link<'a> {
    /// The address for a header, not escaped for HTML.
    pub fn location(&self) -> String {
        let (prefix, slug) = self.page.path(self.facts);
        [self.root, prefix, slug, self.query.as_str()].concat()
    }

    /// The same page with other choices.
    pub fn with(self, query: &'a Query) -> Self {
        Self { query, ..self }
    }
}

impl HtmlSafe for Link<'_> {}

impl askama::FastWritable for Link<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        let (prefix, slug) = self.page.path(self.facts);
        for part in [self.root, prefix, slug, &self.query.html] {
            if !part.is_empty() {
                out.write_str(part)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        askama::FastWritable::write_into(self, f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}

/// The address of the list of all languages of a page, such as `/de/languages?country=AT&page=why`. The first page is the
/// default and is not named.
#[derive(Clone, Copy, Debug)]
pub struct LanguagesLink<'a>(
    /// The page whose languages are listed.
    pub Link<'a>,
);

impl LanguagesLink<'_> {
    /// The key of the page in the query.
    const KEY: &'static str = "page=";

    /// The page that a query names; the first page if it names none that exists.
    pub fn page_of(query: &str, facts: &Facts) -> Page {
        let named = query.split('&').find_map(|pair| pair.strip_prefix(Self::KEY));
        let page = named
            .and_then(|path| Page::at(path, facts))
            .filter(|page| *page != Page::Languages);
        page.unwrap_or(Page::Home)
    }

    /// The parts of the address. The separators are `?` and `and`.
    fn parts<'b>(&'b self, query: &'b str, and: &'b str) -> [&'b str; 7] {
        let Link { root, page, facts, .. } = self.0;
        let (list, _) = Page::Languages.path(facts);
        if page == Page::Home {
            return [root, list, query, "", "", "", ""];
        }
        let (prefix, slug) = page.path(facts);
        let separator = if query.is_empty() { "?" } else { and };
        [root, list, query, separator, Self::KEY, prefix, slug]
    }

    /// The address for a header, not escaped for HTML.
    pub fn location(&self) -> String {
        self.parts(self.0.query.as_str(), "&").concat()
    }
}

impl HtmlSafe for LanguagesLink<'_> {}

impl askama::FastWritable for LanguagesLink<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        let parts = self.parts(&self.0.query.html, "&amp;").into_iter();
        for part in parts.filter(|part| !part.is_empty()) {
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Display for LanguagesLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        askama::FastWritable::write_into(self, f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}

/// A key that a single page reads in addition to the choices. Links to other pages do not have it.
pub trait Parameter: Default + PartialEq {
    /// The key in a query.
    const KEY: &'static str;

    /// Parses a value; `None` if it is unknown.
    fn parse(value: &str, catalog: &Catalog) -> Option<Self>;

    /// The value in a query. The default is not written.
    fn value<'a>(&self, catalog: &'a Catalog) -> Cow<'a, str>;
}

/// The address of a page with a parameter of its own behind the choices: `/de/share?country=AT&open=home`. The default is not
/// written.
#[derive(Clone, Debug)]
pub struct ParameterLink<'a> {
    link: Link<'a>,
    key: &'static str,
    value: Cow<'a, str>,
}

impl<'a> ParameterLink<'a> {
    /// The address of `link` with `parameter`.
    pub fn new<P: Parameter>(link: Link<'a>, parameter: &P, catalog: &'a Catalog) -> Self {
        let is_default = *parameter == P::default();
        Self {
            link,
            key: P::KEY,
            value: if is_default {
                "".into()
            } else {
                parameter.value(catalog)
            },
        }
    }

    /// The parts of the query behind the choices. The separators are `?` and `and`.
    fn parts<'b>(&'b self, and: &'b str) -> [&'b str; 4] {
        if self.value.is_empty() {
            return [""; 4];
        }
        let separator = if self.link.query.plain.is_empty() { "?" } else { and };
        [separator, self.key, "=", &self.value]
    }

    /// The query with its `?`, or empty; not escaped for HTML.
    pub fn query(&self) -> String {
        self.link.query.plain.clone() + &self.parts("&").concat()
    }

    /// The address for a header, not escaped for HTML.
    pub fn location(&self) -> String {
        self.link.location() + &self.parts("&").concat()
    }
}

impl HtmlSafe for ParameterLink<'_> {}

impl askama::FastWritable for ParameterLink<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, values: &dyn askama::Values) -> askama::Result<()> {
        self.link.write_into(out, values)?;
        for part in self.parts("&amp;") {
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Display for ParameterLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        askama::FastWritable::write_into(self, f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}
