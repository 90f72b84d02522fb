//! Connections with a delay, which keep the order in each direction and can break in every way.

use std::time::Duration;

use fastrand::Rng;
use syncord::sim::peer::ConnectionId;

/// One connection between a client and the peer.
pub(crate) struct Link {
    pub(crate) connection: ConnectionId,
    pub(crate) client: usize,
    /// The client's end is open.
    pub(crate) open: bool,
    /// Data in this direction is lost, and neither side notices: to the peer, and to the client.
    pub(crate) up_cut: bool,
    pub(crate) down_cut: bool,
    /// Since when the client receives nothing.
    pub(crate) silent_since: Option<Duration>,
    /// The peer invalidated the session. What the client had sent before that is not an error.
    pub(crate) invalidated: bool,
    base: Duration,
    last_up: Duration,
    last_down: Duration,
}

impl Link {
    pub(crate) fn new(connection: ConnectionId, client: usize, base: Duration) -> Link {
        Link {
            connection,
            client,
            open: true,
            up_cut: false,
            down_cut: false,
            silent_since: None,
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

    /// When something sent now arrives at the client. Sometimes it is delayed on the way.
    pub(crate) fn down(&mut self, now: Duration, rng: &mut Rng) -> Duration {
        let extra =
            if rng.u32(..400) == 0 { Duration::from_millis(rng.u64(..3_000)) } else { Duration::ZERO };
        self.last_down = self.last_down.max(now + self.delay(rng) + extra);
        self.last_down
    }

    fn delay(&self, rng: &mut Rng) -> Duration {
        self.base + Duration::from_millis(rng.u64(..200))
    }
}
