//! What a visitor notices where the wizard has a host of its own.

mod promises;
mod site;

/// The path of the wizard.
const BASE: &str = "";
