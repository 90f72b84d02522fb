//! When to defer which interaction, without I/O: each at its own time, and earlier if many are due at once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::interaction::state::FIRST_RESPONSE_LIMIT;

/// The default for the maximum number of deferrals that are sent at a time.
pub(in crate::interaction) const DEFER_WORKERS: usize = 256;

/// How long before Discord's time limit a deferral should have arrived.
const MARGIN: Duration = Duration::from_millis(250);

/// Items that wait for their deferral, by arrival and by due time.
pub(super) struct DeferSchedule<T> {
    items: BTreeMap<Key, (Instant, T)>,
    due_times: BTreeSet<(Instant, Key)>,
    next_number: u64,
    /// Maximum number of deferrals that are sent at a time.
    workers: usize,
}

/// When the item was received, and a unique number.
type Key = (Instant, u64);

impl<T> Default for DeferSchedule<T> {
    fn default() -> Self {
        DeferSchedule {
            items: BTreeMap::new(),
            due_times: BTreeSet::new(),
            next_number: 0,
            workers: DEFER_WORKERS,
        }
    }
}

impl<T> DeferSchedule<T> {
    pub(super) fn set_workers(&mut self, workers: usize) {
        self.workers = workers.max(1);
    }

    pub(super) fn workers(&self) -> usize {
        self.workers
    }

    /// Adds an item that is due this long after it was received.
    pub(super) fn add(&mut self, received: Instant, after: Duration, item: T) {
        let key = (received, self.next_number);
        self.next_number += 1;
        let due = received + after.min(FIRST_RESPONSE_LIMIT);
        self.due_times.insert((due, key));
        self.items.insert(key, (due, item));
    }

    /// Removes and returns the items that have to be deferred now, if one deferral takes `cost`. Items that are not open
    /// any more do not count when it is judged whether there are too many.
    pub(super) fn take_due(&mut self, now: Instant, cost: Duration, is_open: impl Fn(&T) -> bool) -> Vec<T> {
        let mut due = Vec::new();
        while let Some(key) = self.due_times.first().filter(|(time, _)| *time <= now).map(|(_, key)| *key) {
            due.extend(self.remove(key));
        }
        if self.is_overloaded(now, cost) {
            let closed: Vec<_> =
                self.items.iter().filter(|(_, (_, item))| !is_open(item)).map(|(key, _)| *key).collect();
            closed.into_iter().for_each(|key| drop(self.remove(key)));
        }
        while self.is_overloaded(now, cost) {
            let Some(oldest) = self.items.keys().next().copied() else { break };
            due.extend(self.remove(oldest));
        }
        due
    }

    /// When `take_due` has to be called again.
    pub(super) fn next_due(&self, cost: Duration) -> Option<Instant> {
        let (due, _) = self.due_times.first()?;
        Some(self.latest_start(cost).map_or(*due, |latest| latest.min(*due)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn is_overloaded(&self, now: Instant, cost: Duration) -> bool {
        self.latest_start(cost).is_some_and(|latest| latest <= now)
    }

    /// The latest time at which the first deferral must start so that all of them arrive in time.
    fn latest_start(&self, cost: Duration) -> Option<Instant> {
        let (received, _) = self.items.keys().next()?;
        let rounds = u32::try_from(self.items.len().div_ceil(self.workers)).unwrap_or(u32::MAX);
        let needed = cost.saturating_mul(rounds);
        Some(*received + (FIRST_RESPONSE_LIMIT - MARGIN).saturating_sub(needed))
    }

    fn remove(&mut self, key: Key) -> Option<T> {
        let (due, item) = self.items.remove(&key)?;
        self.due_times.remove(&(due, key));
        Some(item)
    }
}

#[cfg(test)]
mod tests;
