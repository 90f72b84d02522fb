//! Opens a websocket: name lookup, TCP, TLS and websocket handshake, each with a deadline.

use std::net::IpAddr;
use std::time::Instant;

use tungstenite::HandshakeError;
use tungstenite::client::IntoClientRequest;
use tungstenite::http::header::USER_AGENT;
use tungstenite::http::{HeaderValue, Uri};
use tungstenite::protocol::{Role, WebSocket, WebSocketConfig};

use super::config::SocketConfig;
use super::error::{OpenError, Stage, explain_handshake};
use super::stream::{DeadlineStream, Stream};
use super::tcp::{self, TIMED_OUT, after};
use super::tunnel;
use crate::user_agent::user_agent;

pub(super) fn open(url: &str, config: &SocketConfig) -> Result<WebSocket<Stream>, OpenError> {
    let target = Target::parse(url, config.allow_plaintext)?;
    let tcp = target.connect(config)?;
    let stream = target.start_tls(tcp, config)?;
    target.handshake(stream, config)
}

/// Checks an address without connecting to it.
pub(crate) fn check(url: &str, allow_plaintext: bool) -> Result<(), OpenError> {
    Target::parse(url, allow_plaintext).map(drop)
}

/// Where to connect to, parsed from a URL.
#[derive(Debug)]
struct Target {
    request: String,
    tls: bool,
    /// Without the brackets of an IPv6 address.
    host: String,
    port: u16,
    loopback_only: bool,
}

impl Target {
    fn parse(url: &str, allow_plaintext: bool) -> Result<Target, OpenError> {
        // The error shows neither the query, nor anything of a text that is not a URL.
        let invalid =
            |peer: &str, problem: String| OpenError { stage: Stage::Address, peer: peer.to_owned(), problem };
        let uri: Uri = url.parse().map_err(|e| invalid("given", format!("{e}")))?;
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            return Err(invalid("given", "it has no host".into()));
        }
        let tls = match uri.scheme_str() {
            Some(scheme) if scheme.eq_ignore_ascii_case("wss") => true,
            Some(scheme) if scheme.eq_ignore_ascii_case("ws") => false,
            _ => return Err(invalid(&host, "it does not begin with wss://".into())),
        };
        let authority = uri.authority().map_or("", |a| a.as_str());
        if authority.contains('@') {
            return Err(invalid(&host, "it has a user name, which no gateway takes".into()));
        }
        // What follows the host is a port, or nothing.
        if uri.port_u16().is_none() && authority.len() > uri.host().map_or(0, str::len) {
            return Err(invalid(&host, "it has no valid port".into()));
        }
        let loopback_only = !tls && !allow_plaintext;
        if loopback_only && !is_loopback(&host) {
            return Err(invalid(
                &host,
                "ws:// would send the token unencrypted over the network: use wss://, or permit it with allow_plaintext"
                    .into(),
            ));
        }
        let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
        // A URL may have a query without a path, but a request line may not.
        let path = uri.path_and_query().map_or("/", |p| p.as_str());
        let slash = if path.starts_with('/') { "" } else { "/" };
        let scheme = if tls { "wss" } else { "ws" };
        let request = format!("{scheme}://{authority}{slash}{path}");
        Ok(Target { request, tls, host, port, loopback_only })
    }

    /// Connects, through a proxy if there is one for this host.
    fn connect(&self, config: &SocketConfig) -> Result<DeadlineStream, OpenError> {
        let proxy = config.proxy.for_host(&self.host, is_loopback(&self.host));
        let Some(proxy) = proxy.map_err(|problem| self.error(Stage::Proxy, problem))? else {
            let tcp = tcp::connect(&self.host, self.port, self.loopback_only, config.connect_timeout);
            let tcp = tcp.map_err(|(stage, problem)| self.error(stage, problem))?;
            return Ok(DeadlineStream::new(tcp));
        };
        let failed = |problem: String| self.error(Stage::Proxy, format!("{}: {problem}", proxy.address()));
        let tcp = tcp::connect(proxy.host(), proxy.port(), false, config.connect_timeout);
        let mut tcp = DeadlineStream::new(tcp.map_err(|(_, problem)| failed(problem))?);
        tcp.block_until(after(config.handshake_timeout));
        tunnel::open(&mut tcp, &self.address(), proxy.credentials().as_deref()).map_err(failed)?;
        Ok(tcp)
    }

    fn start_tls(&self, mut tcp: DeadlineStream, config: &SocketConfig) -> Result<Stream, OpenError> {
        if !self.tls {
            return Ok(Stream::plain(tcp));
        }
        let failed = |problem: String| self.error(Stage::Tls, problem);
        let connector = config.tls.connector().map_err(|e| failed(e.to_string()))?;
        let deadline = after(config.handshake_timeout);
        tcp.block_until(deadline);
        let mut progress = connector.connect(&self.host, tcp);
        loop {
            progress = match progress {
                Ok(tls) => return Ok(Stream::tls(tls)),
                Err(native_tls::HandshakeError::Failure(e)) => return Err(failed(e.to_string())),
                Err(native_tls::HandshakeError::WouldBlock(_)) if Instant::now() >= deadline => {
                    return Err(failed(TIMED_OUT.into()));
                }
                Err(native_tls::HandshakeError::WouldBlock(unfinished)) => unfinished.handshake(),
            }
        }
    }

    fn handshake(&self, mut stream: Stream, config: &SocketConfig) -> Result<WebSocket<Stream>, OpenError> {
        let mut request = self
            .request
            .as_str()
            .into_client_request()
            .map_err(|e| self.error(Stage::Address, explain_handshake(e)))?;
        let agent = HeaderValue::try_from(user_agent()).expect("a tested text is a header");
        request.headers_mut().insert(USER_AGENT, agent);
        let deadline = after(config.handshake_timeout);
        stream.tcp_mut().block_until(deadline);
        let mut progress = tungstenite::client::client_with_config(
            request,
            stream,
            Some(websocket_config(config.max_message_bytes)),
        );
        loop {
            progress = match progress {
                Ok((websocket, _)) => return Ok(websocket),
                Err(HandshakeError::Failure(e)) => {
                    return Err(self.error(Stage::Handshake, explain_handshake(e)));
                }
                Err(HandshakeError::Interrupted(_)) if Instant::now() >= deadline => {
                    return Err(self.error(Stage::Handshake, TIMED_OUT.into()));
                }
                Err(HandshakeError::Interrupted(unfinished)) => unfinished.handshake(),
            }
        }
    }

    fn error(&self, stage: Stage, problem: String) -> OpenError {
        let peer = if stage == Stage::Resolve { self.host.clone() } else { self.address() };
        OpenError { stage, peer, problem }
    }

    /// The host and the port, as in a URL.
    fn address(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// Creates a websocket on an open stream that has no unread bytes.
pub(super) fn rebuild(stream: Stream, max_message_bytes: usize) -> WebSocket<Stream> {
    WebSocket::from_raw_socket(stream, Role::Client, Some(websocket_config(max_message_bytes)))
}

fn websocket_config(max_message_bytes: usize) -> WebSocketConfig {
    // The limit on written bytes prevents a peer that pings and never reads from filling the memory.
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(16 * 1024)
        .max_message_size(Some(max_message_bytes))
        .max_frame_size(Some(max_message_bytes))
}

/// A few usual events. tungstenite clears the free part of its buffer before each read, so a big one costs more than a
/// usual event does. The stream below reads more at once.
const READ_BUFFER: usize = 4 * 1024;

#[cfg(test)]
mod tests;
