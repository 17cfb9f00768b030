//! The commands of the program, one module each.

mod certificate;
pub mod check;
pub mod health;
pub mod links;
pub mod manual;
pub mod serve;
mod service_manager;
mod sockets;
pub mod text;

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use veto::catalog;
use veto::config::Config;
use veto::metrics::Metrics;
use veto::server::{self, ActiveConfig, Certificate, Tls};
use veto::web::{self, AppState, BaseUrl, SiteSettings};
use veto_content::catalog::Catalog;
use veto_guide::age::{self, Age};

use crate::cli::Cli;

/// Why a command failed.
pub enum Failure {
    /// Exit code 2: an error that the operator can fix, such as a port in use or an invalid file. The reason is one line.
    Input(String),
    /// Exit code 1: a check failed. The reason is one line, or `None` if it was printed already.
    Unhealthy(Option<String>),
}

impl Failure {
    /// The exit code of the program.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Unhealthy(_) => ExitCode::from(1),
            Self::Input(_) => ExitCode::from(2),
        }
    }

    /// The reason, empty if it was printed already.
    fn reason(&self) -> &str {
        match self {
            Self::Input(reason) | Self::Unhealthy(Some(reason)) => reason,
            Self::Unhealthy(None) => "",
        }
    }

    /// An error that the operator can fix.
    fn input(error: impl Display) -> Self {
        Self::Input(error.to_string())
    }
}

/// Reads the settings of a command.
fn config(cli: &Cli) -> Result<Config, Failure> {
    Config::new(cli.settings.clone(), cli.config.as_deref()).map_err(Failure::input)
}

/// Everything that is read again on reload: settings, facts, texts, certificate.
struct Loaded {
    catalog: Catalog,
    overrides: Vec<String>,
    /// What the folder of overrides says about itself, if it is an archive.
    archive: Option<String>,
    /// What the operator is to know, a line each.
    warnings: Vec<String>,
    site: SiteSettings,
    certificate: Option<Certificate>,
}

impl Loaded {
    /// Loads everything by the settings. `base_url` is used if `address` is not set.
    fn new(config: &Config, base_url: BaseUrl) -> Result<Self, Failure> {
        let certificate = config.certificate().map_err(Failure::input)?;
        let certificate = certificate.map(|(certificate, key)| server::load_certificate(certificate, key));
        let certificate = certificate.transpose().map_err(Failure::input)?;
        let files = config.files().map_err(Failure::input)?;
        let catalog = catalog::load(&files).map_err(Failure::input)?;
        let (catalog, site) = config.site(catalog, base_url).map_err(Failure::input)?;
        let archive = files.archive();
        let mut loaded = Self {
            catalog,
            overrides: files.overrides().to_vec(),
            archive: archive.map(|archive| format!("facts until {}, for Veto {}", archive.date, archive.version)),
            warnings: files.left_out(),
            site,
            certificate,
        };
        loaded.warnings.extend(loaded.about_age());
        if archive.is_some() {
            loaded.warnings.extend(loaded.older());
        }
        Ok(loaded)
    }

    /// A line for the operator if the clock cannot be right or the facts are more than a year old. The latter names the day of
    /// the clock: it may be the clock that is wrong.
    fn about_age(&self) -> Option<String> {
        let gathered = age::gathered(&self.catalog.facts);
        if let Some(fault) = self.site.clock.fault(gathered) {
            return Some(fault);
        }
        let (gathered, today) = gathered.zip(self.site.clock.today())?;
        let is_outdated = age::age(gathered, today.date()) == Age::Outdated;
        is_outdated.then(|| {
            format!("the facts are more than a year old: they were gathered until {gathered}, and today is {today}")
        })
    }

    /// A line for the operator if the facts of an archive are older than those of the program.
    fn older(&self) -> Option<String> {
        let gathered = age::gathered(&self.catalog.facts)?;
        let built_in = catalog::built_in_until().filter(|built_in| *built_in > gathered)?;
        Some(format!(
            "the archive is older than this program: its facts were gathered until {gathered}, the built-in ones until {built_in}"
        ))
    }

    /// The day until which the facts were gathered, in seconds since the Unix epoch; 0 if it is not known.
    fn facts_gathered(&self) -> i64 {
        let gathered = age::gathered(&self.catalog.facts);
        gathered.map_or(0, |gathered| web::unix_day(gathered.first_day()))
    }

    /// When the certificate ends, in seconds since the Unix epoch; 0 without one.
    fn certificate_end(&self) -> i64 {
        self.certificate.as_ref().map_or(0, |certificate| certificate.end)
    }

    /// The configuration to serve. Requests are counted in `metrics`.
    fn activate(self, metrics: Option<Arc<Metrics>>) -> ActiveConfig {
        let state = Arc::new(AppState::new(self.catalog, &self.overrides, self.site, metrics));
        let tls = self.certificate.map(|certificate| Tls {
            config: certificate.config,
            plain: web::plain_http(&state),
        });
        ActiveConfig {
            router: web::site(state),
            tls,
        }
    }
}

/// Prints `text` as a line and flushes, so that a program that reads the output gets it at once.
fn print(text: impl Display) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .map_err(Failure::input)
}
