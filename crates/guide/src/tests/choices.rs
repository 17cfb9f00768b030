//! Choices, queries and plans.

use proptest::prelude::*;

use super::{CATALOG, all_services, any_choices};
use crate::{Accounts, Choices, Entry, Key, Person, Target};

#[test]
fn accounts_in_one_accounts_centre_need_one_objection_and_others_one_each() {
    let plan = |accounts| {
        let choices = Choices {
            services: all_services(),
            accounts,
            country: CATALOG.facts.countries.ids().next(),
            ..Choices::default()
        };
        choices.plan().unwrap()
    };
    let count = all_services().len();
    let linked = plan(Accounts::Linked);
    assert_eq!((linked.objections().len(), linked.covered().len()), (1, count));
    assert!(linked.next_objection().is_none());
    for accounts in [Accounts::Separate, Accounts::Unsure] {
        let mut objection = plan(accounts);
        assert_eq!(objection.objections().len(), count);
        let mut forms = vec![objection.form()];
        loop {
            assert_eq!(objection.objection_number(), forms.len());
            assert_eq!(objection.covered().iter().collect::<Vec<_>>(), [objection.form()]);
            let Some(next) = objection.next_objection() else { break };
            forms.push(next.form());
            objection = next;
        }
        assert_eq!(forms, all_services().iter().collect::<Vec<_>>(), "each once, in order");
    }
}

#[test]
fn a_form_gives_the_day_of_each_entry_and_an_empty_day_drops_it() {
    let query = |given: &str| Choices::parse(given, &CATALOG).0.query(&CATALOG);
    assert_eq!(
        query("entry=instagram&day=24.11.2026&state=confirmed&entry=facebook&day=2026-11-25&state="),
        "?entry=facebook.2026-11-25&entry=instagram.2026-11-24.confirmed"
    );
    assert_eq!(
        query("entry=facebook&day=&entry=instagram&day=2026-11-24"),
        "?entry=instagram.2026-11-24"
    );
    assert_eq!(
        query("day=2026-11-24&service=facebook"),
        "?service=facebook&entry=facebook.2026-11-24"
    );
    assert_eq!(
        query("entry=meta-whatsapp&day=24.11.2026&entry=facebook&day=2026-11-25"),
        "?entry=facebook.2026-11-25&entry=meta-whatsapp.2026-11-24"
    );
    let unknown = |given: &str| {
        let unknown = Choices::parse(given, &CATALOG).1.into_iter();
        let id = |target: Target| target.id(&CATALOG.facts);
        let unknown = unknown.map(|unknown| (unknown.key, unknown.value, unknown.entry.map(id)));
        unknown.collect::<Vec<_>>()
    };
    assert_eq!(
        unknown("entry=facebook&day=2026-02-31&entry=instagram&day=2026-11-24"),
        [(Key::Day, "2026-02-31".to_owned(), Some("facebook"))]
    );
    assert_eq!(
        unknown("entry=facebook&day="),
        [(Key::Day, String::new(), Some("facebook"))]
    );
    for wrong in [
        "myspace",
        "facebook.2026-02-31",
        "facebook.confirmed.2026-11-24",
        "facebook.2026-11-24.2026-11-25",
        "facebook.confirmed.refused",
        "facebook.2026-11-24.x",
        "meta-nothing.2026-11-24",
        // No objection, and one on a family's sheet.
        "meta-camera-roll",
        "b.meta-whatsapp",
        "",
    ] {
        let expected = usize::from(!wrong.is_empty());
        assert_eq!(unknown(&format!("entry={wrong}")).len(), expected, "{wrong}");
    }
}

#[test]
fn a_wrong_value_is_reported_and_the_right_ones_stay() {
    let (choices, unknown) = Choices::parse(
        "country=DE&service=myspace&ground=children&text=x&utm=1&length=full",
        &CATALOG,
    );
    assert_eq!(choices.query(&CATALOG), "?country=DE&length=full");
    let values: Vec<(Key, &str)> = unknown
        .iter()
        .map(|unknown| (unknown.key, unknown.value.as_str()))
        .collect();
    assert_eq!(values, [(Key::Service, "myspace"), (Key::Text, "x")]);
}

#[test]
fn a_query_in_any_order_becomes_the_canonical_one() {
    let given =
        "length=full&text=de&country=AT&accounts=separate&service=instagram&service=facebook&form=instagram&x=y";
    let (choices, unknown) = Choices::parse(given, &CATALOG);
    assert_eq!(unknown, []);
    let canonical =
        "?service=facebook&service=instagram&accounts=separate&country=AT&form=instagram&length=full&text=de";
    assert_eq!(choices.query(&CATALOG), canonical);
}

#[test]
fn choices_that_do_not_fit_each_other_are_left_out() {
    for (given, canonical) in [
        ("country=AT&country=DE", "?country=AT"),
        ("country=DE&region=DE-BY", "?country=DE&region=DE-BY"),
        ("country=AT&region=DE-BY", "?country=AT"),
        ("service=facebook&accounts=separate", "?service=facebook"),
        ("service=facebook&form=facebook", "?service=facebook"),
        ("service=facebook&form=instagram", "?service=facebook"),
        ("entry=facebook", "?entry=facebook"),
        (
            "entry=facebook.2026-11-24&entry=facebook.2026-11-25",
            "?entry=facebook.2026-11-24",
        ),
        (
            "state=confirmed&service=facebook",
            "?service=facebook&entry=facebook.confirmed",
        ),
        ("day=2026-11-24&entry=facebook", "?entry=facebook.2026-11-24"),
        (
            "person=b&entry=facebook&day=2026-11-24&entry=instagram",
            "?entry=instagram&entry=b.facebook.2026-11-24",
        ),
    ] {
        let (choices, unknown) = Choices::parse(given, &CATALOG);
        assert_eq!(unknown, [], "{given}");
        assert_eq!(choices.query(&CATALOG), canonical, "{given}");
        let (again, _) = Choices::parse(canonical.trim_start_matches('?'), &CATALOG);
        assert_eq!(again, choices, "{canonical} stands for other choices than {given}");
    }
}

#[test]
fn only_an_empty_answer_to_the_one_question_of_a_form_is_reported() {
    let unknown = |given: &str| {
        let unknown = Choices::parse(given, &CATALOG).1.into_iter();
        unknown.map(|unknown| unknown.key).collect::<Vec<_>>()
    };
    assert_eq!(unknown("service=&country=&accounts=&length=&text=&entry=&state="), []);
    assert_eq!(unknown("country=DE&region="), [Key::Region]);
    assert_eq!(
        unknown("entry=b.facebook&day=&entry=c.facebook&day=2026-11-24"),
        [Key::Day]
    );
}

#[test]
fn a_sheet_of_a_family_has_so_many_entries_and_no_more() {
    let facts = &CATALOG.facts;
    let services = || facts.services.values().map(|service| &service.id);
    let of_persons = Person::all().flat_map(|person| services().map(move |id| format!("{}.{id}", person.as_str())));
    let entries: Vec<String> = of_persons.take(Entry::LIMIT + 1).collect();
    let first = entries.first().unwrap();
    let (all, last) = entries.split_at(Entry::LIMIT);
    let query = |entries: &[String]| format!("entry={}", entries.join("&entry="));
    let full = query(all);
    let parse = |given: &str| {
        let (choices, unknown) = Choices::parse(given, &CATALOG);
        (choices.entries().len(), unknown.len())
    };
    assert_eq!(parse(&full), (Entry::LIMIT, 0));
    assert_eq!(parse(&format!("{full}&{}", query(last))), (Entry::LIMIT, 1));
    let known = format!("{full}&entry={first}&entry=facebook&day=2026-11-24");
    assert_eq!(parse(&known), (Entry::LIMIT + 1, 0));
}

#[test]
fn a_form_keeps_the_choices_that_it_does_not_ask_for() {
    let (choices, _) = Choices::parse("service=facebook&country=AT&length=full", &CATALOG);
    let kept = |asked: &[Key]| {
        let kept = choices.except(asked, &CATALOG).into_iter();
        kept.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>()
    };
    assert_eq!(kept(&[]), ["service=facebook", "country=AT", "length=full"]);
    assert_eq!(kept(&[Key::Country, Key::Region]), ["service=facebook", "length=full"]);
}

#[test]
fn a_key_is_found_however_it_is_encoded() {
    for (query, is_in, is_empty) in [
        ("entry=facebook", true, false),
        ("country=AT&entry=facebook", true, false),
        ("entry", true, true),
        ("entry=", true, true),
        ("%65ntry=", true, true),
        ("entry=facebook&entry=", true, true),
        ("", false, false),
        ("country=", false, false),
        ("country=entry", false, false),
        ("%66orm=", false, false),
        ("entry+=&entrya=", false, false),
    ] {
        assert_eq!(Key::Entry.is_in(query), is_in, "{query}");
        assert_eq!(Key::Entry.is_empty_in(query), is_empty, "{query}");
    }
}

proptest! {
    #[test]
    fn choices_written_and_read_again_are_the_same(choices in any_choices()) {
        let query = choices.query(&CATALOG);
        let (read, unknown) = Choices::parse(query.trim_start_matches('?'), &CATALOG);
        prop_assert_eq!(unknown, []);
        prop_assert_eq!(&read, &choices);
        prop_assert_eq!(read.query(&CATALOG), query);
    }

    #[test]
    fn any_query_is_read_without_a_panic_and_its_canonical_form_is_stable(query in ".{0,200}") {
        let (choices, _) = Choices::parse(&query, &CATALOG);
        let canonical = choices.query(&CATALOG);
        let (again, unknown) = Choices::parse(canonical.trim_start_matches('?'), &CATALOG);
        prop_assert_eq!(unknown, []);
        prop_assert_eq!(again, choices);
    }
}
