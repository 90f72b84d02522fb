//! The protocol of one shard, with no socket, no clock and no thread.
//!
//! ```text
//!                 Open             Opened               Hello
//!  Disconnected ────────► Opening ────────► ExpectHello ──────► ExpectReady ──── READY ────► Ready
//!    ▲    ▲                │   │                 │      └─────► ExpectResumed ── RESUMED ──►   │
//!    │    └── Postponed ───┘   │ OpenFailed      │                   │                         │
//!    └─────────────────────────┴─ closed, op 7, op 9, dead connection, timeout ────────────────┘
//!
//!            a close code that stops the shard, or Stop ──► Stopped
//! ```
//!
//! What each state waits for:
//!
//! * `Disconnected`: the time of the next attempt.
//! * `Opening`: the driver, which opens a socket.
//! * `ExpectHello`: Hello, the first frame of a connection, for 20 seconds.
//! * `ExpectReady`: READY, the response to an identify, for 180 seconds.
//! * `ExpectResumed`: RESUMED, which comes after the replayed events, for 60 seconds after the last of them.
//! * `Ready`: events, for as long as Discord acknowledges heartbeats.
//! * `Stopped`: nothing. It is the end.
//!
//! [`State`] shows them to the program. Its `Connecting` stands for `Opening` and the three `Expect` states.
//!
//! What a server sends is believed only if it is plausible:
//!
//! * The heartbeat interval is limited to 1 s to 5 min. Without one, 41.25 s are used.
//! * A sequence number that jumps by more than a million, or goes back although nothing is being replayed, does not change
//!   the position of the session. Its event is delivered. When the next number continues it, the server has changed its
//!   numbers, and they are used from then on.
//! * A frame with an unknown or unreadable opcode is ignored. One that is not a JSON object ends the connection, but not
//!   the session.
//!
//! [`Session::handle`] takes an input and returns what to do. [`Session::deadline`] returns the time until which nothing
//! needs to be done. The driver waits no longer than that, passes exactly one input, and carries out what is returned. See
//! [gateway](https://docs.discord.com/developers/events/gateway) and
//! [close codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway).
//!
//! ```
//! use std::time::{Duration, Instant, SystemTime};
//! use syncord::gateway::session::{Action, Input, Now, Session, SessionConfig, Target};
//! use syncord::{Intents, Token};
//!
//! let now = Now { mono: Instant::now(), wall: SystemTime::now() };
//! let config = SessionConfig::new(Token::new("a.b.c")?, Intents::GUILDS);
//! let mut session = Session::new(config, now, 7);
//!
//! let step = session.handle(now, Input::Timeout);
//! assert_eq!(step.actions, [Action::Open(Target::Identify { was_ready: false })]);
//! session.handle(now, Input::Opened);
//! let step = session.handle(now, Input::Text(r#"{"op":10,"d":{"heartbeat_interval":41250}}"#));
//! assert!(matches!(&step.actions[..], [Action::Identify(_)]));
//! let step = session.handle(
//!     now,
//!     Input::Text(r#"{"t":"READY","s":1,"op":0,"d":{"session_id":"x","resume_gateway_url":"wss://r.example"}}"#),
//! );
//! assert_eq!(step.dispatch.map(|event| event.name.into_owned()).as_deref(), Some("READY"));
//!
//! // The connection breaks. The session is resumed, at its own address.
//! let step = session.handle(now, Input::Closed { code: None, reason: String::new() });
//! assert_eq!(step.actions.last(), Some(&Action::Open(Target::Resume(Some("wss://r.example".into())))));
//! # Ok::<(), syncord::Error>(())
//! ```

mod connection;
mod disconnect;
mod frames;
mod heartbeat;
mod hello;
mod member_requests;
mod outbox;
mod payload;
mod phase;
mod reconnect;
mod send_limit;
mod sequence;
mod session;
mod types;

pub(crate) use disconnect::CLOSE_AND_END;
pub use session::Session;
pub use types::{
    Action, Backpressure, DisconnectCause, Disconnected, Dispatch, Ended, Gap, Input, KeptSession,
    LostSession, Notice, Now, PreviousSession, SessionConfig, State, Step, Stop, Target,
};

#[cfg(test)]
mod tests;
