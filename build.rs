//! Reads and checks `data/` and `locales/`, sorts their names, and embeds them as the catalog that the program starts with.
//! An error in a file fails the build.

use std::cmp::Ordering;
use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_locale_core::Locale;
use veto_content::files::Files;

fn main() -> Result<(), Box<dyn Error>> {
    // The files are embedded in veto_content: when one changes, cargo rebuilds that crate and then this one.
    println!("cargo::rerun-if-changed=build.rs");
    match veto_guide::load(&Files::embedded()) {
        Ok(mut catalog) => {
            catalog.sort_names(|language| collation(&language.cldr))?;
            catalog.sort_languages(collation("und")?);
            fs::write(Path::new(&env::var("OUT_DIR")?).join("catalog"), catalog.to_bytes()?)?;
        }
        Err(error) => println!("cargo::error={error}"),
    }
    Ok(())
}

/// The alphabetical order of a language by CLDR; `und` is that of no language in particular.
fn collation(tag: &str) -> Result<impl Fn(&str, &str) -> Ordering + use<>, Box<dyn Error>> {
    let locale: Locale = tag.parse()?;
    let collator = CollatorBorrowed::try_new((&locale).into(), CollatorOptions::default())?;
    Ok(move |one: &str, other: &str| collator.compare(one, other))
}
