//! Reads and checks `data/` and `locales/`, and embeds them as the catalog that the program starts with. An error in a
//! file fails the build.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use veto_content::files::Files;

fn main() -> Result<(), Box<dyn Error>> {
    // The files are embedded in veto_content: when one changes, cargo rebuilds that crate and then this one.
    println!("cargo::rerun-if-changed=build.rs");
    match veto_guide::load(&Files::embedded()) {
        Ok(catalog) => fs::write(Path::new(&env::var("OUT_DIR")?).join("catalog"), catalog.to_bytes()?)?,
        Err(error) => println!("cargo::error={error}"),
    }
    Ok(())
}
