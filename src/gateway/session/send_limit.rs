//! A limit on the number of payloads in a sliding window.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// At most `count` payloads in any `window`.
#[derive(Debug)]
pub(super) struct SendLimit {
    count: usize,
    window: Duration,
    sent: VecDeque<Instant>,
}

impl SendLimit {
    pub(super) fn new(count: usize, window: Duration) -> Self {
        SendLimit { count, window, sent: VecDeque::new() }
    }

    /// Whether a payload may be sent now if `reserve` others must still be possible. If not, returns when it may.
    pub(super) fn check(&mut self, now: Instant, reserve: usize) -> Result<(), Instant> {
        while self.sent.front().is_some_and(|t| *t + self.window <= now) {
            self.sent.pop_front();
        }
        let usable = self.count.saturating_sub(reserve).max(1);
        if self.sent.len() < usable {
            return Ok(());
        }
        Err(self.sent[self.sent.len() - usable] + self.window)
    }

    pub(super) fn record(&mut self, now: Instant) {
        self.sent.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_ever_holds_more_than_the_limit() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut limit = SendLimit::new(3, 10 * second);
        let mut sent = Vec::new();
        let mut now = start;
        while now < start + 100 * second {
            match limit.check(now, 1) {
                Ok(()) => {
                    limit.record(now);
                    sent.push(now);
                    now += second;
                }
                Err(at) => {
                    assert!(at > now);
                    now = at;
                }
            }
        }
        assert_eq!(sent.len(), 20, "two in any ten seconds");
        assert!(sent.windows(3).all(|w| w[2] - w[0] >= 10 * second));
    }
}
