//! Languages for tests: the English texts under another code, in another direction or in other letters.

use toml::{Table, Value};

use super::folder::Folder;
use super::repository;

/// A language that is written from right to left: the code that CLDR has for testing that.
pub const RIGHT_TO_LEFT: &str = "ar-XB";
/// A language in Cyrillic letters, each of which takes two bytes.
pub const CYRILLIC: &str = "en-Cyrl";

/// Adds a language to an operator's folder, or replaces one of the release: the English texts, each with
/// `changes` (what stands there, what replaces it).
pub fn add(folder: &Folder, code: &str, changes: &[(&str, &str)]) {
    add_with(folder, code, |_, english| {
        changes
            .iter()
            .fold(english, |text, (english, own)| text.replace(english, own))
    });
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

/// Adds [`CYRILLIC`]: English letter by letter, with dates and lists as in Bulgarian, which has the plurals of English.
pub fn add_cyrillic(folder: &Folder) {
    add_with(folder, CYRILLIC, |file, english| {
        let mut texts: Table = english.parse().expect("a file of texts is TOML");
        if file.ends_with("/language.toml") {
            texts["name"] = cyrillic("English").into();
            texts["cldr"] = "bg".into();
            transliterate(&mut texts["tested_sentence"]["text"]);
        } else {
            texts.iter_mut().for_each(|(_, value)| transliterate(value));
        }
        texts.to_string()
    });
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

/// Adds a language whose files are made of the English ones by `write`, from their path and their text.
fn add_with(folder: &Folder, code: &str, write: impl Fn(&str, String) -> String) {
    for file in repository::files("locales/en") {
        let text = write(&file, repository::read(&file));
        folder.write(&file.replacen("/en/", &format!("/{code}/"), 1), &text);
    }
}

/// Writes all texts in a value in Cyrillic letters. A string in an array, such as `laws = ["gdpr"]`, is no text, and neither is a
/// key that names what the program adds to a text.
fn transliterate(value: &mut Value) {
    match value {
        Value::String(text) => *text = cyrillic(text),
        Value::Array(values) => values
            .iter_mut()
            .filter(|value| value.is_table())
            .for_each(transliterate),
        Value::Table(table) => {
            let texts = table
                .iter_mut()
                .filter(|(key, _)| !["end", "shows"].contains(&key.as_str()));
            texts.for_each(|(_, value)| transliterate(value));
        }
        _ => {}
    }
}

/// A text in Cyrillic letters. Names of programs, placeholders and the targets of links stay.
fn cyrillic(text: &str) -> String {
    const NAMES: [&str; 5] = ["Facebook", "Instagram", "Meta", "Veto", "WhatsApp"];
    const LETTERS: [char; 26] = [
        'а', 'б', 'ц', 'д', 'е', 'ф', 'г', 'х', 'и', 'й', 'к', 'л', 'м', 'н', 'о', 'п', 'щ', 'р', 'с', 'т', 'у', 'в',
        'ш', 'ж', 'ы', 'з',
    ];
    let mut written = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let kept = match letter {
            '{' => rest.find('}').map(|end| end + 1),
            ']' if rest.starts_with("](") => rest.find(')').map(|end| end + 1),
            _ => NAMES
                .iter()
                .find(|name| rest.starts_with(**name))
                .map(|name| name.len()),
        };
        let (piece, after) = rest.split_at(kept.unwrap_or(letter.len_utf8()));
        let place = (letter.to_ascii_lowercase() as usize).wrapping_sub('a' as usize);
        match LETTERS.get(place) {
            Some(own) if kept.is_none() && letter.is_ascii_uppercase() => written.extend(own.to_uppercase()),
            Some(own) if kept.is_none() => written.push(*own),
            _ => written.push_str(piece),
        }
        rest = after;
    }
    written
}
