//! Languages for tests: the English texts under another code, or in another direction.

use toml::Value;

use super::folder::Folder;
use super::repository;

/// A language that is written from right to left: the code that CLDR has for testing that.
pub const RIGHT_TO_LEFT: &str = "ar-XB";

/// Adds a language to an operator's folder, or replaces one of the release: the English texts, each with
/// `changes` (what stands there, what replaces it).
pub fn add(folder: &Folder, code: &str, changes: &[(&str, &str)]) {
    for file in repository::files("locales/en") {
        let text = changes.iter().fold(repository::read(&file), |text, (english, own)| {
            text.replace(english, own)
        });
        folder.write(&file.replacen("/en/", &format!("/{code}/"), 1), &text);
    }
}

/// The languages of the release whose letters can be handed in.
pub fn letter_languages() -> Vec<String> {
    let mut all = repository::languages();
    all.retain(|code| has_letters(code));
    all
}

/// Whether a language of the release has letters that can be handed in.
pub fn has_letters(code: &str) -> bool {
    let language = repository::toml(&format!("locales/{code}/language.toml"));
    let read_only = language.get("letters").and_then(Value::as_str) == Some("read");
    repository::path(&format!("locales/{code}/letters.toml")).exists() && !read_only
}

/// Adds [`RIGHT_TO_LEFT`], with dates and lists as in Urdu, which has the plurals of English.
pub fn add_right_to_left(folder: &Folder) {
    let changes = [
        ("name = \"English\"", "name = \"اردو\""),
        ("cldr = \"en-GB\"", "cldr = \"ur\""),
        ("direction = \"ltr\"", "direction = \"rtl\""),
    ];
    add(folder, RIGHT_TO_LEFT, &changes);
}

/// Adds a language for papers only, which is written from right to left and translated by a machine: the English texts, each
/// behind `mark`.
pub fn add_for_papers(folder: &Folder, code: &str, mark: &str) {
    let mut language = repository::toml("locales/en/language.toml");
    language["name"] = mark.into();
    language["cldr"] = "ur".into();
    language["direction"] = "rtl".into();
    language["origin"] = "machine".into();
    folder.write(&format!("locales/{code}/language.toml"), &language.to_string());
    for name in ["handout", "parents", "family_sheet"] {
        let mut texts = repository::toml(&format!("locales/en/{name}.toml"));
        texts.iter_mut().for_each(|(_, value)| put_before(mark, value));
        folder.write(&format!("locales/{code}/{name}.toml"), &texts.to_string());
    }
    let keys = ["foot", "blank", "unread"].map(|key| format!("{key} = \"{mark} {key}\"\n"));
    folder.write(&format!("locales/{code}/papers.toml"), &keys.concat());
}

/// Puts `mark` before each text in a value.
fn put_before(mark: &str, value: &mut Value) {
    match value {
        Value::String(text) => text.insert_str(0, &format!("{mark} ")),
        Value::Array(values) => values.iter_mut().for_each(|value| put_before(mark, value)),
        Value::Table(table) => {
            let texts = table.iter_mut().filter(|(key, _)| *key != "end");
            texts.for_each(|(_, value)| put_before(mark, value));
        }
        _ => {}
    }
}
