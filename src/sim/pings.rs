//! The pings of the connections, which show what a client has read.

use std::collections::HashMap;

use super::peer::ConnectionId;

/// The numbers of the pings that were sent and answered.
#[derive(Default)]
pub(super) struct Pings {
    /// How many were sent.
    sent: u64,
    /// The last one that a connection has answered.
    answered: HashMap<ConnectionId, u64>,
}

impl Pings {
    /// The number of the next ping.
    pub(super) fn next(&mut self) -> u64 {
        self.sent += 1;
        self.sent
    }

    /// Whether a connection has answered this ping or a later one.
    pub(super) fn has_answered(&self, conn: ConnectionId, number: u64) -> bool {
        self.answered.get(&conn).is_some_and(|last| *last >= number)
    }

    /// A connection has answered a ping with this payload.
    pub(super) fn answered(&mut self, conn: ConnectionId, payload: &[u8]) {
        // The ping before a reset has none.
        if let Some(number) = payload.first_chunk() {
            self.answered.insert(conn, u64::from_be_bytes(*number));
        }
    }

    pub(super) fn closed(&mut self, conn: ConnectionId) {
        self.answered.remove(&conn);
    }
}
