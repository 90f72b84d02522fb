//! Peers that break each connection at once: attempts stay few, and the daily identifies are not used up.

use std::time::Duration;

use serde_json::json;

use super::scenario::{Scenario, s};
use crate::gateway::session::{Input, State};

/// What a peer does after a socket was requested.
type Peer = fn(&mut Scenario) -> Vec<String>;

fn at_once(it: &mut Scenario, text: &str) -> Vec<String> {
    it.reach_hello();
    it.text(text)
}

fn after_hello(it: &mut Scenario, frame: &serde_json::Value) -> Vec<String> {
    it.reach_hello();
    it.hello();
    it.frame(frame)
}

fn logged_in(it: &mut Scenario) {
    it.reach_hello();
    if it.hello() == ["identify"] {
        it.ready_comes("next", 1);
    } else {
        it.resumed(2);
    }
}

const PEERS: [(&str, Peer); 14] = [
    ("refuses connections", |it| it.input(Input::OpenFailed("refused".into()))),
    ("closes at once", |it| {
        it.reach_hello();
        it.lose()
    }),
    ("sends no JSON", |it| at_once(it, "<html>")),
    ("sends a binary frame", |it| {
        it.reach_hello();
        it.input(Input::InvalidFrame("a binary message"))
    }),
    ("asks to reconnect before Hello", |it| at_once(it, r#"{"op":7}"#)),
    ("refuses sessions before Hello", |it| at_once(it, r#"{"op":9,"d":false}"#)),
    ("closes after Hello", |it| {
        it.reach_hello();
        it.hello();
        it.lose()
    }),
    ("asks to reconnect after Hello", |it| after_hello(it, &json!({"op": 7}))),
    ("refuses sessions after Hello", |it| after_hello(it, &json!({"op": 9, "d": false}))),
    ("interrupts sessions after Hello", |it| after_hello(it, &json!({"op": 9, "d": true}))),
    ("closes with 4009 after READY", |it| {
        logged_in(it);
        it.close(4009)
    }),
    ("closes with 1001 after READY", |it| {
        logged_in(it);
        it.close(1001)
    }),
    ("asks to reconnect after READY", |it| {
        logged_in(it);
        it.frame(&json!({"op": 7}))
    }),
    ("refuses sessions after READY", |it| {
        logged_in(it);
        it.frame(&json!({"op": 9, "d": false}))
    }),
];

#[test]
fn a_peer_that_breaks_every_connection_sees_few_attempts() {
    for (what, break_it) in PEERS {
        for seed in 0..50 {
            let mut it = Scenario::seeded(seed);
            let mut opened: Vec<Duration> = Vec::new();
            let mut actions = it.input(Input::Timeout);
            while it.elapsed() < s(600.0) {
                if actions.iter().any(|action| action.starts_with("open ")) {
                    opened.push(it.elapsed());
                    actions = break_it(&mut it);
                } else {
                    assert_eq!(it.session.state(), State::Disconnected, "{what}");
                    actions = it.wake();
                }
            }
            assert!(opened.len() >= 9, "{what}: it tries on, at {opened:?}");
            let are_few = opened.windows(7).all(|attempts| attempts[6] - attempts[0] >= s(60.0));
            assert!(are_few, "{what}: at most six attempts in a minute, at {opened:?}");
            let identifies = it.sent.iter().filter(|frame| frame["op"] == 2).count();
            assert!(identifies <= opened.len(), "{what}");
        }
    }
}
