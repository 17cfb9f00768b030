//! Links to pages of this site that keep the visitor's choices.

use std::borrow::Cow;
use std::fmt;

use askama::filters::HtmlSafe;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::Facts;
use veto_guide::Choices;

use super::page::Page;

/// The canonical query of choices with its `?`, or empty; unescaped for headers, and escaped for HTML.
#[derive(Clone, Debug, Default)]
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
        Self::from(choices.query(catalog))
    }

    /// The query, not escaped for HTML.
    pub fn as_str(&self) -> &str {
        &self.plain
    }
}

impl From<String> for Query {
    fn from(plain: String) -> Self {
        // It consists of letters, digits, hyphens and full stops; only its `&` needs to be escaped.
        let html = plain.replace('&', "&amp;");
        Self { plain, html }
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

/// The address of a page about another page, such as `/de/languages?country=AT&page=why`. The first page is the default and is
/// not named; it stands in for a page about itself.
#[derive(Clone, Copy, Debug)]
pub struct AboutLink<'a> {
    /// The page: [`Page::Languages`] or [`Page::Mistakes`].
    pub page: Page,
    /// The page that it is about.
    pub about: Link<'a>,
}

impl AboutLink<'_> {
    /// The key of the other page in the query.
    const KEY: &'static str = "page=";

    /// The page that the query of `page` names; the first page if it names none that exists, or `page` itself.
    pub fn named_in(query: &str, page: Page, facts: &Facts) -> Page {
        let path = query.split('&').find_map(|pair| pair.strip_prefix(Self::KEY));
        let named = path.and_then(|path| Page::at(path, facts));
        named.filter(|named| *named != page).unwrap_or(Page::Home)
    }

    /// The parts of the address. The separators are `?` and `and`.
    fn parts<'b>(&'b self, query: &'b str, and: &'b str) -> [&'b str; 7] {
        let Link { root, page, facts, .. } = self.about;
        let (list, _) = self.page.path(facts);
        if page == Page::Home || page == self.page {
            return [root, list, query, "", "", "", ""];
        }
        let (prefix, slug) = page.path(facts);
        let separator = if query.is_empty() { "?" } else { and };
        [root, list, query, separator, Self::KEY, prefix, slug]
    }

    /// The address for a header, not escaped for HTML.
    pub fn location(&self) -> String {
        self.parts(self.about.query.as_str(), "&").concat()
    }
}

impl HtmlSafe for AboutLink<'_> {}

impl askama::FastWritable for AboutLink<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        let parts = self.parts(&self.about.query.html, "&amp;").into_iter();
        for part in parts.filter(|part| !part.is_empty()) {
            out.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Display for AboutLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        askama::FastWritable::write_into(self, f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}

/// What a page reads in addition to the choices, by keys of its own. Links to other pages do not have them.
pub trait Parameter: Default {
    /// The keys in a query, in canonical order.
    const KEYS: &'static [&'static str];

    /// Sets the value of a key, for `page` in the language `locale`; the keys come in their order. `None` if it is unknown there.
    fn set(&mut self, key: &str, value: &str, catalog: &Catalog, locale: LocaleId, page: Page) -> Option<()>;

    /// The value of a key. The default is empty, since it is not written.
    fn value<'a>(&self, key: &str, catalog: &'a Catalog) -> Cow<'a, str>;
}

/// The address of a page with parameters of its own behind the choices: `/de/share?country=AT&open=home`. Defaults are not
/// written.
#[derive(Clone, Debug)]
pub struct ParameterLink<'a> {
    link: Link<'a>,
    /// The query behind the choices, without the separator at its beginning.
    own: Query,
}

impl<'a> ParameterLink<'a> {
    /// The address of `link` with `parameter`.
    pub fn new<P: Parameter>(link: Link<'a>, parameter: &P, catalog: &Catalog) -> Self {
        let mut own = String::new();
        for key in P::KEYS {
            let value = parameter.value(key, catalog);
            if !value.is_empty() {
                let separator = if own.is_empty() { "" } else { "&" };
                own.extend([separator, key, "=", &value]);
            }
        }
        Self {
            link,
            own: Query::from(own),
        }
    }

    /// What stands between the choices and the parameters: `?` or `and`.
    fn separator(&self, and: &'static str) -> &'static str {
        match (self.own.plain.is_empty(), self.link.query.plain.is_empty()) {
            (true, _) => "",
            (false, true) => "?",
            (false, false) => and,
        }
    }

    /// The query with its `?`, or empty; not escaped for HTML.
    pub fn query(&self) -> String {
        [&self.link.query.plain, self.separator("&"), &self.own.plain].concat()
    }

    /// The address for a header, not escaped for HTML.
    pub fn location(&self) -> String {
        [&self.link.location(), self.separator("&"), &self.own.plain].concat()
    }
}

impl<'a> From<Link<'a>> for ParameterLink<'a> {
    fn from(link: Link<'a>) -> Self {
        let own = Query::default();
        Self { link, own }
    }
}

impl HtmlSafe for ParameterLink<'_> {}

impl askama::FastWritable for ParameterLink<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, values: &dyn askama::Values) -> askama::Result<()> {
        self.link.write_into(out, values)?;
        for part in [self.separator("&amp;"), &self.own.html] {
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
