//! Texts that depend on a number.

use borsh::{BorshDeserialize, BorshSerialize};
use icu_plurals::PluralCategory;
use serde::Deserialize;
use toml::de::DeTable;

use super::SinglePattern;

/// A text with a number: a table with one form for each plural category that the language has by CLDR, such as
/// `{ one = "{hours} hour", other = "{hours} hours" }`. That they are those of the language is checked when its files are
/// read.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Plural {
    zero: Option<SinglePattern>,
    one: Option<SinglePattern>,
    two: Option<SinglePattern>,
    few: Option<SinglePattern>,
    many: Option<SinglePattern>,
    other: SinglePattern,
}

impl Plural {
    /// The form for the numbers of a category.
    pub(super) fn of(&self, category: PluralCategory) -> &SinglePattern {
        let form = match category {
            PluralCategory::Zero => &self.zero,
            PluralCategory::One => &self.one,
            PluralCategory::Two => &self.two,
            PluralCategory::Few => &self.few,
            PluralCategory::Many => &self.many,
            PluralCategory::Other => &None,
        };
        form.as_ref().unwrap_or(&self.other)
    }
}

/// Whether a table is a [`Plural`], by its keys.
pub(super) fn is_plural(table: &DeTable<'_>) -> bool {
    let is_category = |key: &str| PluralCategory::get_for_cldr_string(key).is_some();
    table.contains_key("other") && table.keys().all(|key| is_category(key.get_ref()))
}

/// The key of a category.
pub(super) fn key(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
