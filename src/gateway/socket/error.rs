use std::fmt;

use tungstenite::Error as WsError;
use tungstenite::error::{CapacityError, ProtocolError};
use tungstenite::http::Response;

/// Why a websocket could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// The step that failed.
    pub stage: Stage,
    pub(super) peer: String,
    pub(super) problem: String,
}

/// The step at which opening a websocket failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The address is invalid or not allowed. Nothing was sent.
    Address,
    /// The name could not be looked up.
    Resolve,
    /// No TCP connection could be made.
    Connect,
    /// The proxy cannot be used, or opened no tunnel.
    Proxy,
    /// The TLS handshake failed: the certificate is not trusted, or there was no response.
    Tls,
    /// The websocket handshake failed: the server refused it, or there was no response.
    Handshake,
}

impl OpenError {
    /// Whether a retry is of no use, because the address itself is wrong.
    pub fn is_permanent(&self) -> bool {
        self.stage == Stage::Address
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = match self.stage {
            Stage::Address => "use the gateway address",
            Stage::Resolve => "look up the name",
            Stage::Connect => "connect to",
            Stage::Proxy => "connect through the proxy to",
            Stage::Tls => "make a TLS connection to",
            Stage::Handshake => "open a websocket at",
        };
        write!(f, "could not {step} {}: {}", self.peer, self.problem)
    }
}

impl std::error::Error for OpenError {}

/// Describes an error of the websocket.
pub(super) fn explain(e: WsError) -> String {
    match e {
        WsError::Io(e) => e.to_string(),
        WsError::Capacity(CapacityError::MessageTooLong { size, max_size }) => {
            format!("a message of {size} bytes is over the limit of {max_size} bytes")
        }
        WsError::ConnectionClosed
        | WsError::AlreadyClosed
        | WsError::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
            "the peer closed the connection without a close frame".into()
        }
        WsError::Protocol(e) => format!("the peer violated the websocket protocol: {e}"),
        e => e.to_string(),
    }
}

/// Describes an error of the handshake.
pub(super) fn explain_handshake(e: WsError) -> String {
    match e {
        WsError::Http(response) => explain_status(&response),
        WsError::Protocol(ProtocolError::HandshakeIncomplete) => {
            "the peer closed the connection without a response".into()
        }
        e => explain(e),
    }
}

/// The status and the beginning of the body, if it was received: there Cloudflare says why it refused.
fn explain_status(response: &Response<Option<Vec<u8>>>) -> String {
    let body = String::from_utf8_lossy(response.body().as_deref().unwrap_or_default());
    let words: Vec<_> =
        body.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let body: String = words.join(" ").chars().take(100).collect();
    let colon = if body.is_empty() { "" } else { ": " };
    format!("the server responded with HTTP {}{colon}{body}", response.status())
}
