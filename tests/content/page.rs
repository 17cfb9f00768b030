//! A page as its reader sees it: elements and their text.

use scraper::{ElementRef, Html, Node, Selector};

use crate::in_process::{Response, Site};

/// An HTML page.
pub struct Page {
    /// Its address below the host.
    pub path: String,
    html: Html,
}

impl Page {
    /// The page at `path` of the built-in site, which must exist. A redirect to the canonical address is followed.
    pub fn get(path: &str) -> Self {
        Self::of(Site::built_in(), path)
    }

    /// The page at `path` of `site`.
    pub fn of(site: &Site, path: &str) -> Self {
        let (path, response) = follow(site, path);
        assert_eq!(response.status, 200, "{path}");
        Self::parse(&path, &response.html)
    }

    /// A page from its HTML.
    pub fn parse(path: &str, html: &str) -> Self {
        Self {
            path: path.to_owned(),
            html: Html::parse_document(html),
        }
    }

    /// The elements that `selector` selects, in document order.
    pub fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&css(selector)).collect()
    }

    /// The only element that `selector` selects.
    pub fn only(&self, selector: &str) -> ElementRef<'_> {
        match self.select(selector)[..] {
            [only] => only,
            ref many => panic!("{}: {} elements “{selector}” instead of one", self.path, many.len()),
        }
    }

    /// The main part of the page.
    pub fn main(&self) -> ElementRef<'_> {
        self.only("main")
    }

    /// Whether the page is a set of slides, which has neither header nor a list of sources.
    pub fn is_slides(&self) -> bool {
        !self.select("body.slides").is_empty()
    }

    /// The heading of the page.
    pub fn heading(&self) -> String {
        shown(self.only("h1"))
    }

    /// The text of the main part without the list of sources, squeezed.
    pub fn body(&self) -> String {
        let mut text = String::new();
        add_text(self.main(), &mut text, &|element| {
            element.value().classes().any(|class| class == "sources") && element.value().name() == "details"
        });
        squeeze(&text)
    }

    /// Fails unless `text` is shown in the main part.
    pub fn must_show(&self, text: &str) {
        contains(&self.path, &shown(self.main()), text);
    }

    /// Fails if `text` is shown in the main part.
    pub fn must_not_show(&self, text: &str) {
        let main = squeeze(&shown(self.main()));
        assert!(
            !main.contains(&squeeze(text)),
            "{}: “{text}” does not belong here",
            self.path
        );
    }

    /// The `details` element whose summary is `summary`.
    pub fn details(&self, summary: &str) -> ElementRef<'_> {
        let summaries = self.select("main details > summary").into_iter();
        let mut found = summaries.filter(|element| same(&shown(*element), summary));
        let element = found
            .next()
            .unwrap_or_else(|| panic!("{}: no details “{summary}”", self.path));
        parent(element)
    }

    /// The value of the definition list entry with the term `term`.
    pub fn definition(&self, term: &str) -> ElementRef<'_> {
        let terms = self.select("main dt").into_iter();
        let found = terms.filter(|element| same(&shown(*element), term)).collect::<Vec<_>>();
        let [term_element] = found[..] else {
            panic!("{}: {} terms “{term}” instead of one", self.path, found.len());
        };
        let mut siblings = term_element.next_siblings().filter_map(ElementRef::wrap);
        siblings
            .next()
            .unwrap_or_else(|| panic!("{}: “{term}” has no value", self.path))
    }

    /// The fieldset with the legend `legend`.
    pub fn fieldset(&self, legend: &str) -> ElementRef<'_> {
        let legends = self.select("main fieldset > legend").into_iter();
        let mut found = legends.filter(|element| same(&shown(*element), legend));
        let element = found
            .next()
            .unwrap_or_else(|| panic!("{}: no fieldset “{legend}”", self.path));
        parent(element)
    }
}

/// The response for `path`, and its address after redirects.
pub fn follow(site: &Site, path: &str) -> (String, Response) {
    let mut path = path.to_owned();
    let mut response = site.get(&path);
    for _ in 0..2 {
        let Some(location) = response.headers.get("location") else {
            break;
        };
        path.clone_from(location);
        response = site.get(&path);
    }
    (path, response)
}

/// A selector.
pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// The elements below `element` that `selector` selects.
pub fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&css(selector)).collect()
}

/// The element around `element`.
pub fn parent(element: ElementRef<'_>) -> ElementRef<'_> {
    element
        .parent()
        .and_then(ElementRef::wrap)
        .expect("an element around it")
}

/// The text of an element, without what only screen readers read after a link.
pub fn shown(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    add_text(element, &mut text, &|_| false);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add_text(element: ElementRef<'_>, text: &mut String, leave_out: &dyn Fn(ElementRef<'_>) -> bool) {
    for child in element.children() {
        match child.value() {
            Node::Text(words) => text.push_str(words),
            Node::Element(_) => {
                let child = ElementRef::wrap(child).expect("an element");
                let unseen = child.value().classes().any(|class| class == "unseen");
                if !unseen && !leave_out(child) {
                    add_text(child, text, leave_out);
                }
            }
            _ => {}
        }
    }
}

/// A text without white space, so that line breaks and indentation of the HTML do not matter.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// Whether two texts differ in white space only.
pub fn same(one: &str, other: &str) -> bool {
    squeeze(one) == squeeze(other)
}

/// Fails unless `text`, found at `place`, contains `expected`.
pub fn contains(place: &str, text: &str, expected: &str) {
    assert!(
        squeeze(text).contains(&squeeze(expected)),
        "{place}: missing “{expected}”"
    );
}

/// Where `text`, which is squeezed, continues after the pieces `expected`, which come in this order.
///
/// # Errors
/// The first piece that is missing.
pub fn after<'a>(text: &'a str, expected: &[impl AsRef<str>]) -> Result<&'a str, String> {
    let mut rest = text;
    for piece in expected {
        let squeezed = squeeze(piece.as_ref());
        let at = rest.find(&squeezed).ok_or_else(|| piece.as_ref().to_owned())?;
        rest = &rest[at + squeezed.len()..];
    }
    Ok(rest)
}

/// What stands before, between and after the placeholders of a text.
pub fn pieces(text: &str) -> Vec<String> {
    let pieces = text
        .split('{')
        .map(|piece| piece.split_once('}').map_or(piece, |(_, after)| after));
    pieces.map(squeeze).collect()
}
