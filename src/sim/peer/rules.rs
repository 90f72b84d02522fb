//! What the peer is set up with, and what it counts.

use std::time::Duration;

use serde_json::Value;

use crate::gateway::intents::Intents;

/// One identify per bucket in this long ([rate limits of sessions](https://docs.discord.com/developers/events/gateway#rate-limiting)).
pub(super) const IDENTIFY_WINDOW: Duration = Duration::from_secs(5);
/// The identify budget is counted anew this often.
pub(super) const BUDGET_PERIOD: Duration = Duration::from_secs(24 * 3600);
/// The largest payload a client may send.
pub(super) const MAX_PAYLOAD: usize = 4096;
/// Presence updates per window ([activity object](https://docs.discord.com/developers/events/gateway-events#activity-object)).
pub(super) const PRESENCE_LIMIT: (usize, Duration) = (5, Duration::from_secs(20));

/// How many logins a bot has, as `session_start_limit` of `GET /gateway/bot` tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionStartLimit {
    /// Logins a day.
    pub total: u32,
    /// Logins left.
    pub remaining: u32,
    /// How long until they are counted anew.
    pub reset_after: Duration,
    /// Logins per 5 seconds; each shard has its bucket, `shard % max_concurrency`.
    pub max_concurrency: u32,
}

/// The rules a [`Peer`](super::Peer) holds its client to.
#[derive(Clone)]
pub struct Rules {
    /// The only right token.
    pub token: String,
    /// The privileged intents switched on for the application, as bits.
    pub privileged_intents: u64,
    /// What HELLO asks for.
    pub heartbeat_interval: Duration,
    /// How late a heartbeat may be before it is held against the client.
    ///
    /// A client whose heartbeats stay out for two intervals and this is disconnected.
    pub heartbeat_tolerance: Duration,
    /// How many logins there are.
    pub session_start_limit: SessionStartLimit,
    /// By how much two logins of one bucket may come nearer to each other than 5 seconds, since the
    /// network delays one more than the other.
    pub identify_tolerance: Duration,
    /// How long a session lives without a connection.
    pub resume_window: Duration,
    /// How many events are kept for replay.
    pub replay_limit: usize,
    /// `resume_gateway_url` of READY.
    pub resume_url: String,
    /// How many frames a client may send in how long.
    pub send_limit: (usize, Duration),
    /// How long after asking for a reconnect the connection is closed by this side.
    pub reconnect_grace: Duration,
    /// The sequence number of READY.
    pub first_seq: u64,
    /// Whether frames vary in key order, white space, absent keys and unknown keys, as they may.
    pub vary_frames: bool,
}

impl Default for Rules {
    /// Discord's own numbers, as documented or as seen.
    fn default() -> Rules {
        Rules {
            token: "simulated.bot.token".into(),
            privileged_intents: Intents::PRIVILEGED.bits(),
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

/// What a session is greeted with.
#[derive(Clone, Debug, Default)]
pub struct ReadyData {
    /// The bot's user.
    pub user: Value,
    /// The partial application: `id` and `flags`.
    pub application: Value,
    /// The whole guilds, as GUILD_CREATE brings them.
    pub guilds: Vec<Value>,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Connections opened.
    pub connections: u64,
    /// Logins with the right token, the refused ones too.
    pub identifies: u64,
    /// Sessions resumed.
    pub resumes: u64,
    /// Resumes refused.
    pub resumes_refused: u64,
    /// Heartbeats received.
    pub heartbeats: u64,
    /// Connections given up because heartbeats stayed out.
    pub timeouts: u64,
}
