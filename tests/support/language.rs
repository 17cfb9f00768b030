//! Languages for tests: the English texts under another code.

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

/// Adds [`RIGHT_TO_LEFT`], with dates and lists as in Urdu, which has the plurals of English.
pub fn add_right_to_left(folder: &Folder) {
    let changes = [
        ("name = \"English\"", "name = \"اردو\""),
        ("cldr = \"en-GB\"", "cldr = \"ur\""),
        ("direction = \"ltr\"", "direction = \"rtl\""),
    ];
    add(folder, RIGHT_TO_LEFT, &changes);
}
