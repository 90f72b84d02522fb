//! Each sequence number is delivered at most once, in order.

use serde_json::json;

use super::scenario::Scenario;
use crate::gateway::session::Input;

#[test]
fn an_event_that_was_delivered_is_not_delivered_again() {
    let mut it = Scenario::resuming();
    assert_eq!(it.event(2), [""; 0]);
    assert_eq!(it.event(3), [""; 0]);
    assert_eq!(it.event(4), ["event EVENT 4"]);
    assert_eq!(it.event(4), [""; 0]);
    assert_eq!(it.session.position(), Some(("first", 4)), "an old number does not set it back");
}

#[test]
fn a_new_session_has_its_own_sequence_numbers() {
    let mut it = Scenario::ready();
    it.event(500);
    it.close(4009);
    it.reach_hello();
    it.hello();
    it.ready_comes("second", 1);
    assert_eq!(it.event(2), ["event EVENT 2"]);
}

#[test]
fn an_event_without_a_number_is_delivered() {
    let mut it = Scenario::ready();
    let step = it.session.handle(it.now, Input::Text(r#"{"op":0,"t":"ODD","d":{"x":1}}"#));
    let event = step.dispatch.unwrap();
    assert_eq!((event.seq, &*event.name, event.data), (None, "ODD", r#"{"x":1}"#));
}

#[test]
fn events_are_delivered_with_their_data() {
    let mut it = Scenario::ready();
    let text = json!({"t": "EVENT", "s": 2, "op": 0, "d": {"content": "hi"}}).to_string();
    let event = it.session.handle(it.now, Input::Text(&text)).dispatch.unwrap();
    assert_eq!(crate::gateway::frame::value(event.data).unwrap(), r#"{"content":"hi"}"#);
}

#[test]
fn dispatches_before_hello_are_ignored() {
    let mut it = Scenario::new().connected();
    assert_eq!(it.ready_comes("early", 1), [""; 0]);
    assert_eq!((it.session.position(), it.session.deadline().is_some()), (None, true));
    assert_eq!(it.hello(), ["identify"]);

    let mut it = Scenario::ready();
    it.lose();
    it.reach_hello();
    assert_eq!(it.event(9), [""; 0]);
    assert_eq!(it.hello(), ["resume first 1"], "it is part of the replay");
}

#[test]
fn an_odd_number_costs_no_later_event_and_is_not_used_for_a_resume() {
    for odd in [u64::MAX, 1 << 63, 1, 0, 3 + (1 << 30)] {
        let mut it = Scenario::ready();
        it.event(2);
        it.event(3);
        assert_eq!(it.event(odd), [format!("event EVENT {odd}")]);
        assert_eq!(it.session.position(), Some(("first", 3)), "{odd}");
        it.lose();
        it.reach_hello();
        assert_eq!(it.hello(), ["resume first 3"], "{odd}");
        assert_eq!(it.event(4), ["event EVENT 4"]);
        assert_eq!(it.resumed(5), ["resumed", "event RESUMED 5"]);
        assert_eq!(it.event(odd), [format!("event EVENT {odd}")]);
        assert_eq!(it.event(6), ["event EVENT 6"]);
        assert_eq!(it.session.position(), Some(("first", 6)), "{odd}");
    }
}

#[test]
fn heartbeats_contain_the_last_number_that_is_believed() {
    let mut it = Scenario::ready();
    it.event(2);
    it.event(1 << 63);
    assert_eq!(it.frame(&json!({"op": 1})), ["heartbeat 2"]);
    it.event((1 << 63) + 1);
    assert_eq!(it.frame(&json!({"op": 1})), [format!("heartbeat {}", (1u64 << 63) + 1)]);
}
