#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::queue::{Rejected, RequestQueue};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::rest::limiter::{Owner, RateLimitHeaders};
use crate::rest::request::Request;
use crate::rest::route::{CREATE_INTERACTION_RESPONSE, CREATE_MESSAGE, EXECUTE_WEBHOOK, GUILD, Route};
use crate::rest::{Client, Timeouts};
use crate::token::Token;

const SOON: Duration = Duration::from_secs(3600);

fn headers(remaining: u32, reset_after: Duration) -> RateLimitHeaders {
    RateLimitHeaders {
        bucket: Some("a".to_owned()),
        limit: Some(1),
        remaining: Some(remaining),
        reset_after: Some(reset_after),
        is_complete: true,
        ..RateLimitHeaders::default()
    }
}

fn route() -> Route {
    CREATE_MESSAGE.at(&[&1])
}

/// Starts a server on loopback that gives every request the same response, or none. Returns its URL.
fn server(response: Option<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            thread::spawn(move || {
                let mut request = [0; 4096];
                while stream.read(&mut request).is_ok_and(|length| length > 0) {
                    if let Some(response) = response {
                        stream.write_all(response.as_bytes()).unwrap();
                    }
                }
            });
        }
    });
    url
}

fn client(url: String, timeouts: Timeouts) -> Client {
    Client::builder(Token::new("token").unwrap()).api_url(url).timeouts(timeouts).build().unwrap()
}

#[test]
fn threads_keep_their_order_and_do_not_delay_other_routes() {
    let queue = RequestQueue::default();
    let deadline = Instant::now() + SOON;
    let first = queue.acquire(Owner::Address, &route(), deadline, None, &|| false).unwrap();
    let (sent, order) = mpsc::channel();
    thread::scope(|scope| {
        for number in 0..16 {
            let (queue, sent) = (&queue, sent.clone());
            scope.spawn(move || {
                let permit = queue.acquire(Owner::Address, &route(), deadline, None, &|| false).unwrap();
                sent.send(number).unwrap();
                permit.complete(&headers(0, Duration::from_millis(5)));
            });
            while queue.waiting() <= number {
                thread::yield_now();
            }
        }
        // All of them wait, and another route is free.
        drop(queue.acquire(Owner::Address, &GUILD.at(&[&1]), deadline, None, &|| false).unwrap());
        first.complete(&headers(0, Duration::from_millis(50)));
    });
    assert_eq!(order.try_iter().collect::<Vec<_>>(), (0..16).collect::<Vec<_>>());
    assert_eq!(queue.waiting(), 0);
}

#[test]
fn a_dropped_permit_admits_the_next_call() {
    let queue = RequestQueue::default();
    let deadline = Instant::now() + SOON;
    let first = queue.acquire(Owner::Address, &route(), deadline, None, &|| false).unwrap();
    thread::scope(|scope| {
        let next =
            scope.spawn(|| drop(queue.acquire(Owner::Address, &route(), deadline, None, &|| false).unwrap()));
        while queue.waiting() == 0 {
            thread::yield_now();
        }
        drop(first);
        next.join().unwrap();
    });
}

#[test]
fn a_waiting_call_is_rejected_as_soon_as_a_response_makes_it_too_late() {
    let queue = RequestQueue::default();
    let deadline = Instant::now() + SOON;
    let first = queue.acquire(Owner::Address, &route(), deadline, None, &|| false).unwrap();
    thread::scope(|scope| {
        let next =
            scope.spawn(|| queue.acquire(Owner::Address, &route(), deadline, None, &|| false).map(drop));
        while queue.waiting() == 0 {
            thread::yield_now();
        }
        first.complete(&headers(0, 2 * SOON));
        assert!(matches!(next.join().unwrap(), Err(Rejected::TooLate(at)) if at > deadline));
    });
}

#[test]
fn a_call_is_rejected_at_its_deadline() {
    let queue = RequestQueue::default();
    let _first = queue.acquire(Owner::Address, &route(), Instant::now() + SOON, None, &|| false).unwrap();
    let rejected = queue
        .acquire(Owner::Address, &route(), Instant::now() + Duration::from_millis(20), None, &|| false)
        .map(drop);
    assert!(matches!(rejected, Err(Rejected::TooLate(_))), "{rejected:?}");
    assert_eq!(queue.waiting(), 0);
}

#[test]
fn the_first_response_to_an_interaction_has_its_own_timeout() {
    let timeouts = Timeouts { callback: Duration::from_millis(200), ..Timeouts::default() };
    let client = client(server(None), timeouts);
    let started = Instant::now();
    let request = Request::new(CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"])).repeatable();
    let error = client.deadline(SOON).send(request).unwrap_err();
    assert!(matches!(error, Error::Network { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert_eq!(Timeouts::default().callback, Duration::from_secs(3));
}

#[test]
fn a_wrong_webhook_token_does_not_mark_the_bots_token_as_refused() {
    let url = server(Some(
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 48\r\n\r\n{\"message\":\"Invalid Webhook Token\",\"code\":50027}",
    ));
    let client = client(url, Timeouts::default());
    for _ in 0..2 {
        let error = client.deadline(SOON).send(Request::new(EXECUTE_WEBHOOK.at(&[&1, &"t"]))).unwrap_err();
        assert!(
            matches!(&error, Error::Http(e) if e.status == 401 && e.code == JsonErrorCode::INVALID_WEBHOOK_TOKEN),
            "{error}"
        );
    }
}
