//! Faults: what can be made to go wrong.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::json;

use super::http::Response;

/// Something that goes wrong on purpose: see [`Discord::fault`](super::Discord::fault).
///
/// Faults of connections affect every gateway connection that is open at that moment. Lasting faults end with
/// [`Discord::clear_faults`](super::Discord::clear_faults).
#[doc(alias = "chaos")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The sockets close without a close frame. The sessions can be resumed.
    ///
    /// On Linux the client sees a reset if it answers a ping within a second, as WebSocket clients do. Otherwise, and
    /// on other systems, it sees the end of the stream.
    DropSocket,
    /// Nothing passes in either direction, on the gateway and REST, while connections stay open. What was sent
    /// meanwhile arrives afterwards. `None` lasts.
    BlackHole(Option<Duration>),
    /// Heartbeats are not acknowledged. Lasts until set to false.
    MuteAcks(bool),
    /// Clients are asked to reconnect (op 7).
    Reconnect,
    /// Clients receive that their session is invalid (op 9).
    InvalidSession {
        /// Whether it can be resumed.
        resumable: bool,
    },
    /// Connections are closed with this code and reason.
    Close(u16, String),
    /// Sessions end with their connections: the next resume is rejected.
    ForgetSessions,
    /// Clients are asked for a heartbeat (op 1).
    RequestHeartbeat,
    /// A text frame that is not JSON.
    InvalidJson,
    /// A binary frame without meaning.
    BinaryFrame,
    /// A frame that announces more than 64 MiB, and its first bytes.
    OversizedFrame,
    /// The next frame of at least 256 bytes arrives in pieces.
    SlowBytes {
        /// The number of bytes in a piece.
        per_chunk: usize,
        /// The time between two pieces.
        pause: Duration,
    },
    /// REST responds with this status.
    HttpStatus {
        /// The status.
        status: u16,
        /// The kind of body.
        body: ErrorBody,
        /// The header Retry-After, in whole seconds, if given.
        retry_after: Option<Duration>,
        /// The number of requests that get this response.
        times: u32,
    },
    /// REST responds with 429 Too Many Requests.
    Http429 {
        /// When to try again.
        retry_after: Duration,
        /// Which limit was exceeded.
        scope: RateLimitScope,
        /// The number of requests that get this response.
        times: u32,
    },
    /// REST responses are delayed. Lasts until set to zero.
    Delay(Duration),
    /// New connections are closed at once, and open HTTP connections are closed instead of answering a request. Open
    /// gateway connections stay. Lasts until set to false.
    RefuseConnections(bool),
    /// The gateway answers the WebSocket upgrade with this HTTP status.
    RefuseUpgrade {
        /// The status.
        status: u16,
        /// The number of upgrades that are refused.
        times: u32,
    },
    /// The gateway accepts the WebSocket and closes the socket before HELLO.
    AcceptThenClose {
        /// The number of connections that are closed.
        times: u32,
    },
}

/// The body of a faulty REST response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorBody {
    /// Discord's error object.
    Json,
    /// An HTML page, as a proxy in front of Discord sends it.
    Html,
    /// No body.
    Empty,
}

/// Which [rate limit](https://docs.discord.com/developers/topics/rate-limits#header-format) was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimitScope {
    /// The bot's limit for the route.
    User,
    /// The bot's limit for all routes.
    Global,
    /// The limit of the resource, which all bots share.
    Shared,
}

/// The lasting faults, and those that have not occurred yet.
#[derive(Default)]
pub(super) struct Faults {
    /// When the black hole ends, by the server's clock. `Duration::MAX` means never.
    pub(super) black_hole_ends: Option<Duration>,
    /// The black hole affects only the connections that are cut off, neither new ones nor REST.
    pub(super) black_hole_has_bounds: bool,
    pub(super) slow_bytes: Option<(usize, Duration)>,
    pub(super) delay: Duration,
    pub(super) refuse_connections: bool,
    pub(super) accept_then_close: u32,
    pub(super) refuse_upgrade: (u16, u32),
    /// HTTP faults, with the number of requests that are still affected.
    pub(super) http: VecDeque<(Fault, u32)>,
}

impl Faults {
    /// The status for this WebSocket upgrade, if it is refused.
    pub(super) fn refused_upgrade(&mut self) -> Option<u16> {
        let (status, left) = &mut self.refuse_upgrade;
        *left = left.checked_sub(1)?;
        Some(*status)
    }

    /// Whether this WebSocket is closed at once.
    pub(super) fn drops_accepted(&mut self) -> bool {
        let left = self.accept_then_close.checked_sub(1);
        self.accept_then_close = left.unwrap_or(0);
        left.is_some()
    }

    /// The faulty response to this request, if there is one.
    pub(super) fn response(&mut self) -> Option<Response> {
        while self.http.front().is_some_and(|(_, left)| *left == 0) {
            self.http.pop_front();
        }
        let (fault, left) = self.http.front_mut()?;
        *left -= 1;
        match fault {
            Fault::HttpStatus { status, body, retry_after, .. } => {
                Some(error_response(*status, *body, *retry_after))
            }
            Fault::Http429 { retry_after, scope, .. } => Some(too_many_requests(*retry_after, *scope)),
            _ => None,
        }
    }
}

fn error_response(status: u16, body: ErrorBody, retry_after: Option<Duration>) -> Response {
    let response = match body {
        ErrorBody::Json => {
            Response::json(status, &json!({"message": format!("{status}: simulated"), "code": 0}))
        }
        ErrorBody::Html => {
            let page = format!(
                "<!DOCTYPE html>\n<html><head><title>{status}</title></head><body>simulated</body></html>\n"
            );
            Response::new(status, page).with("Content-Type", "text/html; charset=UTF-8")
        }
        ErrorBody::Empty => Response::new(status, String::new()),
    };
    match retry_after {
        Some(wait) => response.with("Retry-After", whole_seconds(wait)),
        None => response,
    }
}

/// The response to a request that exceeds a limit.
pub(super) fn too_many_requests(retry_after: Duration, scope: RateLimitScope) -> Response {
    let global = scope == RateLimitScope::Global;
    let body = json!({
        "message": "You are being rate limited.",
        "retry_after": retry_after.as_secs_f64(),
        "global": global,
    });
    let name = match scope {
        RateLimitScope::User => "user",
        RateLimitScope::Global => "global",
        RateLimitScope::Shared => "shared",
    };
    let response = Response::json(429, &body)
        .with("Retry-After", whole_seconds(retry_after))
        .with("X-RateLimit-Scope", name);
    if global { response.with("X-RateLimit-Global", "true") } else { response }
}

fn whole_seconds(duration: Duration) -> String {
    duration.as_millis().div_ceil(1000).to_string()
}
