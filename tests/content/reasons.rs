//! The reasons for the objection of a journey on one page: those that fit it are in its text and its letter, and in no address.

use std::collections::BTreeSet;

use toml::Value;

use super::company_objection::{submit, with_grounds};
use super::journeys::{Journey, LIMIT, NOT_OF_OTHERS, OF_OTHERS};
use super::objection::{law_name, texts_for};
use super::page::{Page, contains, shown, squeeze};
use super::repository::{entries, flag, languages, list, text};
use super::site::links;
use super::words::{Words, fill};
use crate::in_process::Site;

/// The journeys whose objection takes reasons, and what it is about.
fn with_reasons(words: &Words) -> Vec<(Journey, &'static str)> {
    let all = Journey::all(words).into_iter();
    let all = all.filter_map(|journey| {
        let about = journey.file.get("reasons")?.as_str()?;
        Some((journey, about))
    });
    all.collect()
}

/// The clause of a ground in an objection about `about`, if it fits that.
fn clause(words: &Words, ground: &Value, about: &str) -> Option<String> {
    let key = format!("objection.grounds.{}", text(ground, "id"));
    let own = words.value(&format!("{key}.about.{about}"));
    let fits = about == "posts" || list(ground, "about").contains(&about);
    let own = own.and_then(Value::as_str).map(str::to_owned);
    own.or_else(|| fits.then(|| words.raw(&format!("{key}.clause")).to_owned()))
}

/// The texts in which reasons stand.
fn objection(page: &Page) -> String {
    squeeze(&shown(page.only("form.work textarea")))
}

#[test]
fn a_ticked_reason_that_fits_is_in_the_text_and_the_letter_and_in_no_address() {
    let mut subjects = BTreeSet::new();
    for language in languages() {
        let words = Words::of(language);
        let tested = squeeze(words.raw("language.tested_sentence.text"));
        for (place, (journey, about)) in with_reasons(&words).into_iter().enumerate() {
            subjects.insert(about);
            let path = &journey.page.path;
            let law = text(journey.country, "law");
            let special = words.raw(&format!("{}.short_special", texts_for(&words, "objection", law)));
            let special = squeeze(&fill(special, &[("law", law_name(&words, law))]));
            let mut all = Vec::new();
            for (index, ground) in entries("grounds", "ground").iter().enumerate() {
                let id = text(ground, "id");
                let field = format!("form.work input[name=ground][value={id}]");
                let Some(clause) = clause(&words, ground, about) else {
                    assert!(journey.page.select(&field).is_empty(), "{path}: {id}");
                    if index % 4 == 0 {
                        let response = submit(path, &[("ground", id)]);
                        assert_eq!(response.status, 400, "{path}: {id}");
                    }
                    continue;
                };
                journey.page.only(&field);
                all.push((id, clause.clone()));
                // Each alone in one country and journey of several, since each costs two requests.
                if (index + place) % 4 > 0 {
                    continue;
                }
                let page = with_grounds(path, &[id]);
                let shown = objection(&page);
                contains(path, &shown, &squeeze(&clause));
                assert!(!shown.contains(&tested), "{path}: {id}: {shown}");
                let is_special = flag(ground, "special_category");
                assert_eq!(shown.contains(special.trim()), is_special, "{path}: {id}: {shown}");
                page.only(&format!("{field}[checked]"));
            }
            assert!(!all.is_empty(), "{path}: no reasons");
            let ids: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
            let page = with_grounds(path, &ids);
            let text = objection(&page);
            let has = |clause: &str| text.contains(&squeeze(clause));
            let fitting = all.iter().take_while(|(_, clause)| has(clause)).count();
            let left_out = all[fitting..].iter().any(|(_, clause)| !has(clause));
            let says_so = shown(page.main()).contains(&words.plain("text.shortened"));
            assert!(left_out == says_so && fitting > all.len() / 2, "{path}: {text}");
            assert!(text.chars().count() <= LIMIT, "{path}: {text}");
            let forms = page.select("form").into_iter().filter_map(|form| form.attr("action"));
            for address in forms.map(str::to_owned).chain(links(&page)) {
                let id = ids.iter().find(|id| address.contains(&format!("={id}")));
                assert!(id.is_none() && !address.contains("ground"), "{path}: {address}");
            }
            let letter = page
                .only("form.work button[formaction]")
                .attr("formaction")
                .expect("an address");
            let fields: Vec<_> = ids
                .iter()
                .map(|id| ("ground", *id))
                .chain([("typed", text.as_str())])
                .collect();
            let response = Site::built_in().post(letter, &fields);
            assert_eq!(
                (response.status, response.headers["cache-control"].as_str()),
                (200, "no-store"),
                "{letter}"
            );
            let letter = Page::parse(letter, &response.html);
            let sheet = squeeze(&shown(letter.only("main article.letter")));
            for (_, clause) in &all[..fitting] {
                contains(&letter.path, &sheet, &squeeze(clause));
            }
            if OF_OTHERS.contains(&journey.id) {
                for word in NOT_OF_OTHERS
                    .iter()
                    .filter(|(code, _)| *code == language)
                    .flat_map(|(_, words)| *words)
                {
                    assert!(
                        !sheet.to_lowercase().contains(&word.to_lowercase()),
                        "{path}: “{word}” in {sheet}"
                    );
                }
            }
        }
    }
    assert_eq!(subjects.len(), 4, "{subjects:?}");
}

#[test]
fn what_a_person_has_typed_into_the_text_of_a_journey_is_kept_and_printed() {
    let words = Words::of("en");
    for (journey, about) in with_reasons(&words) {
        let path = &journey.page.path;
        let mut grounds = entries("grounds", "ground").iter();
        let found = grounds.find_map(|ground| Some((text(ground, "id"), clause(&words, ground, about)?)));
        let (id, clause) = found.expect("a ground");
        let typed = "My <b>own</b> words.";
        let response = submit(path, &[("typed", typed), ("ground", id)]);
        let page = Page::parse(path, &response.html);
        let message = if about == "posts" {
            "text.added"
        } else {
            "journey.reasons.added"
        };
        page.must_show(&words.plain(message));
        contains(path, &objection(&page), &squeeze(typed));
        contains(path, &objection(&page), &squeeze(&clause));
        let letter = page
            .only("form.work button[formaction]")
            .attr("formaction")
            .expect("an address");
        let response = Site::built_in().post(letter, &[("typed", typed)]);
        let letter = Page::parse(letter, &response.html);
        contains(path, &shown(letter.only("main article.letter")), typed);
    }
}
