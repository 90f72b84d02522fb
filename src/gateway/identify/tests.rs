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
fn below_a_quarter_even_the_first_identify_of_a_process_waits() {
    let now = Instant::now();
    let mut budget = budget(now, 220, 1);
    // 10 h for 220 - 20 identifies: one in three minutes.
    let until = now + Duration::from_secs(180);
    assert_eq!(budget.request(now, shard(0), false), Decision::Wait { until, reason: WaitReason::Pacing });
    // A new count from Discord does not restart the wait.
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
    budget.low_since = Some(now - 20 * HOUR);
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
