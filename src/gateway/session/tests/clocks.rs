//! When the clocks jump the machine may have been suspended: a heartbeat is sent at once, with a short timeout.

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::session::{Backpressure, Input, State};

const DROPPED: [&str; 3] = ["close 4000", "disconnected, resume", "open wss://resume.example, to resume"];

fn dead_after(millis: u128) -> Vec<(u128, String)> {
    DROPPED.map(|action| (millis, action.to_owned())).to_vec()
}

#[test]
fn after_a_suspend_that_stopped_the_monotonic_clock_a_dead_connection_is_found_in_5_s() {
    let mut it = Scenario::ready();
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), ["heartbeat 1"]);
    assert_eq!(it.run(s(30.0)), dead_after(5_000));
}

#[test]
fn after_a_suspend_on_both_clocks_a_dead_connection_is_found_in_5_s() {
    let mut it = Scenario::ready();
    it.pass(s(3600.0));
    assert_eq!(it.input(Input::Timeout)[0], "heartbeat 1");
    assert_eq!(it.run(s(30.0)), dead_after(5_000));
}

#[test]
fn a_heartbeat_that_was_unacknowledged_at_the_suspend_proves_nothing() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(3600.0));
    assert_eq!(it.input(Input::Timeout)[0], "heartbeat 1");
    it.pass(s(4.0));
    assert_eq!(it.ack(), [""; 0]);
    assert_eq!(it.session.state(), State::Ready);
}

#[test]
fn data_received_before_the_suspend_does_not_prove_that_the_peer_is_alive() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(100.0));
    assert_eq!(it.event(2)[0], "heartbeat 1");
    it.event(3);
    it.input(Input::Bytes);
    assert_eq!(it.ack(), [""; 0], "of the heartbeat before the suspend");
    assert_eq!(it.input(Input::Timeout), [""; 0]);
    assert_eq!(it.run(s(30.0)), dead_after(5_000));
}

#[test]
fn data_that_arrives_after_everything_was_read_proves_that_the_peer_is_alive() {
    for sign in [Input::Bytes, Input::Text("{\"op\":0,\"t\":\"EVENT\",\"s\":3,\"d\":{}}")] {
        let mut it = Scenario::ready();
        it.pass(s(100.0));
        assert_eq!(it.event(2)[0], "heartbeat 1");
        it.input(Input::Timeout);
        it.pass(s(4.9));
        it.input(sign);
        assert_eq!(it.run(s(10.0)), []);
    }
}

#[test]
fn the_ack_of_the_heartbeat_after_the_suspend_counts_even_after_older_data() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(100.0));
    assert_eq!(it.event(2)[0], "heartbeat 1");
    it.ack();
    it.pass(s(4.9));
    it.event(3);
    it.ack();
    assert_eq!(it.run_acknowledged(s(30.0)), []);
}

#[test]
fn a_step_of_the_wall_clock_costs_one_heartbeat_when_discord_acknowledges_it() {
    for step in [s(7200.0), s(3.0)] {
        for back in [false, true] {
            let mut it = Scenario::ready();
            it.now.wall = if back { it.now.wall - step } else { it.now.wall + step };
            assert_eq!(it.input(Input::Timeout), ["heartbeat 1"]);
            it.pass(s(4.9));
            it.ack();
            let heartbeats = it.run_acknowledged(INTERVAL * 2);
            assert_eq!(heartbeats, [35_100, 75_100].map(|at| (at, "heartbeat 1".to_owned())));
        }
    }
}

#[test]
fn small_corrections_of_the_wall_clock_are_ignored() {
    let mut it = Scenario::ready();
    for _ in 0..10 {
        it.now.wall -= s(1.9);
        assert_eq!(it.input(Input::Timeout), [""; 0]);
        it.now.wall += s(1.9);
        assert_eq!(it.input(Input::Timeout), [""; 0]);
    }
}

#[test]
fn a_slightly_missed_deadline_is_ignored() {
    let mut it = Scenario::ready();
    it.pass(INTERVAL + s(4.9));
    assert_eq!(it.input(Input::Timeout), ["heartbeat 1"]);
    it.pass(s(9.0));
    assert_eq!(it.input(Input::Timeout), [""; 0], "ten seconds, not five");
    it.ack();
    assert_eq!(it.session.state(), State::Ready);
}

#[test]
fn under_backpressure_a_suspected_suspend_is_ignored() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), [""; 0]);
}

#[test]
fn before_hello_a_suspected_suspend_is_ignored() {
    let mut it = Scenario::new().connected();
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), [""; 0]);
    assert_eq!(it.hello(), ["identify"]);
}
