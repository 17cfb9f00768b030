//! The punctuation between texts: that of the language of the page, and in a letter that of the letter.

use std::collections::BTreeSet;

use scraper::{ElementRef, Node};
use toml::{Table, Value};

use super::page::{Page, shown, within};
use super::repository::{controller, country_of_each_law, list, locale, services, text};
use super::site::{Choices, DAY, path, tours};
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

/// A language of its own: a code for private use.
const CODE: &str = "qaa";

/// Its punctuation, by the keys of `punctuation` in `common.toml`. No text of the language contains one of these marks.
const OWN: [(&str, &str); 5] = [
    ("separator", "{one} ⁂ {next}"),
    ("pair", "{label}\u{a0}⇒ {value}"),
    ("list", "{one}⸴ {next}"),
    ("page_title", "{page} ⁞ {name}"),
    ("brackets", "【{text}】"),
];

/// What a language that is not English may have no use for, and what stands in its place in the texts of [`CODE`].
const FOREIGN: [(char, char); 5] = [('(', '⟨'), (')', '⟩'), (':', '꞉'), ('·', '∙'), ('–', '~')];

/// The text between, before or after the placeholders of a text of [`OWN`].
fn own(key: &str) -> String {
    let (_, pattern) = OWN.into_iter().find(|(known, _)| *known == key).expect("a key");
    let outside = pattern.split(['{', '}']).step_by(2);
    outside.collect()
}

/// An English text without the marks of [`FOREIGN`], except in its placeholders and in the targets of its links.
fn without_foreign(text: &str) -> String {
    let mut out = String::new();
    let mut end = None;
    for letter in text.chars() {
        let starts = match letter {
            '{' => Some('}'),
            '(' if out.ends_with(']') => Some(')'),
            _ => None,
        };
        let replaced = FOREIGN.into_iter().find(|(foreign, _)| *foreign == letter);
        match replaced {
            Some((_, replaced)) if end.is_none() && starts.is_none() => out.push(replaced),
            _ => out.push(letter),
        }
        end = match end {
            Some(end) if end == letter => None,
            Some(end) => Some(end),
            None => starts,
        };
    }
    out
}

fn change(value: &mut Value) {
    match value {
        Value::String(text) => *text = without_foreign(text),
        Value::Array(values) => values.iter_mut().for_each(change),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| change(value)),
        _ => {}
    }
}

/// The site with a language that has the English texts, and [`OWN`] punctuation inside and between them.
fn site() -> Site {
    let folder = Folder::new();
    for (name, file) in locale("en") {
        let mut file = file.clone();
        file.iter_mut().for_each(|(_, value)| change(value));
        if let Some(punctuation) = file.get_mut("punctuation").and_then(Value::as_table_mut) {
            assert!(punctuation.keys().eq(OWN.map(|(key, _)| key)), "{name}: other keys");
            *punctuation = Table::from_iter(OWN.map(|(key, text)| (key.to_owned(), text.into())));
        }
        folder.write(&format!("locales/{CODE}/{name}.toml"), &file.to_string());
    }
    Site::with_folder(folder.path())
}

/// The address of an English page in the language [`CODE`].
fn in_own(path: &str) -> String {
    path.replacen("/en/", &format!("/{CODE}/"), 1)
}

/// The text that is in the language of the page: without names and addresses, what is typed, and parts in another language.
fn add_own_text(element: ElementRef<'_>, out: &mut String) {
    for child in element.children() {
        if let Node::Text(words) = child.value() {
            out.push_str(words);
        }
        let Some(child) = ElementRef::wrap(child) else {
            continue;
        };
        let is_name = child.value().classes().any(|class| class == "host")
            || matches!(child.value().name(), "bdi" | "textarea" | "style" | "script");
        let is_own = child.attr("lang").is_none_or(|language| language == CODE);
        if is_own && !is_name {
            add_own_text(child, out);
        }
    }
}

/// Fails if a page in the language [`CODE`] has a mark that this language does not have. Gives the marks of [`OWN`] that it
/// has, by their keys.
fn check(page: &Page) -> BTreeSet<&'static str> {
    let mut text = String::new();
    for part in ["head > title", "body"] {
        add_own_text(page.only(part), &mut text);
    }
    for (foreign, _) in FOREIGN {
        if let Some((before, _)) = text.split_once(foreign) {
            let words: Vec<&str> = before.split_whitespace().collect();
            panic!(
                "{}: “{foreign}” after {:?}",
                page.path,
                &words[words.len().saturating_sub(6)..]
            );
        }
    }
    let title = shown(page.only("head > title"));
    assert!(
        title.contains(&format!("{}Veto", own("page_title"))),
        "{}: {title}",
        page.path
    );
    let marks = OWN.into_iter().filter(|(key, _)| {
        own(key)
            .chars()
            .any(|mark| !mark.is_whitespace() && text.contains(mark))
    });
    marks.map(|(key, _)| key).collect()
}

/// What is typed into the form of a letter.
fn typed(language: &'static str, next: &'static str) -> [(&'static str, &'static str); 8] {
    [
        ("name", "Kim Example"),
        ("address", "Example Road 1\n12345 Exampleton"),
        ("account", "kim.example"),
        ("day", DAY),
        ("outcome", "refused"),
        ("replied", DAY),
        ("language", language),
        ("next", next),
    ]
}

/// The address of the form of the complaint, and the address of the company that it is about.
fn complaint() -> (String, Vec<&'static str>) {
    let country = country_of_each_law()[0];
    let path = path(&Words::of("en"), "letter_forms.complaint.title");
    let address = list(controller(text(country, "law")), "address");
    (Choices::of(services()[0], country).at(path), address)
}

#[test]
fn every_page_has_the_punctuation_of_its_language() {
    let site = site();
    let mut seen = BTreeSet::new();
    let paths: BTreeSet<&str> = tours("en")
        .iter()
        .flat_map(|tour| &tour.pages)
        .map(|found| found.path.as_str())
        .collect();
    for path in paths {
        seen.extend(check(&Page::of(&site, &in_own(path))));
    }
    let (complaint, _) = complaint();
    let complaint = in_own(&complaint);
    for form in [&typed(CODE, "letter")[..], &typed(CODE, "check"), &[("next", "letter")]] {
        let page = Page::parse(&complaint, &site.post(&complaint, form).html);
        seen.extend(check(&page));
    }
    let expected = OWN.map(|(key, _)| key);
    assert_eq!(seen, BTreeSet::from(expected), "not all punctuation is used");
}

#[test]
fn a_form_is_listed_by_service_and_generation_before_its_address() {
    let page = Page::of(&site(), &in_own(path(&Words::of("en"), "sources.title")));
    let forms: Vec<String> = page.select(".sources li:has(.host)").into_iter().map(shown).collect();
    assert!(!forms.is_empty());
    for form in forms {
        let (named, _) = form.split_once("https").expect("an address");
        assert!(
            named.contains(&own("list")) && named.trim_end().ends_with(own("pair").trim()),
            "{form}"
        );
    }
}

#[test]
fn an_error_is_listed_behind_the_name_of_its_field_and_a_remark_is_in_brackets() {
    let site = site();
    let (complaint, _) = complaint();
    let response = site.post(&in_own(&complaint), &[("next", "letter")]);
    let page = Page::parse(&complaint, &response.html);
    assert!(response.html.contains(&own("pair")), "without its own spaces");
    let errors = page.select(".errors li");
    assert!(!errors.is_empty());
    for error in errors {
        assert_eq!(shown(error).matches(own("pair").trim()).count(), 1, "{}", shown(error));
    }
    let remarks = page.select("label small");
    assert!(!remarks.is_empty());
    for remark in remarks.into_iter().map(shown) {
        assert!(remark.starts_with('【') && remark.ends_with('】'), "{remark}");
    }
}

#[test]
fn a_letter_has_the_punctuation_of_its_own_language() {
    let site = site();
    let (english, address) = complaint();
    let own_form = in_own(&english);
    for form in [&english, &own_form] {
        for (language, separator, comma) in [
            (CODE, own("separator"), own("list")),
            ("en", " · ".to_owned(), ", ".to_owned()),
        ] {
            let response = site.post(form, &typed(language, "letter"));
            let page = Page::parse(form, &response.html);
            let letter = page.only("article.letter");
            assert_eq!(letter.attr("lang"), Some(language), "{form}");
            let sender = ["Kim Example", "Example Road 1", "12345 Exampleton"].join(&separator);
            assert_eq!(shown(within(letter, ".return")[0]), sender, "{form}");
            let address = address.join(&comma);
            assert!(shown(letter).contains(&address), "{form}: missing “{address}”");
        }
    }
}
