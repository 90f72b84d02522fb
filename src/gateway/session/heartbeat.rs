//! The heartbeat of one connection: when to beat, and when silence means that the peer is gone.
//!
//! See [heartbeating](https://docs.discord.com/developers/events/gateway#sending-heartbeats).

use std::time::{Duration, Instant};

/// A beat that not a byte answered for this long proves the connection dead.
pub(super) const ACK_PATIENCE: Duration = Duration::from_secs(10);
/// The same after a suspected suspend, where most likely nothing will ever come.
pub(super) const SUSPECT_PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Heart {
    interval: Duration,
    next_beat: Instant,
    last_beat: Option<Instant>,
    latency: Option<Duration>,
    waiting: Option<Waiting>,
    /// While nothing is read nothing can be concluded from silence.
    held: bool,
}

/// At least one beat is unanswered.
#[derive(Debug)]
struct Waiting {
    /// When the oldest unanswered beat left.
    since: Instant,
    /// From when on bytes are looked for, and for how long.
    watched_from: Instant,
    patience: Duration,
    heard: bool,
    /// What is read may have come before the beat: it lay there while the machine slept.
    stale: bool,
    /// An ACK can queue behind a flood: one interval of grace while bytes keep coming.
    graced: bool,
}

/// Why a connection was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Silent,
    Unacknowledged,
}

impl Verdict {
    pub(super) fn explain(self) -> &'static str {
        match self {
            Verdict::Silent => "a heartbeat was not answered and not a byte came since",
            Verdict::Unacknowledged => "heartbeats were not acknowledged",
        }
    }
}

impl Heart {
    /// The first beat comes after a random part of the interval, so that not all bots beat at once.
    pub(super) fn new(now: Instant, interval: Duration, jitter: f64) -> Self {
        Heart {
            interval,
            next_beat: now + interval.mul_f64(jitter),
            last_beat: None,
            latency: None,
            waiting: None,
            held: false,
        }
    }

    pub(super) fn latency(&self) -> Option<Duration> {
        self.latency
    }

    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    pub(super) fn deadline(&self) -> Instant {
        self.verdict_at().map_or(self.next_beat, |at| at.min(self.next_beat))
    }

    /// When the next look at the unanswered beat is due.
    fn verdict_at(&self) -> Option<Instant> {
        let waiting = self.waiting.as_ref().filter(|_| !self.held)?;
        let documented = waiting.since + self.interval * if waiting.graced { 2 } else { 1 };
        let silent = waiting.watched_from + waiting.patience;
        // Once something was heard the patience matters again only in the grace period.
        Some(if waiting.heard && !waiting.graced { documented } else { documented.min(silent) })
    }

    /// Bytes came, of whatever frame.
    pub(super) fn heard(&mut self) {
        if let Some(waiting) = &mut self.waiting {
            waiting.heard |= !waiting.stale;
        }
    }

    /// Nothing was there to read: what comes from now on is new.
    pub(super) fn found_nothing(&mut self) {
        if let Some(waiting) = &mut self.waiting {
            waiting.stale = false;
        }
    }

    /// The oldest beat that was not yet acknowledged is; it left then, as far as that is known.
    pub(super) fn acknowledged(&mut self, now: Instant, sent: Option<Instant>) {
        let stale = |waiting: &Waiting| waiting.stale && sent.is_some_and(|sent| sent < waiting.since);
        if self.waiting.as_ref().is_some_and(stale) {
            return;
        }
        if self.waiting.take().is_some() {
            self.latency = self.last_beat.map(|beat| now.saturating_duration_since(beat));
        }
    }

    /// Whether the connection is dead by now.
    pub(super) fn verdict(&mut self, now: Instant) -> Option<Verdict> {
        if self.verdict_at().is_none_or(|at| now < at) {
            return None;
        }
        let interval = self.interval;
        // `verdict_at` is some, so a beat is waiting.
        let waiting = self.waiting.as_mut()?;
        if !waiting.heard {
            return Some(Verdict::Silent);
        }
        if waiting.graced && now >= waiting.since + interval * 2 {
            return Some(Verdict::Unacknowledged);
        }
        waiting.graced = true;
        waiting.heard = false;
        waiting.watched_from = now;
        waiting.patience = ACK_PATIENCE.min(interval);
        None
    }

    /// Whether the regular beat is due.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        now >= self.next_beat
    }

    /// The send window is full: beat as soon as it is not.
    pub(super) fn postpone(&mut self, until: Instant) {
        self.next_beat = until;
    }

    /// A regular beat leaves now.
    pub(super) fn beat(&mut self, now: Instant) {
        let regular = self.next_beat + self.interval;
        self.next_beat = if regular > now { regular } else { now + self.interval };
        self.sent(now, ACK_PATIENCE.min(self.interval));
    }

    /// A beat outside the rhythm leaves now, because Discord asked for one.
    pub(super) fn extra_beat(&mut self, now: Instant) {
        self.sent(now, ACK_PATIENCE.min(self.interval));
    }

    fn sent(&mut self, now: Instant, patience: Duration) {
        self.last_beat = Some(now);
        if self.waiting.is_none() {
            self.waiting = Some(Waiting::new(now, patience));
        }
    }

    /// The machine may have slept: whatever was waited for is waited for anew, but not for long.
    pub(super) fn suspect_beat(&mut self, now: Instant) {
        self.last_beat = Some(now);
        let patience = SUSPECT_PATIENCE.min(self.interval);
        self.waiting = Some(Waiting { stale: true, ..Waiting::new(now, patience) });
    }

    /// Reading stops or goes on. What was not read says nothing about the peer.
    pub(super) fn hold(&mut self, now: Instant, held: bool) {
        if self.held && !held && self.waiting.is_some() {
            let patience = ACK_PATIENCE.min(self.interval);
            self.waiting = Some(Waiting::new(now, patience));
        }
        self.held = held;
    }
}

impl Waiting {
    fn new(now: Instant, patience: Duration) -> Self {
        Waiting { since: now, watched_from: now, patience, heard: false, stale: false, graced: false }
    }
}
