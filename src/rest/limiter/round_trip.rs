//! How long requests and responses travel, from the round trips so far.
//!
//! Discord counts a request somewhere between its sending and its response. If every round trip takes the same time, two
//! requests arrive as far apart as they are sent, so a limit can be used to the full from here. If the times differ, the
//! limiter has to wait as much longer as the next request may be faster than the one that was counted.

use std::collections::VecDeque;
use std::time::Duration;

/// The number of recent round trips that count.
const SAMPLES: usize = 256;

/// Which of the shortest round trips shows by how much they differ.
const RANK: usize = 48;

/// The travel times of requests and responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Delay {
    /// The way of a request and the way of a response take at least this time together.
    pub(super) shortest: Duration,
    /// A request arrives at most this much later than the fastest one could. `None` if nothing is known.
    pub(super) spread: Option<Duration>,
}

/// The recent round trips.
#[derive(Debug, Default)]
pub(super) struct RoundTrips {
    recent: VecDeque<Duration>,
    /// The same times, the shortest first.
    sorted: Vec<Duration>,
    delay: Delay,
}

impl RoundTrips {
    pub(super) fn delay(&self) -> Delay {
        self.delay
    }

    pub(super) fn add(&mut self, time: Duration) {
        if self.recent.len() >= SAMPLES {
            let oldest = self.recent.pop_front().unwrap_or_default();
            if let Ok(at) = self.sorted.binary_search(&oldest) {
                self.sorted.remove(at);
            }
        }
        self.recent.push_back(time);
        let at = self.sorted.partition_point(|other| *other < time);
        self.sorted.insert(at, time);
        self.delay = estimate(&self.sorted);
    }
}

/// The shortest time so far is longer than the shortest possible one. It is unknown by how much: the more the times
/// differ, the more. So the distance to a longer time is subtracted. The fewer samples there are, the more is subtracted.
fn estimate(times: &[Duration]) -> Delay {
    let count = times.len();
    let (rank, factor) = match count {
        0..4 => return Delay::default(),
        4..8 => (count, 4),
        8..RANK => (count - count / 8, 2),
        _ => (RANK, 1),
    };
    let distance = times[rank - 1] - times[0];
    let shortest = times[0].saturating_sub(distance * factor);
    // A few slow responses, such as those on a new connection, say nothing about the others.
    let spread = times[count - 1 - count / 8] - shortest;
    Delay { shortest, spread: Some(spread) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Delay, RoundTrips, SAMPLES};

    fn after(millis: impl IntoIterator<Item = u64>) -> Delay {
        let mut times = RoundTrips::default();
        for millis in millis {
            times.add(Duration::from_millis(millis));
        }
        times.delay()
    }

    #[test]
    fn little_is_assumed_before_there_are_a_few_responses() {
        assert_eq!(after([400; 3]), Delay::default());
    }

    #[test]
    fn equal_round_trips_are_believed_soon_even_if_the_first_ones_were_slow() {
        let equal = Delay { shortest: Duration::from_millis(400), spread: Some(Duration::ZERO) };
        assert_eq!(after([400; 4]), equal);
        assert_eq!(after([1200, 400, 400, 400, 400, 400, 400, 400]), equal);
        assert_eq!(after([1200; 8].into_iter().chain([400; 120])), equal);
    }

    #[test]
    fn the_more_round_trips_differ_the_less_is_assumed() {
        let mut rng = fastrand::Rng::with_seed(1);
        let mut uniform = |count| {
            let times: Vec<_> = (0..count).map(|_| 10 + rng.u64(..145) + rng.u64(..145)).collect();
            after(times)
        };
        for count in [4, 8, 24, 48, 100, 256] {
            let delay = uniform(count);
            assert!(delay.shortest <= Duration::from_millis(10), "{count}: {delay:?}");
            assert!(delay.spread.is_some_and(|spread| spread > Duration::from_millis(145)), "{delay:?}");
        }
    }

    #[test]
    fn a_faster_network_is_believed_at_once_and_a_slower_one_later() {
        let faster = after([400; SAMPLES].into_iter().chain([100]));
        assert!(faster.shortest <= Duration::from_millis(100), "{faster:?}");
        let slower = after([100; SAMPLES].into_iter().chain([400; 100]));
        assert_eq!(slower.shortest, Duration::from_millis(100));
        let slower = after([100; SAMPLES].into_iter().chain([400; SAMPLES]));
        assert_eq!(slower.shortest, Duration::from_millis(400));
    }
}
