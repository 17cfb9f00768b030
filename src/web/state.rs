//! The state that all requests share.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use axum::http::HeaderMap;
use clap::ValueEnum;
use serde::Deserialize;
use veto_content::catalog::{Catalog, LocaleId};
use veto_content::facts::CountryId;

use super::assets::Assets;
use veto_guide::age::{self, Age};

use super::base_url::BaseUrl;
use super::cache::ResponseCache;
use super::clock::Clock;
use super::headers;
use super::health::Health;
use super::page_age::PageAge;
use super::views::evidence::Evidence;
use crate::metrics::Metrics;

/// Shared application state; immutable except for the response cache.
pub struct AppState {
    pub(super) catalog: Catalog,
    pub(super) settings: SiteSettings,
    pub(super) assets: Assets,
    /// The headers of every response.
    pub(super) headers: HeaderMap,
    pub(super) cache: ResponseCache,
    /// What `/healthz` reports.
    pub(super) health: Health,
    /// Counts requests, if the operator asks for it.
    pub(super) metrics: Option<Arc<Metrics>>,
    /// `/tools/veto/de/` for each language, by its index.
    roots: Vec<String>,
    /// The rendered statements of each language, by its index; rendered when first needed.
    evidence: Vec<OnceLock<Evidence>>,
}

/// The hosts that browsers use by https only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StrictTransport {
    /// That of the site.
    Host,
    /// That of the site and all its subdomains.
    HostAndSubdomains,
}

/// The operator's settings for the site.
pub struct SiteSettings {
    /// The public URL: its path is in every link; calendar files contain the whole URL.
    pub base_url: BaseUrl,
    /// Which hosts browsers use by https only (HSTS, RFC 6797); none if visitors may use http.
    pub strict_transport: Option<StrictTransport>,
    /// Whether only this machine can reach the site, so that no request for another host than localhost is right.
    pub only_localhost: bool,
    /// How long a browser keeps the choices of a visitor who asks for it, in hours.
    pub keep_hours: u16,
    /// How long caches may keep a page.
    pub page_age: PageAge,
    /// Whether each request is logged.
    pub log_requests: bool,
    /// The country that is preselected until the visitor chooses one.
    pub country: Option<CountryId>,
    /// The e-mail address for reports and for questions about data.
    pub contact: Option<String>,
    /// Name and postal address of who runs the site.
    pub controller: Option<String>,
    /// How to reach their data protection officer.
    pub dpo: Option<String>,
    /// Where the present day comes from.
    pub clock: Clock,
    /// The name of this instance.
    pub name: Option<String>,
    /// Whom people can ask, for papers.
    pub paper_contact: Option<String>,
    /// Whom the first page leads on before anything else.
    pub audience: Option<Audience>,
    /// A notice at the top of every page, by language.
    pub notice: BTreeMap<String, String>,
    /// Links in the footer of every page, by language.
    pub footer: BTreeMap<String, Vec<FooterLink>>,
}

/// Whom an instance is for.
#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// A class.
    School,
    /// A family.
    Family,
}

/// A footer link of the operator, such as the imprint.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FooterLink {
    /// Its text.
    pub label: String,
    /// Its address: https, http, mailto, or a path on this host.
    pub address: String,
}

impl AppState {
    /// The state of a site with `catalog`. `overrides` are the operator's files in it. Requests are counted in `metrics`.
    pub fn new(catalog: Catalog, overrides: &[String], settings: SiteSettings, metrics: Option<Arc<Metrics>>) -> Self {
        let assets = Assets::embedded();
        let base = settings.base_url.path();
        let languages = catalog.languages();
        Self {
            roots: languages
                .map(|(_, language)| [base, "/", &language.code, "/"].concat())
                .collect(),
            evidence: catalog.languages().map(|_| OnceLock::new()).collect(),
            headers: headers::common(settings.strict_transport),
            health: Health::new(&catalog, overrides),
            cache: ResponseCache::new(),
            catalog,
            assets,
            settings,
            metrics,
        }
    }

    /// The path of all pages in a language, such as `/tools/veto/de/`.
    pub(super) fn root(&self, locale: LocaleId) -> &str {
        &self.roots[locale.index()]
    }

    /// The age of the facts today; recent if the clock is not set.
    pub(super) fn age(&self) -> Age {
        let gathered = age::gathered(&self.catalog.facts);
        let age = gathered.zip(self.settings.clock.today());
        age.map_or(Age::Recent, |(gathered, today)| age::age(gathered, today.date()))
    }

    /// Whether requests are logged or counted.
    pub(super) fn is_observed(&self) -> bool {
        self.settings.log_requests || self.metrics.is_some()
    }

    /// The statements of all pages in a language with their evidence.
    pub(super) fn evidence(&self, locale: LocaleId) -> &Evidence {
        let render = || Evidence::new(&self.catalog.facts, self.catalog.messages(locale));
        self.evidence[locale.index()].get_or_init(render)
    }
}
