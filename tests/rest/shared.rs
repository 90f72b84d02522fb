//! What the clients of one process share, whichever object sends a request.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use syncord::id::ChannelId;
use syncord::rest::{Client, WebhookClient};
use syncord::{Error, JsonErrorCode, Token};

use crate::requests::MESSAGE;
use crate::server::{Server, TOKEN, answer, ok};

const USER: &str = r#"{"id":"1","username":"tide"}"#;
const REFUSED: &str = r#"{"message":"401: Unauthorized","code":0}"#;
const FORBIDDEN: &str = r#"{"message":"Missing Access","code":50001}"#;

/// A server with one bucket of five requests in 150 ms.
fn limited() -> Server {
    let window = Mutex::new((Instant::now(), 0));
    let period = Duration::from_millis(150);
    Server::deciding(move |_, _| {
        let mut window = window.lock().unwrap();
        if window.0.elapsed() >= period || window.1 == 0 {
            *window = (Instant::now(), 0);
        }
        let (status, left) = match 5_u32.checked_sub(window.1 + 1) {
            Some(left) => ("200 OK", left),
            None => ("429 Too Many Requests\r\nVia: 1.1 google\r\nX-RateLimit-Scope: user", 0),
        };
        window.1 += 1;
        let reset_after = period.saturating_sub(window.0.elapsed()).as_secs_f64();
        let head = format!(
            "{status}\r\nX-RateLimit-Bucket: a\r\nX-RateLimit-Limit: 5\r\nX-RateLimit-Remaining: {left}\r\n\
             X-RateLimit-Reset-After: {reset_after:.3}"
        );
        answer(&head, MESSAGE)
    })
}

#[test]
fn webhooks_that_are_created_for_each_call_share_their_bucket() {
    let server = limited();
    let bot = server.client();
    for number in 0..30 {
        let webhook = match number % 3 {
            // The version in the URL does not matter, and neither does the client.
            0 => WebhookClient::from_url(&format!("{}/webhooks/5/t", server.url)).unwrap(),
            1 => {
                WebhookClient::from_url(&format!("{}/webhooks/5/t", server.url.replace("/v10", ""))).unwrap()
            }
            _ => bot.as_webhook(5.into(), "t"),
        };
        webhook.execute("aye").unwrap();
    }
    assert_eq!(server.asked().len(), 30, "each was sent once");
}

#[test]
fn clients_with_one_token_share_their_buckets_and_those_of_two_tokens_do_not() {
    let server = limited();
    for _ in 0..12 {
        server.client().create_message(ChannelId::new(7), "aye").unwrap();
    }
    assert_eq!(server.asked().len(), 12, "each was sent once");

    let held = "200 OK\r\nX-RateLimit-Bucket: a\r\nX-RateLimit-Limit: 1\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset-After: 600";
    let server = Server::that(&[answer(held, MESSAGE)]);
    server.client().create_message(ChannelId::new(7), "aye").unwrap();
    let error = server.client().create_message(ChannelId::new(7), "aye").unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }), "{error}");
    let other = Client::builder(Token::new("another").unwrap()).api_url(&server.url).build().unwrap();
    other.create_message(ChannelId::new(7), "aye").unwrap();
}

#[test]
fn clients_with_one_token_share_the_global_limit() {
    let server = Server::that(&[ok(USER)]);
    let begun = Instant::now();
    for _ in 0..5 {
        server.builder().requests_per_second(2).build().unwrap().current_user().unwrap();
    }
    // Two at once, two more after a second, and the fifth after another second.
    assert!(begun.elapsed() >= Duration::from_secs(2));
}

#[test]
fn refused_requests_of_all_clients_count_together() {
    let server = Server::that(&[answer("403 Forbidden", FORBIDDEN)]);
    let client = |number: usize| match number % 3 {
        0 => Client::without_token(),
        _ => Client::builder(Token::new(&format!("token-{number}")).unwrap()),
    };
    let client = |number| client(number).api_url(&server.url).requests_per_second(1_000_000).build().unwrap();
    let mut stopped = 0;
    for number in 0..120 {
        let client = client(number);
        for call in 0..100 {
            let error = match number % 3 {
                // Each webhook has its own bucket, but they count for one address.
                0 => client.as_webhook((call + 1).into(), "t").info().unwrap_err(),
                _ => client.current_user().unwrap_err(),
            };
            match error {
                Error::Http(e) => assert_eq!(e.code, JsonErrorCode::MISSING_ACCESS),
                Error::InvalidRequests { refused: 5_000, .. } => stopped += 1,
                Error::RateLimited { .. } => panic!("{error}"),
                _ => panic!("{error}"),
            }
        }
    }
    assert_eq!((server.asked().len(), stopped), (5_000, 7_000));
}

#[test]
fn a_token_that_is_refused_once_is_not_used_by_another_client() {
    let server = Server::that(&[answer("401 Unauthorized", REFUSED)]);
    for _ in 0..3 {
        let error = server.client().current_user().unwrap_err();
        assert!(matches!(error, Error::Token { .. }), "{error}");
    }
    assert_eq!(server.asked().len(), 1);
    // Another token may be valid.
    let other = Client::builder(Token::new("another").unwrap()).api_url(&server.url).build().unwrap();
    assert!(other.current_user().is_err());
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_401_with_another_code_does_not_mean_the_token() {
    let body = r#"{"message":"Invalid OAuth2 access token","code":50025}"#;
    let server = Server::that(&[answer("401 Unauthorized", body), ok(USER)]);
    let client = server.client();
    let error = client.create_message(ChannelId::new(7), "aye").unwrap_err();
    assert!(matches!(&error, Error::Http(e) if e.status == 401), "{error}");
    client.current_user().unwrap();
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_token_that_one_route_refuses_is_checked_with_another_before_it_counts_as_refused() {
    let token = || Token::new(TOKEN).unwrap();
    let picky = Server::deciding(|_, asked| match asked.line.as_str() {
        "GET /api/v10/users/@me" => ok(USER),
        _ => answer("401 Unauthorized", REFUSED),
    });
    let client = Client::builder(token()).api_url(&picky.url).build().unwrap();
    for _ in 0..2 {
        let error = client.create_message(ChannelId::new(7), "aye").unwrap_err();
        assert!(matches!(&error, Error::Http(e) if e.status == 401), "{error}");
    }
    client.current_user().unwrap();

    let strict = Server::that(&[answer("401 Unauthorized", REFUSED)]);
    let client = Client::builder(token()).api_url(&strict.url).build().unwrap();
    for _ in 0..2 {
        let error = client.create_message(ChannelId::new(7), "aye").unwrap_err();
        assert!(matches!(error, Error::Token { .. }), "{error}");
    }
    assert_eq!(strict.lines(), ["POST /api/v10/channels/7/messages", "GET /api/v10/users/@me"]);
}
