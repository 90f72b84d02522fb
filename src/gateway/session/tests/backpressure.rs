//! Under backpressure nothing is read: heartbeats continue, and silence proves nothing.

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::session::{Backpressure, Input, State};

fn heartbeats(times: &[u128]) -> Vec<(u128, String)> {
    times.iter().map(|at| (*at, "heartbeat 1".to_owned())).collect()
}

#[test]
fn heartbeats_continue_and_the_connection_is_not_dropped() {
    let mut it = Scenario::ready();
    assert_eq!(it.input(Input::Backpressure(Backpressure::On)), [""; 0]);
    assert_eq!(it.run(INTERVAL * 5), heartbeats(&[40_000, 80_000, 120_000, 160_000, 200_000]));
    assert_eq!(it.session.state(), State::Ready);
}

#[test]
fn when_reading_continues_the_wait_for_an_ack_starts_again() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.run(INTERVAL * 3 + s(15.0));
    assert_eq!(it.input(Input::Backpressure(Backpressure::Off)), [""; 0]);
    let actions = it.run(INTERVAL);
    assert_eq!(actions[0], (10_000, "close 4000".to_owned()));

    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.run(INTERVAL * 3 + s(15.0));
    it.input(Input::Backpressure(Backpressure::Off));
    it.pass(s(9.0));
    it.ack();
    assert_eq!(it.run_acknowledged(s(20.0)), heartbeats(&[16_000]));
}

#[test]
fn a_heartbeat_that_was_unacknowledged_before_the_pause_proves_nothing() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(9.0));
    it.input(Input::Backpressure(Backpressure::On));
    assert_eq!(it.run(s(300.0)).iter().filter(|(_, action)| action != "heartbeat 1").count(), 0);
}

#[test]
fn a_closed_connection_is_resumed() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    assert_eq!(it.close(4000)[0], "disconnected 4000, resume");
}

#[test]
fn a_response_that_cannot_be_read_is_waited_for() {
    // Discord may have responded long ago. Giving up would cost the session or an identify.
    for (mut it, timeout) in [(Scenario::resuming(), 60.0), (Scenario::identifying(), 180.0)] {
        it.input(Input::Backpressure(Backpressure::On));
        let others: Vec<_> =
            it.run(s(1000.0)).into_iter().filter(|(_, action)| !action.starts_with("heartbeat")).collect();
        assert_eq!(others, []);
        assert_eq!(it.input(Input::Backpressure(Backpressure::Off)), [""; 0]);
        it.ack();
        let left = it.run_acknowledged(s(timeout - 0.1));
        assert_eq!(left.iter().find(|(_, action)| !action.starts_with("heartbeat")), None);
        let left = it.run_acknowledged(s(0.2));
        assert_eq!(left[0], (100, "close 4000".to_owned()));
    }
}

#[test]
fn hello_is_read_and_its_timeout_applies() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    assert!(!it.session.reads_under_backpressure());
    it.lose();
    it.reach_hello();
    assert!(it.session.reads_under_backpressure());
    it.pass(s(19.0));
    for backpressure in [Backpressure::Off, Backpressure::On] {
        assert_eq!(it.input(Input::Backpressure(backpressure)), [""; 0]);
    }
    assert_eq!(it.run(s(2.0))[0], (1_000, "close 4000".to_owned()));
}

#[test]
fn a_connection_lost_during_a_pause_is_resumed_and_sends_heartbeats() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.lose();
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 1"]);
    assert!(!it.session.reads_under_backpressure(), "events arrive now");
    let actions = it.run(INTERVAL * 3);
    assert!(actions.len() >= 2 && actions.iter().all(|(_, action)| action == "heartbeat 1"), "{actions:?}");
}

#[test]
fn resumes_whose_responses_could_not_be_read_do_not_end_the_session() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    for _ in 0..20 {
        it.lose();
        it.reach_hello();
        assert_eq!(it.hello(), ["resume first 1"]);
    }
}

#[test]
fn backpressure_outlives_the_connection() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.lose();
    it.reach_hello();
    it.hello();
    it.resumed(2);
    let actions = it.run(INTERVAL * 3);
    assert!(actions.len() >= 2 && actions.iter().all(|(_, action)| action == "heartbeat 2"), "{actions:?}");
}

#[test]
fn requested_heartbeats_are_sent_under_backpressure() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    assert_eq!(it.frame(&json!({"op": 1})), ["heartbeat 1"]);
}
