//! What can be made to go wrong.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::json;

use super::http::Response;

/// Something that goes wrong on order: see [`Discord::fault`](super::Discord::fault).
///
/// Faults of connections concern every gateway connection that is open at that moment. Those that last do
/// so until [`Discord::clear_faults`](super::Discord::clear_faults).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The sockets are gone without a close frame; the sessions can be resumed.
    ///
    /// On Linux the client sees a reset when it answers a ping within a second, as websocket clients do,
    /// and otherwise, or elsewhere, the end of the stream.
    DropSocket,
    /// Nothing gets through any more, in neither direction, gateway and REST alike, while connections stay
    /// open; what was sent meanwhile arrives when it ends. `None` lasts.
    BlackHole(Option<Duration>),
    /// Heartbeats are not acknowledged. Lasts until switched off.
    MuteAcks(bool),
    /// Clients are asked to reconnect (op 7).
    Reconnect,
    /// Clients are told that their session is invalid (op 9).
    InvalidSession {
        /// Whether it can be resumed.
        resumable: bool,
    },
    /// Connections are closed with this code and reason.
    Close(u16, String),
    /// The sessions will not survive their connections: the next resume is refused.
    ForgetSessions,
    /// Clients are asked for a heartbeat (op 1).
    RequestHeartbeat,
    /// A text frame that is no JSON.
    InvalidJson,
    /// A binary frame that means nothing.
    BinaryFrame,
    /// A frame that announces more than 64 MiB, and its first bytes.
    OversizedFrame,
    /// The next frame of at least 256 bytes comes in pieces.
    SlowBytes {
        /// How many bytes at a time.
        per_chunk: usize,
        /// How long between them.
        pause: Duration,
    },
    /// REST answers with this status.
    HttpStatus {
        /// The status.
        status: u16,
        /// What the body looks like.
        body: ErrorBody,
        /// The header Retry-After, in whole seconds, when given.
        retry_after: Option<Duration>,
        /// How many requests are answered so.
        times: u32,
    },
    /// REST answers that there were too many requests.
    Http429 {
        /// When to try again.
        retry_after: Duration,
        /// Whose limit it was.
        scope: RateLimitScope,
        /// How many requests are answered so.
        times: u32,
    },
    /// REST answers come this much later. Lasts until set to zero.
    Delay(Duration),
    /// New connections are closed at once, and open ones are closed instead of answering a request; open
    /// gateway connections stay. Lasts until switched off.
    RefuseConnections(bool),
    /// The gateway answers the websocket upgrade with this HTTP status.
    RefuseUpgrade {
        /// The status.
        status: u16,
        /// How many upgrades are answered so.
        times: u32,
    },
    /// The gateway accepts the websocket and drops it before HELLO.
    AcceptThenClose {
        /// How many connections are treated so.
        times: u32,
    },
}

/// What the body of a faulty REST answer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorBody {
    /// Discord's error object.
    Json,
    /// A page, as what stands before Discord sends it.
    Html,
    /// Nothing at all.
    Empty,
}

/// Whose [rate limit](https://docs.discord.com/developers/topics/rate-limits#header-format) was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimitScope {
    /// The bot's on this route.
    User,
    /// The bot's on all routes.
    Global,
    /// The resource's, whoever used it.
    Shared,
}

/// The faults that stand or wait for their turn.
#[derive(Default)]
pub(super) struct Faults {
    /// When the black hole ends, by the server's clock; `Duration::MAX` is never.
    pub(super) hole: Option<Duration>,
    pub(super) slow: Option<(usize, Duration)>,
    pub(super) delay: Duration,
    pub(super) refuse: bool,
    pub(super) accept_then_close: u32,
    pub(super) refuse_upgrade: (u16, u32),
    /// HTTP faults and how often each is still due.
    pub(super) http: VecDeque<(Fault, u32)>,
}

impl Faults {
    /// The status to refuse this websocket upgrade with, if it is to be refused.
    pub(super) fn refuses_upgrade(&mut self) -> Option<u16> {
        let (status, left) = &mut self.refuse_upgrade;
        *left = left.checked_sub(1)?;
        Some(*status)
    }

    /// Whether this websocket is to be dropped at once.
    pub(super) fn drops_accepted(&mut self) -> bool {
        let left = self.accept_then_close.checked_sub(1);
        self.accept_then_close = left.unwrap_or(0);
        left.is_some()
    }

    /// The faulty answer to this request, if it is to have one.
    pub(super) fn answer(&mut self) -> Option<Response> {
        while self.http.front().is_some_and(|(_, left)| *left == 0) {
            self.http.pop_front();
        }
        let (fault, left) = self.http.front_mut()?;
        *left -= 1;
        match fault {
            Fault::HttpStatus { status, body, retry_after, .. } => Some(broken(*status, *body, *retry_after)),
            Fault::Http429 { retry_after, scope, .. } => Some(too_many(*retry_after, *scope)),
            _ => None,
        }
    }
}

fn broken(status: u16, body: ErrorBody, retry_after: Option<Duration>) -> Response {
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

/// The answer to a request over a limit.
pub(super) fn too_many(retry_after: Duration, scope: RateLimitScope) -> Response {
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
