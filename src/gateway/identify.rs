//! When a shard may identify: the daily limit and the concurrency buckets, with no clock and no socket.
//!
//! Discord resets the token of a bot that identifies too often. So a shard requests a permit *before* it opens a socket in
//! order to identify, and the budget returns a permit, a time to ask again, or a refusal. See [session start limit](https://docs.discord.com/developers/events/gateway#session-start-limit-object)
//! and [rate limiting](https://docs.discord.com/developers/events/gateway#rate-limiting) of identifies.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::shard_id::ShardId;

/// The pause between two identifies of one concurrency bucket.
pub const BUCKET_PAUSE: Duration = Duration::from_secs(5);
/// A margin on that pause, because the network can deliver two identifies closer together than they were sent.
const BUCKET_MARGIN: Duration = Duration::from_millis(500);
/// When a permit expires that was neither used nor released. Connecting takes less than this.
const PERMIT_TIMEOUT: Duration = Duration::from_secs(120);
/// When to ask again while another shard of the bucket is connecting.
const RETRY_INTERVAL: Duration = Duration::from_millis(250);
/// A shard that has not asked for this long loses its place in the queue.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(2);

/// How many identifies are left, as `GET /gateway/bot` returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartLimit {
    /// The number of identifies per day.
    pub total: u32,
    /// The number of identifies left until the reset.
    pub remaining: u32,
    /// The time until `remaining` is `total` again.
    pub reset_after: Duration,
    /// The number of identifies per five seconds.
    pub max_concurrency: u32,
}

/// Whether a shard may identify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The shard may identify. Call [`IdentifyBudget::identified`] or [`IdentifyBudget::release`] afterwards.
    Permit,
    /// The shard has to wait.
    Wait {
        /// When to ask again.
        until: Instant,
        /// What it waits for.
        reason: WaitReason,
    },
    /// Too few identifies are left to use one before the reset.
    Refused {
        /// The number of identifies left.
        remaining: u32,
        /// The number of identifies per day.
        total: u32,
        /// When the limit is reset.
        until: Instant,
    },
}

/// What an identify waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// Another shard of the same bucket is identifying, or did so less than five seconds ago.
    Bucket,
    /// Shards of an earlier group come first.
    Order,
    /// Less than a quarter of the day's identifies is left, so they are spread over the rest of the day.
    Pacing,
    /// The reserve is reached. A shard of this process was ready before, so this one waits for the reset.
    Reserve,
}

impl WaitReason {
    /// Explains the reason, for a log.
    pub fn explain(self) -> &'static str {
        match self {
            WaitReason::Bucket => {
                "another shard logs in first; Discord allows one login per bucket in five seconds"
            }
            WaitReason::Order => "shards with lower numbers log in first",
            WaitReason::Pacing => {
                "less than a quarter of today's logins is left, so they are spread over the rest of the day"
            }
            WaitReason::Reserve => "today's logins are used up except for a reserve; waiting for the reset",
        }
    }
}

/// The identify budget of all shards of a process.
///
/// While at least a quarter of the day's identifies is left, they are not paced. Below that, there is one identify per
/// `reset_after / (remaining - reserve)`. This applies to the first one as well, so that a supervisor that restarts a
/// crashing program again and again cannot use up the daily limit.
///
/// At the reserve, the first identify of a process is refused. When one of its shards has identified or has a permit, the
/// others wait instead, because a refusal would stop that shard as well.
///
/// ```
/// use std::time::{Duration, Instant};
/// use syncord::gateway::ShardId;
/// use syncord::gateway::identify::{Decision, IdentifyBudget, StartLimit, WaitReason};
///
/// let now = Instant::now();
/// let mut budget = IdentifyBudget::new();
/// budget.update(now, StartLimit { total: 1000, remaining: 999, reset_after: Duration::from_secs(3600), max_concurrency: 1 });
/// let first = ShardId { index: 0, total: 2 };
/// let second = ShardId { index: 1, total: 2 };
/// assert_eq!(budget.request(now, first, false), Decision::Permit);
/// assert!(matches!(budget.request(now, second, false), Decision::Wait { reason: WaitReason::Bucket, .. }));
/// budget.identified(now, first);
/// assert_eq!(budget.request(now + Duration::from_secs(6), second, false), Decision::Permit);
/// ```
#[derive(Debug)]
pub struct IdentifyBudget {
    total: u32,
    remaining: u32,
    reset_at: Option<Instant>,
    max_concurrency: u32,
    buckets: HashMap<u32, Bucket>,
    waiting: HashMap<u32, Instant>,
    last_identify: Option<Instant>,
    low_since: Option<Instant>,
}

#[derive(Debug, Default)]
struct Bucket {
    permit: Option<(ShardId, Instant)>,
    free_at: Option<Instant>,
}

impl Default for IdentifyBudget {
    fn default() -> Self {
        IdentifyBudget::new()
    }
}

impl IdentifyBudget {
    /// Creates a budget with Discord's documented defaults: 1000 identifies per day and one per five seconds.
    pub fn new() -> Self {
        IdentifyBudget {
            total: 1000,
            remaining: 1000,
            reset_at: None,
            max_concurrency: 1,
            buckets: HashMap::new(),
            waiting: HashMap::new(),
            last_identify: None,
            low_since: None,
        }
    }

    /// Updates the budget with Discord's own count.
    pub fn update(&mut self, now: Instant, limit: StartLimit) {
        self.total = limit.total;
        self.remaining = limit.remaining;
        self.reset_at = Some(now + limit.reset_after);
        self.max_concurrency = limit.max_concurrency.max(1);
    }

    /// Enqueues shards that are about to ask. Each keeps its place for a moment, so that the shards identify in order even
    /// when their threads ask in another order.
    pub fn enqueue(&mut self, now: Instant, shards: impl IntoIterator<Item = ShardId>) {
        self.waiting.extend(shards.into_iter().map(|shard| (shard.index, now)));
    }

    /// The number of identifies left until the reset, less the permits in use.
    pub fn remaining(&self) -> u32 {
        let permits = self.buckets.values().filter(|b| b.permit.is_some()).count();
        self.remaining.saturating_sub(u32::try_from(permits).unwrap_or(u32::MAX))
    }

    /// Requests a permit to open a socket and identify. `was_ready`: whether the shard was ready before.
    pub fn request(&mut self, now: Instant, shard: ShardId, was_ready: bool) -> Decision {
        self.remove_expired(now);
        // A shard that asks does not use the permit that it had.
        self.release(shard);
        let decision = self.decide(now, shard, was_ready);
        match decision {
            Decision::Permit => {
                self.waiting.remove(&shard.index);
                self.buckets.entry(shard.index % self.max_concurrency).or_default().permit =
                    Some((shard, now));
            }
            Decision::Wait { reason: WaitReason::Bucket | WaitReason::Order, .. } => {
                self.waiting.insert(shard.index, now);
            }
            // A shard that waits for the daily limit does not block others.
            _ => {
                self.waiting.remove(&shard.index);
            }
        }
        decision
    }

    fn decide(&mut self, now: Instant, shard: ShardId, was_ready: bool) -> Decision {
        let reserve = (self.total / 50).max(1);
        let left = self.remaining();
        let reset_at = self.reset_at.unwrap_or(now + Duration::from_secs(24 * 3600));
        if left <= reserve {
            let has_begun = self.last_identify.is_some() || self.buckets.values().any(|b| b.permit.is_some());
            return if was_ready || has_begun {
                Decision::Wait { until: reset_at + BUCKET_MARGIN, reason: WaitReason::Reserve }
            } else {
                Decision::Refused { remaining: left, total: self.total, until: reset_at }
            };
        }
        if left < self.total / 4 {
            let low_since = *self.low_since.get_or_insert(now);
            let pause = reset_at.saturating_duration_since(now) / (left - reserve);
            let until = self.last_identify.map_or(low_since, |last| last.max(low_since)) + pause;
            if now < until {
                return Decision::Wait { until, reason: WaitReason::Pacing };
            }
        } else {
            self.low_since = None;
        }

        let group = shard.index / self.max_concurrency;
        if self.waiting.keys().any(|index| index / self.max_concurrency < group) {
            return Decision::Wait { until: now + RETRY_INTERVAL, reason: WaitReason::Order };
        }
        let bucket = self.buckets.entry(shard.index % self.max_concurrency).or_default();
        match (bucket.permit, bucket.free_at) {
            (Some((holder, _)), _) if holder != shard => {
                Decision::Wait { until: now + RETRY_INTERVAL, reason: WaitReason::Bucket }
            }
            (_, Some(free_at)) if now < free_at => {
                Decision::Wait { until: free_at, reason: WaitReason::Bucket }
            }
            _ => Decision::Permit,
        }
    }

    /// The shard has sent its identify.
    pub fn identified(&mut self, now: Instant, shard: ShardId) {
        self.remaining = self.remaining.saturating_sub(1);
        self.last_identify = Some(now);
        let bucket = self.buckets.entry(shard.index % self.max_concurrency).or_default();
        bucket.permit = None;
        bucket.free_at = Some(now + BUCKET_PAUSE + BUCKET_MARGIN);
    }

    /// The shard releases its permit without an identify.
    pub fn release(&mut self, shard: ShardId) {
        for bucket in self.buckets.values_mut() {
            if bucket.permit.is_some_and(|(holder, _)| holder == shard) {
                bucket.permit = None;
            }
        }
    }

    fn remove_expired(&mut self, now: Instant) {
        if self.reset_at.is_some_and(|reset_at| reset_at <= now) {
            self.remaining = self.total;
            self.reset_at = None;
        }
        for bucket in self.buckets.values_mut() {
            if bucket.permit.is_some_and(|(_, since)| now >= since + PERMIT_TIMEOUT) {
                bucket.permit = None;
            }
        }
        self.waiting.retain(|_, asked| now < *asked + QUEUE_TIMEOUT);
    }
}

#[cfg(test)]
mod tests;
