//! TLS, one configuration for the gateway and for REST.

use std::fmt;
use std::sync::{Arc, OnceLock};

use native_tls::{Certificate, Protocol, TlsConnector};

use crate::error::Error;

/// Which certificate authorities are trusted: those of the system, and any you add.
///
/// Certificates and host names are always verified; nothing switches that off. Clones share one
/// reading of the system's authorities.
#[derive(Clone, Default)]
pub struct Tls {
    roots: Vec<Certificate>,
    connector: Arc<OnceLock<TlsConnector>>,
}

impl Tls {
    /// Trusts the system's authorities.
    pub fn new() -> Tls {
        Tls::default()
    }

    /// Trusts one more authority, say that of a company proxy, given as PEM (which may hold several) or DER.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when no certificate can be read from it.
    pub fn with_root(mut self, pem_or_der: &[u8]) -> Result<Tls, Error> {
        let read = if pem_or_der.windows(PEM_HEAD.len()).any(|w| w == PEM_HEAD) {
            Certificate::stack_from_pem(pem_or_der)
        } else {
            Certificate::from_der(pem_or_der).map(|root| vec![root])
        };
        let roots = read.map_err(|e| {
            Error::setup(format!("the extra root certificate can be read neither as PEM nor as DER: {e}"))
        })?;
        if roots.is_empty() {
            return Err(Error::setup("the extra root certificate's PEM holds no certificate"));
        }
        self.roots.extend(roots);
        self.connector = Arc::default();
        Ok(self)
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
    fn a_root_is_read_as_pem_and_as_der() {
        let der = native_tls::Certificate::from_pem(CA).unwrap().to_der().unwrap();
        let tls = Tls::new().with_root(CA).unwrap().with_root(&der).unwrap();
        assert_eq!(format!("{tls:?}"), "Tls { extra_roots: 2 }");
        assert!(tls.connector().is_ok());
    }

    #[test]
    fn every_certificate_of_a_pem_is_taken() {
        let tls = Tls::new().with_root(&[CA, ELSEWHERE].concat()).unwrap();
        assert_eq!(tls.roots.len(), 2);
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        for text in
            ["", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
        {
            let problem = Tls::new().with_root(text.as_bytes()).unwrap_err().to_string();
            assert!(problem.contains("root certificate"), "{text:?}: {problem}");
        }
    }

    #[test]
    fn a_new_root_is_not_hidden_by_an_older_connector() {
        let plain = Tls::new();
        plain.connector().unwrap();
        let extended = plain.clone().with_root(CA).unwrap();
        assert!(plain.connector.get().is_some());
        assert!(extended.connector.get().is_none());
    }
}
