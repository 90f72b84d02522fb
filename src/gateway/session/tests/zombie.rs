//! A dead connection is noticed even when the socket reports nothing, and a live one is kept.

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::session::Input;

const DROPPED: [&str; 3] = ["close 4000", "disconnected, resume", "open wss://resume.example, to resume"];

fn at(millis: u128, actions: &[&str]) -> Vec<(u128, String)> {
    actions.iter().map(|action| (millis, (*action).to_owned())).collect()
}

/// A ready session that has just sent a heartbeat.
fn after_heartbeat() -> Scenario {
    let mut it = Scenario::ready();
    assert_eq!(it.wake(), ["heartbeat 1"]);
    it
}

#[test]
fn after_ten_silent_seconds_since_a_heartbeat_the_session_is_resumed() {
    let mut it = after_heartbeat();
    assert_eq!(it.run(INTERVAL), at(10_000, &DROPPED));
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 1"]);
}

#[test]
fn with_a_short_interval_the_deadline_is_the_next_heartbeat() {
    let mut it = Scenario::new().with_interval(s(4.0)).made_ready();
    it.wake();
    assert_eq!(it.run(INTERVAL), at(4_000, &DROPPED));
}

#[test]
fn silence_between_heartbeats_proves_nothing() {
    let mut it = Scenario::ready();
    assert_eq!(it.run(INTERVAL - s(0.001)), []);
}

#[test]
fn an_ack_just_before_the_timeout_is_in_time() {
    let mut it = after_heartbeat();
    it.pass(s(9.999));
    it.ack();
    assert_eq!(it.run(s(30.0)), []);
}

#[test]
fn bytes_of_an_incomplete_frame_prove_that_the_peer_is_alive() {
    let mut it = after_heartbeat();
    it.pass(s(9.0));
    assert_eq!(it.input(Input::Bytes), [""; 0]);
    assert_eq!(it.run(s(30.0)), []);
}

#[test]
fn without_acks_a_connection_with_traffic_is_dead_one_interval_after_the_next_heartbeat() {
    let mut it = after_heartbeat();
    let mut actions = Vec::new();
    for second in 1..100 {
        actions.extend(it.run(s(1.0)).into_iter().map(|(_, action)| (second, action)));
        if actions.len() > 1 {
            break;
        }
        it.event(second + 1);
    }
    let mut expected = vec![(40, "heartbeat 40".to_owned())];
    expected.extend(DROPPED.map(|action| (80, action.to_owned())));
    assert_eq!(actions, expected);
}

#[test]
fn the_grace_period_ends_when_no_more_bytes_arrive() {
    let mut it = after_heartbeat();
    it.pass(s(1.0));
    it.event(2);
    let mut expected = at(39_000, &["heartbeat 2"]);
    expected.extend(at(49_000, &DROPPED));
    assert_eq!(it.run(INTERVAL * 2), expected);
}

#[test]
fn an_ack_in_the_grace_period_saves_the_connection() {
    let mut it = after_heartbeat();
    it.pass(s(1.0));
    it.event(2);
    assert_eq!(it.run(s(48.0)), at(39_000, &["heartbeat 2"]));
    it.ack();
    assert_eq!(it.run_acknowledged(INTERVAL), at(31_000, &["heartbeat 2"]));
}

#[test]
fn the_ack_of_a_requested_heartbeat_has_the_same_timeout() {
    let mut it = Scenario::ready();
    it.pass(s(5.0));
    assert_eq!(it.frame(&json!({"op": 1, "d": null})), ["heartbeat 1"]);
    assert_eq!(it.run(INTERVAL), at(10_000, &DROPPED));
}

#[test]
fn a_connection_that_dies_during_the_identify_is_noticed() {
    let mut it = Scenario::identifying();
    it.wake();
    assert_eq!(
        it.run(s(11.0)),
        at(10_000, &["close 4000", "disconnected, identify", "open main, to identify"])
    );
}

#[test]
fn without_hello_the_connection_is_dropped() {
    let mut it = Scenario::new().connected();
    assert_eq!(
        it.run(s(60.0)),
        at(20_000, &["close 4000", "disconnected, identify", "open main, to identify"])
    );
}

#[test]
fn an_identify_without_a_response_is_dropped_late_because_another_one_counts_against_the_limit() {
    let mut it = Scenario::identifying();
    let actions = it.run_acknowledged(s(200.0));
    let left: Vec<_> = actions.into_iter().filter(|(_, action)| !action.starts_with("heartbeat")).collect();
    assert_eq!(left, at(180_000, &["close 4000", "disconnected, identify", "open main, to identify"]));
}

#[test]
fn a_replay_may_take_long_but_not_pause() {
    let mut it = Scenario::resuming();
    for seq in 4..10 {
        it.run_acknowledged(s(50.0));
        assert_eq!(it.event(seq), [format!("event EVENT {seq}")]);
    }
    let actions = it.run_acknowledged(s(61.0));
    let left: Vec<_> = actions.into_iter().filter(|(_, action)| !action.starts_with("heartbeat")).collect();
    assert_eq!(left[..2], at(60_000, &DROPPED[..2]));
}
