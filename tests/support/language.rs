//! Languages for tests: the English texts under another code.

use std::fs;

use super::folder::Folder;
use super::repository;

/// A language that is written from right to left: the code that CLDR has for testing that.
pub const RIGHT_TO_LEFT: &str = "ar-XB";

/// Adds a language to an operator's folder, or replaces one of the release: the English texts, each with
/// `changes` (what stands there, what replaces it).
pub fn add(folder: &Folder, code: &str, changes: &[(&str, &str)]) {
    for file in fs::read_dir(repository::path("locales/en")).expect("locales/en can be read") {
        let name = file.expect("locales/en can be read").file_name().display().to_string();
        let english = repository::read(&format!("locales/en/{name}"));
        let text = changes
            .iter()
            .fold(english, |text, (english, own)| text.replace(english, own));
        folder.write(&format!("locales/{code}/{name}"), &text);
    }
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
