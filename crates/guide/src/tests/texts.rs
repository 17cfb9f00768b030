//! The text for Meta.

use proptest::prelude::*;
use veto_content::catalog::LocaleId;
use veto_content::facts::{Ground, IdSet, PageJourney};

use super::{CATALOG, any_choices, grounds, has_author, language, plans, select, services};
use crate::{Choices, Length, Plan, objection, page_journey};

/// Asserts everything that holds for every text.
fn assert_text(plan: &Plan, grounds: IdSet<Ground>, language: LocaleId) -> String {
    let text = objection::compose(plan, grounds, &CATALOG, language);
    let characters = text.chars().count();
    assert!(characters >= objection::MINIMUM, "{characters} characters: {text}");
    if plan.choices().length() == Length::Short {
        assert!(characters <= objection::SHORT_LIMIT, "{characters} characters: {text}");
    }
    assert!(
        !text.contains(['{', '}', '<', '&']),
        "a placeholder or markup is left: {text}"
    );
    assert!(
        !text.contains("  ") && !text.contains("..") && !text.contains(" ."),
        "{text}"
    );
    assert!(text.contains("Meta"), "{text}");
    for name in plan.covered_names(&CATALOG.facts) {
        assert!(text.contains(name), "{text}");
    }
    text
}

#[test]
fn every_service_country_length_and_language_has_a_text_for_no_ground_each_ground_and_all_grounds() {
    let single = CATALOG.facts.grounds.ids().map(|ground| IdSet::default().with(ground));
    let all = CATALOG.facts.grounds.ids().collect();
    for grounds in single.chain([IdSet::default(), all]) {
        for (plan, language) in plans() {
            assert_text(&plan, grounds, language);
        }
    }
}

#[test]
fn every_text_names_the_article_of_the_country_the_purpose_and_asks_for_a_confirmation() {
    for (plan, language) in plans().filter(|(_, language)| has_author(*language)) {
        let text = assert_text(&plan, IdSet::default(), language);
        let german = CATALOG.language(language).code == "de";
        let (object, restriction) = match (plan.law(&CATALOG).id.as_str(), german) {
            ("gdpr", true) => ("Art. 21 Abs. 1 DSGVO", "Art. 18 Abs. 1 Buchst. d DSGVO"),
            ("gdpr", false) => ("Art. 21(1) GDPR", "Art. 18(1)(d) GDPR"),
            ("uk_gdpr", true) => ("Art. 21 Abs. 1 UK GDPR", "Art. 18 Abs. 1 Buchst. d UK GDPR"),
            ("uk_gdpr", false) => ("Art. 21(1) UK GDPR", "Art. 18(1)(d) UK GDPR"),
            ("swiss_fadp", true) => ("Art. 30 Abs. 2 Bst. b", "untersage"),
            ("swiss_fadp", false) => ("Art. 30(2)(b)", "expressly forbid"),
            (law, _) => panic!("{law}: no expectation"),
        };
        let purpose = if german {
            "Entwicklung und Verbesserung von KI bei Meta"
        } else {
            "developing and improving AI at Meta"
        };
        let conversations = if german {
            "Unterhaltungen mit KI"
        } else {
            "conversations with AI"
        };
        let confirm = if german { "bestätigen" } else { "confirm" };
        for part in [object, restriction, purpose, conversations, confirm] {
            assert!(text.contains(part), "“{part}” is missing: {text}");
        }
        if plan.law(&CATALOG).id == "swiss_fadp" {
            assert!(!text.contains("GDPR") && !text.contains("DSGVO"), "{text}");
        }
        for wrong in ["withdraw", "consent", "widerrufe", "Einwilligung"] {
            assert!(
                !text.contains(wrong),
                "“{wrong}”: Meta does not rely on consent: {text}"
            );
        }
    }
}

#[test]
fn grounds_of_special_categories_are_named_as_such() {
    for (id, ground) in CATALOG.facts.grounds.iter() {
        for (plan, language) in plans().filter(|(_, language)| has_author(*language)) {
            let text = assert_text(&plan, IdSet::default().with(id), language);
            let named = ["Art. 9", "especially sensitive", "besonders schützenswert"];
            let named = named.iter().any(|words| text.contains(words));
            assert_eq!(named, ground.special_category, "{}: {text}", ground.id);
        }
    }
}

#[test]
fn the_tested_sentence_is_the_reason_until_something_is_ticked() {
    for (plan, language) in plans() {
        let sentence = &CATALOG.language(language).tested_sentence.text;
        assert!(assert_text(&plan, IdSet::default(), language).contains(sentence));
    }
    let one: IdSet<Ground> = CATALOG.facts.grounds.ids().take(1).collect();
    for (plan, language) in plans() {
        let sentence = &CATALOG.language(language).tested_sentence.text;
        assert!(!assert_text(&plan, one, language).contains(sentence));
    }
}

#[test]
fn the_full_text_says_more_than_the_short_one() {
    let one: IdSet<Ground> = CATALOG.facts.grounds.ids().take(1).collect();
    for (plan, language) in plans() {
        let length = |length| {
            let choices = Choices {
                length,
                ..plan.choices().clone()
            };
            assert_text(&choices.plan().unwrap(), one, language).chars().count()
        };
        assert!(length(Length::Full) > length(Length::Short));
    }
}

/// Asserts everything that holds for every text of a journey on one page.
fn assert_journey_texts(journey: &PageJourney, grounds: IdSet<Ground>, language: LocaleId) {
    for law in CATALOG.facts.laws.values().filter(|law| journey.is_for(&law.id)) {
        for key in journey.texts() {
            let text = page_journey::compose(journey, key, law, grounds, &CATALOG, language);
            let text = text.unwrap_or_else(|| panic!("{}: no text {key}", journey.id)).body;
            let characters = text.chars().count();
            assert!(
                characters <= objection::SHORT_LIMIT,
                "{}: {characters} characters: {text}",
                journey.id
            );
            let holes = ["{", "}", "<", "  ", "..", " .", "\n\n\n"];
            let hole = holes.iter().find(|hole| text.contains(**hole));
            assert!(hole.is_none(), "{}: “{hole:?}” in {text}", journey.id);
            if journey.letter.as_ref() == Some(key) {
                let own = CATALOG.messages(language).objection.as_ref().unwrap().law_name(law);
                assert!(text.contains("Meta") && text.contains(own), "{}: {text}", journey.id);
                let others = CATALOG.facts.laws.values().filter(|other| other.id != law.id);
                let is_swiss = law.id == "swiss_fadp";
                let names_article = text.contains("Art. 30");
                assert!(
                    names_article == is_swiss || !has_author(language),
                    "{}: {text}",
                    journey.id
                );
                for other in others.filter(|other| !own.contains(&*other.id)) {
                    let other = CATALOG.messages(language).objection.as_ref().unwrap().law_name(other);
                    let without = text.replace(own, "");
                    let names_it = !other.is_empty() && !own.is_empty() && without.contains(other);
                    assert!(!names_it, "{}: {other} in {text}", journey.id);
                }
            }
        }
    }
}

#[test]
fn every_text_of_a_journey_fits_the_form_with_no_ground_each_ground_and_all_grounds() {
    let single = CATALOG.facts.grounds.ids().map(|ground| IdSet::default().with(ground));
    let all = CATALOG.facts.grounds.ids().collect();
    for grounds in single.chain([IdSet::default(), all]) {
        for journey in CATALOG.facts.page_journeys.values() {
            for (language, _) in CATALOG.letter_languages() {
                assert_journey_texts(journey, grounds, language);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_grounds_give_a_journey_a_text_that_is_too_long_or_has_a_hole(
        journey in select(CATALOG.facts.page_journeys.ids()),
        grounds in grounds(),
        language in language(),
    ) {
        assert_journey_texts(&CATALOG.facts.page_journeys[journey], grounds, language);
    }

    #[test]
    fn any_ticks_give_a_text_within_the_limits(
        choices in any_choices(),
        services in services(),
        grounds in grounds(),
        language in language(),
    ) {
        let country = choices.country.or(CATALOG.facts.countries.ids().next());
        let choices = Choices { services, country, form: None, ..choices };
        assert_text(&choices.plan().unwrap(), grounds, language);
    }
}
