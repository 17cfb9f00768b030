//! What holds for every plan, whatever was chosen.

use std::sync::LazyLock;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use proptest::prelude::*;

use super::*;
use crate::facts::Law;
use crate::words::Label;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::load(&Files::embedded()).unwrap());

fn services() -> impl Strategy<Value = Services> {
    use crate::facts::Service::{Facebook, Instagram};
    prop::sample::select(vec![
        Services::One(Facebook),
        Services::One(Instagram),
        Services::Both(Accounts::Linked),
        Services::Both(Accounts::Separate),
        Services::Both(Accounts::Unsure),
    ])
}

fn grounds() -> impl Strategy<Value = Grounds> {
    prop::collection::vec(0..LIBRARY.facts.grounds.len(), 0..20)
        .prop_map(|places| places.into_iter().fold(Grounds::default(), Grounds::with))
}

fn choices() -> impl Strategy<Value = Choices> {
    let length = prop::sample::select(vec![Length::Short, Length::Full]);
    (
        prop::option::of(services()),
        prop::option::of(0..LIBRARY.facts.countries.len()),
        any::<bool>(),
        length,
        prop::option::of(0..LIBRARY.editions.len()),
        grounds(),
        prop::option::of(region()),
        prop::option::of(day()),
    )
        .prop_map(|(services, country, instagram, length, text, grounds, region, day)| {
            let germany = LIBRARY.country("DE");
            Choices {
                services,
                country,
                region: region.filter(|_| country.is_some() && country == germany),
                instagram_now: instagram && matches!(services, Some(Services::Both(_))),
                day,
                length,
                text,
                grounds,
            }
        })
}

fn region() -> impl Strategy<Value = usize> {
    let authorities = LIBRARY.facts.authorities.iter().enumerate();
    let places = authorities.filter_map(|(place, authority)| authority.region.as_ref().map(|_| place));
    prop::sample::select(places.collect::<Vec<_>>())
}

fn day() -> impl Strategy<Value = Day> {
    (2025i32..2099, 1u8..=12, 1u8..=28)
        .prop_map(|(year, month, day)| Day::parse(&format!("{year}-{month:02}-{day:02}")).unwrap())
}

/// All plans that differ in what the text depends on, with these grounds.
fn plans(grounds: Grounds) -> impl Iterator<Item = (Plan, usize)> {
    use crate::facts::Service::{Facebook, Instagram};
    let services = [
        Services::One(Facebook),
        Services::One(Instagram),
        Services::Both(Accounts::Linked),
    ];
    let countries = 0..LIBRARY.facts.countries.len();
    let lengths = [Length::Short, Length::Full];
    countries.flat_map(move |country| {
        services.into_iter().flat_map(move |services| {
            lengths.into_iter().flat_map(move |length| {
                let choices = Choices {
                    services: Some(services),
                    country: Some(country),
                    length,
                    grounds,
                    ..Choices::default()
                };
                (0..LIBRARY.editions.len()).map(move |language| (choices.plan().unwrap(), language))
            })
        })
    })
}

/// Asserts everything that holds for every text.
fn assert_text(plan: &Plan, language: usize) -> String {
    let text = objection::compose(plan, &LIBRARY, language);
    let characters = text.chars().count();
    assert!(characters >= objection::MINIMUM, "{characters} characters: {text}");
    if plan.choices().length == Length::Short {
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
    for service in plan.covered() {
        assert!(text.contains(service.name()), "{text}");
    }
    text
}

#[test]
fn every_service_country_length_and_language_has_a_text_for_no_ground_each_ground_and_all_grounds() {
    let count = LIBRARY.facts.grounds.len();
    assert!(count >= 14);
    let single = (0..count).map(|place| Grounds::default().with(place));
    let all = (0..count).fold(Grounds::default(), Grounds::with);
    for grounds in single.chain([Grounds::default(), all]) {
        for (plan, language) in plans(grounds) {
            assert_text(&plan, language);
        }
    }
}

#[test]
fn every_text_names_the_article_of_the_country_the_purpose_and_asks_for_a_confirmation() {
    for (plan, language) in plans(Grounds::default()) {
        let text = assert_text(&plan, language);
        let german = LIBRARY.editions[language].words.code == "de";
        let (object, restriction) = match (plan.country(&LIBRARY).law, german) {
            (Law::Gdpr, true) => ("Art. 21 Abs. 1 DSGVO", "Art. 18 Abs. 1 Buchst. d DSGVO"),
            (Law::Gdpr, false) => ("Art. 21(1) GDPR", "Art. 18(1)(d) GDPR"),
            (Law::UkGdpr, true) => ("Art. 21 Abs. 1 UK GDPR", "Art. 18 Abs. 1 Buchst. d UK GDPR"),
            (Law::UkGdpr, false) => ("Art. 21(1) UK GDPR", "Art. 18(1)(d) UK GDPR"),
            (Law::SwissFadp, true) => ("Art. 30 Abs. 2 Buchst. b", "untersage"),
            (Law::SwissFadp, false) => ("Art. 30(2)(b)", "expressly forbid"),
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
        if plan.country(&LIBRARY).law == Law::SwissFadp {
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
    let facts = &LIBRARY.facts;
    for (place, ground) in facts.grounds.iter().enumerate() {
        for (plan, language) in plans(Grounds::default().with(place)) {
            let text = assert_text(&plan, language);
            let named = ["Art. 9", "especially sensitive", "besonders schützenswert"];
            let named = named.iter().any(|words| text.contains(words));
            assert_eq!(named, ground.special_category, "{}: {text}", ground.id);
        }
    }
}

#[test]
fn the_tested_sentence_is_the_reason_until_something_is_ticked() {
    for (plan, language) in plans(Grounds::default()) {
        let code = &LIBRARY.editions[language].words.code;
        let sentence = &LIBRARY.facts.tested_sentence.wording[code].text;
        assert!(assert_text(&plan, language).contains(sentence));
    }
    for (plan, language) in plans(Grounds::default().with(0)) {
        let code = &LIBRARY.editions[language].words.code;
        let sentence = &LIBRARY.facts.tested_sentence.wording[code].text;
        assert!(!assert_text(&plan, language).contains(sentence));
    }
}

#[test]
fn the_full_text_says_more_than_the_short_one() {
    for (plan, language) in plans(Grounds::default().with(0)) {
        let length = |length| {
            let choices = Choices {
                length,
                ..*plan.choices()
            };
            assert_text(&choices.plan().unwrap(), language).chars().count()
        };
        assert!(length(Length::Full) > length(Length::Short));
    }
}

#[test]
fn accounts_in_one_accounts_centre_need_one_objection_and_others_need_two() {
    let plan = |services, instagram_now| {
        let choices = Choices {
            services: Some(services),
            country: Some(0),
            instagram_now,
            ..Choices::default()
        };
        choices.plan().unwrap()
    };
    assert_eq!(plan(Services::Both(Accounts::Linked), false).objections().len(), 1);
    assert_eq!(plan(Services::Both(Accounts::Linked), false).covered().len(), 2);
    for accounts in [Accounts::Separate, Accounts::Unsure] {
        let first = plan(Services::Both(accounts), false);
        assert_eq!(first.objections().len(), 2);
        assert_eq!(first.covered(), [first.form()]);
        let second = first.next_objection().unwrap();
        assert_ne!(second.form(), first.form());
        assert!(second.next_objection().is_none());
    }
}

#[test]
fn a_wrong_value_is_reported_and_the_right_ones_stay() {
    let (choices, unknown) = Choices::parse(
        "country=DE&service=myspace&ground=children&ground=x&utm=1&length=",
        &LIBRARY,
    );
    assert_eq!(choices.query(&LIBRARY), "?country=DE&ground=children");
    let values: Vec<(Key, &str)> = unknown
        .iter()
        .map(|unknown| (unknown.key, unknown.value.as_str()))
        .collect();
    assert_eq!(values, [(Key::Service, "myspace"), (Key::Ground, "x")]);
}

#[test]
fn a_query_in_any_order_becomes_the_canonical_one() {
    let given = "ground=health&ground=children&text=de&country=AT&accounts=separate&service=both&form=instagram&x=y";
    let (choices, unknown) = Choices::parse(given, &LIBRARY);
    assert_eq!(unknown, []);
    let canonical = "?service=both&accounts=separate&country=AT&form=instagram&text=de&ground=children&ground=health";
    assert_eq!(choices.query(&LIBRARY), canonical);
}

#[test]
fn countries_and_regions_stand_in_the_order_of_a_dictionary_of_the_language() {
    for edition in &LIBRARY.editions {
        let words = &edition.words;
        let locale: icu_locale_core::Locale = words.common.cldr.parse().unwrap();
        let order = CollatorBorrowed::try_new((&locale).into(), CollatorOptions::default()).unwrap();
        for names in [&words.countries, &words.regions] {
            let names: Vec<&str> = names.values().map(Label::as_str).collect();
            let sorted = names.is_sorted_by(|one, next| order.compare(one, next).is_lt());
            assert!(sorted, "{}: {names:?}", words.code);
        }
        assert_eq!(edition.countries.len(), 32);
    }
}

#[test]
fn what_the_build_writes_is_read_again_as_it_was() {
    let bytes = LIBRARY.to_bytes().unwrap();
    let again = Library::from_bytes(&bytes).unwrap();
    assert!(again.to_bytes().unwrap() == bytes);
    let texts = |library: &Library| -> Vec<String> {
        let plans = plans(Grounds::default());
        plans
            .map(|(plan, language)| objection::compose(&plan, library, language))
            .collect()
    };
    assert_eq!(texts(&again), texts(&LIBRARY));
    for damaged in [&bytes[..bytes.len() / 2], &[0xff; 64], &[]] {
        assert!(Library::from_bytes(damaged).is_err());
    }
}

proptest! {
    #[test]
    fn choices_written_and_read_again_are_the_same(choices in choices()) {
        let query = choices.query(&LIBRARY);
        let (read, unknown) = Choices::parse(query.trim_start_matches('?'), &LIBRARY);
        prop_assert_eq!(unknown, []);
        prop_assert_eq!(read, choices);
        prop_assert_eq!(read.query(&LIBRARY), query);
    }

    #[test]
    fn any_query_is_read_without_a_panic_and_its_canonical_form_is_stable(query in ".{0,200}") {
        let (choices, _) = Choices::parse(&query, &LIBRARY);
        let canonical = choices.query(&LIBRARY);
        let (again, unknown) = Choices::parse(canonical.trim_start_matches('?'), &LIBRARY);
        prop_assert_eq!(unknown, []);
        prop_assert_eq!(again, choices);
    }

    #[test]
    fn any_ticks_give_a_text_within_the_limits(choices in choices(), services in services(), language in 0..LIBRARY.editions.len()) {
        let country = choices.country.or(Some(0));
        let choices = Choices { services: Some(services), country, ..choices };
        assert_text(&choices.plan().unwrap(), language);
    }
}

#[test]
fn every_claim_carries_a_statement_in_every_language_and_nothing_else_lies_about() {
    let facts = &LIBRARY.facts;
    for edition in &LIBRARY.editions {
        let cited = edition.words.citations.iter().flat_map(|citation| &citation.claims);
        let reported = facts.troubles.iter().flat_map(|trouble| &trouble.claims);
        let carried: std::collections::BTreeSet<&String> = cited.chain(reported).collect();
        let idle: Vec<&String> = facts.claims.keys().filter(|claim| !carried.contains(claim)).collect();
        assert!(idle.is_empty(), "nothing rests on {idle:?} in {}", edition.words.code);
    }
}

#[test]
fn every_page_with_statements_lists_their_sources() {
    for edition in &LIBRARY.editions {
        for step in Step::ALL {
            assert!(
                edition.statements(step.place()).is_some(),
                "{step:?} in {}",
                edition.words.code
            );
        }
        for citation in &edition.words.citations {
            let listed = Step::ALL.map(Step::place).into_iter().chain(PLACES);
            let lists = listed.filter_map(|place| edition.statements(place));
            let sentence = citation.sentence.as_str();
            assert!(
                lists.into_iter().any(|list| list.as_str().contains(sentence)),
                "{sentence}"
            );
        }
    }
}

/// The pages beside the steps that show a list of sources.
const PLACES: [&str; 11] = [
    "record",
    "authority",
    "letter",
    "home",
    "start",
    "everything",
    "why",
    "answer.confirmed",
    "answer.more",
    "answer.refused",
    "answer.nothing",
];

/// What a person types who fills in each field of each letter.
fn everything_typed() -> letter::Typed {
    letter::Typed::parse(
        b"name=Ada+Muster&address=Weg+1%0D%0A1010+Ort&email=ada%40example.org&account=ada.m&day=2026-03-31\
          &outcome=refused&answered=2026-04-07&answer=We+go+on.&reminded=2026-05-04&own=My+own+words.",
    )
}

fn today() -> Day {
    Day::parse("2026-11-24").unwrap()
}

/// Each letter for the residents of each country, in each language, with the authority that it would go to.
fn letters() -> impl Iterator<Item = (Letter, Plan, usize, &'static crate::facts::Authority)> {
    let authorities = LIBRARY.facts.authorities.iter().enumerate();
    authorities.flat_map(|(place, authority)| {
        let choices = Choices {
            services: Some(Services::Both(Accounts::Linked)),
            country: LIBRARY.country(&authority.country),
            region: authority.region.as_ref().map(|_| place),
            ..Choices::default()
        };
        let plan = choices.plan().unwrap();
        assert_eq!(plan.authority(&LIBRARY).unwrap().id, authority.id);
        Letter::ALL.into_iter().flat_map(move |letter| {
            (0..LIBRARY.editions.len()).map(move |language| (letter, plan, language, authority))
        })
    })
}

#[test]
fn every_letter_is_whole_for_residents_of_every_country_and_land_in_every_language() {
    let mut count = 0;
    for (letter, plan, language, authority) in letters() {
        count += 1;
        let typed = everything_typed();
        let details = letter.check(&typed, today()).unwrap();
        let recipient = (letter == Letter::Complaint).then_some(authority);
        let sheet = letter.compose(&plan, &LIBRARY, language, recipient, &details, today());
        let text = sheet.text();
        let of = format!("{} to {}:\n{text}", letter.id(), authority.id);
        for field in letter.fields() {
            let shown = match field {
                letter::Field::Day | letter::Field::Answered | letter::Field::Reminded => {
                    let day = details.day(*field).unwrap();
                    LIBRARY.editions[language].words.format.day(day.date())
                }
                letter::Field::Outcome => continue,
                letter::Field::Address => "Weg 1\n1010 Ort".to_owned(),
                field => typed.get(*field).to_owned(),
            };
            assert!(text.contains(&shown), "{shown} is not in {of}");
        }
        assert!(
            !text.contains(['{', '}', '<', '&']),
            "a placeholder or markup is left in {of}"
        );
        assert!(
            !text.contains("  ") && !text.contains("..") && !text.contains("\n\n\n"),
            "{of}"
        );
        let recipient = sheet.recipient.join(" ");
        let expected = match (letter, plan.country(&LIBRARY).law) {
            (Letter::Complaint, _) => &authority.name,
            (_, Law::UkGdpr) => "Meta Platforms, Inc.",
            _ => "Meta Platforms Ireland Limited",
        };
        assert!(recipient.contains(expected), "{of}");
        let article = match (letter, plan.country(&LIBRARY).law) {
            (Letter::Complaint, Law::SwissFadp) => "Art. 49",
            (_, Law::SwissFadp) => "Art. 30",
            (Letter::Complaint, _) => "Art. 77",
            _ => "Art. 21",
        };
        assert!(sheet.subject.contains(article), "{of}");
    }
    assert_eq!(count, 47 * Letter::ALL.len() * LIBRARY.editions.len());
}

#[test]
fn only_authorities_that_do_not_lead_are_asked_to_pass_the_case_on() {
    for (letter, plan, language, authority) in letters().filter(|(letter, ..)| *letter == Letter::Complaint) {
        let details = letter.check(&everything_typed(), today()).unwrap();
        let body = letter
            .compose(&plan, &LIBRARY, language, Some(authority), &details, today())
            .body;
        let asked = body.contains("lead supervisory authority") || body.contains("federführende Aufsichtsbehörde");
        let expected = !["IE", "GB", "CH"].contains(&authority.country.as_str());
        assert_eq!(asked, expected, "{}: {body}", authority.id);
    }
}

#[test]
fn a_letter_says_what_is_wrong_with_each_field() {
    use letter::Fault::{BeforeObjection, Missing, NoDay, TooEarly, TooLong, TooManyLines, Unreadable};
    use letter::Field::{Account, Address, Answer, Answered, Day, Name, Outcome, Reminded};
    let faults = |letter: Letter, changed: &str| {
        let mut body = String::from_utf8(
            b"name=Ada&address=Weg&account=ada&day=2026-03-31&outcome=refused&answered=2026-04-07".to_vec(),
        )
        .unwrap();
        body.push('&');
        body.push_str(changed);
        letter
            .check(&letter::Typed::parse(body.as_bytes()), today())
            .err()
            .unwrap_or_default()
    };
    assert_eq!(faults(Letter::Complaint, ""), []);
    assert_eq!(faults(Letter::Complaint, "name=+"), [(Name, Missing)]);
    assert_eq!(faults(Letter::Complaint, "name=%FF"), [(Name, Unreadable)]);
    assert_eq!(faults(Letter::Complaint, "account=a%00b"), [(Account, Unreadable)]);
    assert_eq!(
        faults(Letter::Complaint, "address=1%0A2%0A3%0A4%0A5%0A6"),
        [(Address, TooManyLines(5))]
    );
    let long = format!("answer={}", "ä".repeat(801));
    assert_eq!(faults(Letter::Complaint, &long), [(Answer, TooLong(800))]);
    for day in ["2026-02-31", "2026-11-25", "2024-04-30", "soon"] {
        assert_eq!(
            faults(Letter::Complaint, &format!("day={day}")),
            [(Day, NoDay)],
            "{day}"
        );
    }
    assert_eq!(
        faults(Letter::Complaint, "answered=2026-03-30"),
        [(Answered, BeforeObjection)]
    );
    assert_eq!(
        faults(Letter::Complaint, "reminded=2026-03-30"),
        [(Reminded, BeforeObjection)]
    );
    assert_eq!(faults(Letter::Complaint, "outcome=maybe"), [(Outcome, Missing)]);
    let due = super::Day::parse("2026-11-01").unwrap().answer_due();
    assert_eq!(faults(Letter::Reminder, "day=2026-11-01"), [(Day, TooEarly(due))]);
    assert_eq!(
        faults(Letter::Complaint, "day=2026-11-01&answered=&outcome=nothing"),
        [(Outcome, TooEarly(due))]
    );
    assert_eq!(faults(Letter::Refused, "answered="), [(Answered, Missing)]);
}

proptest! {
    /// No typed character is lost or becomes a part of the letter's own structure.
    #[test]
    fn what_is_typed_stands_in_the_letter_as_it_was_typed(own in "[^\\p{C}\u{FFFD}]{1,200}") {
        prop_assume!(!own.trim().is_empty());
        let mut typed = everything_typed();
        typed.set(letter::Field::Own, own.clone());
        let plan = Choices {
            services: Some(Services::One(crate::facts::Service::Facebook)),
            country: LIBRARY.country("FR"),
            ..Choices::default()
        }.plan().unwrap();
        let authority = plan.authority(&LIBRARY).unwrap();
        let details = Letter::Complaint.check(&typed, today()).unwrap();
        let sheet = Letter::Complaint.compose(&plan, &LIBRARY, 0, Some(authority), &details, today());
        prop_assert!(sheet.text().contains(own.trim()));
    }

    #[test]
    fn no_body_of_a_letter_brings_the_check_down(body in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let typed = letter::Typed::parse(&body);
        for letter in Letter::ALL {
            let _ = letter.check(&typed, today());
        }
    }
}

/// All files that an operator can replace.
fn replaceable() -> Vec<String> {
    let data = [
        "authorities",
        "claims",
        "controllers",
        "countries",
        "dates",
        "forms",
        "grounds",
        "links",
        "menus",
    ];
    let data = data.iter().map(|name| format!("data/{name}.toml"));
    let words = [
        "answer",
        "common",
        "letter",
        "letters",
        "objection",
        "steps",
        "text",
        "timeline",
    ];
    data.chain(words.iter().map(|name| format!("locales/de/{name}.toml")))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A file that somebody has damaged loads or is refused with its name; it never brings the program down.
    #[test]
    fn a_damaged_file_is_refused_by_name(
        path in prop::sample::select(replaceable()),
        at in any::<prop::sample::Index>(),
        length in 0usize..40,
        damage in prop_oneof![
            "[\\[\\]{}=\"#\n<>&*_:()a-z]{0,12}",
            prop::sample::select(vec!["{law}", "{", "}", "[x](claim:none)", "\"\"\"", "= 1\n", "\u{feff}", "[[form]]\n", "<b>"]).prop_map(str::to_owned),
        ],
    ) {
        let whole = Files::embedded().read(&path).unwrap();
        let text: Vec<char> = whole.text().chars().collect();
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        let damaged: String = text[..start].iter().copied().chain(damage.chars()).chain(text[end..].iter().copied()).collect();

        let folder = std::env::temp_dir().join(format!("veto-damaged-{}", std::process::id()));
        let file = folder.join(&path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, damaged).unwrap();
        let loaded = Library::load(&Files::with_folder(folder.clone()).unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
        if let Err(error) = loaded {
            let error = error.to_string();
            prop_assert!(error.contains(".toml") && !error.contains('\n'), "{error}");
        }
    }
}
