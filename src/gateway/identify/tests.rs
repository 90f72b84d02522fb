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
fn nothing_is_paced_while_a_quarter_of_the_identifies_is_left() {
    let now = Instant::now();
    assert_eq!(budget(now, 250, 1).request(now, shard(0), false), Decision::Permit);
}

#[test]
fn below_a_quarter_an_identify_waits_until_the_rest_of_the_day_is_as_small_as_what_is_left() {
    let now = Instant::now();
    // A quarter without the reserve is 230. Of these 23 are left, a tenth, so the last tenth of the day has to begin.
    let mut budget = budget(now, 20 + 23, 1);
    let until = now + 10 * HOUR - Duration::from_secs(24 * 360);
    assert_eq!(budget.request(now, shard(0), false), Decision::Wait { until, reason: WaitReason::Pacing });
    assert_eq!(budget.request(until, shard(0), false), Decision::Permit);
    budget.identified(until, shard(0));
    // The next one follows after a 230th of the day.
    let next = until + Duration::from_secs(24 * 3600) / 230;
    let Decision::Wait { until, reason: WaitReason::Pacing } = budget.request(until, shard(0), false) else {
        panic!("not paced");
    };
    assert!(until.duration_since(next) < SECOND, "{:?}", until.duration_since(next));
    // Late in the day, even a few identifies are more than a fair part.
    let late = StartLimit { total: 1000, remaining: 43, reset_after: HOUR, max_concurrency: 1 };
    budget.update(now + 9 * HOUR, late);
    assert_eq!(budget.request(now + 9 * HOUR, shard(0), false), Decision::Permit);
}

/// A start that lasts 12 seconds. It learns Discord's count and asks for a permit. Returns whether it has identified.
fn short_start(now: Instant, bot: u64, limit: StartLimit) -> bool {
    let mut budget = IdentifyBudget::new();
    budget.update(now, limit);
    let applicant = Applicant { bot, shard: shard(0) };
    match budget.request(now, applicant, false) {
        Decision::Permit => true,
        Decision::Wait { until, .. } if until <= now + 12 * SECOND => {
            budget.request(until, applicant, false) == Decision::Permit
        }
        _ => false,
    }
}

#[test]
fn a_start_that_is_always_ended_after_12_seconds_gets_in_when_its_turn_has_come() {
    let begun = Instant::now();
    let (mut now, mut remaining) = (begun, 40);
    let mut identified_at = Vec::new();
    while now < begun + 3 * HOUR {
        let reset_after = 3 * HOUR - now.duration_since(begun);
        let limit = StartLimit { total: 1000, remaining, reset_after, max_concurrency: 1 };
        if short_start(now, 0, limit) {
            identified_at.push(now.duration_since(begun));
            remaining -= 1;
        }
        now += 15 * SECOND;
    }
    // 20 are left above the reserve: the first 20/230 of a day before the reset, then one in 6 min 16 s.
    assert!(identified_at[0] <= HOUR, "{identified_at:?}");
    assert!((18..=20).contains(&identified_at.len()), "{identified_at:?}");
    assert!(remaining >= 20);
    let pauses = identified_at.windows(2).map(|pair| pair[1] - pair[0]);
    assert!(pauses.clone().all(|pause| pause <= Duration::from_secs(400)), "{identified_at:?}");
}

#[test]
fn restarts_of_a_crashing_program_cannot_use_up_the_daily_limit() {
    // Each run has a new budget that gets Discord's count, identifies as soon as it may, and ends.
    let start = Instant::now();
    let (mut now, mut remaining) = (start, 1000_u32);
    while now < start + 24 * HOUR {
        let mut run = IdentifyBudget::new();
        let limit =
            StartLimit { total: 1000, remaining, reset_after: start + 24 * HOUR - now, max_concurrency: 1 };
        run.update(now, limit);
        loop {
            match run.request(now, shard(0), false) {
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
    assert_eq!(budget.request(now, shard(0), false), Decision::Refused { remaining: 20, total: 1000, until });
    assert!(
        matches!(budget.request(now, shard(0), true), Decision::Wait { reason: WaitReason::Reserve, until: u } if u > until)
    );
    assert_eq!(budget.request(until + SECOND, shard(0), true), Decision::Permit, "the day is over");
}

#[test]
fn at_the_reserve_a_shard_waits_when_another_is_ready() {
    let now = Instant::now();
    let mut budget = budget(now, 300, 1);
    assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
    budget.identified(now, shard(0));
    // Another process has used up the rest.
    let limit = StartLimit { total: 1000, remaining: 20, reset_after: 10 * HOUR, max_concurrency: 1 };
    budget.update(now + 6 * SECOND, limit);
    assert!(matches!(
        budget.request(now + 6 * SECOND, shard(1), false),
        Decision::Wait { reason: WaitReason::Reserve, .. }
    ));
}

#[test]
fn at_the_reserve_a_shard_waits_when_another_is_identifying() {
    let now = Instant::now();
    let mut budget = IdentifyBudget::new();
    let limit = StartLimit { total: 4, remaining: 2, reset_after: HOUR, max_concurrency: 2 };
    budget.update(now, limit);
    assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
    assert!(matches!(
        budget.request(now, shard(1), false),
        Decision::Wait { reason: WaitReason::Reserve, .. }
    ));
    // A shard that asks again gives up its permit, so no shard is identifying.
    budget.update(now, StartLimit { remaining: 1, ..limit });
    assert!(matches!(budget.request(now, shard(0), false), Decision::Refused { .. }));
}

#[test]
fn own_identifies_are_subtracted_from_the_last_known_count() {
    let now = Instant::now();
    let mut budget = budget(now, 22, 16);
    assert_eq!(budget.request(now + 10 * HOUR - SECOND, shard(0), false), Decision::Permit);
    assert_eq!(budget.remaining(), 21, "a permit counts before it is used");
    budget.identified(now + 10 * HOUR - SECOND, shard(0));
    assert_eq!(budget.remaining(), 21);
    assert_eq!(budget.remaining, 21);
}

#[test]
fn two_bots_with_one_token_share_the_buckets() {
    let now = Instant::now();
    let mut budget = budget(now, 900, 1);
    let [first, second] = [1, 2].map(|bot| Applicant { bot, shard: shard(0) });
    assert_eq!(budget.request(now, first, false), Decision::Permit);
    assert!(matches!(budget.request(now, second, false), Decision::Wait { .. }));
    budget.identified(now, first);
    let free_at = now + BUCKET_PAUSE + BUCKET_MARGIN;
    let waits = Decision::Wait { until: free_at, reason: WaitReason::Bucket };
    assert_eq!(budget.request(now, second, false), waits);
    assert!(!budget.is_idle(now));
    // The end of a bot does not end the pause, but its permits.
    budget.forget(1);
    assert_eq!(budget.request(now, second, false), waits);
    assert_eq!(budget.request(free_at, second, false), Decision::Permit);
    budget.forget(2);
    assert_eq!(budget.request(free_at, first, false), Decision::Permit);
    budget.forget(1);
    assert!(budget.is_idle(free_at));
}

#[test]
fn at_the_reserve_another_bots_login_does_not_make_a_start_wait() {
    let now = Instant::now();
    let mut budget = budget(now, 21, 1);
    let [first, second] = [1, 2].map(|bot| Applicant { bot, shard: shard(0) });
    let last = now + 10 * HOUR - SECOND;
    assert_eq!(budget.request(last, first, false), Decision::Permit);
    budget.identified(last, first);
    assert!(matches!(budget.request(last, second, false), Decision::Refused { .. }));
    assert!(matches!(budget.request(last, first, false), Decision::Wait { .. }));
}

#[test]
fn absurd_numbers_of_discord_are_bounded() {
    let now = Instant::now();
    let mut budget = IdentifyBudget::new();
    let limit = StartLimit { total: 0, remaining: 0, reset_after: Duration::MAX, max_concurrency: 0 };
    budget.update(now, limit);
    let until = now + 24 * HOUR;
    assert_eq!(budget.request(now, shard(0), false), Decision::Refused { remaining: 0, total: 0, until });
    let limit = StartLimit {
        total: u32::MAX,
        remaining: u32::MAX / 8,
        reset_after: Duration::MAX,
        max_concurrency: u32::MAX,
    };
    budget.update(now, limit);
    assert!(matches!(budget.request(now, shard(3), false), Decision::Wait { until: at, .. } if at < until));
    budget.update(now, StartLimit { remaining: u32::MAX, ..limit });
    assert_eq!(budget.request(now, shard(3), false), Decision::Permit);
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
fn a_released_permit_frees_its_bucket_and_costs_nothing() {
    let now = Instant::now();
    let mut budget = budget(now, 900, 1);
    assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
    budget.release(shard(0));
    assert_eq!(budget.remaining(), 900);
    assert_eq!(budget.request(now, shard(1), false), Decision::Permit);
}

#[test]
fn a_shard_that_asks_again_replaces_its_own_permit() {
    let now = Instant::now();
    let mut budget = budget(now, 21, 1);
    let late = now + 10 * HOUR - SECOND;
    assert_eq!(budget.request(late, shard(0), false), Decision::Permit, "the last one above the reserve");
    assert_eq!(budget.request(late, shard(0), false), Decision::Permit, "and still the only permit");
    assert_eq!(budget.remaining(), 20);
}

#[test]
fn a_permit_that_is_never_used_expires() {
    let now = Instant::now();
    let mut budget = budget(now, 900, 1);
    assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
    assert!(matches!(budget.request(now + 100 * SECOND, shard(1), false), Decision::Wait { .. }));
    assert_eq!(budget.request(now + 121 * SECOND, shard(1), false), Decision::Permit);
}

#[test]
fn enqueued_shards_identify_in_order_whichever_asks_first() {
    let now = Instant::now();
    let mut budget = budget(now, 900, 2);
    budget.enqueue(now, (0..4).map(shard));
    assert!(matches!(budget.request(now, shard(2), false), Decision::Wait { reason: WaitReason::Order, .. }));
    assert_eq!(budget.request(now, shard(1), false), Decision::Permit, "its group goes first");
    assert_eq!(budget.request(now, shard(0), false), Decision::Permit);
    // A shard that never asks delays the others only for a moment.
    budget.enqueue(now, [shard(0)]);
    budget.release(shard(0));
    assert_eq!(budget.request(now + QUEUE_TIMEOUT, shard(2), false), Decision::Permit);
}

#[test]
fn groups_of_shards_identify_in_ascending_order() {
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

/// A process that learns Discord's count and what earlier processes have used, and identifies as soon as it may. Returns when
/// that was, and what it saved.
fn run(now: Instant, shard: ShardId, used: Option<Used>, limit: StartLimit) -> (Instant, Used) {
    let mut budget = IdentifyBudget::new();
    budget.update(now, limit);
    if let Some(used) = used {
        budget.restore(shard.index, used);
    }
    let mut at = now;
    loop {
        match budget.request(at, shard, false) {
            Decision::Permit => break,
            Decision::Wait { until, .. } => at = until,
            refused @ Decision::Refused { .. } => panic!("{refused:?}"),
        }
    }
    let saved = budget.used_with_next(at, shard);
    budget.identified(at, shard);
    assert_eq!(budget.used[&shard.index], saved);
    (at, saved)
}

#[test]
fn restarts_keep_the_pause_of_a_bucket() {
    let begin = Instant::now();
    let limit = StartLimit { total: 1000, remaining: 1000, reset_after: DAY, max_concurrency: 2 };
    let (_, used) = run(begin, shard(0), None, limit);
    let (at, _) = run(begin + SECOND, shard(0), Some(used), limit);
    assert_eq!(at, begin + BUCKET_PAUSE + BUCKET_MARGIN);
    // A shard of the same bucket waits as well, and one of another bucket does not.
    for (index, waits) in [(2, true), (1, false)] {
        let mut budget = IdentifyBudget::new();
        budget.update(begin + SECOND, limit);
        budget.restore(0, used);
        let decision = budget.request(begin + SECOND, shard(index), false);
        assert_eq!(
            matches!(decision, Decision::Wait { reason: WaitReason::Bucket, .. }),
            waits,
            "{decision:?}"
        );
    }
}

#[test]
fn a_crash_loop_is_slowed_down_long_before_a_quarter_of_the_day_is_left() {
    let begin = Instant::now();
    let only = ShardId { index: 0, total: 1 };
    let (mut now, mut used, mut starts) = (begin, None, Vec::new());
    while now < begin + DAY {
        let remaining = 1000 - starts.len() as u32;
        let reset_after = begin + DAY - now;
        let limit = StartLimit { total: 1000, remaining, reset_after, max_concurrency: 1 };
        let (at, saved) = run(now, only, used, limit);
        (now, used) = (at + SECOND, Some(saved));
        starts.push(at.duration_since(begin));
    }
    // Twenty starts follow each other as fast as Discord allows, and then the pauses grow.
    let pause = |n: usize| (starts[n] - starts[n - 1]).as_secs_f64();
    assert!((1..20).all(|n| pause(n) == 5.5), "{starts:?}");
    assert_eq!([20, 21, 22, 23].map(pause), [86.4, 172.8, 345.6, 345.6]);
    assert!((250..300).contains(&starts.len()), "{}", starts.len());
}

#[test]
fn restarts_of_all_shards_leave_a_quarter_of_the_day() {
    // Discord allows large bots at least five starts of each shard.
    for (total, shards) in [(1000, 1), (1000, 16), (1000, 200), (2000, 150), (2000, 400), (20_000, 4000)] {
        let (mut at, mut starts) = (Duration::ZERO, 0);
        while at < DAY {
            starts += 1;
            at += start_pause(starts, total, shards).unwrap_or(Duration::ZERO);
        }
        let used = starts * shards;
        assert!(used <= total * 3 / 4, "{used} of {total} with {shards} shards");
    }
}

#[test]
fn what_was_used_before_the_reset_does_not_count() {
    let begin = Instant::now();
    let used = Used { last: begin, count: 500, reset_at: begin + HOUR };
    let limit = StartLimit { total: 1000, remaining: 1000, reset_after: DAY, max_concurrency: 1 };
    let only = ShardId { index: 0, total: 1 };
    let (at, _) = run(begin + SECOND, only, Some(used), limit);
    assert!(at > begin + 299 * SECOND && at < begin + HOUR, "{at:?}");
    let (at, saved) = run(begin + HOUR, only, Some(used), limit);
    assert_eq!((at, saved.count), (begin + HOUR, 1));
}

#[test]
fn a_shard_that_was_ready_in_this_process_is_not_slowed_down_by_restarts() {
    let begin = Instant::now();
    let mut budget = budget(begin, 900, 1);
    budget.restore(0, Used { last: begin, count: 100, reset_at: begin + HOUR });
    let now = begin + 6 * SECOND;
    assert!(matches!(
        budget.request(now, shard(0), false),
        Decision::Wait { reason: WaitReason::Restarts, .. }
    ));
    assert_eq!(budget.request(now, shard(0), true), Decision::Permit);
}
