//! A jump of the clocks is a suspicion that the machine slept: beat at once, and judge quickly.

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::session::{Backpressure, Input, State};

const LEFT: [&str; 3] = ["close 4000", "disconnected, resume", "open wss://resume.example, to resume"];

fn dead_after(millis: u128) -> Vec<(u128, String)> {
    LEFT.map(|did| (millis, did.to_owned())).to_vec()
}

#[test]
fn after_a_sleep_in_which_the_monotonic_clock_stood_still_a_dead_connection_is_found_in_5_s() {
    let mut it = Scenario::ready();
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), ["beat 1"]);
    assert_eq!(it.run(s(30.0)), dead_after(5_000));
}

#[test]
fn after_a_sleep_on_both_clocks_as_well() {
    let mut it = Scenario::ready();
    it.pass(s(3600.0));
    assert_eq!(it.input(Input::Timeout)[0], "beat 1");
    assert_eq!(it.run(s(30.0)), dead_after(5_000));
}

#[test]
fn a_beat_that_was_unanswered_when_the_machine_fell_asleep_is_no_proof() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(3600.0));
    assert_eq!(it.input(Input::Timeout)[0], "beat 1");
    it.pass(s(4.0));
    assert_eq!(it.ack(), [""; 0]);
    assert_eq!(it.session.state(), State::Ready);
}

#[test]
fn what_had_come_before_the_sleep_is_no_sign_of_life() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(100.0));
    assert_eq!(it.event(2)[0], "beat 1");
    it.event(3);
    it.input(Input::Bytes);
    assert_eq!(it.ack(), [""; 0], "of the beat before the sleep");
    assert_eq!(it.input(Input::Timeout), [""; 0]);
    assert_eq!(it.run(s(30.0)), dead_after(5_000));
}

#[test]
fn what_comes_once_nothing_lies_unread_is_a_sign_of_life() {
    for sign in [Input::Bytes, Input::Text("{\"op\":0,\"t\":\"EVENT\",\"s\":3,\"d\":{}}")] {
        let mut it = Scenario::ready();
        it.pass(s(100.0));
        assert_eq!(it.event(2)[0], "beat 1");
        it.input(Input::Timeout);
        it.pass(s(4.9));
        it.input(sign);
        assert_eq!(it.run(s(10.0)), []);
    }
}

#[test]
fn the_ack_of_the_beat_after_the_sleep_is_one_even_behind_what_came_before() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(100.0));
    assert_eq!(it.event(2)[0], "beat 1");
    it.ack();
    it.pass(s(4.9));
    it.event(3);
    it.ack();
    assert_eq!(it.run_acknowledged(s(30.0)), []);
}

#[test]
fn a_step_of_the_wall_clock_costs_one_beat_when_discord_answers() {
    for step in [s(7200.0), s(3.0)] {
        for back in [false, true] {
            let mut it = Scenario::ready();
            it.now.wall = if back { it.now.wall - step } else { it.now.wall + step };
            assert_eq!(it.input(Input::Timeout), ["beat 1"]);
            it.pass(s(4.9));
            it.ack();
            let beats = it.run_acknowledged(INTERVAL * 2);
            assert_eq!(beats, [35_100, 75_100].map(|at| (at, "beat 1".to_owned())));
        }
    }
}

#[test]
fn small_corrections_of_the_wall_clock_are_nothing() {
    let mut it = Scenario::ready();
    for _ in 0..10 {
        it.now.wall -= s(1.9);
        assert_eq!(it.input(Input::Timeout), [""; 0]);
        it.now.wall += s(1.9);
        assert_eq!(it.input(Input::Timeout), [""; 0]);
    }
}

#[test]
fn a_deadline_missed_by_a_little_is_nothing_either() {
    let mut it = Scenario::ready();
    it.pass(INTERVAL + s(4.9));
    assert_eq!(it.input(Input::Timeout), ["beat 1"]);
    it.pass(s(9.0));
    assert_eq!(it.input(Input::Timeout), [""; 0], "ten seconds, not five");
    it.ack();
    assert_eq!(it.session.state(), State::Ready);
}

#[test]
fn while_held_no_suspicion_is_acted_on() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), [""; 0]);
}

#[test]
fn without_a_heart_there_is_nothing_to_suspect() {
    let mut it = Scenario::new().connected();
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), [""; 0]);
    assert_eq!(it.hello(), ["identify"]);
}
