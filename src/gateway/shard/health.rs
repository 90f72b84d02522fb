//! The health of a shard: counted by its thread, read by any other.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::counters::{Counter, micros, rank};
use crate::gateway::session::{DisconnectCause, Notice, Session, State};
use crate::gateway::shard_id::ShardId;

/// The number of latencies that the mean and the percentile are taken of: about an hour and a half of heartbeats.
const LATENCIES: usize = 128;

/// How long a shard's thread may take longer than it meant to. It may ask Discord for the gateway's address, and connect.
const OVERDUE: Duration = Duration::from_secs(120);

/// Reads the health of a shard, from any thread, also while the shard's thread is busy.
#[derive(Clone)]
pub struct ShardMonitor(Arc<ShardMeter>);

impl ShardMonitor {
    pub(super) fn new(meter: &Arc<ShardMeter>) -> ShardMonitor {
        ShardMonitor(Arc::clone(meter))
    }

    /// The health of the shard at this moment.
    pub fn health(&self) -> ShardHealth {
        self.0.read(Instant::now())
    }
}

impl fmt::Debug for ShardMonitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.health().fmt(f)
    }
}

/// The health of a shard at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShardHealth {
    /// Which shard of how many it is.
    pub shard: ShardId,
    /// The state of the session.
    pub state: State,
    /// The time since anything was received from Discord. `None` before that.
    ///
    /// More than a heartbeat interval (about 41 s) is a bad sign, unless [reading is paused](ShardHealth::is_reading_paused).
    pub last_frame: Option<Duration>,
    /// Whether the shard has a connection, reads it, and has received nothing for longer than a heartbeat interval and the time
    /// in which a shard replaces such a connection. It cannot happen while the shard's thread works.
    pub is_silent: bool,
    /// Whether the shard's thread has not done for two minutes what it had to do.
    pub is_overdue: bool,
    /// Whether reading is paused because the bot's handlers are slower than Discord.
    pub is_reading_paused: bool,
    /// How much longer the shard has to wait until it may identify: seconds because of other shards, and up to a day when
    /// most of the day's identifies are used up. `None` when it does not wait for that.
    pub identify_wait: Option<Duration>,
    /// How long Discord took to acknowledge heartbeats.
    pub latency: Latency,
    /// The number of identifies that were sent.
    pub identifies: u64,
    /// The number of new sessions.
    pub new_sessions: u64,
    /// The number of times that the session was resumed.
    pub resumed_sessions: u64,
    /// The number of times that events were lost, or may have been.
    pub gaps: u64,
    /// The number of connections that ended, by cause. Only causes that occurred are in it.
    pub disconnects: Vec<(DisconnectCause, u64)>,
    /// The number of connections that could not be opened.
    pub failed_connections: u64,
    /// The number of events of this shard that wait for the bot's handlers. Always 0 for a shard without a bot.
    pub queued: u64,
    /// How long the oldest of them has been waiting.
    pub oldest_queued: Option<Duration>,
}

/// How long Discord took to acknowledge the heartbeats of a shard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Latency {
    /// That of the last heartbeat of this connection. `None` before the first one.
    pub last: Option<Duration>,
    /// The mean of the last 128 heartbeats of all connections.
    pub mean: Option<Duration>,
    /// What 99 % of the last 128 heartbeats did not exceed.
    pub p99: Option<Duration>,
    /// The number of acknowledged heartbeats.
    pub count: u64,
    /// The sum of all latencies.
    pub sum: Duration,
}

/// What a shard's thread counts. Only that thread writes.
#[derive(Debug)]
pub(crate) struct ShardMeter {
    shard: ShardId,
    created_at: Instant,
    state: AtomicU8,
    reading_paused: AtomicBool,
    /// Microseconds; 0 while unknown.
    latency: AtomicU64,
    /// Microseconds. `acks` tells how many of them are set.
    latencies: [AtomicU32; LATENCIES],
    acks: Counter,
    /// The session's count at the last update.
    seen_acks: AtomicU64,
    latency_sum: Counter,
    /// In [`millis`](ShardMeter::millis); 0 before anything was received.
    last_received: AtomicU64,
    /// When the present connection was opened, in `millis`; 0 without one.
    opened_at: AtomicU64,
    /// In milliseconds.
    max_silence: AtomicU64,
    /// When the thread has to do something next, in `millis`; 0 if there is no such time.
    due_at: AtomicU64,
    /// When the shard may identify, in `millis`; 0 when it does not wait for that.
    identify_at: AtomicU64,
    identifies: Counter,
    new_sessions: Counter,
    resumed_sessions: Counter,
    gaps: Counter,
    disconnects: [Counter; DisconnectCause::ALL.len()],
    failed_connections: Counter,
}

impl ShardMeter {
    pub(super) fn new(shard: ShardId, now: Instant) -> Self {
        ShardMeter {
            shard,
            created_at: now,
            state: AtomicU8::new(State::Disconnected as u8),
            reading_paused: AtomicBool::new(false),
            latency: AtomicU64::new(0),
            latencies: [const { AtomicU32::new(0) }; LATENCIES],
            acks: Counter::new(),
            seen_acks: AtomicU64::new(0),
            latency_sum: Counter::new(),
            last_received: AtomicU64::new(0),
            opened_at: AtomicU64::new(0),
            max_silence: AtomicU64::new(0),
            due_at: AtomicU64::new(0),
            identify_at: AtomicU64::new(0),
            identifies: Counter::new(),
            new_sessions: Counter::new(),
            resumed_sessions: Counter::new(),
            gaps: Counter::new(),
            disconnects: [const { Counter::new() }; DisconnectCause::ALL.len()],
            failed_connections: Counter::new(),
        }
    }

    /// What was counted so far.
    pub(crate) fn read(&self, now: Instant) -> ShardHealth {
        let state = self.state();
        let is_reading_paused = self.reading_paused.load(Ordering::Relaxed);
        let due_at = self.instant(&self.due_at).filter(|_| state != State::Stopped);
        ShardHealth {
            shard: self.shard,
            state,
            last_frame: self.instant(&self.last_received).map(|at| now.saturating_duration_since(at)),
            is_silent: state != State::Stopped && !is_reading_paused && self.is_silent(now),
            is_overdue: due_at.is_some_and(|at| now.saturating_duration_since(at) > OVERDUE),
            is_reading_paused,
            identify_wait: self.instant(&self.identify_at).map(|at| at.saturating_duration_since(now)),
            latency: self.read_latency(),
            identifies: self.identifies.get(),
            new_sessions: self.new_sessions.get(),
            resumed_sessions: self.resumed_sessions.get(),
            gaps: self.gaps.get(),
            disconnects: self.read_disconnects(),
            failed_connections: self.failed_connections.get(),
            queued: 0,
            oldest_queued: None,
        }
    }

    /// The latency of the last heartbeat of this connection.
    pub(crate) fn latency(&self) -> Option<Duration> {
        Some(self.latency.load(Ordering::Relaxed)).filter(|us| *us > 0).map(Duration::from_micros)
    }

    fn state(&self) -> State {
        match self.state.load(Ordering::Relaxed) {
            s if s == State::Ready as u8 => State::Ready,
            s if s == State::Connecting as u8 => State::Connecting,
            s if s == State::Stopped as u8 => State::Stopped,
            _ => State::Disconnected,
        }
    }

    fn is_silent(&self, now: Instant) -> bool {
        let Some(opened_at) = self.instant(&self.opened_at) else { return false };
        let since = self.instant(&self.last_received).map_or(opened_at, |at| at.max(opened_at));
        let max_silence = Duration::from_millis(self.max_silence.load(Ordering::Relaxed));
        now.saturating_duration_since(since) > max_silence
    }

    fn read_latency(&self) -> Latency {
        let count = self.acks.get();
        let known = self.latencies.len().min(usize::try_from(count).unwrap_or(usize::MAX));
        let mut latencies: Vec<u32> =
            self.latencies[..known].iter().map(|micros| micros.load(Ordering::Relaxed)).collect();
        latencies.sort_unstable();
        let sum: u64 = latencies.iter().map(|micros| u64::from(*micros)).sum();
        let p99 = rank(0.99, known as u64).and_then(|rank| latencies.get(rank as usize - 1));
        Latency {
            last: self.latency(),
            mean: sum.checked_div(known as u64).map(Duration::from_micros),
            p99: p99.map(|micros| Duration::from_micros((*micros).into())),
            count,
            sum: Duration::from_micros(self.latency_sum.get()),
        }
    }

    fn read_disconnects(&self) -> Vec<(DisconnectCause, u64)> {
        let counts = self.disconnects.iter().map(Counter::get);
        DisconnectCause::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect()
    }

    pub(super) fn count_identify(&self) {
        self.identifies.add_alone(1);
    }

    pub(super) fn count_failed_connection(&self) {
        self.failed_connections.add_alone(1);
    }

    pub(super) fn set_last_received(&self, now: Instant) {
        self.last_received.store(self.millis(now), Ordering::Relaxed);
    }

    /// Sets when the connection was opened, or that there is none.
    pub(super) fn set_opened_at(&self, at: Option<Instant>) {
        self.opened_at.store(at.map_or(0, |at| self.millis(at)), Ordering::Relaxed);
    }

    /// Sets when the thread has to do something next.
    pub(super) fn set_due_at(&self, at: Instant) {
        self.due_at.store(self.millis(at), Ordering::Relaxed);
    }

    /// Sets when the shard asks for its permit again, or that it does not wait for one.
    pub(super) fn set_identify_at(&self, at: Option<Instant>) {
        self.identify_at.store(at.map_or(0, |at| self.millis(at)), Ordering::Relaxed);
    }

    /// Milliseconds since `created_at`, plus one.
    fn millis(&self, at: Instant) -> u64 {
        millis(at.saturating_duration_since(self.created_at)) + 1
    }

    /// The time that was stored in [`millis`](ShardMeter::millis).
    fn instant(&self, millis: &AtomicU64) -> Option<Instant> {
        let millis = millis.load(Ordering::Relaxed).checked_sub(1)?;
        self.created_at.checked_add(Duration::from_millis(millis))
    }

    pub(super) fn update(&self, session: &Session, reading_paused: bool) {
        self.state.store(session.state() as u8, Ordering::Relaxed);
        self.reading_paused.store(reading_paused, Ordering::Relaxed);
        self.max_silence.store(millis(session.max_silence()), Ordering::Relaxed);
        let latency = session.latency().map_or(0, |latency| micros(latency).max(1));
        self.latency.store(latency, Ordering::Relaxed);
        if latency > 0 && self.seen_acks.swap(session.acks(), Ordering::Relaxed) != session.acks() {
            self.record_latency(latency);
        }
    }

    fn record_latency(&self, micros: u64) {
        let place = self.acks.get() as usize % LATENCIES;
        self.latencies[place].store(u32::try_from(micros).unwrap_or(u32::MAX), Ordering::Relaxed);
        self.latency_sum.add_alone(micros);
        self.acks.add_alone(1);
    }

    pub(super) fn count_notice(&self, notice: &Notice) {
        match notice {
            Notice::Connected { resumed: true } => self.resumed_sessions.add_alone(1),
            Notice::Connected { resumed: false } => self.new_sessions.add_alone(1),
            Notice::Disconnected(end) => self.disconnects[end.cause as usize].add_alone(1),
            Notice::Gap(_) => self.gaps.add_alone(1),
            Notice::Waiting { .. } => {}
        }
    }
}

/// The whole milliseconds of a duration.
fn millis(duration: Duration) -> u64 {
    duration.as_secs().saturating_mul(1000).saturating_add(duration.subsec_millis().into()).min(u64::MAX - 1)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;
    use std::time::{Duration, Instant};

    use super::{LATENCIES, OVERDUE, ShardMeter};
    use crate::gateway::session::State;
    use crate::gateway::shard_id::ShardId;

    const SECOND: Duration = Duration::from_secs(1);

    fn meter(now: Instant) -> ShardMeter {
        ShardMeter::new(ShardId::default(), now)
    }

    #[test]
    fn the_mean_and_the_percentile_are_those_of_the_last_latencies() {
        let now = Instant::now();
        let meter = meter(now);
        assert_eq!((meter.read_latency().mean, meter.read_latency().p99), (None, None));
        // An early latency, which the later ones replace.
        meter.record_latency(1_000_000);
        (0..LATENCIES as u64 - 2).for_each(|_| meter.record_latency(1000));
        meter.record_latency(9000);
        assert_eq!(meter.read_latency().p99, Some(Duration::from_micros(9000)));
        meter.record_latency(1000);
        let latency = meter.read_latency();
        assert_eq!(latency.p99, Some(Duration::from_micros(1000)));
        assert_eq!(latency.mean, Some(Duration::from_micros((127 * 1000 + 9000) / 128)));
        assert_eq!(latency.count, LATENCIES as u64 + 1);
        assert_eq!(latency.sum, Duration::from_micros(1_000_000 + 127 * 1000 + 9000));
    }

    #[test]
    fn a_connection_is_silent_after_the_time_in_which_the_session_would_replace_it() {
        let start = Instant::now();
        let meter = meter(start);
        meter.max_silence.store(60_000, Ordering::Relaxed);
        let is_silent = |seconds: u32| meter.read(start + SECOND * seconds).is_silent;
        assert!(!is_silent(1000), "there is no connection");
        meter.set_last_received(start);
        meter.set_opened_at(Some(start + SECOND * 1000));
        assert_eq!([1060, 1061].map(is_silent), [false, true]);
        meter.set_last_received(start + SECOND * 1010);
        assert_eq!([1070, 1071].map(is_silent), [false, true]);
        meter.reading_paused.store(true, Ordering::Relaxed);
        assert!(!is_silent(5000), "it does not read");
        meter.reading_paused.store(false, Ordering::Relaxed);
        meter.state.store(State::Stopped as u8, Ordering::Relaxed);
        assert!(!is_silent(5000), "it was stopped");
    }

    #[test]
    fn a_thread_is_overdue_two_minutes_after_its_time() {
        let start = Instant::now();
        let meter = meter(start);
        assert!(!meter.read(start + 9 * OVERDUE).is_overdue, "it has not begun");
        meter.set_due_at(start + SECOND);
        let is_overdue = |at| meter.read(at).is_overdue;
        assert!(!is_overdue(start + SECOND + OVERDUE) && is_overdue(start + 2 * SECOND + OVERDUE));
    }
}
