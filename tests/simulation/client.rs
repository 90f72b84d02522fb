//! A client: a session, its clocks, and the state of its driver.

use std::collections::VecDeque;
use std::time::{Duration, Instant, SystemTime};

use syncord::gateway::ShardId;
use syncord::gateway::session::{Now, Session, SessionConfig};
use syncord::{Intents, Token};

use super::record::Record;

/// Data that arrived and was not read yet.
#[derive(Debug)]
pub(crate) enum Arrival {
    Text(String),
    Invalid,
    Closed(Option<u16>, String),
}

/// The clocks of the process that runs all clients.
pub(crate) struct Clocks {
    pub(crate) base: Instant,
    /// How far the monotonic clock is behind, because it stopped during suspends.
    pub(crate) mono_lag: Duration,
    /// How far the wall clock is ahead, in milliseconds.
    pub(crate) wall_ahead_ms: i64,
    /// The wall clock was changed, so its times prove nothing.
    pub(crate) wall_stepped: bool,
}

const START: u64 = 1_000_000_000;

impl Clocks {
    pub(crate) fn now(&self, t: Duration) -> Now {
        let wall_ahead_ms = Duration::from_millis(self.wall_ahead_ms.unsigned_abs());
        let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(START) + t;
        Now {
            mono: self.base + (t - self.mono_lag),
            wall: if self.wall_ahead_ms < 0 { wall - wall_ahead_ms } else { wall + wall_ahead_ms },
        }
    }

    /// The simulated time at this wall time.
    pub(crate) fn true_time(&self, wall: SystemTime) -> Duration {
        wall.duration_since(SystemTime::UNIX_EPOCH + Duration::from_secs(START)).unwrap_or_default()
    }
}

pub(crate) struct Client {
    pub(crate) id: ShardId,
    pub(crate) session: Session,
    pub(crate) record: Record,
    /// A socket is being opened. The driver does nothing else.
    pub(crate) opening: bool,
    /// The client has a permit to identify.
    pub(crate) permit: bool,
    pub(crate) link: Option<usize>,
    pub(crate) unread: VecDeque<Arrival>,
    pub(crate) paused: bool,
    /// The session was stopped, and starts again at this time.
    pub(crate) restart_at: Option<Duration>,
    /// The session waits for the identify budget, which is not its fault.
    pub(crate) waits_for_budget: bool,
    /// Since when the session is not ready.
    pub(crate) away_since: Option<Duration>,
    turns: (Duration, u32),
}

pub(crate) fn session(id: ShardId, now: Now, seed: u64) -> Session {
    let mut config = SessionConfig::new(
        Token::new("simulated.bot.token").unwrap(),
        Intents::GUILD_MESSAGES | Intents::GUILD_MEMBERS,
    );
    config.shard = id;
    Session::new(config, now, seed)
}

impl Client {
    pub(crate) fn new(id: ShardId, now: Now, seed: u64) -> Client {
        Client {
            id,
            session: session(id, now, seed),
            record: Record::default(),
            opening: false,
            permit: false,
            link: None,
            unread: VecDeque::new(),
            paused: false,
            restart_at: None,
            waits_for_budget: false,
            away_since: Some(Duration::ZERO),
            turns: (Duration::ZERO, 0),
        }
    }

    pub(crate) fn reads(&self) -> bool {
        !self.paused || self.session.reads_under_backpressure()
    }

    /// The next time at which the client acts by itself.
    pub(crate) fn deadline(&self, clocks: &Clocks) -> Option<Duration> {
        if self.restart_at.is_some() {
            return self.restart_at;
        }
        if self.opening {
            return None;
        }
        Some(self.session.deadline()?.saturating_duration_since(clocks.base) + clocks.mono_lag)
    }

    /// Whether the client acts again and again without any progress.
    pub(crate) fn is_looping(&mut self, t: Duration) -> bool {
        self.turns = if self.turns.0 == t { (t, self.turns.1 + 1) } else { (t, 0) };
        self.turns.1 > 500
    }
}
