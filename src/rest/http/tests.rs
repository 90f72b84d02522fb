#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::queue::{Barred, Gate};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::rest::limiter::{Limiter, Said};
use crate::rest::request::Request;
use crate::rest::route::{CREATE_INTERACTION_RESPONSE, CREATE_MESSAGE, EXECUTE_WEBHOOK, GUILD, Route};
use crate::rest::{Client, Timeouts};
use crate::token::Token;

const SOON: Duration = Duration::from_secs(3600);

fn said(remaining: u32, reset_after: Duration) -> Said {
    Said {
        bucket: Some("a".to_owned()),
        limit: Some(1),
        remaining: Some(remaining),
        reset_after: Some(reset_after),
        complete: true,
        ..Said::default()
    }
}

fn route() -> Route {
    CREATE_MESSAGE.at(&[&1])
}

/// A server on loopback that answers every request the same, or not at all; gives its address.
fn server(answer: Option<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            thread::spawn(move || {
                let mut request = [0; 4096];
                while stream.read(&mut request).is_ok_and(|length| length > 0) {
                    if let Some(answer) = answer {
                        stream.write_all(answer.as_bytes()).unwrap();
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
fn threads_leave_in_the_order_in_which_they_came_and_hold_nobody_up_meanwhile() {
    let gate = Gate::new(Limiter::default());
    let deadline = Instant::now() + SOON;
    let first = gate.pass(&route(), deadline, None).unwrap();
    let (left, order) = mpsc::channel();
    thread::scope(|scope| {
        for number in 0..16 {
            let (gate, left) = (&gate, left.clone());
            scope.spawn(move || {
                let pass = gate.pass(&route(), deadline, None).unwrap();
                left.send(number).unwrap();
                pass.tell(&said(0, Duration::from_millis(5)));
            });
            while gate.waiting() <= number {
                thread::yield_now();
            }
        }
        // They all wait, and another route is free all the same.
        drop(gate.pass(&GUILD.at(&[&1]), deadline, None).unwrap());
        first.tell(&said(0, Duration::from_millis(50)));
    });
    assert_eq!(order.try_iter().collect::<Vec<_>>(), (0..16).collect::<Vec<_>>());
    assert_eq!(gate.waiting(), 0);
}

#[test]
fn a_pass_that_is_dropped_lets_the_next_one_go() {
    let gate = Gate::new(Limiter::default());
    let deadline = Instant::now() + SOON;
    let first = gate.pass(&route(), deadline, None).unwrap();
    thread::scope(|scope| {
        let next = scope.spawn(|| drop(gate.pass(&route(), deadline, None).unwrap()));
        while gate.waiting() == 0 {
            thread::yield_now();
        }
        drop(first);
        next.join().unwrap();
    });
}

#[test]
fn who_waits_is_turned_away_as_soon_as_an_answer_tells_that_it_is_in_vain() {
    let gate = Gate::new(Limiter::default());
    let deadline = Instant::now() + SOON;
    let first = gate.pass(&route(), deadline, None).unwrap();
    thread::scope(|scope| {
        let next = scope.spawn(|| gate.pass(&route(), deadline, None).map(drop));
        while gate.waiting() == 0 {
            thread::yield_now();
        }
        first.tell(&said(0, 2 * SOON));
        assert!(matches!(next.join().unwrap(), Err(Barred::Late(at)) if at > deadline));
    });
}

#[test]
fn who_is_not_let_go_by_the_deadline_is_turned_away_then() {
    let gate = Gate::new(Limiter::default());
    let _first = gate.pass(&route(), Instant::now() + SOON, None).unwrap();
    let barred = gate.pass(&route(), Instant::now() + Duration::from_millis(20), None).map(drop);
    assert!(matches!(barred, Err(Barred::Late(_))), "{barred:?}");
    assert_eq!(gate.waiting(), 0);
}

#[test]
fn an_answer_to_an_interaction_is_given_up_when_discord_no_longer_waits_for_it() {
    let timeouts = Timeouts { callback: Duration::from_millis(200), ..Timeouts::default() };
    let client = client(server(None), timeouts);
    let begun = Instant::now();
    let request = Request::new(CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"])).repeatable();
    let error = client.deadline(SOON).send(request).unwrap_err();
    assert!(matches!(error, Error::Network { .. }), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(Timeouts::default().callback, Duration::from_secs(3));
}

#[test]
fn a_webhook_with_a_wrong_token_is_no_reason_to_doubt_the_bots() {
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
