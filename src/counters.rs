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

    /// Adds one, from any thread. Returns the number.
    #[cfg(feature = "http-interactions")]
    pub(crate) fn add_one(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
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

/// The upper bounds of a [`Histogram`]'s buckets, in milliseconds. 3 seconds is Discord's limit for the first response to
/// an interaction.
const BOUNDS: [u64; 10] = [10, 50, 100, 250, 500, 1000, 2000, 3000, 5000, 10_000];

/// Counts durations by their length.
#[derive(Debug, Default)]
pub(crate) struct DurationCounts {
    /// The last one counts those above the highest bound.
    buckets: [Counter; BOUNDS.len() + 1],
    micros: Counter,
}

impl DurationCounts {
    pub(crate) fn record(&self, duration: Duration) {
        let bucket = BOUNDS.iter().take_while(|bound| duration > Duration::from_millis(**bound)).count();
        self.buckets[bucket].add(1);
        self.micros.add(micros(duration));
    }

    pub(crate) fn read(&self) -> Histogram {
        let counts = std::array::from_fn(|bucket| self.buckets[bucket].get());
        Histogram { counts, sum: Duration::from_micros(self.micros.get()) }
    }
}

/// How many durations were how long.
///
/// ```
/// use std::time::Duration;
///
/// # let discord = syncord::sim::Discord::start()?;
/// # let health = discord.bot().health();
/// let calls = &health.rest.time;
/// assert_eq!((calls.count(), calls.mean(), calls.quantile(0.99)), (0, None, None));
/// let bounds: Vec<Duration> = calls.buckets().map(|(at_most, _)| at_most).collect();
/// assert!(bounds.contains(&Duration::from_secs(3)));
/// # Ok::<(), syncord::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: [u64; BOUNDS.len() + 1],
    sum: Duration,
}

impl Histogram {
    /// The number of durations.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The sum of the durations.
    pub fn sum(&self) -> Duration {
        self.sum
    }

    /// The mean duration. `None` without durations.
    pub fn mean(&self) -> Option<Duration> {
        let nanos = self.sum.as_nanos().checked_div(u128::from(self.count()))?;
        u64::try_from(nanos).ok().map(Duration::from_nanos)
    }

    /// The buckets, by their upper bounds: how many durations were at most that long, from 10 ms to 10 s.
    pub fn buckets(&self) -> impl Iterator<Item = (Duration, u64)> {
        let mut total = 0;
        BOUNDS.iter().zip(self.counts).map(move |(bound, count)| {
            total += count;
            (Duration::from_millis(*bound), total)
        })
    }

    /// The upper bound of the bucket in which this part of the durations ends: 0.99 for the bound that 99 % do not exceed.
    /// `None` without durations, or if it is above the highest bound.
    pub fn quantile(&self, part: f64) -> Option<Duration> {
        let rank = rank(part, self.count())?;
        self.buckets().find(|(_, total)| *total >= rank).map(|(bound, _)| bound)
    }
}

/// The place in a sorted list of this length at which this part of it ends, from 1 on. `None` for an empty list.
pub(crate) fn rank(part: f64, length: u64) -> Option<u64> {
    let place = (part.clamp(0.0, 1.0) * length as f64).ceil() as u64;
    (length > 0).then(|| place.clamp(1, length))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{DurationCounts, Histogram, rank};

    #[test]
    fn a_duration_counts_in_the_bucket_of_its_upper_bound_and_in_all_above() {
        let counts = DurationCounts::default();
        for millis in [10, 11, 3000, 3001, 60_000] {
            counts.record(Duration::from_millis(millis));
        }
        let read = counts.read();
        let totals: Vec<u64> = read.buckets().map(|(_, total)| total).collect();
        assert_eq!(totals, [1, 2, 2, 2, 2, 2, 2, 3, 4, 4]);
        assert_eq!((read.count(), read.sum()), (5, Duration::from_millis(66_022)));
        assert_eq!(read.mean(), Some(Duration::from_micros(13_204_400)));
    }

    #[test]
    fn a_quantile_is_the_bound_that_this_part_does_not_exceed() {
        let counts = DurationCounts::default();
        (0..99).for_each(|_| counts.record(Duration::from_millis(40)));
        counts.record(Duration::from_secs(20));
        let read = counts.read();
        assert_eq!(read.quantile(0.99), Some(Duration::from_millis(50)));
        assert_eq!(read.quantile(1.0), None);
        assert_eq!(Histogram::default().quantile(0.5), None);
    }

    #[test]
    fn the_rank_is_a_place_in_the_list() {
        assert_eq!((rank(0.99, 100), rank(0.99, 101), rank(0.5, 1)), (Some(99), Some(100), Some(1)));
        assert_eq!((rank(0.0, 5), rank(2.0, 5), rank(0.5, 0)), (Some(1), Some(5), None));
    }
}
