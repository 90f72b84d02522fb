//! One connection: its heart and what may be sent over it.
//!
//! See [rate limiting](https://docs.discord.com/developers/events/gateway#rate-limiting).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::heart::{Heart, Verdict};
use super::payload;
use super::quota::Quota;
use crate::gateway::order::Order;

/// Sends per connection and minute, heartbeats included.
const SENDS: usize = 120;
/// A little over the minute, because the network can bring two sends closer together.
const SENDS_WINDOW: Duration = Duration::from_secs(61);
/// Places that orders leave free, besides the regular heartbeats of a minute, for those that Discord asks for.
const SPARE_SENDS: usize = 10;
/// Presences per connection in twenty seconds, with the same margin.
const PRESENCES: usize = 5;
const PRESENCES_WINDOW: Duration = Duration::from_secs(21);

/// What waits to be sent, kept over reconnects.
#[derive(Debug)]
pub(super) struct Outbox {
    orders: VecDeque<String>,
    /// The latest presence, which a new identify carries too.
    presence: Option<Value>,
    /// The order that shows it, if it was not there from the start.
    presence_order: Option<String>,
    /// Whether that is still to be sent. Only the latest matters.
    presence_due: bool,
}

impl Outbox {
    pub(super) fn new(presence: Option<Value>) -> Self {
        Outbox { orders: VecDeque::new(), presence, presence_order: None, presence_due: false }
    }

    pub(super) fn push(&mut self, order: Order) {
        match order.presence {
            Some(presence) => {
                self.presence = Some(presence);
                self.presence_order = Some(order.text);
                self.presence_due = true;
            }
            None => self.orders.push_back(order.text),
        }
    }

    pub(super) fn presence(&self) -> Option<&Value> {
        self.presence.as_ref()
    }

    /// An identify carries the presence, so it need not be sent again.
    pub(super) fn identified(&mut self) {
        self.presence_due = false;
    }

    /// The connection that broke may have swallowed the presence, so it is shown once more.
    pub(super) fn resumed(&mut self) {
        self.presence_due = self.presence_order.is_some();
    }

    pub(super) fn len(&self) -> usize {
        self.orders.len() + usize::from(self.presence_due)
    }
}

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

    pub(super) fn acknowledged(&mut self, now: Instant) {
        if let Some(heart) = &mut self.heart {
            heart.acknowledged(now);
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

    /// The next order that fits into the window.
    pub(super) fn next_order(&mut self, now: Instant, outbox: &mut Outbox) -> Option<String> {
        self.send_at = None;
        if outbox.len() == 0 {
            return None;
        }
        let reserve = self.beats_a_minute() + SPARE_SENDS;
        if let Err(at) = self.sends.next(now, reserve) {
            self.send_at = Some(at);
            return None;
        }
        if outbox.presence_due {
            match self.presences.next(now, 0) {
                Ok(()) => {
                    self.presences.take(now);
                    self.sends.take(now);
                    outbox.presence_due = false;
                    return outbox.presence_order.clone();
                }
                Err(at) => self.send_at = Some(at),
            }
        }
        let order = outbox.orders.pop_front()?;
        self.sends.take(now);
        Some(order)
    }

    fn beats_a_minute(&self) -> usize {
        let Some(heart) = &self.heart else { return 0 };
        let beats = SENDS_WINDOW.as_millis() / heart.interval().as_millis().max(1) + 1;
        usize::try_from(beats).unwrap_or(SENDS).min(SENDS - 1)
    }
}
