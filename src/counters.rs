//! Counters and histograms that any thread reads without waiting.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) const fn new() -> Counter {
        Counter(AtomicU64::new(0))
    }

    /// Adds to the number, from any thread.
    pub(crate) fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    /// Adds to the number of a counter to which only this thread adds. It costs less than [`add`](Counter::add).
    pub(crate) fn add_alone(&self, count: u64) {
        self.0.store(self.0.load(Ordering::Relaxed).wrapping_add(count), Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The whole microseconds of a duration.
pub(crate) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// The place in a sorted list of this length at which this part of it ends, from 1 on. `None` for an empty list.
pub(crate) fn rank(part: f64, length: u64) -> Option<u64> {
    let place = (part.clamp(0.0, 1.0) * length as f64).ceil() as u64;
    (length > 0).then(|| place.clamp(1, length))
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_rank_is_a_place_in_the_list() {
        assert_eq!((rank(0.99, 100), rank(0.99, 101), rank(0.5, 1)), (Some(99), Some(100), Some(1)));
        assert_eq!((rank(0.0, 5), rank(2.0, 5), rank(0.5, 0)), (Some(1), Some(5), None));
    }
}
