//! Who is to be deferred when: each at its own time, and sooner where there are too many for that. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::interaction::state::PATIENCE;

/// How many are deferred at once.
pub(super) const WORKERS: usize = 32;

/// How long before Discord's patience ends an answer should have arrived.
const MARGIN: Duration = Duration::from_millis(250);

/// Those who wait, by when they came and by when they are due.
pub(super) struct Line<T> {
    waiting: BTreeMap<Place, (Instant, T)>,
    dues: BTreeSet<(Instant, Place)>,
    /// The number of the next one that waits.
    next: u64,
}

/// When it was received, and a number that tells it from others.
type Place = (Instant, u64);

impl<T> Default for Line<T> {
    fn default() -> Self {
        Line { waiting: BTreeMap::new(), dues: BTreeSet::new(), next: 0 }
    }
}

impl<T> Line<T> {
    /// Puts somebody into the line who is due so long after it was received.
    pub(super) fn add(&mut self, received: Instant, after: Duration, item: T) {
        let place = (received, self.next);
        self.next += 1;
        // Later than that it would be of no use.
        let due = received + after.min(PATIENCE);
        self.dues.insert((due, place));
        self.waiting.insert(place, (due, item));
    }

    /// Takes out who is to be deferred now, when one deferral takes `cost`; who needs none any more is forgotten.
    pub(super) fn take(&mut self, now: Instant, cost: Duration, still: impl Fn(&T) -> bool) -> Vec<T> {
        let mut taken = Vec::new();
        while let Some(place) = self.dues.first().filter(|(due, _)| *due <= now).map(|(_, place)| *place) {
            taken.extend(self.remove(place));
        }
        if self.is_crowded(now, cost) {
            let over: Vec<_> =
                self.waiting.iter().filter(|(_, (_, item))| !still(item)).map(|(place, _)| *place).collect();
            over.into_iter().for_each(|place| drop(self.remove(place)));
        }
        while self.is_crowded(now, cost) {
            let Some(place) = self.waiting.keys().next().copied() else { break };
            taken.extend(self.remove(place));
        }
        taken
    }

    /// When somebody is to be taken out next.
    pub(super) fn next(&self, cost: Duration) -> Option<Instant> {
        let (due, _) = self.dues.first()?;
        Some(self.latest(cost).map_or(*due, |latest| latest.min(*due)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn is_crowded(&self, now: Instant, cost: Duration) -> bool {
        self.latest(cost).is_some_and(|latest| latest <= now)
    }

    /// When the first has to be taken out so that all can be served in time, so many at once.
    fn latest(&self, cost: Duration) -> Option<Instant> {
        let (received, _) = self.waiting.keys().next()?;
        let rounds = u32::try_from(self.waiting.len().div_ceil(WORKERS)).unwrap_or(u32::MAX);
        let needed = cost.saturating_mul(rounds);
        Some(*received + (PATIENCE - MARGIN).saturating_sub(needed))
    }

    fn remove(&mut self, place: Place) -> Option<T> {
        let (due, item) = self.waiting.remove(&place)?;
        self.dues.remove(&(due, place));
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Line, WORKERS};

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// After how many milliseconds one that comes alone is deferred.
    fn alone(after: Duration, cost: u64) -> u128 {
        let start = Instant::now();
        let mut line = Line::default();
        line.add(start, after, ());
        assert!(line.take(start, ms(cost), |()| true).is_empty(), "never at once");
        line.next(ms(cost)).map_or(0, |next| (next - start).as_millis())
    }

    #[test]
    fn one_that_comes_alone_is_deferred_when_it_is_due_or_when_it_must_be_at_the_latest() {
        for (after, cost, expected) in [
            (ms(2000), 250, 2000),
            (ms(500), 250, 500),
            (ms(2000), 1000, 1750),
            (ms(2800), 250, 2500),
            (ms(2900), 10, 2740),
            (ms(5000), 250, 2500),
            (Duration::MAX, 250, 2500),
        ] {
            assert_eq!(alone(after, cost), expected, "{after:?} {cost}");
        }
    }

    #[test]
    fn of_many_each_is_taken_out_while_it_can_still_be_served_in_time() {
        let (start, cost) = (Instant::now(), ms(100));
        let mut line = Line::default();
        for number in 0..1000 {
            line.add(start, ms(2000), number);
        }
        // Whoever is served takes a worker for so long.
        let mut free = [start; WORKERS];
        let (mut served, mut longest) = (0, Duration::ZERO);
        let mut at_once = 0;
        while let Some(now) = line.next(cost) {
            let now = now.max(start);
            for _ in line.take(now, cost, |_| true) {
                free.sort();
                free[0] = free[0].max(now) + cost;
                longest = longest.max(free[0] - start);
                served += 1;
                at_once += usize::from(now == start);
            }
        }
        assert_eq!(served, 1000);
        assert!(longest < ms(3500), "{longest:?}: a thousand take 3.2 s of 32 workers");
        assert!((100..300).contains(&at_once), "{at_once}: no more than those that cannot be served later");
    }

    #[test]
    fn who_was_answered_does_not_make_it_crowded() {
        let start = Instant::now();
        let mut line = Line::default();
        for number in 0..10 * WORKERS {
            line.add(start, ms(2000), number);
        }
        assert_eq!(line.take(start + ms(1000), ms(250), |number| *number == 7), [0_usize; 0]);
        assert_eq!(line.next(ms(250)), Some(start + ms(2000)));
        assert_eq!(line.take(start + ms(2000), ms(250), |_| true), [7]);
        assert!(line.is_empty() && line.next(ms(250)).is_none());
    }

    #[test]
    fn those_with_times_of_their_own_do_not_hurry_the_others() {
        let start = Instant::now();
        let mut line = Line::default();
        line.add(start, ms(2400), "late");
        line.add(start + ms(100), ms(20), "soon");
        line.add(start + ms(100), ms(2000), "usual");
        let cost = ms(250);
        assert_eq!(line.take(start + ms(120), cost, |_| true), ["soon"]);
        assert_eq!(line.take(start + ms(2100), cost, |_| true), ["usual"]);
        assert_eq!(line.take(start + ms(2400), cost, |_| true), ["late"]);
    }
}
