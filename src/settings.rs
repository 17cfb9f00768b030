//! The operator's settings: flags, then the environment, then `veto.toml`; what none of them says has a default.
//!
//! Lives here: what can be set, in what order it counts, and the checks against what was loaded.
//! Must not live here: what the settings do.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use tracing::level_filters::LevelFilter;

use crate::files::{Files, LoadError, SETTINGS, Source};
use crate::journey::Library;
use crate::web::{self, Address, FooterLink};

/// What can be set. In `veto.toml` the keys are the names of the flags; `notice` and `footer` stand there only.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The address to listen on, `127.0.0.1` if not set; `0.0.0.0` is every network of this machine
    #[arg(long, env = "VETO_LISTEN", value_name = "ADDR")]
    pub listen: Option<IpAddr>,
    /// The port to listen on, `8080` if not set; `0` is any free one
    #[arg(long, env = "VETO_PORT", value_name = "N")]
    pub port: Option<u16>,
    /// Where visitors reach the wizard, such as `https://example.org` or, below a path, `https://example.org/tools/veto/`;
    /// if not set, the address that is printed
    #[arg(long, env = "VETO_ADDRESS", value_name = "URL")]
    pub address: Option<Address>,
    /// The certificate for https (PEM, the whole chain); read again on SIGHUP
    #[arg(long, env = "VETO_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate (PEM)
    #[arg(long, env = "VETO_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// A folder whose files replace single entries of data/ and locales/; read again on SIGHUP
    #[arg(long, env = "VETO_DATA", value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// The name of this instance, shown at the top of each page
    #[arg(long, env = "VETO_NAME", value_name = "TEXT")]
    pub name: Option<String>,
    /// The languages to offer, in this order, such as `de,en`; if not set, all
    #[arg(long, env = "VETO_LANGUAGES", value_name = "CODES", value_delimiter = ',')]
    pub languages: Option<Vec<String>>,
    /// The language for visitors whose own is not offered; if not set, English or else the first
    #[arg(long, env = "VETO_LANGUAGE", value_name = "CODE")]
    pub language: Option<String>,
    /// The country that is chosen for visitors who have not chosen one, such as DE
    #[arg(long, env = "VETO_COUNTRY", value_name = "CODE")]
    pub country: Option<String>,
    /// How long a browser keeps the choices of a visitor who asked for it, in hours, `24` if not set
    #[arg(long, env = "VETO_KEEP_HOURS", value_name = "HOURS")]
    pub keep_hours: Option<u16>,
    /// The number of connections that are held at once, `2000` if not set; those above are asked to come back later
    #[arg(long, env = "VETO_CONNECTIONS", value_name = "N")]
    pub connections: Option<u32>,
    /// What to write to standard error, `info` if not set
    #[arg(long, env = "VETO_LOG", value_enum, value_name = "LEVEL")]
    pub log: Option<Log>,
    /// Write a line for each request: method, kind of page, status. No address, no query, nothing typed
    #[arg(long, env = "VETO_LOG_REQUESTS", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub log_requests: Option<bool>,
    /// Where to serve counts for Prometheus at /metrics, such as `127.0.0.1:9090`; if not set, nowhere
    #[arg(long, env = "VETO_METRICS", value_name = "ADDR:PORT")]
    pub metrics: Option<SocketAddr>,
    /// What every page says at its top, by language.
    #[arg(skip)]
    pub notice: Option<BTreeMap<String, String>>,
    /// Links at the foot of every page, such as the imprint, by language.
    #[arg(skip)]
    pub footer: Option<BTreeMap<String, Vec<FooterLink>>>,
}

/// How much is written to standard error.
#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the levels of a log are known by their names")]
pub enum Log {
    Off,
    Error,
    Warn,
    Info,
    Debug,
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
    /// What is set here, and where nothing is, what `below` says.
    #[must_use]
    fn or(self, below: Self) -> Self {
        Self {
            listen: self.listen.or(below.listen),
            port: self.port.or(below.port),
            address: self.address.or(below.address),
            tls_cert: self.tls_cert.or(below.tls_cert),
            tls_key: self.tls_key.or(below.tls_key),
            data: self.data.or(below.data),
            name: self.name.or(below.name),
            languages: self.languages.or(below.languages),
            language: self.language.or(below.language),
            country: self.country.or(below.country),
            keep_hours: self.keep_hours.or(below.keep_hours),
            connections: self.connections.or(below.connections),
            log: self.log.or(below.log),
            log_requests: self.log_requests.or(below.log_requests),
            metrics: self.metrics.or(below.metrics),
            notice: self.notice.or(below.notice),
            footer: self.footer.or(below.footer),
        }
    }

    /// The address to listen on.
    pub fn listen(&self) -> IpAddr {
        self.listen.unwrap_or(Ipv4Addr::LOCALHOST.into())
    }

    /// The port to listen on.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(8080)
    }

    /// The number of connections that are held at once.
    pub fn connections(&self) -> u32 {
        self.connections.unwrap_or(2_000)
    }

    /// How much is written to standard error.
    pub fn log(&self) -> LevelFilter {
        self.log.unwrap_or(Log::Info).into()
    }

    /// The scheme of the address that is printed.
    pub fn scheme(&self) -> &'static str {
        if self.tls_cert.is_some() { "https" } else { "http" }
    }

    /// The path below which all pages lie, without a `/` at its end.
    pub fn base(&self) -> &str {
        self.address.as_ref().map_or("", Address::base)
    }
}

/// The settings that count, and where they come from.
pub struct Gathered {
    /// What counts.
    pub settings: Settings,
    /// What was set by flags and environment.
    given: Settings,
    /// The file, if there is one.
    file: Option<Source>,
}

impl Gathered {
    /// Takes `given`, from flags and environment, over what the file at `path` says. If no path is given, the file is
    /// `veto.toml` in the present folder, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read, has an unknown key or a wrong value; the error names the line.
    pub fn new(given: Settings, path: Option<&Path>) -> Result<Self, LoadError> {
        let usual = Path::new(SETTINGS);
        let path = path.or_else(|| usual.exists().then_some(usual));
        let Some(path) = path else {
            let settings = given.clone();
            return Ok(Self {
                settings,
                given,
                file: None,
            });
        };
        let file = Source::open(path)?;
        let mut below: Settings = file.parse()?;
        // Whoever moves the file moves what stands beside it.
        let folder = path.parent().unwrap_or(Path::new(""));
        for beside in [&mut below.data, &mut below.tls_cert, &mut below.tls_key]
            .into_iter()
            .flatten()
        {
            *beside = folder.join(&*beside);
        }
        Ok(Self {
            settings: given.clone().or(below),
            given,
            file: Some(file),
        })
    }

    /// The name of the file, if there is one.
    pub fn file(&self) -> Option<&str> {
        self.file.as_ref().map(Source::name)
    }

    /// The files that the settings name.
    ///
    /// # Errors
    /// When the folder cannot be read, or a file in it replaces nothing.
    pub fn files(&self) -> Result<Files, LoadError> {
        match &self.settings.data {
            Some(folder) => Files::with_folder(folder.clone()),
            None => Ok(Files::embedded()),
        }
    }

    /// The certificate and its key, if visitors come by https.
    ///
    /// # Errors
    /// When there is only one of them.
    pub fn certificate(&self) -> Result<Option<(&Path, &Path)>, LoadError> {
        let Settings { tls_cert, tls_key, .. } = &self.settings;
        match (tls_cert, tls_key) {
            (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.wrong("tls-cert", self.given.tls_cert.is_some(), "it needs a tls-key too")),
            (None, Some(_)) => Err(self.wrong("tls-key", self.given.tls_key.is_some(), "it needs a tls-cert too")),
        }
    }

    /// Restricts `library` to the languages that are offered, and gives what the site is to be told. `address` is where
    /// visitors reach it if nobody says so.
    ///
    /// # Errors
    /// When a language or a country does not exist, or a link at the foot leads nowhere.
    pub fn site(&self, library: &mut Library, address: Address) -> Result<web::Settings, LoadError> {
        let Self { settings, given, .. } = self;
        let notice = settings.notice.clone().unwrap_or_default();
        let footer = settings.footer.clone().unwrap_or_default();
        for (key, code) in notice
            .keys()
            .map(|code| ("notice", code))
            .chain(footer.keys().map(|code| ("footer", code)))
        {
            if library.edition(code).is_none() {
                return Err(self.wrong(key, false, format!("there is no language “{code}”")));
            }
        }
        for link in footer.values().flatten() {
            let leads_somewhere = ["https://", "http://", "mailto:", "/"]
                .iter()
                .any(|start| link.address.starts_with(start));
            if !leads_somewhere {
                let reason = format!("“{}” is no address: begin with https://, mailto: or /", link.address);
                return Err(self.wrong("footer", false, reason));
            }
        }
        if let Some(codes) = &settings.languages {
            let offered = library.offer(codes);
            offered.map_err(|error| self.wrong("languages", given.languages.is_some(), error))?;
        }
        if let Some(code) = &settings.language {
            let fallback = library.fall_back_to(code);
            fallback.map_err(|error| self.wrong("language", given.language.is_some(), error))?;
        }
        let country = settings.country.as_ref().map(|code| {
            let place = library.country(code);
            place.ok_or_else(|| {
                self.wrong(
                    "country",
                    given.country.is_some(),
                    format!("there is no country “{code}”"),
                )
            })
        });
        Ok(web::Settings {
            strict_transport: settings.address.as_ref().is_some_and(Address::is_https),
            address: settings.address.clone().unwrap_or(address),
            keep_hours: settings.keep_hours.unwrap_or(24),
            log_requests: settings.log_requests.unwrap_or(false),
            country: country.transpose()?,
            name: settings.name.clone(),
            notice,
            footer,
        })
    }

    /// The error about the setting `key`, which came from a flag or the environment if `given`, else from the file.
    fn wrong(&self, key: &str, given: bool, reason: impl Display) -> LoadError {
        match &self.file {
            Some(file) if !given => file.error_at_key(key, reason.to_string()),
            _ => LoadError {
                file: format!("--{key}"),
                line: None,
                reason: reason.to_string(),
            },
        }
    }
}
