//! The TLS configuration of gateway and REST.

use std::fmt;
use std::sync::{Arc, OnceLock};

use native_tls::{Certificate, Protocol, TlsConnector};

use crate::error::Error;

/// The trusted certificate authorities: those of the system, and any that you add.
///
/// Certificates and host names are always verified. This cannot be turned off. Clones share one connector, so the
/// system's authorities are loaded only once.
#[derive(Clone, Default)]
pub struct Tls {
    roots: Vec<Certificate>,
    connector: Arc<OnceLock<TlsConnector>>,
}

impl Tls {
    /// Creates a configuration that trusts the system's authorities.
    pub fn new() -> Tls {
        Tls::default()
    }

    /// Also trusts the given authorities, such as that of a company proxy. PEM may contain several certificates, DER
    /// contains one.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if the data contains no valid certificate.
    pub fn with_root(mut self, pem_or_der: &[u8]) -> Result<Tls, Error> {
        let read = if pem_or_der.windows(PEM_HEAD.len()).any(|w| w == PEM_HEAD) {
            Certificate::stack_from_pem(pem_or_der)
        } else {
            Certificate::from_der(pem_or_der).map(|root| vec![root])
        };
        let roots = read.map_err(|e| {
            Error::setup(format!("the extra root certificate is neither valid PEM nor valid DER: {e}"))
        })?;
        if roots.is_empty() {
            return Err(Error::setup("the PEM of the extra root certificate contains no certificate"));
        }
        self.roots.extend(roots);
        self.connector = Arc::default();
        Ok(self)
    }

    /// The number of authorities that were added to those of the system.
    pub(crate) fn added_roots(&self) -> usize {
        self.roots.len()
    }

    /// Loads the authorities if this address has TLS. Threads that connect at the same time would each load them.
    pub(crate) fn prepare(&self, url: &str) {
        if url.starts_with("wss:") {
            // A thread that connects tries again, and reports the error.
            let _ = self.connector();
        }
    }

    pub(crate) fn connector(&self) -> Result<TlsConnector, native_tls::Error> {
        if let Some(connector) = self.connector.get() {
            return Ok(connector.clone());
        }
        let mut builder = TlsConnector::builder();
        builder.min_protocol_version(Some(Protocol::Tlsv12));
        for root in &self.roots {
            builder.add_root_certificate(root.clone());
        }
        let connector = builder.build()?;
        Ok(self.connector.get_or_init(|| connector).clone())
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("extra_roots", &self.roots.len()).finish()
    }
}

const PEM_HEAD: &[u8] = b"-----BEGIN ";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Tls;

    const CA: &[u8] = include_bytes!("../tests/tls/ca.pem");
    const ELSEWHERE: &[u8] = include_bytes!("../tests/tls/elsewhere.pem");

    #[test]
    fn roots_are_accepted_as_pem_and_as_der() {
        let der = native_tls::Certificate::from_pem(CA).unwrap().to_der().unwrap();
        let tls = Tls::new().with_root(CA).unwrap().with_root(&der).unwrap();
        assert_eq!(format!("{tls:?}"), "Tls { extra_roots: 2 }");
        assert!(tls.connector().is_ok());
    }

    #[test]
    fn every_certificate_of_a_pem_is_added() {
        let tls = Tls::new().with_root(&[CA, ELSEWHERE].concat()).unwrap();
        assert_eq!(tls.roots.len(), 2);
    }

    #[test]
    fn invalid_certificates_are_rejected() {
        for text in
            ["", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
        {
            let error = Tls::new().with_root(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("root certificate"), "{text:?}: {error}");
        }
    }

    #[test]
    fn the_authorities_are_loaded_before_many_threads_connect_but_not_for_an_address_without_tls() {
        let tls = Tls::new();
        tls.prepare("ws://127.0.0.1:1");
        assert!(tls.connector.get().is_none());
        tls.clone().prepare("wss://gateway.discord.gg");
        assert!(tls.connector.get().is_some());
    }

    #[test]
    fn with_root_does_not_reuse_the_connector_without_that_root() {
        let plain = Tls::new();
        plain.connector().unwrap();
        let extended = plain.clone().with_root(CA).unwrap();
        assert!(plain.connector.get().is_some());
        assert!(extended.connector.get().is_none());
    }
}
