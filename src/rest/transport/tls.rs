//! TLS with the crate's one configuration, over whatever connection ureq has made.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

use native_tls::{HandshakeError, TlsStream};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport, TransportAdapter,
};

use super::connect::remaining;
use super::error::Distrusted;
use crate::sync::Mutex;
use crate::tls::Tls;

/// Puts TLS on connections that ask for it.
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
        let failed = Failed::default();
        let plain = Plain { adapter, failed: failed.clone(), is_secret: false };
        let mut stream = connector.connect(host, plain).map_err(|e| match e {
            HandshakeError::Failure(e) => {
                failed.take().unwrap_or_else(|| ureq::Error::Other(Distrusted(e).into()))
            }
            HandshakeError::WouldBlock(_) => io::Error::from(io::ErrorKind::TimedOut).into(),
        })?;
        stream.get_mut().is_secret = true;
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Ok(Some(Either::B(TlsTransport { buffers, stream })))
    }
}

/// The connection under TLS. It keeps the error that the TLS library would replace by its own.
struct Plain {
    adapter: TransportAdapter,
    failed: Failed,
    /// The handshake is over.
    is_secret: bool,
}

/// Outlives the stream, which a failed handshake consumes.
#[derive(Clone, Default)]
struct Failed(Arc<Mutex<Option<ureq::Error>>>);

impl Failed {
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
            // To the TLS library it would look like a fault of the other side's.
            Ok(0) if !self.is_secret => Err(io::ErrorKind::UnexpectedEof.into()),
            result => result,
        };
        self.failed.keep(result)
    }
}

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.adapter.write(bytes);
        self.failed.keep(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.adapter.flush();
        self.failed.keep(result)
    }
}

pub(super) struct TlsTransport {
    buffers: LazyBuffers,
    stream: TlsStream<Plain>,
}

impl TlsTransport {
    /// The result, or the error that lies behind it.
    fn settle<T>(&mut self, result: io::Result<T>) -> Result<T, ureq::Error> {
        match self.stream.get_ref().failed.take() {
            Some(behind) => Err(behind),
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
        self.settle(result)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.get_mut().adapter.set_timeout(timeout);
        let result = self.stream.read(self.buffers.input_append_buf());
        let amount = self.settle(result)?;
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
