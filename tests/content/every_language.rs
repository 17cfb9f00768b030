//! What holds for the pages of each language, translations included.

use std::thread;

use regex::Regex;

use super::page::{Page, shown, within};
use super::repository::{data, every_language, locale};
use super::site::{Tour, tour};

/// Runs `check` on each page of each language, two languages at a time.
fn each_page(check: impl Fn(&str, &Page) -> Result<(), String> + Sync) {
    let all = every_language();
    let faults: Vec<String> = thread::scope(|scope| {
        let halves = all.chunks(all.len().div_ceil(2));
        let halves = halves.map(|languages| {
            scope.spawn(|| {
                let faults = languages.iter().flat_map(|language| faults(language, &check));
                faults.collect::<Vec<_>>()
            })
        });
        let halves: Vec<_> = halves.collect();
        halves
            .into_iter()
            .flat_map(|half| half.join().expect("a check"))
            .collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn faults(language: &'static str, check: &impl Fn(&str, &Page) -> Result<(), String>) -> Vec<String> {
    let Tour { pages, broken, .. } = tour(language);
    let broken = broken
        .into_iter()
        .map(|(from, to, status)| format!("{from} leads to {to}: {status}"));
    let faults = pages.iter().filter_map(|found| {
        let fault = check(language, &found.page()).err()?;
        Some(format!("{}: {fault}", found.path))
    });
    broken.chain(faults).collect()
}

/// A text without what stands in quotation marks: the label of a button of Meta.
fn unquoted(text: &str) -> String {
    let marks = |mark: char| "„“”«»‘’".contains(mark);
    text.split(marks).step_by(2).collect()
}

/// The direction of a language.
fn direction(language: &str) -> Option<&'static str> {
    locale(language)["language"].get("direction")?.as_str()
}

#[test]
fn every_page_of_every_language_is_whole_and_in_its_language() {
    let send: Vec<(&str, Option<Regex>)> = every_language()
        .into_iter()
        .map(|language| {
            let words = data("terms").get(language.split('-').next().unwrap_or_default());
            let send = words.and_then(|words| words.get("send")?.as_str());
            (
                language,
                send.map(|send| Regex::new(&format!("(?i){send}")).expect("a pattern")),
            )
        })
        .collect();
    each_page(|language, page| {
        let root = page.only("html");
        let is_own = root.attr("lang") == Some(language);
        if is_own && root.attr("dir") != direction(language) {
            return Err(format!("the direction {:?}", root.attr("dir")));
        }
        if !is_own && page.select(&format!("aside.notice[lang={language}]")).is_empty() {
            return Err(format!("in {:?}, and does not say so", root.attr("lang")));
        }
        if page.select("h1").len() != 1 {
            return Err(format!("{} main headings", page.select("h1").len()));
        }
        let body = page.body();
        // The list of the texts of a page shows their markup.
        let is_list = page.path.contains("/mistakes");
        if let Some(mark) = ["{", "}", "**", "](", "..", "。。"]
            .iter()
            .find(|mark| !is_list && body.replace("...", "").contains(**mark))
        {
            let place = body.find(*mark).unwrap_or_default();
            let around: String = body[..place]
                .chars()
                .rev()
                .take(40)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            return Err(format!("“{mark}” after “{around}”"));
        }
        let (_, send) = send.iter().find(|(code, _)| *code == language).expect("a language");
        let buttons = within(page.main(), "button, a.button").into_iter();
        let mut own_buttons =
            buttons.filter(|button| !button.attr("href").is_some_and(|to| to.starts_with("https://")));
        let sends = own_buttons.find(|button| {
            send.as_ref()
                .is_some_and(|send| send.is_match(&unquoted(&shown(*button))))
        });
        match sends {
            Some(button) if is_own => Err(format!("a button of this site: {}", shown(button))),
            _ => Ok(()),
        }
    });
}
