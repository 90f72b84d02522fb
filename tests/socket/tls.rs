use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use native_tls::{Identity, TlsAcceptor, TlsStream};
use syncord::Tls;
use syncord::gateway::socket::{OpenError, Received, Socket, SocketConfig, Stage};
use tungstenite::Message;

use crate::peer::{self, LONG, Peer};

fn file(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/tls/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A peer with this certificate. Its result is `None` when the client does not accept it.
fn peer<T: Send + 'static>(
    certificate: &str,
    serve: impl FnOnce(TlsStream<TcpStream>) -> T + Send + 'static,
) -> Peer<Option<T>> {
    let identity =
        Identity::from_pkcs8(&file(&format!("{certificate}.pem")), &file(&format!("{certificate}.key")))
            .unwrap();
    let acceptor = TlsAcceptor::new(identity).unwrap();
    Peer::raw(move |tcp| acceptor.accept(tcp).ok().map(serve))
}

fn trusting() -> SocketConfig {
    let mut config = SocketConfig::default();
    config.tls = Tls::new().with_root(&file("ca.pem")).unwrap();
    config
}

fn open<T>(host: &str, peer: &Peer<T>, config: &SocketConfig) -> Result<Socket, OpenError>
where
    T: Send + 'static,
{
    Socket::open(&format!("wss://{host}:{}/", peer.port), config)
}

/// Checks that a peer whose certificate is not accepted receives no byte of the request.
fn assert_refused(certificate: &str, config: &SocketConfig) {
    let peer = peer(certificate, |mut tls| {
        let mut byte = [0];
        std::io::Read::read(&mut tls, &mut byte).unwrap_or(0)
    });
    let e = open("localhost", &peer, config).unwrap_err();
    assert_eq!(e.stage, Stage::Tls, "{e}");
    assert!(e.to_string().contains("certificate"), "{e}");
    assert!(!e.is_permanent());
    assert_eq!(peer.result().unwrap_or(0), 0);
}

#[test]
fn an_added_root_is_trusted_for_a_name_and_for_an_address() {
    for host in ["localhost", "127.0.0.1"] {
        let peer = peer("localhost", |tls| {
            let mut websocket = tungstenite::accept(tls).unwrap();
            let message = websocket.read().unwrap();
            websocket.send(message).unwrap();
            websocket.read()
        });
        let mut socket = open(host, &peer, &trusting()).unwrap();
        socket.send("over TLS").unwrap();
        assert_eq!(peer::read(&mut socket), peer::text("over TLS"));
        assert!(socket.bytes_read() > 0);
        socket.close(4000, LONG);
        let close = peer.result().unwrap().unwrap();
        assert!(matches!(close, Message::Close(Some(frame)) if u16::from(frame.code) == 4000));
    }
}

#[test]
fn messages_bigger_than_a_record_and_many_in_one_record_are_complete() {
    let big = "x".repeat(100_000);
    let sent = big.clone();
    let peer = peer("localhost", move |tls| {
        let mut websocket = tungstenite::accept(tls).unwrap();
        websocket.send(sent.into()).unwrap();
        for n in 0..1000 {
            websocket.write(n.to_string().into()).unwrap();
        }
        websocket.flush().unwrap();
        peer::drain(websocket.get_mut());
    });
    let mut socket = open("localhost", &peer, &trusting()).unwrap();
    assert_eq!(peer::read(&mut socket), peer::text(&big));
    for n in 0..1000 {
        assert_eq!(peer::read(&mut socket), peer::text(&n.to_string()));
    }
    assert_eq!(socket.read_buffered(), Received::NoFrame);
}

#[test]
fn an_unknown_authority_is_refused() {
    assert_refused("localhost", &SocketConfig::default());
    assert_refused("untrusted", &SocketConfig::default());
    assert_refused("untrusted", &trusting());
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    assert_refused("elsewhere", &trusting());
}

#[test]
fn an_expired_certificate_is_refused_even_if_it_is_trusted() {
    let trusting = |name: &str| {
        let mut config = SocketConfig::default();
        config.tls = Tls::new().with_root(&file(name)).unwrap();
        config
    };
    // A self-signed certificate that is valid is accepted when it is added.
    let peer = peer("untrusted", |tls| drop(tungstenite::accept(tls)));
    assert!(open("localhost", &peer, &trusting("untrusted.pem")).is_ok());
    assert_refused("expired", &trusting("expired.pem"));
}

/// The beginning of a server's TLS handshake: it chooses this version and these ciphers.
fn server_hello(version: [u8; 2], cipher: [u8; 2]) -> Vec<u8> {
    // OpenSSL insists on this extension.
    let renegotiation_info = [0, 5, 0xff, 1, 0, 1, 0];
    let body = [&version[..], &[7; 32], &[0], &cipher, &[0], &renegotiation_info].concat();
    let message = [&[2, 0, 0, body.len() as u8][..], &body].concat();
    [&[22][..], &version, &[0, message.len() as u8], &message].concat()
}

/// Opens a socket to a peer that answers the client's hello with these bytes. Returns the problem, and whether the client
/// sent an alert.
fn answered_with(hello: Vec<u8>) -> (String, bool) {
    let peer = Peer::raw(move |mut tcp| {
        let mut buffer = [0; 4096];
        assert!(tcp.read(&mut buffer).unwrap() > 0);
        tcp.write_all(&hello).unwrap();
        let length = tcp.read(&mut buffer).unwrap_or(0);
        length > 0 && buffer[0] == 21
    });
    let mut config = trusting();
    config.handshake_timeout = Duration::from_millis(300);
    let e = open("localhost", &peer, &config).unwrap_err();
    assert_eq!(e.stage, Stage::Tls, "{e}");
    (e.to_string(), peer.result())
}

#[test]
fn old_versions_and_ciphers_without_a_certificate_are_refused() {
    const TLS_1_2: [u8; 2] = [3, 3];
    // The client goes on with what is safe: ECDHE with RSA and AES-GCM.
    let (problem, alert) = answered_with(server_hello(TLS_1_2, [0xc0, 0x2f]));
    assert!(problem.ends_with("no response in time") && !alert, "{problem}");
    for version in [[3, 0], [3, 1], [3, 2]] {
        let (problem, alert) = answered_with(server_hello(version, [0xc0, 0x13]));
        assert!(alert, "{version:?}: {problem}");
    }
    // Anonymous Diffie-Hellman, RC4, and no encryption at all.
    for cipher in [[0, 0x34], [0, 0xa6], [0xc0, 0x18], [0, 5], [0, 0x3b], [0, 0]] {
        let (problem, alert) = answered_with(server_hello(TLS_1_2, cipher));
        assert!(alert, "{cipher:?}: {problem}");
    }
}

fn assert_times_out(serve: impl FnOnce(TcpStream) + Send + 'static) {
    let mut config = trusting();
    config.handshake_timeout = Duration::from_millis(300);
    let peer = Peer::raw(serve);
    let start = Instant::now();
    let e = open("localhost", &peer, &config).unwrap_err();
    assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
    assert_eq!(e.stage, Stage::Tls, "{e}");
    assert!(e.to_string().ends_with("no response in time"), "{e}");
}

#[test]
fn a_peer_that_stalls_in_the_tls_handshake_times_out() {
    assert_times_out(|mut tcp| peer::drain(&mut tcp));
}

#[test]
fn a_peer_that_is_too_slow_in_the_tls_handshake_times_out() {
    assert_times_out(|mut tcp| {
        // A handshake record of 4 KiB, then a server hello of nearly as much.
        tcp.write_all(&[0x16, 3, 3, 0x10, 0, 2, 0, 0x0f, 0xf0]).unwrap();
        while tcp.write_all(&[0]).is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
}
