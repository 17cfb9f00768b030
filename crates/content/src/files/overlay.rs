//! Merges an operator's file with the embedded one of the same path.
//!
//! In `data/` whole entries are overridden, so that no fact keeps the source of another; in `locales/` single texts. A list of
//! an archive is complete and in its order, so that it replaces the embedded one.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The keys that identify an entry of a list: the first of these sets that an entry has.
const IDENTITIES: [&[&str]; 5] = [&["id"], &["code"], &["service", "generation"], &["name"], &["labels"]];

/// The entries that texts of other files refer to: an archive adds to them.
const REFERRED_TO: [&str; 2] = ["link", "claims"];

/// The files with nothing but such entries.
const ALL_REFERRED_TO: [&str; 2] = ["data/claims.toml", "data/dates.toml"];

/// The span of keys and values that are not from the operator's file.
const NO_SPAN: usize = usize::MAX;

/// The entries of `own`, and those of `built_in` that it does not override. `path` is the path of both.
pub fn merge<'a>(
    path: &str,
    own: Spanned<DeTable<'a>>,
    built_in: Spanned<DeTable<'a>>,
    in_archive: bool,
) -> Spanned<DeTable<'a>> {
    let span = own.span();
    let mut merged = without_spans(built_in.into_inner());
    let replace = if !path.starts_with("data/") {
        replace_text
    } else if in_archive && !ALL_REFERRED_TO.contains(&path) {
        let is_referred_to = |key: &str| REFERRED_TO.contains(&key);
        merged = merged
            .into_iter()
            .filter(|(key, _)| is_referred_to(key.get_ref()))
            .collect();
        add_entries
    } else {
        replace_entry
    };
    merge_tables(own.into_inner(), &mut merged, replace);
    Spanned::new(span, merged)
}

type Value<'a> = Spanned<DeValue<'a>>;

/// Merges each value of `own` into `below`; `replace` merges two values of the same key.
fn merge_tables<'a>(own: DeTable<'a>, below: &mut DeTable<'a>, replace: fn(Value<'a>, &mut Value<'a>)) {
    for (key, value) in own {
        match below.get_mut(key.get_ref().as_ref()) {
            Some(below) => replace(value, below),
            None => _ = below.insert(key, value),
        }
    }
}

/// Merging in `data/`: a list keeps the entries that are not overridden, everything else is replaced as a whole.
fn replace_entry<'a>(own: Value<'a>, below: &mut Value<'a>) {
    let span = own.span();
    match (own.into_inner(), below.get_mut()) {
        (DeValue::Array(own), DeValue::Array(below)) => merge_lists(own, below),
        (own, _) => *below = Spanned::new(span, own),
    }
}

/// Merging of what texts refer to in an archive: lists and tables keep the entries that are not overridden.
fn add_entries<'a>(own: Value<'a>, below: &mut Value<'a>) {
    let span = own.span();
    match (own.into_inner(), below.get_mut()) {
        (DeValue::Array(own), DeValue::Array(below)) => merge_lists(own, below),
        (DeValue::Table(own), DeValue::Table(below)) => merge_tables(own, below, replace_entry),
        (own, _) => *below = Spanned::new(span, own),
    }
}

/// Merging in `locales/`: tables are merged, everything else is replaced.
fn replace_text<'a>(own: Value<'a>, below: &mut Value<'a>) {
    let span = own.span();
    match (own.into_inner(), below.get_mut()) {
        (DeValue::Table(own), DeValue::Table(below)) => merge_tables(own, below, replace_text),
        (own, _) => *below = Spanned::new(span, own),
    }
}

fn merge_lists<'a>(own: DeArray<'a>, below: &mut DeArray<'a>) {
    for entry in own {
        match below
            .iter_mut()
            .find(|other| is_same_entry(entry.get_ref(), other.get_ref()))
        {
            Some(same) => *same = entry,
            None => below.push(entry),
        }
    }
}

/// Whether two entries have the same identity.
fn is_same_entry(one: &DeValue, other: &DeValue) -> bool {
    let (Some(one), Some(other)) = (one.as_table(), other.as_table()) else {
        return false;
    };
    let identity = IDENTITIES
        .iter()
        .find(|keys| keys.iter().all(|key| one.contains_key(*key)));
    let value = |entry: &DeTable, key: &str| entry.get(key).map(|value| identity_text(value.get_ref()));
    identity.is_some_and(|keys| keys.iter().all(|key| value(one, key) == value(other, key)))
}

/// An identifying value as text: a string, a number or a list of strings.
fn identity_text(value: &DeValue) -> String {
    match value {
        DeValue::String(word) => word.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Array(words) => words.iter().map(|word| identity_text(word.get_ref()) + "\n").collect(),
        _ => String::new(),
    }
}

/// The table with keys and values whose spans are those of no file.
pub fn without_spans(table: DeTable) -> DeTable {
    table
        .into_iter()
        .map(|(key, value)| (Spanned::new(NO_SPAN..NO_SPAN, key.into_inner()), without_span(value)))
        .collect()
}

fn without_span(value: Value) -> Value {
    let value = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(without_spans(table)),
        DeValue::Array(array) => DeValue::Array(array.into_iter().map(without_span).collect()),
        value => value,
    };
    Spanned::new(NO_SPAN..NO_SPAN, value)
}
