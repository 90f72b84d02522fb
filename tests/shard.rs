//! A shard over real sockets, with no bot around it.

#![allow(clippy::unwrap_used)]

use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};
use syncord::gateway::ShardId;
use syncord::gateway::session::{Backpressure, Dispatch, Notice, Now, State, Stop};
use syncord::gateway::shard::{Admission, Health, IdentifyQueue, Shard, ShardConfig, ShardSender, Sink};
use syncord::{Error, Intents, Token};
use tungstenite::{Message, WebSocket};

/// What no test reaches unless something hangs.
const LONG: Duration = Duration::from_secs(30);
/// No heartbeat comes within a test.
const NO_BEATS: u64 = 3_600_000;

/// Discord's side, played by hand.
struct Peer {
    listener: TcpListener,
    url: String,
}

/// One of its connections.
struct Link(WebSocket<TcpStream>);

impl Peer {
    fn new() -> Peer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        Peer { listener, url }
    }

    /// The next connection, which is told hello.
    fn accept(&self, heartbeat_interval: u64) -> Link {
        let tcp = self.listener.accept().unwrap().0;
        tcp.set_read_timeout(Some(LONG)).unwrap();
        let mut link = Link(tungstenite::accept(tcp).unwrap());
        link.send(&json!({"op": 10, "d": {"heartbeat_interval": heartbeat_interval}}));
        link
    }

    /// A connection on which a shard has logged in.
    fn log_in(&self, heartbeat_interval: u64) -> Link {
        let mut link = self.accept(heartbeat_interval);
        link.expect(2);
        let data = json!({"session_id": "the session", "resume_gateway_url": self.url});
        link.send(&json!({"op": 0, "t": "READY", "s": 1, "d": data}));
        link
    }
}

impl Link {
    fn send(&mut self, frame: &Value) {
        self.0.send(frame.to_string().into()).unwrap();
    }

    fn event(&mut self, name: &str, seq: u64) {
        self.send(&json!({"op": 0, "t": name, "s": seq, "d": {}}));
    }

    /// The data of the next frame, of which there may be heartbeats before.
    #[track_caller]
    fn expect(&mut self, op: u64) -> Value {
        loop {
            let Message::Text(text) = self.0.read().unwrap() else { panic!("no text") };
            let frame: Value = serde_json::from_str(&text).unwrap();
            if frame["op"] == op {
                return frame["d"].clone();
            }
            assert_eq!(frame["op"], 1, "{frame}");
        }
    }
}

/// Lets everybody in at one address.
struct Door(String);

impl IdentifyQueue for Door {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admission {
        Admission::Connect(self.0.clone())
    }

    fn identify(&self, shard: ShardId, _: bool, now: Now) -> Admission {
        self.address(shard, None, now)
    }

    fn identified(&self, _: ShardId, _: Now) {}

    fn release(&self, _: ShardId, _: Now) {}
}

/// Whether there is room, as the user of a shard has it.
#[derive(Default)]
struct Room {
    full: Mutex<bool>,
    changed: Condvar,
}

impl Room {
    fn let_go(&self) {
        *self.full.lock().unwrap() = false;
        self.changed.notify_all();
    }
}

/// A user who has no room from the event `FULL` on.
struct User {
    room: Arc<Room>,
    told: Sender<String>,
}

impl Sink for User {
    fn event(&mut self, event: &Dispatch<'_>) {
        if event.name == "FULL" {
            *self.room.full.lock().unwrap() = true;
        }
        let _ = self.told.send(event.name.to_string());
    }

    fn notice(&mut self, notice: Notice) {
        let told = match notice {
            Notice::Connected { resumed } => format!("connected, resumed: {resumed}"),
            Notice::Disconnected(end) => format!("disconnected {:?}", end.code),
            Notice::Gap(_) => "gap".to_owned(),
            _ => return,
        };
        let _ = self.told.send(told);
    }

    fn flush(&mut self) -> Backpressure {
        if *self.room.full.lock().unwrap() { Backpressure::On } else { Backpressure::Off }
    }

    fn wait_for_room(&mut self, timeout: Duration) {
        let full = self.room.full.lock().unwrap();
        drop(self.room.changed.wait_timeout_while(full, timeout, |full| *full));
    }
}

/// A shard at work.
struct Running {
    thread: JoinHandle<Result<(), Error>>,
    sender: ShardSender,
    health: Arc<Health>,
    room: Arc<Room>,
    told: mpsc::Receiver<String>,
}

impl Running {
    fn towards(peer: &Peer) -> Running {
        let config = ShardConfig::new(Token::new("a.b.c").unwrap(), Intents::empty());
        let mut shard = Shard::new(config, Arc::new(Door(peer.url.clone())));
        let (sender, health, room) = (shard.sender(), shard.health(), Arc::new(Room::default()));
        let (tell, told) = mpsc::channel();
        let mut user = User { room: room.clone(), told: tell };
        Running { thread: thread::spawn(move || shard.run(&mut user)), sender, health, room, told }
    }

    #[track_caller]
    fn tells(&self, expected: &[&str]) {
        for expected in expected {
            assert_eq!(self.told.recv_timeout(LONG).unwrap(), *expected);
        }
    }

    fn stop(self, stop: Stop) {
        self.sender.stop(stop);
        self.thread.join().unwrap().unwrap();
    }
}

/// Until a shard has no room any more.
fn held(peer: &Peer, heartbeat_interval: u64) -> (Link, Running) {
    let shard = Running::towards(peer);
    let mut link = peer.log_in(heartbeat_interval);
    link.event("FULL", 2);
    shard.tells(&["connected, resumed: false", "READY", "FULL"]);
    (link, shard)
}

#[test]
fn a_link_that_is_lost_while_held_is_resumed_and_beats_before_there_is_room() {
    let peer = Peer::new();
    let (link, shard) = held(&peer, 100);
    drop(link);
    let mut link = peer.accept(100);
    assert_eq!(link.expect(6)["seq"], 2);
    link.expect(1);
    link.expect(1);
    // Only the end of the old connection is known by now.
    shard.tells(&["disconnected None"]);
    link.event("MISSED", 3);
    link.event("RESUMED", 4);
    let health = shard.health.clone();
    assert_eq!(health.state(), State::Connecting);
    assert!(health.is_reading_paused() && health.last_received().is_some());
    assert_eq!((health.identifies(), health.resumes(), health.disconnects()), (1, 0, 1));
    shard.room.let_go();
    shard.tells(&["MISSED", "connected, resumed: true", "RESUMED"]);
    assert_eq!((health.identifies(), health.resumes(), health.disconnects()), (1, 1, 1));
    shard.stop(Stop::EndSession);
}

#[test]
fn the_end_of_a_held_link_shows_before_the_next_heartbeat_when_nothing_lies_unread() {
    let peer = Peer::new();
    let (link, shard) = held(&peer, NO_BEATS);
    drop(link);
    peer.accept(NO_BEATS).expect(6);
    shard.stop(Stop::EndSession);
}

#[test]
fn a_shard_that_is_to_keep_its_session_closes_without_ending_it() {
    for (stop, code) in [(Stop::KeepSession, 4000), (Stop::EndSession, 1000)] {
        let peer = Peer::new();
        let shard = Running::towards(&peer);
        let mut link = peer.log_in(NO_BEATS);
        shard.tells(&["connected, resumed: false", "READY"]);
        shard.sender.stop(stop);
        let close = link.0.read().unwrap();
        assert!(matches!(&close, Message::Close(Some(frame)) if u16::from(frame.code) == code), "{close:?}");
        drop(link);
        shard.stop(stop);
    }
}
