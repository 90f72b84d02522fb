//! Where a session was lost the bot is told, between the old events and the new READY.

use serde_json::json;

use super::scenario::{Scenario, s};
use crate::gateway::session::{Gap, Input};

fn op_9() -> serde_json::Value {
    json!({"op": 9, "d": false})
}

/// Logs in anew on a connection that is wanted already.
fn log_in(it: &mut Scenario, id: &str) -> Vec<String> {
    it.reach_hello();
    assert_eq!(it.hello(), ["identify"]);
    it.ready_comes(id, 1)
}

#[test]
fn it_comes_once_between_the_old_events_and_the_new_ready() {
    let mut it = Scenario::ready();
    it.event(2);
    let since = it.now.wall;
    it.frame(&op_9());
    assert_eq!(it.gaps, [], "not before it is known where it ends");
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
fn it_begins_where_the_lost_session_was_last_known_to_be_complete() {
    let mut it = Scenario::ready();
    it.event(2);
    let since = it.now.wall;
    // An hour without a network; then Discord no longer knows the session.
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
fn an_ack_moves_its_beginning_to_the_beat_and_nothing_else_does() {
    let mut it = Scenario::ready();
    it.wake();
    let since = it.now.wall;
    it.pass(s(2.0));
    it.ack();
    // What is read after a sleep may have lain there for long.
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
fn an_ack_that_lay_unread_belongs_to_the_beat_before_the_sleep() {
    let mut it = Scenario::ready();
    it.wake();
    let since = it.now.wall;
    it.now.wall += s(3600.0);
    assert_eq!(it.input(Input::Timeout), ["beat 1"]);
    it.ack();
    it.close(4009);
    log_in(&mut it, "second");
    assert_eq!(it.gaps[0].since, since);
}

#[test]
fn a_replay_that_was_cut_short_does_not_move_its_beginning() {
    let mut it = Scenario::ready();
    let since = it.now.wall;
    it.lose();
    it.pass(s(100.0));
    it.reach_hello();
    it.hello();
    // An event of long ago: what else happened then was not heard.
    it.event(2);
    it.close(4009);
    log_in(&mut it, "second");
    assert_eq!((it.gaps[0].last_seq, it.gaps[0].since), (Some(2), since));
}

#[test]
fn several_attempts_to_log_in_make_one_gap() {
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
fn each_lost_session_is_told_with_its_own_end() {
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
fn a_first_login_and_a_resume_tell_none() {
    let mut it = Scenario::resuming();
    it.resumed(4);
    assert_eq!(it.gaps, []);
}

#[test]
fn a_session_that_came_without_an_id_is_told_when_it_is_lost() {
    let mut it = Scenario::identifying();
    it.frame(&json!({"t": "READY", "s": 1, "op": 0, "d": {"odd": true}}));
    it.event(2);
    assert_eq!(it.wake(), ["beat 2"]);
    assert_eq!(it.lose(), ["disconnected, identify", "open main, to identify again"]);
    log_in(&mut it, "second");
    assert_eq!(it.gaps.iter().map(|gap| gap.last_seq).collect::<Vec<_>>(), [Some(2)]);
}
