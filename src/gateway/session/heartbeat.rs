//! The heartbeat of one connection: when to send it, and when a missing ACK means that the connection is dead.
//!
//! See [heartbeating](https://docs.discord.com/developers/events/gateway#sending-heartbeats).

use std::time::{Duration, Instant};

/// When not one byte arrives for this long after a heartbeat, the connection is dead.
const ACK_TIMEOUT: Duration = Duration::from_secs(10);
/// The same after a suspected suspend, where the connection is most likely dead.
const SUSPECT_ACK_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Heartbeat {
    interval: Duration,
    next: Instant,
    last: Option<Instant>,
    latency: Option<Duration>,
    waiting: Option<AckWait>,
    /// While reading is paused, silence does not mean that the connection is dead.
    paused: bool,
}

/// At least one heartbeat is not acknowledged.
#[derive(Debug)]
struct AckWait {
    /// When the oldest unacknowledged heartbeat was sent.
    since: Instant,
    /// From when on bytes are expected, and for how long.
    silent_since: Instant,
    timeout: Duration,
    /// Bytes arrived.
    got_bytes: bool,
    /// What is read may have arrived before the heartbeat, and waited in a buffer while the machine was suspended.
    stale: bool,
    /// An ACK can be behind many events, so while bytes arrive there is one interval of grace.
    in_grace: bool,
}

/// Why a connection counts as dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZombieReason {
    Silent,
    Unacknowledged,
}

impl ZombieReason {
    pub(super) fn explain(self) -> &'static str {
        match self {
            ZombieReason::Silent => "nothing was received after a heartbeat, not even its ACK",
            ZombieReason::Unacknowledged => "heartbeats were not acknowledged",
        }
    }
}

impl Heartbeat {
    /// The first heartbeat is due after a random part of the interval, so that not all bots send theirs at once.
    pub(super) fn new(now: Instant, interval: Duration, jitter: f64) -> Self {
        Heartbeat {
            interval,
            next: now + interval.mul_f64(jitter),
            last: None,
            latency: None,
            waiting: None,
            paused: false,
        }
    }

    pub(super) fn latency(&self) -> Option<Duration> {
        self.latency
    }

    /// The session replaces a silent connection within an interval and the timeout of an ACK; the rest is for a busy machine.
    pub(super) fn max_silence(&self) -> Duration {
        self.interval + 2 * ACK_TIMEOUT.min(self.interval)
    }

    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    pub(super) fn deadline(&self) -> Instant {
        self.check_at().map_or(self.next, |at| at.min(self.next))
    }

    /// When to check the unacknowledged heartbeat.
    fn check_at(&self) -> Option<Instant> {
        let waiting = self.waiting.as_ref().filter(|_| !self.paused)?;
        let documented = waiting.since + self.interval * if waiting.in_grace { 2 } else { 1 };
        let silent = waiting.silent_since + waiting.timeout;
        // Once bytes arrived, silence matters again only in the grace period.
        Some(if waiting.got_bytes && !waiting.in_grace { documented } else { documented.min(silent) })
    }

    /// Bytes of any frame arrived.
    pub(super) fn on_bytes(&mut self) {
        if let Some(waiting) = &mut self.waiting {
            waiting.got_bytes |= !waiting.stale;
        }
    }

    /// There was nothing to read: what arrives from now on is new.
    pub(super) fn on_nothing_to_read(&mut self) {
        if let Some(waiting) = &mut self.waiting {
            waiting.stale = false;
        }
    }

    /// The oldest unacknowledged heartbeat is acknowledged. `sent` is when it was sent, if that is known.
    /// Returns false if it acknowledges nothing.
    pub(super) fn on_ack(&mut self, now: Instant, sent: Option<Instant>) -> bool {
        let stale = |waiting: &AckWait| waiting.stale && sent.is_some_and(|sent| sent < waiting.since);
        if self.waiting.as_ref().is_some_and(stale) || self.waiting.take().is_none() {
            return false;
        }
        self.latency = self.last.map(|last| now.saturating_duration_since(last));
        true
    }

    /// Returns why the connection is dead, if it is.
    pub(super) fn zombie_reason(&mut self, now: Instant) -> Option<ZombieReason> {
        if self.check_at().is_none_or(|at| now < at) {
            return None;
        }
        let interval = self.interval;
        // `check_at` is `Some`, so a heartbeat is unacknowledged.
        let waiting = self.waiting.as_mut()?;
        if !waiting.got_bytes {
            return Some(ZombieReason::Silent);
        }
        if waiting.in_grace && now >= waiting.since + interval * 2 {
            return Some(ZombieReason::Unacknowledged);
        }
        waiting.in_grace = true;
        waiting.got_bytes = false;
        waiting.silent_since = now;
        waiting.timeout = ACK_TIMEOUT.min(interval);
        None
    }

    /// Whether the regular heartbeat is due.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        now >= self.next
    }

    /// The send limit is reached: the heartbeat is due as soon as the limit allows it.
    pub(super) fn postpone(&mut self, until: Instant) {
        self.next = until;
    }

    /// A regular heartbeat is sent now.
    pub(super) fn record_regular(&mut self, now: Instant) {
        let next = self.next + self.interval;
        self.next = if next > now { next } else { now + self.interval };
        self.record(now);
    }

    /// A heartbeat is sent now because Discord requested it. The regular ones do not move.
    pub(super) fn record_requested(&mut self, now: Instant) {
        self.record(now);
    }

    fn record(&mut self, now: Instant) {
        self.last = Some(now);
        if self.waiting.is_none() {
            self.waiting = Some(AckWait::new(now, ACK_TIMEOUT.min(self.interval)));
        }
    }

    /// A heartbeat is sent now because the machine may have been suspended. The wait for an ACK starts again, with the
    /// shorter timeout.
    pub(super) fn record_suspect(&mut self, now: Instant) {
        self.last = Some(now);
        let timeout = SUSPECT_ACK_TIMEOUT.min(self.interval);
        self.waiting = Some(AckWait { stale: true, ..AckWait::new(now, timeout) });
    }

    /// Reading stops or continues. When it continues, the wait for an ACK starts again.
    pub(super) fn set_paused(&mut self, now: Instant, paused: bool) {
        if self.paused && !paused && self.waiting.is_some() {
            self.waiting = Some(AckWait::new(now, ACK_TIMEOUT.min(self.interval)));
        }
        self.paused = paused;
    }
}

impl AckWait {
    fn new(now: Instant, timeout: Duration) -> Self {
        AckWait { since: now, silent_since: now, timeout, got_bytes: false, stale: false, in_grace: false }
    }
}
