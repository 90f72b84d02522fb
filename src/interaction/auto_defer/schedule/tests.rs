use std::time::{Duration, Instant};

use super::{DEFER_WORKERS, DeferSchedule};
use crate::interaction::auto_defer::INITIAL_COST;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// After how many milliseconds a single item is deferred.
fn single(after: Duration, cost: u64) -> u128 {
    let start = Instant::now();
    let mut schedule = DeferSchedule::default();
    schedule.add(start, after, ());
    assert!(schedule.take_due(start, ms(cost), |()| true).is_empty(), "never at once");
    schedule.next_due(ms(cost)).map_or(0, |next| (next - start).as_millis())
}

#[test]
fn a_single_item_is_deferred_when_due_or_at_the_latest_possible_time() {
    for (after, cost, expected) in [
        (ms(2000), 250, 2000),
        (ms(500), 250, 500),
        (ms(2000), 1000, 1750),
        (ms(2800), 250, 2500),
        (ms(2900), 10, 2740),
        (ms(5000), 250, 2500),
        (Duration::MAX, 250, 2500),
    ] {
        assert_eq!(single(after, cost), expected, "{after:?} {cost}");
    }
}

#[test]
fn many_items_are_deferred_early_enough_for_all_to_arrive_in_time() {
    let (start, cost) = (Instant::now(), ms(100));
    let mut schedule = DeferSchedule::default();
    schedule.set_workers(32);
    for number in 0..1000 {
        schedule.add(start, ms(2000), number);
    }
    // When each worker is free again.
    let mut free = [start; 32];
    let (mut sent, mut longest) = (0, Duration::ZERO);
    let mut at_once = 0;
    while let Some(now) = schedule.next_due(cost) {
        let now = now.max(start);
        for _ in schedule.take_due(now, cost, |_| true) {
            free.sort();
            free[0] = free[0].max(now) + cost;
            longest = longest.max(free[0] - start);
            sent += 1;
            at_once += usize::from(now == start);
        }
    }
    assert_eq!(sent, 1000);
    assert!(longest < ms(3500), "{longest:?}: 32 workers need 3.2 s for a thousand");
    assert!((100..300).contains(&at_once), "{at_once}: only those that cannot be sent later");
}

#[test]
fn a_thousand_items_arrive_in_time_at_long_round_trips() {
    // Before the first response the cost is only assumed.
    for round_trip in [200, 400] {
        let (start, assumed) = (Instant::now(), INITIAL_COST);
        let mut schedule = DeferSchedule::default();
        for number in 0..1000 {
            schedule.add(start, ms(2000), number);
        }
        let mut free = [start; DEFER_WORKERS];
        let (mut sent, mut longest) = (0, Duration::ZERO);
        while let Some(now) = schedule.next_due(assumed) {
            for _ in schedule.take_due(now, assumed, |_| true) {
                free.sort();
                free[0] = free[0].max(now) + ms(round_trip);
                longest = longest.max(free[0] - start);
                sent += 1;
            }
        }
        assert_eq!(sent, 1000);
        assert!(longest < ms(3000), "{round_trip}: {longest:?}");
    }
}

#[test]
fn items_with_a_response_cause_no_overload() {
    let start = Instant::now();
    let mut schedule = DeferSchedule::default();
    for number in 0..10 * DEFER_WORKERS {
        schedule.add(start, ms(2000), number);
    }
    assert_eq!(schedule.take_due(start + ms(1000), ms(250), |number| *number == 7), [0_usize; 0]);
    assert_eq!(schedule.next_due(ms(250)), Some(start + ms(2000)));
    assert_eq!(schedule.take_due(start + ms(2000), ms(250), |_| true), [7]);
    assert!(schedule.is_empty() && schedule.next_due(ms(250)).is_none());
}

#[test]
fn items_with_different_times_do_not_affect_each_other() {
    let start = Instant::now();
    let mut schedule = DeferSchedule::default();
    schedule.add(start, ms(2400), "late");
    schedule.add(start + ms(100), ms(20), "soon");
    schedule.add(start + ms(100), ms(2000), "usual");
    let cost = ms(250);
    assert_eq!(schedule.take_due(start + ms(120), cost, |_| true), ["soon"]);
    assert_eq!(schedule.take_due(start + ms(2100), cost, |_| true), ["usual"]);
    assert_eq!(schedule.take_due(start + ms(2400), cost, |_| true), ["late"]);
}
