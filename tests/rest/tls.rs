//! Which servers the client trusts over https.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use native_tls::{Identity, TlsAcceptor};
use syncord::Tls;
use syncord::rest::{Client, InteractionResponse, Timeouts};
use syncord::{Error, Token};

use crate::server::TOKEN;

const CA: &[u8] = include_bytes!("../tls/ca.pem");
const LOCALHOST: (&[u8], &[u8]) =
    (include_bytes!("../tls/localhost.pem"), include_bytes!("../tls/localhost.key"));
const ELSEWHERE: (&[u8], &[u8]) =
    (include_bytes!("../tls/elsewhere.pem"), include_bytes!("../tls/elsewhere.key"));
const STRANGER: (&[u8], &[u8]) =
    (include_bytes!("../tls/untrusted.pem"), include_bytes!("../tls/untrusted.key"));

/// Starts a server with this certificate and one response for all requests. Returns its port.
fn server(certificate: (&'static [u8], &'static [u8])) -> u16 {
    counting(certificate, 0).0
}

/// The same. Also returns the number of connections, of which the first few are closed at once.
fn counting((certificate, key): (&[u8], &[u8]), cut: usize) -> (u16, Arc<AtomicUsize>) {
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    let acceptor = TlsAcceptor::new(Identity::from_pkcs8(certificate, key).unwrap()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            if count.fetch_add(1, Ordering::SeqCst) < cut {
                continue;
            }
            // A client that does not trust it breaks the handshake off.
            let Ok(mut stream) = acceptor.accept(stream.unwrap()) else { continue };
            let mut request = [0; 4096];
            while stream.read(&mut request).is_ok_and(|length| length > 0) {
                let body = r#"{"id":"1","username":"tide"}"#;
                let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                stream.write_all(answer.as_bytes()).unwrap();
            }
        }
    });
    (port, connections)
}

/// A server that accepts connections and sends nothing, not even its certificate.
fn silent() -> (u16, Arc<AtomicUsize>) {
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            open.push(stream.unwrap());
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    (port, connections)
}

fn client(port: u16, tls: Tls) -> Client {
    let url = format!("https://localhost:{port}/api");
    Client::builder(Token::new(TOKEN).unwrap()).api_url(url).tls(tls).build().unwrap()
}

#[test]
fn a_given_root_is_trusted_and_its_connection_is_reused() {
    let client = client(server(LOCALHOST), Tls::new().with_root(CA).unwrap());
    for _ in 0..2 {
        assert_eq!(client.current_user().unwrap().username, "tide");
    }
}

#[test]
fn without_its_root_or_with_another_name_a_server_is_refused() {
    let trusting = Tls::new().with_root(CA).unwrap();
    for (certificate, tls) in [(LOCALHOST, Tls::new()), (ELSEWHERE, trusting.clone()), (STRANGER, trusting)] {
        let error = client(server(certificate), tls).current_user().unwrap_err();
        assert!(matches!(error, Error::Network { .. }), "{error}");
        assert!(error.to_string().to_lowercase().contains("certificate"), "{error}");
    }
}

#[test]
fn an_untrusted_server_gets_no_retry() {
    let (port, connections) = counting(STRANGER, 0);
    let error = client(port, Tls::new().with_root(CA).unwrap()).current_user().unwrap_err();
    assert!(error.to_string().to_lowercase().contains("certificate"), "{error}");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn a_connection_that_breaks_during_the_handshake_is_opened_again() {
    let (port, connections) = counting(LOCALHOST, 1);
    client(port, Tls::new().with_root(CA).unwrap()).current_user().unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[test]
fn a_post_that_cannot_have_arrived_is_retried() {
    // Sent twice, the request would create two messages.
    let (port, connections) = counting(LOCALHOST, 2);
    let webhook = client(port, Tls::new().with_root(CA).unwrap()).as_webhook(5.into(), "its-token");
    webhook.execute_unawaited("aye").unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}

#[test]
fn a_timeout_while_connecting_is_named() {
    let (port, _) = silent();
    let mut timeouts = Timeouts::default();
    (timeouts.callback_connect, timeouts.callback) = (Duration::from_secs(30), Duration::from_millis(300));
    let url = format!("https://localhost:{port}/api");
    let client = Client::builder(Token::new(TOKEN).unwrap()).api_url(url).timeouts(timeouts).build().unwrap();
    let error = client.create_interaction_response(4.into(), "t", &InteractionResponse::Pong).unwrap_err();
    assert!(error.to_string().ends_with("/callback: no connection in time"), "{error}");
}

#[test]
fn the_first_response_to_an_interaction_tries_a_second_connection() {
    let (port, connections) = silent();
    let mut timeouts = Timeouts::default();
    (timeouts.callback_connect, timeouts.callback) = (Duration::from_millis(100), Duration::from_secs(3));
    let url = format!("https://localhost:{port}/api");
    let client = Client::builder(Token::new(TOKEN).unwrap()).api_url(url).timeouts(timeouts).build().unwrap();
    let error = client.create_interaction_response(4.into(), "t", &InteractionResponse::Pong).unwrap_err();
    assert_eq!(
        error.to_string(),
        "could not send POST /interactions/{interaction_id}/{interaction_token}/callback: no connection in time"
    );
    // The connect timeout of other requests, 10 s, would leave no time for a second connection.
    assert!(connections.load(Ordering::SeqCst) >= 2);
    assert_eq!(Timeouts::default().callback_connect, Duration::from_secs(2));
}
