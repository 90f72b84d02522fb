//! Reconnects continue until they succeed, and are paced.

use serde_json::json;

use super::scenario::{Scenario, s};
use crate::gateway::session::Input;

/// Fails every attempt in the same way. Returns when each was made, in milliseconds.
fn attempts(mut it: Scenario, time: f64, fail: impl Fn(&mut Scenario)) -> Vec<u128> {
    let mut made = Vec::new();
    while it.elapsed() < s(time) {
        if it.session.deadline().is_none() {
            made.push(it.elapsed().as_millis());
            fail(&mut it);
        } else {
            it.wake();
        }
    }
    made
}

fn assert_paced(made: &[u128], seed: u64) {
    assert!(made.windows(7).all(|w| w[6] - w[0] >= 60_000), "seed {seed}: {made:?}");
    assert!(made.windows(2).all(|w| w[1] - w[0] <= 61_000), "seed {seed}: {made:?}");
}

#[test]
fn an_outage_of_an_hour_gets_at_most_six_attempts_per_minute() {
    for seed in 0..50 {
        let made = attempts(Scenario::seeded(seed), 3600.0, |it| {
            it.input(Input::OpenFailed("unreachable".into()));
        });
        assert_paced(&made, seed);
        assert!((60..250).contains(&made.len()), "{} attempts", made.len());
    }
}

#[test]
fn attempts_are_paced_when_discord_closes_each_connection_at_once() {
    for seed in 0..50 {
        let made = attempts(Scenario::seeded(seed), 1000.0, |it| {
            it.input(Input::Opened);
            it.close(4000);
        });
        assert_paced(&made, seed);
    }
}

#[test]
fn attempts_are_paced_when_discord_closes_each_connection_after_the_resume() {
    for seed in 0..50 {
        let mut it = Scenario::seeded(seed).made_ready();
        it.lose();
        let made = attempts(it, 1000.0, |it| {
            it.input(Input::Opened);
            it.hello();
            it.resumed(5);
            it.frame(&json!({"op": 7}));
        });
        assert_paced(&made, seed);
    }
}

#[test]
fn after_a_stable_connection_the_first_attempt_is_made_at_once() {
    let mut it = Scenario::ready();
    for _ in 0..3 {
        it.lose();
        it.reach_hello();
        it.hello();
        it.resumed(2);
    }
    it.lose();
    it.reach_hello();
    it.hello();
    it.resumed(3);
    it.run_acknowledged(s(60.0));
    it.lose();
    assert_eq!((it.pause, it.session.deadline()), (s(0.0), None));
}

#[test]
fn the_seed_decides_the_pauses() {
    let pauses = |seed| {
        attempts(Scenario::seeded(seed), 600.0, |it| {
            it.input(Input::OpenFailed("x".into()));
        })
    };
    assert_eq!(pauses(1), pauses(1));
    assert_ne!(pauses(1), pauses(2));
}
