//! <https://docs.discord.com/developers/events/gateway#sending-heartbeats>

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};

#[test]
fn the_first_heartbeat_is_sent_after_a_random_part_of_the_interval() {
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
fn later_heartbeats_are_sent_once_in_each_interval() {
    let mut it = Scenario::ready();
    let heartbeats = it.run_acknowledged(INTERVAL * 3);
    assert_eq!(heartbeats, [40_000, 80_000, 120_000].map(|at| (at, "heartbeat 1".to_owned())));
}

#[test]
fn a_late_heartbeat_does_not_move_the_next_ones() {
    let mut it = Scenario::ready();
    it.pass(INTERVAL + s(3.0));
    assert_eq!(it.input(crate::gateway::session::Input::Timeout), ["heartbeat 1"]);
    it.ack();
    assert_eq!(it.run_acknowledged(INTERVAL), [(37_000, "heartbeat 1".to_owned())]);
}

#[test]
fn a_heartbeat_contains_the_last_sequence_number() {
    let mut it = Scenario::ready();
    it.event(41);
    assert_eq!(it.wake(), ["heartbeat 41"]);
}

#[test]
fn before_any_event_the_sequence_number_is_null() {
    let mut it = Scenario::identifying();
    assert_eq!(it.wake(), ["heartbeat null"]);
}

#[test]
fn the_sequence_number_may_be_zero() {
    let mut it = Scenario::new().made_ready_at(0);
    assert_eq!(it.wake(), ["heartbeat 0"]);
    it.lose();
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 0"]);
}

#[test]
fn the_sequence_number_may_pass_32_bits() {
    let mut it = Scenario::new().made_ready_at(u64::from(u32::MAX));
    assert_eq!(it.event(1 << 32), ["event EVENT 4294967296"]);
    assert_eq!(it.wake(), ["heartbeat 4294967296"]);
    it.lose();
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 4294967296"]);
}

#[test]
fn a_requested_heartbeat_is_sent_at_once_and_does_not_move_the_next_ones() {
    let mut it = Scenario::ready();
    it.pass(s(15.0));
    assert_eq!(it.frame(&json!({"op": 1, "d": null})), ["heartbeat 1"]);
    it.ack();
    assert_eq!(it.run_acknowledged(INTERVAL), [(25_000, "heartbeat 1".to_owned())]);
}

#[test]
fn heartbeats_continue_during_a_slow_identify_or_replay() {
    let mut it = Scenario::identifying();
    let first = (it.session.deadline().unwrap() - it.now.mono).as_millis();
    let heartbeats = it.run_acknowledged(INTERVAL * 2);
    assert_eq!(heartbeats, [first, first + 40_000].map(|at| (at, "heartbeat null".to_owned())));

    let mut it = Scenario::resuming();
    let first = (it.session.deadline().unwrap() - it.now.mono).as_millis();
    assert_eq!(it.run_acknowledged(INTERVAL), [(first, "heartbeat 3".to_owned())]);
}

#[test]
fn the_latency_is_the_time_from_the_heartbeat_to_its_ack() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(0.25));
    it.ack();
    assert_eq!(it.session.latency(), Some(s(0.25)));
}
