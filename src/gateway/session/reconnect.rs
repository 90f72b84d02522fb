//! Where to connect next, and when: every path ends, and none becomes a storm.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::backoff::backoff;

/// The bound of the pauses before it doubles for the first time.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two attempts, before jitter.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A connection that held this long clears the record of failures.
const STABLE: Duration = Duration::from_secs(60);
/// No more than this many attempts in a minute, however the dice fall.
const ATTEMPTS_A_MINUTE: usize = 6;
/// This many resumes that reached Discord and came to nothing end the session.
const RESUMES_REFUSED: u32 = 4;
/// This many of them (or failures to connect) and the main address is tried instead of the session's own.
const RESUME_ADDRESS_TRIES: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Ladder {
    /// Attempts since the last stable connection.
    attempts: u32,
    /// Attempts in a row that found nobody.
    unreached: u32,
    /// Resumes that were sent and came to nothing.
    fruitless: u32,
    opened: VecDeque<Instant>,
}

impl Ladder {
    /// How many attempts were made since the last stable connection.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// When to try next: full jitter under a doubling bound, the first time at once.
    pub(super) fn pause(&mut self, now: Instant, jitter: f64) -> Instant {
        let pause = match self.attempts {
            0 => Duration::ZERO,
            n => backoff(n, FIRST_PAUSE, LONGEST_PAUSE, jitter),
        };
        self.attempts = self.attempts.saturating_add(1);
        now + pause
    }

    /// Not before this, whatever the reason to connect is.
    pub(super) fn earliest(&self) -> Option<Instant> {
        let first = self.opened.len().checked_sub(ATTEMPTS_A_MINUTE)?;
        Some(self.opened[first] + Duration::from_secs(60))
    }

    pub(super) fn opening(&mut self, now: Instant) {
        if self.opened.len() == ATTEMPTS_A_MINUTE {
            self.opened.pop_front();
        }
        self.opened.push_back(now);
    }

    pub(super) fn unreached(&mut self) {
        self.unreached = self.unreached.saturating_add(1);
    }

    pub(super) fn reached(&mut self) {
        self.unreached = 0;
    }

    /// A resume came to nothing. True when it is time to give the session up.
    pub(super) fn fruitless(&mut self) -> bool {
        self.fruitless += 1;
        self.fruitless >= RESUMES_REFUSED
    }

    /// Ready or resumed.
    pub(super) fn arrived(&mut self) {
        self.fruitless = 0;
    }

    /// The connection ended that had been good since then.
    pub(super) fn left(&mut self, now: Instant, good_since: Instant) {
        if now.saturating_duration_since(good_since) >= STABLE {
            self.attempts = 0;
        }
    }

    /// Whether to resume at the session's own address, or at the main one for once.
    pub(super) fn at_resume_address(&self) -> bool {
        self.fruitless < RESUME_ADDRESS_TRIES
            && (self.unreached < RESUME_ADDRESS_TRIES || self.unreached % 2 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_attempt_is_made_at_once_and_later_ones_under_a_doubling_bound() {
        let now = Instant::now();
        let mut ladder = Ladder::default();
        let bounds: Vec<u64> = (0..9).map(|_| (ladder.pause(now, 1.0) - now).as_secs()).collect();
        assert_eq!(bounds, [0, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(ladder.pause(now, 0.0), now, "full jitter");
    }

    #[test]
    fn only_a_stable_connection_resets_the_pauses() {
        let now = Instant::now();
        let mut ladder = Ladder::default();
        for _ in 0..5 {
            ladder.pause(now, 1.0);
        }
        ladder.left(now + Duration::from_secs(59), now);
        assert_eq!(ladder.attempts(), 5);
        ladder.left(now + Duration::from_secs(60), now);
        assert_eq!(ladder.attempts(), 0);
    }

    #[test]
    fn a_minute_holds_a_handful_of_attempts_at_most() {
        let now = Instant::now();
        let mut ladder = Ladder::default();
        assert_eq!(ladder.earliest(), None);
        for n in 0..6 {
            ladder.opening(now + Duration::from_secs(n));
        }
        assert_eq!(ladder.earliest(), Some(now + Duration::from_secs(60)));
        ladder.opening(now + Duration::from_secs(60));
        assert_eq!(ladder.earliest(), Some(now + Duration::from_secs(61)));
    }

    #[test]
    fn a_dead_resume_address_is_left_for_the_main_one() {
        let mut ladder = Ladder::default();
        let mut tried = Vec::new();
        for _ in 0..6 {
            tried.push(ladder.at_resume_address());
            ladder.unreached();
        }
        assert_eq!(tried, [true, true, false, true, false, true]);
    }

    #[test]
    fn resumes_that_lead_nowhere_end_at_the_main_address_and_then_with_the_session() {
        let mut ladder = Ladder::default();
        assert!(!ladder.fruitless() && ladder.at_resume_address());
        assert!(!ladder.fruitless() && !ladder.at_resume_address());
        assert!(!ladder.fruitless());
        assert!(ladder.fruitless(), "the fourth gives up");
        ladder.arrived();
        assert!(ladder.at_resume_address());
    }
}
