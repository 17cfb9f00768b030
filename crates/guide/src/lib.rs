//! From a visitor's choices to steps, objection, letters and dates: pure functions. Time comes in as an argument.
//!
//! - [`Choices`], parsed from a query in `query.rs`; complete ones make a [`Plan`].
//! - [`Step`], [`Reply`], [`Status`], [`Letter`]: the steps of the wizard, Meta's replies, whether an objection counts, the
//!   letters.
//! - [`objection`], [`company_objection`], [`page_journey`], [`letter`]: the texts that a person sends; [`change`]: the objection
//!   as a person has changed it; [`sent`]: what they have sent, for the record.
//! - [`deadline`], [`calendar`]: deadlines and calendar files; [`age`]: when facts may have changed.
//!
//! Must not live here: addresses of pages, HTTP headers, and words of a human language.

pub mod age;
pub mod calendar;
pub mod change;
mod choices;
pub mod company_complaint;
pub mod company_objection;
pub mod deadline;
pub mod letter;
pub mod objection;
pub mod page_journey;
mod plan;
mod query;
mod reply;
pub mod sent;
mod status;
mod step;
mod typed;

pub use choices::{Accounts, Choices, Entry, Length, Person, Target};
pub use deadline::Day;
pub use letter::Letter;
pub use plan::Plan;
pub use query::{Key, UnknownValue};
pub use reply::Reply;
pub use status::{Stage, Status, Verdict};
pub use step::{RESERVED, Step};
pub use typed::visible;

use veto_content::catalog::Catalog;
use veto_content::files::{Files, LoadError, REFERENCE_LANGUAGE};
use veto_content::messages::Messages;

/// Reads and checks `data/` and `locales/`, the placeholders of objections and letters included.
///
/// # Errors
/// At the first file that cannot be read or is invalid.
pub fn load(files: &Files) -> Result<Catalog, LoadError> {
    checked(Catalog::load(files)?, files)
}

/// The catalog of the embedded files with an operator's overrides, see [`Catalog::with_overrides`].
///
/// # Errors
/// At the first file that cannot be read or is invalid.
pub fn with_overrides(built_in: Catalog, files: &Files) -> Result<Catalog, LoadError> {
    checked(built_in.with_overrides(files)?, files)
}

/// Checks the placeholders of objections and letters in the languages that were loaded from `files`.
fn checked(catalog: Catalog, files: &Files) -> Result<Catalog, LoadError> {
    step::check(files, &catalog.facts)?;
    let mut loaded: Vec<&Messages> = catalog.messages_in_memory().collect();
    // An error in a text that also stands in for others is one of its own file.
    loaded.sort_by_key(|messages| messages.code != REFERENCE_LANGUAGE);
    for messages in loaded {
        status::check(files, &messages.code, &messages.status)?;
        if let Some(objection) = &messages.objection {
            objection::check(files, &catalog.facts, &messages.code, objection)?;
        }
        if let Some(texts) = &messages.company_objection {
            company_objection::check(files, &catalog.facts, &messages.code, texts)?;
            company_complaint::check(files, &catalog.facts, &messages.code, texts)?;
        }
        page_journey::check(files, &catalog.facts, messages)?;
        if let Some(letters) = &messages.letters {
            letter::check_texts(files, &messages.code, letters)?;
        }
    }
    Ok(catalog)
}

#[cfg(test)]
mod tests;
