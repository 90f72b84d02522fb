//! From an address to an open websocket, each step with a deadline.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use tungstenite::error::ProtocolError;
use tungstenite::http::{Response, Uri};
use tungstenite::protocol::{Role, WebSocket, WebSocketConfig};
use tungstenite::{Error as WsError, HandshakeError};

use super::SocketConfig;
use super::stream::{Stream, Wire};
use crate::deadline::deadline;

/// Why no websocket could be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// How far it got.
    pub stage: Stage,
    peer: String,
    problem: String,
}

/// The step at which opening a websocket failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The address cannot be used: nothing was sent.
    Address,
    /// The name could not be looked up.
    Resolve,
    /// No TCP connection could be made.
    Connect,
    /// The TLS handshake failed: no trust, or no answer.
    Tls,
    /// The websocket handshake was refused or not answered.
    Handshake,
}

impl OpenError {
    /// Whether trying again is of no use: the address itself is at fault.
    pub fn is_permanent(&self) -> bool {
        self.stage == Stage::Address
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doing = match self.stage {
            Stage::Address => "use the gateway address",
            Stage::Resolve => "look up the name",
            Stage::Connect => "connect to",
            Stage::Tls => "secure the connection (TLS) to",
            Stage::Handshake => "open a websocket at",
        };
        write!(f, "could not {doing} {}: {}", self.peer, self.problem)
    }
}

impl std::error::Error for OpenError {}

/// Opens a websocket: name, TCP, TLS, handshake.
pub(super) fn open(url: &str, config: &SocketConfig) -> Result<WebSocket<Stream>, OpenError> {
    let target = Target::read(url, config.allow_plaintext)?;
    let tcp = target.connect(config.connect_timeout)?;
    let stream = target.secure(Wire::new(tcp), config)?;
    target.shake_hands(stream, config)
}

/// Whether a socket could be opened at this address, as far as the address itself tells.
pub(crate) fn check(url: &str, allow_plaintext: bool) -> Result<(), OpenError> {
    Target::read(url, allow_plaintext).map(drop)
}

/// Where to connect to, read from a URL.
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
    fn read(url: &str, allow_plaintext: bool) -> Result<Target, OpenError> {
        // The query stays out of the message, and so does all of what is no URL at all.
        let refuse =
            |peer: &str, problem: String| OpenError { stage: Stage::Address, peer: peer.to_owned(), problem };
        let uri: Uri = url.parse().map_err(|e| refuse("given", format!("{e}")))?;
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            return Err(refuse("given", "it names no host".into()));
        }
        let tls = match uri.scheme_str() {
            Some("wss") => true,
            Some("ws") => false,
            _ => return Err(refuse(&host, "it does not begin with wss://".into())),
        };
        let loopback_only = !tls && !allow_plaintext;
        if loopback_only && !is_loopback(&host) {
            return Err(refuse(
                &host,
                "ws:// would send the token unencrypted over the network: use wss://, or permit it with allow_plaintext"
                    .into(),
            ));
        }
        let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
        // A URL may have a query and no path, a request line may not.
        let authority = uri.authority().map_or("", |a| a.as_str());
        let path = uri.path_and_query().map_or("/", |p| p.as_str());
        let slash = if path.starts_with('/') { "" } else { "/" };
        let scheme = if tls { "wss" } else { "ws" };
        let request = format!("{scheme}://{authority}{slash}{path}");
        Ok(Target { request, tls, host, port, loopback_only })
    }

    fn connect(&self, per_address: Duration) -> Result<TcpStream, OpenError> {
        let deadline = after(per_address.saturating_mul(2));
        let addresses = self.resolve(deadline)?;
        let left = || deadline.saturating_duration_since(Instant::now());
        let connected = try_each(&addresses, per_address, left, |address, time| {
            let tcp =
                TcpStream::connect_timeout(address, time).and_then(|tcp| tcp.set_nodelay(true).map(|()| tcp));
            tcp.inspect_err(|e| log::debug!("no connection to {} at {address}: {e}", self.host))
        });
        connected.map_err(|failure| {
            let problem = failure.map_or_else(|| TIMED_OUT.to_owned(), |e| e.to_string());
            self.error(Stage::Connect, problem)
        })
    }

    /// Looks the name up on a thread of its own: the system's resolver knows no deadline. Where it
    /// comes too late the thread ends unheard, whenever the resolver gives up.
    fn resolve(&self, deadline: Instant) -> Result<Vec<SocketAddr>, OpenError> {
        let found = if let Ok(ip) = self.host.parse::<IpAddr>() {
            vec![SocketAddr::new(ip, self.port)]
        } else {
            let (tell, told) = mpsc::sync_channel(1);
            let (host, port) = (self.host.clone(), self.port);
            let look_up = move || {
                let found = (host.as_str(), port).to_socket_addrs().map(Vec::from_iter);
                let _ = tell.send(found);
            };
            let answer =
                thread::Builder::new().name("syncord-resolve".into()).spawn(look_up).and_then(|_| {
                    let left = deadline.saturating_duration_since(Instant::now());
                    told.recv_timeout(left).unwrap_or_else(|e| {
                        Err(io::Error::other(match e {
                            RecvTimeoutError::Timeout => TIMED_OUT,
                            RecvTimeoutError::Disconnected => "the resolver panicked",
                        }))
                    })
                });
            answer.map_err(|e| self.error(Stage::Resolve, e.to_string()))?
        };
        let usable: Vec<_> =
            found.into_iter().filter(|a| !self.loopback_only || a.ip().is_loopback()).collect();
        if usable.is_empty() {
            return Err(self.error(Stage::Resolve, "the name has no usable address".into()));
        }
        Ok(usable)
    }

    fn secure(&self, mut wire: Wire, config: &SocketConfig) -> Result<Stream, OpenError> {
        if !self.tls {
            return Ok(Stream::plain(wire));
        }
        let failed = |problem: String| self.error(Stage::Tls, problem);
        let connector = config.tls.connector().map_err(|e| failed(e.to_string()))?;
        let deadline = after(config.handshake_timeout);
        wire.block_until(deadline);
        let mut progress = connector.connect(&self.host, wire);
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

    fn shake_hands(&self, mut stream: Stream, config: &SocketConfig) -> Result<WebSocket<Stream>, OpenError> {
        let deadline = after(config.handshake_timeout);
        stream.wire_mut().block_until(deadline);
        let mut progress = tungstenite::client::client_with_config(
            self.request.as_str(),
            stream,
            Some(websocket_config(config.max_message_bytes)),
        );
        loop {
            progress = match progress {
                Ok((websocket, _)) => return Ok(websocket),
                Err(HandshakeError::Failure(e)) => return Err(self.error(Stage::Handshake, explain(e))),
                Err(HandshakeError::Interrupted(_)) if Instant::now() >= deadline => {
                    return Err(self.error(Stage::Handshake, TIMED_OUT.into()));
                }
                Err(HandshakeError::Interrupted(unfinished)) => unfinished.handshake(),
            }
        }
    }

    fn error(&self, stage: Stage, problem: String) -> OpenError {
        let peer = match stage {
            Stage::Resolve => self.host.clone(),
            _ if self.host.contains(':') => format!("[{}]:{}", self.host, self.port),
            _ => format!("{}:{}", self.host, self.port),
        };
        OpenError { stage, peer, problem }
    }
}

/// Connects to the first address that answers. Each gets its share of the time that is left, so that some black holes
/// do not keep the others from being tried.
fn try_each<T>(
    addresses: &[SocketAddr],
    longest: Duration,
    left: impl Fn() -> Duration,
    mut connect: impl FnMut(&SocketAddr, Duration) -> io::Result<T>,
) -> Result<T, Option<io::Error>> {
    let mut failure = None;
    for (n, address) in addresses.iter().enumerate() {
        let left = left();
        let untried = u32::try_from(addresses.len() - n).unwrap_or(u32::MAX);
        let time = (left / untried).max(SHORTEST_TRY).min(longest).min(left);
        if time.is_zero() {
            break;
        }
        match connect(address, time) {
            Ok(connected) => return Ok(connected),
            Err(e) => failure = Some(e),
        }
    }
    Err(failure)
}

/// The time after this timeout, counted from now.
pub(super) fn after(timeout: Duration) -> Instant {
    deadline(Instant::now(), timeout)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// A websocket on a stream of which nothing is left over.
pub(super) fn anew(stream: Stream, max_message_bytes: usize) -> WebSocket<Stream> {
    WebSocket::from_raw_socket(stream, Role::Client, Some(websocket_config(max_message_bytes)))
}

fn websocket_config(max_message_bytes: usize) -> WebSocketConfig {
    // The limit on written bytes keeps a peer that pings and never reads from filling our memory.
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(16 * 1024)
        .max_message_size(Some(max_message_bytes))
        .max_frame_size(Some(max_message_bytes))
}

fn explain(e: WsError) -> String {
    match e {
        WsError::Http(answer) => explain_refusal(&answer),
        WsError::Protocol(ProtocolError::HandshakeIncomplete) => {
            "the peer ended the connection without an answer".into()
        }
        e => super::explain(e),
    }
}

/// The status, and the beginning of the body where it came along: Cloudflare says there what it minds.
fn explain_refusal(answer: &Response<Option<Vec<u8>>>) -> String {
    let body = String::from_utf8_lossy(answer.body().as_deref().unwrap_or_default());
    let words: Vec<_> =
        body.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let body: String = words.join(" ").chars().take(100).collect();
    let colon = if body.is_empty() { "" } else { ": " };
    format!("the server answered HTTP {}{colon}{body}", answer.status())
}

const TIMED_OUT: &str = "no answer in time";

/// What comes across the world within two tries of the first packet.
const SHORTEST_TRY: Duration = Duration::from_millis(1500);

/// Two TLS records. What is free of it is cleared before each read, which makes a bigger one dear for
/// frames that come one by one, and a frame that is kept keeps all of it.
pub(super) const READ_BUFFER: usize = 32 * 1024;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::cell::Cell;
    use std::io::ErrorKind;

    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (url, request, host, port, tls) in [
            ("wss://gateway.discord.gg", "wss://gateway.discord.gg/", "gateway.discord.gg", 443, true),
            ("wss://a.b/?v=10", "wss://a.b/?v=10", "a.b", 443, true),
            ("wss://a.b?v=10&x=y", "wss://a.b/?v=10&x=y", "a.b", 443, true),
            ("ws://127.0.0.1:81/p?q", "ws://127.0.0.1:81/p?q", "127.0.0.1", 81, false),
            ("ws://[::1]:81", "ws://[::1]:81/", "::1", 81, false),
            ("ws://LocalHost", "ws://LocalHost/", "LocalHost", 80, false),
        ] {
            let target = Target::read(url, false).unwrap();
            assert_eq!(
                (target.request.as_str(), target.host.as_str(), target.port, target.tls),
                (request, host, port, tls),
                "{url}"
            );
        }
    }

    #[test]
    fn an_address_that_cannot_work_is_refused_for_good() {
        for (url, problem) in [
            ("", "could not use the gateway address given: "),
            ("/path", "could not use the gateway address given: it names no host"),
            ("https://a.b", "could not use the gateway address a.b: it does not begin with wss://"),
            ("ws://a.b/?q", "could not use the gateway address a.b: ws:// would send the token unencrypted"),
            ("ws://10.0.0.1", "could not use the gateway address 10.0.0.1: ws:// would send"),
            ("ws://127.0.0.1.a.b", "could not use the gateway address 127.0.0.1.a.b: ws:// would send"),
        ] {
            let e = Target::read(url, false).unwrap_err();
            assert!(e.is_permanent());
            assert!(e.to_string().starts_with(problem), "{url:?}: {e}");
        }
    }

    /// Which of so many addresses are tried for how many seconds each, when none of them answers.
    fn tried(addresses: u16, longest: u64) -> Vec<u64> {
        let addresses: Vec<SocketAddr> = (0..addresses).map(|n| ([127, 0, 0, 1], n).into()).collect();
        let (left, mut tried) = (Cell::new(Duration::from_secs(longest * 2)), Vec::new());
        let answer = try_each::<()>(
            &addresses,
            Duration::from_secs(longest),
            || left.get(),
            |_, time| {
                left.set(left.get() - time);
                tried.push(time.as_secs());
                Err(ErrorKind::TimedOut.into())
            },
        );
        assert_eq!(answer.unwrap_err().unwrap().kind(), ErrorKind::TimedOut);
        tried
    }

    #[test]
    fn addresses_that_do_not_answer_share_the_time() {
        assert_eq!(tried(1, 10), [10]);
        assert_eq!(tried(2, 10), [10, 10]);
        assert_eq!(tried(4, 10), [5, 5, 5, 5]);
        assert_eq!(tried(10, 10), [2; 10]);
        assert_eq!(tried(100, 10).len(), 14, "none for no time at all");
    }

    #[test]
    fn addresses_that_refuse_leave_their_time_to_the_others() {
        let addresses: Vec<SocketAddr> = (0..5).map(|n| ([127, 0, 0, 1], n).into()).collect();
        let second = Duration::from_secs(1);
        let answer = try_each(
            &addresses,
            10 * second,
            || 20 * second,
            |address, time| match address.port() {
                4 => Ok(time),
                _ => Err(ErrorKind::ConnectionRefused.into()),
            },
        );
        assert_eq!(answer.unwrap(), 10 * second);
    }

    #[test]
    fn plaintext_goes_anywhere_once_it_is_allowed() {
        assert_eq!(Target::read("ws://a.b", true).unwrap().request, "ws://a.b/");
    }
}
