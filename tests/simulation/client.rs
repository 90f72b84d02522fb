//! A client: a session, its clocks, and the state of the driver that it would have.

use std::collections::VecDeque;
use std::time::{Duration, Instant, SystemTime};

use syncord::gateway::ShardId;
use syncord::gateway::session::{Now, Session, SessionConfig};
use syncord::{Intents, Token};

use super::record::Record;

/// What arrived and was not read yet.
#[derive(Debug)]
pub(crate) enum Arrival {
    Text(String),
    Garbage,
    Closed(Option<u16>, String),
}

/// The clocks of the process that all clients run in.
pub(crate) struct Clocks {
    pub(crate) base: Instant,
    /// How far the monotonic clock is behind, because it stood still in sleep.
    pub(crate) lag: Duration,
    /// How far the wall clock is ahead, in milliseconds.
    pub(crate) ahead: i64,
    /// They were tampered with, so wall times prove nothing.
    pub(crate) stepped: bool,
}

const START: u64 = 1_000_000_000;

impl Clocks {
    pub(crate) fn now(&self, t: Duration) -> Now {
        let ahead = Duration::from_millis(self.ahead.unsigned_abs());
        let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(START) + t;
        Now {
            mono: self.base + (t - self.lag),
            wall: if self.ahead < 0 { wall - ahead } else { wall + ahead },
        }
    }

    /// The world's time at this wall time.
    pub(crate) fn true_time(&self, wall: SystemTime) -> Duration {
        wall.duration_since(SystemTime::UNIX_EPOCH + Duration::from_secs(START)).unwrap_or_default()
    }
}

pub(crate) struct Client {
    pub(crate) id: ShardId,
    pub(crate) session: Session,
    pub(crate) record: Record,
    /// A socket is being opened; the driver looks at nothing else.
    pub(crate) opening: bool,
    /// A permit to identify is held.
    pub(crate) permit: bool,
    pub(crate) link: Option<usize>,
    pub(crate) unread: VecDeque<Arrival>,
    pub(crate) held: bool,
    /// Stopped, and started anew then.
    pub(crate) restart_at: Option<Duration>,
    /// The budget's answer, which is no trouble of the session's.
    pub(crate) waits_for_budget: bool,
    /// Since when it is not ready.
    pub(crate) away_since: Option<Duration>,
    looks: (Duration, u32),
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
            held: false,
            restart_at: None,
            waits_for_budget: false,
            away_since: Some(Duration::ZERO),
            looks: (Duration::ZERO, 0),
        }
    }

    pub(crate) fn reads(&self) -> bool {
        !self.held || self.session.reads_under_backpressure()
    }

    /// When this client acts by itself.
    pub(crate) fn deadline(&self, clocks: &Clocks) -> Option<Duration> {
        if self.restart_at.is_some() {
            return self.restart_at;
        }
        if self.opening {
            return None;
        }
        Some(self.session.deadline()?.saturating_duration_since(clocks.base) + clocks.lag)
    }

    /// Whether it turns without getting anywhere.
    pub(crate) fn spins(&mut self, t: Duration) -> bool {
        self.looks = if self.looks.0 == t { (t, self.looks.1 + 1) } else { (t, 0) };
        self.looks.1 > 500
    }
}
