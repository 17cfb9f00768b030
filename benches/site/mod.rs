//! The site, in the process of the benchmark.

use std::collections::BTreeMap;

use axum::Router;
use veto::catalog;
use veto::web::{self, AppState, Clock, PageAge, SiteSettings, StrictTransport};
use veto_content::catalog::Catalog;
use veto_content::files::Files;

/// The facts and texts in `files`.
pub fn catalog(files: &Files) -> Catalog {
    catalog::load(files).unwrap_or_else(|error| panic!("{error}"))
}

/// The site with default settings.
pub fn router(catalog: Catalog) -> Router {
    let settings = SiteSettings {
        base_url: "https://example.org".parse().expect("an address"),
        strict_transport: Some(StrictTransport::Host),
        only_localhost: false,
        clock: Clock::System,
        keep_hours: 24,
        page_age: PageAge::default(),
        log_requests: false,
        country: None,
        contact: None,
        controller: None,
        dpo: None,
        name: None,
        paper_contact: None,
        audience: None,
        notice: BTreeMap::new(),
        footer: BTreeMap::new(),
    };
    web::site(AppState::new(catalog, &[], settings, None).into())
}
