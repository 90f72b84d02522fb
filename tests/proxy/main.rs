//! REST and the gateway through an HTTP proxy on loopback, with and without TLS.

#![allow(clippy::unwrap_used)]

mod environment;

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use native_tls::{Identity, TlsAcceptor};
use syncord::gateway::socket::{Received, Socket, SocketConfig, Stage};
use syncord::sim::Discord;
use syncord::{Proxy, Tls};

/// A proxy that asks for credentials and opens tunnels.
struct TestProxy {
    port: u16,
    /// The addresses of the tunnels.
    tunnels: Arc<Mutex<Vec<String>>>,
}

/// `ann:p@ss`, encoded.
const CREDENTIALS: &str = "Proxy-Authorization: Basic YW5uOnBAc3M=";

impl TestProxy {
    fn start() -> TestProxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let tunnels = Arc::new(Mutex::new(Vec::new()));
        let opened = tunnels.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                let opened = opened.clone();
                thread::spawn(move || drop(serve(client.unwrap(), &opened)));
            }
        });
        TestProxy { port, tunnels }
    }

    fn proxy(&self, credentials: &str) -> Proxy {
        Proxy::new(&format!("http://{credentials}127.0.0.1:{}", self.port)).unwrap()
    }

    fn tunnels(&self) -> Vec<String> {
        self.tunnels.lock().unwrap().clone()
    }
}

/// Reads a CONNECT request and carries bytes in both directions.
fn serve(mut client: TcpStream, opened: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let address = head.strip_prefix("CONNECT ").unwrap().split(' ').next().unwrap().to_owned();
    if !head.lines().any(|line| line.eq_ignore_ascii_case(CREDENTIALS)) {
        return client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    }
    opened.lock().unwrap().push(address.clone());
    // A host that does not exist ends the tunnel.
    let server = TcpStream::connect(address)?;
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut from_server, &mut to_client);
        let _ = to_client.shutdown(Shutdown::Both);
    });
    let mut server = server;
    let _ = io::copy(&mut client, &mut server);
    server.shutdown(Shutdown::Both)
}

#[test]
fn a_bot_uses_the_proxy_for_rest_and_for_the_gateway() {
    let (discord, proxy) = (Discord::start().unwrap(), TestProxy::start());
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.proxy(Some(proxy.proxy("ann:p%40ss@")));
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, "through the tunnel")?;
        }
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "hello");
        assert_eq!(general.next_message()?.content, "through the tunnel");
        Ok(())
    })
    .unwrap();
    let address = discord.gateway_url().replace("ws://", "");
    let tunnels = proxy.tunnels();
    // One for REST and one for the gateway.
    assert!(tunnels.len() >= 2 && tunnels.iter().all(|tunnel| *tunnel == address), "{tunnels:?}");
}

#[test]
fn a_proxy_that_refuses_is_an_error_that_names_it_and_shows_no_password() {
    let (discord, proxy) = (Discord::start().unwrap(), TestProxy::start());
    let mut config = SocketConfig::default();
    config.proxy(Some(proxy.proxy("ann:wrong@")));
    let error = Socket::open(&discord.gateway_url(), &config).unwrap_err();
    assert_eq!(error.stage, Stage::Proxy);
    let text = error.to_string();
    assert!(text.contains(&format!("127.0.0.1:{}", proxy.port)) && text.contains("407"), "{text}");
    assert!(!text.contains("wrong"), "{text}");

    let token = syncord::Token::new(&discord.token()).unwrap();
    let client = syncord::rest::Client::builder(token).api_url(discord.api_url());
    let client =
        client.proxy(Some(proxy.proxy("ann:wrong@"))).deadline(Duration::from_secs(2)).build().unwrap();
    let text = client.current_user().unwrap_err().to_string();
    assert!(text.contains("407") && !text.contains("wrong"), "{text}");
    assert!(proxy.tunnels().is_empty());
}

#[test]
fn tls_goes_through_the_tunnel_and_the_certificate_is_that_of_the_gateway() {
    let file =
        |name: &str| std::fs::read(format!("{}/tests/tls/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let identity = Identity::from_pkcs8(&file("localhost.pem"), &file("localhost.key")).unwrap();
    let acceptor = TlsAcceptor::new(identity).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let gateway = thread::spawn(move || {
        let tls = acceptor.accept(listener.accept().unwrap().0).unwrap();
        let mut websocket = tungstenite::accept(tls).unwrap();
        websocket.send("hello".into()).unwrap();
        websocket.read()
    });
    let proxy = TestProxy::start();
    let mut config = SocketConfig::default();
    config.tls = Tls::new().with_root(&file("ca.pem")).unwrap();
    config.proxy(Some(proxy.proxy("ann:p%40ss@")));
    let mut socket = Socket::open(&format!("wss://localhost:{port}/"), &config).unwrap();
    let received = socket.read(std::time::Instant::now() + Duration::from_secs(20));
    assert_eq!(received, Received::Text("hello".into()));
    socket.close(1000, Duration::from_secs(20));
    assert!(gateway.join().unwrap().unwrap().is_close());
    assert_eq!(proxy.tunnels(), [format!("localhost:{port}")]);
}
