//! TLS with the crate's configuration over a connection that ureq has opened.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

use native_tls::{HandshakeError, TlsStream};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport, TransportAdapter,
};

use super::connect::remaining;
use super::error::CertificateError;
use crate::sync::Mutex;
use crate::tls::Tls;

/// Adds TLS to `https` connections.
pub(super) struct TlsLayer(pub(super) Tls);

impl fmt::Debug for TlsLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsLayer")
    }
}

impl<In: Transport> Connector<In> for TlsLayer {
    type Out = Either<In, TlsTransport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(transport) = chained else { return Ok(None) };
        if !details.needs_tls() || transport.is_tls() {
            return Ok(Some(Either::A(transport)));
        }
        let host = details.uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let mut adapter = TransportAdapter::new(transport.boxed(), details.current_time.clone());
        adapter.set_timeout(remaining(details));
        let connector = self.0.connector().map_err(io::Error::other)?;
        let last_error = LastError::default();
        let plain = Plain { adapter, last_error: last_error.clone(), is_encrypted: false };
        let mut stream = connector.connect(host, plain).map_err(|e| match e {
            HandshakeError::Failure(e) => {
                last_error.take().unwrap_or_else(|| ureq::Error::Other(CertificateError(e).into()))
            }
            HandshakeError::WouldBlock(_) => io::Error::from(io::ErrorKind::TimedOut).into(),
        })?;
        stream.get_mut().is_encrypted = true;
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Ok(Some(Either::B(TlsTransport { buffers, stream })))
    }
}

/// The connection below TLS. It keeps its error, which the TLS library would replace.
struct Plain {
    adapter: TransportAdapter,
    last_error: LastError,
    /// Whether the handshake is complete.
    is_encrypted: bool,
}

/// The error of the connection. It outlives the stream, which a failed handshake consumes.
#[derive(Clone, Default)]
struct LastError(Arc<Mutex<Option<ureq::Error>>>);

impl LastError {
    fn take(&self) -> Option<ureq::Error> {
        self.0.lock().take()
    }

    fn keep<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|e| {
            let kind = e.kind();
            *self.0.lock() = Some(e.into());
            kind.into()
        })
    }
}

impl Read for Plain {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = match self.adapter.read(buffer) {
            // The TLS library would report it as a fault of the other side.
            Ok(0) if !self.is_encrypted => Err(io::ErrorKind::UnexpectedEof.into()),
            result => result,
        };
        self.last_error.keep(result)
    }
}

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.adapter.write(bytes);
        self.last_error.keep(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.adapter.flush();
        self.last_error.keep(result)
    }
}

pub(super) struct TlsTransport {
    buffers: LazyBuffers,
    stream: TlsStream<Plain>,
}

impl TlsTransport {
    /// Returns the result, or the error of the connection that caused it.
    fn root_cause<T>(&mut self, result: io::Result<T>) -> Result<T, ureq::Error> {
        match self.stream.get_ref().last_error.take() {
            Some(error) => Err(error),
            None => Ok(result?),
        }
    }
}

impl Transport for TlsTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.get_mut().adapter.set_timeout(timeout);
        let result = self.stream.write_all(&self.buffers.output()[..amount]);
        self.root_cause(result)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.get_mut().adapter.set_timeout(timeout);
        let result = self.stream.read(self.buffers.input_append_buf());
        let amount = self.root_cause(result)?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.get_mut().adapter.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for TlsTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsTransport")
    }
}
