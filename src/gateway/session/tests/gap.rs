//! The loss of a session is reported as a gap, between the old events and the new READY.

use serde_json::json;

use super::scenario::{Scenario, s};
use crate::gateway::session::{Gap, Input};

fn op_9() -> serde_json::Value {
    json!({"op": 9, "d": false})
}

/// Identifies on a connection that is being opened.
fn log_in(it: &mut Scenario, id: &str) -> Vec<String> {
    it.reach_hello();
    assert_eq!(it.hello(), ["identify"]);
    it.ready_comes(id, 1)
}

#[test]
fn a_gap_is_reported_once_between_the_old_events_and_the_new_ready() {
    let mut it = Scenario::ready();
    it.event(2);
    let since = it.now.wall;
    it.frame(&op_9());
    assert_eq!(it.gaps, [], "not before its end is known");
    it.pass(s(30.0));
    assert_eq!(log_in(&mut it, "second"), ["gap", "connected", "event READY 1"]);
    assert_eq!(
        it.gaps,
        [Gap {
            last_seq: Some(2),
            since,
            until: since + s(30.0),
            why: "Discord ended the session (op 9)".into()
        }]
    );
}

#[test]
fn a_gap_begins_where_the_lost_session_was_last_known_to_be_complete() {
    let mut it = Scenario::ready();
    it.event(2);
    let since = it.now.wall;
    // An hour without a network. After that, Discord no longer has the session.
    it.lose();
    it.pass(s(3600.0));
    it.reach_hello();
    it.hello();
    it.frame(&op_9());
    log_in(&mut it, "second");
    assert_eq!(it.gaps[0].since, since);
    assert!(it.gaps[0].until > since + s(3600.0));
}

#[test]
fn only_an_ack_moves_the_beginning_of_a_gap_and_to_its_heartbeat() {
    let mut it = Scenario::ready();
    it.wake();
    let since = it.now.wall;
    it.pass(s(2.0));
    it.ack();
    // Data that is read after a suspend may have waited for a long time.
    it.now.wall += s(3600.0);
    for input in [Input::Timeout, Input::Bytes, Input::Text(r#"{"op":77}"#)] {
        it.input(input);
    }
    it.event(2);
    it.close(4009);
    log_in(&mut it, "second");
    assert_eq!(it.gaps[0].since, since);
}

#[test]
fn an_ack_that_waited_unread_belongs_to_the_heartbeat_before_the_suspend() {
    let mut it = Scenario::ready();
    it.wake();
    let since = it.now.wall;
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), ["heartbeat 1"]);
    it.ack();
    it.close(4009);
    log_in(&mut it, "second");
    assert_eq!(it.gaps[0].since, since);
}

#[test]
fn an_incomplete_replay_does_not_move_the_beginning_of_a_gap() {
    let mut it = Scenario::ready();
    let since = it.now.wall;
    it.lose();
    it.pass(s(100.0));
    it.reach_hello();
    it.hello();
    // An event of long ago: later events of that time were not received.
    it.event(2);
    it.close(4009);
    log_in(&mut it, "second");
    assert_eq!((it.gaps[0].last_seq, it.gaps[0].since), (Some(2), since));
}

#[test]
fn several_attempts_to_identify_make_one_gap() {
    let mut it = Scenario::ready();
    it.close(4009);
    for _ in 0..3 {
        it.reach_hello();
        it.hello();
        it.frame(&op_9());
    }
    assert_eq!(log_in(&mut it, "second"), ["gap", "connected", "event READY 1"]);
    assert_eq!(it.gaps.len(), 1);
    assert!(it.gaps[0].why.contains("4009"), "the first cause: {}", it.gaps[0].why);
}

#[test]
fn each_lost_session_is_reported_with_its_own_last_sequence_number() {
    let mut it = Scenario::ready();
    it.event(10);
    it.close(4009);
    log_in(&mut it, "second");
    it.event(20);
    it.close(4007);
    log_in(&mut it, "third");
    let last: Vec<_> = it.gaps.iter().map(|gap| gap.last_seq).collect();
    assert_eq!(last, [Some(10), Some(20)]);
}

#[test]
fn a_first_identify_and_a_resume_report_no_gap() {
    let mut it = Scenario::resuming();
    it.resumed(4);
    assert_eq!(it.gaps, []);
}

#[test]
fn the_loss_of_a_session_without_an_id_is_reported() {
    let mut it = Scenario::identifying();
    it.frame(&json!({"t": "READY", "s": 1, "op": 0, "d": {"odd": true}}));
    it.event(2);
    assert_eq!(it.wake(), ["heartbeat 2"]);
    assert_eq!(it.lose(), ["disconnected, identify", "open main, to identify again"]);
    log_in(&mut it, "second");
    assert_eq!(it.gaps.iter().map(|gap| gap.last_seq).collect::<Vec<_>>(), [Some(2)]);
}
