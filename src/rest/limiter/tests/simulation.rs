//! Random workloads against the model. A failing seed is printed: it goes into `SEEDS` or a test of its own.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use super::model::{Law, Limit, Model, Why};
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

fn plain(limit: usize) -> Law {
    Law { limit: Some(limit), hidden: None, exempt: false }
}

fn plan() -> Plan {
    Plan {
        endpoints: vec![CREATE_MESSAGE, TRIGGER_TYPING_INDICATOR, CHANNEL],
        majors: 4,
        threads: 32,
        idle: millis(400),
        delay: (millis(5), millis(150)),
        patience: Duration::from_secs(3600),
        lost: None,
        rename: None,
        length: Duration::from_secs(60),
        per_second: 50,
    }
}

fn some_limits(seed: u64) -> Vec<Limit> {
    let mut rng = fastrand::Rng::with_seed(seed ^ 0xfeed);
    let limit = |_| Limit { count: rng.u32(1..=10), period: millis(rng.u64(400..=6000)) };
    (0..3).map(limit).collect()
}

#[test]
fn a_bucket_of_its_own_for_each_endpoint_is_never_overrun() {
    each_seed(|seed| {
        let model = Model::new(some_limits(seed), (0..3).map(plain).collect(), 50);
        let world = World::new(seed, plan(), model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
        assert!(world.model.served > 100, "{}", world.model.served);
    });
}

#[test]
fn answers_that_are_lost_lead_to_no_refusal() {
    each_seed(|seed| {
        let model = Model::new(some_limits(seed), (0..3).map(plain).collect(), 50);
        let world = World::new(seed, Plan { lost: Some(10), ..plan() }, model).run();
        let refused = &world.model.refused;
        // Where the first answers are lost, nobody can know how long the window is.
        assert_eq!((refused.get(&Why::Foretold), refused.get(&Why::Global)), (None, None), "{refused:?}");
        assert!(world.model.served > 50, "{}", world.model.served);
    });
}

#[test]
fn slow_and_uneven_networks_lead_to_no_refusal() {
    each_seed(|seed| {
        let model = Model::new(some_limits(seed), (0..3).map(plain).collect(), 50);
        let world = World::new(seed, Plan { delay: (millis(1), millis(1500)), ..plan() }, model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
    });
}

#[test]
fn endpoints_that_share_buckets_which_change_their_names_are_refused_only_where_nobody_could_know() {
    each_seed(|seed| {
        let laws = vec![plain(0), plain(0), plain(1), plain(1), plain(2)];
        let model = Model::new(some_limits(seed), laws, 50);
        let endpoints =
            vec![CREATE_MESSAGE, TRIGGER_TYPING_INDICATOR, CHANNEL, DELETE_MESSAGE, CREATE_REACTION];
        let world = World::new(seed, Plan { endpoints, rename: Some(millis(4000)), ..plan() }, model).run();
        assert_eq!(world.model.refused.get(&Why::Foretold), None);
        assert_eq!(world.model.refused.get(&Why::Global), None);
        assert!(world.model.served > 100, "{}", world.model.served);
    });
}

#[test]
fn limits_that_no_header_tells_of_are_found_and_kept_apart() {
    each_seed(|seed| {
        let hidden = Limit { count: 2, period: Duration::from_secs(10) };
        let laws = vec![Law { hidden: Some(hidden), ..plain(0) }, plain(0), plain(1)];
        let model = Model::new(some_limits(seed), laws, 50);
        let world = World::new(seed, plan(), model).run();
        let refused = &world.model.refused;
        assert_eq!((refused.get(&Why::Foretold), refused.get(&Why::Global)), (None, None));
        // Each of at most seven windows of four channels is overrun by those under way, and not by all who wait.
        assert!(refused.get(&Why::Hidden).copied().unwrap_or(0) <= 7 * 4 * 6, "{refused:?}");
    });
}

#[test]
fn the_global_limit_is_never_overrun_and_holds_no_interaction_back() {
    each_seed(|seed| {
        let laws = vec![
            Law { limit: None, hidden: None, exempt: false },
            Law { limit: None, hidden: None, exempt: true },
        ];
        let model = Model::new(some_limits(seed), laws, 10);
        let endpoints = vec![CHANNEL, CREATE_INTERACTION_RESPONSE];
        let plan = Plan { endpoints, majors: 1000, per_second: 10, idle: millis(100), ..plan() };
        let world = World::new(seed, plan, model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
        // Ten a second and a round trip, and as many interactions as there are others.
        assert!(world.model.served > 2 * 60 * 7, "{}", world.model.served);
    });
}

#[test]
fn calls_with_a_deadline_leave_by_then_or_are_sent_away() {
    each_seed(|seed| {
        let model = Model::new(some_limits(seed), (0..3).map(plain).collect(), 50);
        let patience = millis(3000);
        let world = World::new(seed, Plan { patience, idle: millis(50), ..plan() }, model).run();
        assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
        assert!(world.report.longest <= patience, "{:?}", world.report.longest);
    });
}

#[test]
fn a_bucket_is_in_full_use_and_several_calls_are_under_way_at_once() {
    let length = Duration::from_secs(300);
    for (count, period) in [(1, 1000), (5, 1000), (5, 5000), (10, 2000), (40, 1000)] {
        for (least, most) in [(10, 10), (50, 50), (5, 60)] {
            let limit = Limit { count, period: millis(period) };
            let model = Model::new(vec![limit], vec![plain(0)], 1000);
            let plan = Plan {
                endpoints: vec![CREATE_MESSAGE],
                majors: 1,
                idle: Duration::ZERO,
                delay: (millis(least), millis(most)),
                per_second: 1000,
                threads: 64,
                length,
                ..plan()
            };
            let world = World::new(count.into(), plan, model).run();
            assert!(world.model.refused.is_empty(), "{:?}", world.model.refused);
            let windows = length.as_secs_f64() / millis(period + 2 * most).as_secs_f64();
            let full = windows * f64::from(count);
            let share = f64::from(world.model.served) / full;
            assert!(share >= 0.95, "{count} in {period} ms over {least}-{most} ms: {share:.3} of {full:.0}");
            assert!(world.report.most >= count as usize, "{}", world.report.most);
        }
    }
}
