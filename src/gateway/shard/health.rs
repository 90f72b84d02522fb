//! How a shard is, for other threads and for probes.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::gateway::session::{Notice, State};

/// How a shard is: a few numbers that any thread reads without waiting.
#[derive(Debug)]
pub struct Health {
    born: Instant,
    state: AtomicU8,
    held: AtomicBool,
    /// Microseconds; 0 while unknown.
    latency: AtomicU64,
    /// As [`millis`](Health::millis) has it; 0 while nothing came.
    heard: AtomicU64,
    /// When it may log in, likewise; 0 when that is not what it waits for.
    postponed: AtomicU64,
    identifies: AtomicU64,
    resumes: AtomicU64,
    disconnects: AtomicU64,
}

impl Health {
    pub(super) fn new(now: Instant) -> Self {
        Health {
            born: now,
            state: AtomicU8::new(State::Disconnected as u8),
            held: AtomicBool::new(false),
            latency: AtomicU64::new(0),
            heard: AtomicU64::new(0),
            postponed: AtomicU64::new(0),
            identifies: AtomicU64::new(0),
            resumes: AtomicU64::new(0),
            disconnects: AtomicU64::new(0),
        }
    }

    /// Where the session stands.
    pub fn state(&self) -> State {
        match self.state.load(Ordering::Relaxed) {
            s if s == State::Ready as u8 => State::Ready,
            s if s == State::Connecting as u8 => State::Connecting,
            s if s == State::Stopped as u8 => State::Stopped,
            _ => State::Disconnected,
        }
    }

    /// The time from the last heartbeat to its ACK, once there was one.
    pub fn latency(&self) -> Option<Duration> {
        Some(self.latency.load(Ordering::Relaxed)).filter(|us| *us > 0).map(Duration::from_micros)
    }

    /// How long ago anything was last read from Discord. More than a heartbeat interval (about 41 s) is a bad sign,
    /// unless the shard [is held](Health::is_held).
    pub fn last_received(&self) -> Option<Duration> {
        let heard = self.heard.load(Ordering::Relaxed).checked_sub(1)?;
        Some(self.born.elapsed().saturating_sub(Duration::from_millis(heard)))
    }

    /// How much longer the shard has to wait before it may log in: seconds behind other shards, and up to a day when most
    /// of the day's logins are used up. `None` when that is not what it waits for.
    pub fn identify_wait(&self) -> Option<Duration> {
        let at = Some(self.postponed.load(Ordering::Relaxed)).filter(|at| *at > 0)?;
        Some(Duration::from_millis(at).saturating_sub(self.born.elapsed()))
    }

    /// Whether reading is suspended because the bot's closures are slower than Discord.
    pub fn is_reading_paused(&self) -> bool {
        self.held.load(Ordering::Relaxed)
    }

    /// How often the shard identified.
    pub fn identifies(&self) -> u64 {
        self.identifies.load(Ordering::Relaxed)
    }

    /// How often it resumed.
    pub fn resumes(&self) -> u64 {
        self.resumes.load(Ordering::Relaxed)
    }

    /// How often a connection ended.
    pub fn disconnects(&self) -> u64 {
        self.disconnects.load(Ordering::Relaxed)
    }

    pub(super) fn identified(&self) {
        self.identifies.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn heard(&self, now: Instant) {
        self.heard.store(self.millis(now), Ordering::Relaxed);
    }

    /// The login may be tried again then, or is not put off any more.
    pub(super) fn postponed(&self, until: Option<Instant>) {
        self.postponed.store(until.map_or(0, |at| self.millis(at)), Ordering::Relaxed);
    }

    /// Since `born`, plus one.
    fn millis(&self, at: Instant) -> u64 {
        let millis = at.saturating_duration_since(self.born).as_millis();
        u64::try_from(millis).unwrap_or(u64::MAX - 1) + 1
    }

    pub(super) fn is(&self, state: State, latency: Option<Duration>, held: bool) {
        self.state.store(state as u8, Ordering::Relaxed);
        self.held.store(held, Ordering::Relaxed);
        let micros = latency.map_or(0, |l| u64::try_from(l.as_micros()).unwrap_or(u64::MAX).max(1));
        self.latency.store(micros, Ordering::Relaxed);
    }

    pub(super) fn notice(&self, notice: &Notice) {
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
