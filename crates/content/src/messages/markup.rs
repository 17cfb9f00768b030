//! The markup of `locales/`: Markdown with three kinds of references.
//!
//! - `[the sentence](claim:a,b)` is shown as the sentence and cites the claims `a` and `b`.
//! - `[text](link:key)` becomes a link to a page of Meta that opens in a new tab.
//! - `{date:key}` becomes a date in the format of the language.
//!
//! Everything is resolved and escaped once, when a language is loaded.

use askama::filters::{self, Escaper as _};
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};

use super::Format;
use super::text::after_value;
use crate::facts::{PartialDate, Service};

/// What texts may refer to. Implemented by the facts, so that texts do not depend on them.
pub trait References {
    /// The address of the link `key`, if it exists.
    fn link(&self, key: &str) -> Option<&str>;
    /// Whether the claim `key` exists.
    fn has_claim(&self, key: &str) -> bool;
    /// The date `key`, if it exists.
    fn date(&self, key: &str) -> Option<PartialDate>;
    /// The ids of the laws: a text for each law has exactly these keys.
    fn laws(&self) -> Vec<&str>;
    /// The services of journeys, which come before all others: a text for each service is in their order.
    fn services(&self) -> Vec<&Service>;
    /// The ids of the journeys step by step: each has a file of texts.
    fn journeys(&self) -> Vec<&str>;
    /// The ids of the journeys on one page: each may have a file of texts.
    fn page_journeys(&self) -> Vec<&str>;
}

/// Renders the texts of one language.
pub struct Markup<'a> {
    /// What the texts may refer to.
    pub references: &'a dyn References,
    /// The language's date format.
    pub format: &'a Format,
    /// "Opens in a new tab", for screen readers.
    pub new_tab: &'a str,
}

/// A sentence of a text, and the claims that it cites.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The keys of the claims.
    pub claims: Vec<String>,
    /// The sentence as HTML.
    pub sentence: String,
}

/// A rendered text.
#[derive(Debug, Default, PartialEq)]
pub struct Rendered {
    /// The text as HTML: blocks if it was written on several lines, else inline.
    pub html: String,
    /// Its sentences that cite claims, in the order of the text.
    pub cited: Vec<Cited>,
}

impl Markup<'_> {
    /// Renders `text`.
    ///
    /// # Errors
    /// On an unknown reference, or markup that is not allowed. The error is the reason, in one line.
    pub fn render(&self, text: &str) -> Result<Rendered, String> {
        let inline = !text.contains('\n');
        let text = self.with_dates(text)?;
        let mut rendered = Rendered::default();
        let mut events = Vec::new();
        let mut cited: Option<(Vec<String>, usize)> = None;
        for event in Parser::new(&text) {
            match event {
                Event::Html(raw) | Event::InlineHtml(raw) => {
                    return Err(format!("“{raw}” is HTML; texts are written in Markdown"));
                }
                Event::Text(text) if text.contains('"') => {
                    return Err(format!(
                        "straight quotes in “{text}”; use the language's own quotation marks"
                    ));
                }
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) if inline => {}
                Event::Start(Tag::Image { dest_url, .. }) => {
                    return Err(format!("“{dest_url}” is an image; texts have none"));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    if let Some(keys) = dest_url.strip_prefix("claim:") {
                        let keys: Vec<String> = keys.split(',').map(str::to_owned).collect();
                        if let Some(key) = keys.iter().find(|key| !self.references.has_claim(key)) {
                            return Err(format!("data/claims.toml has no claim “{key}”"));
                        }
                        cited = Some((keys, events.len()));
                    } else {
                        let key = dest_url
                            .strip_prefix("link:")
                            .ok_or_else(|| format!("“{dest_url}”: a text links by link:key or cites by claim:key"))?;
                        let address = self.references.link(key);
                        let address = address.ok_or_else(|| format!("data/companies/ has no link “{key}”"))?;
                        events.push(raw_inline(link_start(address)));
                    }
                }
                Event::End(TagEnd::Link) => match cited.take() {
                    Some((claims, from)) => {
                        let mut sentence = String::new();
                        html::push_html(&mut sentence, events[from..].iter().cloned());
                        rendered.cited.push(Cited { claims, sentence });
                    }
                    None => events.push(raw_inline(link_end(self.new_tab))),
                },
                event => events.push(event),
            }
        }
        html::push_html(&mut rendered.html, events.into_iter());
        Ok(rendered)
    }

    /// Replaces each `{date:key}`.
    fn with_dates(&self, text: &str) -> Result<String, String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{date:") {
            let (key, after) = after
                .split_once('}')
                .ok_or_else(|| "a “{date:” without its “}”".to_owned())?;
            let date = self.references.date(key);
            let date = date.ok_or_else(|| format!("data/dates.toml has no date “{key}”"))?;
            let date = self.format.date(date);
            out.push_str(before);
            out.push_str(&date);
            rest = after_value(&date, after);
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// The opening tag of an external link. It opens in a new tab, so that the wizard stays open.
fn link_start(address: &str) -> String {
    let mut escaped = String::new();
    escape(address, &mut escaped);
    format!(r#"<a href="{escaped}" target="_blank" rel="noopener noreferrer">"#)
}

/// The closing tag of an external link; `new_tab` is for screen readers, the arrow comes from the style sheet.
fn link_end(new_tab: &str) -> String {
    format!(r#"<span class="unseen"> {new_tab}</span></a>"#)
}

/// Escapes `text` for the content and the attributes of HTML.
///
/// # Panics
/// Never: writing to a `String` does not fail.
pub(crate) fn escape(text: &str, out: &mut String) {
    filters::Html
        .write_escaped_str(out, text)
        .expect("writing to a String does not fail");
}

fn raw_inline(html: String) -> Event<'static> {
    Event::InlineHtml(CowStr::from(html))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct TestReferences;

    impl References for TestReferences {
        fn link(&self, key: &str) -> Option<&str> {
            (key == "form").then_some("https://example.org/?a=1&b=2")
        }
        fn has_claim(&self, key: &str) -> bool {
            ["a", "b"].contains(&key)
        }
        fn date(&self, key: &str) -> Option<PartialDate> {
            PartialDate::parse("2025-05-27").filter(|_| key == "start")
        }

        fn laws(&self) -> Vec<&str> {
            Vec::new()
        }

        fn services(&self) -> Vec<&Service> {
            Vec::new()
        }

        fn journeys(&self) -> Vec<&str> {
            Vec::new()
        }

        fn page_journeys(&self) -> Vec<&str> {
            Vec::new()
        }
    }

    fn render(text: &str) -> Result<Rendered, String> {
        render_in("en-GB", text)
    }

    fn render_in(language: &str, text: &str) -> Result<Rendered, String> {
        let format = Format::new(language).unwrap();
        Markup {
            references: &TestReferences,
            format: &format,
            new_tab: "(new tab)",
        }
        .render(text)
    }

    fn html(text: &str) -> Result<String, String> {
        render(text).map(|rendered| rendered.html)
    }

    #[test]
    fn one_line_has_no_paragraph_and_several_lines_have() {
        assert_eq!(html("Wait **a day**.").unwrap(), "Wait <strong>a day</strong>.");
        assert_eq!(
            html("Wait.\n\nThen look.\n").unwrap(),
            "<p>Wait.</p>\n<p>Then look.</p>\n"
        );
    }

    #[test]
    fn a_cited_sentence_is_shown_as_itself_and_recorded() {
        let rendered = render("Look. [It came **at once**.](claim:a,b) Good.").unwrap();
        assert_eq!(rendered.html, "Look. It came <strong>at once</strong>. Good.");
        let sentence = "It came <strong>at once</strong>.".to_owned();
        assert_eq!(
            rendered.cited,
            [Cited {
                claims: vec!["a".into(), "b".into()],
                sentence
            }]
        );
    }

    #[test]
    fn a_link_opens_in_a_new_tab_and_says_so() {
        assert_eq!(
            html("Open [the form](link:form).").unwrap(),
            r#"Open <a href="https://example.org/?a=1&#38;b=2" target="_blank" rel="noopener noreferrer">the form<span class="unseen"> (new tab)</span></a>."#
        );
    }

    #[test]
    fn a_date_is_written_as_the_language_writes_it() {
        assert_eq!(html("Since {date:start}.").unwrap(), "Since 27 May 2025.");
    }

    #[test]
    fn a_date_that_ends_in_a_full_stop_also_ends_the_sentence() {
        let html = |text| render_in("bg", text).unwrap().html;
        assert_eq!(html("От {date:start}. И"), "От 27 май 2025\u{202f}г. И");
        assert_eq!(html("От {date:start}, и"), "От 27 май 2025\u{202f}г., и");
    }

    #[test]
    fn unknown_references_html_and_straight_quotes_are_refused() {
        for text in [
            "[x](claim:c)",
            "[x](link:other)",
            "[x](https://example.org)",
            "<https://example.org>",
            "[x][y]\n\n[y]: https://example.org",
            "![x](https://example.org/x.png)",
            "[![x](link:form)](claim:a)",
            "{date:end}",
            "{date:start",
            "<b>x</b>",
            "say \"x\"",
        ] {
            assert!(html(text).is_err(), "{text}");
        }
    }
}
