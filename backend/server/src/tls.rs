//! TLS with a certificate of one's own: read from PEM files, checked, and read again when it was renewed. Not where it comes from.

use std::{
    io::ErrorKind,
    net::{IpAddr, TcpStream},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, anyhow, bail, ensure};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, ServerConfig, SignatureScheme,
    StreamOwned,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{
        CertificateDer, DnsName, PrivateKeyDer, ServerName, UnixTime, pem, pem::PemObject,
    },
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use webpki::{EndEntityCert, KeyUsage};

/// How often the files are looked at: a renewed certificate is shown that long after it was written, at the latest.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(5);

/// The files of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// PEM: the server's certificate first, then those between it and the one that browsers know.
    pub certificate: PathBuf,
    /// PEM: the private key of the first.
    pub key: PathBuf,
}

impl Files {
    fn written(&self) -> Written {
        [&self.certificate, &self.key].map(|path| path.metadata().ok()?.modified().ok())
    }
}

/// A certificate with its key, as it is used now.
#[derive(Debug)]
pub struct Certificate {
    files: Files,
    current: RwLock<Current>,
}

#[derive(Debug)]
struct Current {
    key: Arc<CertifiedKey>,
    written: Written,
}

/// When each of the files was written; `None` for one that is not there.
type Written = [Option<SystemTime>; 2];

/// How a certificate stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// Browsers accept it today, as far as time goes.
    Now,
    /// Its first day is to come.
    NotYet,
    /// Its last day is over.
    Over,
}

impl Certificate {
    /// Reads the files.
    ///
    /// # Errors
    /// A sentence that names the file and what is wrong with it.
    pub fn read(files: Files) -> anyhow::Result<Self> {
        // Before the files are read: what is written meanwhile is read again.
        let written = files.written();
        let key = Arc::new(load(&files)?);
        let current = RwLock::new(Current { key, written });
        Ok(Self { files, current })
    }

    /// Reads the files again if they were written since they were read last, and says whether they were: from now on connections get what
    /// is in them. Those that are open keep what they have.
    ///
    /// # Errors
    /// As [`Certificate::read`]; what was read before stays, until the files are written again.
    pub fn renew(&self) -> anyhow::Result<bool> {
        let written = self.files.written();
        if self.with(|current| current.written == written) {
            return Ok(false);
        }
        let read = load(&self.files);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        current.written = written;
        current.key = Arc::new(read?);
        Ok(true)
    }

    /// The host names that it is for; those with a wildcard as they are written.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let current = self.current();
        let Ok(certificate) = end_entity(&current) else {
            return Vec::new();
        };
        certificate.valid_dns_names().map(str::to_owned).collect()
    }

    /// Whether browsers accept it for a host name or an address.
    #[must_use]
    pub fn is_for(&self, host: &str) -> bool {
        let name = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(ip) => ServerName::IpAddress(ip.into()),
            Err(_) => match DnsName::try_from(host) {
                Ok(name) => ServerName::DnsName(name),
                Err(_) => return false,
            },
        };
        let current = self.current();
        end_entity(&current)
            .is_ok_and(|certificate| certificate.verify_is_valid_for_subject_name(&name).is_ok())
    }

    /// Whether its days have come and are not over.
    #[must_use]
    pub fn validity(&self, now: SystemTime) -> Validity {
        let current = self.current();
        let Ok(certificate) = end_entity(&current) else {
            return Validity::Now;
        };
        let now = UnixTime::since_unix_epoch(now.duration_since(UNIX_EPOCH).unwrap_or_default());
        // Who vouches for it is for browsers to know: without anyone to trust, the days are looked at first.
        let verified = certificate.verify_for_usage(
            ring::default_provider()
                .signature_verification_algorithms
                .all,
            &[],
            &[],
            now,
            KeyUsage::server_auth(),
            None,
            None,
        );
        match verified.err() {
            Some(webpki::Error::CertExpired { .. }) => Validity::Over,
            Some(webpki::Error::CertNotValidYet { .. }) => Validity::NotYet,
            _ => Validity::Now,
        }
    }

    fn current(&self) -> Arc<CertifiedKey> {
        self.with(|current| Arc::clone(&current.key))
    }

    fn with<T>(&self, look: impl FnOnce(&Current) -> T) -> T {
        look(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

/// What a server needs to answer with it.
///
/// # Errors
/// The library's protocol versions do not fit its cryptography.
pub fn server_config(certificate: Arc<Certificate>) -> anyhow::Result<ServerConfig> {
    Ok(ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .context("cannot begin with TLS")?
        .with_no_client_auth()
        .with_cert_resolver(certificate))
}

/// A connection to a server on this machine, encrypted but believed: whose certificate it is does not matter to whoever asks the own
/// machine how it is, and the names in it are not those of this machine.
///
/// # Errors
/// The library's protocol versions do not fit its cryptography.
pub fn to_this_machine(
    stream: TcpStream,
) -> anyhow::Result<StreamOwned<ClientConnection, TcpStream>> {
    let address = stream.peer_addr()?.ip();
    ensure!(
        address.is_loopback() || stream.local_addr()?.ip() == address,
        "{address} is another machine"
    );
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .context("cannot begin with TLS")?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Believing(provider())))
        .with_no_client_auth();
    let connection =
        ClientConnection::new(Arc::new(config), ServerName::IpAddress(address.into()))?;
    Ok(StreamOwned::new(connection, stream))
}

/// Takes any certificate whose key the server has.
#[derive(Debug)]
struct Believing(Arc<CryptoProvider>);

impl ServerCertVerifier for Believing {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// The cryptography of all TLS here.
#[must_use]
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// Takes up the certificate whenever it was renewed, and says so. Where it cannot be read, the one before stays.
pub async fn keep_renewed(certificate: Arc<Certificate>) {
    let mut due = tokio::time::interval(LOOKED_AT_EVERY);
    loop {
        due.tick().await;
        match certificate.renew() {
            Ok(false) => {}
            Ok(true) => {
                tracing::info!("the renewed certificate is shown");
                warn(&certificate);
            }
            Err(error) => tracing::error!(
                error = format!("{error:#}"),
                "cannot use the renewed certificate, the one before stays"
            ),
        }
    }
}

/// Says what browsers will not like about it.
pub fn warn(certificate: &Certificate) {
    match certificate.validity(SystemTime::now()) {
        Validity::Now => {}
        Validity::NotYet => tracing::warn!(
            "the certificate is not valid yet and browsers refuse it: look at this machine's clock"
        ),
        Validity::Over => {
            tracing::warn!("the certificate has expired and browsers refuse it: renew it")
        }
    }
}

fn end_entity(key: &CertifiedKey) -> anyhow::Result<EndEntityCert<'_>> {
    let first = key.cert.first().context("no certificate")?;
    EndEntityCert::try_from(first).map_err(|error| anyhow!("{error}"))
}

fn load(files: &Files) -> anyhow::Result<CertifiedKey> {
    let chain = chain(&files.certificate).context("--tls-certificate")?;
    let key = key(&files.key).context("--tls-key")?;
    let signing = ring::default_provider()
        .key_provider
        .load_private_key(key)
        .map_err(|error| {
            anyhow!(
                "--tls-key: {} has a key that cannot be used: {error}",
                files.key.display()
            )
        })?;
    let certified = CertifiedKey::new(chain, signing);
    match certified.keys_match() {
        Ok(()) | Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => {}
        Err(_) => bail!(
            "--tls-key: the key in {} is not that of the first certificate in {}",
            files.key.display(),
            files.certificate.display()
        ),
    }
    Ok(certified)
}

fn chain(path: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    const NONE: &str = "no certificate in PEM form (-----BEGIN CERTIFICATE-----)";
    let chain: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| readable(path, NONE, error))?;
    ensure!(!chain.is_empty(), "{} has {NONE}", path.display());
    let first = EndEntityCert::try_from(&chain[0]);
    first.map_err(|error| {
        anyhow!(
            "{}: the first certificate cannot be read: {error}",
            path.display()
        )
    })?;
    Ok(chain)
}

fn key(path: &Path) -> anyhow::Result<PrivateKeyDer<'static>> {
    const NONE: &str = "no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----): \
        openssl pkey -in ENCRYPTED -out PLAIN takes the passphrase away";
    PrivateKeyDer::from_pem_file(path).map_err(|error| readable(path, NONE, error))
}

fn readable(path: &Path, what: &str, error: pem::Error) -> anyhow::Error {
    let path = path.display();
    match error {
        pem::Error::Io(error) if error.kind() == ErrorKind::PermissionDenied => {
            anyhow!("cannot read {path}: let the user who runs this server read it ({error})")
        }
        pem::Error::Io(error) => anyhow!("cannot read {path}: {error}"),
        pem::Error::NoItemsFound => anyhow!("{path} has {what}"),
        other => anyhow!("{path} is no PEM file: {other}"),
    }
}

#[cfg(test)]
#[path = "tls_tests.rs"]
mod tests;
