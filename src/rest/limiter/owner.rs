//! Whose limits a request counts towards.

use std::collections::BTreeSet;
use std::time::Instant;

use super::bucket_id::BucketId;
use super::global::Global;
use super::ticket::Ticket;
use crate::fingerprint::Fingerprint;

/// Whose limits a request counts towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// A bot, by its token.
    Bot(Fingerprint),
    /// The IP address: requests without a bot's token.
    Address,
}

/// The state of one owner.
#[derive(Debug)]
pub(super) struct OwnerState {
    pub(super) global: Global,
    pub(super) paused: Option<Instant>,
    /// Calls that their buckets admit and the global limit may delay, by ticket.
    pub(super) ready: BTreeSet<(Ticket, BucketId)>,
}

impl OwnerState {
    pub(super) fn new(per_second: u32) -> OwnerState {
        OwnerState { global: Global::new(per_second), paused: None, ready: BTreeSet::new() }
    }

    /// Checks the owner's pause and its global limit. The error is when they allow a request.
    pub(super) fn check(&mut self, now: Instant) -> Result<(), Instant> {
        match self.paused {
            Some(until) if until > now => Err(until),
            _ => self.global.check(now),
        }
    }

    /// The earliest moment for a call with this number of calls ahead of it.
    pub(super) fn estimate(&self, now: Instant, ahead: usize) -> Instant {
        self.global.estimate(now, ahead).max(self.paused.unwrap_or(now))
    }

    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.ready.is_empty() && self.paused.is_none_or(|until| until <= now) && self.global.is_idle(now)
    }
}
