//! Loads the catalog: as prepared by the build, or from files if an operator overrides some.

use veto_content::catalog::Catalog;
use veto_content::files::{Files, LoadError};

/// `data/` and `locales/`, read and checked by `build.rs`.
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog"));

/// Loads the catalog from `files`. Without overrides, this takes the prepared catalog and reads no file.
///
/// # Errors
/// At the first file that cannot be read or is invalid.
pub fn load(files: &Files) -> Result<Catalog, LoadError> {
    if files.overrides().is_empty()
        && let Ok(catalog) = Catalog::from_bytes(PREPARED)
    {
        return Ok(catalog);
    }
    veto_guide::load(files)
}
