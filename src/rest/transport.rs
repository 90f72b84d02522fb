//! The HTTP agent, and TLS for it with the same configuration as the gateway's.
//!
//! ureq's own connector knows either the system's roots or given ones, not both; so its chain is built
//! here (proxy, TCP) with a TLS layer on top that uses the crate's one [`Tls`] configuration.

use std::fmt;
use std::io::{self, Read, Write};

use native_tls::{HandshakeError, TlsStream};
use ureq::Agent;
use ureq::config::Config;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout,
    TcpConnector, Transport, TransportAdapter,
};

use super::Timeouts;
use crate::tls::Tls;

/// Discord's front closes idle connections without a word, and finding that out costs a round trip:
/// better to close them first.
const MAX_IDLE: std::time::Duration = std::time::Duration::from_secs(20);

/// Per connection, allotted when it is first used; ureq's 128 KiB would dwarf the rest of a bot.
const BUFFER: usize = 16 * 1024;

/// What Discord wants to be told; see [user agent](https://docs.discord.com/developers/reference#user-agent).
fn user_agent() -> String {
    let url = match env!("CARGO_PKG_REPOSITORY") {
        "" => "https://github.com/syncord/syncord",
        url => url,
    };
    format!("DiscordBot ({url}, {})", env!("CARGO_PKG_VERSION"))
}

/// An agent that follows no redirect (it would carry the token along) and takes every status as an answer.
pub(super) fn agent(tls: Tls, timeouts: &Timeouts, is_loopback: bool) -> Agent {
    let mut config = Config::builder()
        .user_agent(user_agent())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_age(MAX_IDLE)
        .max_idle_connections(32)
        .max_idle_connections_per_host(16)
        .input_buffer_size(BUFFER)
        .output_buffer_size(BUFFER)
        .timeout_global(Some(timeouts.request))
        .timeout_resolve(Some(timeouts.connect))
        .timeout_connect(Some(timeouts.connect))
        .timeout_send_request(Some(timeouts.answer))
        .timeout_send_body(Some(timeouts.request))
        .timeout_recv_response(Some(timeouts.answer))
        .timeout_recv_body(Some(timeouts.request));
    if is_loopback {
        // A proxy of the environment is not on this machine's loopback.
        config = config.proxy(None);
    }
    let connector =
        ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default()).chain(TlsLayer(tls));
    Agent::with_parts(config.build(), connector, DefaultResolver::default())
}

struct TlsLayer(Tls);

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
        adapter.set_timeout(details.timeout);
        let connector = self.0.connector().map_err(io::Error::other)?;
        let stream = connector.connect(host, Plain { adapter, failed: None }).map_err(|e| match e {
            HandshakeError::Failure(e) => io::Error::other(e),
            HandshakeError::WouldBlock(_) => io::Error::from(io::ErrorKind::TimedOut),
        })?;
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Ok(Some(Either::B(TlsTransport { buffers, stream })))
    }
}

/// The connection under TLS. It keeps the error that the TLS library would replace by its own.
struct Plain {
    adapter: TransportAdapter,
    failed: Option<ureq::Error>,
}

impl Plain {
    fn keep<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|e| {
            let kind = e.kind();
            self.failed = Some(e.into());
            kind.into()
        })
    }
}

impl Read for Plain {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.adapter.read(buffer);
        self.keep(result)
    }
}

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.adapter.write(bytes);
        self.keep(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.adapter.flush();
        self.keep(result)
    }
}

struct TlsTransport {
    buffers: LazyBuffers,
    stream: TlsStream<Plain>,
}

impl TlsTransport {
    /// The result, or the error that lies behind it.
    fn settle<T>(&mut self, result: io::Result<T>) -> Result<T, ureq::Error> {
        match self.stream.get_mut().failed.take() {
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
