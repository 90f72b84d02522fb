//! Rate limits: which calls wait, which fail, and which are not affected.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use log::LevelFilter;
use syncord::Error;
use syncord::id::ChannelId;

use crate::records;
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
    // The time in the body is longer.
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
fn a_limited_route_is_logged_once_and_again_when_it_is_accepted() {
    let limited = answer(
        "429 Too Many Requests\r\nVia: 1.1 google",
        r#"{"message":"You are being rate limited.","retry_after":0.01,"global":false}"#,
    );
    let server = Server::deciding(move |number, _| if number < 9 { limited.clone() } else { ok(MESSAGE) });
    let client = server.client();
    records::listen(LevelFilter::Info);
    assert!(client.create_message(ChannelId::new(7), "aye").is_err());
    client.create_message(ChannelId::new(7), "aye").unwrap();
    let lines = records::lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    let route = "POST /channels/{channel_id}/messages";
    assert!(lines[0].contains(&format!("{route} is rate limited for ")), "{lines:?}");
    assert!(lines[1].contains(&format!("{route} is accepted again")), "{lines:?}");
}

#[test]
fn a_limit_beyond_the_deadline_is_an_error_and_nothing_is_sent() {
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
    assert!(*retry_after > Duration::from_secs(500) && *retry_after <= Duration::from_secs(601));
    assert_eq!(server.asked().len(), 1);
    // Other routes are not affected.
    client.current_user().unwrap();
}

#[test]
fn a_known_limit_is_waited_for() {
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
    // Clones share the limits.
    assert!(matches!(client.clone().gateway_bot(), Err(Error::RateLimited { .. })));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_429_by_cloudflare_of_any_shape_pauses_every_route() {
    let page = "<!DOCTYPE html><title>Access denied | discord.com</title>";
    let json = r#"{"code":0,"message":"This address is blocked for a while."}"#;
    for (head, body, at_least) in [
        ("Retry-After: 600", page, 590),
        ("Server: cloudflare\r\nRetry-After: 400", json, 390),
        ("Server: cloudflare", page, 10),
        ("Server: cloudflare\r\nVia: 1.1 proxy.example", page, 10),
        ("Retry-After: 0", json, 10),
        ("Content-Type: text/plain", "", 10),
    ] {
        let server = Server::that(&[answer(&format!("429 Too Many Requests\r\n{head}"), body), ok(USER)]);
        let client = server.client().deadline(Duration::from_secs(5));
        assert!(matches!(client.create_message(ChannelId::new(7), "aye"), Err(Error::RateLimited { .. })));
        let error = client.current_user().unwrap_err();
        assert!(matches!(error, Error::RateLimited { .. }), "{head} {error}");
        assert!(error.retry_after().unwrap() > Duration::from_secs(at_least), "{head} {error}");
        assert_eq!(server.asked().len(), 1);
    }
}

#[test]
fn a_short_block_of_the_address_is_waited_for_by_all_routes() {
    let json = r#"{"code":0,"message":"This address is blocked for a while."}"#;
    let server = Server::that(&[answer("429 Too Many Requests\r\nRetry-After: 1", json), ok(USER)]);
    let client = server.client();
    let begun = Instant::now();
    client.current_user().unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_waiting_call_does_not_delay_other_routes() {
    let head = "200 OK\r\nX-RateLimit-Bucket: a\r\nX-RateLimit-Limit: 1\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset-After: 30";
    let server = Server::that(&[answer(head, MESSAGE), ok(USER)]);
    let client = server.builder().deadline(Duration::from_secs(60)).build().unwrap();
    client.create_message(ChannelId::new(7), "one").unwrap();
    let waiting = client.clone();
    // This call waits for half a minute, and ends with the process.
    thread::spawn(move || waiting.create_message(ChannelId::new(7), "two"));
    thread::sleep(Duration::from_millis(50));
    let begun = Instant::now();
    client.current_user().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_429_of_one_route_does_not_hold_back_its_bucket() {
    let bucket = "X-RateLimit-Bucket: a\r\nX-RateLimit-Limit: 10\r\nX-RateLimit-Remaining: 9\r\nX-RateLimit-Reset-After: 5";
    let shared = format!(
        "429 Too Many Requests\r\nVia: 1.1 google\r\nX-RateLimit-Scope: shared\r\nRetry-After: 600\r\n{bucket}"
    );
    let server = Server::that(&[
        answer(&format!("200 OK\r\n{bucket}"), r#"{"id":"7","type":0}"#),
        answer(
            &shared,
            r#"{"message":"The resource is being rate limited.","retry_after":599.5,"global":false}"#,
        ),
        answer(&format!("200 OK\r\n{bucket}"), r#"{"id":"7","type":0}"#),
    ]);
    let client = server.client();
    client.channel(ChannelId::new(7)).unwrap();
    let error = client.create_message(ChannelId::new(7), "aye").unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }), "{error}");
    client.channel(ChannelId::new(7)).unwrap();
}

#[test]
fn the_bot_keeps_the_global_limit_per_second() {
    let server = Server::that(&[ok(USER)]);
    let client = server.builder().requests_per_second(2).build().unwrap();
    let begun = Instant::now();
    for _ in 0..5 {
        client.current_user().unwrap();
    }
    // Two at once, two more after a second, and the fifth after another second.
    assert!(begun.elapsed() >= Duration::from_secs(2));
}

#[test]
fn many_threads_share_a_bucket_without_a_429() {
    each_of_many_is_sent_once_though_the_wall_clock_is_off_by(0.0);
}

#[test]
fn a_wrong_server_clock_leads_to_no_429_and_no_wait() {
    for off_by in [-7200.0, 7200.0] {
        each_of_many_is_sent_once_though_the_wall_clock_is_off_by(off_by);
    }
}

/// A server with a limit. Its `Reset-After` is right, and its `Reset` is as wrong as its clock.
fn each_of_many_is_sent_once_though_the_wall_clock_is_off_by(seconds: f64) {
    const LIMIT: u32 = 5;
    let window = Mutex::new((Instant::now(), 0));
    let period = Duration::from_millis(150);
    let server = Server::deciding(move |_, _| {
        let mut window = window.lock().unwrap();
        if window.0.elapsed() >= period || window.1 == 0 {
            *window = (Instant::now(), 0);
        }
        let reset_after = (period.saturating_sub(window.0.elapsed())).as_secs_f64();
        let (status, left) = match LIMIT.checked_sub(window.1 + 1) {
            Some(left) => ("200 OK", left),
            None => ("429 Too Many Requests\r\nVia: 1.1 google\r\nX-RateLimit-Scope: user", 0),
        };
        window.1 += 1;
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64();
        let reset = wall + seconds + reset_after;
        let head = format!(
            "{status}\r\nX-RateLimit-Bucket: a\r\nX-RateLimit-Limit: {LIMIT}\r\nX-RateLimit-Remaining: {left}\r\n\
             X-RateLimit-Reset: {reset:.3}\r\nX-RateLimit-Reset-After: {reset_after:.3}"
        );
        answer(&head, MESSAGE)
    });
    let client = server.client();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..2 {
                    client.create_message(ChannelId::new(7), "aye").unwrap();
                }
            });
        }
    });
    assert_eq!(server.asked().len(), 32, "each was sent once");
}

#[test]
fn too_many_refused_requests_stop_all_requests() {
    let server = Server::that(&[answer("403 Forbidden", r#"{"message":"Missing Access","code":50001}"#)]);
    let client = server.builder().requests_per_second(1_000_000).build().unwrap();
    records::listen(LevelFilter::Warn);
    let error = (0..10_000)
        .find_map(|_| {
            let error = client.current_user().unwrap_err();
            (!matches!(error, Error::Http(_))).then_some(error)
        })
        .unwrap();
    let Error::InvalidRequests { refused: 5_000, retry_after } = error else { panic!("{error}") };
    assert!(retry_after > Duration::from_secs(300) && retry_after <= Duration::from_secs(610));
    assert!(error.is_temporary() && error.retry_after() == Some(retry_after));
    assert!(error.to_string().contains("10,000") && error.to_string().contains("permission"), "{error}");
    assert!(matches!(client.trigger_typing(ChannelId::new(7)), Err(Error::InvalidRequests { .. })));
    assert_eq!(server.asked().len(), 5_000);
    // The warning at half of the limit was logged once.
    let warnings = records::lines();
    assert!(warnings.len() == 1 && warnings[0].contains("Discord refused 2500 requests"), "{warnings:?}");
}
