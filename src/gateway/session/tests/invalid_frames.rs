//! Unknown frames are ignored. Invalid frames cost the connection, but not the session.

use serde_json::json;

use super::scenario::Scenario;
use crate::gateway::session::Input;

const DROPPED: [&str; 3] = ["close 4000", "disconnected, resume", "open wss://resume.example, to resume"];

#[test]
fn an_invalid_frame_drops_the_connection_and_keeps_the_session() {
    for text in ["", "{", "null", "[]", "<html>", r#"{"op":0}}"#, r#"{"op":}"#, "\u{0}"] {
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
        json!({"op": 1.5}),
        json!({"op": -1, "s": 2, "d": {}}),
        json!({"op": null}),
        json!({"s": 1}),
        json!({"op": 0, "s": 2, "t": 7, "d": {}}),
    ];
    for frame in frames {
        let mut it = Scenario::ready();
        assert_eq!(it.frame(&frame), [""; 0], "{frame}");
        assert_eq!(it.event(3), ["event EVENT 3"]);
    }
}

#[test]
fn a_dispatch_is_recognized_by_its_name_and_its_numbers_may_be_texts_or_floats() {
    for op in [json!(0), json!(0.0), json!("0"), json!(null), json!("zero"), json!({}), json!(-1)] {
        for seq in [json!(2), json!(2.0), json!("2")] {
            let mut it = Scenario::ready();
            let frame = json!({"op": op, "s": seq, "t": "EVENT", "d": {}});
            assert_eq!(it.frame(&frame), ["event EVENT 2"], "{frame}");
            assert_eq!(it.session.position(), Some(("first", 2)), "{frame}");
        }
    }
}

#[test]
fn a_number_that_cannot_be_read_costs_neither_its_event_nor_the_position() {
    for seq in [json!(null), json!(-2), json!(2.5), json!("two"), json!([2]), json!(true)] {
        let mut it = Scenario::ready();
        let text = json!({"op": 0, "s": seq, "t": "EVENT", "d": {}}).to_string();
        let event = it.session.handle(it.now, Input::Text(&text)).dispatch.unwrap();
        assert_eq!((event.seq, &*event.name), (None, "EVENT"), "{text}");
        assert_eq!(it.session.position(), Some(("first", 1)), "{text}");
        assert_eq!(it.event(2), ["event EVENT 2"]);
    }
}

#[test]
fn a_dispatch_without_a_name_is_not_requested_again() {
    for name in [json!(null), json!(7), json!([])] {
        let mut it = Scenario::ready();
        assert_eq!(it.frame(&json!({"op": 0, "s": 2, "t": name, "d": {}})), [""; 0]);
        assert_eq!(it.session.position(), Some(("first", 2)));
    }
}

#[test]
fn control_frames_are_understood_whatever_their_data_is() {
    let odd = [json!(null), json!(1.5), json!("x"), json!({"a": -1}), json!([u64::MAX]), json!(true)];
    for op in [json!(7), json!(7.0), json!("7")] {
        for data in &odd {
            assert_eq!(Scenario::ready().frame(&json!({"op": op, "d": data})), DROPPED, "{op} {data}");
        }
    }
    for data in &odd {
        let mut it = Scenario::ready();
        assert_eq!(it.frame(&json!({"op": 1, "d": data})), ["heartbeat 1"], "{data}");
        assert_eq!(it.frame(&json!({"op": "11", "d": data, "s": -1, "t": 7})), [""; 0], "{data}");
        it.run_acknowledged(crate::gateway::session::tests::scenario::INTERVAL * 3);
        assert_eq!(it.session.position(), Some(("first", 1)), "the connection lives");
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

/// Values that are not the number of milliseconds that Discord sends.
fn odd_intervals() -> Vec<serde_json::Value> {
    let huge = [json!(u64::MAX), json!(1e300), json!(3_600_000), json!("9999999999999999999999")];
    let tiny = [json!(1), json!(0.001), json!("1")];
    let invalid =
        [json!(0), json!(-1), json!(null), json!("x"), json!(""), json!([]), json!({}), json!(true)];
    [&huge[..], &tiny, &invalid].concat()
}

#[test]
fn hello_logs_in_and_starts_heartbeats_whatever_its_interval_is() {
    let missing = [json!(null), json!({}), json!([]), json!("x"), json!(7)];
    let odd = odd_intervals().into_iter().map(|interval| json!({"heartbeat_interval": interval}));
    for data in odd.chain(missing) {
        let mut it = Scenario::new().connected();
        assert_eq!(it.frame(&json!({"op": 10, "d": data})), ["identify"], "{data}");
        it.ready_comes("first", 1);
        let actions = it.run_acknowledged(std::time::Duration::from_secs(1200));
        let heartbeats = actions.iter().filter(|(_, action)| action == "heartbeat 1").count();
        assert_eq!(heartbeats, actions.len(), "{data}: the connection lives");
        assert!((4..=1200).contains(&heartbeats), "{data}: {heartbeats} heartbeats in 20 minutes");
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
