//! What went wrong on the way, as far as it decides whether a request may be sent again.

use std::error::Error as StdError;
use std::fmt;

use ureq::Timeout;
use ureq::unversioned::transport::{ConnectionDetails, Connector};

/// A failure before the other side had the whole request, so that it cannot have acted on it.
#[derive(Debug)]
pub(in crate::rest) struct Unsent(pub(in crate::rest) ureq::Error);

impl Unsent {
    pub(super) fn mark(error: ureq::Error) -> ureq::Error {
        ureq::Error::Other(Unsent(error).into())
    }

    /// Whether the other side could not prove who it is.
    pub(in crate::rest) fn is_distrust(&self) -> bool {
        matches!(&self.0, ureq::Error::Other(error) if error.is::<Distrusted>())
    }
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Unsent {}

/// TLS failed although the connection held: a certificate that is not trusted, most of all.
#[derive(Debug)]
pub(super) struct Distrusted(pub(super) native_tls::Error);

impl fmt::Display for Distrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Distrusted {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// Whatever fails while connecting, nothing was sent.
#[derive(Debug)]
pub(super) struct Connecting<C>(pub(super) C);

impl<C: Connector> Connector for Connecting<C> {
    type Out = C::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.0.connect(details, chained).map_err(|error| {
            Unsent::mark(match error {
                // Whichever time is over, it was spent on this.
                ureq::Error::Timeout(_) => ureq::Error::Timeout(Timeout::Connect),
                error => error,
            })
        })
    }
}
