#![allow(clippy::unwrap_used)]

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Connections, HttpServer, Limits, is_of_client, respond};
use crate::bot::context::Shared;
use crate::bot::http::HttpReceiver;

/// A client's end of a connection, and the server's.
fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (client, listener.accept().unwrap().0)
}

/// What a bot that has not logged in responds to a request.
fn response_to(request: &str) -> String {
    let (mut client, server) = connection();
    client.write_all(request.as_bytes()).unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    respond(&server, &HttpReceiver::new(&Shared::new()), LONG).unwrap();
    drop(server);
    let mut response = String::new();
    client.read_to_string(&mut response).unwrap();
    response
}

#[test]
fn a_response_has_a_length_and_a_body() {
    let expected = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nConnection: close\r\n\
                    Content-Length: 23\r\n\r\nThe bot is not running.";
    assert_eq!(response_to("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"), expected);
    // The target of a request to a proxy, which a server has to accept too.
    assert_eq!(response_to("POST http://bot.example/ HTTP/1.1\r\n\r\n"), expected);
}

#[test]
fn another_method_is_told_the_right_one() {
    let got = response_to("GET / HTTP/1.1\r\n\r\n");
    assert!(got.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"), "{got}");
    assert!(got.contains("\r\nAllow: POST\r\n"), "{got}");
    let (head, body) = got.split_once("\r\n\r\n").unwrap();
    assert!(head.ends_with(&format!("\r\nContent-Length: {}", body.len())), "{got}");
    // The response to HEAD is the one to GET without its body.
    assert_eq!(response_to("HEAD / HTTP/1.1\r\n\r\n"), format!("{head}\r\n\r\n"));
}

#[test]
fn what_is_wrong_with_a_request_has_a_status() {
    for (request, status) in [
        ("garbage\r\n\r\n".to_owned(), "400 Bad Request"),
        ("POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n".to_owned(), "413 Content Too Large"),
        (format!("POST / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(101)), "431 Request Header Fields Too Large"),
    ] {
        let got = response_to(&request);
        assert!(got.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{got}");
    }
}

#[test]
fn a_connection_beyond_the_limit_is_closed_and_counted() {
    let shared = Shared::new();
    let (limits, open) = (Limits { connections: 2, ..Limits::default() }, Arc::new(AtomicUsize::new(2)));
    let connections = Connections { receiver: HttpReceiver::new(&shared), limits, open: Arc::clone(&open) };
    let (mut client, server) = connection();
    connections.serve(server).unwrap();
    assert_eq!(client.read_to_end(&mut Vec::new()).unwrap(), 0);
    assert_eq!((shared.http.unavailable.get(), open.load(Ordering::Acquire)), (1, 2));
}

#[test]
fn only_trouble_of_the_system_delays_the_next_connection() {
    assert!(is_of_client(&ErrorKind::ConnectionAborted.into()));
    // EMFILE: too many open files.
    assert!(!is_of_client(&io::Error::from_raw_os_error(24)));
}

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
    let mut response = String::new();
    connect(&server).read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{response}");
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
