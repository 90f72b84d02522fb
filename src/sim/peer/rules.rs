//! The settings of the peer, and what it counts.

use std::time::Duration;

use serde_json::Value;

use crate::gateway::intents::Intents;

/// The time between two identifies of a bucket ([rate limits of sessions](https://docs.discord.com/developers/events/gateway#rate-limiting)).
pub(super) const IDENTIFY_WINDOW: Duration = Duration::from_secs(5);
/// How often the limit of identifies is reset.
pub(super) const BUDGET_PERIOD: Duration = Duration::from_secs(24 * 3600);
/// Maximum size of a client's payload.
pub(super) const MAX_PAYLOAD: usize = 4096;
/// Maximum number of presence updates in a window ([activity object](https://docs.discord.com/developers/events/gateway-events#activity-object)).
pub(super) const PRESENCE_LIMIT: (usize, Duration) = (5, Duration::from_secs(20));

/// The limit of identifies: `session_start_limit` of `GET /gateway/bot`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionStartLimit {
    /// The number of identifies in a day.
    pub total: u32,
    /// The number of identifies that are left.
    pub remaining: u32,
    /// The time until the limit is reset.
    pub reset_after: Duration,
    /// The number of identifies in 5 seconds, one for each bucket. A shard's bucket is `shard % max_concurrency`.
    pub max_concurrency: u32,
}

/// The rules that a [`Peer`](super::Peer) enforces.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The valid token.
    pub token: String,
    /// The privileged intents that are enabled for the application.
    pub privileged_intents: Intents,
    /// The heartbeat interval in HELLO.
    pub heartbeat_interval: Duration,
    /// How late a heartbeat may be before it is a violation.
    ///
    /// A client that sends no heartbeat for two intervals and this time is disconnected.
    pub heartbeat_tolerance: Duration,
    /// The limit of identifies.
    pub session_start_limit: SessionStartLimit,
    /// How much earlier than 5 seconds the next identify of a bucket may arrive. The network may delay the first one more
    /// than the second.
    pub identify_tolerance: Duration,
    /// How long a session lives without a connection.
    pub resume_window: Duration,
    /// Maximum number of events that are kept for replay.
    pub replay_limit: usize,
    /// `resume_gateway_url` of READY.
    pub resume_url: String,
    /// Maximum number of frames that a client may send in a time.
    pub send_limit: (usize, Duration),
    /// How long a connection stays open after a reconnect was requested.
    pub reconnect_grace: Duration,
    /// The sequence number of READY.
    pub first_seq: u64,
    /// Whether frames vary in key order, white space, absent keys and unknown keys, as JSON allows.
    pub vary_frames: bool,
}

impl Default for Rules {
    /// Discord's own values, as documented or as observed.
    fn default() -> Rules {
        Rules {
            token: "simulated.bot.token".into(),
            privileged_intents: Intents::PRIVILEGED,
            heartbeat_interval: Duration::from_millis(41_250),
            heartbeat_tolerance: Duration::from_secs(2),
            session_start_limit: SessionStartLimit {
                total: 1000,
                remaining: 1000,
                reset_after: BUDGET_PERIOD,
                max_concurrency: 1,
            },
            identify_tolerance: Duration::from_millis(200),
            resume_window: Duration::from_secs(180),
            replay_limit: 10_000,
            resume_url: "wss://gateway-resume.example".into(),
            send_limit: (120, Duration::from_secs(60)),
            reconnect_grace: Duration::from_secs(10),
            first_seq: 1,
            vary_frames: false,
        }
    }
}

/// What READY and the first GUILD_CREATE events contain.
#[derive(Clone, Debug, Default)]
pub struct ReadyData {
    /// The bot's user.
    pub user: Value,
    /// The partial application: `id` and `flags`.
    pub application: Value,
    /// The complete guilds, as in GUILD_CREATE.
    pub guilds: Vec<Value>,
}

/// Counts what has happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// The number of connections opened.
    pub connections: u64,
    /// The number of identifies with the valid token, including rejected ones.
    pub identifies: u64,
    /// The number of sessions resumed.
    pub resumes: u64,
    /// The number of resumes rejected.
    pub resumes_rejected: u64,
    /// The number of heartbeats received.
    pub heartbeats: u64,
    /// The number of connections closed because heartbeats were missing.
    pub timeouts: u64,
}
