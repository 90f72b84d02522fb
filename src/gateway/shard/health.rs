//! The state of a shard, for other threads and for probes.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::gateway::session::{Notice, State};

/// The state of a shard: a few numbers that any thread reads without waiting.
#[derive(Debug)]
pub struct Health {
    created_at: Instant,
    state: AtomicU8,
    reading_paused: AtomicBool,
    /// Microseconds; 0 while unknown.
    latency: AtomicU64,
    /// In [`millis`](Health::millis); 0 before anything was received.
    last_received: AtomicU64,
    /// When the shard may identify, in `millis`; 0 when it does not wait for that.
    identify_at: AtomicU64,
    identifies: AtomicU64,
    resumes: AtomicU64,
    disconnects: AtomicU64,
}

impl Health {
    pub(super) fn new(now: Instant) -> Self {
        Health {
            created_at: now,
            state: AtomicU8::new(State::Disconnected as u8),
            reading_paused: AtomicBool::new(false),
            latency: AtomicU64::new(0),
            last_received: AtomicU64::new(0),
            identify_at: AtomicU64::new(0),
            identifies: AtomicU64::new(0),
            resumes: AtomicU64::new(0),
            disconnects: AtomicU64::new(0),
        }
    }

    /// The state of the session.
    pub fn state(&self) -> State {
        match self.state.load(Ordering::Relaxed) {
            s if s == State::Ready as u8 => State::Ready,
            s if s == State::Connecting as u8 => State::Connecting,
            s if s == State::Stopped as u8 => State::Stopped,
            _ => State::Disconnected,
        }
    }

    /// The time from the last heartbeat to its ACK. `None` before the first ACK.
    pub fn latency(&self) -> Option<Duration> {
        Some(self.latency.load(Ordering::Relaxed)).filter(|us| *us > 0).map(Duration::from_micros)
    }

    /// The time since anything was received from Discord. More than a heartbeat interval (about 41 s) is a bad sign, unless
    /// [reading is paused](Health::is_reading_paused).
    pub fn last_received(&self) -> Option<Duration> {
        let received = self.last_received.load(Ordering::Relaxed).checked_sub(1)?;
        Some(self.created_at.elapsed().saturating_sub(Duration::from_millis(received)))
    }

    /// How much longer the shard has to wait until it may identify: seconds because of other shards, and up to a day when
    /// most of the day's identifies are used up. `None` when it does not wait for that.
    pub fn identify_wait(&self) -> Option<Duration> {
        let at = Some(self.identify_at.load(Ordering::Relaxed)).filter(|at| *at > 0)?;
        Some(Duration::from_millis(at).saturating_sub(self.created_at.elapsed()))
    }

    /// Whether reading is paused because the bot's handlers are slower than Discord.
    pub fn is_reading_paused(&self) -> bool {
        self.reading_paused.load(Ordering::Relaxed)
    }

    /// The number of identifies.
    pub fn identifies(&self) -> u64 {
        self.identifies.load(Ordering::Relaxed)
    }

    /// The number of successful resumes.
    pub fn resumes(&self) -> u64 {
        self.resumes.load(Ordering::Relaxed)
    }

    /// The number of connections that ended.
    pub fn disconnects(&self) -> u64 {
        self.disconnects.load(Ordering::Relaxed)
    }

    pub(super) fn count_identify(&self) {
        self.identifies.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn set_last_received(&self, now: Instant) {
        self.last_received.store(self.millis(now), Ordering::Relaxed);
    }

    /// Sets when the shard asks for its permit again, or that it does not wait for one.
    pub(super) fn set_identify_at(&self, at: Option<Instant>) {
        self.identify_at.store(at.map_or(0, |at| self.millis(at)), Ordering::Relaxed);
    }

    /// Milliseconds since `created_at`, plus one.
    fn millis(&self, at: Instant) -> u64 {
        let millis = at.saturating_duration_since(self.created_at).as_millis();
        u64::try_from(millis).unwrap_or(u64::MAX - 1) + 1
    }

    pub(super) fn update(&self, state: State, latency: Option<Duration>, reading_paused: bool) {
        self.state.store(state as u8, Ordering::Relaxed);
        self.reading_paused.store(reading_paused, Ordering::Relaxed);
        let micros = latency.map_or(0, |l| u64::try_from(l.as_micros()).unwrap_or(u64::MAX).max(1));
        self.latency.store(micros, Ordering::Relaxed);
    }

    pub(super) fn count_notice(&self, notice: &Notice) {
        match notice {
            Notice::Connected { resumed: true } => {
                self.resumes.fetch_add(1, Ordering::Relaxed);
            }
            Notice::Disconnected(_) => {
                self.disconnects.fetch_add(1, Ordering::Relaxed);
            }
            _ => {}
        }
    }
}
