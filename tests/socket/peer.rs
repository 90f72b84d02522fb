//! Fake peers, and helpers for the client's side.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use syncord::gateway::socket::{Received, Socket, SocketConfig};
use tungstenite::WebSocket;

/// A timeout that is reached only when something hangs.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// A thread that serves one connection.
pub(crate) struct Peer<T> {
    pub(crate) port: u16,
    thread: JoinHandle<T>,
}

impl<T: Send + 'static> Peer<T> {
    pub(crate) fn raw(serve: impl FnOnce(TcpStream) -> T + Send + 'static) -> Peer<T> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = thread::spawn(move || {
            let (tcp, _) = listener.accept().unwrap();
            tcp.set_read_timeout(Some(LONG)).unwrap();
            tcp.set_write_timeout(Some(LONG)).unwrap();
            tcp.set_nodelay(true).unwrap();
            serve(tcp)
        });
        Peer { port, thread }
    }

    pub(crate) fn websocket(serve: impl FnOnce(WebSocket<TcpStream>) -> T + Send + 'static) -> Peer<T> {
        Peer::raw(|tcp| serve(tungstenite::accept(tcp).unwrap()))
    }

    pub(crate) fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/", self.port)
    }

    pub(crate) fn open(&self) -> Socket {
        Socket::open(&self.url(), &SocketConfig::default()).unwrap()
    }

    /// Waits for the peer's thread and returns its result.
    pub(crate) fn result(self) -> T {
        self.thread.join().unwrap()
    }
}

/// Starts a peer that writes these bytes after the handshake and stays until the client closes the connection.
pub(crate) fn writes(bytes: impl Into<Vec<u8>>) -> Peer<()> {
    let bytes = bytes.into();
    Peer::websocket(move |mut websocket| {
        websocket.get_mut().write_all(&bytes).unwrap();
        drain(websocket.get_mut());
    })
}

/// Reads and discards data until the other side closes the connection.
pub(crate) fn drain(stream: &mut impl Read) {
    let mut buffer = [0; 4096];
    while matches!(stream.read(&mut buffer), Ok(n) if n > 0) {}
}

/// Reads the client's request up to the blank line.
pub(crate) fn read_request(stream: &mut impl Read) -> String {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        request.push(byte[0]);
    }
    String::from_utf8(request).unwrap()
}

/// A complete frame, as a server sends it.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = header(first, payload.len() as u64);
    frame.extend_from_slice(payload);
    frame
}

pub(crate) fn header(first: u8, length: u64) -> Vec<u8> {
    let mut header = vec![first];
    match length {
        0..126 => header.push(length as u8),
        126..0x1_0000 => {
            header.push(126);
            header.extend_from_slice(&(length as u16).to_be_bytes());
        }
        _ => {
            header.push(127);
            header.extend_from_slice(&length.to_be_bytes());
        }
    }
    header
}

pub(crate) const TEXT: u8 = 0x81;
pub(crate) const BINARY: u8 = 0x82;
pub(crate) const CLOSE: u8 = 0x88;
pub(crate) const PING: u8 = 0x89;
pub(crate) const FIRST_OF_TEXT: u8 = 0x01;
pub(crate) const MIDDLE: u8 = 0x00;
pub(crate) const LAST: u8 = 0x80;
pub(crate) const PONG: u8 = 0x8a;

/// Reads until a frame arrives or the connection ends.
pub(crate) fn read(socket: &mut Socket) -> Received {
    let deadline = Instant::now() + LONG;
    while Instant::now() < deadline {
        match socket.read(Instant::now() + Duration::from_millis(100)) {
            Received::NoFrame => {}
            received => return received,
        }
    }
    Received::NoFrame
}

pub(crate) fn text(text: &str) -> Received {
    Received::Text(text.into())
}
