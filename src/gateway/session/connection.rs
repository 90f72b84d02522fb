//! One connection: its heartbeat, and how much may be sent over it.
//!
//! See [rate limiting](https://docs.discord.com/developers/events/gateway#rate-limiting).

use std::time::{Duration, Instant};

use super::heartbeat::{Heartbeat, ZombieReason};
use super::outbox::Outbox;
use super::payload;
use super::send_limit::SendLimit;
use super::types::Action;

/// Payloads per connection and minute, heartbeats included.
const SENDS: usize = 120;
/// A little more than a minute, because the network can deliver two payloads closer together than they were sent.
const SENDS_WINDOW: Duration = Duration::from_secs(61);
/// The part of the limit that send events leave free for heartbeats that Discord requests. They leave free the regular
/// heartbeats of a minute as well.
const SPARE_SENDS: usize = 10;
/// Presences per connection in twenty seconds, with the same margin.
const PRESENCES: usize = 5;
const PRESENCES_WINDOW: Duration = Duration::from_secs(21);

#[derive(Debug)]
pub(super) struct Connection {
    /// Exists from Hello on.
    heartbeat: Option<Heartbeat>,
    sends: SendLimit,
    presences: SendLimit,
    /// When the next send event may be sent.
    send_at: Option<Instant>,
}

impl Default for Connection {
    fn default() -> Self {
        Connection::new()
    }
}

impl Connection {
    pub(super) fn new() -> Self {
        Connection {
            heartbeat: None,
            sends: SendLimit::new(SENDS, SENDS_WINDOW),
            presences: SendLimit::new(PRESENCES, PRESENCES_WINDOW),
            send_at: None,
        }
    }

    pub(super) fn on_hello(&mut self, now: Instant, interval: Duration, jitter: f64) {
        self.heartbeat = Some(Heartbeat::new(now, interval, jitter));
    }

    /// Counts a payload that is neither a heartbeat nor a send event: an identify or a resume.
    pub(super) fn record_send(&mut self, now: Instant) {
        self.sends.record(now);
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.heartbeat.as_ref().map(Heartbeat::deadline)
    }

    pub(super) fn send_deadline(&self, outbox: &Outbox) -> Option<Instant> {
        self.send_at.filter(|_| outbox.len() > 0)
    }

    pub(super) fn latency(&self) -> Option<Duration> {
        self.heartbeat.as_ref().and_then(Heartbeat::latency)
    }

    pub(super) fn on_bytes(&mut self) {
        if let Some(heartbeat) = &mut self.heartbeat {
            heartbeat.on_bytes();
        }
    }

    pub(super) fn on_nothing_to_read(&mut self) {
        if let Some(heartbeat) = &mut self.heartbeat {
            heartbeat.on_nothing_to_read();
        }
    }

    /// Returns whether a heartbeat is acknowledged by it.
    pub(super) fn on_ack(&mut self, now: Instant, sent: Option<Instant>) -> bool {
        self.heartbeat.as_mut().is_some_and(|heartbeat| heartbeat.on_ack(now, sent))
    }

    pub(super) fn max_silence(&self) -> Option<Duration> {
        self.heartbeat.as_ref().map(Heartbeat::max_silence)
    }

    pub(super) fn set_paused(&mut self, now: Instant, paused: bool) {
        if let Some(heartbeat) = &mut self.heartbeat {
            heartbeat.set_paused(now, paused);
        }
    }

    pub(super) fn zombie_reason(&mut self, now: Instant) -> Option<ZombieReason> {
        self.heartbeat.as_mut()?.zombie_reason(now)
    }

    /// Returns the regular heartbeat, when it is due.
    pub(super) fn heartbeat(&mut self, now: Instant, seq: Option<u64>) -> Option<String> {
        let heartbeat = self.heartbeat.as_mut()?;
        if !heartbeat.is_due(now) {
            return None;
        }
        if let Err(until) = self.sends.check(now, 0) {
            heartbeat.postpone(until);
            return None;
        }
        heartbeat.record_regular(now);
        self.sends.record(now);
        Some(payload::heartbeat(seq))
    }

    /// Returns the heartbeat that Discord requested. The regular heartbeats have precedence.
    pub(super) fn requested_heartbeat(&mut self, now: Instant, seq: Option<u64>) -> Option<String> {
        let reserve = self.heartbeats_per_minute();
        let heartbeat = self.heartbeat.as_mut()?;
        if self.sends.check(now, reserve).is_err() {
            log::debug!("Discord requests more heartbeats than it allows to send");
            return None;
        }
        heartbeat.record_requested(now);
        self.sends.record(now);
        Some(payload::heartbeat(seq))
    }

    /// Returns the heartbeat that shows whether the connection is dead, after the machine may have been suspended.
    pub(super) fn suspect(&mut self, now: Instant, seq: Option<u64>) -> Option<String> {
        let reserve = self.heartbeats_per_minute();
        let heartbeat = self.heartbeat.as_mut()?;
        if self.sends.check(now, reserve).is_err() {
            return None;
        }
        heartbeat.record_suspect(now);
        self.sends.record(now);
        Some(payload::heartbeat(seq))
    }

    /// Returns the next send event that the limits allow.
    ///
    /// A presence is an `Action::Send`: when it cannot be written, it does not have to be given back, because the next identify
    /// contains it and after a resume it is sent again.
    pub(super) fn next_send_event(&mut self, now: Instant, outbox: &mut Outbox) -> Option<Action> {
        self.send_at = None;
        if outbox.len() == 0 {
            return None;
        }
        let reserve = self.heartbeats_per_minute() + SPARE_SENDS;
        if let Err(at) = self.sends.check(now, reserve) {
            self.send_at = Some(at);
            return None;
        }
        if outbox.is_presence_due() {
            match self.presences.check(now, 0) {
                Ok(()) => {
                    self.presences.record(now);
                    self.sends.record(now);
                    return outbox.take_presence().map(Action::Send);
                }
                Err(at) => self.send_at = Some(at),
            }
        }
        match outbox.take(now) {
            Ok(event) => {
                self.sends.record(now);
                Some(Action::SendEvent(event))
            }
            Err(at) => {
                self.send_at = [self.send_at, at].into_iter().flatten().min();
                None
            }
        }
    }

    fn heartbeats_per_minute(&self) -> usize {
        let Some(heartbeat) = &self.heartbeat else { return 0 };
        let count = SENDS_WINDOW.as_millis() / heartbeat.interval().as_millis().max(1) + 1;
        usize::try_from(count).unwrap_or(SENDS).min(SENDS - 1)
    }
}
