//! A shard over real sockets, without a bot.

#![allow(clippy::unwrap_used)]

use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncord::gateway::ShardId;
use syncord::gateway::send_event::SendEvent;
use syncord::gateway::session::{Backpressure, DisconnectCause, Dispatch, Notice, Now, State, Stop};
use syncord::gateway::shard::{
    Admission, IdentifyQueue, Shard, ShardConfig, ShardMonitor, ShardSender, Sink,
};
use syncord::{Error, Intents, Token};
use tungstenite::{Message, WebSocket};

/// A timeout that is reached only when something hangs.
const LONG: Duration = Duration::from_secs(30);
/// With this interval no heartbeat is sent during a test.
const NO_HEARTBEATS: u64 = 3_600_000;

/// A fake gateway.
struct Peer {
    listener: TcpListener,
    url: String,
}

/// A connection of the fake gateway.
struct Connection(WebSocket<TcpStream>);

impl Peer {
    fn new() -> Peer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        Peer { listener, url }
    }

    /// Accepts the next connection and sends Hello.
    fn accept(&self, heartbeat_interval: u64) -> Connection {
        let tcp = self.listener.accept().unwrap().0;
        tcp.set_read_timeout(Some(LONG)).unwrap();
        let mut connection = Connection(tungstenite::accept(tcp).unwrap());
        connection.send(&json!({"op": 10, "d": {"heartbeat_interval": heartbeat_interval}}));
        connection
    }

    /// Accepts the next connection, receives the identify and sends READY.
    fn log_in(&self, heartbeat_interval: u64) -> Connection {
        let mut connection = self.accept(heartbeat_interval);
        connection.expect(2);
        let data = json!({"session_id": "the session", "resume_gateway_url": self.url});
        connection.send(&json!({"op": 0, "t": "READY", "s": 1, "d": data}));
        connection
    }
}

impl Connection {
    fn send(&mut self, frame: &Value) {
        self.0.send(frame.to_string().into()).unwrap();
    }

    fn event(&mut self, name: &str, seq: u64) {
        self.send(&json!({"op": 0, "t": name, "s": seq, "d": {}}));
    }

    /// Reads a frame with this opcode and returns its data. Skips heartbeats.
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

/// A queue that lets every shard connect to one address.
struct FakeQueue(String);

impl IdentifyQueue for FakeQueue {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admission {
        Admission::Connect(self.0.clone())
    }

    fn identify(&self, shard: ShardId, _: bool, now: Now) -> Admission {
        self.address(shard, None, now)
    }

    fn identified(&self, _: ShardId, _: Now) {}

    fn release(&self, _: ShardId, _: Now) {}
}

/// Whether the sink has room.
#[derive(Default)]
struct Room {
    full: Mutex<bool>,
    changed: Condvar,
}

impl Room {
    fn free(&self) {
        *self.full.lock().unwrap() = false;
        self.changed.notify_all();
    }
}

/// A sink that has no room from the event `FULL` on, and records what it receives.
struct RecordingSink {
    room: Arc<Room>,
    received: Sender<String>,
}

impl Sink for RecordingSink {
    fn event(&mut self, event: &Dispatch<'_>) {
        if event.name == "FULL" {
            *self.room.full.lock().unwrap() = true;
        }
        let _ = self.received.send(event.name.to_string());
    }

    fn notice(&mut self, notice: Notice) {
        let text = match notice {
            Notice::Connected { resumed } => format!("connected, resumed: {resumed}"),
            Notice::Disconnected(end) => format!("disconnected {:?}", end.code),
            Notice::Gap(_) => "gap".to_owned(),
            _ => return,
        };
        let _ = self.received.send(text);
    }

    fn flush(&mut self) -> Backpressure {
        if *self.room.full.lock().unwrap() { Backpressure::On } else { Backpressure::Off }
    }

    fn wait_for_room(&mut self, timeout: Duration) {
        let full = self.room.full.lock().unwrap();
        drop(self.room.changed.wait_timeout_while(full, timeout, |full| *full));
    }
}

/// A running shard.
struct Running {
    thread: JoinHandle<Result<(), Error>>,
    sender: ShardSender,
    monitor: ShardMonitor,
    room: Arc<Room>,
    received: mpsc::Receiver<String>,
}

impl Running {
    fn connected_to(peer: &Peer) -> Running {
        let config = ShardConfig::new(Token::new("a.b.c").unwrap(), Intents::empty());
        let mut shard = Shard::new(config, Arc::new(FakeQueue(peer.url.clone())));
        let (sender, monitor, room) = (shard.sender(), shard.monitor(), Arc::new(Room::default()));
        let (recorded, received) = mpsc::channel();
        let mut sink = RecordingSink { room: room.clone(), received: recorded };
        Running { thread: thread::spawn(move || shard.run(&mut sink)), sender, monitor, room, received }
    }

    #[track_caller]
    fn expect(&self, expected: &[&str]) {
        for expected in expected {
            assert_eq!(self.received.recv_timeout(LONG).unwrap(), *expected);
        }
    }

    fn stop(self, stop: Stop) {
        self.sender.stop(stop);
        self.thread.join().unwrap().unwrap();
    }
}

/// Starts a shard whose sink has no room.
fn under_backpressure(peer: &Peer, heartbeat_interval: u64) -> (Connection, Running) {
    let shard = Running::connected_to(peer);
    let mut connection = peer.log_in(heartbeat_interval);
    connection.event("FULL", 2);
    shard.expect(&["connected, resumed: false", "READY", "FULL"]);
    (connection, shard)
}

#[test]
fn a_connection_lost_under_backpressure_is_resumed_and_sends_heartbeats() {
    let peer = Peer::new();
    let (connection, shard) = under_backpressure(&peer, 100);
    drop(connection);
    let mut connection = peer.accept(100);
    assert_eq!(connection.expect(6)["seq"], 2);
    connection.expect(1);
    connection.expect(1);
    // So far only the end of the old connection was reported.
    shard.expect(&["disconnected None"]);
    connection.event("MISSED", 3);
    connection.event("RESUMED", 4);
    let health = shard.monitor.health();
    assert_eq!(health.state, State::Connecting);
    assert!(health.is_reading_paused && health.last_frame.is_some() && !health.is_silent);
    assert_eq!((health.identifies, health.new_sessions, health.resumed_sessions), (1, 1, 0));
    assert_eq!(health.disconnects, [(DisconnectCause::ConnectionLost, 1)]);
    shard.room.free();
    shard.expect(&["MISSED", "connected, resumed: true", "RESUMED"]);
    let health = shard.monitor.health();
    assert_eq!((health.identifies, health.new_sessions, health.resumed_sessions), (1, 1, 1));
    assert_eq!(health.disconnects, [(DisconnectCause::ConnectionLost, 1)]);
    shard.stop(Stop::EndSession);
}

#[test]
fn under_backpressure_the_end_of_a_connection_is_noticed_when_there_is_no_unread_data() {
    let peer = Peer::new();
    let (connection, shard) = under_backpressure(&peer, NO_HEARTBEATS);
    drop(connection);
    peer.accept(NO_HEARTBEATS).expect(6);
    shard.stop(Stop::EndSession);
}

#[test]
fn the_way_to_stop_decides_the_close_code() {
    for (stop, code) in [(Stop::KeepSession, 4000), (Stop::EndSession, 1000)] {
        let peer = Peer::new();
        let shard = Running::connected_to(&peer);
        let mut connection = peer.log_in(NO_HEARTBEATS);
        shard.expect(&["connected, resumed: false", "READY"]);
        shard.sender.stop(stop);
        let close = connection.0.read().unwrap();
        assert!(matches!(&close, Message::Close(Some(frame)) if u16::from(frame.code) == code), "{close:?}");
        drop(connection);
        shard.stop(stop);
    }
}

#[test]
fn a_request_wakes_a_shard_whose_connection_is_quiet() {
    let peer = Peer::new();
    let shard = Running::connected_to(&peer);
    let mut connection = peer.log_in(NO_HEARTBEATS);
    shard.expect(&["connected, resumed: false", "READY"]);
    // A shard that is not woken looks for requests every five seconds.
    let begin = Instant::now();
    for guild in 1..=40 {
        let guilds = json!({"guild_ids": [guild.to_string()]});
        shard.sender.send(SendEvent::raw(31, &guilds).unwrap()).unwrap();
        assert_eq!(connection.expect(31), guilds);
    }
    assert!(begin.elapsed() < LONG, "{:?}", begin.elapsed());
    shard.stop(Stop::EndSession);
}
