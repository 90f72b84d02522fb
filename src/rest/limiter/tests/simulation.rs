//! Random workloads against the model. A failing seed is printed: add it as a test.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use super::model::{EndpointLimits, Limit, Model, Reason};
use super::world::{Plan, World};
use super::{Rules, Scene, headers};
use crate::rest::route::{
    CHANNEL, CREATE_INTERACTION_RESPONSE, CREATE_MESSAGE, CREATE_REACTION, DELETE_MESSAGE,
    TRIGGER_TYPING_INDICATOR,
};

const SEEDS: std::ops::Range<u64> = 0..if cfg!(debug_assertions) { 20 } else { 300 };

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn each_seed(run: impl Fn(u64)) {
    for seed in SEEDS {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| run(seed))) {
            eprintln!("seed {seed} failed");
            resume_unwind(panic);
        }
    }
}

fn plain(limit: usize) -> EndpointLimits {
    EndpointLimits { limit: Some(limit), hidden: None, exempt: false }
}

fn plan() -> Plan {
    Plan {
        endpoints: vec![CREATE_MESSAGE, TRIGGER_TYPING_INDICATOR, CHANNEL],
        majors: 4,
        threads: 32,
        idle: millis(400),
        delay: (millis(5), millis(150)),
        timeout: Duration::from_secs(3600),
        lost_one_in: None,
        rename_every: None,
        length: Duration::from_secs(60),
        per_second: 50,
    }
}

fn random_limits(seed: u64) -> Vec<Limit> {
    let mut rng = fastrand::Rng::with_seed(seed ^ 0xfeed);
    let limit = |_| Limit { count: rng.u32(1..=10), period: millis(rng.u64(400..=6000)) };
    (0..3).map(limit).collect()
}

#[test]
fn a_bucket_per_endpoint_is_never_exceeded() {
    each_seed(|seed| {
        let model = Model::new(random_limits(seed), (0..3).map(plain).collect(), 50);
        let world = World::new(seed, plan(), model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
        assert!(world.model.served > 100, "{}", world.model.served);
    });
}

#[test]
fn lost_responses_lead_to_no_refusal() {
    each_seed(|seed| {
        let model = Model::new(random_limits(seed), (0..3).map(plain).collect(), 50);
        let world = World::new(seed, Plan { lost_one_in: Some(10), ..plan() }, model).run();
        let refused = &world.model.refused;
        // If the first responses are lost, the length of the window is unknown.
        assert_eq!(
            (refused.get(&Reason::Predictable), refused.get(&Reason::Global)),
            (None, None),
            "{refused:?}"
        );
        assert!(world.model.served > 50, "{}", world.model.served);
    });
}

#[test]
fn a_slow_and_uneven_network_leads_to_no_refusal() {
    each_seed(|seed| {
        let model = Model::new(random_limits(seed), (0..3).map(plain).collect(), 50);
        let world = World::new(seed, Plan { delay: (millis(1), millis(1500)), ..plan() }, model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
    });
}

#[test]
fn shared_buckets_that_change_their_hash_are_refused_only_while_the_hash_is_unknown() {
    each_seed(|seed| {
        let limits = vec![plain(0), plain(0), plain(1), plain(1), plain(2)];
        let model = Model::new(random_limits(seed), limits, 50);
        let endpoints =
            vec![CREATE_MESSAGE, TRIGGER_TYPING_INDICATOR, CHANNEL, DELETE_MESSAGE, CREATE_REACTION];
        let world =
            World::new(seed, Plan { endpoints, rename_every: Some(millis(4000)), ..plan() }, model).run();
        assert_eq!(world.model.refused.get(&Reason::Predictable), None);
        assert_eq!(world.model.refused.get(&Reason::Global), None);
        assert!(world.model.served > 100, "{}", world.model.served);
    });
}

#[test]
fn limits_without_headers_hold_back_only_their_own_route() {
    each_seed(|seed| {
        let hidden = Limit { count: 2, period: Duration::from_secs(10) };
        let limits = vec![EndpointLimits { hidden: Some(hidden), ..plain(0) }, plain(0), plain(1)];
        let model = Model::new(random_limits(seed), limits, 50);
        let world = World::new(seed, plan(), model).run();
        let refused = &world.model.refused;
        assert_eq!((refused.get(&Reason::Predictable), refused.get(&Reason::Global)), (None, None));
        // At max seven windows in each of four channels are exceeded by the requests in flight, not by those waiting.
        assert!(refused.get(&Reason::Hidden).copied().unwrap_or(0) <= 7 * 4 * 6, "{refused:?}");
    });
}

#[test]
fn the_global_limit_is_never_exceeded_and_does_not_delay_interactions() {
    each_seed(|seed| {
        let limits = vec![
            EndpointLimits { limit: None, hidden: None, exempt: false },
            EndpointLimits { limit: None, hidden: None, exempt: true },
        ];
        let model = Model::new(random_limits(seed), limits, 10);
        let endpoints = vec![CHANNEL, CREATE_INTERACTION_RESPONSE];
        let plan = Plan { endpoints, majors: 1000, per_second: 10, idle: millis(100), ..plan() };
        let world = World::new(seed, plan, model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
        // Ten per second and round trip, and the same number of interactions.
        assert!(world.model.served > 2 * 60 * 7, "{}", world.model.served);
    });
}

#[test]
fn calls_are_sent_before_their_deadline_or_rejected() {
    each_seed(|seed| {
        let model = Model::new(random_limits(seed), (0..3).map(plain).collect(), 50);
        let timeout = millis(3000);
        let world = World::new(seed, Plan { timeout, idle: millis(50), ..plan() }, model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
        assert!(world.report.longest_wait <= timeout, "{:?}", world.report.longest_wait);
    });
}

/// The round trips at which limits have to be used, in milliseconds.
const ROUND_TRIPS: [u64; 5] = [0, 50, 100, 200, 400];

/// Runs 64 threads that send as much as the limits allow, at a constant round trip. Returns the number of served requests
/// per second.
fn throughput(round_trip: u64, plan: Plan, model: Model) -> f64 {
    let delay = (millis(round_trip / 2), millis(round_trip / 2));
    let length = plan.length;
    let world = World::new(1, Plan { delay, idle: Duration::ZERO, threads: 64, ..plan }, model).run();
    assert!(world.model.refused.is_empty(), "{round_trip} ms: {:?}", world.model.refused);
    f64::from(world.model.served) / length.as_secs_f64()
}

#[test]
fn the_global_limit_is_used_at_every_round_trip() {
    for round_trip in ROUND_TRIPS {
        let limits = vec![EndpointLimits { limit: None, hidden: None, exempt: false }];
        let plan = Plan { endpoints: vec![CHANNEL], majors: 1000, ..plan() };
        let rate = throughput(round_trip, plan, Model::new(random_limits(1), limits, 50));
        assert!((47.5..=52.0).contains(&rate), "{rate:.2} per second at {round_trip} ms");
    }
}

#[test]
fn a_bucket_is_used_at_every_round_trip() {
    let limits = [(1, 250), (1, 1000), (5, 1000), (5, 5000), (10, 2000), (40, 1000)];
    for ((count, period), round_trip) in
        limits.into_iter().flat_map(|limit| ROUND_TRIPS.map(|rtt| (limit, rtt)))
    {
        let model = Model::new(vec![Limit { count, period: millis(period) }], vec![plain(0)], 1000);
        let endpoints = vec![CREATE_MESSAGE];
        let length = Duration::from_secs(120);
        let plan = Plan { endpoints, majors: 1, per_second: 1000, length, ..plan() };
        let share = throughput(round_trip, plan, model) * millis(period).as_secs_f64() / f64::from(count);
        assert!(share >= 0.95, "{count} in {period} ms at {round_trip} ms: {share:.3}");
    }
}

#[test]
fn a_bucket_is_used_soon_although_the_round_trips_differ_a_little() {
    for round_trip in ROUND_TRIPS {
        let served = |seed, length| {
            let model = Model::new(vec![Limit { count: 1, period: millis(250) }], vec![plain(0)], 1000);
            let delay = (millis(round_trip / 2), millis(round_trip / 2 + 2));
            let (endpoints, idle) = (vec![CREATE_MESSAGE], Duration::ZERO);
            let plan = Plan { endpoints, majors: 1, per_second: 1000, length, delay, idle, ..plan() };
            let world = World::new(seed, plan, model).run();
            assert!(
                world.model.refused.is_empty(),
                "{round_trip} ms, seed {seed}: {:?}",
                world.model.refused
            );
            world.model.served
        };
        // The first responses only show how long a round trip takes.
        let (warm_up, measured) = (Duration::from_secs(4), Duration::from_secs(15));
        let in_seed = |seed| served(seed, warm_up + measured) - served(seed, warm_up);
        let rate = f64::from((0..10).map(in_seed).sum::<u32>()) / 10.0 / measured.as_secs_f64();
        assert!(rate >= 0.95 * 4.0, "{rate:.2} per second at {round_trip} ms");
    }
}

#[test]
fn a_bucket_is_fully_used_over_an_uneven_network() {
    let length = Duration::from_secs(300);
    for (count, period) in [(1, 1000), (5, 1000), (5, 5000), (10, 2000), (40, 1000)] {
        let limit = Limit { count, period: millis(period) };
        let model = Model::new(vec![limit], vec![plain(0)], 1000);
        let plan = Plan {
            endpoints: vec![CREATE_MESSAGE],
            majors: 1,
            idle: Duration::ZERO,
            delay: (millis(5), millis(60)),
            per_second: 1000,
            threads: 64,
            length,
            ..plan()
        };
        let world = World::new(count.into(), plan, model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
        let windows = length.as_secs_f64() / millis(period + 2 * 60).as_secs_f64();
        let full = windows * f64::from(count);
        let share = f64::from(world.model.served) / full;
        assert!(share >= 0.95, "{count} in {period} ms: {share:.3} of {full:.0}");
        assert!(world.report.max_in_flight >= count as usize, "{}", world.report.max_in_flight);
    }
}

#[test]
fn a_shared_bucket_whose_hash_changes_is_never_exceeded() {
    each_seed(|seed| {
        let model = Model::new(random_limits(seed), vec![plain(0), plain(0)], 50);
        let endpoints = vec![CREATE_MESSAGE, TRIGGER_TYPING_INDICATOR];
        let often = Duration::from_secs(5);
        let plan = Plan { endpoints, majors: 1, rename_every: Some(often), ..plan() };
        let world = World::new(seed, plan, model).run();
        // At first it is unknown that the endpoints share a bucket.
        let last = world.report.last_refused;
        assert!(last.is_none_or(|at| at < often), "{last:?} {:?}", world.model.refused);
        assert_eq!(world.model.refused.get(&Reason::Predictable), None);
        assert!(world.model.served > 20, "{}", world.model.served);
    });
}

#[test]
fn changed_hashes_leave_nothing_behind() {
    let mut scene = Scene::with(Rules { per_second: 1000, ..Rules::default() });
    for change in 0..1000 {
        scene.now += Duration::from_millis(10);
        let hash = format!("hash {change}");
        scene.respond(&CREATE_MESSAGE.at(&[&1]), &headers(&hash, 1000, 999, 1));
        scene.respond(&TRIGGER_TYPING_INDICATOR.at(&[&1]), &headers(&hash, 1000, 998, 1));
    }
    let (queues, buckets) = scene.limiter.table.size();
    assert_eq!((queues, buckets), (2, 1));
    // The same for a hash that changes between two.
    for change in 0..1000 {
        scene.now += Duration::from_millis(10);
        scene.respond(&CREATE_MESSAGE.at(&[&1]), &headers(&format!("{change}"), 1000, 999, 1));
        scene.respond(&TRIGGER_TYPING_INDICATOR.at(&[&1]), &headers("same", 1000, 999, 1));
    }
    let (queues, buckets) = scene.limiter.table.size();
    assert!(queues == 2 && buckets <= 2 + 100, "{buckets}");
}
