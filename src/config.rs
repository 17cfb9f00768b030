//! The operator's settings: flags, then environment variables, then `veto.toml`, then defaults.
//!
//! Lives here: the settings, their precedence, and their checks against the catalog.
//! Must not live here: the features that the settings control.

mod settings;

use std::fmt::Display;
use std::path::Path;

use veto_content::catalog::{Catalog, OfferError};
use veto_content::files::{Files, LoadError, SETTINGS, SourceFile};

use crate::server::{CertificateError, Listen};
use crate::web::{BaseUrl, Clock, SiteSettings};

pub use settings::{Log, LogFormat, Settings};

/// The effective settings and their origin.
pub struct Config {
    /// The effective settings.
    pub settings: Settings,
    /// The settings from flags and environment.
    given: Settings,
    /// The settings file, if there is one.
    file: Option<SourceFile>,
    /// The keys of the file that are unknown or have an invalid value.
    faults: Vec<(String, LoadError)>,
}

impl Config {
    /// Layers `given`, from flags and environment, over the file at `path`. Without a path the file is `veto.toml` in the
    /// working directory, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read or is not TOML; the error names the line. Unknown keys and invalid values are
    /// [`Config::faults`].
    pub fn new(given: Settings, path: Option<&Path>) -> Result<Self, LoadError> {
        let default = Path::new(SETTINGS);
        let path = path.or_else(|| default.exists().then_some(default));
        let Some(path) = path else {
            let settings = given.clone();
            return Ok(Self {
                settings,
                given,
                file: None,
                faults: Vec::new(),
            });
        };
        let file = SourceFile::open(path)?;
        let (mut below, faults): (Settings, _) = file.parse_each_key()?;
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
            faults,
        })
    }

    /// The unknown keys and invalid values of the file, which are left out of the settings.
    pub fn faults(&self) -> impl Iterator<Item = &LoadError> {
        self.faults.iter().map(|(_, fault)| fault)
    }

    /// Whether `key` is one of them, so that it is not set although the file has it.
    fn is_wrong(&self, key: &str) -> bool {
        self.faults.iter().any(|(name, _)| name == key)
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
            Some(folder) => Files::with_folder(folder.clone()).map_err(|fault| {
                if Path::new(&fault.file) == folder {
                    self.error("data", self.given.data.is_some(), fault)
                } else {
                    fault
                }
            }),
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
            _ if self.is_wrong("tls-cert") || self.is_wrong("tls-key") => Ok(None),
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

    /// The setting that names the file in which `fault` is, with the fault.
    pub fn certificate_error(&self, fault: &CertificateError) -> LoadError {
        let (key, is_given) = if fault.is_about_key() {
            ("tls-key", self.given.tls_key.is_some())
        } else {
            ("tls-cert", self.given.tls_cert.is_some())
        };
        self.error(key, is_given, fault)
    }

    /// Validates the settings of the site against `catalog`. Returns the catalog with only the offered languages, and the
    /// settings. `base_url` is used if `address` is not set.
    ///
    /// # Errors
    /// All settings that are wrong: a language or a country does not exist, a footer link or `contact` is not an address.
    pub fn site(&self, catalog: Catalog, base_url: BaseUrl) -> Result<(Catalog, SiteSettings), Vec<LoadError>> {
        let Self { settings, given, .. } = self;
        let notice = settings.notice.clone().unwrap_or_default();
        let footer = settings.footer.clone().unwrap_or_default();
        let mut faults = Vec::new();
        // They may have languages that are not offered.
        for (key, code) in notice
            .keys()
            .map(|code| ("notice", code))
            .chain(footer.keys().map(|code| ("footer", code)))
        {
            if catalog.locale(code).is_none() {
                faults.push(self.error(key, false, format!("there is no language “{code}”")));
            }
        }
        for link in footer.values().flatten() {
            let is_address = ["https://", "http://", "mailto:", "/"]
                .iter()
                .any(|start| link.address.starts_with(start));
            if !is_address {
                let reason = format!(
                    "“{}” is not an address: begin with https://, mailto: or /",
                    link.address
                );
                faults.push(self.error("footer", false, reason));
            }
        }
        if let Some(contact) = settings.contact.as_ref().filter(|contact| !is_email(contact)) {
            let reason = format!("“{contact}” is not an e-mail address such as veto@example.org");
            faults.push(self.error("contact", given.contact.is_some(), reason));
        }
        let country = settings.country.as_ref().and_then(|code| {
            let country = catalog.facts.country(code);
            if country.is_none() {
                let reason = format!("there is no country “{code}”");
                faults.push(self.error("country", given.country.is_some(), reason));
            }
            country
        });
        let catalog = match self.offered(catalog) {
            Ok(catalog) if faults.is_empty() => catalog,
            Ok(_) => return Err(faults),
            Err(others) => {
                faults.extend(others);
                return Err(faults);
            }
        };
        let site = SiteSettings {
            strict_transport: settings.strict_transport(),
            // If no other machine can reach the port: that is decided where it is opened.
            only_localhost: settings.address.is_none(),
            base_url: settings.address.clone().unwrap_or(base_url),
            clock: Clock::System,
            contact: settings.contact.clone(),
            controller: settings.controller.clone(),
            dpo: settings.dpo.clone(),
            keep_hours: settings.keep_hours.unwrap_or(24),
            page_age: settings.page_age(),
            log_requests: settings.log_requests.unwrap_or(false),
            country,
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
        if settings.address.is_none() && !self.is_wrong("address") {
            let reason = "a Unix socket needs `address` too: where visitors reach the web server in front";
            return Err(self.error("listen", given.listen.is_some(), reason));
        }
        Ok(())
    }

    /// Returns the catalog with only the offered languages and the configured fallback.
    fn offered(&self, mut catalog: Catalog) -> Result<Catalog, Vec<LoadError>> {
        let Self { settings, given, .. } = self;
        let error = |key, is_given| move |error: OfferError| self.error(key, is_given, error);
        let mut faults = Vec::new();
        // Before and after the others are left out: where `languages` is wrong, `language` is looked at, too.
        let set_fallback = |catalog: &mut Catalog| {
            let set = settings.language.as_ref().map(|code| catalog.fall_back_to(code));
            set.transpose().map_err(error("language", given.language.is_some()))
        };
        faults.extend(set_fallback(&mut catalog).err());
        if let Some(codes) = &settings.languages {
            match catalog.offer(codes) {
                Ok(offered) => catalog = offered,
                Err(wrong) => {
                    faults.push(error("languages", given.languages.is_some())(wrong));
                    return Err(faults);
                }
            }
            if faults.is_empty() {
                faults.extend(set_fallback(&mut catalog).err());
            }
        }
        if faults.is_empty() { Ok(catalog) } else { Err(faults) }
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
