use std::env;
#[cfg(target_os = "linux")]
use std::io::Read;
use std::io::Write;
use std::net::TcpListener;
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};
#[cfg(target_os = "linux")]
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use syncord::Token;
use syncord::gateway::socket::{OpenError, Socket, SocketConfig, Stage};
use syncord::rest::Client;
use tungstenite::handshake::derive_accept_key;

#[cfg(target_os = "linux")]
use crate::kill_on_drop::KillOnDrop;
use crate::peer::{self, LONG, Peer, TEXT};

fn short_timeouts() -> SocketConfig {
    let mut config = SocketConfig::default();
    config.handshake_timeout = Duration::from_millis(300);
    config
}

fn failure(peer: &Peer<()>) -> OpenError {
    let start = Instant::now();
    let e = Socket::open(&peer.url(), &short_timeouts()).unwrap_err();
    assert!(start.elapsed() < LONG, "it took {:?}", start.elapsed());
    assert!(!e.is_permanent());
    e
}

#[test]
fn plaintext_to_another_machine_is_refused_before_anything_is_sent() {
    let e = Socket::open("ws://gateway.invalid/", &SocketConfig::default()).unwrap_err();
    assert_eq!(e.stage, Stage::Address);
    assert!(e.is_permanent());
}

#[test]
fn a_refused_connection_is_reported() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let e = Socket::open(&format!("ws://127.0.0.1:{port}"), &SocketConfig::default()).unwrap_err();
    assert_eq!(e.stage, Stage::Connect);
    assert!(e.to_string().starts_with(&format!("could not connect to 127.0.0.1:{port}: ")), "{e}");
    assert!(!e.is_permanent());
}

#[test]
fn all_addresses_of_a_name_are_tried() {
    // The peer listens only on 127.0.0.1, and the first address of `localhost` may be ::1.
    let peer = peer::writes(peer::frame(TEXT, b"here"));
    let url = format!("ws://localhost:{}/", peer.port);
    let mut socket = Socket::open(&url, &SocketConfig::default()).unwrap();
    assert_eq!(peer::read(&mut socket), peer::text("here"));
}

#[test]
fn the_request_has_a_path_even_when_the_address_has_only_a_query() {
    let peer = Peer::raw(|mut tcp| peer::read_request(&mut tcp));
    let url = format!("ws://127.0.0.1:{}?v=10&encoding=json", peer.port);
    Socket::open(&url, &SocketConfig::default()).unwrap_err();
    let request = peer.result();
    assert!(request.starts_with("GET /?v=10&encoding=json HTTP/1.1\r\n"), "{request}");
}

#[test]
fn the_request_has_the_user_agent_of_rest() {
    let agent = |request: String| {
        let header = |line: &str| line.to_ascii_lowercase().strip_prefix("user-agent: ").map(str::to_owned);
        request.lines().find_map(header).unwrap_or_else(|| panic!("no user agent: {request}"))
    };
    let gateway = Peer::raw(|mut tcp| peer::read_request(&mut tcp));
    Socket::open(&gateway.url(), &SocketConfig::default()).unwrap_err();
    let rest = Peer::raw(|mut tcp| {
        let request = peer::read_request(&mut tcp);
        tcp.write_all(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n").unwrap();
        request
    });
    let api = format!("http://127.0.0.1:{}/api/v10", rest.port);
    let client = Client::builder(Token::new("a.b.c").unwrap()).api_url(api).build().unwrap();
    client.current_user().unwrap_err();
    let agent_of_gateway = agent(gateway.result());
    assert!(agent_of_gateway.starts_with("discordbot (https://"), "{agent_of_gateway}");
    assert_eq!(agent_of_gateway, agent(rest.result()));
}

#[test]
fn a_frame_that_arrives_together_with_the_handshake_is_not_lost() {
    let peer = Peer::raw(|mut tcp| {
        let request = peer::read_request(&mut tcp);
        let key = request.lines().find_map(|l| l.strip_prefix("Sec-WebSocket-Key: ")).unwrap();
        let mut response = format!(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {}\r\n\r\n",
            derive_accept_key(key.as_bytes())
        )
        .into_bytes();
        response.extend(peer::frame(TEXT, b"hello"));
        tcp.write_all(&response).unwrap();
        peer::drain(&mut tcp);
    });
    let mut socket = peer.open();
    assert_eq!(socket.read_buffered(), peer::text("hello"));
}

#[test]
fn an_http_status_instead_of_a_websocket_is_reported() {
    let peer = Peer::raw(|mut tcp| {
        peer::read_request(&mut tcp);
        tcp.write_all(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 17\r\n\r\nupstream\r\nis down")
            .unwrap();
        peer::drain(&mut tcp);
    });
    let e = failure(&peer);
    assert_eq!(e.stage, Stage::Handshake);
    assert_eq!(
        e.to_string(),
        format!(
            "could not open a websocket at 127.0.0.1:{}: \
             the server responded with HTTP 503 Service Unavailable: upstream is down",
            peer.port
        )
    );
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let location = format!("ws://{}/", elsewhere.local_addr().unwrap());
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let response = format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        let peer = Peer::raw(move |mut tcp| {
            peer::read_request(&mut tcp);
            tcp.write_all(response.as_bytes()).unwrap();
        });
        let e = failure(&peer);
        assert!(e.to_string().ends_with(&format!("the server responded with HTTP {status}")), "{e}");
    }
    assert!(elsewhere.accept().is_err(), "nothing connects there");
}

#[test]
fn a_peer_that_closes_the_connection_in_the_handshake_is_reported() {
    let peer = Peer::raw(|mut tcp| {
        peer::read_request(&mut tcp);
    });
    let e = failure(&peer);
    assert_eq!(e.stage, Stage::Handshake);
    assert!(e.to_string().ends_with("the peer closed the connection without a response"), "{e}");
}

/// Runs only as a child process of the test below, because signals stop a whole process.
#[test]
fn child_that_opens_a_socket() {
    if let Ok(url) = env::var("SYNCORD_TEST_URL") {
        Socket::open(&url, &SocketConfig::default()).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_handshake_goes_on_after_signals() {
    let (sender, id) = mpsc::channel();
    let peer = Peer::raw(move |tcp| {
        // The client has sent its request, and reads. Its read fails with EINTR after each pair of signals.
        tcp.peek(&mut [0]).unwrap();
        let id: u32 = id.recv().unwrap();
        for signal in ["-STOP", "-CONT"].repeat(20) {
            assert!(Command::new("kill").args([signal, &id.to_string()]).status().unwrap().success());
        }
        drop(tungstenite::accept(tcp).unwrap());
    });
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "open::child_that_opens_a_socket", "--nocapture"]);
    let child = child.env("SYNCORD_TEST_URL", peer.url()).stderr(Stdio::piped()).spawn().unwrap();
    let mut child = KillOnDrop(child);
    sender.send(child.0.id()).unwrap();
    // First, because a child that the peer has stopped would never end.
    peer.result();
    let mut problem = String::new();
    child.0.stderr.take().unwrap().read_to_string(&mut problem).unwrap();
    assert!(child.0.wait().unwrap().success(), "{problem}");
}

#[test]
fn a_peer_that_stalls_in_the_handshake_times_out() {
    let e = failure(&Peer::raw(|mut tcp| peer::drain(&mut tcp)));
    assert_eq!(e.stage, Stage::Handshake);
    assert!(e.to_string().ends_with("no response in time"), "{e}");
}

#[test]
fn a_peer_that_sends_its_response_too_slowly_times_out() {
    let peer = Peer::raw(|mut tcp| {
        peer::read_request(&mut tcp);
        let response = format!("HTTP/1.1 101 Switching Protocols\r\nX: {}", "x".repeat(500));
        for byte in response.bytes() {
            thread::sleep(Duration::from_millis(20));
            if tcp.write_all(&[byte]).is_err() {
                return;
            }
        }
    });
    let e = failure(&peer);
    assert_eq!(e.stage, Stage::Handshake);
    assert!(e.to_string().ends_with("no response in time"), "{e}");
}

#[test]
fn timeouts_of_any_length_are_possible() {
    let mut config = SocketConfig::default();
    config.connect_timeout = Duration::MAX;
    config.handshake_timeout = Duration::MAX;
    config.write_timeout = Duration::MAX;
    let peer = peer::writes(peer::frame(TEXT, b"here"));
    let mut socket = Socket::open(&peer.url(), &config).unwrap();
    assert_eq!(peer::read(&mut socket), peer::text("here"));
    socket.send("there").unwrap();
}
