//! An operator's file over the built-in one of the same name: what it says replaces, what it leaves out stays.
//!
//! In `data/` whole entries are replaced, so that no fact keeps the source of another. In `locales/` single texts are.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The keys that name an entry of a list; the first of these sets that an entry has counts.
const IDENTITIES: [&[&str]; 5] = [&["id"], &["code"], &["service", "generation"], &["name"], &["labels"]];

/// A place in no file: what comes from the built-in file is not to be found in the operator's.
const NOWHERE: usize = usize::MAX;

/// The entries of `own` and those of `built_in`, the file at `path`, that it does not replace.
pub fn merge<'a>(path: &str, own: Spanned<DeTable<'a>>, built_in: Spanned<DeTable<'a>>) -> Spanned<DeTable<'a>> {
    let replace = if path.starts_with("data/") { entry } else { text };
    let span = own.span();
    let mut merged = without_places(built_in.into_inner());
    lay(own.into_inner(), &mut merged, replace);
    Spanned::new(span, merged)
}

type Value<'a> = Spanned<DeValue<'a>>;

/// Lays each value of `own` over the one in `below` that has the same key.
fn lay<'a>(own: DeTable<'a>, below: &mut DeTable<'a>, replace: fn(Value<'a>, &mut Value<'a>)) {
    for (key, value) in own {
        match below.get_mut(key.get_ref().as_ref()) {
            Some(below) => replace(value, below),
            None => _ = below.insert(key, value),
        }
    }
}

/// An entry of `data/`: a list keeps the entries that are not named again, all else is replaced whole.
fn entry<'a>(own: Value<'a>, below: &mut Value<'a>) {
    let span = own.span();
    match (own.into_inner(), below.get_mut()) {
        (DeValue::Array(own), DeValue::Array(below)) => lay_list(own, below),
        (own, _) => *below = Spanned::new(span, own),
    }
}

/// A text of `locales/`: tables are laid over each other, all else is replaced.
fn text<'a>(own: Value<'a>, below: &mut Value<'a>) {
    let span = own.span();
    match (own.into_inner(), below.get_mut()) {
        (DeValue::Table(own), DeValue::Table(below)) => lay(own, below, text),
        (own, _) => *below = Spanned::new(span, own),
    }
}

fn lay_list<'a>(own: DeArray<'a>, below: &mut DeArray<'a>) {
    for entry in own {
        match below
            .iter_mut()
            .find(|other| are_same(entry.get_ref(), other.get_ref()))
        {
            Some(same) => *same = entry,
            None => below.push(entry),
        }
    }
}

/// Whether two entries speak of the same thing.
fn are_same(one: &DeValue, other: &DeValue) -> bool {
    let (Some(one), Some(other)) = (one.as_table(), other.as_table()) else {
        return false;
    };
    let identity = IDENTITIES
        .iter()
        .find(|keys| keys.iter().all(|key| one.contains_key(*key)));
    let said = |entry: &DeTable, key: &str| entry.get(key).map(|value| said(value.get_ref()));
    identity.is_some_and(|keys| keys.iter().all(|key| said(one, key) == said(other, key)))
}

/// What a value that names an entry says: a word, a number or a list of words.
fn said(value: &DeValue) -> String {
    match value {
        DeValue::String(word) => word.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Array(words) => words.iter().map(|word| said(word.get_ref()) + "\n").collect(),
        _ => String::new(),
    }
}

fn without_places(table: DeTable) -> DeTable {
    table.into_iter().map(|(key, value)| (key, nowhere(value))).collect()
}

fn nowhere(value: Value) -> Value {
    let value = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(without_places(table)),
        DeValue::Array(array) => DeValue::Array(array.into_iter().map(nowhere).collect()),
        value => value,
    };
    Spanned::new(NOWHERE..NOWHERE, value)
}
