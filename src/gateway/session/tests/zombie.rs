//! A dead connection is noticed whether the socket says so or not, and a live one is not given up.

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::session::Input;

const LEFT: [&str; 3] = ["close 4000", "disconnected, resume", "open wss://resume.example, to resume"];

fn at(millis: u128, did: &[&str]) -> Vec<(u128, String)> {
    did.iter().map(|did| (millis, (*did).to_owned())).collect()
}

/// At a beat that was just sent.
fn beating() -> Scenario {
    let mut it = Scenario::ready();
    assert_eq!(it.wake(), ["beat 1"]);
    it
}

#[test]
fn ten_silent_seconds_after_a_beat_the_connection_is_dead_and_the_session_resumed() {
    let mut it = beating();
    assert_eq!(it.run(INTERVAL), at(10_000, &LEFT));
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 1"]);
}

#[test]
fn with_a_short_interval_the_next_beat_is_the_deadline() {
    let mut it = Scenario::new().with_interval(s(4.0)).made_ready();
    it.wake();
    assert_eq!(it.run(INTERVAL), at(4_000, &LEFT));
}

#[test]
fn silence_between_beats_proves_nothing() {
    let mut it = Scenario::ready();
    assert_eq!(it.run(INTERVAL - s(0.001)), []);
}

#[test]
fn an_ack_in_the_last_moment_is_in_time() {
    let mut it = beating();
    it.pass(s(9.999));
    it.ack();
    assert_eq!(it.run(s(30.0)), []);
}

#[test]
fn bytes_of_an_unfinished_frame_are_a_sign_of_life() {
    let mut it = beating();
    it.pass(s(9.0));
    assert_eq!(it.input(Input::Bytes), [""; 0]);
    assert_eq!(it.run(s(30.0)), []);
}

#[test]
fn heard_but_not_acknowledged_is_dead_one_interval_after_the_next_beat() {
    let mut it = beating();
    let mut did = Vec::new();
    for second in 1..100 {
        did.extend(it.run(s(1.0)).into_iter().map(|(_, did)| (second, did)));
        if did.len() > 1 {
            break;
        }
        it.event(second + 1);
    }
    let mut expected = vec![(40, "beat 40".to_owned())];
    expected.extend(LEFT.map(|did| (80, did.to_owned())));
    assert_eq!(did, expected);
}

#[test]
fn the_grace_ends_when_bytes_stop_coming() {
    let mut it = beating();
    it.pass(s(1.0));
    it.event(2);
    let mut expected = at(39_000, &["beat 2"]);
    expected.extend(at(49_000, &LEFT));
    assert_eq!(it.run(INTERVAL * 2), expected);
}

#[test]
fn an_ack_in_the_grace_period_saves_the_connection() {
    let mut it = beating();
    it.pass(s(1.0));
    it.event(2);
    assert_eq!(it.run(s(48.0)), at(39_000, &["beat 2"]));
    it.ack();
    assert_eq!(it.run_acknowledged(INTERVAL), at(31_000, &["beat 2"]));
}

#[test]
fn a_beat_that_discord_asked_for_is_waited_for_like_any_other() {
    let mut it = Scenario::ready();
    it.pass(s(5.0));
    assert_eq!(it.frame(&json!({"op": 1, "d": null})), ["beat 1"]);
    assert_eq!(it.run(INTERVAL), at(10_000, &LEFT));
}

#[test]
fn a_connection_that_dies_during_the_login_is_noticed_too() {
    let mut it = Scenario::identifying();
    it.wake();
    assert_eq!(
        it.run(s(11.0)),
        at(10_000, &["close 4000", "disconnected, identify", "open main, to identify"])
    );
}

#[test]
fn without_hello_the_socket_is_given_up() {
    let mut it = Scenario::new().connected();
    assert_eq!(
        it.run(s(60.0)),
        at(20_000, &["close 4000", "disconnected, identify", "open main, to identify"])
    );
}

#[test]
fn an_identify_that_stays_unanswered_is_given_up_late_because_another_one_costs_a_login() {
    let mut it = Scenario::identifying();
    let did = it.run_acknowledged(s(200.0));
    let left: Vec<_> = did.into_iter().filter(|(_, did)| !did.starts_with("beat")).collect();
    assert_eq!(left, at(180_000, &["close 4000", "disconnected, identify", "open main, to identify"]));
}

#[test]
fn a_replay_may_last_but_not_pause() {
    let mut it = Scenario::resuming();
    for seq in 4..10 {
        it.run_acknowledged(s(50.0));
        assert_eq!(it.event(seq), [format!("event EVENT {seq}")]);
    }
    let did = it.run_acknowledged(s(61.0));
    let left: Vec<_> = did.into_iter().filter(|(_, did)| !did.starts_with("beat")).collect();
    assert_eq!(left[..2], at(60_000, &LEFT[..2]));
}
