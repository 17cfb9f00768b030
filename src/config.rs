//! The operator's settings: flags, then environment variables, then `veto.toml`, then defaults.
//!
//! Lives here: the settings, their precedence, and their checks against the catalog.
//! Must not live here: the features that the settings control.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use tracing::level_filters::LevelFilter;
use veto_content::catalog::{Catalog, OfferError};
use veto_content::files::{Files, LoadError, SETTINGS, SourceFile};

use crate::server::{Listen, Network, this_machine};
use crate::web::{Audience, BaseUrl, CacheTime, Clock, FooterLink, PageAge, SiteSettings, StrictTransport};

/// The settings. In `veto.toml` the keys are the names of the flags; `notice` and `footer` can be set there only.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The IP address to listen on; `0.0.0.0` listens on all networks of this machine. Or a Unix socket for a web server in
    /// front, such as `unix:/run/veto/veto.sock`; it needs `address`. Default: `127.0.0.1`
    #[arg(long, env = "VETO_LISTEN", value_name = "ADDR")]
    pub listen: Option<Listen>,
    /// The port to listen on; `0` takes any free port. Default: `8080`
    #[arg(long, env = "VETO_PORT", value_name = "N")]
    pub port: Option<u16>,
    /// The public URL of the site, such as `https://example.org` or, below a path, `https://example.org/tools/veto/`.
    /// Default: the URL that is printed at startup
    #[arg(long, env = "VETO_ADDRESS", value_name = "URL")]
    pub address: Option<BaseUrl>,
    /// The certificate chain for https (PEM); reloaded on SIGHUP
    #[arg(long, env = "VETO_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate (PEM); reloaded on SIGHUP
    #[arg(long, env = "VETO_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// A port for plain http that leads to https, such as `80`; it needs `tls-cert`. Default: none
    #[arg(long, env = "VETO_REDIRECT_PORT", value_name = "N")]
    pub redirect_port: Option<u16>,
    /// Tell browsers to use https for all subdomains of `address`, too (HSTS). Default: `false`
    #[arg(long, env = "VETO_INCLUDE_SUBDOMAINS", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub include_subdomains: Option<bool>,
    /// A folder with files that override single entries of data/ and locales/; reloaded on SIGHUP
    #[arg(long, env = "VETO_DATA", value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// The name of this instance, shown in the header and the title of each page
    #[arg(long, env = "VETO_NAME", value_name = "TEXT")]
    pub name: Option<String>,
    /// Whom people can ask, such as `Ms Example, room 12`; printed on the papers for a class. Default: a line to write on
    #[arg(long, env = "VETO_PAPER_CONTACT", value_name = "TEXT")]
    pub paper_contact: Option<String>,
    /// Whom the first page leads on before anything else. Default: nobody
    #[arg(long, env = "VETO_AUDIENCE", value_enum, value_name = "AUDIENCE")]
    pub audience: Option<Audience>,
    /// The languages to offer, in this order, such as `de,en`. Default: all
    #[arg(long, env = "VETO_LANGUAGES", value_name = "CODES", value_delimiter = ',')]
    pub languages: Option<Vec<String>>,
    /// The language for visitors who prefer none of the offered ones. Default: English if offered, else the first
    #[arg(long, env = "VETO_LANGUAGE", value_name = "CODE")]
    pub language: Option<String>,
    /// The country that is preselected until the visitor chooses one, such as `DE`. Default: none
    #[arg(long, env = "VETO_COUNTRY", value_name = "CODE")]
    pub country: Option<String>,
    /// The e-mail address for reports that a page of Meta looks different, for questions about data, and for reports of
    /// vulnerabilities (/.well-known/security.txt). Default: none
    #[arg(long, env = "VETO_CONTACT", value_name = "EMAIL")]
    pub contact: Option<String>,
    /// Name and postal address of who runs this instance, for the page about data (Art. 13 GDPR)
    #[arg(long, env = "VETO_CONTROLLER", value_name = "TEXT")]
    pub controller: Option<String>,
    /// How to reach their data protection officer, for the same page
    #[arg(long, env = "VETO_DPO", value_name = "TEXT")]
    pub dpo: Option<String>,
    /// How long a browser keeps the choices of a visitor who asks for it, in hours. Default: `24`
    #[arg(long, env = "VETO_KEEP_HOURS", value_name = "HOURS")]
    pub keep_hours: Option<u16>,
    /// How long caches may keep a page, in seconds; until five minutes after midnight at most. Default: `300`
    #[arg(long, env = "VETO_MAX_AGE", value_name = "SECONDS")]
    pub max_age: Option<CacheTime>,
    /// How long after that they may still show it while they fetch it again, in seconds. Default: `0`
    #[arg(long, env = "VETO_STALE_WHILE_REVALIDATE", value_name = "SECONDS")]
    pub stale_while_revalidate: Option<CacheTime>,
    /// The maximum number of open connections; further connections wait until one ends. Default: `1000`
    #[arg(long, env = "VETO_CONNECTIONS", value_name = "N")]
    pub connections: Option<NonZeroU32>,
    /// The networks of web servers in front of this one, such as `172.16.0.0/12`; every other address may have a quarter of
    /// the connections. Default: `127.0.0.0/8,::1`
    #[arg(long, env = "VETO_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<Network>>,
    /// The level of the log, which goes to standard error. Default: `info`
    #[arg(long, env = "VETO_LOG", value_enum, value_name = "LEVEL")]
    pub log: Option<Log>,
    /// Log method, route and status of each request; never its address, query or body. Default: `false`
    #[arg(long, env = "VETO_LOG_REQUESTS", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub log_requests: Option<bool>,
    /// The format of the log: a line of text or a JSON object for each event. Default: `text`
    #[arg(long, env = "VETO_LOG_FORMAT", value_enum, value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// How long to go on after SIGTERM, in seconds, while /readyz says that the program stops. Default: `0`
    #[arg(long, env = "VETO_DRAIN", value_name = "SECONDS")]
    pub drain: Option<u16>,
    /// Serve metrics for Prometheus at /metrics of this address and port, such as `127.0.0.1:9090`. Default: no metrics
    #[arg(long, env = "VETO_METRICS", value_name = "ADDR:PORT")]
    pub metrics: Option<SocketAddr>,
    /// A notice at the top of every page, by language.
    #[arg(skip)]
    pub notice: Option<BTreeMap<String, String>>,
    /// Links in the footer of every page, such as the imprint, by language.
    #[arg(skip)]
    pub footer: Option<BTreeMap<String, Vec<FooterLink>>>,
}

/// The level of the log.
#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "log levels need no explanation")]
pub enum Log {
    Off,
    Error,
    Warn,
    Info,
    Debug,
}

/// The format of the log.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, ValueEnum)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the setting explains them")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

impl From<Log> for LevelFilter {
    fn from(log: Log) -> Self {
        match log {
            Log::Off => Self::OFF,
            Log::Error => Self::ERROR,
            Log::Warn => Self::WARN,
            Log::Info => Self::INFO,
            Log::Debug => Self::DEBUG,
        }
    }
}

impl Settings {
    /// Layers settings: `self` takes precedence over `below`.
    #[must_use]
    fn or(self, below: Self) -> Self {
        Self {
            listen: self.listen.or(below.listen),
            port: self.port.or(below.port),
            address: self.address.or(below.address),
            tls_cert: self.tls_cert.or(below.tls_cert),
            tls_key: self.tls_key.or(below.tls_key),
            redirect_port: self.redirect_port.or(below.redirect_port),
            include_subdomains: self.include_subdomains.or(below.include_subdomains),
            data: self.data.or(below.data),
            name: self.name.or(below.name),
            paper_contact: self.paper_contact.or(below.paper_contact),
            audience: self.audience.or(below.audience),
            languages: self.languages.or(below.languages),
            language: self.language.or(below.language),
            country: self.country.or(below.country),
            contact: self.contact.or(below.contact),
            controller: self.controller.or(below.controller),
            dpo: self.dpo.or(below.dpo),
            keep_hours: self.keep_hours.or(below.keep_hours),
            max_age: self.max_age.or(below.max_age),
            stale_while_revalidate: self.stale_while_revalidate.or(below.stale_while_revalidate),
            connections: self.connections.or(below.connections),
            trusted_proxies: self.trusted_proxies.or(below.trusted_proxies),
            log: self.log.or(below.log),
            log_requests: self.log_requests.or(below.log_requests),
            log_format: self.log_format.or(below.log_format),
            drain: self.drain.or(below.drain),
            metrics: self.metrics.or(below.metrics),
            notice: self.notice.or(below.notice),
            footer: self.footer.or(below.footer),
        }
    }

    /// Where to listen.
    pub fn listen(&self) -> Listen {
        self.listen.clone().unwrap_or(Listen::Ip(Ipv4Addr::LOCALHOST.into()))
    }

    /// The port to listen on.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(8080)
    }

    /// How long caches may keep a page.
    fn page_age(&self) -> PageAge {
        let usual = PageAge::default();
        PageAge {
            max_age: self.max_age.unwrap_or(usual.max_age),
            stale_while_revalidate: self.stale_while_revalidate.unwrap_or(usual.stale_while_revalidate),
        }
    }

    /// The maximum number of open connections.
    pub fn connections(&self) -> u32 {
        self.connections.map_or(1_000, NonZeroU32::get)
    }

    /// The networks of web servers in front of this one.
    pub fn trusted_proxies(&self) -> Vec<Network> {
        self.trusted_proxies.clone().unwrap_or_else(this_machine)
    }

    /// The level of the log.
    pub fn log(&self) -> LevelFilter {
        self.log.unwrap_or(Log::Info).into()
    }

    /// Which hosts browsers use by https only, if visitors do.
    fn strict_transport(&self) -> Option<StrictTransport> {
        let is_https = self.address.as_ref().is_some_and(BaseUrl::is_https);
        is_https.then_some(match self.include_subdomains {
            Some(true) => StrictTransport::HostAndSubdomains,
            Some(false) | None => StrictTransport::Host,
        })
    }

    /// The scheme of the printed URL.
    pub fn scheme(&self) -> &'static str {
        if self.tls_cert.is_some() { "https" } else { "http" }
    }

    /// The base path of all pages, without a `/` at its end; empty without a path in `address`.
    pub fn base(&self) -> &str {
        self.address.as_ref().map_or("", BaseUrl::path)
    }
}

/// The effective settings and their origin.
pub struct Config {
    /// The effective settings.
    pub settings: Settings,
    /// The settings from flags and environment.
    given: Settings,
    /// The settings file, if there is one.
    file: Option<SourceFile>,
}

impl Config {
    /// Layers `given`, from flags and environment, over the file at `path`. Without a path the file is `veto.toml` in the
    /// working directory, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read, or has an unknown key or an invalid value; the error names the line.
    pub fn new(given: Settings, path: Option<&Path>) -> Result<Self, LoadError> {
        let default = Path::new(SETTINGS);
        let path = path.or_else(|| default.exists().then_some(default));
        let Some(path) = path else {
            let settings = given.clone();
            return Ok(Self {
                settings,
                given,
                file: None,
            });
        };
        let file = SourceFile::open(path)?;
        let mut below: Settings = file.parse()?;
        // Paths are relative to the settings file.
        let folder = path.parent().unwrap_or(Path::new(""));
        for path in [&mut below.data, &mut below.tls_cert, &mut below.tls_key]
            .into_iter()
            .flatten()
        {
            *path = folder.join(&*path);
        }
        Ok(Self {
            settings: given.clone().or(below),
            given,
            file: Some(file),
        })
    }

    /// The settings file, if there is one.
    pub fn file(&self) -> Option<&SourceFile> {
        self.file.as_ref()
    }

    /// The files of `data/` and `locales/`, with the operator's overrides.
    ///
    /// # Errors
    /// When the folder cannot be read, or contains a file that overrides no built-in file.
    pub fn files(&self) -> Result<Files, LoadError> {
        match &self.settings.data {
            Some(folder) => Files::with_folder(folder.clone()),
            None => Ok(Files::embedded()),
        }
    }

    /// The paths of certificate and key, if https is configured.
    ///
    /// # Errors
    /// When only one of them is set, `redirect-port` without them, or a Unix socket does not fit them.
    pub fn certificate(&self) -> Result<Option<(&Path, &Path)>, LoadError> {
        let settings = &self.settings;
        #[cfg(unix)]
        if let Listen::Unix(_) = settings.listen() {
            self.check_unix_socket()?;
        }
        let Settings { tls_cert, tls_key, .. } = settings;
        match (tls_cert, tls_key) {
            (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
            (None, None) if settings.redirect_port.is_some() => Err(self.error(
                "redirect-port",
                self.given.redirect_port.is_some(),
                "it needs a tls-cert",
            )),
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.error("tls-cert", self.given.tls_cert.is_some(), "it needs a tls-key too")),
            (None, Some(_)) => Err(self.error("tls-key", self.given.tls_key.is_some(), "it needs a tls-cert too")),
        }
    }

    /// Validates the settings of the site against `catalog`. Returns the catalog with only the offered languages, and the
    /// settings. `base_url` is used if `address` is not set.
    ///
    /// # Errors
    /// When a language or a country does not exist, or a footer link has an invalid address.
    pub fn site(&self, catalog: Catalog, base_url: BaseUrl) -> Result<(Catalog, SiteSettings), LoadError> {
        let Self { settings, given, .. } = self;
        let notice = settings.notice.clone().unwrap_or_default();
        let footer = settings.footer.clone().unwrap_or_default();
        // They may have languages that are not offered.
        for (key, code) in notice
            .keys()
            .map(|code| ("notice", code))
            .chain(footer.keys().map(|code| ("footer", code)))
        {
            if catalog.locale(code).is_none() {
                return Err(self.error(key, false, format!("there is no language “{code}”")));
            }
        }
        let catalog = self.offered(catalog)?;
        for link in footer.values().flatten() {
            let is_address = ["https://", "http://", "mailto:", "/"]
                .iter()
                .any(|start| link.address.starts_with(start));
            if !is_address {
                let reason = format!(
                    "“{}” is not an address: begin with https://, mailto: or /",
                    link.address
                );
                return Err(self.error("footer", false, reason));
            }
        }
        if let Some(contact) = settings.contact.as_ref().filter(|contact| !is_email(contact)) {
            let reason = format!("“{contact}” is not an e-mail address such as veto@example.org");
            return Err(self.error("contact", given.contact.is_some(), reason));
        }
        let country = settings.country.as_ref().map(|code| {
            let is_given = given.country.is_some();
            let country = catalog.facts.country(code);
            country.ok_or_else(|| self.error("country", is_given, format!("there is no country “{code}”")))
        });
        let site = SiteSettings {
            strict_transport: settings.strict_transport(),
            only_localhost: settings.address.is_none()
                && matches!(settings.listen(), Listen::Ip(ip) if ip.is_loopback()),
            base_url: settings.address.clone().unwrap_or(base_url),
            clock: Clock::System,
            contact: settings.contact.clone(),
            controller: settings.controller.clone(),
            dpo: settings.dpo.clone(),
            keep_hours: settings.keep_hours.unwrap_or(24),
            page_age: settings.page_age(),
            log_requests: settings.log_requests.unwrap_or(false),
            country: country.transpose()?,
            name: settings.name.clone(),
            paper_contact: settings.paper_contact.clone(),
            audience: settings.audience,
            notice,
            footer,
        };
        Ok((catalog, site))
    }

    /// Checks the settings of a site on a Unix socket: visitors come by a web server in front.
    ///
    /// # Errors
    /// When `address` is missing, or there is a certificate.
    pub fn check_unix_socket(&self) -> Result<(), LoadError> {
        let Self { settings, given, .. } = self;
        if settings.tls_cert.is_some() {
            let reason = "not on a Unix socket: the web server in front has the certificate";
            return Err(self.error("tls-cert", given.tls_cert.is_some(), reason));
        }
        if settings.address.is_none() {
            let reason = "a Unix socket needs `address` too: where visitors reach the web server in front";
            return Err(self.error("listen", given.listen.is_some(), reason));
        }
        Ok(())
    }

    /// Returns the catalog with only the offered languages and the configured fallback.
    fn offered(&self, catalog: Catalog) -> Result<Catalog, LoadError> {
        let Self { settings, given, .. } = self;
        let error = |key, is_given| move |error: OfferError| self.error(key, is_given, error);
        let mut catalog = match &settings.languages {
            Some(codes) => catalog
                .offer(codes)
                .map_err(error("languages", given.languages.is_some()))?,
            None => catalog,
        };
        if let Some(code) = &settings.language {
            let fallback = catalog.fall_back_to(code);
            fallback.map_err(error("language", given.language.is_some()))?;
        }
        Ok(catalog)
    }

    /// An error about the setting `key`, which comes from a flag or the environment if `is_given`, else from the file.
    fn error(&self, key: &str, is_given: bool, reason: impl Display) -> LoadError {
        match &self.file {
            Some(file) if !is_given => file.error_at_key(key, reason.to_string()),
            _ => LoadError {
                file: format!("--{key}"),
                line: None,
                reason: reason.to_string(),
            },
        }
    }
}
/// Whether a text can stand in a `mailto` link as it is: a plain e-mail address.
fn is_email(text: &str) -> bool {
    let is_part = |part: &str| {
        let is_plain = |character: char| character.is_ascii_alphanumeric() || ".-_+".contains(character);
        !part.is_empty() && part.chars().all(is_plain)
    };
    text.split_once('@')
        .is_some_and(|(name, host)| is_part(name) && is_part(host))
}
