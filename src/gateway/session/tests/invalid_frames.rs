//! Unknown frames are ignored. Invalid frames cost the connection, but not the session.

use serde_json::json;

use super::scenario::Scenario;
use crate::gateway::session::Input;

const DROPPED: [&str; 3] = ["close 4000", "disconnected, resume", "open wss://resume.example, to resume"];

#[test]
fn an_invalid_frame_drops_the_connection_and_keeps_the_session() {
    for text in ["", "{", "null", "[]", "<html>", r#"{"op":"0"}"#, r#"{"s":1}"#, r#"{"op":-1}"#, "\u{0}"] {
        assert_eq!(Scenario::ready().text(text), DROPPED, "{text:?}");
    }
    assert_eq!(Scenario::ready().input(Input::InvalidFrame("a binary frame")), DROPPED);
}

#[test]
fn unknown_opcodes_and_unexpected_frames_are_ignored() {
    let frames = [
        json!({"op": 12, "d": {}}),
        json!({"op": 99}),
        json!({"op": u64::MAX, "s": 7, "t": "X", "d": 1}),
        json!({"op": 2, "d": {}}),
        json!({"op": 0, "s": 5, "d": {}}),
        json!({"op": 11, "d": {"new": true}}),
        json!({"op": 10, "d": {"heartbeat_interval": 1}}),
    ];
    for frame in frames {
        let mut it = Scenario::ready();
        assert_eq!(it.frame(&frame), [""; 0], "{frame}");
        assert_eq!(it.event(2), ["event EVENT 2"]);
    }
}

#[test]
fn a_frame_may_have_its_keys_in_any_order_and_white_space() {
    let mut it = Scenario::ready();
    assert_eq!(
        it.text(" {\n\"d\" : {} , \"op\":0,\t\"new\":[1], \"s\" : 2, \"t\":\"EVENT\" }"),
        ["event EVENT 2"]
    );
}

#[test]
fn a_hello_without_a_valid_interval_drops_the_connection() {
    for data in [json!(null), json!({}), json!({"heartbeat_interval": "x"}), json!({"heartbeat_interval": 0})]
    {
        let mut it = Scenario::new().connected();
        let actions = it.frame(&json!({"op": 10, "d": data}));
        assert_eq!(actions, ["close 4000", "disconnected, identify", "open main, to identify"], "{data}");
    }
}

#[test]
fn inputs_in_the_wrong_state_are_ignored() {
    let mut it = Scenario::new();
    assert_eq!(it.event(2), ["open main, to identify"], "the first input opens a socket");
    assert_eq!(it.event(2), [""; 0]);
    assert_eq!(it.close(4004), [""; 0]);
    assert_eq!(it.session.position(), None);
    let mut it = Scenario::ready();
    assert_eq!(it.input(Input::Opened), [""; 0]);
    assert_eq!(it.input(Input::OpenFailed("late".into())), [""; 0]);
    assert_eq!(it.input(Input::Postponed(it.now.mono)), [""; 0]);
}
