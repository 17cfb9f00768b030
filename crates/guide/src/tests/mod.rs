//! Properties of all plans, texts and letters.

mod choices;
mod files;
mod letters;
mod texts;

use std::sync::LazyLock;

use proptest::prelude::*;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::{AuthorityId, GroundId, Service};
use veto_content::files::Files;

use crate::{Accounts, Choices, Day, Grounds, Length, Plan, Services};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| crate::load(&Files::embedded()).unwrap());

fn select<T: Clone + std::fmt::Debug + 'static>(values: impl Iterator<Item = T>) -> impl Strategy<Value = T> {
    prop::sample::select(values.collect::<Vec<_>>())
}

fn language() -> impl Strategy<Value = LocaleId> {
    select(CATALOG.languages().map(|(id, _)| id))
}

fn services() -> impl Strategy<Value = Services> {
    use Service::{Facebook, Instagram};
    prop::sample::select(vec![
        Services::One(Facebook),
        Services::One(Instagram),
        Services::Both(Accounts::Linked),
        Services::Both(Accounts::Separate),
        Services::Both(Accounts::Unsure),
    ])
}

fn grounds() -> impl Strategy<Value = Grounds> {
    prop::collection::vec(select(CATALOG.facts.grounds.ids()), 0..20).prop_map(grounds_of)
}

fn grounds_of(grounds: impl IntoIterator<Item = GroundId>) -> Grounds {
    grounds.into_iter().fold(Grounds::default(), Grounds::with)
}

fn any_choices() -> impl Strategy<Value = Choices> {
    let length = prop::sample::select(vec![Length::Short, Length::Full]);
    (
        prop::option::of(services()),
        prop::option::of(select(CATALOG.facts.countries.ids())),
        any::<bool>(),
        length,
        prop::option::of(language()),
        grounds(),
        prop::option::of(region()),
        prop::option::of(day()),
    )
        .prop_map(|(services, country, instagram, length, text, grounds, region, day)| {
            let germany = CATALOG.facts.country("DE");
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

fn region() -> impl Strategy<Value = AuthorityId> {
    let authorities = CATALOG.facts.authorities.iter();
    let regional = authorities.filter(|(_, authority)| authority.region.is_some());
    select(regional.map(|(id, _)| id))
}

fn day() -> impl Strategy<Value = Day> {
    (2025i32..2099, 1u8..=12, 1u8..=28)
        .prop_map(|(year, month, day)| Day::parse(&format!("{year}-{month:02}-{day:02}")).unwrap())
}

/// All plans that differ in what the text depends on, with these grounds.
fn plans(grounds: Grounds) -> impl Iterator<Item = (Plan, LocaleId)> {
    use Service::{Facebook, Instagram};
    let services = [
        Services::One(Facebook),
        Services::One(Instagram),
        Services::Both(Accounts::Linked),
    ];
    let countries = CATALOG.facts.countries.ids();
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
                CATALOG
                    .languages()
                    .map(move |(language, _)| (choices.plan().unwrap(), language))
            })
        })
    })
}
