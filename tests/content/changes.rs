//! What the newest sources say: the entries with the newest evidence, grouped by the date of their newest source.

use scraper::ElementRef;
use toml::Value;

use super::calendar::{iso, parse, plus_days};
use super::evidence::{check_links, read_evidence};
use super::laws::laws;
use super::overrides::{changed, file};
use super::page::{Page, after, shown, squeeze, within};
use super::repository::{
    claims, company_entries, country_of_each_law, data, entries, forms, languages, list, services, sources, text,
};
use super::site::{Choices, path};
use super::sources::listed_form;
use super::words::Words;
use crate::folder::Folder;
use crate::in_process::Site;

/// An entry of `data/` as the page may show it.
struct Entry {
    /// The date of its newest source.
    date: &'static str,
    /// What is said, squeezed; each has to be shown.
    said: Vec<String>,
    value: &'static Value,
}

impl Entry {
    /// Whether an item shows what is said, with the sources.
    fn is_shown(&self, item: ElementRef<'_>, words: &Words) -> bool {
        let whole = squeeze(&shown(item));
        let end = self.said.iter().map(|said| Some(whole.find(said)? + said.len()));
        let Some(end) = end.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let rest = &whole[end.into_iter().max().unwrap_or_default()..];
        self.value.get("sources").is_none() || read_evidence(rest, words, self.value).is_ok()
    }
}

/// The newest of the dates of the evidence. A month or a year stands for its first day.
fn newest<'a>(sources: impl IntoIterator<Item = &'a Value>) -> &'a str {
    let dates = sources.into_iter().map(|source| text(source, "checked"));
    let newest = dates.max_by_key(|date| date.to_string() + &"0000-01-01"[date.len()..]);
    newest.expect("a source")
}

/// All entries of which something is said to people under a law.
fn all_entries(words: &Words, law: &str) -> Vec<Entry> {
    let events = entries("timeline", "event").iter().map(|event| {
        let said = words.plain(&format!("timeline.events.{}", text(event, "id")));
        let said = [words.date(text(event, "date")), said].map(|said| squeeze(&said));
        Entry {
            date: newest(sources(event)),
            said: said.to_vec(),
            value: event,
        }
    });
    let forms = company_entries("form").into_iter().map(|form| Entry {
        date: newest([&form["tried"], &form["named"]]),
        said: vec![squeeze(text(form, "address"))],
        value: form,
    });
    let is_foreign = |key: &str| key.split('.').any(|part| part != law && laws().contains(part));
    let texts = words.all().into_iter();
    let texts = texts.filter(|(key, raw)| raw.contains("claim:") && !is_foreign(key));
    let statements: Vec<_> = texts.flat_map(|(_, raw)| words.statements(raw)).collect();
    let claims = claims().into_iter().map(|(key, claim)| {
        let cited = statements
            .iter()
            .filter(|statement| statement.claims.iter().any(|claim| claim == key));
        let cited = cited.map(|statement| squeeze(&statement.sentence));
        let troubles = entries("troubles", "trouble").iter();
        let troubles = troubles.filter(|trouble| list(trouble, "claims").contains(&key));
        let reported =
            troubles.map(|trouble| squeeze(&words.plain(&format!("troubles.{}.problem", text(trouble, "id")))));
        Entry {
            date: newest(sources(claim)),
            said: cited.chain(reported).collect(),
            value: claim,
        }
    });
    let all = events.chain(forms).chain(claims);
    all.filter(|entry| !entry.said.is_empty()).collect()
}

#[test]
fn the_page_has_the_entries_with_the_newest_sources_under_the_dates_of_these() {
    for language in languages() {
        let words = Words::of(language);
        let address = path(&words, "changes.title");
        for country in country_of_each_law() {
            let address = Choices::default().with("country", text(country, "code")).at(address);
            check(&Page::get(&address), all_entries(&words, text(country, "law")), &words);
        }
    }
}

/// Fails unless the page has the newest of these entries.
fn check(page: &Page, mut missing: Vec<Entry>, words: &Words) {
    let mut dates = Vec::new();
    for section in page.select("main section") {
        let [time] = within(section, "h2 > time[datetime]")[..] else {
            panic!("{}: a section without one date", page.path);
        };
        let date = time.attr("datetime").unwrap_or_default();
        assert_eq!(squeeze(&shown(time)), squeeze(&words.date(date)), "{}", page.path);
        for item in within(section, "li") {
            let mut listed = missing.iter();
            let found = listed.position(|entry| entry.date == date && entry.is_shown(item, words));
            let found = found.unwrap_or_else(|| panic!("{}: no entry of {date} is “{}”", page.path, shown(item)));
            let entry = missing.remove(found);
            check_links(&page.path, item, &[entry.value]);
        }
        dates.push(date);
    }
    assert!(dates.is_sorted_by(|one, next| one > next), "{}: {dates:?}", page.path);
    let oldest = dates.last().unwrap_or_else(|| panic!("{}: no date", page.path));
    let newer = missing.iter().find(|entry| entry.date > *oldest);
    assert!(
        newer.is_none(),
        "{}: {:?} is missing",
        page.path,
        newer.map(|entry| &entry.said)
    );
}

#[test]
fn a_form_that_a_company_has_closed_comes_first_with_the_source_and_under_its_date() {
    let next_day = iso(plus_days(parse(text(&data("dates")["facts-checked"], "date")), 400));
    let source = toml::Table::from_iter([
        ("source".to_owned(), "https://example.org/closed".into()),
        ("checked".to_owned(), Value::from(next_day.as_str())),
    ]);
    let form = changed(forms(services()[0])[0], &[("withdrawn", source.into())]);
    let folder = Folder::new();
    folder.write("data/companies/meta.toml", &file("form", form));
    let site = Site::with_folder(folder.path());
    for language in languages() {
        let words = Words::of(language);
        let page = Page::of(&site, path(&words, "changes.title"));
        let first = page.select("main section")[0];
        let whole = squeeze(&shown(first));
        let date = words.date(&next_day);
        let closed = words.plain("steps.form.withdrawn.title");
        let rest = after(&whole, &[&date])
            .and_then(|rest| after(rest, &listed_form(&words, form)))
            .and_then(|rest| after(rest, &[closed.as_str(), "example.org", &date]));
        let rest = rest.unwrap_or_else(|missing| panic!("{}: missing “{missing}”", page.path));
        assert!(!rest.contains(char::is_alphanumeric), "{}: {rest}", page.path);
    }
}
