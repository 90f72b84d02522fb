//! Which requests are retried after a failure.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use syncord::Error;
use syncord::id::ChannelId;
use syncord::rest::{InteractionResponse, Timeouts};

use crate::requests::MESSAGE;
use crate::server::{Do, Server, answer, ok};

const USER: &str = r#"{"id":"1","username":"tide"}"#;

#[test]
fn a_500_is_retried_where_that_is_safe() {
    let server =
        Server::that(&[answer("500 Internal Server Error", r#"{"message":"oops","code":0}"#), ok(USER)]);
    assert_eq!(server.client().current_user().unwrap().username, "tide");
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_server_that_stays_broken_is_an_error_after_a_few_retries() {
    let server = Server::that(&[answer("502 Bad Gateway", "<html><h1>502 Bad Gateway</h1></html>")]);
    let error = server.client().current_user().unwrap_err();
    assert!(matches!(&error, Error::Http(e) if e.status == 502) && error.is_temporary(), "{error}");
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_closed_connection_is_replaced_without_an_error() {
    let server = Server::that(&[ok(USER), Do::HangUp, ok(USER)]);
    let client = server.client();
    client.current_user().unwrap();
    client.current_user().unwrap();
    let connections: Vec<_> = server.asked().iter().map(|asked| asked.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
}

#[test]
fn a_message_is_retried_with_the_same_nonce() {
    let server = Server::that(&[Do::HangUp, ok(MESSAGE)]);
    server.client().create_message(ChannelId::new(7), "aye").unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].body, asked[1].body);
    assert!(asked[0].body.contains(r#""enforce_nonce":true"#) && asked[0].body.contains(r#""nonce":""#));
}

#[test]
fn a_request_that_may_have_arrived_and_is_not_repeatable_is_not_retried() {
    let server = Server::that(&[Do::HangUp, ok(MESSAGE)]);
    let webhook = server.client().as_webhook(5.into(), "its-token");
    let error = webhook.execute("aye").unwrap_err();
    assert!(matches!(error, Error::Network { .. }), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_server_that_only_disconnects_is_a_network_error_after_a_few_retries() {
    let server = Server::that(&[Do::HangUp]);
    let error = server.client().current_user().unwrap_err();
    assert!(matches!(error, Error::Network { .. }) && error.is_temporary(), "{error}");
    assert!(error.to_string().starts_with("could not send GET /users/@me: "), "{error}");
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_redirect_is_not_followed() {
    let server = Server::that(&[answer("302 Found\r\nLocation: http://127.0.0.1:9/", "")]);
    let error = server.client().current_user().unwrap_err();
    assert!(matches!(&error, Error::Http(e) if e.status == 302), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_call_without_a_response_ends_at_its_deadline() {
    let server = Server::that(&[Do::Ignore]);
    let begun = Instant::now();
    let error = server.client().deadline(Duration::from_millis(300)).current_user().unwrap_err();
    assert!(matches!(error, Error::Network { .. }) && error.is_temporary(), "{error}");
    assert_eq!(error.to_string(), "could not send GET /users/@me: no complete response before the deadline");
    // Without a deadline the call would take the 15 s of the idle timeout.
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn the_longest_possible_deadline_and_timeouts_work() {
    let server = Server::that(&[ok(USER)]);
    let mut timeouts = Timeouts::default();
    (timeouts.connect, timeouts.idle, timeouts.min_upload_rate) = (Duration::MAX, Duration::MAX, 0);
    (timeouts.callback_connect, timeouts.callback) = (Duration::MAX, Duration::MAX);
    let client = server.builder().timeouts(timeouts).deadline(Duration::MAX).build().unwrap();
    client.current_user().unwrap();
    client.create_interaction_response(4.into(), "a-token", &InteractionResponse::Pong).unwrap();
}

#[test]
fn a_retry_after_a_broken_connection_uses_a_new_one() {
    let second_came = AtomicBool::new(false);
    let server = Server::deciding(move |number, asked| match (number, asked.connection) {
        // Two connections are open at once, and then both are cut when they are used again.
        (0, _) => {
            while !second_came.load(Ordering::SeqCst) {
                thread::yield_now();
            }
            ok(USER)
        }
        (1, _) => {
            second_came.store(true, Ordering::SeqCst);
            ok(USER)
        }
        (_, 0 | 1) => Do::HangUp,
        _ => ok(USER),
    });
    let client = server.client();
    thread::scope(|scope| {
        for channel in [7, 8] {
            let client = &client;
            scope.spawn(move || client.trigger_typing(ChannelId::new(channel)).unwrap());
        }
    });
    client.current_user().unwrap();
    let connections: Vec<_> = server.asked().iter().map(|asked| asked.connection).collect();
    assert_eq!((connections.len(), connections[3]), (4, 2), "{connections:?}");
}
