//! Discord's side of the gateway, without I/O.
//!
//! A [`Peer`] holds all sessions and connections of one or more bots. Its caller passes in what happens and when (`now` is the time
//! since any fixed start) and carries out the [`Output`]s. Sockets, clocks and threads belong to the caller.
//! [`violations`](Peer::violations) lists what a client did against the documented rules.
//!
//! ```
//! use std::time::Duration;
//! use syncord::sim::peer::{OutputKind, Peer, Rules};
//!
//! let mut peer = Peer::new(Rules { token: "right".into(), ..Rules::default() }, 1);
//! let (conn, outputs) = peer.connect(Duration::ZERO);
//! assert!(matches!(&outputs[0].kind, OutputKind::Text(hello) if hello.contains("heartbeat_interval")));
//!
//! let identify = r#"{"op":2,"d":{"token":"wrong","intents":0,"properties":{}}}"#;
//! let outputs = peer.receive(Duration::from_secs(1), conn, identify);
//! assert_eq!(outputs[0].kind, OutputKind::Close(4004, "Authentication failed.".into()));
//! ```

mod account;
mod connection;
mod frame;
mod members;
mod peer;
mod receive;
mod rules;
mod session;

pub use self::connection::{ConnectedSession, ConnectionId, Output, OutputKind};
pub use self::peer::{GuildRequest, Peer};
pub use self::rules::{Counters, ReadyData, Rules, SessionStartLimit};
pub(super) use self::session::remove_content;
