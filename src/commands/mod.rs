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
use veto::server::{self, ActiveConfig, Certificate, CertificateError, Tls};
use veto::web::{self, AppState, BaseUrl, SiteSettings};
use veto_content::catalog::Catalog;
use veto_content::files::{Files, LoadError};
use veto_guide::age::{self, Age};

use crate::cli::Cli;

/// Why a command failed.
pub enum Failure {
    /// Exit code 2: errors that the operator can fix, such as a port in use or an invalid file, a line each.
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

    /// The reason, a line for each error; empty if it was printed already.
    fn into_lines(self) -> String {
        match self {
            Self::Input(lines) | Self::Unhealthy(Some(lines)) => lines,
            Self::Unhealthy(None) => String::new(),
        }
    }

    /// An error that the operator can fix.
    fn input(error: impl Display) -> Self {
        Self::Input(error.to_string())
    }

    /// All of several errors that the operator can fix.
    fn inputs<E: ToString>(errors: impl IntoIterator<Item = E>) -> Self {
        let lines: Vec<String> = errors.into_iter().map(|error| error.to_string()).collect();
        Self::Input(lines.join("\n"))
    }
}

/// Reads the settings of a command. If one in the file is wrong, the error names all that are.
fn config(cli: &Cli) -> Result<Config, Failure> {
    let config = Config::new(cli.settings.clone(), cli.config.as_deref()).map_err(Failure::input)?;
    if config.faults().next().is_none() {
        return Ok(config);
    }
    let others = Loaded::new(&config, "http://localhost".parse().map_err(Failure::input)?).err();
    let faults = config.faults().map(ToString::to_string);
    Err(Failure::inputs(faults.chain(others.map(Failure::into_lines))))
}

/// Reads the certificate, if there is one.
fn load_certificate(config: &Config) -> Result<Option<Certificate>, Vec<LoadError>> {
    let Some((certificate, key)) = config.certificate().map_err(|fault| vec![fault])? else {
        return Ok(None);
    };
    let loaded = server::load_certificate(certificate, key);
    let at_settings =
        |faults: Vec<CertificateError>| faults.iter().map(|fault| config.certificate_error(fault)).collect();
    loaded.map(Some).map_err(at_settings)
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
    /// Loads everything by the settings. `base_url` is used if `address` is not set. The error names all faults of settings, and
    /// the first one of the files that they name.
    fn new(config: &Config, base_url: BaseUrl) -> Result<Self, Failure> {
        let (certificate, unusable) = match load_certificate(config) {
            Ok(certificate) => (certificate, Vec::new()),
            Err(faults) => (None, faults),
        };
        let mut faults: Vec<String> = unusable.iter().map(ToString::to_string).collect();
        let read = config.files().and_then(|files| Ok((catalog::load(&files)?, files)));
        let (catalog, files, unread) = match read {
            Ok((catalog, files)) => (catalog, files, None),
            Err(fault) => {
                let files = Files::embedded();
                (catalog::load(&files).map_err(Failure::input)?, files, Some(fault))
            }
        };
        let (catalog, site) = match config.site(catalog, base_url) {
            Ok(loaded) if faults.is_empty() && unread.is_none() => loaded,
            others => {
                let others = others.err().unwrap_or_default();
                // The folder may have the languages of the settings.
                let note = if others.is_empty() {
                    ""
                } else {
                    "; what follows is by the built-in files"
                };
                faults.extend(unread.map(|fault| format!("{fault}{note}")));
                let others = others.iter().map(ToString::to_string);
                return Err(Failure::inputs(faults.into_iter().chain(others)));
            }
        };
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
