//! How many calls were refused of late. Too many, and Cloudflare locks the address out.
//!
//! See [invalid request limit](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Discord counts ten minutes. It may begin where it likes, hence the step more.
const COUNTED: Duration = Duration::from_secs(610);

/// How finely the time of refusals is kept.
const STEP: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Invalid {
    /// So many are too many.
    limit: u32,
    /// When each step began, and what came in it.
    steps: VecDeque<(Instant, u32)>,
    total: u32,
    /// Somebody was told that it nears its limit.
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
        self.forget(now);
        self.total += 1;
        match self.steps.back_mut() {
            Some((begun, count)) if now.saturating_duration_since(*begun) < STEP => *count += 1,
            _ => self.steps.push_back((now, 1)),
        }
    }

    /// How many there were in the last ten minutes.
    pub(super) fn total(&mut self, now: Instant) -> u32 {
        self.forget(now);
        self.total
    }

    /// How many there were, once when that comes to half of the limit, and again only after it was far below.
    pub(super) fn nears(&mut self, now: Instant) -> Option<u32> {
        self.forget(now);
        let (was_warned, half) = (self.warned, self.limit / 2);
        self.warned = self.total >= if was_warned { half / 2 } else { half };
        (self.warned && !was_warned).then_some(self.total)
    }

    /// When calls may leave again, if too many were refused.
    pub(super) fn stopped_until(&mut self, now: Instant) -> Option<Instant> {
        self.forget(now);
        let mut left = self.total;
        if left < self.limit {
            return None;
        }
        let last = self.steps.iter().find(|(_, count)| {
            left -= count;
            left < self.limit
        });
        last.map(|(begun, _)| *begun + COUNTED)
    }

    fn forget(&mut self, now: Instant) {
        while let Some(&(begun, count)) = self.steps.front() {
            if begun + COUNTED > now {
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

    use super::{COUNTED, Invalid};

    #[test]
    fn it_stops_at_its_limit_and_until_enough_are_ten_minutes_old() {
        let (mut invalid, start) = (Invalid::new(3), Instant::now());
        let minute = |minutes: u64| start + Duration::from_secs(60 * minutes);
        for at in [0, 1, 2] {
            assert_eq!(invalid.stopped_until(minute(at)), None);
            invalid.count(minute(at));
        }
        assert_eq!(invalid.stopped_until(minute(3)), Some(start + COUNTED));
        assert_eq!((invalid.stopped_until(minute(11)), invalid.total(minute(11))), (None, 2));
    }

    #[test]
    fn it_warns_once_at_half_its_limit_and_anew_after_a_calm() {
        let (mut invalid, start) = (Invalid::new(8), Instant::now());
        let count = |invalid: &mut Invalid, minutes: u64| {
            let now = start + Duration::from_secs(60 * minutes);
            invalid.count(now);
            invalid.nears(now)
        };
        let first: Vec<_> = (0..8).map(|minute| count(&mut invalid, minute)).collect();
        assert_eq!(first, [None, None, None, Some(4), None, None, None, None]);
        assert_eq!(invalid.nears(start + Duration::from_secs(3600)), None);
        let later: Vec<_> = (60..65).map(|minute| count(&mut invalid, minute)).collect();
        assert_eq!(later, [None, None, None, Some(4), None]);
    }

    #[test]
    fn its_memory_does_not_grow_with_what_it_counts() {
        let (mut invalid, start) = (Invalid::new(1_000_000), Instant::now());
        for millis in 0..100_000 {
            invalid.count(start + Duration::from_millis(20 * millis));
        }
        assert!(invalid.steps.len() <= 62, "{}", invalid.steps.len());
        assert!(invalid.total(start + Duration::from_secs(2000)) <= 61 * 500);
    }
}
