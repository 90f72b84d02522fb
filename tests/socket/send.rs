use std::io::ErrorKind;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use syncord::gateway::socket::{Received, Socket, SocketConfig};
use tungstenite::Message;

use crate::peer::{self, LONG, Peer};

#[test]
fn texts_of_every_length_arrive_unchanged() {
    let texts = [0, 1, 4, 125, 126, 4096, 0xffff, 0x1_0000].map(|n| "é".repeat(n / 2) + &"x".repeat(n % 2));
    let count = texts.len();
    let peer =
        Peer::websocket(move |mut websocket| Vec::from_iter((0..count).map(|_| websocket.read().unwrap())));
    let mut socket = peer.open();
    for text in &texts {
        socket.send(text).unwrap();
    }
    assert_eq!(peer.result(), texts.map(Message::text));
}

#[test]
fn a_peer_that_stops_reading_costs_the_write_timeout_and_no_more() {
    let (done, wait) = mpsc::channel::<()>();
    let peer = Peer::websocket(move |_websocket| {
        let _ = wait.recv_timeout(2 * LONG);
    });
    let mut config = SocketConfig::default();
    config.write_timeout = Duration::from_millis(300);
    let mut socket = Socket::open(&peer.url(), &config).unwrap();
    let text = "x".repeat(1 << 20);
    let start = Instant::now();
    let e = loop {
        if let Err(e) = socket.send(&text) {
            break e;
        }
        assert!(start.elapsed() < LONG, "the peer's buffers have no end");
    };
    assert_eq!(e.kind(), ErrorKind::TimedOut);
    assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
    assert_eq!(socket.send("more").unwrap_err().kind(), ErrorKind::NotConnected);
    assert!(matches!(peer::read(&mut socket), Received::Lost(_)));
    let start = Instant::now();
    socket.close(4000, 2 * LONG);
    assert!(start.elapsed() < LONG, "there is nothing to wait for");
    drop(done);
}
