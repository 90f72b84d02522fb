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
fn the_peer_sees_the_code_and_its_answer_ends_the_wait() {
    let peer = Peer::websocket(|mut websocket| {
        let message = websocket.read().unwrap();
        assert!(matches!(websocket.flush(), Err(Error::ConnectionClosed)));
        // The connection stays open: what ends the wait is the answer.
        peer::stay(websocket.get_mut());
        message
    });
    let socket = peer.open();
    let start = Instant::now();
    socket.close(4000, 2 * LONG);
    assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
    assert_eq!(code(&peer.result()), Some(4000));
}

#[test]
fn a_peer_that_never_answers_is_waited_for_no_longer_than_asked() {
    for linger in [Duration::ZERO, Duration::from_millis(200)] {
        let peer = Peer::websocket(|mut websocket| peer::stay(websocket.get_mut()));
        let socket = peer.open();
        let start = Instant::now();
        socket.close(1000, linger);
        assert!(start.elapsed() >= linger);
        assert!(start.elapsed() < linger + LONG, "it took {:?}", start.elapsed());
        peer.result();
    }
}

#[test]
fn a_peer_that_talks_on_is_not_listened_to_for_ever() {
    let peer = Peer::websocket(|mut websocket| while websocket.send("and another thing".into()).is_ok() {});
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
