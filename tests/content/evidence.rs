//! The evidence: each statement that rests on claims is listed on its page with their sources, and on no other page.

use std::collections::BTreeSet;

use scraper::ElementRef;
use toml::Value;

use super::page::{Page, after, pieces, shown, squeeze, within};
use super::repository::{self, entries, journey, languages, list, optional, sources, text};
use super::site::{path, steps, without_query};
use super::structure::all_pages;
use super::words::{Statement, Words};

/// The degrees of confidence that a language has words for.
fn degrees(words: &Words) -> Vec<&'static str> {
    words.keys("common.confidence")
}

/// Reads the evidence of an entry at the beginning of `text`, which is squeezed: the name and the date of each source in
/// order, then the words for the entry's confidence, if it has one that is told. Gives what follows.
pub fn read_evidence<'a>(text: &'a str, words: &Words, entry: &'static Value) -> Result<&'a str, String> {
    let sources = sources(entry).iter().map(|source| words.source(source));
    let pieces: Vec<String> = sources.flat_map(|source| [source.name, source.date]).collect();
    let rest = after(text, &pieces)?;
    let Some(degree) = optional(entry, "confidence").filter(|degree| degrees(words).contains(degree)) else {
        return Ok(rest);
    };
    let found = degrees(words).into_iter().filter_map(|degree| {
        let label = squeeze(&words.confidence(degree));
        Some((rest.find(&label)?, label, degree))
    });
    match found.min() {
        Some((at, label, found)) if found == degree => Ok(&rest[at + label.len()..]),
        _ => Err(words.confidence(degree)),
    }
}

/// The same, which must succeed.
pub fn check_evidence<'a>(place: &str, text: &'a str, words: &Words, entry: &'static Value) -> &'a str {
    let read = read_evidence(text, words, entry);
    read.unwrap_or_else(|missing| panic!("{place}: missing “{missing}” in the evidence of {}", name(entry)))
}

/// How to call an entry in a failure.
fn name(entry: &Value) -> String {
    let name = ["id", "address", "name"]
        .into_iter()
        .find_map(|key| optional(entry, key));
    name.map_or_else(|| entry.to_string(), str::to_owned)
}

/// Fails unless an element links the sources of these entries that have an address, and nothing else.
pub fn check_links(place: &str, element: ElementRef<'_>, entries: &[&Value]) {
    let links = within(element, "a[href]")
        .into_iter()
        .filter_map(|link| link.attr("href"));
    let expected = entries
        .iter()
        .flat_map(|entry| sources(entry))
        .map(|source| text(source, "source"));
    let expected = expected.filter(|source| source.starts_with("https://"));
    assert_eq!(links.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{place}");
}

/// The claims of these keys.
fn claims(keys: &[String]) -> Vec<&'static Value> {
    let all = repository::claims();
    let claim = |key: &String| *all.get(key.as_str()).unwrap_or_else(|| panic!("no claim {key}"));
    keys.iter().map(claim).collect()
}

/// A text of a language that holds statements, with what is needed to find it on a page.
struct Cited {
    key: String,
    /// The text between its placeholders, squeezed.
    pieces: Vec<String>,
    statements: Vec<Statement>,
}

fn cited(words: &Words) -> Vec<Cited> {
    let texts = words
        .all()
        .into_iter()
        .filter(|(key, _)| !key.starts_with("objection.") && !key.starts_with("letters."));
    let cited = texts.map(|(key, raw)| Cited {
        key,
        pieces: pieces(&words.resolve(raw)),
        statements: words.statements(raw),
    });
    cited.filter(|cited| !cited.statements.is_empty()).collect()
}

impl Cited {
    fn is_shown(&self, body: &str) -> bool {
        after(body, &self.pieces).is_ok()
    }
}

/// The statements that a page lists: the sentence, and the item of the list.
fn listed(page: &Page) -> Vec<(String, ElementRef<'_>)> {
    let items = page.select("details.sources li").into_iter();
    let sentence = |item| match within(item, "q")[..] {
        [sentence] => squeeze(&shown(sentence)),
        _ => panic!("{}: an item of the sources without its sentence", page.path),
    };
    items.map(|item| (sentence(item), item)).collect()
}

/// Whether an item lists all sources of these claims with their confidence, and nothing else.
fn lists(item: ElementRef<'_>, sentence: &str, words: &Words, keys: &[String]) -> bool {
    let whole = squeeze(&shown(item));
    let evidence = whole.split_once(sentence).map_or("", |(_, rest)| rest);
    let read = claims(keys)
        .into_iter()
        .try_fold(evidence, |rest, claim| read_evidence(rest, words, claim));
    let links = within(item, "a[href]").into_iter().filter_map(|link| link.attr("href"));
    let addresses = claims(keys)
        .into_iter()
        .flat_map(sources)
        .map(|source| text(source, "source"));
    let addresses = addresses.filter(|source| source.starts_with("https://"));
    read.is_ok_and(|rest| !rest.contains(char::is_alphanumeric)) && links.eq(addresses)
}

/// The troubles of the step that a page is, as statements: the problem and its claims.
fn troubles(words: &Words, page: &Page) -> Vec<Statement> {
    let is_step = !page.select("[aria-current=step]").is_empty();
    let step = steps(words.language)
        .iter()
        .position(|step| is_step && *step == without_query(&page.path));
    let of_step = step.map(|place| list(&entries(journey(), "step")[place], "troubles"));
    let of_step = of_step.unwrap_or_default();
    let troubles = entries("troubles", "trouble").iter();
    let troubles = troubles.filter(|trouble| of_step.contains(&text(trouble, "id")));
    let statement = |trouble| Statement {
        sentence: words.plain(&format!("troubles.{}.problem", text(trouble, "id"))),
        claims: list(trouble, "claims").into_iter().map(str::to_owned).collect(),
    };
    troubles.map(statement).collect()
}

#[test]
fn every_statement_of_a_page_is_listed_there_with_each_source_of_its_claims() {
    for language in languages() {
        let words = Words::of(language);
        let cited = cited(&words);
        let newest = path(&words, "changes.title");
        let mut found = BTreeSet::new();
        for page in all_pages(&words) {
            let body = page.body();
            let listed = listed(&page);
            let troubles = troubles(&words, &page);
            let on_page = cited.iter().filter(|cited| cited.is_shown(&body));
            let on_page = on_page
                .inspect(|cited| _ = found.insert(&cited.key))
                .flat_map(|cited| &cited.statements);
            if page.is_slides() || without_query(&page.path) == newest {
                // Slides name one source each: tests/content/slides.rs. The page of the newest sources has them beside what they
                // say: tests/content/changes.rs.
                on_page.for_each(drop);
                continue;
            }
            for Statement { sentence, claims } in on_page.chain(&troubles) {
                let squeezed = squeeze(sentence);
                let items: Vec<_> = listed.iter().filter(|(listed, _)| *listed == squeezed).collect();
                assert!(!items.is_empty(), "{}: the sources do not list “{sentence}”", page.path);
                let complete = items.iter().any(|(_, item)| lists(*item, &squeezed, &words, claims));
                assert!(
                    complete,
                    "{}: other sources than those of {claims:?} for “{sentence}”",
                    page.path
                );
            }
        }
        for cited in &cited {
            assert!(
                found.contains(&cited.key),
                "locales/{language}: no page shows {}",
                cited.key
            );
        }
    }
}

#[test]
fn a_page_lists_no_statement_that_it_does_not_show() {
    for language in languages() {
        let words = Words::of(language);
        for page in &all_pages(&words) {
            let body = squeeze(&page.body());
            for (sentence, item) in listed(page) {
                let path = &page.path;
                assert!(body.contains(&sentence), "{path}: does not show “{}”", shown(item));
            }
        }
    }
}

#[test]
fn the_name_of_a_document_among_the_sources_is_marked_as_english() {
    let claims = repository::claims().into_values();
    let listed = claims.chain(entries("timeline", "event")).flat_map(sources);
    let names: BTreeSet<&str> = listed.map(|source| text(source, "source")).collect();
    let documents: Vec<&str> = names.into_iter().filter(|name| !name.starts_with("https://")).collect();
    let mut marked = 0;
    for language in languages() {
        for page in all_pages(&Words::of(language)) {
            for evidence in page.select("main small") {
                let whole = squeeze(&shown(evidence));
                let english: Vec<String> = within(evidence, "[lang=en]").into_iter().map(shown).collect();
                for document in documents.iter().filter(|document| whole.contains(&squeeze(document))) {
                    let is_marked = english.iter().any(|name| squeeze(name).contains(&squeeze(document)));
                    assert!(is_marked, "{}: “{document}” is not marked as English", page.path);
                    marked += 1;
                }
            }
        }
    }
    assert!(marked > 0, "no document is named");
}
