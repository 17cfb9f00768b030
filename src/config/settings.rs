//! The settings, their defaults, and which takes precedence.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Deserialize;
use tracing::level_filters::LevelFilter;

use crate::server::{Listen, Network, this_machine};
use crate::web::{Audience, BaseUrl, CacheTime, FooterLink, PageAge, StrictTransport};

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
    /// A folder with files that override single entries of data/ and locales/, or an unpacked archive of all of them,
    /// `veto-facts-<date>`; reloaded on SIGHUP
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
    pub(super) fn or(self, below: Self) -> Self {
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
    pub(super) fn page_age(&self) -> PageAge {
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
    pub(super) fn strict_transport(&self) -> Option<StrictTransport> {
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
