use std::time::{Duration, Instant};

use tungstenite::{Error, Message};

use crate::peer::{self, LONG, Peer};

fn code(message: &Message) -> Option<u16> {
    match message {
        Message::Close(Some(frame)) => Some(frame.code.into()),
        _ => None,
    }
}

#[test]
fn the_peer_receives_the_code_and_its_close_frame_ends_the_wait() {
    let peer = Peer::websocket(|mut websocket| {
        let message = websocket.read().unwrap();
        assert!(matches!(websocket.flush(), Err(Error::ConnectionClosed)));
        // The connection stays open, so the close frame ends the wait.
        peer::drain(websocket.get_mut());
        message
    });
    let socket = peer.open();
    let start = Instant::now();
    socket.close(4000, 2 * LONG);
    assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
    assert_eq!(code(&peer.result()), Some(4000));
}

#[test]
fn closing_waits_for_a_silent_peer_no_longer_than_requested() {
    for linger in [Duration::ZERO, Duration::from_millis(200)] {
        let peer = Peer::websocket(|mut websocket| peer::drain(websocket.get_mut()));
        let socket = peer.open();
        let start = Instant::now();
        socket.close(1000, linger);
        assert!(start.elapsed() >= linger);
        assert!(start.elapsed() < linger + LONG, "it took {:?}", start.elapsed());
        peer.result();
    }
}

#[test]
fn closing_stops_reading_from_a_peer_that_keeps_sending() {
    let peer = Peer::websocket(|mut websocket| while websocket.send("more".into()).is_ok() {});
    let socket = peer.open();
    let start = Instant::now();
    socket.close(1000, Duration::from_millis(200));
    assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
    peer.result();
}

#[test]
fn a_dropped_socket_is_closed_without_a_frame() {
    let peer = Peer::websocket(|mut websocket| websocket.read());
    drop(peer.open());
    let e = peer.result().unwrap_err();
    assert!(matches!(e, Error::Protocol(_) | Error::Io(_)), "{e}");
}
