#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use ureq::config::Config;
use ureq::unversioned::transport::{NextTimeout, Transport};

use super::{TcpTransport, connect};

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(20);

fn timeout(after: Duration) -> NextTimeout {
    NextTimeout { after: after.into(), ..NextTimeout::default() }
}

/// Both ends of a connection.
fn connection() -> (TcpTransport, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let near = connect(&[listener.local_addr().unwrap()], LONG).unwrap();
    (TcpTransport::new(near, &Config::default()), listener.accept().unwrap().0)
}

/// An address that refuses connections.
fn refusing() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[test]
fn the_next_address_is_tried_where_one_refuses() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    assert_eq!(connect(&[refusing(), address], LONG).unwrap().peer_addr().unwrap(), address);
    assert!(connect(&[refusing(), refusing()], LONG).is_err());
    assert!(connect(&[], LONG).is_err());
}

#[test]
fn bytes_go_both_ways() {
    let (mut near, mut far) = connection();
    near.buffers().output()[..4].copy_from_slice(b"ping");
    near.transmit_output(4, timeout(LONG)).unwrap();
    let mut received = [0; 4];
    far.read_exact(&mut received).unwrap();
    assert_eq!(&received, b"ping");
    far.write_all(b"pong").unwrap();
    while near.buffers().input().len() < 4 {
        assert!(near.await_input(timeout(LONG)).unwrap());
    }
    assert_eq!(near.buffers().input(), b"pong");
    drop(far);
    assert!(!near.await_input(timeout(LONG)).unwrap(), "the end of the connection");
}

#[test]
fn a_read_ends_at_its_timeout() {
    let (mut near, _far) = connection();
    let error = near.await_input(timeout(SHORT)).unwrap_err();
    assert!(matches!(error, ureq::Error::Timeout(ureq::Timeout::Global)), "{error}");
    let idle = NextTimeout { per_read: Some(SHORT.into()), ..timeout(LONG) };
    let error = near.await_input(idle).unwrap_err();
    assert!(matches!(error, ureq::Error::Timeout(ureq::Timeout::PerRead)), "{error}");
}

#[test]
fn a_write_ends_at_its_timeout_if_the_other_side_takes_nothing() {
    let (mut near, _far) = connection();
    let idle = NextTimeout { per_write: Some(SHORT.into()), ..timeout(LONG) };
    let amount = near.buffers().output().len();
    let error = loop {
        if let Err(error) = near.transmit_output(amount, idle) {
            break error;
        }
    };
    assert!(matches!(error, ureq::Error::Timeout(ureq::Timeout::PerWrite)), "{error}");
}

/// Whether the connection counts as closed soon.
fn closes(near: &mut TcpTransport) -> bool {
    (0..10_000).any(|_| {
        std::thread::sleep(Duration::from_millis(1));
        !near.is_open()
    })
}

#[test]
fn an_idle_connection_is_open_until_something_arrives() {
    let (mut near, mut far) = connection();
    assert!(near.is_open());
    far.write_all(b"x").unwrap();
    assert!(closes(&mut near));
    let (mut near, far) = connection();
    assert!(near.is_open());
    drop(far);
    assert!(closes(&mut near));
}

#[test]
fn a_shutdown_from_another_thread_ends_a_read() {
    let (mut near, _far) = connection();
    let connection = near.connection();
    let reader = std::thread::spawn(move || near.await_input(timeout(LONG)));
    std::thread::sleep(SHORT);
    connection.upgrade().unwrap().shutdown();
    let ended = reader.join().unwrap();
    assert!(matches!(ended, Ok(false) | Err(ureq::Error::Io(_))), "{ended:?}");
}
