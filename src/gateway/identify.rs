//! When a shard may log in: the day's budget and the concurrency buckets, without a clock or a socket.
//!
//! Logging in too often resets the bot's token, so nothing here is left to luck: a permit is asked for
//! *before* a socket is opened for an identify, and the answer is a permit, a time, or a refusal.
//! See [session start limit](https://docs.discord.com/developers/events/gateway#session-start-limit-object)
//! and [rate limiting](https://docs.discord.com/developers/events/gateway#rate-limiting) of identifies.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::shard_id::ShardId;

/// Between two identifies of one concurrency bucket.
pub const BUCKET_PAUSE: Duration = Duration::from_secs(5);
/// Identifies leave one bucket this much further apart than asked, because the network can bring two closer together.
const BUCKET_MARGIN: Duration = Duration::from_millis(500);
/// A permit that was neither used nor given back is void after this long: longer than connecting can take.
const PERMIT_LIFE: Duration = Duration::from_secs(120);
/// How soon to ask again while another shard of the bucket is connecting.
const ASK_AGAIN: Duration = Duration::from_millis(250);
/// A shard that has not asked for this long no longer holds its place in the order.
const PLACE_LIFE: Duration = Duration::from_secs(2);

/// Discord's word on how many identifies are left, as `GET /gateway/bot` gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartLimit {
    /// Identifies a day.
    pub total: u32,
    /// Identifies left until the reset.
    pub remaining: u32,
    /// Until `remaining` is `total` again.
    pub reset_after: Duration,
    /// Identifies per five seconds.
    pub max_concurrency: u32,
}

/// What a shard that wants to log in is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Go on. Tell the budget with [`IdentifyBudget::identified`] or [`IdentifyBudget::release`] how it went.
    Permit,
    /// Ask again then.
    Wait {
        /// When to ask again.
        until: Instant,
        /// What is waited for.
        reason: WaitReason,
    },
    /// Too few are left to risk one before the reset.
    Refused {
        /// Identifies left.
        remaining: u32,
        /// Identifies a day.
        total: u32,
        /// When Discord counts anew.
        until: Instant,
    },
}

/// What an identify waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// Another shard of the same bucket is logging in, or did so less than five seconds ago.
    Bucket,
    /// Shards of an earlier group go first.
    Order,
    /// Less than a quarter of the day's identifies is left, so they are spread over what remains of the day.
    Pacing,
    /// The reserve is reached: this process was logged in before, so the shard waits for the reset.
    Reserve,
}

impl WaitReason {
    /// A sentence for a log.
    pub fn explain(self) -> &'static str {
        match self {
            WaitReason::Bucket => {
                "another shard logs in first; Discord allows one login per bucket in five seconds"
            }
            WaitReason::Order => "shards with lower numbers log in first",
            WaitReason::Pacing => {
                "less than a quarter of today's logins is left, so they are spread over the rest of the day"
            }
            WaitReason::Reserve => "today's logins are used up but for a reserve; waiting for the reset",
        }
    }
}

/// The login budget, shared by all shards of a process.
///
/// While at least a quarter of the day's identifies is left nothing is paced. Below that there is one per
/// `reset_after / (remaining - reserve)`, the first one too, so that a supervisor which restarts a crashing
/// program for ever cannot use the day up. At the reserve the first login of a process is refused; once one of its
/// shards has logged in, or is about to, the others wait, since a refusal would end that one as well.
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
    /// A budget that knows nothing yet: Discord's documented defaults, 1000 a day and one per five seconds.
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

    /// Takes over Discord's own count.
    pub fn update(&mut self, now: Instant, limit: StartLimit) {
        self.total = limit.total;
        self.remaining = limit.remaining;
        self.reset_at = Some(now + limit.reset_after);
        self.max_concurrency = limit.max_concurrency.max(1);
    }

    /// Shards are about to ask: each has its place in the order for a moment, so that the first are first
    /// whichever thread is.
    pub fn enqueue(&mut self, now: Instant, shards: impl IntoIterator<Item = ShardId>) {
        self.waiting.extend(shards.into_iter().map(|shard| (shard.index, now)));
    }

    /// Identifies left until the reset, those under way already taken off.
    pub fn remaining(&self) -> u32 {
        let under_way = self.buckets.values().filter(|b| b.permit.is_some()).count();
        self.remaining.saturating_sub(u32::try_from(under_way).unwrap_or(u32::MAX))
    }

    /// May this shard open a socket in order to identify? `was_ready` says that it was logged in before.
    pub fn request(&mut self, now: Instant, shard: ShardId, was_ready: bool) -> Decision {
        self.tidy(now);
        // Who asks has no use for a permit of before.
        self.release(shard);
        let answer = self.decide(now, shard, was_ready);
        match answer {
            Decision::Permit => {
                self.waiting.remove(&shard.index);
                self.buckets.entry(shard.index % self.max_concurrency).or_default().permit =
                    Some((shard, now));
            }
            Decision::Wait { reason: WaitReason::Bucket | WaitReason::Order, .. } => {
                self.waiting.insert(shard.index, now);
            }
            // Who waits for hours keeps nobody from anything.
            _ => {
                self.waiting.remove(&shard.index);
            }
        }
        answer
    }

    fn decide(&mut self, now: Instant, shard: ShardId, was_ready: bool) -> Decision {
        let reserve = (self.total / 50).max(1);
        let left = self.remaining();
        let reset_at = self.reset_at.unwrap_or(now + Duration::from_secs(24 * 3600));
        if left <= reserve {
            let begun = self.last_identify.is_some() || self.buckets.values().any(|b| b.permit.is_some());
            return if was_ready || begun {
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
            return Decision::Wait { until: now + ASK_AGAIN, reason: WaitReason::Order };
        }
        let bucket = self.buckets.entry(shard.index % self.max_concurrency).or_default();
        match (bucket.permit, bucket.free_at) {
            (Some((holder, _)), _) if holder != shard => {
                Decision::Wait { until: now + ASK_AGAIN, reason: WaitReason::Bucket }
            }
            (_, Some(free_at)) if now < free_at => {
                Decision::Wait { until: free_at, reason: WaitReason::Bucket }
            }
            _ => Decision::Permit,
        }
    }

    /// The shard's identify left the machine.
    pub fn identified(&mut self, now: Instant, shard: ShardId) {
        self.remaining = self.remaining.saturating_sub(1);
        self.last_identify = Some(now);
        let bucket = self.buckets.entry(shard.index % self.max_concurrency).or_default();
        bucket.permit = None;
        bucket.free_at = Some(now + BUCKET_PAUSE + BUCKET_MARGIN);
    }

    /// The shard gives its permit back: it never came to identify.
    pub fn release(&mut self, shard: ShardId) {
        for bucket in self.buckets.values_mut() {
            if bucket.permit.is_some_and(|(holder, _)| holder == shard) {
                bucket.permit = None;
            }
        }
    }

    fn tidy(&mut self, now: Instant) {
        if self.reset_at.is_some_and(|reset_at| reset_at <= now) {
            self.remaining = self.total;
            self.reset_at = None;
        }
        for bucket in self.buckets.values_mut() {
            if bucket.permit.is_some_and(|(_, since)| now >= since + PERMIT_LIFE) {
                bucket.permit = None;
            }
        }
        self.waiting.retain(|_, asked| now < *asked + PLACE_LIFE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);
    const SECOND: Duration = Duration::from_secs(1);

    fn shard(index: u32) -> ShardId {
        ShardId { index, total: 16 }
    }

    fn budget(now: Instant, remaining: u32, max_concurrency: u32) -> IdentifyBudget {
        let mut budget = IdentifyBudget::new();
        budget.update(now, StartLimit { total: 1000, remaining, reset_after: 10 * HOUR, max_concurrency });
        budget
    }

    #[test]
    fn nothing_is_paced_while_a_quarter_is_left() {
        let now = Instant::now();
        assert_eq!(budget(now, 250, 1).request(now, shard(0), false), Decision::Permit);
    }

    #[test]
    fn below_a_quarter_even_the_first_identify_of_a_process_waits() {
        let now = Instant::now();
        let mut budget = budget(now, 220, 1);
        // 10 h over 220 - 20 logins: one in three minutes.
        let until = now + Duration::from_secs(180);
        assert_eq!(
            budget.request(now, shard(0), false),
            Decision::Wait { until, reason: WaitReason::Pacing }
        );
        // Discord's fresh count does not start the wait anew.
        budget.update(
            now + SECOND,
            StartLimit { total: 1000, remaining: 220, reset_after: 10 * HOUR, max_concurrency: 1 },
        );
        assert!(matches!(
            budget.request(now + 100 * SECOND, shard(0), false),
            Decision::Wait { reason: WaitReason::Pacing, .. }
        ));
        assert_eq!(budget.request(now + 181 * SECOND, shard(0), false), Decision::Permit);
    }

    #[test]
    fn a_supervisor_that_restarts_a_crashing_program_cannot_use_the_day_up() {
        // Each life: a fresh budget that learns Discord's count, logs in as soon as it may, and dies.
        let start = Instant::now();
        let (mut now, mut remaining) = (start, 1000_u32);
        while now < start + 24 * HOUR {
            let mut life = IdentifyBudget::new();
            let limit = StartLimit {
                total: 1000,
                remaining,
                reset_after: start + 24 * HOUR - now,
                max_concurrency: 1,
            };
            life.update(now, limit);
            loop {
                match life.request(now, shard(0), false) {
                    Decision::Permit => break,
                    Decision::Wait { until, .. } => now = until,
                    Decision::Refused { until, .. } => now = until,
                }
                if now >= start + 24 * HOUR {
                    break;
                }
            }
            remaining -= 1;
            now += SECOND;
        }
        assert!(remaining >= 19, "only {remaining} left");
    }

    #[test]
    fn at_the_reserve_a_start_is_refused_but_a_shard_that_was_ready_waits() {
        let now = Instant::now();
        let mut budget = budget(now, 20, 1);
        let until = now + 10 * HOUR;
        assert_eq!(
            budget.request(now, shard(0), false),
            Decision::Refused { remaining: 20, total: 1000, until }
        );
        assert!(
            matches!(budget.request(now, shard(0), true), Decision::Wait { reason: WaitReason::Reserve, until: u } if u > until)
        );
        assert_eq!(budget.request(until + SECOND, shard(0), true), Decision::Permit, "the day is over");
    }

    #[test]
    fn at_the_reserve_a_shard_beside_one_that_is_logged_in_waits() {
        let now = Instant::now();
        let mut budget = budget(now, 300, 1);
        assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
        budget.identified(now, shard(0));
        // Another process has used the rest.
        let limit = StartLimit { total: 1000, remaining: 20, reset_after: 10 * HOUR, max_concurrency: 1 };
        budget.update(now + 6 * SECOND, limit);
        assert!(matches!(
            budget.request(now + 6 * SECOND, shard(1), false),
            Decision::Wait { reason: WaitReason::Reserve, .. }
        ));
    }

    #[test]
    fn at_the_reserve_a_shard_beside_one_that_is_logging_in_waits() {
        let now = Instant::now();
        let mut budget = IdentifyBudget::new();
        let limit = StartLimit { total: 4, remaining: 2, reset_after: HOUR, max_concurrency: 2 };
        budget.update(now, limit);
        assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
        assert!(matches!(
            budget.request(now, shard(1), false),
            Decision::Wait { reason: WaitReason::Reserve, .. }
        ));
        // Who asks anew has no permit to be spared for.
        budget.update(now, StartLimit { remaining: 1, ..limit });
        assert!(matches!(budget.request(now, shard(0), false), Decision::Refused { .. }));
    }

    #[test]
    fn own_use_is_taken_off_the_last_known_count() {
        let now = Instant::now();
        let mut budget = budget(now, 22, 16);
        budget.low_since = Some(now - 20 * HOUR);
        assert_eq!(budget.request(now + 10 * HOUR - SECOND, shard(0), false), Decision::Permit);
        assert_eq!(budget.remaining(), 21, "a permit counts before it is used");
        budget.identified(now + 10 * HOUR - SECOND, shard(0));
        assert_eq!(budget.remaining(), 21);
        assert_eq!(budget.remaining, 21);
    }

    #[test]
    fn one_identify_per_bucket_in_five_seconds() {
        let now = Instant::now();
        let mut budget = budget(now, 900, 2);
        assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
        assert_eq!(budget.request(now, shard(1), false), Decision::Permit, "another bucket");
        assert!(matches!(
            budget.request(now, shard(2), false),
            Decision::Wait { reason: WaitReason::Bucket, .. }
        ));
        budget.identified(now, shard(0));
        assert!(matches!(
            budget.request(now + 4 * SECOND, shard(2), false),
            Decision::Wait { reason: WaitReason::Bucket, .. }
        ));
        assert_eq!(budget.request(now + 6 * SECOND, shard(2), false), Decision::Permit);
    }

    #[test]
    fn a_permit_given_back_frees_its_bucket_and_costs_nothing() {
        let now = Instant::now();
        let mut budget = budget(now, 900, 1);
        assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
        budget.release(shard(0));
        assert_eq!(budget.remaining(), 900);
        assert_eq!(budget.request(now, shard(1), false), Decision::Permit);
    }

    #[test]
    fn a_shard_that_asks_again_does_not_count_its_own_former_permit() {
        let now = Instant::now();
        let mut budget = budget(now, 21, 1);
        budget.low_since = Some(now - 20 * HOUR);
        let late = now + 10 * HOUR - SECOND;
        assert_eq!(budget.request(late, shard(0), false), Decision::Permit, "the last one above the reserve");
        assert_eq!(budget.request(late, shard(0), false), Decision::Permit, "and still the only one");
        assert_eq!(budget.remaining(), 20);
    }

    #[test]
    fn a_permit_that_was_forgotten_expires() {
        let now = Instant::now();
        let mut budget = budget(now, 900, 1);
        assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
        assert!(matches!(budget.request(now + 100 * SECOND, shard(1), false), Decision::Wait { .. }));
        assert_eq!(budget.request(now + 121 * SECOND, shard(1), false), Decision::Permit);
    }

    #[test]
    fn shards_that_lined_up_start_in_order_whoever_asks_first() {
        let now = Instant::now();
        let mut budget = budget(now, 900, 2);
        budget.enqueue(now, (0..4).map(shard));
        assert!(matches!(
            budget.request(now, shard(2), false),
            Decision::Wait { reason: WaitReason::Order, .. }
        ));
        assert_eq!(budget.request(now, shard(1), false), Decision::Permit, "its group goes first");
        assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
        // Who does not come keeps the others waiting for a moment only.
        budget.enqueue(now, [shard(0)]);
        budget.release(shard(0));
        assert_eq!(budget.request(now + PLACE_LIFE, shard(2), false), Decision::Permit);
    }

    #[test]
    fn groups_of_shards_start_in_ascending_order() {
        let now = Instant::now();
        let mut budget = budget(now, 900, 1);
        assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
        assert!(matches!(budget.request(now, shard(1), false), Decision::Wait { .. }));
        assert!(matches!(budget.request(now, shard(2), false), Decision::Wait { .. }));
        budget.identified(now, shard(0));
        let later = now + 6 * SECOND;
        assert!(matches!(budget.request(later - SECOND, shard(1), false), Decision::Wait { .. }));
        assert!(matches!(
            budget.request(later, shard(2), false),
            Decision::Wait { reason: WaitReason::Order, .. }
        ));
        assert_eq!(budget.request(later, shard(1), false), Decision::Permit);
    }
}
