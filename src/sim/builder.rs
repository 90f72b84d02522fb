//! The settings of a simulated Discord.

use std::fmt;
use std::time::Duration;

use super::peer::{Rules, SessionStartLimit};
use crate::gateway::intents::Intents;

/// The default timeout for waiting.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The settings of a [`Discord`](super::Discord).
#[derive(Clone)]
pub struct Builder {
    pub(super) rules: Rules,
    pub(super) shards: u32,
    pub(super) seed: u64,
    pub(super) timeout: Duration,
}

impl Builder {
    pub(super) fn new() -> Builder {
        Builder { rules: Rules::default(), shards: 1, seed: 0, timeout: TIMEOUT }
    }

    /// Sets the heartbeat interval in HELLO.
    pub fn heartbeat_interval(mut self, interval: Duration) -> Self {
        self.rules.heartbeat_interval = interval;
        self
    }

    /// Sets the limit of identifies, `session_start_limit` in `GET /gateway/bot`.
    pub fn session_start_limit(
        mut self,
        total: u32,
        remaining: u32,
        reset_after: Duration,
        max_concurrency: u32,
    ) -> Self {
        self.rules.session_start_limit = SessionStartLimit { total, remaining, reset_after, max_concurrency };
        self
    }

    /// Sets the bot's token.
    pub fn token(mut self, token: &str) -> Self {
        self.rules.token = token.to_owned();
        self
    }

    /// Sets which privileged intents are enabled. Default: all.
    pub fn privileged_intents(mut self, intents: Intents) -> Self {
        self.rules.privileged_intents = intents;
        self
    }

    /// Sets the number of shards that `GET /gateway/bot` recommends. Default: 1.
    pub fn shards(mut self, shards: u32) -> Self {
        self.shards = shards;
        self
    }

    /// Varies key order, white space and absent keys of gateway frames, as JSON allows.
    pub fn vary_frames(mut self, seed: u64) -> Self {
        self.rules.vary_frames = true;
        self.seed = seed;
        self
    }

    /// Sets how long methods wait for something to happen. Default: 10 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Changes any of the gateway's rules. A `resume_url` that is not changed becomes an address of this server.
    pub fn rules(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(&mut self.rules);
        self
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("shards", &self.shards)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
