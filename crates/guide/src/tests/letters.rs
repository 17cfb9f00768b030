//! The letters.

use proptest::prelude::*;
use veto_content::catalog::LocaleId;
use veto_content::facts::{Authority, IdSet};

use super::{CATALOG, all_services, has_author, law};
use crate::letter::{Field, FieldError, LetterInput, OUTCOMES, accepted_locales};
use crate::{Accounts, Choices, Day, Letter, Plan};

/// Input for all fields of all letters.
fn complete_input() -> LetterInput {
    LetterInput::parse(
        b"name=Ada+Muster&address=Weg+1%0D%0A1010+Ort&email=ada%40example.org&account=ada.m&day=2026-03-31\
          &outcome=refused&replied=2026-04-07&reply=We+go+on.&reminded=2026-05-04&own=My+own+words.",
    )
}

fn today() -> Option<Day> {
    Day::parse("2026-11-24")
}

/// Each letter for the residents of each country, in each language, with the authority that it would go to.
fn letters() -> impl Iterator<Item = (Letter, Plan, LocaleId, &'static Authority)> {
    CATALOG.facts.authorities.iter().flat_map(|(id, authority)| {
        let choices = Choices {
            services: all_services(),
            accounts: Accounts::Linked,
            country: CATALOG.facts.country(&authority.country),
            region: authority.region.as_ref().map(|_| id),
            ..Choices::default()
        };
        let plan = choices.plan().unwrap();
        assert_eq!(plan.authority(&CATALOG).unwrap().id, authority.id);
        Letter::ALL.into_iter().flat_map(move |letter| {
            CATALOG.letter_languages().map({
                let plan = plan.clone();
                move |(language, _)| (letter, plan.clone(), language, authority)
            })
        })
    })
}

#[test]
fn every_letter_is_whole_for_residents_of_every_country_and_land_in_every_language() {
    let mut count = 0;
    for (letter, plan, language, authority) in letters() {
        count += 1;
        let input = complete_input();
        let valid = letter.check(&input, today(), plan.law(&CATALOG)).unwrap();
        let recipient = (letter == Letter::Complaint).then_some(authority);
        let document = letter.compose(&plan, &CATALOG, language, recipient, &valid, today());
        let document = document.unwrap();
        let text = document.text();
        let of = format!("{} to {}:\n{text}", letter.as_str(), authority.id);
        for field in letter.fields() {
            let shown = match field {
                Field::Day | Field::ReplyDay | Field::ReminderDay => {
                    let day = valid.day(*field).unwrap();
                    CATALOG.messages(language).format.day(day.date())
                }
                Field::Outcome => continue,
                Field::PostalAddress => "Weg 1\n1010 Ort".to_owned(),
                field => input.get(*field).to_owned(),
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
        let recipient = document.recipient.join(" ");
        let expected = match (letter, plan.law(&CATALOG).id.as_str()) {
            (Letter::Complaint, _) => &authority.name,
            (_, "uk_gdpr") => "Meta Platforms, Inc.",
            _ => "Meta Platforms Ireland Limited",
        };
        assert!(recipient.contains(expected), "{of}");
        let article = match (letter, plan.law(&CATALOG).id.as_str()) {
            (Letter::Complaint, "swiss_fadp") => "Art. 49",
            (_, "swiss_fadp") => "Art. 30",
            (Letter::Complaint, "uk_gdpr") => "165",
            (Letter::Complaint, _) => "Art. 77",
            _ => "Art. 21",
        };
        assert!(document.subject.contains(article) || !has_author(language), "{of}");
    }
    assert_eq!(
        count,
        CATALOG.facts.authorities.len() * Letter::ALL.len() * CATALOG.letter_languages().count()
    );
}

#[test]
fn only_authorities_that_do_not_lead_are_asked_to_pass_the_case_on() {
    let complaints = letters().filter(|(letter, _, language, _)| *letter == Letter::Complaint && has_author(*language));
    for (letter, plan, language, authority) in complaints {
        let valid = letter.check(&complete_input(), today(), plan.law(&CATALOG)).unwrap();
        let body = letter
            .compose(&plan, &CATALOG, language, Some(authority), &valid, today())
            .unwrap()
            .body;
        let asked = body.contains("lead supervisory authority") || body.contains("federführende Aufsichtsbehörde");
        let expected = !["IE", "GB", "CH"].contains(&authority.country.as_str());
        assert_eq!(asked, expected, "{}: {body}", authority.id);
    }
}

#[test]
fn a_letter_says_what_is_wrong_with_each_field() {
    use Field::{Account, Day, Name, Outcome, OwnWords, PostalAddress, ReminderDay, Reply, ReplyDay};
    use FieldError::{BeforeObjection, InvalidDay, Missing, NothingCame, TooEarly, TooLong, TooManyLines, Unreadable};
    let errors = |letter: Letter, changed: &str| {
        let mut body = String::from_utf8(
            b"name=Ada&address=Weg&account=ada&day=2026-03-31&outcome=refused&replied=2026-04-07".to_vec(),
        )
        .unwrap();
        body.push('&');
        body.push_str(changed);
        letter
            .check(&LetterInput::parse(body.as_bytes()), today(), law("gdpr"))
            .err()
            .unwrap_or_default()
    };
    assert_eq!(errors(Letter::Complaint, ""), []);
    assert_eq!(errors(Letter::Complaint, "name=+"), [(Name, Missing)]);
    assert_eq!(errors(Letter::Complaint, "name=%FF"), [(Name, Unreadable)]);
    assert_eq!(errors(Letter::Complaint, "account=a%00b"), [(Account, Unreadable)]);
    assert_eq!(
        errors(Letter::Complaint, "address=1%0A2%0A3%0A4%0A5%0A6"),
        [(PostalAddress, TooManyLines(5))]
    );
    assert_eq!(errors(Letter::Complaint, "address=1%0A2%0A3%0A4%0A5"), []);
    let own_lines = |lines| errors(Letter::Complaint, &format!("own={}", "Line%0A".repeat(lines)));
    assert_eq!(own_lines(10), []);
    assert_eq!(own_lines(11), [(OwnWords, TooManyLines(10))]);
    let reply = |characters| errors(Letter::Complaint, &format!("reply={}", "ä".repeat(characters)));
    assert_eq!(reply(800), []);
    assert_eq!(reply(801), [(Reply, TooLong(800))]);
    for day in ["2026-02-31", "2026-11-25", "2024-04-30", "soon"] {
        assert_eq!(
            errors(Letter::Complaint, &format!("day={day}")),
            [(Day, InvalidDay)],
            "{day}"
        );
    }
    assert_eq!(
        errors(Letter::Complaint, "replied=2026-03-30"),
        [(ReplyDay, BeforeObjection)]
    );
    assert_eq!(
        errors(Letter::Complaint, "reminded=2026-03-30"),
        [(ReminderDay, BeforeObjection)]
    );
    assert_eq!(errors(Letter::Complaint, "replied=2026-03-31&reminded=2026-11-24"), []);
    assert_eq!(errors(Letter::Complaint, "day=2026-11-23&replied=2026-11-24"), []);
    assert_eq!(errors(Letter::Complaint, "outcome=maybe"), [(Outcome, Missing)]);
    assert_eq!(errors(Letter::Complaint, "outcome=nothing"), [(ReplyDay, NothingCame)]);
    assert_eq!(
        errors(Letter::Complaint, "outcome=nothing&replied=&reply=No"),
        [(Reply, NothingCame)]
    );
    assert_eq!(
        errors(
            Letter::Complaint,
            "outcome=nothing&replied=&reminded=2026-05-04&own=My+words"
        ),
        []
    );
    let due = crate::Day::parse("2026-11-01").unwrap().reply_due(1);
    assert_eq!(errors(Letter::Reminder, "day=2026-11-01"), [(Day, TooEarly(due))]);
    // The time is over on the day after the last one.
    let ends = |day| crate::Day::parse(day).unwrap().reply_due(1);
    assert_eq!(ends("2026-10-24"), today().unwrap().date());
    assert_eq!(
        errors(Letter::Reminder, "day=2026-10-24"),
        [(Day, TooEarly(today().unwrap().date()))]
    );
    assert_eq!(errors(Letter::Reminder, "day=2026-10-23"), []);
    assert_eq!(
        errors(Letter::Complaint, "day=2026-11-01&replied=&outcome=nothing"),
        [(Outcome, TooEarly(due))]
    );
    assert_eq!(errors(Letter::Refused, "replied="), [(ReplyDay, Missing)]);
}

#[test]
fn a_letter_asks_for_what_its_recipient_needs() {
    use Field::{Account, Day, Name, Outcome, PostalAddress, ReplyDay};
    for (letter, required) in [
        (Letter::Objection, &[Name, PostalAddress][..]),
        (Letter::More, &[Name, Account, Day]),
        (Letter::Refused, &[Name, Account, Day, ReplyDay]),
        (Letter::Reminder, &[Name, Account, Day]),
        (Letter::Complaint, &[Name, PostalAddress, Account, Day, Outcome]),
    ] {
        let errors = letter.check(&LetterInput::default(), today(), law("gdpr")).unwrap_err();
        let missing: Vec<_> = required.iter().map(|field| (*field, FieldError::Missing)).collect();
        assert_eq!(errors, missing, "{}", letter.as_str());
    }
}

/// A plan of a person in France.
fn plan() -> Plan {
    let choices = Choices {
        services: all_services(),
        country: CATALOG.facts.country("FR"),
        ..Choices::default()
    };
    choices.plan().unwrap()
}

#[test]
fn a_complaint_tells_what_was_replied() {
    let (plan, language) = (plan(), CATALOG.fallback());
    let messages = CATALOG.messages(language);
    let texts = messages.letters.as_ref().unwrap();
    let texts = &texts.of(plan.law(&CATALOG)).complaint;
    let due = messages.format.day(Day::parse("2026-03-31").unwrap().reply_due(1));
    let texts = [&texts.nothing, &texts.refused, &texts.more].map(|text| text.fill(&[("law", "GDPR"), ("due", &due)]));
    for outcome in OUTCOMES {
        let body = format!(
            "name=Ada&address=Weg&account=ada&day=2026-03-31&outcome={}",
            outcome.as_str()
        );
        let input = LetterInput::parse(body.as_bytes());
        let valid = Letter::Complaint.check(&input, today(), plan.law(&CATALOG)).unwrap();
        let authority = plan.authority(&CATALOG);
        let document = Letter::Complaint.compose(&plan, &CATALOG, language, authority, &valid, today());
        let body = document.unwrap().body;
        let told = texts.iter().map(|text| body.contains(text));
        let expected = OUTCOMES.iter().map(|other| *other == outcome);
        assert!(told.eq(expected), "{}: {body}", outcome.as_str());
    }
}

#[test]
fn only_letters_that_object_have_the_own_grounds() {
    let (plan, language) = (plan(), CATALOG.fallback());
    let ticked = CATALOG.facts.grounds.ids().take(1).collect();
    for letter in Letter::ALL {
        let body = |grounds| {
            let valid = letter.check(&complete_input(), today(), plan.law(&CATALOG)).unwrap();
            let valid = valid.with_grounds(grounds);
            let document = letter
                .compose(&plan, &CATALOG, language, None, &valid, today())
                .unwrap();
            assert!(document.body.contains("ada.m"), "the input is lost");
            document.body
        };
        let is_changed = body(ticked) != body(IdSet::default());
        assert_eq!(is_changed, letter.has_grounds(), "{}", letter.as_str());
    }
}

#[test]
fn an_e_mail_has_the_letter_without_addresses_and_date() {
    let (plan, language) = (plan(), CATALOG.fallback());
    let valid = Letter::Reminder.check(&complete_input(), today(), plan.law(&CATALOG));
    let document = Letter::Reminder.compose(&plan, &CATALOG, language, None, &valid.unwrap(), today());
    let document = document.unwrap();
    let message = document.message();
    assert!(document.text().ends_with(&message));
    assert!(message.starts_with(&document.salutation) && message.trim_end().ends_with("Ada Muster"));
    assert!(!message.contains("1010 Ort"), "{message}");
}

#[test]
fn the_form_for_a_letter_is_found_by_its_address_and_reads_language_button_and_grounds() {
    for letter in Letter::ALL {
        assert_eq!(letter.as_str().parse(), Ok(letter));
    }
    assert!("".parse::<Letter>().is_err() && "letter".parse::<Letter>().is_err());
    let input = LetterInput::parse(b"language=de&next=file&ground=one&ground=two&name=A&address=1%0D%0A2&x=y");
    assert_eq!((input.language.as_str(), input.next.as_str()), ("de", "file"));
    assert_eq!(input.grounds, ["one", "two"]);
    assert_eq!(input.get(Field::PostalAddress), "1\n2");
}

#[test]
fn an_authority_gets_complaints_in_its_languages_only() {
    for authority in CATALOG.facts.authorities.values() {
        let accepted = accepted_locales(authority, &CATALOG);
        for (locale, language) in CATALOG.letter_languages() {
            let is_accepted = authority.languages.contains(&language.code);
            assert_eq!(
                accepted.contains(&locale),
                is_accepted,
                "{} in {}",
                authority.id,
                language.code
            );
        }
    }
}

#[test]
fn the_days_of_a_letter_may_be_typed_as_people_write_them() {
    for typed in [
        "31.03.2026",
        "31. 03. 2026.",
        "31. 03. 2026. god.",
        "2026. 03. 31.",
        "\u{2067}٣١\u{200f}/٠٣\u{200f}/٢٠٢٦\u{2069}",
    ] {
        let mut input = complete_input();
        for field in [Field::Day, Field::ReplyDay, Field::ReminderDay] {
            input.set(field, typed.to_owned());
        }
        let valid = Letter::Complaint.check(&input, today(), law("gdpr")).expect(typed);
        for field in [Field::Day, Field::ReplyDay, Field::ReminderDay] {
            assert_eq!(valid.day(field), Day::parse("2026-03-31"), "{typed}");
        }
    }
}

proptest! {
    /// No typed character is lost or becomes a part of the letter's own structure.
    #[test]
    fn what_is_typed_stands_in_the_letter_as_it_was_typed(own in "[^\\p{C}\u{FFFD}]{1,200}") {
        prop_assume!(!own.trim().is_empty());
        let mut input = complete_input();
        input.set(Field::OwnWords, own.clone());
        let plan = plan();
        let authority = plan.authority(&CATALOG).unwrap();
        let valid = Letter::Complaint.check(&input, today(), plan.law(&CATALOG)).unwrap();
        let document = Letter::Complaint.compose(&plan, &CATALOG, CATALOG.fallback(), Some(authority), &valid, today());
        prop_assert!(document.unwrap().text().contains(own.trim()));
    }

    #[test]
    fn no_body_of_a_letter_brings_the_check_down(body in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let input = LetterInput::parse(&body);
        for letter in Letter::ALL {
            let _ = letter.check(&input, today(), law("gdpr"));
        }
    }
}
