//! What the user wants sent: within Discord's limits, late if it must be.
//! <https://docs.discord.com/developers/events/gateway#rate-limiting>

use std::time::Instant;

use serde_json::json;

use super::scenario::{INTERVAL, Scenario, s};
use crate::gateway::send_event::{Presence, SendEvent};
use crate::gateway::session::Input;

fn order(n: u32) -> SendEvent {
    SendEvent::raw(8, &json!(n)).unwrap()
}

fn playing(n: u32) -> SendEvent {
    SendEvent::update_presence(&Presence::playing(n.to_string())).unwrap()
}

#[test]
fn an_order_is_sent_at_once_when_there_is_room() {
    let mut it = Scenario::ready();
    assert_eq!(it.order(&order(1)), ["order 8 1"]);
    assert_eq!(it.session.send_queue_len(), 0);
}

#[test]
fn orders_wait_for_the_session_and_outlive_the_connection() {
    let mut it = Scenario::identifying();
    assert_eq!(it.order(&order(1)), [""; 0]);
    it.lose();
    assert_eq!(it.order(&order(2)), [""; 0]);
    assert_eq!(it.session.send_queue_len(), 2);
    it.reach_hello();
    it.hello();
    assert_eq!(it.ready_comes("first", 1), ["connected", "order 8 1", "order 8 2", "event READY 1"]);

    let mut it = Scenario::resuming();
    assert_eq!(it.order(&order(3)), [""; 0]);
    assert_eq!(it.resumed(4), ["resumed", "order 8 3", "event RESUMED 4"]);
}

#[test]
fn orders_that_a_broken_socket_did_not_take_go_first_on_the_next_one() {
    let mut it = Scenario::ready();
    it.lose();
    it.order(&order(3));
    let unsent: Vec<String> = (1..3).map(|n| order(n).text).collect();
    assert_eq!(it.input(Input::Unsent(unsent)), [""; 0]);
    assert_eq!(it.session.send_queue_len(), 3);
    it.reach_hello();
    it.hello();
    assert_eq!(it.resumed(2), ["resumed", "order 8 1", "order 8 2", "order 8 3", "event RESUMED 2"]);
}

#[test]
fn never_more_than_120_in_any_minute_and_orders_lose_nothing_but_time() {
    let mut it = Scenario::ready();
    let mut sends: Vec<Instant> = vec![it.now.mono; it.sent.len()];
    let mut orders = Vec::new();
    for n in 0..500 {
        orders.extend(it.order(&order(n)));
    }
    sends.extend(orders.iter().map(|_| it.now.mono));
    assert!((90..110).contains(&orders.len()), "{}", orders.len());
    let start = it.now.mono;
    for (at, did) in it.run_acknowledged(s(400.0)) {
        sends.push(start + s(f64::from(u32::try_from(at).unwrap()) / 1000.0));
        if did.starts_with("order") {
            orders.push(did);
        }
    }
    assert!(sends.windows(121).all(|w| w[120] - w[0] > s(60.0)));
    let all: Vec<String> = (0..500).map(|n| format!("order 8 {n}")).collect();
    assert_eq!(orders, all);
}

#[test]
fn beats_have_the_right_of_way() {
    let mut it = Scenario::new().with_interval(s(5.0)).made_ready();
    for n in 0..1000 {
        it.order(&order(n));
    }
    let beats: Vec<u128> = it
        .run_acknowledged(s(300.0))
        .into_iter()
        .filter(|(_, did)| did.starts_with("beat"))
        .map(|(at, _)| at)
        .collect();
    let regular: Vec<u128> = (1..=60).map(|n| n * 5_000).collect();
    assert_eq!(beats, regular);
    // One that is asked for finds a place as well.
    assert_eq!(it.frame(&json!({"op": 1})), ["beat 1"]);
}

#[test]
fn a_flood_of_requested_beats_stays_within_the_limit_and_costs_no_regular_one() {
    let mut it = Scenario::ready();
    let mut answered = 0;
    for _ in 0..300 {
        answered += it.frame(&json!({"op": 1})).len();
        it.ack();
    }
    assert!((100..120).contains(&answered), "{answered}");
    assert_eq!(it.run_acknowledged(INTERVAL), [(40_000, "beat 1".to_owned())]);
}

#[test]
fn of_presences_only_the_latest_matters() {
    let mut it = Scenario::ready();
    let mut sent = Vec::new();
    for n in 0..50 {
        sent.extend(it.order(&playing(n)));
    }
    let first: Vec<String> = (0..5).map(|n| format!("presence \"{n}\"")).collect();
    assert_eq!((sent, it.session.send_queue_len()), (first, 1));
    assert_eq!(it.order(&order(1)), ["order 8 1"], "other orders do not wait for them");
    assert_eq!(it.run(s(30.0)), [(21_000, "presence \"49\"".to_owned())]);
}

#[test]
fn never_more_than_5_presences_in_20_s() {
    let mut it = Scenario::ready();
    let mut sent = Vec::new();
    for n in 0..200 {
        let start = it.elapsed();
        sent.extend(it.order(&playing(n)).iter().map(|_| start.as_millis()));
        let did = it.run_acknowledged(s(0.7));
        let presences = did.iter().filter(|(_, did)| did.starts_with("presence"));
        sent.extend(presences.map(|(at, _)| start.as_millis() + at));
    }
    assert!(sent.len() > 30 && sent.windows(6).all(|w| w[5] - w[0] > 20_000), "{sent:?}");
}

#[test]
fn a_new_connection_has_its_own_window() {
    let mut it = Scenario::ready();
    for n in 0..300 {
        it.order(&order(n));
    }
    let waiting = it.session.send_queue_len();
    it.lose();
    it.reach_hello();
    it.hello();
    let sent = it.resumed(2).iter().filter(|did| did.starts_with("order")).count();
    assert!(sent > 90 && it.session.send_queue_len() == waiting - sent, "{sent}");
}

#[test]
fn a_presence_that_a_dying_connection_may_have_swallowed_is_shown_again_after_a_resume() {
    let mut it = Scenario::ready();
    assert_eq!(it.order(&playing(1)), ["presence \"1\""]);
    it.lose();
    it.reach_hello();
    it.hello();
    assert_eq!(it.resumed(2), ["resumed", "presence \"1\"", "event RESUMED 2"]);
    assert_eq!(it.session.send_queue_len(), 0, "once");
}
