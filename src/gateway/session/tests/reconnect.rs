//! <https://docs.discord.com/developers/events/gateway-events#reconnect>

use serde_json::json;

use super::scenario::Scenario;

#[test]
fn after_a_reconnect_request_the_session_is_resumed() {
    let mut it = Scenario::ready();
    assert_eq!(
        it.frame(&json!({"op": 7, "d": null})),
        ["close 4000", "disconnected, resume", "open wss://resume.example, to resume"]
    );
}

#[test]
fn a_reconnect_request_is_possible_before_hello_and_before_ready() {
    let identify = ["close 4000", "disconnected, identify", "open main, to identify"];
    let mut it = Scenario::new().connected();
    assert_eq!(it.frame(&json!({"op": 7, "d": null})), identify);
    let mut it = Scenario::identifying();
    assert_eq!(it.frame(&json!({"op": 7, "d": null})), identify);

    let mut it = Scenario::ready();
    it.lose();
    it.reach_hello();
    assert_eq!(it.frame(&json!({"op": 7, "d": null}))[..2], ["close 4000", "disconnected, resume"]);
}

#[test]
fn a_reconnect_request_is_possible_during_a_replay() {
    let mut it = Scenario::resuming();
    it.event(4);
    assert_eq!(it.frame(&json!({"op": 7, "d": null}))[..2], ["close 4000", "disconnected, resume"]);
    it.reach_hello();
    assert_eq!(it.hello(), ["resume first 4"]);
}
