use std::io::Write;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use syncord::gateway::socket::{Received, Socket, SocketConfig};
use tungstenite::Message;

use crate::peer::{self, BINARY, CLOSE, FIRST_OF_TEXT, LAST, LONG, MIDDLE, PING, PONG, Peer, TEXT};

fn open_with_limit(peer: &Peer<()>, max_message_bytes: usize) -> Socket {
    let mut config = SocketConfig::default();
    config.max_message_bytes = max_message_bytes;
    Socket::open(&peer.url(), &config).unwrap()
}

#[track_caller]
fn assert_lost(socket: &mut Socket, reason: &str) {
    for _ in 0..2 {
        let received = peer::read(socket);
        assert_eq!(received, Received::Lost(reason.into()));
    }
    socket.send("too late").unwrap_err();
}

#[test]
fn a_read_from_a_silent_peer_ends_at_the_deadline() {
    let peer = peer::writes([]);
    let mut socket = peer.open();
    let before = socket.bytes_read();
    let start = Instant::now();
    assert_eq!(socket.read(start + Duration::from_millis(150)), Received::NoFrame);
    assert!(start.elapsed() >= Duration::from_millis(150));
    assert_eq!(socket.bytes_read(), before);
}

#[test]
fn a_message_is_returned_as_soon_as_it_is_complete() {
    let peer = peer::writes(peer::frame(TEXT, b"at once"));
    let mut socket = peer.open();
    let start = Instant::now();
    assert_eq!(socket.read(start + 2 * LONG), peer::text("at once"));
    assert!(start.elapsed() < LONG);
}

#[test]
fn a_message_that_has_arrived_is_read_with_no_time_left() {
    let (sent, was_sent) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let peer = Peer::websocket(move |mut websocket| {
        wait.recv_timeout(LONG).unwrap();
        websocket.get_mut().write_all(&peer::frame(TEXT, b"waiting")).unwrap();
        sent.send(()).unwrap();
        peer::drain(websocket.get_mut());
    });
    let mut socket = peer.open();
    // A message that arrives together with the handshake would be in memory.
    go.send(()).unwrap();
    was_sent.recv_timeout(LONG).unwrap();
    assert_eq!(socket.read_buffered(), Received::NoFrame, "it is not in memory yet");
    assert_eq!(socket.read(Instant::now()), peer::text("waiting"));
}

#[test]
fn messages_that_arrived_together_are_read_without_system_calls() {
    let peer = peer::writes([&b"one"[..], b"two", b"three"].map(|t| peer::frame(TEXT, t)).concat());
    let mut socket = peer.open();
    assert_eq!(peer::read(&mut socket), peer::text("one"));
    assert_eq!(socket.read_buffered(), peer::text("two"));
    assert_eq!(socket.read_buffered(), peer::text("three"));
    assert_eq!(socket.read_buffered(), Received::NoFrame);
}

#[test]
fn a_part_of_a_message_is_counted_and_kept() {
    let (go, wait) = mpsc::channel::<()>();
    let peer = Peer::websocket(move |mut websocket| {
        let frame = peer::frame(TEXT, &[b'x'; 1000]);
        let (head, tail) = frame.split_at(600);
        wait.recv_timeout(LONG).unwrap();
        websocket.get_mut().write_all(head).unwrap();
        wait.recv_timeout(LONG).unwrap();
        websocket.get_mut().write_all(tail).unwrap();
        peer::drain(websocket.get_mut());
    });
    let mut socket = peer.open();
    let before = socket.bytes_read();
    go.send(()).unwrap();
    let deadline = Instant::now() + LONG;
    while socket.bytes_read() < before + 600 && Instant::now() < deadline {
        assert_eq!(socket.read(Instant::now() + Duration::from_millis(50)), Received::NoFrame);
    }
    assert_eq!(socket.bytes_read(), before + 600);
    assert_eq!(socket.read_buffered(), Received::NoFrame);
    go.send(()).unwrap();
    assert_eq!(peer::read(&mut socket), peer::text(&"x".repeat(1000)));
    assert_eq!(socket.bytes_read(), before + 1004);
}

#[test]
fn shrinking_loses_no_part_of_a_message_and_no_pong() {
    let (go, wait) = mpsc::channel::<()>();
    let big = "x".repeat(100_000);
    let frame = peer::frame(TEXT, big.as_bytes());
    let peer = Peer::websocket(move |mut websocket| {
        let (head, tail) = frame.split_at(70_000);
        for part in
            [&[&frame, head].concat()[..], tail, &peer::frame(PING, b"ping"), &peer::frame(TEXT, b"end")]
        {
            wait.recv_timeout(LONG).unwrap();
            websocket.get_mut().write_all(part).unwrap();
        }
        websocket.read().unwrap()
    });
    let mut socket = peer.open();
    let frame = 100_010;
    let start = socket.bytes_read();
    // Waits until this many bytes were received, shrinks the socket, and lets the peer continue.
    let shrunk_at = |mut socket: Socket, bytes: u64| {
        let deadline = Instant::now() + LONG;
        while socket.bytes_read() < start + bytes && Instant::now() < deadline {
            assert_eq!(socket.read(Instant::now() + Duration::from_millis(50)), Received::NoFrame);
        }
        let socket = socket.shrink();
        go.send(()).unwrap();
        socket
    };
    socket = shrunk_at(socket, 0);
    assert_eq!(peer::read(&mut socket), peer::text(&big));
    socket = shrunk_at(socket, frame + 70_000);
    assert_eq!(peer::read(&mut socket), peer::text(&big));
    socket = shrunk_at(socket, 2 * frame);
    socket = shrunk_at(socket, 2 * frame + 6);
    assert_eq!(peer::read(&mut socket), peer::text("end"));
    assert_eq!(peer.result(), Message::Pong("ping".into()));
}

#[test]
fn a_ping_is_answered_during_reads() {
    let peer = Peer::websocket(|mut websocket| {
        websocket.send(Message::Ping("are you there".into())).unwrap();
        let pong = websocket.read().unwrap();
        websocket.send(Message::text("thanks")).unwrap();
        pong
    });
    let mut socket = peer.open();
    assert_eq!(peer::read(&mut socket), peer::text("thanks"));
    assert_eq!(peer.result(), Message::Pong("are you there".into()));
}

#[test]
fn a_ping_after_a_message_is_answered_by_the_next_read() {
    let peer = Peer::websocket(|mut websocket| {
        let bytes = [peer::frame(TEXT, b"first"), peer::frame(PING, b"?")].concat();
        websocket.get_mut().write_all(&bytes).unwrap();
        websocket.read().unwrap()
    });
    let mut socket = peer.open();
    assert_eq!(peer::read(&mut socket), peer::text("first"));
    assert_eq!(socket.read_buffered(), Received::NoFrame);
    peer::read(&mut socket);
    assert_eq!(peer.result(), Message::Pong("?".into()));
}

#[test]
fn a_message_that_is_not_text_is_reported_and_the_next_one_is_read() {
    let bytes = [peer::frame(BINARY, b"1"), peer::frame(TEXT, b"\xff"), peer::frame(TEXT, b"fine")].concat();
    let mut socket = peer::writes(bytes).open();
    assert_eq!(peer::read(&mut socket), Received::InvalidFrame("a binary message"));
    assert_eq!(peer::read(&mut socket), Received::InvalidFrame("text that is not UTF-8"));
    assert_eq!(peer::read(&mut socket), peer::text("fine"));
}

#[test]
fn a_message_of_63_mebibytes_is_accepted() {
    let big = vec![b'x'; 63 << 20];
    let peer = peer::writes(peer::frame(TEXT, &big));
    let mut socket = peer.open();
    let Received::Text(text) = peer::read(&mut socket) else { panic!("no text was received") };
    assert!(text.as_bytes() == big);
}

#[test]
fn a_message_at_the_limit_is_accepted_and_one_byte_more_is_refused() {
    let peer = peer::writes([peer::frame(TEXT, &[b'x'; 1000]), peer::header(TEXT, 1001)].concat());
    let mut socket = open_with_limit(&peer, 1000);
    assert_eq!(peer::read(&mut socket), peer::text(&"x".repeat(1000)));
    assert_lost(&mut socket, "a message of 1001 bytes is over the limit of 1000 bytes");
}

#[test]
fn a_message_that_is_too_big_is_refused_by_its_header() {
    for length in [(64 << 20) + 1, 1 << 40, (1 << 63) - 1, 1 << 63, u64::MAX] {
        for opcode in [TEXT, BINARY, FIRST_OF_TEXT, CLOSE, PING] {
            let peer = peer::writes(peer::header(opcode, length));
            let problem = format!("a message of {length} bytes is over the limit of 67108864 bytes");
            assert_lost(&mut peer.open(), &problem);
        }
    }
}

#[test]
fn fragments_are_one_message_whatever_comes_between_them() {
    let text = "é🌊".as_bytes();
    for cut in 0..=text.len() {
        let (first, rest) = text.split_at(cut);
        let bytes = [
            peer::frame(FIRST_OF_TEXT, first),
            peer::frame(PING, b"1"),
            peer::frame(MIDDLE, b""),
            peer::frame(PONG, b"2"),
            peer::frame(LAST, rest),
        ];
        assert_eq!(peer::read(&mut peer::writes(bytes.concat()).open()), peer::text("é🌊"), "{cut}");
    }
}

#[test]
fn fragments_in_the_wrong_order_are_reported_as_lost() {
    let orders = [
        vec![peer::frame(LAST, b"x")],
        vec![peer::frame(MIDDLE, b"x")],
        vec![peer::frame(FIRST_OF_TEXT, b"x"), peer::frame(TEXT, b"y")],
        vec![peer::frame(FIRST_OF_TEXT, b"x"), peer::frame(FIRST_OF_TEXT, b"y")],
        // A control frame in parts.
        vec![peer::frame(PING & 0x7f, b"x")],
    ];
    for bytes in orders {
        let mut socket = peer::writes(bytes.concat()).open();
        let received = peer::read(&mut socket);
        assert!(matches!(&received, Received::Lost(why) if why.contains("violated")), "{received:?}");
    }
}

#[test]
fn the_limit_applies_to_all_frames_of_a_message_together() {
    let part = [b'x'; 400];
    let bytes =
        [peer::frame(FIRST_OF_TEXT, &part), peer::frame(MIDDLE, &part), peer::frame(MIDDLE, &part)].concat();
    let peer = peer::writes(bytes);
    let mut socket = open_with_limit(&peer, 1000);
    assert_lost(&mut socket, "a message of 1200 bytes is over the limit of 1000 bytes");
}

#[test]
fn a_close_frame_is_reported_with_code_and_reason() {
    let peer = peer::writes(peer::frame(CLOSE, b"\x0f\xa4Authentication failed."));
    let closed = Received::Closed { code: Some(4004), reason: "Authentication failed.".into() };
    assert_eq!(peer::read(&mut peer.open()), closed);
}

#[test]
fn a_close_frame_may_be_empty() {
    let mut socket = peer::writes(peer::frame(CLOSE, b"")).open();
    assert_eq!(peer::read(&mut socket), Received::Closed { code: None, reason: String::new() });
    socket.send("too late").unwrap_err();
}

#[test]
fn the_end_of_the_stream_without_a_close_frame_is_reported_as_lost() {
    let mut socket = Peer::websocket(drop).open();
    assert_lost(&mut socket, "the peer closed the connection without a close frame");
}

#[test]
fn an_invalid_frame_is_reported_as_lost() {
    let mut socket = peer::writes([0x83, 0]).open();
    assert_lost(&mut socket, "the peer violated the websocket protocol: Encountered invalid opcode: 3");
}
