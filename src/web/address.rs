//! The site map: every page, its address, and links that keep the visitor's choices.

use std::fmt;
use std::str::FromStr;

use askama::filters::HtmlSafe;
use axum::http::Uri;
use serde::Deserialize;

use crate::journey::{Answer, Choices, Letter, Library, Step};

/// Where visitors reach the site, such as `https://example.org/tools/veto/`: the operator decides it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Address {
    /// Scheme, host and port, without a `/` at the end.
    origin: String,
    /// The path, without a `/` at the end: `/tools/veto`, or nothing.
    base: String,
}

impl Address {
    /// The path below which all pages lie, without a `/` at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Scheme, host and port, without a `/` at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether visitors come by https.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

impl fmt::Display for Address {
    /// The whole address, without a `/` at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.base)
    }
}

/// A text is no address at which a site can be reached.
#[derive(Debug, thiserror::Error)]
#[error("an address is like https://example.org or https://example.org/tools/veto/, with nothing behind the path")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let uri: Uri = text.parse().map_err(|_| NoAddress)?;
        let base = uri.path().trim_end_matches('/');
        // Nothing that would have to be escaped, in an address or in HTML, and nothing that a browser would resolve.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_name = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(is_plain);
        let named = base.split('/').skip(1).all(is_name);
        let host = uri.authority().filter(|host| !host.as_str().contains('@'));
        match (uri.scheme_str(), host) {
            (Some(scheme @ ("http" | "https")), Some(host))
                if named && uri.query().is_none() && !text.contains('#') =>
            {
                Ok(Self {
                    origin: format!("{scheme}://{host}"),
                    base: base.to_owned(),
                })
            }
            _ => Err(NoAddress),
        }
    }
}

impl TryFrom<String> for Address {
    type Error = NoAddress;

    fn try_from(text: String) -> Result<Self, NoAddress> {
        text.parse()
    }
}

/// The part of an address that lies below the path `base`; `None` if nothing has to be taken off.
pub fn below(base: &str, uri: &Uri) -> Option<Uri> {
    let whole = uri.path_and_query()?.as_str();
    let rest = whole.strip_prefix(base).filter(|_| !base.is_empty())?;
    let rest = match rest.bytes().next() {
        Some(b'/') => rest.to_owned(),
        Some(b'?') | None => format!("/{rest}"),
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(rest.parse().ok()?);
    Uri::from_parts(parts).ok()
}

/// A page that has an address in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The first page.
    Home,
    /// Which service, which country.
    Start,
    /// One of the seven steps.
    Step(Step),
    /// The text alone, as plain text.
    Text,
    /// Everything on one page.
    Everything,
    /// What did Meta answer?
    Answers,
    /// One of the answers.
    Answer(Answer),
    /// What to keep.
    Record,
    /// The days of the record as a calendar file.
    Calendar,
    /// The entry of a calendar that reminds a year later.
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
}

impl Page {
    /// The page at `path`, which begins below the language.
    pub fn at(path: &str) -> Option<Self> {
        let plain = [
            Self::Home,
            Self::Start,
            Self::Text,
            Self::Everything,
            Self::Answers,
            Self::Record,
            Self::Calendar,
            Self::YearCalendar,
            Self::Authority,
            Self::Why,
            Self::Sources,
            Self::Privacy,
            Self::Accessibility,
        ];
        plain
            .into_iter()
            .chain(Step::ALL.map(Self::Step))
            .chain(Answer::ALL.map(Self::Answer))
            .chain(Letter::ALL.map(Self::Letter))
            .find(|page| path.strip_prefix(page.path().0) == Some(page.path().1))
    }

    /// The path below the language, in two parts.
    fn path(self) -> (&'static str, &'static str) {
        match self {
            Self::Home => ("", ""),
            Self::Start => ("start", ""),
            Self::Step(step) => ("step/", step.id()),
            Self::Text => ("text.txt", ""),
            Self::Everything => ("everything", ""),
            Self::Answers => ("answer", ""),
            Self::Answer(answer) => ("answer/", answer.id()),
            Self::Record => ("record", ""),
            Self::Calendar => ("record.ics", ""),
            Self::YearCalendar => ("year.ics", ""),
            Self::Authority => ("authority", ""),
            Self::Letter(letter) => ("letter/", letter.id()),
            Self::Why => ("why", ""),
            Self::Sources => ("sources", ""),
            Self::Privacy => ("privacy", ""),
            Self::Accessibility => ("accessibility", ""),
        }
    }
}

/// The path below which all pages in a language lie, such as `/tools/veto/de/`. `base` is the path of the site, without a
/// `/` at its end.
pub fn root(base: &str, language: &str) -> String {
    format!("{base}/{language}/")
}

/// The canonical query of choices with its `?`, or nothing: once as it stands in headers, once as it stands in HTML.
#[derive(Debug)]
pub struct Query {
    plain: String,
    html: String,
}

/// That nothing is chosen.
pub static NO_QUERY: Query = Query {
    plain: String::new(),
    html: String::new(),
};

impl Query {
    /// The query that these choices are written as.
    pub fn of(choices: &Choices, library: &Library) -> Self {
        let plain = choices.query(library);
        // It consists of letters, digits and hyphens; only its `&` needs to be escaped.
        let html = plain.replace('&', "&amp;");
        Self { plain, html }
    }

    /// The query as it stands in a header, not escaped for HTML.
    pub fn as_str(&self) -> &str {
        &self.plain
    }
}

/// The address of a page in a language with a query, to be written into HTML.
///
/// Addresses begin at the root of this host and never name it, so that a foreign `Host` header cannot get into a page.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The path of the language, see [`root`].
    pub root: &'a str,
    /// The page.
    pub page: Page,
    /// The choices.
    pub query: &'a Query,
}

impl<'a> Link<'a> {
    /// The address as it stands in a header, not escaped for HTML.
    pub fn location(&self) -> String {
        let (kind, which) = self.page.path();
        [self.root, kind, which, self.query.as_str()].concat()
    }

    /// The same page with other choices.
    pub fn with(self, query: &'a Query) -> Self {
        Self { query, ..self }
    }
}

impl HtmlSafe for Link<'_> {}

impl askama::FastWritable for Link<'_> {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        let (kind, which) = self.page.path();
        for part in [self.root, kind, which, &self.query.html] {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_the_site_is_taken_off_where_it_stands() {
        let of = |uri: &str| below("/tools/veto", &uri.parse().unwrap()).map(|uri| uri.to_string());
        for (uri, rest) in [
            ("/tools/veto/de/start?x=1", Some("/de/start?x=1")),
            ("/tools/veto", Some("/")),
            ("/tools/veto?country=AT", Some("/?country=AT")),
            ("/tools/vetoed/", None),
            ("/de/", None),
        ] {
            assert_eq!(of(uri).as_deref(), rest, "{uri}");
        }
        assert_eq!(below("", &"/de/".parse().unwrap()), None);
    }

    #[test]
    fn an_address_may_have_a_path_with_or_without_a_slash_at_its_end() {
        for (text, origin, base) in [
            ("https://example.org", "https://example.org", ""),
            ("https://example.org:8443/", "https://example.org:8443", ""),
            ("http://[fd00::1]:80/tools/veto/", "http://[fd00::1]:80", "/tools/veto"),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!((address.origin(), address.base()), (origin, base));
        }
    }

    #[test]
    fn what_a_visitor_could_not_open_is_no_address() {
        for text in [
            "example.org",
            "ftp://example.org",
            "https://example.org/?x",
            "https://example.org/#x",
            "https://me@example.org",
            "https://example.org/a/../b",
            "https://example.org/a//b",
            "https://example.org/a\"b",
            "https://example.org/a%20b",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }
}
