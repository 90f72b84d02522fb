#![allow(clippy::unwrap_used)]

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use super::{HttpServer, Limits};
use crate::bot::context::Shared;
use crate::bot::http::HttpReceiver;

/// Only a failing test waits this long.
const LONG: Duration = Duration::from_secs(20);

fn server(limits: Limits) -> HttpServer {
    HttpServer::start("127.0.0.1:0", HttpReceiver::new(&Shared::new()), limits).unwrap()
}

fn connect(server: &HttpServer) -> TcpStream {
    let socket = TcpStream::connect(server.address).unwrap();
    socket.set_read_timeout(Some(LONG)).unwrap();
    socket
}

#[test]
fn a_client_that_sends_nothing_is_disconnected() {
    let server = server(Limits { request: Duration::from_millis(100), ..Limits::default() });
    assert_eq!(connect(&server).read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_client_that_sends_a_byte_from_time_to_time_is_disconnected() {
    let server = server(Limits { request: Duration::from_millis(100), ..Limits::default() });
    let mut socket = connect(&server);
    let begun = Instant::now();
    while socket.write_all(b"x").is_ok() {
        assert!(begun.elapsed() < LONG, "the client is still connected");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn connections_beyond_the_limit_are_closed_until_others_end() {
    let server = server(Limits { request: 2 * LONG, connections: 2 });
    let open = [connect(&server), connect(&server)];
    assert_eq!(connect(&server).read(&mut [0]).unwrap(), 0);
    drop(open);
    // The server may notice it a moment later.
    let begun = Instant::now();
    while !is_answered(&mut connect(&server)).unwrap_or(false) {
        assert!(begun.elapsed() < LONG, "no place is free");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Whether a request gets a response.
fn is_answered(socket: &mut TcpStream) -> io::Result<bool> {
    socket.write_all(b"GET / HTTP/1.1\r\n\r\n")?;
    let mut status = [0; 12];
    socket.read_exact(&mut status)?;
    Ok(&status == b"HTTP/1.1 405")
}
