//! What a shard keeps in memory after a big message. The test has its own process, because it measures the memory of
//! the whole process.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use syncord::gateway::ShardId;
use syncord::gateway::session::Now;
use syncord::gateway::shard::{Admission, IdentifyQueue, Shard, ShardConfig, ShardEvent};
use syncord::{Intents, Token};
use tungstenite::WebSocket;

/// A timeout that is reached only when something hangs.
const LONG: Duration = Duration::from_secs(30);

const MIB: u64 = 1 << 20;

/// A queue that lets every shard connect to one address.
struct FakeQueue(String);

impl IdentifyQueue for FakeQueue {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admission {
        Admission::Connect(self.0.clone())
    }

    fn identify(&self, _: ShardId, _: bool, _: Now) -> Admission {
        Admission::Connect(self.0.clone())
    }

    fn identified(&self, _: ShardId, _: Now) {}

    fn release(&self, _: ShardId, _: Now) {}
}

/// The memory of this process: the present and the maximum.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let field = |name: &str| -> u64 {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    (field("VmRSS:") * 1024, field("VmHWM:") * 1024)
}

/// Sends a guild of this size in pieces, so that only the shard has all of it in memory.
fn send_guild(websocket: &mut WebSocket<TcpStream>, size: usize) {
    let (head, tail) = (r#"{"op":0,"s":2,"t":"GUILD_CREATE","d":{"name":""#, "\"}}");
    let tcp = websocket.get_mut();
    tcp.write_all(&[0x81, 127]).unwrap();
    tcp.write_all(&((head.len() + size + tail.len()) as u64).to_be_bytes()).unwrap();
    tcp.write_all(head.as_bytes()).unwrap();
    let piece = [b'x'; 4096];
    for _ in 0..size / piece.len() {
        tcp.write_all(&piece).unwrap();
    }
    tcp.write_all(tail.as_bytes()).unwrap();
}

#[test]
fn the_memory_of_a_big_guild_is_freed_while_the_connection_is_quiet() {
    let size = 48 * MIB as usize;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let (go, wait) = mpsc::channel();
    let peer = thread::spawn(move || {
        let mut websocket = tungstenite::accept(listener.accept().unwrap().0).unwrap();
        let mut send = |text: &str| websocket.send(text.into()).unwrap();
        send(r#"{"op":10,"d":{"heartbeat_interval":3600000}}"#);
        send(r#"{"op":0,"s":1,"t":"READY","d":{"session_id":"a","resume_gateway_url":"ws://127.0.0.1:1"}}"#);
        send_guild(&mut websocket, size);
        wait.recv_timeout(LONG).unwrap();
        websocket.send(r#"{"op":0,"s":3,"t":"LATER","d":{}}"#.into()).unwrap();
        let _ = websocket.read();
    });

    let before = memory().0;
    let config = ShardConfig::new(Token::new("a.b.c").unwrap(), Intents::empty());
    let mut shard = Shard::new(config, std::sync::Arc::new(FakeQueue(url)));
    let (sender, receiver) = mpsc::channel();
    let reader = thread::spawn(move || {
        for event in &mut shard {
            let ShardEvent::Dispatch { name, data, .. } = event.unwrap() else { continue };
            let is_last = name == "LATER";
            sender.send((name, data.len())).unwrap();
            if is_last {
                break;
            }
        }
    });
    let next = || receiver.recv_timeout(LONG).unwrap();
    assert_eq!(next().0, "READY");
    let (name, length) = next();
    assert_eq!((name.as_str(), length), ("GUILD_CREATE", size + r#"{"name":""}"#.len()));
    assert!(memory().1 > before + size as u64, "the whole guild was in memory");
    let deadline = Instant::now() + LONG;
    while memory().0 > before + 16 * MIB {
        assert!(Instant::now() < deadline, "{} MiB more than before", (memory().0 - before) / MIB);
        thread::sleep(Duration::from_millis(20));
    }
    go.send(()).unwrap();
    assert_eq!(next().0, "LATER");
    reader.join().unwrap();
    peer.join().unwrap();
}
