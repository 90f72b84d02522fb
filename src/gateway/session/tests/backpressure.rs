//! While the user has no room nothing is read: beats go on, and silence proves nothing.

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::session::{Backpressure, Input, State};

fn beats(times: &[u128]) -> Vec<(u128, String)> {
    times.iter().map(|at| (*at, "beat 1".to_owned())).collect()
}

#[test]
fn beats_go_on_and_no_verdict_falls() {
    let mut it = Scenario::ready();
    assert_eq!(it.input(Input::Backpressure(Backpressure::On)), [""; 0]);
    assert_eq!(it.run(INTERVAL * 5), beats(&[40_000, 80_000, 120_000, 160_000, 200_000]));
    assert_eq!(it.session.state(), State::Ready);
}

#[test]
fn after_the_release_silence_is_judged_anew() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.run(INTERVAL * 3 + s(15.0));
    assert_eq!(it.input(Input::Backpressure(Backpressure::Off)), [""; 0]);
    let did = it.run(INTERVAL);
    assert_eq!(did[0], (10_000, "close 4000".to_owned()));

    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.run(INTERVAL * 3 + s(15.0));
    it.input(Input::Backpressure(Backpressure::Off));
    it.pass(s(9.0));
    it.ack();
    assert_eq!(it.run_acknowledged(s(20.0)), beats(&[16_000]));
}

#[test]
fn a_beat_that_was_unanswered_before_the_hold_is_not_held_against_discord() {
    let mut it = Scenario::ready();
    it.wake();
    it.pass(s(9.0));
    it.input(Input::Backpressure(Backpressure::On));
    assert_eq!(it.run(s(300.0)).iter().filter(|(_, did)| did != "beat 1").count(), 0);
}

#[test]
fn discord_may_close_and_the_session_is_resumed() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    assert_eq!(it.close(4000)[0], "disconnected 4000, resume");
}

#[test]
fn an_answer_that_cannot_be_read_is_waited_for() {
    // Discord may have answered long ago; giving up would cost the session or a login.
    for (mut it, patience) in [(Scenario::resuming(), 60.0), (Scenario::identifying(), 180.0)] {
        it.input(Input::Backpressure(Backpressure::On));
        let others: Vec<_> =
            it.run(s(1000.0)).into_iter().filter(|(_, did)| !did.starts_with("beat")).collect();
        assert_eq!(others, []);
        assert_eq!(it.input(Input::Backpressure(Backpressure::Off)), [""; 0]);
        it.ack();
        let left = it.run_acknowledged(s(patience - 0.1));
        assert_eq!(left.iter().find(|(_, did)| !did.starts_with("beat")), None);
        let left = it.run_acknowledged(s(0.2));
        assert_eq!(left[0], (100, "close 4000".to_owned()));
    }
}

#[test]
fn hello_is_read_though_nothing_else_is_and_its_absence_is_noticed() {
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
fn a_link_lost_while_held_is_resumed_and_beats() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.lose();
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 1"]);
    assert!(!it.session.reads_under_backpressure(), "events come now");
    let did = it.run(INTERVAL * 3);
    assert!(did.len() >= 2 && did.iter().all(|(_, did)| did == "beat 1"), "{did:?}");
}

#[test]
fn resumes_whose_answers_could_not_be_read_do_not_end_the_session() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    for _ in 0..20 {
        it.lose();
        it.reach_hello();
        assert_eq!(it.hello(), ["resume first 1"]);
    }
}

#[test]
fn a_hold_outlives_the_connection() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    it.lose();
    it.reach_hello();
    it.hello();
    it.resumed(2);
    let did = it.run(INTERVAL * 3);
    assert!(did.len() >= 2 && did.iter().all(|(_, did)| did == "beat 2"), "{did:?}");
}

#[test]
fn requested_beats_are_sent_while_held() {
    let mut it = Scenario::ready();
    it.input(Input::Backpressure(Backpressure::On));
    assert_eq!(it.frame(&json!({"op": 1})), ["beat 1"]);
}
