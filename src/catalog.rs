//! Loads the catalog that the build prepared, with an operator's overrides.

use veto_content::catalog::Catalog;
use veto_content::facts::PartialDate;
use veto_content::files::{Files, LoadError};
use veto_guide::age;

/// `data/` and `locales/`, read and checked by `build.rs`.
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog"));

/// Loads the catalog. Without overrides, this reads no file and decodes no texts.
///
/// # Errors
/// At the first file that cannot be read or is invalid.
///
/// # Panics
/// Never: `build.rs` wrote the bytes with the same version of the crates.
pub fn load(files: &Files) -> Result<Catalog, LoadError> {
    let prepared = prepared();
    if files.overrides().is_empty() {
        return Ok(prepared);
    }
    veto_guide::with_overrides(prepared, files)
}

/// The day until which the facts of this program were gathered, without an operator's overrides.
///
/// # Panics
/// Never, see [`load`].
pub fn built_in_until() -> Option<PartialDate> {
    age::gathered(&prepared().facts)
}

fn prepared() -> Catalog {
    Catalog::from_bytes(PREPARED).expect("build.rs wrote the bytes")
}
