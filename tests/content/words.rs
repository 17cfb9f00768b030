//! The texts of one language as a reader sees them: Markdown, links, claims and dates resolved.

use std::collections::BTreeMap;

use icu_calendar::Gregorian;
use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_locale_core::Locale;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use toml::{Table, Value};

use super::calendar::{self, Date};
use super::repository::{data, host, locale, text};

/// The texts of one language.
pub struct Words {
    /// The code of the language.
    pub language: &'static str,
    files: BTreeMap<&'static str, &'static Table>,
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

/// A sentence that rests on claims.
pub struct Statement {
    /// The sentence as it is shown.
    pub sentence: String,
    /// The keys of its claims in `data/claims.toml`.
    pub claims: Vec<String>,
}

/// How a source is shown.
pub struct Source {
    /// The name: of an address the host, with the owner where it is a host of repositories.
    pub name: String,
    /// The date of the evidence, in the format of the language.
    pub date: String,
}

impl Words {
    /// The texts of `language`.
    pub fn of(language: &'static str) -> Self {
        let files = locale(language);
        let tag = tag(&files);
        Self {
            language,
            files,
            day: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YMD::long()).expect("dates"),
            month: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YM::long()).expect("months"),
        }
    }

    /// Whether names are in the alphabetical order of the language.
    pub fn is_sorted(&self, names: &[String]) -> bool {
        let order = CollatorBorrowed::try_new((&tag(&self.files)).into(), CollatorOptions::default());
        let order = order.expect("an order");
        names.is_sorted_by(|one, next| order.compare(one, next).is_lt())
    }

    /// What stands at `key`, such as `steps.form.open`: the file, then the keys in it.
    pub fn value(&self, key: &str) -> Option<&'static Value> {
        let (file, rest) = key.split_once('.')?;
        let mut keys = rest.split('.');
        let first = self.files.get(file)?.get(keys.next()?)?;
        keys.try_fold(first, |value, key| value.get(key))
    }

    /// The text at `key` as it is written in the file.
    pub fn raw(&self, key: &str) -> &'static str {
        let value = self.value(key).and_then(Value::as_str);
        value.unwrap_or_else(|| panic!("locales/{} has no text {key}", self.language))
    }

    /// The text at `key` as a reader sees it.
    pub fn plain(&self, key: &str) -> String {
        self.resolve(self.raw(key))
    }

    /// The text at `key` with values in its placeholders.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(&self.plain(key), values)
    }

    /// What stands before and after the placeholder of the text at `key`.
    pub fn around(&self, key: &str) -> (String, String) {
        let text = self.plain(key);
        let (before, rest) = text.split_once('{').expect("a placeholder");
        let (_, after) = rest.split_once('}').expect("the end of the placeholder");
        (before.to_owned(), after.to_owned())
    }

    /// The keys of the table at `key`, in the order of the file.
    pub fn keys(&self, key: &str) -> Vec<&'static str> {
        let table = match key.split_once('.') {
            None => self.files.get(key).copied(),
            Some(_) => self.value(key).and_then(Value::as_table),
        };
        let table = table.unwrap_or_else(|| panic!("locales/{} has no table {key}", self.language));
        table.keys().map(String::as_str).collect()
    }

    /// The tables at `key` that have the key `with`, in the order of the file: `steps.sign_in`, `steps.open_form`, ….
    pub fn tables(&self, key: &str, with: &str) -> Vec<String> {
        let tables = self.keys(key).into_iter().map(|name| format!("{key}.{name}"));
        tables
            .filter(|table| self.value(&format!("{table}.{with}")).is_some())
            .collect()
    }

    /// Every text of the language with its key.
    pub fn all(&self) -> Vec<(String, &'static str)> {
        let mut texts = Vec::new();
        for (file, table) in &self.files {
            for (key, value) in *table {
                collect(&format!("{file}.{key}"), value, &mut texts);
            }
        }
        texts
    }

    /// A text as a reader sees it, whatever its key.
    pub fn resolve(&self, raw: &str) -> String {
        let mut shown = String::new();
        for event in Parser::new(&self.with_dates(raw)) {
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Item | TagEnd::Paragraph) => shown.push(' '),
                _ => {}
            }
        }
        shown.trim_end().to_owned()
    }

    /// The sentences of a text that rest on claims.
    pub fn statements(&self, raw: &str) -> Vec<Statement> {
        let mut statements = Vec::new();
        let mut open: Option<Statement> = None;
        for event in Parser::new(&self.with_dates(raw)) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    open = dest_url.strip_prefix("claim:").map(|claims| Statement {
                        sentence: String::new(),
                        claims: claims.split(',').map(str::to_owned).collect(),
                    });
                }
                Event::End(TagEnd::Link) => statements.extend(open.take()),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(statement) = &mut open {
                        statement.sentence.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        statements
    }

    /// A text with `{date:key}` replaced by the date of `data/dates.toml`.
    fn with_dates(&self, raw: &str) -> String {
        let mut out = raw.to_owned();
        for (key, entry) in data("dates") {
            out = fill(&out, &[(&format!("date:{key}"), &self.date(text(entry, "date")))]);
        }
        out
    }

    /// A date as exact as it is written: a year, a month or a day.
    pub fn date(&self, date: &str) -> String {
        match date.matches('-').count() {
            0 => date.to_owned(),
            1 => self.month.format(&calendar::parse(&format!("{date}-01"))).to_string(),
            _ => self.written(calendar::parse(date)),
        }
    }

    /// A day in the format of the language.
    pub fn written(&self, day: Date) -> String {
        let (number, month) = (day.day_of_month().0, self.month.format(&day));
        // Where ICU4X writes another form than the language does.
        match self.language {
            "et" | "sl" => format!("{number}. {month}"),
            "ga" => format!("{number} {month}"),
            "mt" => format!("{number} ta’ {month}"),
            _ => self.day.format(&day).to_string(),
        }
    }

    /// A source as it is shown.
    pub fn source(&self, source: &'static Value) -> Source {
        let named = text(source, "source");
        let address = Some(named).filter(|named| named.starts_with("https://"));
        let name = match address.map(host) {
            None => named.to_owned(),
            Some("github.com") => {
                let parts: Vec<&str> = named.splitn(5, '/').collect();
                format!("github.com/{}", parts[3])
            }
            Some(host) => host.to_owned(),
        };
        Source {
            name,
            date: self.date(text(source, "checked")),
        }
    }

    /// The words for a degree of confidence.
    pub fn confidence(&self, degree: &str) -> String {
        self.plain(&format!("common.confidence.{degree}"))
    }
}

/// The tag by which CLDR knows the language of `files`.
fn tag(files: &BTreeMap<&'static str, &'static Table>) -> Locale {
    let tag = files["language"].get("cldr").and_then(Value::as_str);
    tag.and_then(|tag| tag.parse().ok()).expect("a language tag")
}

fn collect(key: &str, value: &'static Value, texts: &mut Vec<(String, &'static str)>) {
    match value {
        Value::String(text) => texts.push((key.to_owned(), text)),
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                collect(&format!("{key}.{place}"), value, texts);
            }
        }
        Value::Table(table) => {
            for (name, value) in table {
                collect(&format!("{key}.{name}"), value, texts);
            }
        }
        _ => {}
    }
}

/// `text` with values in its placeholders. A value that ends in a full stop also ends the sentence.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        let placeholder = format!("{{{name}}}");
        let text = match value.strip_suffix('.') {
            Some(without_stop) => text.replace(&format!("{placeholder}."), &format!("{without_stop}.")),
            None => text,
        };
        text.replace(&placeholder, value)
    })
}
