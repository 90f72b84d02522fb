//! Sends headers and body together: one write, one TLS record, one packet, one wake-up of the receiver.
//!
//! The [secrets](super::secrets) are inserted here.

use std::fmt;
use std::io::ErrorKind;
use std::sync::Arc;

use ureq::http::Uri;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use super::connect::is_api;
use super::error::NotSent;
use super::secrets::Secrets;

/// Holds output back until a response is awaited, or until a buffer is full.
pub(super) struct CoalesceLayer {
    /// Only the API receives the secrets.
    pub(super) api: Uri,
    pub(super) secrets: Arc<Secrets>,
}

impl<In: Transport> Connector<In> for CoalesceLayer {
    type Out = CoalesceTransport<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let secrets = is_api(details.uri, &self.api).then(|| Arc::clone(&self.secrets));
        Ok(chained.map(|inner| CoalesceTransport {
            inner,
            buffered: Vec::new(),
            secrets,
            is_start: true,
            broken: None,
            is_closed: false,
        }))
    }
}

pub(super) struct CoalesceTransport<In> {
    inner: In,
    buffered: Vec<u8>,
    secrets: Option<Arc<Secrets>>,
    /// Whether the next output is the start of a request.
    is_start: bool,
    /// Why the rest of the request cannot be written. The other side may have responded before it closed the connection, as
    /// to a body that is too large.
    broken: Option<ureq::Error>,
    /// Whether it may not be used for another request.
    is_closed: bool,
}

/// Whether a write failed because the other side has closed the connection.
fn is_closed(error: &ureq::Error) -> bool {
    let kinds = [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset, ErrorKind::ConnectionAborted];
    matches!(error, ureq::Error::Io(error) if kinds.contains(&error.kind()))
}

impl<In: Transport> CoalesceTransport<In> {
    /// Sends what is buffered. If the connection is closed, what is left of the request is dropped.
    fn send(&mut self, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let buffered = std::mem::take(&mut self.buffered);
        if self.broken.is_some() {
            return Ok(());
        }
        let mut rest = buffered.as_slice();
        while !rest.is_empty() {
            let output = self.inner.buffers().output();
            let (now, later) = rest.split_at(rest.len().min(output.len()));
            output[..now.len()].copy_from_slice(now);
            match self.inner.transmit_output(now.len(), timeout) {
                Ok(()) => rest = later,
                Err(error) if is_closed(&error) => {
                    self.broken = Some(error);
                    return Ok(());
                }
                // Discord does not act on a request without its end, so a failed write counts as not sent.
                Err(error) => return Err(NotSent::mark(error)),
            }
        }
        self.buffered = buffered;
        self.buffered.clear();
        Ok(())
    }
}

impl<In: Transport> Transport for CoalesceTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        if amount == 0 {
            return Ok(());
        }
        let output = self.inner.buffers().output();
        if let (true, Some(secrets)) = (std::mem::take(&mut self.is_start), &self.secrets) {
            self.buffered = secrets.insert_into(&output[..amount]);
            return Ok(());
        }
        if self.buffered.len() + amount <= output.len() {
            self.buffered.extend_from_slice(&output[..amount]);
            return Ok(());
        }
        // The new output is in the buffer that `send` overwrites.
        let output = output[..amount].to_vec();
        self.send(timeout)?;
        self.buffered = output;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.send(timeout)?;
        self.is_start = true;
        let result = self.inner.await_input(timeout);
        match self.broken.take() {
            Some(_) if matches!(result, Ok(true)) => {
                self.is_closed = true;
                Ok(true)
            }
            Some(error) => Err(NotSent::mark(error)),
            None => result,
        }
    }

    fn is_open(&mut self) -> bool {
        !self.is_closed && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// The buffer contains the token.
impl<In: fmt::Debug> fmt::Debug for CoalesceTransport<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoalesceTransport").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl fmt::Debug for CoalesceLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CoalesceLayer")
    }
}
