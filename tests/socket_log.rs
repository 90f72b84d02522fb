//! Sent payloads contain the token: no log record of any crate may show it.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use log::{LevelFilter, Log, Metadata, Record};
use native_tls::{Identity, TlsAcceptor};
use syncord::Tls;
use syncord::gateway::socket::{Received, Socket, SocketConfig};
use tungstenite::handshake::derive_accept_key;

struct Collector(Mutex<Vec<String>>);

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

static RECORDS: Collector = Collector(Mutex::new(Vec::new()));

const TOKEN: &str = "MTA.secret-token.XyZ";

/// Responds to the handshake and returns the text of the first message. It does not use tungstenite, which would log
/// what it receives.
fn serve(mut stream: impl Read + Write) -> String {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let key = request.lines().find_map(|l| l.strip_prefix("Sec-WebSocket-Key: ")).unwrap();
    let accept = derive_accept_key(key.as_bytes());
    let response = format!(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
    );
    // The ping is sent before the text, so that the client sends its pong together with its text.
    stream.write_all(response.as_bytes()).unwrap();
    stream.write_all(b"\x89\x04ping\x81\x02ok").unwrap();
    loop {
        let mut head = [0; 6];
        stream.read_exact(&mut head).unwrap();
        let mut payload = vec![0; usize::from(head[1] & 0x7f)];
        stream.read_exact(&mut payload).unwrap();
        for (byte, mask) in payload.iter_mut().zip(head[2..].iter().cycle()) {
            *byte ^= mask;
        }
        if head[0] == 0x81 {
            return String::from_utf8(payload).unwrap();
        }
    }
}

fn file(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/tls/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn send_to_peer(tls: bool) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let peer = thread::spawn(move || {
        let (tcp, _) = listener.accept().unwrap();
        tcp.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        if tls {
            let identity = Identity::from_pkcs8(&file("localhost.pem"), &file("localhost.key")).unwrap();
            serve(TlsAcceptor::new(identity).unwrap().accept(tcp).unwrap())
        } else {
            serve(tcp)
        }
    });
    let mut config = SocketConfig::default();
    config.tls = Tls::new().with_root(&file("ca.pem")).unwrap();
    let scheme = if tls { "wss" } else { "ws" };
    let mut socket = Socket::open(&format!("{scheme}://localhost:{port}/"), &config).unwrap();
    let received = socket.read(Instant::now() + Duration::from_secs(20));
    assert_eq!(received, Received::Text("ok".into()));
    let text = format!(r#"{{"op":2,"d":{{"token":"{TOKEN}"}}}}"#);
    socket.send(&text).unwrap();
    assert_eq!(peer.join().unwrap(), text);
    socket.close(4000, Duration::ZERO);
}

#[test]
fn no_record_shows_what_was_sent() {
    log::set_logger(&RECORDS).unwrap();
    log::set_max_level(LevelFilter::Trace);
    for tls in [false, true] {
        send_to_peer(tls);
    }
    let records = RECORDS.0.lock().unwrap();
    let shows = |text: &str| records.iter().any(|r| r.contains(text));
    assert!(shows("Sec-WebSocket-Key"), "the collector sees nothing: {records:#?}");
    assert!(shows("Sending frame"), "no pong and no close frame went through tungstenite: {records:#?}");

    let bytes = TOKEN.as_bytes();
    let lower: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let list = format!("{bytes:?}");
    let list = list.trim_matches(['[', ']']);
    for form in [TOKEN, &lower, &lower.to_uppercase(), list] {
        let shown: Vec<_> = records.iter().filter(|r| r.contains(form)).collect();
        assert!(shown.is_empty(), "{shown:#?}");
    }
}
