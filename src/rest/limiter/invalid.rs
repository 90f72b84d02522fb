//! Counts the recent requests that Discord refused. After too many, Cloudflare blocks the IP address.
//!
//! See [invalid request limit](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Discord counts over ten minutes. Their start is unknown, so one step is added.
const PERIOD: Duration = Duration::from_secs(610);

/// The resolution of the recorded times.
const STEP: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Invalid {
    /// The number of refused requests at which all requests stop.
    limit: u32,
    /// The start of each step, and the number of refused requests in it.
    steps: VecDeque<(Instant, u32)>,
    total: u32,
    /// Whether the warning was logged.
    warned: bool,
}

impl Invalid {
    pub(super) fn new(limit: u32) -> Invalid {
        Invalid { limit, steps: VecDeque::new(), total: 0, warned: false }
    }

    pub(super) fn limit(&self) -> u32 {
        self.limit
    }

    pub(super) fn count(&mut self, now: Instant) {
        self.remove_old(now);
        self.total += 1;
        match self.steps.back_mut() {
            Some((began, count)) if now.saturating_duration_since(*began) < STEP => *count += 1,
            _ => self.steps.push_back((now, 1)),
        }
    }

    /// The number of refused requests in the last ten minutes.
    pub(super) fn total(&mut self, now: Instant) -> u32 {
        self.remove_old(now);
        self.total
    }

    /// Returns the total once when it reaches half of the limit, and again only after it was below a quarter.
    pub(super) fn warning(&mut self, now: Instant) -> Option<u32> {
        self.remove_old(now);
        let (was_warned, half) = (self.warned, self.limit / 2);
        self.warned = self.total >= if was_warned { half / 2 } else { half };
        (self.warned && !was_warned).then_some(self.total)
    }

    /// When requests may be sent again, if too many were refused.
    pub(super) fn stopped_until(&mut self, now: Instant) -> Option<Instant> {
        self.remove_old(now);
        let mut remaining = self.total;
        if remaining < self.limit {
            return None;
        }
        let last = self.steps.iter().find(|(_, count)| {
            remaining -= count;
            remaining < self.limit
        });
        last.map(|(began, _)| *began + PERIOD)
    }

    fn remove_old(&mut self, now: Instant) {
        while let Some(&(began, count)) = self.steps.front() {
            if began + PERIOD > now {
                break;
            }
            self.total -= count;
            self.steps.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Invalid, PERIOD};

    #[test]
    fn requests_stop_at_the_limit_until_enough_refusals_are_ten_minutes_old() {
        let (mut invalid, start) = (Invalid::new(3), Instant::now());
        let minute = |minutes: u64| start + Duration::from_secs(60 * minutes);
        for at in [0, 1, 2] {
            assert_eq!(invalid.stopped_until(minute(at)), None);
            invalid.count(minute(at));
        }
        assert_eq!(invalid.stopped_until(minute(3)), Some(start + PERIOD));
        assert_eq!((invalid.stopped_until(minute(11)), invalid.total(minute(11))), (None, 2));
    }

    #[test]
    fn it_warns_once_at_half_the_limit_and_again_after_a_calm_period() {
        let (mut invalid, start) = (Invalid::new(8), Instant::now());
        let count = |invalid: &mut Invalid, minutes: u64| {
            let now = start + Duration::from_secs(60 * minutes);
            invalid.count(now);
            invalid.warning(now)
        };
        let first: Vec<_> = (0..8).map(|minute| count(&mut invalid, minute)).collect();
        assert_eq!(first, [None, None, None, Some(4), None, None, None, None]);
        assert_eq!(invalid.warning(start + Duration::from_secs(3600)), None);
        let later: Vec<_> = (60..65).map(|minute| count(&mut invalid, minute)).collect();
        assert_eq!(later, [None, None, None, Some(4), None]);
    }

    #[test]
    fn memory_does_not_grow_with_the_count() {
        let (mut invalid, start) = (Invalid::new(1_000_000), Instant::now());
        for millis in 0..100_000 {
            invalid.count(start + Duration::from_millis(20 * millis));
        }
        assert!(invalid.steps.len() <= 62, "{}", invalid.steps.len());
        assert!(invalid.total(start + Duration::from_secs(2000)) <= 61 * 500);
    }
}
