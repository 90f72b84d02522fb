//! What one step of the driver does. How shards behave over real sockets is in `tests/shard.rs`.

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
use crate::gateway::socket::{Socket, SocketConfig};
use crate::{Intents, Token};

/// Answers always the same, and notes when.
struct Door {
    answer: fn(&str) -> Admission,
    url: String,
    asked: Mutex<Option<Instant>>,
    /// Permits that were used, and given back.
    permits: Mutex<(u32, u32)>,
}

impl Door {
    fn new(url: String, answer: fn(&str) -> Admission) -> Arc<Door> {
        Arc::new(Door { answer, url, asked: Mutex::default(), permits: Mutex::default() })
    }
}

impl IdentifyQueue for Door {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admission {
        *self.asked.lock().unwrap() = Some(Instant::now());
        (self.answer)(&self.url)
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

fn shard(door: Arc<Door>) -> Shard {
    Shard::new(ShardConfig::new(Token::new("a.b.c").unwrap(), Intents::empty()), door)
}

fn open(url: &str) -> Admission {
    Admission::Connect(url.to_owned())
}

/// A port where nobody listens.
fn nobody() -> String {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("ws://127.0.0.1:{port}")
}

/// A peer that opens one websocket, does this to it, and keeps it until the end of the test.
fn somebody(serve: impl FnOnce(&mut tungstenite::WebSocket<std::net::TcpStream>) + Send + 'static) -> String {
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
    let later: fn(&str) -> Admission = |_| Admission::Wait { until: Instant::now() };
    for (url, answer) in [(nobody(), later), (nobody(), open), (somebody(|_| {}), open)] {
        let door = Door::new(url, answer);
        let mut shard = shard(door.clone());
        let action = Action::Open(Target::Identify { was_ready: false });
        shard.carry_out(action, &mut Collected::default()).unwrap();
        assert_eq!(shard.pending.len(), 1);
        assert!(shard.now.mono >= door.asked.lock().unwrap().unwrap());
    }
}

#[test]
fn an_identify_counts_from_when_it_left() {
    let mut shard = shard(Door::new(nobody(), open));
    let before = Instant::now();
    shard.carry_out(Action::Identify("{}".into()), &mut Collected::default()).unwrap();
    assert!(shard.now.mono >= before);
}

#[test]
fn a_probe_during_a_long_attempt_sees_that_the_shard_is_connecting() {
    /// What a probe saw while the shard was asking.
    static SEEN: Mutex<Option<State>> = Mutex::new(None);
    static HEALTH: Mutex<Option<Arc<Health>>> = Mutex::new(None);
    let probe: fn(&str) -> Admission = |_| {
        *SEEN.lock().unwrap() = HEALTH.lock().unwrap().as_ref().map(|health| health.state());
        Admission::Wait { until: Instant::now() }
    };
    let mut shard = shard(Door::new(nobody(), probe));
    *HEALTH.lock().unwrap() = Some(shard.health());
    assert_eq!(shard.health().state(), State::Disconnected);
    shard.turn(&mut Collected::default()).unwrap();
    assert_eq!(*SEEN.lock().unwrap(), Some(State::Connecting));
}

#[test]
fn a_ping_is_a_sign_of_life_that_probes_see() {
    let (go, gone) = mpsc::channel::<()>();
    let url = somebody(move |websocket| {
        gone.recv().unwrap();
        websocket.send(tungstenite::Message::Ping(Default::default())).unwrap();
        while websocket.read().is_ok() {}
    });
    let mut shard = shard(Door::new(url, open));
    let mut sink = Collected::default();
    while shard.socket.is_none() {
        shard.turn(&mut sink).unwrap();
    }
    assert_eq!(shard.health.last_received(), None);
    go.send(()).unwrap();
    while shard.health.last_received().is_none() {
        assert!(!shard.turn(&mut sink).unwrap() && shard.socket.is_some());
    }
}

#[test]
fn a_shard_that_was_refused_asks_again_when_it_is_run_again() {
    let refuse: fn(&str) -> Admission = |_| Admission::Refuse(Error::setup("not now"));
    let door = Door::new(nobody(), refuse);
    let mut shard = shard(door.clone());
    for _ in 0..2 {
        let error = shard.run(&mut Collected::default()).unwrap_err();
        assert_eq!(error.to_string(), "not now");
        assert!(door.asked.lock().unwrap().take().is_some());
    }
}

#[test]
fn a_shard_whose_address_is_wrong_tries_again_when_it_is_run_again() {
    let door = Door::new("https://no.gateway".into(), open);
    let mut shard = shard(door.clone());
    for _ in 0..2 {
        shard.run(&mut Collected::default()).unwrap_err();
        assert!(door.asked.lock().unwrap().take().is_some());
    }
}

#[test]
fn a_shard_that_was_stopped_says_so_when_it_is_run_again() {
    let later: fn(&str) -> Admission = |_| Admission::Wait { until: Instant::now() };
    let mut shard = shard(Door::new(nobody(), later));
    shard.sender().stop(Stop::EndSession);
    shard.run(&mut Collected::default()).unwrap();
    assert!(matches!(shard.run(&mut Collected::default()), Err(Error::Stopped)));
    assert!(Iterator::next(&mut shard).is_none());
}

#[test]
fn an_iteration_gives_what_led_to_the_error_and_then_the_error() {
    let url = somebody(|websocket| {
        let frame = CloseFrame { code: 4004.into(), reason: "no".into() };
        websocket.close(Some(frame)).unwrap();
        while websocket.read().is_ok() {}
    });
    let told: Vec<_> = shard(Door::new(url, open)).collect();
    let [Ok(ShardEvent::Notice(Notice::Disconnected(end))), Err(Error::Gateway { code: 4004, .. })] =
        &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((end.code, end.after), (Some(4004), After::Stop));
}

#[test]
fn somebody_who_takes_nothing_and_talks_on_and_on_is_cut_short() {
    let url = somebody(|websocket| while websocket.send("{}".into()).is_ok() {});
    let mut shard = shard(Door::new(url, open));
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
fn the_close_code_is_found_behind_what_somebody_said_who_takes_nothing() {
    let (tell, told) = mpsc::channel();
    let url = somebody(move |websocket| {
        websocket.send("{}".into()).unwrap();
        websocket.close(Some(CloseFrame { code: 4009.into(), reason: "too late".into() })).unwrap();
        tell.send(()).unwrap();
        while websocket.read().is_ok() {}
    });
    let mut shard = shard(Door::new(url.clone(), open));
    let socket = Socket::open(&url, &SocketConfig::default()).unwrap();
    told.recv().unwrap();
    shard.read_close_frame(socket, "sending failed");
    assert!(matches!(shard.pending.pop_front(), Some(Next::Text(text)) if text.as_str() == "{}"));
    assert!(
        matches!(shard.pending.pop_front(), Some(Next::Input(Input::Closed { code: Some(4009), reason })) if reason == "too late")
    );
}

#[test]
fn orders_that_a_broken_socket_does_not_take_are_given_back_in_their_order() {
    let mut shard = shard(Door::new(nobody(), open));
    let url = somebody(|_| {});
    let mut socket = Socket::open(&url, &SocketConfig::default()).unwrap();
    // The other side is gone, which the second write at the latest shows.
    while socket.send("{}").is_ok() {}
    shard.socket = Some(socket);
    for order in ["first", "second", "third"] {
        shard.carry_out(Action::SendEvent(order.into()), &mut Collected::default()).unwrap();
    }
    assert!(matches!(shard.pending.pop_front(), Some(Next::Input(Input::Closed { .. }))));
    let Some(Next::Input(Input::Unsent(orders))) = shard.pending.pop_front() else {
        panic!("nothing was given back")
    };
    assert_eq!(orders, ["first", "second", "third"]);
    assert!(shard.pending.is_empty());
}

#[test]
fn a_permit_is_used_or_given_back_and_never_both() {
    let ends = [
        (None, (0, 1)),
        (Some(Action::Close(4000)), (0, 1)),
        (Some(Action::Identify("{}".into())), (1, 0)),
        (Some(Action::Stop(Ended::Requested)), (0, 1)),
    ];
    for (end, permits) in ends {
        let door = Door::new(somebody(|websocket| while websocket.read().is_ok() {}), open);
        let mut shard = shard(door.clone());
        let connect = Action::Open(Target::Identify { was_ready: false });
        for action in [Some(connect), end].into_iter().flatten() {
            shard.carry_out(action, &mut Collected::default()).unwrap();
        }
        drop(shard);
        assert_eq!(*door.permits.lock().unwrap(), permits);
    }
}

#[test]
fn a_permit_for_a_socket_that_could_not_be_opened_is_given_back() {
    let door = Door::new(nobody(), open);
    let mut shard = shard(door.clone());
    let action = Action::Open(Target::Identify { was_ready: false });
    shard.carry_out(action, &mut Collected::default()).unwrap();
    assert_eq!(*door.permits.lock().unwrap(), (0, 1));
}

#[test]
fn a_permit_is_none_of_a_resumes_concern() {
    let door = Door::new(nobody(), open);
    let mut shard = shard(door.clone());
    shard.carry_out(Action::Open(Target::Resume(None)), &mut Collected::default()).unwrap();
    drop(shard);
    assert_eq!(*door.permits.lock().unwrap(), (0, 0));
}
