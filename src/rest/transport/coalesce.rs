//! Headers and body leave together: one write, one TLS record, one packet, one wake-up at the other end.
//!
//! The [secrets](super::secrets) are put in here.

use std::fmt;
use std::sync::Arc;

use ureq::http::Uri;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use super::error::Unsent;
use super::secrets::Secrets;

/// Holds output back until an answer is waited for, or until there is a buffer full of it.
pub(super) struct GatherLayer {
    /// The API, and nobody else, gets the secrets.
    pub(super) api: Uri,
    pub(super) secrets: Arc<Secrets>,
}

impl<In: Transport> Connector<In> for GatherLayer {
    type Out = GatherTransport<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        // A proxy is connected to in the same way, and what it is asked is not for the API.
        let is_api =
            details.uri.scheme() == self.api.scheme() && details.uri.authority() == self.api.authority();
        let secrets = is_api.then(|| Arc::clone(&self.secrets));
        Ok(chained.map(|inner| GatherTransport { inner, gathered: Vec::new(), secrets, begins: true }))
    }
}

pub(super) struct GatherTransport<In> {
    inner: In,
    gathered: Vec<u8>,
    secrets: Option<Arc<Secrets>>,
    /// Whether the next output is the beginning of a request.
    begins: bool,
}

impl<In: Transport> GatherTransport<In> {
    fn send(&mut self, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let gathered = std::mem::take(&mut self.gathered);
        let mut rest = gathered.as_slice();
        while !rest.is_empty() {
            let output = self.inner.buffers().output();
            let (now, later) = rest.split_at(rest.len().min(output.len()));
            output[..now.len()].copy_from_slice(now);
            // Without its end Discord does not act on a request.
            self.inner.transmit_output(now.len(), timeout).map_err(Unsent::mark)?;
            rest = later;
        }
        self.gathered = gathered;
        self.gathered.clear();
        Ok(())
    }
}

impl<In: Transport> Transport for GatherTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        if amount == 0 {
            return Ok(());
        }
        let output = self.inner.buffers().output();
        if let (true, Some(secrets)) = (std::mem::take(&mut self.begins), &self.secrets) {
            self.gathered = secrets.reveal(&output[..amount]);
            return Ok(());
        }
        if self.gathered.len() + amount <= output.len() {
            self.gathered.extend_from_slice(&output[..amount]);
            return Ok(());
        }
        // The new output stands where the gathered has to go.
        let output = output[..amount].to_vec();
        self.send(timeout)?;
        self.gathered = output;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.send(timeout)?;
        self.begins = true;
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// What is gathered holds the token.
impl<In: fmt::Debug> fmt::Debug for GatherTransport<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatherTransport").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl fmt::Debug for GatherLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GatherLayer")
    }
}
