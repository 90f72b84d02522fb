//! Where and when to connect next: every failure leads to another attempt, and attempts are limited.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::backoff::backoff;

/// The base of the pauses; it doubles with each attempt.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The maximum pause between two attempts, before jitter.
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// A connection that was ready for this long resets the backoff.
const STABLE: Duration = Duration::from_secs(60);
/// The maximum number of attempts in a minute, whatever the jitter is.
const MAX_ATTEMPTS_PER_MINUTE: usize = 6;
/// After this many failed resumes in a row the session is given up.
const MAX_FAILED_RESUMES: u32 = 4;
/// After this many failed resumes, or attempts that did not reach Discord, the main address is tried instead of the
/// session's own.
const RESUME_URL_TRIES: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Reconnect {
    /// Attempts since the last stable connection.
    attempts: u32,
    /// Attempts in a row that did not reach Discord.
    unreachable: u32,
    /// Resumes in a row that reached Discord and failed.
    failed_resumes: u32,
    /// When the latest attempts were made, oldest first.
    recent: VecDeque<Instant>,
}

impl Reconnect {
    /// The number of attempts since the last stable connection.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns when to try next: the first time at once, then after a backoff with full jitter.
    pub(super) fn next_attempt(&mut self, now: Instant, jitter: f64) -> Instant {
        let pause = match self.attempts {
            0 => Duration::ZERO,
            n => backoff(n, FIRST_PAUSE, MAX_PAUSE, jitter),
        };
        self.attempts = self.attempts.saturating_add(1);
        now + pause
    }

    /// No attempt before this time, whatever its cause is.
    pub(super) fn earliest(&self) -> Option<Instant> {
        let first = self.recent.len().checked_sub(MAX_ATTEMPTS_PER_MINUTE)?;
        Some(self.recent[first] + Duration::from_secs(60))
    }

    pub(super) fn record_attempt(&mut self, now: Instant) {
        if self.recent.len() == MAX_ATTEMPTS_PER_MINUTE {
            self.recent.pop_front();
        }
        self.recent.push_back(now);
    }

    /// An attempt did not reach Discord.
    pub(super) fn record_unreachable(&mut self) {
        self.unreachable = self.unreachable.saturating_add(1);
    }

    /// An attempt reached Discord.
    pub(super) fn record_reached(&mut self) {
        self.unreachable = 0;
    }

    /// A resume failed. Returns whether to give the session up.
    pub(super) fn resume_failed(&mut self) -> bool {
        self.failed_resumes += 1;
        self.failed_resumes >= MAX_FAILED_RESUMES
    }

    /// The session is ready or resumed.
    pub(super) fn record_connected(&mut self) {
        self.failed_resumes = 0;
    }

    /// A connection that was ready since `ready_since` ended.
    pub(super) fn record_end(&mut self, now: Instant, ready_since: Instant) {
        if now.saturating_duration_since(ready_since) >= STABLE {
            self.attempts = 0;
        }
    }

    /// Whether to resume at the session's own address. While Discord cannot be reached, the two addresses take turns.
    pub(super) fn uses_resume_url(&self) -> bool {
        self.failed_resumes < RESUME_URL_TRIES
            && (self.unreachable < RESUME_URL_TRIES || self.unreachable % 2 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_attempt_is_made_at_once_and_later_ones_under_a_doubling_bound() {
        let now = Instant::now();
        let mut reconnect = Reconnect::default();
        let bounds: Vec<u64> = (0..9).map(|_| (reconnect.next_attempt(now, 1.0) - now).as_secs()).collect();
        assert_eq!(bounds, [0, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(reconnect.next_attempt(now, 0.0), now, "full jitter");
    }

    #[test]
    fn only_a_stable_connection_resets_the_pauses() {
        let now = Instant::now();
        let mut reconnect = Reconnect::default();
        for _ in 0..5 {
            reconnect.next_attempt(now, 1.0);
        }
        reconnect.record_end(now + Duration::from_secs(59), now);
        assert_eq!(reconnect.attempts(), 5);
        reconnect.record_end(now + Duration::from_secs(60), now);
        assert_eq!(reconnect.attempts(), 0);
    }

    #[test]
    fn at_most_six_attempts_are_made_in_a_minute() {
        let now = Instant::now();
        let mut reconnect = Reconnect::default();
        assert_eq!(reconnect.earliest(), None);
        for n in 0..6 {
            reconnect.record_attempt(now + Duration::from_secs(n));
        }
        assert_eq!(reconnect.earliest(), Some(now + Duration::from_secs(60)));
        reconnect.record_attempt(now + Duration::from_secs(60));
        assert_eq!(reconnect.earliest(), Some(now + Duration::from_secs(61)));
    }

    #[test]
    fn an_unreachable_resume_address_takes_turns_with_the_main_one() {
        let mut reconnect = Reconnect::default();
        let mut tried = Vec::new();
        for _ in 0..6 {
            tried.push(reconnect.uses_resume_url());
            reconnect.record_unreachable();
        }
        assert_eq!(tried, [true, true, false, true, false, true]);
    }

    #[test]
    fn failed_resumes_lead_to_the_main_address_and_then_end_the_session() {
        let mut reconnect = Reconnect::default();
        assert!(!reconnect.resume_failed() && reconnect.uses_resume_url());
        assert!(!reconnect.resume_failed() && !reconnect.uses_resume_url());
        assert!(!reconnect.resume_failed());
        assert!(reconnect.resume_failed(), "the fourth gives up");
        reconnect.record_connected();
        assert!(reconnect.uses_resume_url());
    }
}
