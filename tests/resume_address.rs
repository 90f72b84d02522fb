//! A server that names an address to resume at: the token is never sent without TLS when the session was opened with TLS.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use log::{Level, LevelFilter, Log, Metadata, Record};
use native_tls::{Identity, TlsAcceptor, TlsStream};
use serde_json::{Value, json};
use syncord::gateway::ShardId;
use syncord::gateway::session::{KeptSession, Now, PreviousSession, Stop};
use syncord::gateway::shard::{Admission, IdentifyQueue, Shard, ShardConfig};
use syncord::{Intents, Tls, Token};
use tungstenite::{Message, WebSocket};

/// Only a failing test waits this long.
const LONG: Duration = Duration::from_secs(30);

struct Collector(Mutex<Vec<String>>);

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        if record.level() <= Level::Warn {
            self.0.lock().unwrap().push(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

static WARNINGS: Collector = Collector(Mutex::new(Vec::new()));

/// Connects to one main address, and to the resume addresses that reach it.
struct Queue(String);

impl IdentifyQueue for Queue {
    fn address(&self, _: ShardId, resume: Option<&str>, _: Now) -> Admission {
        Admission::Connect(resume.unwrap_or(&self.0).to_owned())
    }

    fn identify(&self, _: ShardId, _: bool, _: Now) -> Admission {
        Admission::Connect(self.0.clone())
    }

    fn identified(&self, _: ShardId, _: Now) {}

    fn release(&self, _: ShardId, _: Now) {}
}

fn file(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/tls/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

type Connection = WebSocket<TlsStream<TcpStream>>;

/// A gateway with TLS.
struct Gateway {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Gateway {
    fn new() -> Gateway {
        let identity = Identity::from_pkcs8(&file("localhost.pem"), &file("localhost.key")).unwrap();
        Gateway {
            listener: TcpListener::bind("127.0.0.1:0").unwrap(),
            acceptor: TlsAcceptor::new(identity).unwrap(),
        }
    }

    fn url(&self) -> String {
        format!("wss://127.0.0.1:{}", self.listener.local_addr().unwrap().port())
    }

    fn accept_tcp(&self) -> TcpStream {
        self.listener.set_nonblocking(true).unwrap();
        let start = Instant::now();
        loop {
            match self.listener.accept() {
                Ok((tcp, _)) => {
                    tcp.set_nonblocking(false).unwrap();
                    return tcp;
                }
                Err(e) if e.kind() == ErrorKind::WouldBlock && start.elapsed() < LONG => {
                    thread::sleep(Duration::from_millis(10));
                }
                Err(e) => panic!("the shard does not connect: {e}"),
            }
        }
    }

    /// Accepts a connection, sends Hello, and returns the opcode of the response.
    fn accept(&self) -> (Connection, u64) {
        let tcp = self.accept_tcp();
        tcp.set_read_timeout(Some(LONG)).unwrap();
        let mut connection = tungstenite::accept(self.acceptor.accept(tcp).unwrap()).unwrap();
        send(&mut connection, &json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": 300_000}}));
        loop {
            if let Message::Text(text) = connection.read().unwrap() {
                let frame: Value = serde_json::from_str(&text).unwrap();
                if frame["op"] != 1 {
                    return (connection, frame["op"].as_u64().unwrap());
                }
            }
        }
    }
}

fn send(connection: &mut Connection, frame: &Value) {
    connection.send(Message::text(frame.to_string())).unwrap();
}

fn config() -> ShardConfig {
    let mut config = ShardConfig::new(Token::new("a.b.c").unwrap(), Intents::empty());
    config.socket.tls = Tls::new().with_root(&file("ca.pem")).unwrap();
    config
}

/// Resumes the session of an earlier process, which has left this address. It must be resumed at the main address.
fn resumed_after_a_restart(named: &str) {
    let main = Gateway::new();
    let mut kept = KeptSession::new("x", 1, SystemTime::now());
    kept.resume_url = Some(named.to_owned());
    let mut config = config();
    config.previous = Some(PreviousSession::Kept(kept));
    let mut shard = Shard::new(config, Arc::new(Queue(main.url())));
    let sender = shard.sender();
    let running = thread::spawn(move || (&mut shard).for_each(drop));
    let (mut connection, op) = main.accept();
    assert_eq!(op, 6, "{named}");
    send(&mut connection, &json!({"op": 0, "s": 2, "t": "RESUMED", "d": {}}));
    sender.stop(Stop::EndSession);
    while connection.read().is_ok() {}
    running.join().unwrap();
}

/// Opens a session whose READY names this address, and loses its connection twice. Both times the session must be resumed at
/// `resumed_at`.
fn resumed_at(main: &Gateway, named: &str, resumed_at: &Gateway) {
    let mut shard = Shard::new(config(), Arc::new(Queue(main.url())));
    let sender = shard.sender();
    let running = thread::spawn(move || (&mut shard).for_each(drop));
    let (mut connection, op) = main.accept();
    assert_eq!(op, 2);
    let data = json!({"session_id": "x", "resume_gateway_url": named});
    send(&mut connection, &json!({"op": 0, "s": 1, "t": "READY", "d": data}));
    for seq in [2, 3] {
        drop(connection);
        let (resumed, op) = resumed_at.accept();
        assert_eq!(op, 6, "{named}");
        connection = resumed;
        send(&mut connection, &json!({"op": 0, "s": seq, "t": "RESUMED", "d": {}}));
    }
    sender.stop(Stop::EndSession);
    while connection.read().is_ok() {}
    running.join().unwrap();
}

#[test]
fn a_session_with_tls_is_not_resumed_without_it() {
    log::set_logger(&WARNINGS).unwrap();
    log::set_max_level(LevelFilter::Warn);
    // A program that listens here would receive the token.
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    plain.set_nonblocking(true).unwrap();
    let port = plain.local_addr().unwrap().port();
    let refused = [
        format!("ws://127.0.0.1:{port}"),
        format!("WS://127.0.0.1:{port}/?v=10"),
        format!("ws://localhost:{port}"),
        format!("http://127.0.0.1:{port}"),
        format!("wss://user:password@127.0.0.1:{port}"),
        "wss://127.0.0.1:99999".to_owned(),
        String::from("\u{0}"),
        "127.0.0.1".to_owned(),
    ];
    thread::scope(|scope| {
        for named in &refused {
            scope.spawn(move || {
                let main = Gateway::new();
                resumed_at(&main, named, &main);
            });
        }
        scope.spawn(|| resumed_after_a_restart(&refused[0]));
        // Another host and port are usual.
        scope.spawn(|| {
            let (main, other) = (Gateway::new(), Gateway::new());
            resumed_at(&main, &other.url(), &other);
        });
    });
    assert_eq!(plain.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "nothing was sent in clear");
    let warnings = WARNINGS.0.lock().unwrap();
    let about: Vec<_> = warnings.iter().filter(|warning| warning.contains("resuming at the main")).collect();
    assert_eq!(about.len(), refused.len() + 1, "each address is reported once: {warnings:#?}");
    assert!(!warnings.iter().any(|warning| warning.contains("password")), "{warnings:#?}");
}
