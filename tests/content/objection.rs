//! The text for Meta: the grounds to tick, and what they make of the text.

use scraper::ElementRef;
use toml::Value;

use super::page::{Page, contains, parent, same, shown, squeeze, within};
use super::repository::{country_of_each_law, entries, flag, languages, services, text};
use super::site::{
    Choices, service_choices, service_name, step_of, step_with_grounds, text_for_meta, text_with_grounds,
};
use super::words::{Words, fill};

/// The number of characters below which Meta's form was reported to refuse a text.
const MINIMUM: usize = 100;
/// The number of characters that a short text never exceeds, so that it fits into Meta's field.
const SHORT_LIMIT: usize = 1_600;

fn grounds() -> &'static [Value] {
    entries("grounds", "ground")
}

/// Where the texts for a law stand in a file: below its own key, or below that of the law whose articles it shares.
pub fn texts_for(words: &Words, file: &str, law: &str) -> String {
    let laws = entries("laws", "law").iter();
    let mut laws = laws.filter(|entry| text(entry, "id") == law);
    let law = laws.next().unwrap_or_else(|| panic!("data/laws.toml has no {law}"));
    assert!(words.value(&format!("{file}.texts.{}", text(law, "texts"))).is_some());
    format!("{file}.texts.{}", text(law, "texts"))
}

/// The name of a law in the texts to Meta; nothing where the texts name it themselves.
pub fn law_name(words: &Words, law: &str) -> &'static str {
    let name = words
        .value(&format!("objection.law_names.{law}"))
        .and_then(Value::as_str);
    name.unwrap_or_default()
}

/// The text for one service, with one ground or none.
fn expected(words: &Words, service: &str, law: &str, length: &str, ground: Option<&Value>) -> String {
    let texts = texts_for(words, "objection", law);
    let kind = if ground.is_some() { "own" } else { "tested" };
    let special = match ground {
        Some(ground) if flag(ground, "special_category") => words.raw(&format!("{texts}.{length}_special")),
        _ => "",
    };
    let ground = ground.map_or("", |ground| {
        let part = if length == "short" { "clause" } else { "sentence" };
        words.raw(&format!("objection.grounds.{}.{part}", text(ground, "id")))
    });
    let tested = words.raw("language.tested_sentence.text");
    let name = service_name(words.language, service);
    fill(
        words.raw(&format!("{texts}.{length}_{kind}")),
        &[
            ("special", special),
            ("grounds", ground),
            ("sentence", tested),
            ("services", &name),
            ("law", law_name(words, law)),
        ],
    )
}

#[test]
fn the_text_says_what_was_chosen_under_the_law_of_the_country() {
    for language in languages() {
        let words = Words::of(language);
        for country in country_of_each_law() {
            for service in services() {
                for length in ["short", "full"] {
                    let choices = Choices::of(service, country).with("length", length);
                    for ground in grounds().iter().map(Some).chain([None]) {
                        let ids: Vec<&str> = ground.map(|ground| text(ground, "id")).into_iter().collect();
                        let shown = text_with_grounds(language, &choices, &ids);
                        let expected = expected(&words, service, text(country, "law"), length, ground);
                        assert!(same(&shown, &expected), "{language}: {choices:?}: {shown}");
                        assert!(shown.chars().count() > MINIMUM, "{language}: {choices:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_text_has_every_ground_that_was_ticked_and_stays_within_the_limit() {
    for language in languages() {
        let words = Words::of(language);
        for country in country_of_each_law() {
            for services in service_choices(language) {
                let all = grounds().iter().map(|ground| text(ground, "id"));
                let choices = services.with("country", text(country, "code"));
                for (length, part) in [("short", "clause"), ("full", "sentence")] {
                    let ids: Vec<&str> = all.clone().collect();
                    let shown = text_with_grounds(language, &choices.with("length", length), &ids);
                    for id in all.clone() {
                        let expected = words.raw(&format!("objection.grounds.{id}.{part}"));
                        contains(&format!("{language}: {choices:?}"), &shown, expected);
                    }
                    let fits = length == "full" || shown.chars().count() <= SHORT_LIMIT;
                    assert!(fits, "{language}: {choices:?}: {} characters", shown.chars().count());
                }
            }
        }
    }
}

#[test]
fn the_text_names_the_services_that_it_is_for_and_no_other() {
    for language in languages() {
        for combination in service_choices(language) {
            let choices = combination.with("country", text(country_of_each_law()[0], "code"));
            let whole = text_for_meta(language, &choices);
            let first = services()[0];
            for service in services() {
                // Alone, or the first of two objections, or both in one.
                let is_both = combination.values("service").count() > 1;
                let linked = combination.at("").contains("linked");
                let alone = combination == Choices::default().with("service", service);
                let belongs = alone || (is_both && (linked || service == first));
                let name = service_name(language, service);
                assert_eq!(
                    whole.contains(&name),
                    belongs,
                    "{language}: {name} with {combination:?}"
                );
            }
        }
    }
}

#[test]
fn the_grounds_stand_in_their_groups_and_special_categories_are_marked() {
    for language in languages() {
        let words = Words::of(language);
        let choices = Choices::of(services()[0], country_of_each_law()[0]);
        let mark = words.plain("text.special_category");
        let ids: Vec<Option<&str>> = grounds().iter().map(|ground| Some(text(ground, "id"))).collect();
        for ticked in ids.into_iter().chain([None]) {
            let ticked: Vec<&str> = ticked.into_iter().collect();
            let page = step_with_grounds(language, &choices, &ticked);
            let mut found = 0;
            let check = |input, ground: &Value, label: &str| {
                let id = text(ground, "id");
                assert_eq!(ElementRef::attr(&input, "value"), Some(id), "{}", page.path);
                assert_eq!(
                    input.attr("checked").is_some(),
                    ticked.contains(&id),
                    "{}: {id}",
                    page.path
                );
                contains(
                    &page.path,
                    &shown(parent(input)),
                    &words.plain(&format!("grounds.{id}.{label}")),
                );
            };
            // The common ones come first, with short labels.
            let common: Vec<&Value> = grounds().iter().filter(|ground| flag(ground, "common")).collect();
            let boxes = page.select("main fieldset > .ticks > .tick input[name=ground]");
            let boxes = &boxes[..common.len()];
            for (ground, input) in common.iter().zip(boxes) {
                check(*input, ground, "short");
                found += 1;
            }
            for group in words.keys("text.groups") {
                let own: Vec<&Value> = grounds()
                    .iter()
                    .filter(|ground| text(ground, "group") == group && !flag(ground, "common"))
                    .collect();
                let fieldset = page.fieldset(&words.plain(&format!("text.groups.{group}")));
                let boxes = within(fieldset, "input[name=ground]");
                assert_eq!(boxes.len(), own.len(), "{}: grounds in {group}", page.path);
                for (ground, input) in own.into_iter().zip(boxes) {
                    check(input, ground, "label");
                    let special = flag(ground, "special_category");
                    let label = shown(parent(input));
                    assert_eq!(label.contains(&mark), special, "{}: “{mark}” at {label}", page.path);
                    found += 1;
                }
            }
            assert_eq!(page.select("input[name=ground]").len(), found, "{}", page.path);
        }
    }
}

#[test]
fn the_step_hands_over_the_same_text_and_says_where_its_reason_comes_from() {
    for language in languages() {
        let words = Words::of(language);
        let step = step_of(words.language, "text");
        let origins = ["own", "tested", "tested_translated"];
        for text_language in languages() {
            let wording = Words::of(text_language).value("language.tested_sentence");
            let published = wording.is_some_and(|wording| text(wording, "wording") == "published");
            let choices = Choices::of(services()[0], country_of_each_law()[0]).with("text", text_language);
            let own = [text(&grounds()[0], "id")];
            for (ticked, origin) in [
                (&[][..], if published { "tested" } else { "tested_translated" }),
                (&own[..], "own"),
            ] {
                let page = match ticked {
                    [] => Page::get(&choices.at(step)),
                    ticked => step_with_grounds(language, &choices, ticked),
                };
                let area = page.only("main textarea");
                let expected = text_with_grounds(language, &choices, ticked);
                assert!(same(&shown(area), &expected), "{}: another text than alone", page.path);
                assert_eq!(area.attr("lang"), Some(text_language), "{}", page.path);
                let count = expected.chars().count().to_string();
                page.must_show(&words.fill("text.characters", &[("count", &count)]));
                let body = page.body();
                for known in origins {
                    let told = words.plain(&format!("text.{known}"));
                    assert_eq!(
                        body.contains(&squeeze(&told)),
                        known == origin,
                        "{}: “{told}”",
                        page.path
                    );
                }
            }
        }
    }
}
