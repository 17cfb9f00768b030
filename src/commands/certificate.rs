//! The certificate while the program runs: notices a renewal of its files, and warns before it ends.

use std::future::pending;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;
use veto::config::Config;
use veto::server::{Certificate, FileStamps};
use veto::web;
use veto_content::files::one_line;

use super::Failure;

/// How often the files and the days left are looked at.
const INTERVAL: Duration = Duration::from_secs(5);
/// The days left at which the log warns, in ascending order.
const WARNINGS: [i64; 5] = [-1, 0, 1, 7, 30];
const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// Looks at the certificate on a thread of its own, so that a file system that does not respond holds up nothing else.
pub struct CertificateWatch {
    watched: Arc<Mutex<Option<Watched>>>,
    changes: mpsc::Receiver<()>,
}

/// The certificate in use.
#[derive(Clone)]
struct Watched {
    certificate: PathBuf,
    key: PathBuf,
    stamps: FileStamps,
    end: i64,
    /// The last of [`WARNINGS`] that was logged.
    warned: Option<i64>,
}

impl CertificateWatch {
    /// Starts the thread. It ends with the watch.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn new() -> Result<Self, Failure> {
        let watched: Arc<Mutex<Option<Watched>>> = Arc::default();
        let (sender, changes) = mpsc::channel(1);
        let shared = Arc::clone(&watched);
        let look = move || {
            while !sender.is_closed() {
                thread::sleep(INTERVAL);
                if look(&shared) {
                    // A change that waits to be read stands for this one too.
                    _ = sender.try_send(());
                }
            }
        };
        thread::Builder::new().spawn(look).map_err(Failure::input)?;
        Ok(Self { watched, changes })
    }

    /// Sets the certificate that was loaded by `config`; logs its names, its end, and who may read its key.
    pub fn set(&self, config: &Config, certificate: Option<&Certificate>) {
        let files = config.certificate().ok().flatten();
        let mut watched = files.zip(certificate).map(|((file, key), certificate)| Watched {
            certificate: file.to_owned(),
            key: key.to_owned(),
            stamps: certificate.stamps.clone(),
            end: certificate.end,
            warned: None,
        });
        if let Some(certificate) = certificate {
            tracing::info!("{}", describe(certificate));
            if certificate.is_key_public {
                tracing::warn!("{PUBLIC_KEY}");
            }
        }
        if let Some(watched) = &mut watched {
            watched.warn();
        }
        *self.watched.lock().unwrap_or_else(PoisonError::into_inner) = watched;
    }

    /// Resolves when a file has changed since the certificate was loaded. Never, if the thread has ended because of a fault of
    /// the program.
    pub async fn changed(&mut self) {
        if self.changes.recv().await.is_none() {
            pending::<()>().await;
        }
    }
}

/// Warns if it is time, and returns whether a file has changed.
fn look(shared: &Mutex<Option<Watched>>) -> bool {
    let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(mut watched) = lock().clone() else {
        return false;
    };
    // Not under the lock: reading the file system may take long.
    let stamps = FileStamps::of(&watched.certificate, &watched.key);
    watched.warn();
    let mut current = lock();
    // A reload in the meantime has set another one.
    let Some(current) = current.as_mut().filter(|current| current.stamps == watched.stamps) else {
        return false;
    };
    let is_changed = stamps != current.stamps;
    *current = Watched { stamps, ..watched };
    is_changed
}

impl Watched {
    /// Logs a warning when the days left reach the next of [`WARNINGS`].
    fn warn(&mut self) {
        let Some(days) = days_left(self.end) else {
            return;
        };
        if !self.is_due(days) {
            return;
        }
        let file = one_line(self.certificate.display().to_string());
        if days < 0 {
            tracing::error!("{file}: the certificate has ended, browsers refuse this site");
        } else {
            tracing::warn!(days, "{file}: the certificate ends soon");
        }
    }

    /// Whether `days` have reached the next of [`WARNINGS`] since the last call.
    fn is_due(&mut self, days: i64) -> bool {
        let next = WARNINGS.into_iter().find(|limit| days <= *limit);
        let is_due = next.is_some() && next != self.warned;
        self.warned = next;
        is_due
    }
}

/// That others may read the key, for the operator.
pub const PUBLIC_KEY: &str = "every user of this machine may read the private key of the certificate";

/// The names of a certificate and its end, for the operator.
pub fn describe(certificate: &Certificate) -> String {
    let names = one_line(certificate.names.join(", "));
    let end = u64::try_from(certificate.end).ok().and_then(web::timestamp);
    let end = end.unwrap_or_else(|| "an unknown time".to_owned());
    match days_left(certificate.end) {
        Some(days) => format!("the certificate is for {names}, until {end} ({days} days)"),
        None => format!("the certificate is for {names}, until {end}"),
    }
}

/// The whole days until `end`, negative after it; `None` if the clock is not set.
fn days_left(end: i64) -> Option<i64> {
    let now = i64::try_from(web::unix_time()?).ok()?;
    Some((end - now).div_euclid(SECONDS_PER_DAY))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_log_warns_once_at_each_step_and_once_after_the_end() {
        let mut watched = Watched {
            certificate: PathBuf::new(),
            key: PathBuf::new(),
            stamps: FileStamps::of(Path::new(""), Path::new("")),
            end: 0,
            warned: None,
        };
        let warned = (-40..=40).rev().filter(|days| watched.is_due(*days));
        assert_eq!(warned.collect::<Vec<_>>(), [30, 7, 1, 0, -1]);
    }
}
