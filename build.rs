//! Reads and checks `data/` and `locales/`, and prepares what the program starts with. A fault in a file fails the build.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use veto_domain::files::Files;
use veto_domain::journey::Library;

fn main() -> Result<(), Box<dyn Error>> {
    // The files are built into the domain; when one changes, that is built again, and then this.
    println!("cargo::rerun-if-changed=build.rs");
    match Library::load(&Files::embedded()) {
        Ok(library) => fs::write(Path::new(&env::var("OUT_DIR")?).join("library"), library.to_bytes()?)?,
        Err(error) => println!("cargo::error={error}"),
    }
    Ok(())
}
