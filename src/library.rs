//! Everything that there is to show: as the build prepared it, or read anew where an operator corrects it.

use crate::files::{Files, LoadError};
use crate::journey::Library;

/// `data/` and `locales/`, read and checked by `build.rs`.
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library"));

/// What these files hold. Where no file is the operator's, nothing has to be read.
///
/// # Errors
/// At the first file that cannot be read or is wrong.
pub fn load(files: &Files) -> Result<Library, LoadError> {
    if files.overrides().is_empty()
        && let Ok(prepared) = Library::from_bytes(PREPARED)
    {
        return Ok(prepared);
    }
    Library::load(files)
}
