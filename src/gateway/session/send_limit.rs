//! How many sends fit into a sliding window.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// At most `count` in any `window`.
#[derive(Debug)]
pub(super) struct Quota {
    count: usize,
    window: Duration,
    taken: VecDeque<Instant>,
}

impl Quota {
    pub(super) fn new(count: usize, window: Duration) -> Self {
        Quota { count, window, taken: VecDeque::new() }
    }

    /// Whether one fits now while `reserve` places stay free; if not, when it will.
    pub(super) fn next(&mut self, now: Instant, reserve: usize) -> Result<(), Instant> {
        while self.taken.front().is_some_and(|t| *t + self.window <= now) {
            self.taken.pop_front();
        }
        let usable = self.count.saturating_sub(reserve).max(1);
        if self.taken.len() < usable {
            return Ok(());
        }
        Err(self.taken[self.taken.len() - usable] + self.window)
    }

    pub(super) fn take(&mut self, now: Instant) {
        self.taken.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_ever_holds_more_than_the_quota() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut quota = Quota::new(3, 10 * second);
        let mut taken = Vec::new();
        let mut now = start;
        while now < start + 100 * second {
            match quota.next(now, 1) {
                Ok(()) => {
                    quota.take(now);
                    taken.push(now);
                    now += second;
                }
                Err(at) => {
                    assert!(at > now);
                    now = at;
                }
            }
        }
        assert_eq!(taken.len(), 20, "two in any ten seconds");
        assert!(taken.windows(3).all(|w| w[2] - w[0] >= 10 * second));
    }
}
