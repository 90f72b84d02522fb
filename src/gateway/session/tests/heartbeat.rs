//! <https://docs.discord.com/developers/events/gateway#sending-heartbeats>

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};

#[test]
fn the_first_beat_comes_after_a_random_part_of_the_interval() {
    let first = |seed| {
        let mut it = Scenario::seeded(seed).connected();
        it.hello();
        it.session.deadline().unwrap() - it.now.mono
    };
    let firsts: Vec<_> = (0..200).map(first).collect();
    assert!(firsts.iter().all(|after| *after < INTERVAL));
    assert!(firsts.iter().any(|after| *after < INTERVAL / 10));
    assert!(firsts.iter().any(|after| *after > INTERVAL * 9 / 10));
    assert_eq!(first(3), first(3), "the seed decides");
}

#[test]
fn later_beats_come_once_in_each_interval() {
    let mut it = Scenario::ready();
    let beats = it.run_acknowledged(INTERVAL * 3);
    assert_eq!(beats, [40_000, 80_000, 120_000].map(|at| (at, "beat 1".to_owned())));
}

#[test]
fn a_late_wake_up_does_not_shift_the_rhythm() {
    let mut it = Scenario::ready();
    it.pass(INTERVAL + s(3.0));
    assert_eq!(it.input(crate::gateway::session::Input::Timeout), ["beat 1"]);
    it.ack();
    assert_eq!(it.run_acknowledged(INTERVAL), [(37_000, "beat 1".to_owned())]);
}

#[test]
fn a_beat_carries_the_last_sequence_number() {
    let mut it = Scenario::ready();
    it.event(41);
    assert_eq!(it.wake(), ["beat 41"]);
}

#[test]
fn before_any_event_the_sequence_number_is_null() {
    let mut it = Scenario::identifying();
    assert_eq!(it.wake(), ["beat null"]);
}

#[test]
fn the_sequence_number_may_be_zero() {
    let mut it = Scenario::new().made_ready_at(0);
    assert_eq!(it.wake(), ["beat 0"]);
    it.lose();
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 0"]);
}

#[test]
fn the_sequence_number_may_pass_32_bits() {
    let mut it = Scenario::new().made_ready_at(u64::from(u32::MAX));
    assert_eq!(it.event(1 << 32), ["event EVENT 4294967296"]);
    assert_eq!(it.wake(), ["beat 4294967296"]);
    it.lose();
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 4294967296"]);
}

#[test]
fn a_beat_that_discord_asks_for_comes_at_once_and_leaves_the_rhythm_alone() {
    let mut it = Scenario::ready();
    it.pass(s(15.0));
    assert_eq!(it.frame(&json!({"op": 1, "d": null})), ["beat 1"]);
    it.ack();
    assert_eq!(it.run_acknowledged(INTERVAL), [(25_000, "beat 1".to_owned())]);
}

#[test]
fn beats_go_on_while_discord_takes_its_time_to_log_in_or_to_replay() {
    let mut it = Scenario::identifying();
    let first = (it.session.deadline().unwrap() - it.now.mono).as_millis();
    let beats = it.run_acknowledged(INTERVAL * 2);
    assert_eq!(beats, [first, first + 40_000].map(|at| (at, "beat null".to_owned())));

    let mut it = Scenario::resuming();
    let first = (it.session.deadline().unwrap() - it.now.mono).as_millis();
    assert_eq!(it.run_acknowledged(INTERVAL), [(first, "beat 3".to_owned())]);
}

#[test]
fn the_latency_is_the_time_from_the_beat_to_its_ack() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(0.25));
    it.ack();
    assert_eq!(it.session.latency(), Some(s(0.25)));
}
