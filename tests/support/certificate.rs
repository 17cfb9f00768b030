//! TLS certificates for this machine.

use std::time::{Duration, UNIX_EPOCH};

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use tokio_rustls::rustls::pki_types::CertificateDer;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::folder::Folder;

/// The names of a certificate.
pub const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A self-signed certificate and its key, as files, and the certificate itself.
pub struct SelfSigned {
    pub certificate_file: String,
    pub key_file: String,
    pub certificate: CertificateDer<'static>,
    /// When it ends, in seconds since the Unix epoch.
    pub end: i64,
}

impl SelfSigned {
    /// Writes `{name}.pem` and `{name}.key`.
    pub fn write(folder: &Folder, name: &str) -> Self {
        Self::write_with(folder, name, |_| {})
    }

    /// Like [`SelfSigned::write`]; the certificate ends in `days` days and twelve hours, negative if it has ended.
    #[allow(clippy::disallowed_types, reason = "what the program says depends on the present")]
    pub fn write_for_days(folder: &Folder, name: &str, days: i64) -> Self {
        let now = std::time::SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("the clock is set")
            .as_secs();
        let hours = now.cast_signed() / 3_600 + days * 24 + 12;
        Self::write_with(folder, name, |certificate| {
            certificate.not_after = date_time_ymd(1970, 1, 1) + Duration::from_secs(hours.cast_unsigned() * 3_600);
        })
    }

    /// Like [`SelfSigned::write`]; `prepare` changes the certificate before it is signed.
    pub fn write_with(folder: &Folder, name: &str, prepare: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut certificate = CertificateParams::new(NAMES.map(str::to_owned)).expect("the names are valid");
        prepare(&mut certificate);
        let end = certificate.not_after.unix_timestamp();
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = certificate.self_signed(&key).expect("a certificate can be made");
        Self {
            certificate_file: folder.write(&format!("{name}.pem"), &certificate.pem()),
            key_file: folder.write(&format!("{name}.key"), &key.serialize_pem()),
            certificate: certificate.der().clone(),
            end,
        }
    }

    /// The settings that make the program use it.
    pub fn arguments(&self) -> [&str; 4] {
        ["--tls-cert", &self.certificate_file, "--tls-key", &self.key_file]
    }

    /// A client that trusts this certificate and no other.
    pub fn client(&self) -> Agent {
        let roots = RootCerts::new_with_certs(&[Certificate::from_der(&self.certificate).to_owned()]);
        let tls = TlsConfig::builder().root_certs(roots).build();
        Agent::config_builder().tls_config(tls).build().into()
    }
}
