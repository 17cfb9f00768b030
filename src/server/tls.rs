//! The certificate for https, from files.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use veto_content::files::read_regular;

/// The ALPN name of HTTP/2 (RFC 9113).
pub const HTTP_2: &[u8] = b"h2";
const HTTP_1_1: &[u8] = b"http/1.1";

/// Why the certificate cannot be used, in one line.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read, or holds no PEM block of the expected kind.
    #[error("{0}: {1}")]
    File(String, PemError),
    /// The certificate file holds no certificate.
    #[error("{0}: there is no certificate in it")]
    Empty(String),
    /// The key does not match the certificate, or its type is not supported.
    #[error("{0} and {1} do not fit together: {2}")]
    Mismatch(String, String, tokio_rustls::rustls::Error),
}

/// Reads the certificate chain (own certificate first) and the private key, both PEM.
///
/// # Errors
/// When a file cannot be read, or the two do not match.
pub fn load(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, CertificateError> {
    let name = |path: &Path| path.display().to_string();
    let cannot = |path: &Path| {
        let name = name(path);
        move |error| CertificateError::File(name, error)
    };
    let read = |path: &Path| read_regular(path).map_err(PemError::Io).map_err(cannot(path));
    let (certificates, secret) = (read(certificate)?, read(key)?);
    let chain = CertificateDer::pem_slice_iter(&certificates);
    let chain = chain.collect::<Result<Vec<_>, _>>().map_err(cannot(certificate))?;
    if chain.is_empty() {
        return Err(CertificateError::Empty(name(certificate)));
    }
    let secret = PrivateKeyDer::from_pem_slice(&secret).map_err(cannot(key))?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| CertificateError::Mismatch(name(certificate), name(key), error))?;
    config.alpn_protocols = vec![HTTP_2.to_vec(), HTTP_1_1.to_vec()];
    Ok(Arc::new(config))
}
