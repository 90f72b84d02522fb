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

#[test]
fn a_probe_during_a_long_attempt_sees_that_the_shard_is_connecting() {
    /// What a probe saw while the shard was asking.
    static SEEN: Mutex<Option<State>> = Mutex::new(None);
    static HEALTH: Mutex<Option<Arc<Health>>> = Mutex::new(None);
    let probe: fn(&str) -> Admit = |_| {
        *SEEN.lock().unwrap() = HEALTH.lock().unwrap().as_ref().map(|health| health.state());
        Admit::Later { at: Instant::now() }
    };
    let mut shard = shard(Door::new(nobody(), probe));
    *HEALTH.lock().unwrap() = Some(shard.health());
    assert_eq!(shard.health().state(), State::Paused);
    shard.turn(&mut sink::Collected::default()).unwrap();
    assert_eq!(*SEEN.lock().unwrap(), Some(State::Connecting));
}

#[test]
fn a_ping_is_a_sign_of_life_that_probes_see() {
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let url = somebody(move |websocket| {
        gone.recv().unwrap();
        websocket.send(tungstenite::Message::Ping(Default::default())).unwrap();
        while websocket.read().is_ok() {}
    });
    let mut shard = shard(Door::new(url, open));
    let mut sink = sink::Collected::default();
    while shard.socket.is_none() {
        shard.turn(&mut sink).unwrap();
    }
    assert_eq!(shard.health.last_heard(), None);
    go.send(()).unwrap();
    while shard.health.last_heard().is_none() {
        assert!(!shard.turn(&mut sink).unwrap() && shard.socket.is_some());
    }
}

#[test]
fn a_shard_that_was_refused_asks_again_when_it_is_run_again() {
    let refuse: fn(&str) -> Admit = |_| Admit::Refuse(Error::setup("not now"));
    let door = Door::new(nobody(), refuse);
    let mut shard = shard(door.clone());
    for _ in 0..2 {
        let error = shard.run(&mut sink::Collected::default()).unwrap_err();
        assert_eq!(error.to_string(), "not now");
        assert!(door.asked.lock().unwrap().take().is_some());
    }
}

#[test]
fn a_shard_whose_address_is_wrong_tries_again_when_it_is_run_again() {
    let door = Door::new("https://no.gateway".into(), open);
    let mut shard = shard(door.clone());
    for _ in 0..2 {
        shard.run(&mut sink::Collected::default()).unwrap_err();
        assert!(door.asked.lock().unwrap().take().is_some());
    }
}

#[test]
fn a_shard_that_was_stopped_says_so_when_it_is_run_again() {
    let later: fn(&str) -> Admit = |_| Admit::Later { at: Instant::now() };
    let mut shard = shard(Door::new(nobody(), later));
    shard.orders().stop(Stop::End);
    shard.run(&mut sink::Collected::default()).unwrap();
    assert!(matches!(shard.run(&mut sink::Collected::default()), Err(Error::Stopped)));
    assert!(Iterator::next(&mut shard).is_none());
}
