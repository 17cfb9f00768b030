//! Choices, queries and plans.

use proptest::prelude::*;

use super::{CATALOG, any_choices};
use crate::{Accounts, Choices, Key, Services};

#[test]
fn accounts_in_one_accounts_centre_need_one_objection_and_others_need_two() {
    let plan = |services, instagram_now| {
        let choices = Choices {
            services: Some(services),
            country: CATALOG.facts.countries.ids().next(),
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
        &CATALOG,
    );
    assert_eq!(choices.query(&CATALOG), "?country=DE&ground=children");
    let values: Vec<(Key, &str)> = unknown
        .iter()
        .map(|unknown| (unknown.key, unknown.value.as_str()))
        .collect();
    assert_eq!(values, [(Key::Service, "myspace"), (Key::Ground, "x")]);
}

#[test]
fn a_query_in_any_order_becomes_the_canonical_one() {
    let given = "ground=health&ground=children&text=de&country=AT&accounts=separate&service=both&form=instagram&x=y";
    let (choices, unknown) = Choices::parse(given, &CATALOG);
    assert_eq!(unknown, []);
    let canonical = "?service=both&accounts=separate&country=AT&form=instagram&text=de&ground=children&ground=health";
    assert_eq!(choices.query(&CATALOG), canonical);
}

proptest! {
    #[test]
    fn choices_written_and_read_again_are_the_same(choices in any_choices()) {
        let query = choices.query(&CATALOG);
        let (read, unknown) = Choices::parse(query.trim_start_matches('?'), &CATALOG);
        prop_assert_eq!(unknown, []);
        prop_assert_eq!(read, choices);
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
