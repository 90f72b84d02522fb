//! One connection of a client.

use std::collections::VecDeque;
use std::time::Duration;

/// The ID of a connection to a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub(super) u64);

impl ConnectionId {
    /// The number of the connection, starting with 1.
    pub fn number(self) -> u64 {
        self.0
    }
}

/// A session that has a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectedSession {
    /// The connection.
    pub connection: ConnectionId,
    /// The session's ID.
    pub id: String,
    /// The shard: its number and the number of shards.
    pub shard: (u32, u32),
    /// The last sequence number that was assigned.
    pub seq: u64,
}

/// Something to do with a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The connection.
    pub conn: ConnectionId,
    /// What to do.
    pub kind: OutputKind,
}

/// What to do with a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// Send this text frame.
    Text(String),
    /// Close with this code and reason. The peer has removed the connection already.
    Close(u16, String),
    /// Close the socket without a close frame. The peer has removed the connection already.
    Drop,
}

pub(super) struct Connection {
    /// When the last heartbeat arrived. Initially, when HELLO was sent.
    pub(super) last_heartbeat: Duration,
    /// The sequence number that the client is known to have.
    pub(super) confirmed_seq: Option<u64>,
    /// When a heartbeat was requested that has not arrived.
    pub(super) heartbeat_requested: Option<Duration>,
    /// The missing heartbeat is in the violations already.
    pub(super) silence_reported: bool,
    /// The network drops everything. Missing heartbeats are no violation then.
    pub(super) network_lost: bool,
    /// Heartbeats get no ACK.
    pub(super) acks_muted: bool,
    /// When this side closes the connection.
    pub(super) close_at: Option<Duration>,
    /// When the latest frames arrived.
    pub(super) frames: VecDeque<Duration>,
    /// When the latest presence updates arrived.
    pub(super) presence_updates: VecDeque<Duration>,
    pub(super) session: Option<String>,
    /// The session was invalidated. Frames that the client sent before it knew are no violation.
    pub(super) invalidated: bool,
}

impl Connection {
    pub(super) fn new(now: Duration) -> Connection {
        Connection {
            last_heartbeat: now,
            confirmed_seq: None,
            heartbeat_requested: None,
            silence_reported: false,
            network_lost: false,
            acks_muted: false,
            close_at: None,
            frames: VecDeque::new(),
            presence_updates: VecDeque::new(),
            session: None,
            invalidated: false,
        }
    }
}
