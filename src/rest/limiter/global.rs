//! The limit on all requests of a bot together, regardless of their buckets.
//!
//! See [global rate limit](https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::ticket::Ticket;

const SECOND: Duration = Duration::from_secs(1);

/// A clock's difference from Discord's within a second, and the accuracy of timers.
const MARGIN: Duration = Duration::from_millis(1);

/// After this time a request without a response counts as received: its response is slow, not its way to Discord.
const RECEIVED_AFTER: Duration = Duration::from_secs(2);

/// The maximum number of seconds that an estimate adds: no call waits a day.
const MAX_ROUNDS: u32 = 24 * 3600;

/// A maximum number of requests in any second of Discord's clock.
///
/// Discord counts a request somewhere between its sending and its response. The next request in its slot is sent so late
/// that it arrives a second later, even if the first one arrived just before its response was sent. Earlier responses show
/// how long the way to Discord and the way back take together at least.
#[derive(Debug)]
pub(super) struct Global {
    limit: usize,
    /// The slots in use, at most `limit`, the oldest first.
    slots: VecDeque<Slot>,
}

#[derive(Debug)]
struct Slot {
    ticket: Ticket,
    until: Instant,
}

impl Global {
    pub(super) fn new(per_second: u32) -> Global {
        Global { limit: per_second.max(1) as usize, slots: VecDeque::new() }
    }

    pub(super) fn set_limit(&mut self, per_second: u32) {
        self.limit = per_second.max(1) as usize;
    }

    /// Whether no request counts any more.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.slots.iter().all(|slot| slot.until <= now)
    }

    /// Checks for a free slot. The error is when one becomes free, if no response arrives earlier.
    pub(super) fn check(&mut self, now: Instant) -> Result<(), Instant> {
        if self.slots.len() < self.limit {
            return Ok(());
        }
        self.slots.retain(|slot| slot.until > now);
        if self.slots.len() < self.limit {
            return Ok(());
        }
        Err(self.slots.iter().map(|slot| slot.until).min().unwrap_or(now))
    }

    pub(super) fn sent(&mut self, now: Instant, ticket: Ticket) {
        while self.slots.front().is_some_and(|slot| slot.until <= now) {
            self.slots.pop_front();
        }
        self.slots.push_back(Slot { ticket, until: now + RECEIVED_AFTER + SECOND });
    }

    /// Records a response. `shortest`: how long the way of a request and the way of a response take together at least.
    pub(super) fn completed(&mut self, now: Instant, ticket: Ticket, shortest: Duration) {
        // Most responses belong to recent requests, which are at the end.
        if let Some(slot) = self.slots.iter_mut().rev().find(|slot| slot.ticket == ticket) {
            slot.until = slot.until.min(now + (SECOND + MARGIN).saturating_sub(shortest));
        }
    }

    /// The earliest moment for a request with this number of calls ahead of it.
    pub(super) fn estimate(&self, now: Instant, ahead: usize) -> Instant {
        if self.slots.len().saturating_add(ahead) < self.limit {
            return now;
        }
        let mut used: Vec<_> = self.slots.iter().map(|slot| slot.until).filter(|at| *at > now).collect();
        let Some(excess) = ahead.checked_sub(self.limit.saturating_sub(used.len())) else { return now };
        used.sort_unstable();
        let rounds = u32::try_from(excess / self.limit).unwrap_or(u32::MAX);
        let first = used.get(excess % self.limit).copied().unwrap_or(now);
        // A missing response may arrive at any moment.
        let first = if first > now + SECOND + MARGIN { (first - RECEIVED_AFTER).max(now) } else { first };
        first + SECOND * rounds.min(MAX_ROUNDS)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Global, Ticket};

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_slot_is_free_one_second_after_its_response() {
        let (mut global, now) = (Global::new(2), Instant::now());
        for number in 0..2 {
            assert_eq!(global.check(now), Ok(()));
            global.sent(now, Ticket(number));
        }
        global.completed(now + millis(300), Ticket(1), Duration::ZERO);
        assert_eq!(global.check(now + millis(400)), Err(now + millis(1301)));
        assert_eq!(global.check(now + millis(1301)), Ok(()));
    }

    #[test]
    fn a_known_round_trip_does_not_delay_the_next_request_in_a_slot() {
        let (mut global, now) = (Global::new(1), Instant::now());
        global.sent(now, Ticket(0));
        global.completed(now + millis(400), Ticket(0), millis(390));
        assert_eq!(global.check(now + millis(500)), Err(now + millis(1011)));
    }

    #[test]
    fn a_slow_response_does_not_keep_its_slot() {
        let (mut global, now) = (Global::new(1), Instant::now());
        global.sent(now, Ticket(0));
        assert_eq!(global.check(now), Err(now + millis(3000)));
        assert_eq!(global.check(now + millis(3000)), Ok(()));
    }

    #[test]
    fn the_estimate_includes_the_calls_ahead() {
        let (mut global, now) = (Global::new(2), Instant::now());
        for number in 0..2 {
            global.sent(now, Ticket(number));
            global.completed(now + millis(100 * number), Ticket(number), Duration::ZERO);
        }
        let ahead = |count| global.estimate(now + millis(200), count).duration_since(now);
        assert_eq!([0, 1, 2, 3].map(ahead), [millis(1001), millis(1101), millis(2001), millis(2101)]);
    }
}
