//! The certificate for https, from files.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use veto_content::files::{one_line, read_regular};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer as _;

/// The ALPN name of HTTP/2 (RFC 9113).
pub const HTTP_2: &[u8] = b"h2";
const HTTP_1_1: &[u8] = b"http/1.1";

/// Why the certificate cannot be used, in one line.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The file of the certificate cannot be read, or is not PEM.
    #[error("{0}: {1}")]
    Certificate(String, PemError),
    /// The file of the key cannot be read, or holds no private key.
    #[error("{0}: {1}")]
    Key(String, PemError),
    /// The certificate file holds no certificate.
    #[error("{0}: there is no certificate in it")]
    Empty(String),
    /// The key does not match the certificate, or its type is not supported.
    #[error("{0} and {1} do not fit together: {2}")]
    Mismatch(String, String, tokio_rustls::rustls::Error),
    /// The certificate is not an X.509 certificate.
    #[error("{0}: its first certificate cannot be read: {1}")]
    Unreadable(String, String),
}

impl CertificateError {
    /// Whether it is about the file of the key, and not that of the certificate.
    pub fn is_about_key(&self) -> bool {
        matches!(self, Self::Key(..))
    }
}

/// A certificate with its key, and what the operator should know about it.
#[derive(Clone)]
pub struct Certificate {
    /// The configuration for connections.
    pub config: Arc<ServerConfig>,
    /// The DNS names and IP addresses for which it is valid.
    pub names: Vec<String>,
    /// When it ends, in seconds since the Unix epoch.
    pub end: i64,
    /// Whether every user of this machine may read the file of the key.
    pub is_key_public: bool,
    /// The state of both files before they were read.
    pub stamps: FileStamps,
}

/// When the files of certificate and key were last written, and their length: another value after a renewal.
#[derive(Clone, PartialEq)]
pub struct FileStamps([Option<FileStamp>; 2]);

#[allow(
    clippy::disallowed_types,
    reason = "two such times are compared, and nothing depends on the present"
)]
type FileStamp = (std::time::SystemTime, u64);

impl FileStamps {
    /// The present state of the files. Blocks as long as the file system does.
    pub fn of(certificate: &Path, key: &Path) -> Self {
        Self([certificate, key].map(|file| {
            let metadata = file.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        }))
    }
}

/// Reads the certificate chain (own certificate first) and the private key, both PEM.
///
/// # Errors
/// When a file cannot be read, or the two do not match. If both cannot be read, there is an error for each.
pub fn load(certificate: &Path, key: &Path) -> Result<Certificate, Vec<CertificateError>> {
    let name = |path: &Path| one_line(path.display().to_string());
    let stamps = FileStamps::of(certificate, key);
    let (chain, secret) = match (read_chain(certificate), read_key(key)) {
        (Ok(chain), Ok(secret)) => (chain, secret),
        (chain, secret) => {
            let of_chain = chain
                .err()
                .map(|error| CertificateError::Certificate(name(certificate), error));
            let of_key = secret.err().map(|error| CertificateError::Key(name(key), error));
            return Err(of_chain.into_iter().chain(of_key).collect());
        }
    };
    let own = chain
        .first()
        .ok_or_else(|| vec![CertificateError::Empty(name(certificate))])?;
    let (names, end) =
        names_and_end(own).map_err(|error| vec![CertificateError::Unreadable(name(certificate), error)])?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| vec![CertificateError::Mismatch(name(certificate), name(key), error)])?;
    config.alpn_protocols = vec![HTTP_2.to_vec(), HTTP_1_1.to_vec()];
    Ok(Certificate {
        config: Arc::new(config),
        names,
        end,
        is_key_public: is_public(key),
        stamps,
    })
}

fn read_chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, PemError> {
    let bytes = read_regular(file).map_err(PemError::Io)?;
    CertificateDer::pem_slice_iter(&bytes).collect()
}

fn read_key(file: &Path) -> Result<PrivateKeyDer<'static>, PemError> {
    let bytes = read_regular(file).map_err(PemError::Io)?;
    PrivateKeyDer::from_pem_slice(&bytes)
}

/// The names for which a certificate is valid, and when it ends.
fn names_and_end(certificate: &CertificateDer) -> Result<(Vec<String>, i64), String> {
    let (_, certificate) = X509Certificate::from_der(certificate).map_err(|error| error.to_string())?;
    let names = certificate
        .subject_alternative_name()
        .map_err(|error| error.to_string())?;
    let names = names.map(|extension| extension.value.general_names.as_slice());
    let names = names.unwrap_or_default().iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => address(bytes).map(|address| address.to_string()),
        _ => None,
    });
    Ok((names.collect(), certificate.validity().not_after.timestamp()))
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    four.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

#[cfg(unix)]
fn is_public(key: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    key.metadata().is_ok_and(|metadata| metadata.mode() & 0o004 != 0)
}

/// Other systems keep these rights in lists that are not read here.
#[cfg(not(unix))]
fn is_public(_: &Path) -> bool {
    false
}
