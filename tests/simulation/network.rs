//! Connections with a delay, in order in each direction, that can break in every way.

use std::time::Duration;

use fastrand::Rng;
use syncord::sim::peer::ConnectionId;

/// One connection between a client and the peer.
pub(crate) struct Link {
    pub(crate) conn: ConnectionId,
    pub(crate) client: usize,
    /// The client holds its end.
    pub(crate) open: bool,
    /// Nothing goes through any more, and nobody says so: to the peer, to the client.
    pub(crate) up_cut: bool,
    pub(crate) down_cut: bool,
    /// Since when the client can hear nothing on it.
    pub(crate) dark_since: Option<Duration>,
    /// The peer took the session away, and what was under way to it then is not held against the client.
    pub(crate) invalidated: bool,
    base: Duration,
    last_up: Duration,
    last_down: Duration,
}

impl Link {
    pub(crate) fn new(conn: ConnectionId, client: usize, base: Duration) -> Link {
        Link {
            conn,
            client,
            open: true,
            up_cut: false,
            down_cut: false,
            dark_since: None,
            invalidated: false,
            base,
            last_up: Duration::ZERO,
            last_down: Duration::ZERO,
        }
    }

    /// When something sent now arrives at the peer.
    pub(crate) fn up(&mut self, now: Duration, rng: &mut Rng) -> Duration {
        self.last_up = self.last_up.max(now + self.delay(rng));
        self.last_up
    }

    /// When something sent now arrives at the client. Sometimes it is held up on the way.
    pub(crate) fn down(&mut self, now: Duration, rng: &mut Rng) -> Duration {
        let held_up =
            if rng.u32(..400) == 0 { Duration::from_millis(rng.u64(..3_000)) } else { Duration::ZERO };
        self.last_down = self.last_down.max(now + self.delay(rng) + held_up);
        self.last_down
    }

    fn delay(&self, rng: &mut Rng) -> Duration {
        self.base + Duration::from_millis(rng.u64(..200))
    }
}
