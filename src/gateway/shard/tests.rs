//! What one step of the driver does. How shards behave over real sockets is in `tests/shard`.

#![allow(clippy::unwrap_used)]

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use super::*;
use crate::gateway::intents::Intents;

/// Answers always the same, and notes when.
struct Door {
    answer: fn(&str) -> Admit,
    url: String,
    asked: Mutex<Option<Instant>>,
}

impl Door {
    fn new(url: String, answer: fn(&str) -> Admit) -> Arc<Door> {
        Arc::new(Door { answer, url, asked: Mutex::default() })
    }
}

impl Admission for Door {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admit {
        *self.asked.lock().unwrap() = Some(Instant::now());
        (self.answer)(&self.url)
    }

    fn identify(&self, shard: ShardId, _: bool, now: Now) -> Admit {
        self.address(shard, None, now)
    }

    fn identified(&self, _: ShardId, _: Now) {}

    fn unused(&self, _: ShardId, _: Now) {}
}

fn shard(door: Arc<Door>) -> Shard {
    Shard::new(ShardConfig::new(Token::new("a.b.c").unwrap(), Intents::NONE), door)
}

fn open(url: &str) -> Admit {
    Admit::Open(url.to_owned())
}

/// A port where nobody listens.
fn nobody() -> String {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("ws://127.0.0.1:{port}")
}

/// A peer that opens one websocket, does this to it, and keeps it until the end of the test.
fn somebody(
    serve: impl FnOnce(&mut tungstenite::WebSocket<std::net::TcpStream>) + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut websocket = tungstenite::accept(listener.accept().unwrap().0).unwrap();
        serve(&mut websocket);
    });
    format!("ws://127.0.0.1:{port}")
}

#[test]
fn every_address_gets_the_same_query() {
    for url in ["wss://g.example", "wss://g.example/", "wss://g.example/?v=9&encoding=etf"] {
        assert_eq!(with_query(url), "wss://g.example/?v=10&encoding=json");
    }
}

#[test]
fn what_comes_of_opening_a_socket_happens_when_it_is_known() {
    let later: fn(&str) -> Admit = |_| Admit::Later { at: Instant::now() };
    for (url, answer) in [(nobody(), later), (nobody(), open), (somebody(|_| {}), open)] {
        let door = Door::new(url, answer);
        let mut shard = shard(door.clone());
        let action = Action::Open(Target::Identify { was_ready: false });
        shard.carry_out(action, &mut sink::Collected::default()).unwrap();
        assert_eq!(shard.pending.len(), 1);
        assert!(shard.now.mono >= door.asked.lock().unwrap().unwrap());
    }
}

#[test]
fn an_identify_counts_from_when_it_left() {
    let mut shard = shard(Door::new(nobody(), open));
    let before = Instant::now();
    shard.carry_out(Action::Identify("{}".into()), &mut sink::Collected::default()).unwrap();
    assert!(shard.now.mono >= before);
}
