//! The requests that were sent and not answered yet.

use std::collections::VecDeque;
use std::time::Instant;

/// When the requests in flight were sent, the oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct InFlight(VecDeque<Instant>);

impl InFlight {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The number of requests that were sent at this time or later.
    pub(super) fn count_since(&self, time: Instant) -> u32 {
        let before = self.0.partition_point(|sent_at| *sent_at < time);
        u32::try_from(self.0.len() - before).unwrap_or(u32::MAX)
    }

    /// When the first request was sent at this time or later, or the first of all.
    pub(super) fn first_since(&self, time: Option<Instant>) -> Option<Instant> {
        self.0.iter().copied().find(|sent_at| time.is_none_or(|time| *sent_at >= time))
    }

    pub(super) fn add(&mut self, sent_at: Instant) {
        let at = self.0.partition_point(|other| *other <= sent_at);
        self.0.insert(at, sent_at);
    }

    pub(super) fn remove(&mut self, sent_at: Instant) {
        if let Ok(at) = self.0.binary_search(&sent_at) {
            self.0.remove(at);
        }
    }

    pub(super) fn add_all(&mut self, other: &InFlight) {
        for sent_at in &other.0 {
            self.add(*sent_at);
        }
    }

    pub(super) fn remove_all(&mut self, other: &InFlight) {
        for sent_at in &other.0 {
            self.remove(*sent_at);
        }
    }
}
