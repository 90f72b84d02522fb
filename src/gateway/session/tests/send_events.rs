//! Send events are sent within Discord's limits, or wait.
//! <https://docs.discord.com/developers/events/gateway#rate-limiting>

use std::time::Instant;

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::send_event::{SendEvent, UpdatePresence};
use crate::gateway::session::Input;

fn event(n: u32) -> SendEvent {
    SendEvent::raw(8, &json!(n)).unwrap()
}

fn playing(n: u32) -> SendEvent {
    SendEvent::update_presence(&UpdatePresence::playing(n.to_string())).unwrap()
}

#[test]
fn an_event_is_sent_at_once_within_the_limit() {
    let mut it = Scenario::ready();
    assert_eq!(it.send(&event(1)), ["send 8 1"]);
    assert_eq!(it.session.send_queue_len(), 0);
}

#[test]
fn events_wait_for_the_session_and_outlive_the_connection() {
    let mut it = Scenario::identifying();
    assert_eq!(it.send(&event(1)), [""; 0]);
    it.lose();
    assert_eq!(it.send(&event(2)), [""; 0]);
    assert_eq!(it.session.send_queue_len(), 2);
    it.reach_hello();
    it.hello();
    assert_eq!(it.ready_comes("first", 1), ["connected", "send 8 1", "send 8 2", "event READY 1"]);

    let mut it = Scenario::resuming();
    assert_eq!(it.send(&event(3)), [""; 0]);
    assert_eq!(it.resumed(4), ["resumed", "send 8 3", "event RESUMED 4"]);
}

#[test]
fn events_that_a_broken_socket_did_not_take_are_sent_first_on_the_next_one() {
    let mut it = Scenario::ready();
    it.lose();
    it.send(&event(3));
    let unsent: Vec<String> = (1..3).map(|n| event(n).text).collect();
    assert_eq!(it.input(Input::Unsent(unsent)), [""; 0]);
    assert_eq!(it.session.send_queue_len(), 3);
    it.reach_hello();
    it.hello();
    assert_eq!(it.resumed(2), ["resumed", "send 8 1", "send 8 2", "send 8 3", "event RESUMED 2"]);
}

#[test]
fn at_most_120_payloads_are_sent_per_minute_and_no_event_is_lost() {
    let mut it = Scenario::ready();
    let mut sends: Vec<Instant> = vec![it.now.mono; it.sent.len()];
    let mut events = Vec::new();
    for n in 0..500 {
        events.extend(it.send(&event(n)));
    }
    sends.extend(events.iter().map(|_| it.now.mono));
    assert!((90..110).contains(&events.len()), "{}", events.len());
    let start = it.now.mono;
    for (at, action) in it.run_acknowledged(s(400.0)) {
        sends.push(start + s(f64::from(u32::try_from(at).unwrap()) / 1000.0));
        if action.starts_with("send ") {
            events.push(action);
        }
    }
    assert!(sends.windows(121).all(|w| w[120] - w[0] > s(60.0)));
    let all: Vec<String> = (0..500).map(|n| format!("send 8 {n}")).collect();
    assert_eq!(events, all);
}

#[test]
fn heartbeats_have_precedence() {
    let mut it = Scenario::new().with_interval(s(5.0)).made_ready();
    for n in 0..1000 {
        it.send(&event(n));
    }
    let heartbeats: Vec<u128> = it
        .run_acknowledged(s(300.0))
        .into_iter()
        .filter(|(_, action)| action.starts_with("heartbeat"))
        .map(|(at, _)| at)
        .collect();
    let regular: Vec<u128> = (1..=60).map(|n| n * 5_000).collect();
    assert_eq!(heartbeats, regular);
    // There is room for a requested heartbeat as well.
    assert_eq!(it.frame(&json!({"op": 1})), ["heartbeat 1"]);
}

#[test]
fn many_requested_heartbeats_stay_within_the_limit_and_delay_no_regular_one() {
    let mut it = Scenario::ready();
    let mut answered = 0;
    for _ in 0..300 {
        answered += it.frame(&json!({"op": 1})).len();
        it.ack();
    }
    assert!((100..120).contains(&answered), "{answered}");
    assert_eq!(it.run_acknowledged(INTERVAL), [(40_000, "heartbeat 1".to_owned())]);
}

#[test]
fn only_the_latest_waiting_presence_is_sent() {
    let mut it = Scenario::ready();
    let mut sent = Vec::new();
    for n in 0..50 {
        sent.extend(it.send(&playing(n)));
    }
    let first: Vec<String> = (0..5).map(|n| format!("presence \"{n}\"")).collect();
    assert_eq!((sent, it.session.send_queue_len()), (first, 1));
    assert_eq!(it.send(&event(1)), ["send 8 1"], "other events do not wait for presences");
    assert_eq!(it.run(s(30.0)), [(21_000, "presence \"49\"".to_owned())]);
}

#[test]
fn at_most_5_presences_are_sent_in_20_s() {
    let mut it = Scenario::ready();
    let mut sent = Vec::new();
    for n in 0..200 {
        let start = it.elapsed();
        sent.extend(it.send(&playing(n)).iter().map(|_| start.as_millis()));
        let actions = it.run_acknowledged(s(0.7));
        let presences = actions.iter().filter(|(_, action)| action.starts_with("presence"));
        sent.extend(presences.map(|(at, _)| start.as_millis() + at));
    }
    assert!(sent.len() > 30 && sent.windows(6).all(|w| w[5] - w[0] > 20_000), "{sent:?}");
}

#[test]
fn a_new_connection_has_its_own_limit() {
    let mut it = Scenario::ready();
    for n in 0..300 {
        it.send(&event(n));
    }
    let waiting = it.session.send_queue_len();
    it.lose();
    it.reach_hello();
    it.hello();
    let sent = it.resumed(2).iter().filter(|action| action.starts_with("send ")).count();
    assert!(sent > 90 && it.session.send_queue_len() == waiting - sent, "{sent}");
}

#[test]
fn a_presence_that_may_be_lost_is_sent_again_after_a_resume() {
    let mut it = Scenario::ready();
    assert_eq!(it.send(&playing(1)), ["presence \"1\""]);
    it.lose();
    it.reach_hello();
    it.hello();
    assert_eq!(it.resumed(2), ["resumed", "presence \"1\"", "event RESUMED 2"]);
    assert_eq!(it.session.send_queue_len(), 0, "once");
}
