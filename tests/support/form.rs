//! A correction of a form: an entry of `data/companies/meta.toml` in an operator's folder.

use super::repository::{entries, string};

/// The address of the corrected form, in quotes, as it is in the TOML and in the HTML.
pub const ADDRESS: &str = "\"https://www.facebook.com/help/contact/1\"";

/// A form of Facebook of this generation.
pub fn correction(generation: i64) -> String {
    format!(
        r#"
[[form]]
service = "facebook"
generation = {generation}
address = {ADDRESS}
tried = {{ source = "a friend", checked = "2026-11-24" }}
named = {{ source = "a friend", checked = "2026-11-24" }}
"#
    )
}

/// The generation of the newest form of Facebook.
pub fn newest_generation() -> i64 {
    let forms = entries("data/companies/meta.toml", "form");
    let of_facebook = forms.iter().filter(|form| string(form, "service") == "facebook");
    let generations = of_facebook.map(|form| form["generation"].as_integer().expect("a generation is a number"));
    generations.max().expect("Facebook has a form")
}
