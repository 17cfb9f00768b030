//! The site with the embedded facts and texts, in the process of the benchmark.

use std::collections::BTreeMap;

use axum::Router;
use veto::catalog;
use veto::web::{self, AppState, Clock, SiteSettings};
use veto_content::catalog::Catalog;
use veto_content::files::Files;

/// The embedded facts and texts.
pub fn catalog() -> Catalog {
    catalog::load(&Files::embedded()).expect("the embedded files load")
}

/// The site with default settings.
pub fn router(catalog: Catalog) -> Router {
    let settings = SiteSettings {
        base_url: "https://example.org".parse().expect("an address"),
        strict_transport: true,
        clock: Clock::System,
        keep_hours: 24,
        log_requests: false,
        country: None,
        name: None,
        contact: None,
        audience: None,
        notice: BTreeMap::new(),
        footer: BTreeMap::new(),
    };
    web::site(AppState::new(catalog, &[], settings, None))
}
