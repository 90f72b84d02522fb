//! <https://docs.discord.com/developers/events/gateway#resuming>

use serde_json::json;

use super::scenario::{Scenario, TOKEN, s};
use crate::gateway::session::{Input, State};

#[test]
fn a_lost_connection_is_resumed_after_hello_at_the_sessions_own_address() {
    let mut it = Scenario::ready();
    it.event(2);
    assert_eq!(it.lose(), ["disconnected, resume", "open wss://resume.example, to resume"]);
    it.input(Input::Opened);
    assert_eq!(it.hello(), ["resume first 2"]);
    assert_eq!(
        it.sent.last().unwrap(),
        &json!({"op": 6, "d": {"token": TOKEN, "session_id": "first", "seq": 2}})
    );
}

#[test]
fn replayed_events_are_delivered_until_resumed() {
    let mut it = Scenario::resuming();
    assert_eq!(it.event(4), ["event EVENT 4"]);
    assert_eq!(it.event(5), ["event EVENT 5"]);
    assert_eq!(it.session.state(), State::Connecting);
    assert_eq!(it.resumed(6), ["resumed", "event RESUMED 6"]);
    assert_eq!(it.session.state(), State::Ready);
    assert_eq!(it.event(7), ["event EVENT 7"]);
    assert_eq!(it.gaps, []);
}

#[test]
fn an_interrupted_replay_is_resumed_where_it_stopped() {
    let mut it = Scenario::resuming();
    it.event(4);
    it.lose();
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 4"]);
    it.event(5);
    assert_eq!(it.resumed(6), ["resumed", "event RESUMED 6"]);
}

#[test]
fn resumed_is_accepted_with_any_sequence_number() {
    let mut it = Scenario::resuming();
    assert_eq!(it.resumed(3), ["resumed", "event RESUMED 3"]);
    assert_eq!(it.session.state(), State::Ready);
    assert_eq!(it.session.position(), Some(("first", 3)));
}

#[test]
fn an_unreachable_resume_address_takes_turns_with_the_main_one_and_the_session_is_kept() {
    let mut it = Scenario::ready();
    it.lose();
    let mut opened = Vec::new();
    for _ in 0..6 {
        let actions = it.input(Input::OpenFailed("refused".into()));
        opened.extend(actions);
        opened.extend(it.run(s(120.0)).into_iter().map(|(_, action)| action));
    }
    let (own, main) = ("open wss://resume.example, to resume", "open main, to resume");
    assert_eq!(opened, [own, main, own, main, own, main]);
    it.input(Input::Opened);
    assert_eq!(it.hello(), ["resume first 1"]);
}

#[test]
fn after_several_failed_resumes_the_session_is_given_up() {
    let mut it = Scenario::ready();
    it.lose();
    let mut ends = Vec::new();
    for _ in 0..4 {
        it.reach_hello();
        it.hello();
        ends.push(it.close(4000).remove(0));
    }
    let again = "disconnected 4000, resume";
    assert_eq!(ends, [again, again, again, "disconnected 4000, identify"]);
    it.reach_hello();
    assert_eq!(it.hello(), ["identify"]);
}

#[test]
fn a_new_session_in_response_to_a_resume_is_accepted_and_the_gap_reported() {
    let mut it = Scenario::resuming();
    assert_eq!(it.ready_comes("second", 1), ["gap", "connected", "event READY 1"]);
    assert_eq!(it.session.position(), Some(("second", 1)));
}

#[test]
fn connections_that_end_before_hello_do_not_cost_the_session() {
    let mut it = Scenario::ready();
    it.lose();
    for _ in 0..8 {
        it.reach_hello();
        it.lose();
    }
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 1"]);
    assert!(it.gaps.is_empty());
}
