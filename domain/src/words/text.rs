//! The types of a text. Each says where it may stand and which holes it has; a text that does not fit does not load.

use std::borrow::Cow;
use std::fmt;

use askama::filters::HtmlSafe;
use serde::{Deserialize, Deserializer, de};

use super::markup::escape;
use crate::facts::Service;

/// A finished piece of HTML: resolved and escaped when the language was loaded.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct Html(Box<str>);

impl Html {
    /// Takes over HTML that is complete and escaped.
    pub fn new(html: impl Into<Box<str>>) -> Self {
        Self(html.into())
    }

    /// Plain text as HTML.
    pub fn escaped(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        escape(text, &mut html);
        Self::new(html)
    }

    /// The HTML itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

impl askama::FastWritable for Html {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(out.write_str(&self.0)?)
    }
}

impl<'de> Deserialize<'de> for Html {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        no_holes(&text)?;
        Ok(Self::new(text))
    }
}

/// Words without any tag, for headings, buttons, titles and attributes.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct Label(Html);

impl Label {
    /// The words themselves, escaped.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl HtmlSafe for Label {}

impl<'a> From<&'a Label> for Cow<'a, Html> {
    fn from(label: &'a Label) -> Self {
        Cow::Borrowed(&label.0)
    }
}

impl From<Html> for Cow<'_, Html> {
    fn from(html: Html) -> Self {
        Cow::Owned(html)
    }
}

impl askama::FastWritable for Label {
    fn write_into(&self, out: &mut dyn fmt::Write, values: &dyn askama::Values) -> askama::Result<()> {
        self.0.write_into(out, values)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let html = Html::deserialize(deserializer)?;
        if html.as_str().contains('<') {
            return Err(de::Error::custom("a label is one line without markup"));
        }
        Ok(Self(html))
    }
}

/// A text with exactly one hole, such as `Step {number} of 7`. The page writes `before`, the value, `after`.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct Slot {
    /// What stands before the value.
    pub before: Html,
    /// What stands after the value.
    pub after: Html,
}

impl Slot {
    /// The text with `value`, which must be HTML already, in its hole.
    pub fn fill(&self, value: &str) -> Html {
        Html::new([self.before.as_str(), value, self.after.as_str()].concat())
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let hole = text.split_once('{').and_then(|(before, rest)| {
            let (_, after) = rest.split_once('}')?;
            Some((before, after))
        });
        let Some((before, after)) = hole else {
            return Err(de::Error::custom("this text needs one {placeholder}"));
        };
        no_holes(after)?;
        Ok(Self {
            before: Html::new(before),
            after: Html::new(after),
        })
    }
}

/// A text that may name the service whose form is open: `{service}`, and its site: `{site}`.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct PerService {
    facebook: Html,
    instagram: Html,
}

impl PerService {
    /// The text for one service.
    pub fn of(&self, service: Service) -> &Html {
        match service {
            Service::Facebook => &self.facebook,
            Service::Instagram => &self.instagram,
        }
    }
}

impl<'de> Deserialize<'de> for PerService {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let of = |service: Service| {
            let named = text.replace("{service}", service.name());
            named.replace("{site}", service.site())
        };
        let (facebook, instagram) = (of(Service::Facebook), of(Service::Instagram));
        no_holes(&facebook)?;
        Ok(Self {
            facebook: Html::new(facebook),
            instagram: Html::new(instagram),
        })
    }
}

fn no_holes<E: de::Error>(text: &str) -> Result<(), E> {
    match text.find('{') {
        Some(at) => Err(E::custom(format!("nothing fills the placeholder in “{}”", &text[at..]))),
        None => Ok(()),
    }
}

/// A plain text with named holes, for what goes to Meta; it is escaped only where a page shows it.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct Pattern(String);

impl Pattern {
    /// The names of its holes, in the order of the text.
    pub fn holes(&self) -> impl Iterator<Item = &str> {
        self.0
            .split('{')
            .skip(1)
            .map(|rest| rest.split('}').next().unwrap_or(rest))
    }

    /// The text with each hole filled with the value of that name; what a value itself has in braces stays. A hole
    /// without a value is left empty: whoever loads a pattern compares its [`Pattern::holes`] with the values that there
    /// will be.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let values_length: usize = values.iter().map(|(_, value)| value.len()).sum();
        let mut text = String::with_capacity(self.0.len() + values_length);
        let mut parts = self.0.split('{');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (hole, rest) = part.split_once('}').unwrap_or((part, ""));
            let value = values.iter().find(|(name, _)| *name == hole);
            text.push_str(value.map_or("", |(_, value)| value));
            text.push_str(rest);
        }
        text
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct One<T> {
        text: T,
    }

    fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Option<T> {
        let one: Result<One<T>, _> = toml::from_str(&format!("text = '{text}'"));
        one.ok().map(|one| one.text)
    }

    #[test]
    fn a_label_has_no_tags_and_no_holes() {
        assert!(read::<Label>("Country &amp; e-mail").is_some());
        assert!(read::<Label>("<strong>x</strong>").is_none());
        assert!(read::<Label>("Step {number}").is_none());
    }

    #[test]
    fn a_slot_has_exactly_one_hole() {
        let slot: Slot = read("Step {number} of 7").unwrap();
        assert_eq!(slot.fill("3").as_str(), "Step 3 of 7");
        assert!(read::<Slot>("Step").is_none());
        assert!(read::<Slot>("{a} of {b}").is_none());
    }

    #[test]
    fn a_text_names_the_service_whose_form_is_open() {
        let text: PerService = read("Sign in to {service} at {site}").unwrap();
        assert_eq!(
            text.of(Service::Instagram).as_str(),
            "Sign in to Instagram at instagram.com"
        );
        assert!(read::<PerService>("Sign in to {app}").is_none());
    }

    #[test]
    fn a_pattern_names_its_holes_and_fills_them() {
        let pattern: Pattern = read("I object: {grounds}. {special}").unwrap();
        assert_eq!(pattern.holes().collect::<Vec<_>>(), ["grounds", "special"]);
        assert_eq!(
            pattern.fill(&[("grounds", "children"), ("special", "")]),
            "I object: children. "
        );
        let tricky = [("grounds", "{special}"), ("special", "x")];
        assert_eq!(pattern.fill(&tricky), "I object: {special}. x", "a value is no pattern");
    }
}
