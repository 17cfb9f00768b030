//! The site as it is built in, within the benchmark itself.

use std::collections::BTreeMap;

use veto::files::Files;
use veto::journey::Library;
use veto::library;
use veto::web::{App, Settings};

/// The facts and words.
pub fn library() -> Library {
    library::load(&Files::embedded()).expect("what is built in loads")
}

/// The site with nothing set by an operator.
pub fn app(library: Library) -> App {
    let settings = Settings {
        address: "https://example.org".parse().expect("an address"),
        strict_transport: true,
        keep_hours: 24,
        log_requests: false,
        country: None,
        name: None,
        notice: BTreeMap::new(),
        footer: BTreeMap::new(),
    };
    App::new(library, &[], settings, None)
}
