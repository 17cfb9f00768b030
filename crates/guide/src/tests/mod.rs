//! Properties of all plans, texts and letters.

mod choices;
mod files;
mod letters;
mod texts;

use std::sync::LazyLock;

use proptest::prelude::*;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{AuthorityId, Ground, IdSet, Law, Service};
use veto_content::files::Files;
use veto_content::messages::Origin;

use crate::{Accounts, Choices, Day, Entry, Length, Person, Plan, Reply, Target};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| crate::load(&Files::embedded()).unwrap());

/// The law `id`.
fn law(id: &str) -> &'static Law {
    CATALOG.facts.laws.values().find(|law| law.id == id).unwrap()
}

/// All services of the main journey.
fn all_services() -> IdSet<Service> {
    CATALOG.facts.services_of(CATALOG.facts.main_journey()).collect()
}

fn select<T: Clone + std::fmt::Debug + 'static>(values: impl Iterator<Item = T>) -> impl Strategy<Value = T> {
    prop::sample::select(values.collect::<Vec<_>>())
}

/// Whether an author wrote the texts of a language, so that tests know their words. The words of translations are compared with
/// them in `tests/translations.rs`.
fn has_author(language: LocaleId) -> bool {
    CATALOG.language(language).origin == Origin::Author
}

fn language() -> impl Strategy<Value = LocaleId> {
    select(CATALOG.letter_languages().map(|(id, _)| id))
}

fn services() -> impl Strategy<Value = IdSet<Service>> {
    let journey = CATALOG.facts.main_journey();
    let services = select(CATALOG.facts.services_of(journey));
    prop::collection::vec(services, 1..4).prop_map(|services| services.into_iter().collect())
}

fn accounts() -> impl Strategy<Value = Accounts> {
    prop::sample::select(Accounts::ALL.to_vec())
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let replies = prop::option::of(prop::sample::select(Reply::ALL.to_vec()));
    let entry = (prop::option::of(day()), replies);
    let persons: Vec<_> = [None].into_iter().chain(Person::all().map(Some)).collect();
    let services = || CATALOG.facts.services.ids().map(Target::Service);
    let journeys = CATALOG.facts.page_journeys.iter();
    let journeys = journeys.filter(|(_, journey)| journey.letter.is_some());
    let journeys = journeys.map(|(id, _)| (None, Target::Journey(id)));
    let keys = persons
        .into_iter()
        .flat_map(|person| services().map(move |service| (person, service)));
    // Entries of nobody come first: services, then journeys.
    let (of_nobody, of_persons): (Vec<_>, Vec<_>) = keys.partition(|(person, _)| person.is_none());
    let keys: Vec<_> = of_nobody.into_iter().chain(journeys).chain(of_persons).collect();
    prop::collection::vec(prop::option::of(entry), keys.len()).prop_map(move |entries| {
        let entries = keys.iter().zip(entries).filter_map(|((person, target), entry)| {
            let (person, target) = (*person, *target);
            entry.map(|(day, state)| Entry {
                person,
                target,
                day,
                state,
            })
        });
        entries.take(Entry::LIMIT).collect()
    })
}

fn grounds() -> impl Strategy<Value = IdSet<Ground>> {
    prop::collection::vec(select(CATALOG.facts.grounds.ids()), 0..20).prop_map(|grounds| grounds.into_iter().collect())
}

fn any_choices() -> impl Strategy<Value = Choices> {
    let length = prop::sample::select(vec![Length::Short, Length::Full]);
    (
        prop_oneof![Just(IdSet::default()), services()],
        accounts(),
        prop::option::of(select(CATALOG.facts.countries.ids())),
        any::<prop::sample::Index>(),
        length,
        prop::option::of(language()),
        prop::option::of(region()),
        entries(),
    )
        .prop_map(|(services, accounts, country, form, length, text, region, entries)| {
            let germany = CATALOG.facts.country("DE");
            let several = services.len() > 1;
            Choices {
                services,
                accounts: if several { accounts } else { Accounts::default() },
                country,
                region: region.filter(|_| country.is_some() && country == germany),
                form: services
                    .iter()
                    .nth(form.index(services.len().max(1)))
                    .filter(|form| Some(*form) != services.iter().next()),
                entries,
                length,
                text,
            }
        })
}

fn region() -> impl Strategy<Value = AuthorityId> {
    let authorities = CATALOG.facts.authorities.iter();
    let regional = authorities.filter(|(_, authority)| authority.region.is_some());
    select(regional.map(|(id, _)| id))
}

fn day() -> impl Strategy<Value = Day> {
    (2025i32..2099, 1u8..=12, 1u8..=28)
        .prop_map(|(year, month, day)| Day::parse(&format!("{year}-{month:02}-{day:02}")).unwrap())
}

/// All plans that differ in what the text depends on.
fn plans() -> impl Iterator<Item = (Plan, LocaleId)> {
    let services = || CATALOG.facts.services_of(CATALOG.facts.main_journey());
    let single = services().map(|service| IdSet::default().with(service));
    let sets: Vec<IdSet<Service>> = single.chain([services().collect()]).collect();
    let countries = CATALOG.facts.countries.ids();
    let lengths = [Length::Short, Length::Full];
    countries.flat_map(move |country| {
        sets.clone().into_iter().flat_map(move |services| {
            lengths.into_iter().flat_map(move |length| {
                let choices = Choices {
                    services,
                    accounts: Accounts::Linked,
                    country: Some(country),
                    length,
                    ..Choices::default()
                };
                CATALOG
                    .letter_languages()
                    .map(move |(language, _)| (choices.plan().unwrap(), language))
            })
        })
    })
}
