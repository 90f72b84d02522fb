//! <https://docs.discord.com/developers/events/gateway-events#invalid-session>

use serde_json::{Value, json};

use super::scenario::{Scenario, s};

fn invalid(resumable: &Value) -> Value {
    json!({"t": null, "s": null, "op": 9, "d": resumable})
}

#[test]
fn a_resumable_session_is_resumed_after_a_pause() {
    for data in [json!(true), json!(1), json!(1.0), json!("true"), json!("1")] {
        let mut it = Scenario::ready();
        assert_eq!(it.frame(&invalid(&data)), ["close 4000", "disconnected, resume"], "{data}");
        assert_eq!(it.wake(), ["open wss://resume.example, to resume"]);
    }
}

#[test]
fn a_session_that_is_not_resumable_is_followed_by_an_identify_after_a_pause() {
    for data in [json!(false), json!(null), json!(0), json!("false"), json!("x"), json!({}), json!([true])] {
        let mut it = Scenario::ready();
        assert_eq!(it.frame(&invalid(&data)), ["close 4000", "disconnected, identify"], "{data}");
        assert_eq!(it.wake(), ["open main, to identify again"]);
        it.reach_hello();
        assert_eq!(it.hello(), ["identify"]);
    }
}

#[test]
fn without_a_session_a_resumable_op_9_is_followed_by_an_identify() {
    let mut it = Scenario::identifying();
    assert_eq!(it.frame(&invalid(&json!(true))), ["close 4000", "disconnected, identify"]);
    assert_eq!(it.wake(), ["open main, to identify"]);
}

#[test]
fn a_refused_resume_is_followed_by_an_identify() {
    let mut it = Scenario::resuming();
    assert_eq!(it.frame(&invalid(&json!(false))), ["close 4000", "disconnected, identify"]);
    it.reach_hello();
    assert_eq!(it.hello(), ["identify"]);
}

#[test]
fn the_pause_is_random_between_one_and_five_seconds() {
    let wait = |seed| {
        let mut it = Scenario::seeded(seed).made_ready();
        it.frame(&invalid(&json!(false)));
        it.pause
    };
    let waits: Vec<_> = (0..300).map(wait).collect();
    assert!(waits.iter().all(|wait| (s(1.0)..s(5.0)).contains(wait)));
    assert!(waits.iter().any(|wait| *wait < s(1.2)) && waits.iter().any(|wait| *wait > s(4.8)));
    assert_eq!(wait(3), wait(3), "the seed decides");
}
