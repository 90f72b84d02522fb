//! Random workloads against the model. A failing seed is printed: add it as a test.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use super::model::{EndpointLimits, Limit, Model, Reason};
use super::world::{Plan, World};
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

#[test]
fn a_bucket_is_fully_used_with_several_requests_in_flight() {
    let length = Duration::from_secs(300);
    for (count, period) in [(1, 1000), (5, 1000), (5, 5000), (10, 2000), (40, 1000)] {
        for (min, max) in [(10, 10), (50, 50), (5, 60)] {
            let limit = Limit { count, period: millis(period) };
            let model = Model::new(vec![limit], vec![plain(0)], 1000);
            let plan = Plan {
                endpoints: vec![CREATE_MESSAGE],
                majors: 1,
                idle: Duration::ZERO,
                delay: (millis(min), millis(max)),
                per_second: 1000,
                threads: 64,
                length,
                ..plan()
            };
            let world = World::new(count.into(), plan, model).run();
            assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
            let windows = length.as_secs_f64() / millis(period + 2 * max).as_secs_f64();
            let full = windows * f64::from(count);
            let share = f64::from(world.model.served) / full;
            assert!(share >= 0.95, "{count} in {period} ms over {min}-{max} ms: {share:.3} of {full:.0}");
            assert!(world.report.max_in_flight >= count as usize, "{}", world.report.max_in_flight);
        }
    }
}
