//! <https://docs.discord.com/developers/events/gateway-events#invalid-session>

use serde_json::{Value, json};

use super::scenario::{Scenario, s};

fn invalid(resumable: &Value) -> Value {
    json!({"t": null, "s": null, "op": 9, "d": resumable})
}

#[test]
fn a_resumable_one_is_resumed_after_a_wait() {
    let mut it = Scenario::ready();
    assert_eq!(it.frame(&invalid(&json!(true))), ["close 4000", "disconnected, resume"]);
    assert_eq!(it.wake(), ["open wss://resume.example, to resume"]);
}

#[test]
fn any_other_is_followed_by_a_new_login_after_a_wait() {
    for data in [json!(false), json!(null), json!("true")] {
        let mut it = Scenario::ready();
        assert_eq!(it.frame(&invalid(&data)), ["close 4000", "disconnected, identify"], "{data}");
        assert_eq!(it.wake(), ["open main, to identify again"]);
        it.reach_hello();
        assert_eq!(it.hello(), ["identify"]);
    }
}

#[test]
fn a_resumable_one_with_no_session_at_hand_is_followed_by_a_new_login() {
    let mut it = Scenario::identifying();
    assert_eq!(it.frame(&invalid(&json!(true))), ["close 4000", "disconnected, identify"]);
    assert_eq!(it.wake(), ["open main, to identify"]);
}

#[test]
fn a_stale_resume_is_refused_and_followed_by_a_new_login() {
    let mut it = Scenario::resuming();
    assert_eq!(it.frame(&invalid(&json!(false))), ["close 4000", "disconnected, identify"]);
    it.reach_hello();
    assert_eq!(it.hello(), ["identify"]);
}

#[test]
fn the_wait_is_random_between_one_and_five_seconds() {
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
