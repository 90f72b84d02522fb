//! How long to pause after something in front of Discord blocked this IP address.
//!
//! See [invalid request limit](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).

use std::time::{Duration, Instant};

use crate::backoff::backoff;

/// The pause after a block without a time. It doubles each time the address is still blocked afterwards.
const PAUSE: Duration = Duration::from_secs(30);

/// The longest pause that is not given by the response.
const MAX_PAUSE: Duration = Duration::from_secs(600);

/// The blocks in a row.
#[derive(Debug, Default)]
pub(super) struct AddressBlock {
    count: u32,
    until: Option<Instant>,
}

impl AddressBlock {
    /// Records a block, with the time in the response or zero. Returns how long to pause, and whether it is another block
    /// than the last.
    pub(super) fn blocked(&mut self, now: Instant, stated: Duration, jitter: f64) -> (Duration, bool) {
        // Requests that were in flight together are blocked once.
        let is_new = self.until.is_none_or(|until| now >= until);
        if is_new {
            self.count = self.count.saturating_add(1);
            self.until = Some(now + pause(self.count, stated, jitter));
        }
        let pause = self.until.map_or(stated, |until| until.saturating_duration_since(now)).max(stated);
        (pause, is_new)
    }

    /// Whether the last block is so long ago that another one is the first of a row.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.until.is_none_or(|until| now >= until + MAX_PAUSE)
    }

    /// Records a success: the address is not blocked any more. During the pause it is that of a request which was sent
    /// before, and shows nothing.
    pub(super) fn succeeded(&mut self, now: Instant) {
        if self.until.is_none_or(|until| now >= until) {
            *self = AddressBlock::default();
        }
    }
}

/// How long to pause after this many blocks in a row. A random number from 0 to 1 shortens a pause without a given time by
/// up to a half.
fn pause(count: u32, stated: Duration, jitter: f64) -> Duration {
    let base = if stated.is_zero() { PAUSE.mul_f64(1.0 - jitter / 2.0) } else { stated };
    backoff(count.saturating_sub(1), base, MAX_PAUSE, 1.0).max(stated)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{AddressBlock, MAX_PAUSE, pause};

    #[test]
    fn pauses_without_a_time_are_tens_of_seconds_and_grow() {
        let seconds = |jitter: f64| {
            [1, 2, 3, 4, 5, 6, u32::MAX].map(|count| pause(count, Duration::ZERO, jitter).as_secs())
        };
        assert_eq!(seconds(0.0), [30, 60, 120, 240, 480, 600, 600]);
        assert_eq!(seconds(1.0), [15, 30, 60, 120, 240, 480, 600]);
    }

    #[test]
    fn a_given_time_counts_and_grows_if_it_was_too_short() {
        let stated =
            |seconds| [1, 2, 3, 20].map(|count| pause(count, Duration::from_secs(seconds), 1.0).as_secs());
        assert_eq!(stated(4), [4, 8, 16, 600]);
        assert_eq!(stated(3600), [3600; 4]);
    }

    #[test]
    fn blocks_in_a_row_count_and_a_success_ends_them() {
        let (mut block, start) = (AddressBlock::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut blocked = |seconds| block.blocked(at(seconds), Duration::ZERO, 0.0).0.as_secs();
        // The second request was in flight when the first one was blocked.
        assert_eq!([blocked(0), blocked(10), blocked(30), blocked(90)], [30, 20, 60, 120]);
        // A request that was in flight at the block has succeeded.
        block.succeeded(at(100));
        assert_eq!(block.blocked(at(210), Duration::ZERO, 0.0).0.as_secs(), 240);
        assert!(!block.is_over(at(450)), "the next block counts as one of the row");
        assert!(block.is_over(at(450 + MAX_PAUSE.as_secs())));
        block.succeeded(at(450));
        assert!(block.is_over(at(450)));
        assert_eq!(block.blocked(at(460), Duration::ZERO, 0.0).0.as_secs(), 30);
    }
}
