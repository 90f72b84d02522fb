//! Errors of the transport that decide whether a request may be sent again.

use std::error::Error as StdError;
use std::fmt;

use ureq::Timeout;
use ureq::unversioned::transport::{ConnectionDetails, Connector};

/// A failure before the other side received the whole request, so that it cannot have acted on it.
#[derive(Debug)]
pub(in crate::rest) struct NotSent(pub(in crate::rest) ureq::Error);

impl NotSent {
    pub(super) fn mark(error: ureq::Error) -> ureq::Error {
        ureq::Error::Other(NotSent(error).into())
    }

    /// Whether the certificate of the other side is not trusted.
    pub(in crate::rest) fn is_certificate_error(&self) -> bool {
        matches!(&self.0, ureq::Error::Other(error) if error.is::<CertificateError>())
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for NotSent {}

/// TLS failed although the connection held, most likely because the certificate is not trusted.
#[derive(Debug)]
pub(super) struct CertificateError(pub(super) native_tls::Error);

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for CertificateError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// Whether the source of a network error is a certificate that is not trusted.
pub(in crate::rest) fn is_certificate_error(source: &(dyn StdError + 'static)) -> bool {
    source.is::<CertificateError>()
}

/// Whether the source of a network error is a proxy that opened no tunnel.
pub(in crate::rest) fn is_proxy_error(source: &(dyn StdError + 'static)) -> bool {
    matches!(source.downcast_ref(), Some(ureq::Error::ConnectProxyFailed(_)))
}

/// Marks all errors while connecting as not sent.
#[derive(Debug)]
pub(super) struct MarkNotSent<C>(pub(super) C);

impl<C: Connector> Connector for MarkNotSent<C> {
    type Out = C::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.0.connect(details, chained).map_err(|error| {
            NotSent::mark(match error {
                // Whichever timeout expired, connecting took the time.
                ureq::Error::Timeout(_) => ureq::Error::Timeout(Timeout::Connect),
                error => error,
            })
        })
    }
}
