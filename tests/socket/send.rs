use std::io::{ErrorKind, Write};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use syncord::gateway::socket::{Received, Socket, SocketConfig};
use tungstenite::Message;

use crate::peer::{self, CLOSE, LONG, PING, Peer};

#[test]
fn texts_of_any_length_arrive_unchanged() {
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
fn sending_to_a_peer_that_stopped_reading_ends_with_the_write_timeout() {
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
        assert!(start.elapsed() < LONG, "the peer's buffers are never full");
    };
    assert_eq!(e.kind(), ErrorKind::TimedOut);
    assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
    assert_eq!(socket.send("more").unwrap_err().kind(), ErrorKind::NotConnected);
    assert_eq!(socket.read(Instant::now()), Received::NoFrame);
    let start = Instant::now();
    socket.close(4000, 2 * LONG);
    assert!(start.elapsed() < LONG, "it does not wait");
    drop(done);
}

#[test]
fn a_peer_that_pings_and_never_reads_does_not_delay_reads() {
    let peer = Peer::websocket(|mut websocket| {
        let pings = peer::frame(PING, &[b'?'; 125]).repeat(500);
        while websocket.get_mut().write_all(&pings).is_ok() {}
    });
    let mut config = SocketConfig::default();
    config.write_timeout = Duration::from_millis(100);
    let mut socket = Socket::open(&peer.url(), &config).unwrap();
    let start = Instant::now();
    // While sending works, the pongs have not filled the peer's buffers.
    while socket.send("x").is_ok() {
        assert!(start.elapsed() < LONG, "the peer's buffers are never full");
        for _ in 0..20 {
            let start = Instant::now();
            assert_eq!(socket.read(start + Duration::from_millis(20)), Received::NoFrame);
            assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
        }
    }
    let before = socket.bytes_read();
    assert_eq!(socket.read(Instant::now() + Duration::from_millis(20)), Received::NoFrame);
    assert!(socket.bytes_read() > before, "reading continues");
}

#[test]
fn a_close_frame_is_read_even_after_a_failed_write() {
    let (go, wait) = mpsc::channel::<()>();
    let peer = Peer::websocket(move |mut websocket| {
        wait.recv_timeout(LONG).unwrap();
        let bytes = [peer::frame(PING, b"?"), peer::frame(CLOSE, b"\x0f\xa4")].concat();
        websocket.get_mut().write_all(&bytes).unwrap();
        // The client's text was not read, so this resets the connection.
    });
    let mut socket = peer.open();
    socket.send("unread").unwrap();
    go.send(()).unwrap();
    peer.result();
    socket.send("too late").unwrap_err();
    let closed = Received::Closed { code: Some(4004), reason: String::new() };
    assert_eq!(peer::read(&mut socket), closed);
    assert!(matches!(peer::read(&mut socket), Received::Lost(_)));
}
