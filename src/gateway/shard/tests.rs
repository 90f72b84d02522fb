//! Single steps of the driver. `tests/shard.rs` tests shards over real sockets.

#![allow(clippy::unwrap_used)]

use std::net::TcpListener;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Instant;

use tungstenite::protocol::CloseFrame;

use super::shard::{Next, with_query};
use super::sink::Collected;
use super::*;
use crate::error::Error;
use crate::gateway::ShardId;
use crate::gateway::close_code::After;
use crate::gateway::session::{Action, Ended, Input, Notice, Now, State, Stop, Target};
use crate::gateway::socket::{Compression, Socket, SocketConfig};
use crate::{Intents, Token};

/// A queue that always returns the same, and records when it was asked.
struct FakeQueue {
    admit: fn(&str) -> Admission,
    url: String,
    asked: Mutex<Option<Instant>>,
    /// The numbers of permits that were used and released.
    permits: Mutex<(u32, u32)>,
}

impl FakeQueue {
    fn new(url: String, admit: fn(&str) -> Admission) -> Arc<FakeQueue> {
        Arc::new(FakeQueue { admit, url, asked: Mutex::default(), permits: Mutex::default() })
    }
}

impl IdentifyQueue for FakeQueue {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admission {
        *self.asked.lock().unwrap() = Some(Instant::now());
        (self.admit)(&self.url)
    }

    fn identify(&self, shard: ShardId, _: bool, now: Now) -> Admission {
        self.address(shard, None, now)
    }

    fn identified(&self, _: ShardId, _: Now) {
        self.permits.lock().unwrap().0 += 1;
    }

    fn release(&self, _: ShardId, _: Now) {
        self.permits.lock().unwrap().1 += 1;
    }
}

fn shard(queue: Arc<FakeQueue>) -> Shard {
    Shard::new(ShardConfig::new(Token::new("a.b.c").unwrap(), Intents::empty()), queue)
}

fn open(url: &str) -> Admission {
    Admission::Connect(url.to_owned())
}

/// An address at which nothing listens.
fn unused_address() -> String {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("ws://127.0.0.1:{port}")
}

/// A peer that accepts one websocket, runs `serve` on it, and then drops it. Returns its address.
fn fake_peer(
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
    for url in
        ["wss://g.example", "wss://g.example/", "wss://g.example/?v=9&encoding=etf", "wss://g.example/#x"]
    {
        assert_eq!(with_query(url, Compression::None), "wss://g.example/?v=10&encoding=json");
        let zlib = with_query(url, Compression::Zlib);
        assert_eq!(zlib, "wss://g.example/?v=10&encoding=json&compress=zlib-stream");
    }
}

#[test]
fn the_inputs_of_opening_a_socket_have_the_time_at_which_they_are_known() {
    let later: fn(&str) -> Admission = |_| Admission::Wait { until: Instant::now() };
    for (url, admit) in [(unused_address(), later), (unused_address(), open), (fake_peer(|_| {}), open)] {
        let queue = FakeQueue::new(url, admit);
        let mut shard = shard(queue.clone());
        let action = Action::Open(Target::Identify { was_ready: false });
        shard.carry_out(action, &mut Collected::default()).unwrap();
        assert_eq!(shard.pending.len(), 1);
        assert!(shard.now.mono >= queue.asked.lock().unwrap().unwrap());
    }
}

#[test]
fn an_identify_has_the_time_at_which_it_was_sent() {
    let mut shard = shard(FakeQueue::new(unused_address(), open));
    let before = Instant::now();
    shard.carry_out(Action::Identify("{}".into()), &mut Collected::default()).unwrap();
    assert!(shard.now.mono >= before);
}

#[test]
fn during_a_long_attempt_the_health_says_connecting() {
    /// The state that the health had while the shard asked for its address.
    static SEEN: Mutex<Option<State>> = Mutex::new(None);
    static MONITOR: Mutex<Option<ShardMonitor>> = Mutex::new(None);
    let probe: fn(&str) -> Admission = |_| {
        *SEEN.lock().unwrap() = MONITOR.lock().unwrap().as_ref().map(|monitor| monitor.health().state);
        Admission::Wait { until: Instant::now() }
    };
    let mut shard = shard(FakeQueue::new(unused_address(), probe));
    *MONITOR.lock().unwrap() = Some(shard.monitor());
    assert_eq!(shard.monitor().health().state, State::Disconnected);
    shard.turn(&mut Collected::default()).unwrap();
    assert_eq!(*SEEN.lock().unwrap(), Some(State::Connecting));
}

#[test]
fn a_ping_updates_the_time_of_the_last_received_data() {
    let (go, wait) = mpsc::channel::<()>();
    let url = fake_peer(move |websocket| {
        wait.recv().unwrap();
        websocket.send(tungstenite::Message::Ping(Default::default())).unwrap();
        while websocket.read().is_ok() {}
    });
    let mut shard = shard(FakeQueue::new(url, open));
    let mut sink = Collected::default();
    while shard.socket.is_none() {
        shard.turn(&mut sink).unwrap();
    }
    assert_eq!(shard.monitor().health().last_frame, None);
    go.send(()).unwrap();
    while shard.monitor().health().last_frame.is_none() {
        assert!(!shard.turn(&mut sink).unwrap() && shard.socket.is_some());
    }
}

#[test]
fn a_shard_that_was_refused_asks_again_when_it_runs_again() {
    let refuse: fn(&str) -> Admission = |_| Admission::Refuse(Error::setup("not now"));
    let queue = FakeQueue::new(unused_address(), refuse);
    let mut shard = shard(queue.clone());
    for _ in 0..2 {
        let error = shard.run(&mut Collected::default()).unwrap_err();
        assert_eq!(error.to_string(), "not now");
        assert!(queue.asked.lock().unwrap().take().is_some());
    }
}

#[test]
fn a_shard_with_an_invalid_address_asks_again_when_it_runs_again() {
    let queue = FakeQueue::new("https://no.gateway".into(), open);
    let mut shard = shard(queue.clone());
    for _ in 0..2 {
        shard.run(&mut Collected::default()).unwrap_err();
        assert!(queue.asked.lock().unwrap().take().is_some());
    }
}

#[test]
fn a_stopped_shard_returns_an_error_when_it_runs_again() {
    let later: fn(&str) -> Admission = |_| Admission::Wait { until: Instant::now() };
    let mut shard = shard(FakeQueue::new(unused_address(), later));
    shard.sender().stop(Stop::EndSession);
    shard.run(&mut Collected::default()).unwrap();
    assert!(matches!(shard.run(&mut Collected::default()), Err(Error::Stopped)));
    assert!(Iterator::next(&mut shard).is_none());
}

#[test]
fn an_iteration_returns_the_events_before_an_error_and_then_the_error() {
    let url = fake_peer(|websocket| {
        let frame = CloseFrame { code: 4004.into(), reason: "no".into() };
        websocket.close(Some(frame)).unwrap();
        while websocket.read().is_ok() {}
    });
    let events: Vec<_> = shard(FakeQueue::new(url, open)).collect();
    let [Ok(ShardEvent::Notice(Notice::Disconnected(end))), Err(Error::Gateway { code: 4004, .. })] =
        &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!((end.code, end.after), (Some(4004), After::Stop));
}

#[test]
fn after_a_failed_write_a_peer_that_keeps_sending_is_disconnected() {
    let url = fake_peer(|websocket| while websocket.send("{}".into()).is_ok() {});
    let mut shard = shard(FakeQueue::new(url, open));
    while shard.socket.is_none() {
        shard.turn(&mut Collected::default()).unwrap();
    }
    let socket = shard.socket.take().unwrap();
    shard.read_close_frame(socket, "sending failed");
    assert!(
        matches!(shard.pending.pop_back(), Some(Next::Input(Input::Closed { code: None, reason })) if reason == "sending failed")
    );
}

#[test]
fn after_a_failed_write_the_close_code_is_read() {
    let (closed, wait) = mpsc::channel();
    let url = fake_peer(move |websocket| {
        websocket.send("{}".into()).unwrap();
        websocket.close(Some(CloseFrame { code: 4009.into(), reason: "too late".into() })).unwrap();
        closed.send(()).unwrap();
        while websocket.read().is_ok() {}
    });
    let mut shard = shard(FakeQueue::new(url.clone(), open));
    let socket = Socket::open(&url, &SocketConfig::default()).unwrap();
    wait.recv().unwrap();
    shard.read_close_frame(socket, "sending failed");
    assert!(matches!(shard.pending.pop_front(), Some(Next::Text(text)) if text.as_str() == "{}"));
    assert!(
        matches!(shard.pending.pop_front(), Some(Next::Input(Input::Closed { code: Some(4009), reason })) if reason == "too late")
    );
}

#[test]
fn events_that_a_broken_socket_did_not_take_are_given_back_in_order() {
    let mut shard = shard(FakeQueue::new(unused_address(), open));
    let url = fake_peer(|_| {});
    let mut socket = Socket::open(&url, &SocketConfig::default()).unwrap();
    // The peer is gone. At the latest the second write fails.
    while socket.send("{}").is_ok() {}
    shard.socket = Some(socket);
    for event in ["first", "second", "third"] {
        shard.carry_out(Action::SendEvent(event.into()), &mut Collected::default()).unwrap();
    }
    assert!(matches!(shard.pending.pop_front(), Some(Next::Input(Input::Closed { .. }))));
    let Some(Next::Input(Input::Unsent(events))) = shard.pending.pop_front() else {
        panic!("nothing was given back")
    };
    assert_eq!(events, ["first", "second", "third"]);
    assert!(shard.pending.is_empty());
}

#[test]
fn a_permit_is_either_used_or_released() {
    let ends = [
        (None, (0, 1)),
        (Some(Action::Close(4000)), (0, 1)),
        (Some(Action::Identify("{}".into())), (1, 0)),
        (Some(Action::Stop(Ended::Requested)), (0, 1)),
    ];
    for (end, permits) in ends {
        let queue = FakeQueue::new(fake_peer(|websocket| while websocket.read().is_ok() {}), open);
        let mut shard = shard(queue.clone());
        let connect = Action::Open(Target::Identify { was_ready: false });
        for action in [Some(connect), end].into_iter().flatten() {
            shard.carry_out(action, &mut Collected::default()).unwrap();
        }
        drop(shard);
        assert_eq!(*queue.permits.lock().unwrap(), permits);
    }
}

#[test]
fn a_permit_for_a_socket_that_could_not_be_opened_is_released() {
    let queue = FakeQueue::new(unused_address(), open);
    let mut shard = shard(queue.clone());
    let action = Action::Open(Target::Identify { was_ready: false });
    shard.carry_out(action, &mut Collected::default()).unwrap();
    assert_eq!(*queue.permits.lock().unwrap(), (0, 1));
}

#[test]
fn resuming_needs_no_identify_permit() {
    let queue = FakeQueue::new(unused_address(), open);
    let mut shard = shard(queue.clone());
    shard.carry_out(Action::Open(Target::Resume(None)), &mut Collected::default()).unwrap();
    drop(shard);
    assert_eq!(*queue.permits.lock().unwrap(), (0, 0));
}
