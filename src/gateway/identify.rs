//! When a shard may identify: the daily limit and the concurrency buckets, with no clock and no socket.
//!
//! Discord resets the token of a bot that identifies too often. So a shard requests a permit *before* it opens a socket in
//! order to identify, and the budget returns a permit, a time to ask again, or a refusal. See [session start limit](https://docs.discord.com/developers/events/gateway#session-start-limit-object)
//! and [rate limiting](https://docs.discord.com/developers/events/gateway#rate-limiting) of identifies.

use std::collections::{HashMap, HashSet};
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

/// The limit is reset once in this time. Longer times are taken for this one.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The maximum number of starts of a shard in a day that are not slowed down.
const FREE_STARTS: u32 = 20;
/// The pause to which those that are slowed down grow, unless there are many shards.
const START_PAUSE: Duration = Duration::from_secs(300);

/// A shard that asks for a permit, and the bot that it belongs to.
///
/// Two bots of one process can have the same token. They share the limits, and their shards have the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Applicant {
    /// The number of the bot in this process. It is 0 if there is only one.
    pub bot: u64,
    /// The shard.
    pub shard: ShardId,
}

impl From<ShardId> for Applicant {
    fn from(shard: ShardId) -> Applicant {
        Applicant { bot: 0, shard }
    }
}

/// How many identifies are left, as `GET /gateway/bot` returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartLimit {
    /// The number of identifies per day.
    pub total: u32,
    /// The number of identifies left until the reset.
    pub remaining: u32,
    /// The time until `remaining` is `total` again. More than a day counts as a day.
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
    /// The shard was started often today, as by a supervisor of a program that crashes.
    Restarts,
    /// Less than a quarter of the day's identifies is left, and they are used up faster than the day passes.
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
            WaitReason::Restarts => {
                "the bot was started many times today, as if it crashed again and again, so the pauses between its \
                 logins grow"
            }
            WaitReason::Pacing => {
                "less than a quarter of today's logins is left, so they are spread over the day"
            }
            WaitReason::Reserve => "today's logins are used up except for a reserve; waiting for the reset",
        }
    }
}

/// The identify budget of all shards of a process with one token.
///
/// While at least a quarter of the day's identifies is left, they are not paced. The last quarter is spread over 24 hours
/// that end at the reset: an identify is sent once at least as large a part of the quarter is left as of the day. This
/// depends only on Discord's numbers, not on when the program was started. So a supervisor that restarts a crashing
/// program again and again cannot use up the daily limit, and a start that was cut short does not wait longer.
///
/// A crash loop is slowed down long before that: after twenty starts of a shard in a day, fewer with many shards, the pauses
/// between them grow to minutes. What earlier processes have used has to be [restored](IdentifyBudget::restore) for that.
///
/// At the reserve, the first identify of a bot is refused. When one of its shards has identified or has a permit, the
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
    waiting: HashMap<Applicant, Instant>,
    /// The bots of which a shard has identified.
    begun: HashSet<u64>,
    /// By the index of the shard.
    used: HashMap<u32, Used>,
    /// The shards that have identified in this process, by index.
    started: HashSet<u32>,
}

/// The identifies of a shard since Discord began to count, those of earlier processes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// When the last one was sent.
    pub last: Instant,
    /// Their number.
    pub count: u32,
    /// When Discord resets the count, or a day after the identify if that is not known.
    pub reset_at: Instant,
}

#[derive(Debug, Default)]
struct Bucket {
    permit: Option<(Applicant, Instant)>,
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
            begun: HashSet::new(),
            used: HashMap::new(),
            started: HashSet::new(),
        }
    }

    /// Restores what an earlier process has used. Call it after [`update`](IdentifyBudget::update), which sets the buckets.
    pub fn restore(&mut self, shard: u32, used: Used) {
        let free_at = used.last + BUCKET_PAUSE + BUCKET_MARGIN;
        let bucket = self.buckets.entry(shard % self.max_concurrency).or_default();
        bucket.free_at = bucket.free_at.max(Some(free_at));
        let known = self.used.entry(shard).or_insert(used);
        if known.last < used.last {
            *known = used;
        }
    }

    /// What a shard has used when it has identified once more: what to save before it does, so that no crash hides it.
    pub fn used_with_next(&self, now: Instant, shard: ShardId) -> Used {
        let reset_at = self.reset_at.filter(|at| *at > now).unwrap_or(now + DAY);
        let used = self.used.get(&shard.index).filter(|used| now < used.reset_at);
        Used {
            last: now,
            count: used.map_or(0, |used| used.count).saturating_add(1),
            reset_at: used.map_or(reset_at, |used| used.reset_at),
        }
    }

    /// Updates the budget with Discord's own count.
    pub fn update(&mut self, now: Instant, limit: StartLimit) {
        self.total = limit.total;
        self.remaining = limit.remaining;
        self.reset_at = Some(now + limit.reset_after.min(DAY));
        self.max_concurrency = limit.max_concurrency.max(1);
    }

    /// Enqueues shards that are about to ask. Each keeps its place for a moment, so that the shards identify in order even
    /// when their threads ask in another order.
    pub fn enqueue(&mut self, now: Instant, shards: impl IntoIterator<Item = impl Into<Applicant>>) {
        self.waiting.extend(shards.into_iter().map(|shard| (shard.into(), now)));
    }

    /// Discord's numbers as they are now: after its last answer, less the identifies used since. `None` before the first one.
    pub fn limit(&self, now: Instant) -> Option<StartLimit> {
        let reset_after = self.reset_at?.saturating_duration_since(now);
        let remaining = if reset_after.is_zero() { self.total } else { self.remaining };
        Some(StartLimit { total: self.total, remaining, reset_after, max_concurrency: self.max_concurrency })
    }

    /// The number of identifies left until the reset, less the permits in use.
    pub fn remaining(&self) -> u32 {
        let permits = self.buckets.values().filter(|b| b.permit.is_some()).count();
        self.remaining.saturating_sub(u32::try_from(permits).unwrap_or(u32::MAX))
    }

    /// Requests a permit to open a socket and identify. `was_ready`: whether the shard was ready before.
    pub fn request(&mut self, now: Instant, shard: impl Into<Applicant>, was_ready: bool) -> Decision {
        let shard = shard.into();
        self.remove_expired(now);
        // A shard that asks does not use the permit that it had.
        self.release(shard);
        let decision = self.decide(now, shard, was_ready);
        match decision {
            Decision::Permit => {
                self.waiting.remove(&shard);
                self.bucket_of(shard).permit = Some((shard, now));
            }
            Decision::Wait { reason: WaitReason::Bucket | WaitReason::Order, .. } => {
                self.waiting.insert(shard, now);
            }
            // A shard that waits for the daily limit does not block others.
            _ => {
                self.waiting.remove(&shard);
            }
        }
        decision
    }

    fn decide(&mut self, now: Instant, shard: Applicant, was_ready: bool) -> Decision {
        let left = self.remaining();
        let reset_at = self.reset_at.unwrap_or(now + DAY);
        if left <= reserve(self.total) {
            return if was_ready || self.has_begun(shard.bot) {
                Decision::Wait { until: reset_at + BUCKET_MARGIN, reason: WaitReason::Reserve }
            } else {
                Decision::Refused { remaining: left, total: self.total, until: reset_at }
            };
        }
        if let Some(until) = paced_until(self.total, left, reset_at).filter(|until| *until > now) {
            return Decision::Wait { until, reason: WaitReason::Pacing };
        }

        // Only a start of the process is slowed down. Later attempts of a shard have the pauses of its session.
        let is_start = !was_ready && !self.started.contains(&shard.shard.index);
        if let Some(until) = self.next_start(now, shard.shard).filter(|until| is_start && *until > now) {
            return Decision::Wait { until, reason: WaitReason::Restarts };
        }

        let group = shard.shard.index / self.max_concurrency;
        if self.waiting.keys().any(|other| other.shard.index / self.max_concurrency < group) {
            return Decision::Wait { until: now + RETRY_INTERVAL, reason: WaitReason::Order };
        }
        let bucket = self.bucket_of(shard);
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
    pub fn identified(&mut self, now: Instant, shard: impl Into<Applicant>) {
        let shard = shard.into();
        self.remaining = self.remaining.saturating_sub(1);
        self.begun.insert(shard.bot);
        self.used.insert(shard.shard.index, self.used_with_next(now, shard.shard));
        self.started.insert(shard.shard.index);
        let bucket = self.bucket_of(shard);
        bucket.permit = None;
        bucket.free_at = Some(now + BUCKET_PAUSE + BUCKET_MARGIN);
    }

    /// The shard releases its permit without an identify.
    pub fn release(&mut self, shard: impl Into<Applicant>) {
        let shard = shard.into();
        self.release_if(|holder| holder == shard);
    }

    /// The bot has ended: its shards hold no permits and do not wait any more.
    pub fn forget(&mut self, bot: u64) {
        self.release_if(|holder| holder.bot == bot);
        self.waiting.retain(|shard, _| shard.bot != bot);
        self.begun.remove(&bot);
    }

    /// Whether no shard waits, and none has identified less than five seconds ago.
    pub(crate) fn is_idle(&self, now: Instant) -> bool {
        self.waiting.is_empty()
            && self.buckets.values().all(|b| b.permit.is_none() && b.free_at.is_none_or(|at| at <= now))
    }

    /// When a shard that was often started may start again.
    fn next_start(&self, now: Instant, shard: ShardId) -> Option<Instant> {
        let used = self.used.get(&shard.index).filter(|used| now < used.reset_at)?;
        let pause = start_pause(used.count, self.total, shard.total)?;
        // No longer than until the count is reset.
        Some((used.last + pause).min(used.reset_at))
    }

    fn release_if(&mut self, is_holder: impl Fn(Applicant) -> bool) {
        for bucket in self.buckets.values_mut() {
            bucket.permit = bucket.permit.filter(|(holder, _)| !is_holder(*holder));
        }
    }

    /// Whether a shard of the bot has identified or has a permit.
    fn has_begun(&self, bot: u64) -> bool {
        let holds = |bucket: &Bucket| bucket.permit.is_some_and(|(holder, _)| holder.bot == bot);
        self.begun.contains(&bot) || self.buckets.values().any(holds)
    }

    fn bucket_of(&mut self, shard: Applicant) -> &mut Bucket {
        self.buckets.entry(shard.shard.index % self.max_concurrency).or_default()
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

/// The pause after the last of `count` starts of a shard in a day, if there is one.
///
/// The free starts of all shards use at most a quarter of the limit. The pauses then grow to a length at which a day's starts
/// use another quarter.
fn start_pause(count: u32, total: u32, shards: u32) -> Option<Duration> {
    let shards = shards.max(1);
    let free = (total / 4 / shards).clamp(1, FREE_STARTS);
    let doublings = count.checked_sub(free)?;
    let longest = (DAY.saturating_mul(4_u32.saturating_mul(shards)) / total.max(1)).clamp(START_PAUSE, DAY);
    Some((longest / 4).saturating_mul(1 << doublings.min(2)))
}

/// The number of identifies that are never used, so that the last one of a day does not reset the token.
fn reserve(total: u32) -> u32 {
    (total / 50).max(1)
}

/// When the next identify may be sent while less than a quarter is left; `None` if they are not paced.
///
/// The quarter, less the reserve, is spread over the 24 hours before the reset.
fn paced_until(total: u32, left: u32, reset_at: Instant) -> Option<Instant> {
    let (quarter, reserve) = (total / 4, reserve(total));
    if left >= quarter {
        return None;
    }
    let part = f64::from(left.saturating_sub(reserve)) / f64::from(quarter.saturating_sub(reserve).max(1));
    reset_at.checked_sub(DAY.mul_f64(part.min(1.0)))
}

#[cfg(test)]
mod tests;
