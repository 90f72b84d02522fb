//! One connection: its heart and what may be sent over it.
//!
//! See [rate limiting](https://docs.discord.com/developers/events/gateway#rate-limiting).

use std::time::{Duration, Instant};

use super::heartbeat::{Heart, Verdict};
use super::outbox::Outbox;
use super::payload;
use super::send_limit::Quota;
use super::types::Action;

/// Sends per connection and minute, heartbeats included.
const SENDS: usize = 120;
/// A little over the minute, because the network can bring two sends closer together.
const SENDS_WINDOW: Duration = Duration::from_secs(61);
/// Places that orders leave free, besides the regular heartbeats of a minute, for those that Discord asks for.
const SPARE_SENDS: usize = 10;
/// Presences per connection in twenty seconds, with the same margin.
const PRESENCES: usize = 5;
const PRESENCES_WINDOW: Duration = Duration::from_secs(21);

#[derive(Debug)]
pub(super) struct Link {
    heart: Option<Heart>,
    sends: Quota,
    presences: Quota,
    /// When the window has room for the next order.
    send_at: Option<Instant>,
}

impl Default for Link {
    fn default() -> Self {
        Link::new()
    }
}

impl Link {
    pub(super) fn new() -> Self {
        Link {
            heart: None,
            sends: Quota::new(SENDS, SENDS_WINDOW),
            presences: Quota::new(PRESENCES, PRESENCES_WINDOW),
            send_at: None,
        }
    }

    /// Hello came.
    pub(super) fn start(&mut self, now: Instant, interval: Duration, jitter: f64) {
        self.heart = Some(Heart::new(now, interval, jitter));
    }

    /// One payload leaves that is neither a beat nor an order.
    pub(super) fn count(&mut self, now: Instant) {
        self.sends.take(now);
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.heart.as_ref().map(Heart::deadline)
    }

    pub(super) fn send_deadline(&self, outbox: &Outbox) -> Option<Instant> {
        self.send_at.filter(|_| outbox.len() > 0)
    }

    pub(super) fn latency(&self) -> Option<Duration> {
        self.heart.as_ref().and_then(Heart::latency)
    }

    pub(super) fn heard(&mut self) {
        if let Some(heart) = &mut self.heart {
            heart.heard();
        }
    }

    pub(super) fn found_nothing(&mut self) {
        if let Some(heart) = &mut self.heart {
            heart.found_nothing();
        }
    }

    pub(super) fn acknowledged(&mut self, now: Instant, sent: Option<Instant>) {
        if let Some(heart) = &mut self.heart {
            heart.acknowledged(now, sent);
        }
    }

    pub(super) fn hold(&mut self, now: Instant, held: bool) {
        if let Some(heart) = &mut self.heart {
            heart.hold(now, held);
        }
    }

    pub(super) fn verdict(&mut self, now: Instant) -> Option<Verdict> {
        self.heart.as_mut()?.verdict(now)
    }

    /// The regular beat, when it is due.
    pub(super) fn beat(&mut self, now: Instant, seq: Option<u64>) -> Option<String> {
        let heart = self.heart.as_mut()?;
        if !heart.is_due(now) {
            return None;
        }
        if let Err(until) = self.sends.next(now, 0) {
            heart.postpone(until);
            return None;
        }
        heart.beat(now);
        self.sends.take(now);
        Some(payload::heartbeat(seq))
    }

    /// The beat that Discord asked for. Its regular beats have a right of way.
    pub(super) fn extra_beat(&mut self, now: Instant, seq: Option<u64>) -> Option<String> {
        let reserve = self.beats_a_minute();
        let heart = self.heart.as_mut()?;
        if self.sends.next(now, reserve).is_err() {
            log::debug!("Discord asks for more heartbeats than it allows to send");
            return None;
        }
        heart.extra_beat(now);
        self.sends.take(now);
        Some(payload::heartbeat(seq))
    }

    /// The beat that tells a dead connection from a live one after the machine may have slept.
    pub(super) fn suspect(&mut self, now: Instant, seq: Option<u64>) -> Option<String> {
        let reserve = self.beats_a_minute();
        let heart = self.heart.as_mut()?;
        if self.sends.next(now, reserve).is_err() {
            return None;
        }
        heart.suspect_beat(now);
        self.sends.take(now);
        Some(payload::heartbeat(seq))
    }

    /// The next order that fits into the window. Of presences every login and resume takes care by itself.
    pub(super) fn next_order(&mut self, now: Instant, outbox: &mut Outbox) -> Option<Action> {
        self.send_at = None;
        if outbox.len() == 0 {
            return None;
        }
        let reserve = self.beats_a_minute() + SPARE_SENDS;
        if let Err(at) = self.sends.next(now, reserve) {
            self.send_at = Some(at);
            return None;
        }
        if outbox.is_presence_due() {
            match self.presences.next(now, 0) {
                Ok(()) => {
                    self.presences.take(now);
                    self.sends.take(now);
                    return outbox.take_presence().map(Action::Send);
                }
                Err(at) => self.send_at = Some(at),
            }
        }
        match outbox.take(now) {
            Ok(order) => {
                self.sends.take(now);
                Some(Action::SendEvent(order))
            }
            Err(at) => {
                self.send_at = [self.send_at, at].into_iter().flatten().min();
                None
            }
        }
    }

    fn beats_a_minute(&self) -> usize {
        let Some(heart) = &self.heart else { return 0 };
        let beats = SENDS_WINDOW.as_millis() / heart.interval().as_millis().max(1) + 1;
        usize::try_from(beats).unwrap_or(SENDS).min(SENDS - 1)
    }
}
