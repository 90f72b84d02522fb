//! Rate limits: what is waited for, what is given up, and what that concerns.

use std::time::{Duration, Instant};

use syncord::Error;
use syncord::id::ChannelId;

use crate::requests::MESSAGE;
use crate::server::{Server, answer, ok};

const USER: &str = r#"{"id":"1","username":"tide"}"#;

#[test]
fn a_429_is_waited_for_and_sent_again() {
    let server = Server::that(&[
        answer(
            "429 Too Many Requests\r\nRetry-After: 0\r\nX-RateLimit-Scope: user\r\nVia: 1.1 google",
            r#"{"message":"You are being rate limited.","retry_after":0.2,"global":false}"#,
        ),
        ok(MESSAGE),
    ]);
    let begun = Instant::now();
    server.client().create_message(ChannelId::new(7), "aye").unwrap();
    // The body's wait is the longer one.
    assert!(begun.elapsed() >= Duration::from_millis(200));
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].body, asked[1].body, "the nonce stays the same");
}

#[test]
fn a_429_without_end_is_an_error_after_a_few_times() {
    let server = Server::that(&[answer(
        "429 Too Many Requests\r\nVia: 1.1 google",
        r#"{"message":"You are being rate limited.","retry_after":0.01,"global":false}"#,
    )]);
    let error = server.client().create_message(ChannelId::new(7), "aye").unwrap_err();
    assert!(matches!(&error, Error::Http(e) if e.status == 429), "{error}");
    assert!(error.is_temporary() && error.retry_after() == Some(Duration::from_millis(10)));
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn a_limit_beyond_the_deadline_is_told_and_nothing_is_sent() {
    let server = Server::that(&[
        answer(
            "200 OK\r\nX-RateLimit-Bucket: a\r\nX-RateLimit-Limit: 5\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset-After: 600",
            MESSAGE,
        ),
        ok(USER),
    ]);
    let client = server.client();
    client.create_message(ChannelId::new(7), "one").unwrap();
    let error = client.create_message(ChannelId::new(7), "two").unwrap_err();
    let Error::RateLimited { route, retry_after } = &error else { panic!("{error}") };
    assert_eq!(route, "POST /channels/{channel_id}/messages");
    assert!(*retry_after > Duration::from_secs(500) && *retry_after <= Duration::from_secs(600));
    assert_eq!(server.asked().len(), 1);
    // Other routes are not concerned.
    client.current_user().unwrap();
}

#[test]
fn a_foretold_limit_is_waited_for_rather_than_run_into() {
    let server = Server::that(&[answer(
        "200 OK\r\nX-RateLimit-Bucket: a\r\nX-RateLimit-Limit: 1\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset-After: 0.2",
        MESSAGE,
    )]);
    let client = server.client();
    let begun = Instant::now();
    for _ in 0..3 {
        client.create_message(ChannelId::new(7), "aye").unwrap();
    }
    assert!(begun.elapsed() >= Duration::from_millis(400));
}

#[test]
fn a_global_429_pauses_every_route() {
    let global = r#"{"message":"You are being rate limited.","retry_after":600,"global":true}"#;
    let head = "429 Too Many Requests\r\nX-RateLimit-Global: true\r\nVia: 1.1 google";
    let server = Server::that(&[answer(head, global), ok(USER)]);
    let client = server.client();
    assert!(matches!(client.create_message(ChannelId::new(7), "aye"), Err(Error::RateLimited { .. })));
    assert!(matches!(client.current_user(), Err(Error::RateLimited { .. })));
    // Clones share what is known.
    assert!(matches!(client.clone().gateway_bot(), Err(Error::RateLimited { .. })));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_429_by_cloudflare_pauses_every_route() {
    let page = "<!DOCTYPE html><title>Access denied | discord.com</title>";
    let server = Server::that(&[answer("429 Too Many Requests\r\nRetry-After: 600", page), ok(USER)]);
    let client = server.client();
    assert!(matches!(client.create_message(ChannelId::new(7), "aye"), Err(Error::RateLimited { .. })));
    assert!(matches!(client.current_user(), Err(Error::RateLimited { .. })));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_wait_holds_nobody_else_up() {
    let head = "200 OK\r\nX-RateLimit-Bucket: a\r\nX-RateLimit-Limit: 1\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset-After: 30";
    let server = Server::that(&[answer(head, MESSAGE), ok(USER)]);
    let client = server.builder().deadline(Duration::from_secs(60)).build().unwrap();
    client.create_message(ChannelId::new(7), "one").unwrap();
    let waiting = client.clone();
    // It waits for half a minute, and ends with the process.
    std::thread::spawn(move || waiting.create_message(ChannelId::new(7), "two"));
    std::thread::sleep(Duration::from_millis(50));
    let begun = Instant::now();
    client.current_user().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(server.asked().len(), 2);
}
