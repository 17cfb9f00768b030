//! TLS certificates for localhost.

use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tokio_rustls::rustls::pki_types::CertificateDer;

use super::folder::Folder;

/// A self-signed certificate and its key, as files, and the certificate itself.
pub struct SelfSigned {
    pub certificate_file: String,
    pub key_file: String,
    pub certificate: CertificateDer<'static>,
}

impl SelfSigned {
    /// Writes `{name}.pem` and `{name}.key`.
    pub fn write(folder: &Folder, name: &str) -> Self {
        let CertifiedKey::<KeyPair> { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate can be made");
        Self {
            certificate_file: folder.write(&format!("{name}.pem"), &cert.pem()),
            key_file: folder.write(&format!("{name}.key"), &signing_key.serialize_pem()),
            certificate: cert.der().clone(),
        }
    }

    /// The settings that make the program use it.
    pub fn arguments(&self) -> [&str; 4] {
        ["--tls-cert", &self.certificate_file, "--tls-key", &self.key_file]
    }
}
