//! The types of a text, which determine where it may be used and which placeholders it has. A text that does not match its
//! type is a load error.

use std::borrow::Cow;
use std::fmt;

use askama::filters::HtmlSafe;
use serde::{Deserialize, Deserializer, de};

use super::markup::escape;
use crate::facts::{Service, ServiceId};

/// A finished piece of HTML: resolved and escaped when the language was loaded.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct Html(Box<str>);

impl Html {
    /// Wraps HTML that is complete and escaped already.
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

impl Html {
    /// The text without tags and character references.
    pub fn to_plain(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut rest = &*self.0;
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            rest = tag.split_once('>').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        // Those that Markdown writes, and those of askama.
        let references = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#38;", "&"),
            ("&amp;", "&"),
        ];
        let resolve = |text: String, (reference, letter): (&str, &str)| text.replace(reference, letter);
        references.into_iter().fold(text, resolve)
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
        no_placeholder(&text)?;
        Ok(Self::new(text))
    }
}

/// Escaped text without tags, for headings, buttons, titles and attributes.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct PlainText(Html);

impl PlainText {
    /// The text, escaped for HTML.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The text without character references.
    pub fn to_plain(&self) -> String {
        self.0.to_plain()
    }
}

impl fmt::Display for PlainText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl HtmlSafe for PlainText {}

impl<'a> From<&'a PlainText> for Cow<'a, Html> {
    fn from(text: &'a PlainText) -> Self {
        Cow::Borrowed(&text.0)
    }
}

impl From<Html> for Cow<'_, Html> {
    fn from(html: Html) -> Self {
        Cow::Owned(html)
    }
}

impl askama::FastWritable for PlainText {
    fn write_into(&self, out: &mut dyn fmt::Write, values: &dyn askama::Values) -> askama::Result<()> {
        self.0.write_into(out, values)
    }
}

impl<'de> Deserialize<'de> for PlainText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let html = Html::deserialize(deserializer)?;
        if html.as_str().contains('<') {
            return Err(de::Error::custom("this text is one line without markup"));
        }
        Ok(Self(html))
    }
}

/// HTML with exactly one placeholder, such as `Step {number} of 7`. A template writes `before`, the value, `after`.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct SinglePattern {
    /// The text before the value.
    pub before: Html,
    /// The text after the value.
    pub after: Html,
}

impl SinglePattern {
    /// The text with its placeholder replaced by `value`, which must be HTML already.
    pub fn fill(&self, value: &str) -> Html {
        let after = after_value(value, self.after.as_str());
        Html::new([self.before.as_str(), value, after].concat())
    }
}

impl<'de> Deserialize<'de> for SinglePattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let placeholder = text.split_once('{').and_then(|(before, rest)| {
            let (_, after) = rest.split_once('}')?;
            Some((before, after))
        });
        let Some((before, after)) = placeholder else {
            return Err(de::Error::custom("this text needs one {placeholder}"));
        };
        no_placeholder(after)?;
        Ok(Self {
            before: Html::new(before),
            after: Html::new(after),
        })
    }
}

/// What stands between two texts, written with both: `{label}: {value}`. It is the same as plain text and as HTML.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct Separator(Html);

impl Separator {
    /// The separator alone, with the spaces around it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Separator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl HtmlSafe for Separator {}

impl askama::FastWritable for Separator {
    fn write_into(&self, out: &mut dyn fmt::Write, values: &dyn askama::Values) -> askama::Result<()> {
        self.0.write_into(out, values)
    }
}

impl<'de> Deserialize<'de> for Separator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let separator = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'))
            .and_then(|text| text.split_once('}'))
            .and_then(|(_, text)| text.rsplit_once('{'))
            .map(|(separator, _)| separator)
            .filter(|separator| !separator.is_empty() && !separator.contains(['{', '}', '<', '&']));
        let separator = separator.ok_or_else(|| {
            de::Error::custom("this text is a separator between two placeholders, such as “{label}: {value}”")
        })?;
        Ok(Self(Html::new(separator)))
    }
}

/// A text about one service. In a file it is one text for all, which may have `{service}` (its name) and `{site}` in it; or,
/// where a name would be inflected, a table with a text for each service and `other` for the rest.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct PerService(
    /// In the order of the services; one text if it is the same for all. Never empty.
    Vec<Html>,
);

impl PerService {
    /// The text for one service, which must be one of a journey.
    pub fn of(&self, service: ServiceId) -> &Html {
        self.0.get(service.index()).unwrap_or(&self.0[0])
    }
}

impl<'de> Deserialize<'de> for PerService {
    /// Reads what [`for_each_service`] made: a text, or a list.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum OneOrMore {
            One(String),
            More(Vec<String>),
        }
        let texts = match OneOrMore::deserialize(deserializer)? {
            OneOrMore::One(text) => vec![text],
            OneOrMore::More(texts) => texts,
        };
        for text in &texts {
            no_placeholder(text)?;
        }
        if texts.is_empty() {
            return Err(de::Error::custom("there is no text"));
        }
        Ok(Self(texts.into_iter().map(Html::new).collect()))
    }
}

/// The text for each of `services`, if `text` has a placeholder for one.
pub(super) fn for_each_service(text: &str, services: &[&Service]) -> Option<Vec<String>> {
    let has_one = text.contains("{service}") || text.contains("{site}");
    let fill = |service: &&Service| {
        text.replace("{service}", &service.name)
            .replace("{site}", &service.site)
    };
    (has_one && !services.is_empty()).then(|| services.iter().map(fill).collect())
}

/// What to write of `rest` after `value` in a placeholder. In some languages a date ends in a full stop (`2026 г.`), which
/// then also ends the sentence.
pub(super) fn after_value<'a>(value: &str, rest: &'a str) -> &'a str {
    match rest.strip_prefix('.') {
        Some(after) if value.ends_with('.') => after,
        _ => rest,
    }
}

fn no_placeholder<E: de::Error>(text: &str) -> Result<(), E> {
    match text.find('{') {
        Some(at) => Err(E::custom(format!("unknown placeholder in “{}”", &text[at..]))),
        None => Ok(()),
    }
}

/// Plain text with named placeholders, for objections and letters; escaped only where a page shows it.
#[derive(borsh::BorshDeserialize, borsh::BorshSerialize, Clone, Debug, Eq, PartialEq)]
pub struct Pattern(String);

impl Pattern {
    /// The names of its placeholders, in the order of the text.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.0
            .split('{')
            .skip(1)
            .map(|rest| rest.split('}').next().unwrap_or(rest))
    }

    /// The text with each placeholder replaced by the value of that name. Braces inside a value are left as they are.
    /// A placeholder without a value becomes empty, so check the [`Pattern::placeholders`] when a pattern is loaded.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let values_length: usize = values.iter().map(|(_, value)| value.len()).sum();
        let mut text = String::with_capacity(self.0.len() + values_length);
        let mut parts = self.0.split('{');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (placeholder, rest) = part.split_once('}').unwrap_or((part, ""));
            let value = values.iter().find(|(name, _)| *name == placeholder);
            let value = value.map_or("", |(_, value)| value);
            text.push_str(value);
            text.push_str(after_value(value, rest));
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
    use crate::facts::PartialDate;
    use crate::messages::Format;

    #[derive(Debug, Deserialize)]
    struct One<T> {
        text: T,
    }

    #[test]
    fn a_text_becomes_plain_again() {
        let text = "a < b & “c” \"d\" 'e' > &lt;";
        assert_eq!(Html::escaped(text).to_plain(), text);
        assert_eq!(Html::new("<p>A &amp; <a href=\"/b\">b</a></p>").to_plain(), "A & b");
    }

    fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Option<T> {
        let one: Result<One<T>, _> = toml::from_str(&format!("text = '{text}'"));
        one.ok().map(|one| one.text)
    }

    #[test]
    fn plain_text_has_no_tags_and_no_placeholder() {
        assert!(read::<PlainText>("Country &amp; e-mail").is_some());
        assert!(read::<PlainText>("<strong>x</strong>").is_none());
        assert!(read::<PlainText>("Step {number}").is_none());
    }

    #[test]
    fn a_single_pattern_has_exactly_one_placeholder() {
        let pattern: SinglePattern = read("Step {number} of 7").unwrap();
        assert_eq!(pattern.fill("3").as_str(), "Step 3 of 7");
        assert!(read::<SinglePattern>("Step").is_none());
        assert!(read::<SinglePattern>("{a} of {b}").is_none());
    }

    #[test]
    fn a_separator_stands_between_two_placeholders() {
        let separator = |text| read::<Separator>(text).map(|separator| separator.as_str().to_owned());
        assert_eq!(separator("{label}\u{a0}: {value}").as_deref(), Some("\u{a0}: "));
        for wrong in [
            ": ",
            "{label}: ",
            "x{label}: {value}",
            "{label}: {value}x",
            "{label}{value}",
            "{label}",
            "{a}, {b}, {c}",
            "{label} &amp; {value}",
            "{label}<br>{value}",
        ] {
            assert_eq!(separator(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_value_that_ends_in_a_full_stop_also_ends_the_sentence() {
        let date = Format::new("hr")
            .unwrap()
            .date(PartialDate::parse("2026-06-30").unwrap());
        assert!(date.ends_with('.'), "{date}");
        let pattern: Pattern = read("Rok je {due}. Do {due}, ako").unwrap();
        assert_eq!(pattern.fill(&[("due", &date)]), format!("Rok je {date} Do {date}, ako"));
        let pattern: SinglePattern = read("Rok je {due}.").unwrap();
        assert_eq!(pattern.fill(&date).as_str(), format!("Rok je {date}"));
        assert_eq!(pattern.fill("30").as_str(), "Rok je 30.");
    }

    #[test]
    fn a_pattern_names_its_placeholders_and_fills_them() {
        let pattern: Pattern = read("I object: {grounds}. {special}").unwrap();
        assert_eq!(pattern.placeholders().collect::<Vec<_>>(), ["grounds", "special"]);
        assert_eq!(
            pattern.fill(&[("grounds", "children"), ("special", "")]),
            "I object: children. "
        );
        let tricky = [("grounds", "{special}"), ("special", "x")];
        assert_eq!(
            pattern.fill(&tricky),
            "I object: {special}. x",
            "a value is not a pattern"
        );
    }
}
