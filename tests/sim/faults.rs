//! Faults do what their documentation says.

use std::time::{Duration, Instant};

use serde_json::json;
use syncord::sim::{Discord, ErrorBody, Fault, RateLimitScope};

use super::client::{Client, Received, request, rest};

fn logged_in() -> (Discord, Client) {
    let discord = Discord::start().unwrap();
    let client = Client::ready(&discord);
    (discord, client)
}

#[test]
fn a_dropped_socket_has_no_close_frame_and_keeps_the_session() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::DropSocket);
    let received = client.read();
    let Received::Disconnected(error) = received else { panic!("{received:?}") };
    if cfg!(target_os = "linux") {
        assert!(error.contains("reset"), "{error}");
    }
    client.resume(&discord).event("RESUMED");
}

#[test]
fn a_black_hole_delays_both_directions_until_it_ends() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::BlackHole(None));
    client.send(&json!({"op": 1, "d": client.seq}));
    discord.dispatch("NEWS", json!(1));
    client.read_timeout(Duration::from_millis(100));
    assert_eq!(client.read(), Received::Timeout);
    assert_eq!(discord.log().heartbeats(), 0);
    client.read_timeout(Duration::from_secs(10));
    discord.clear_faults();
    let mut frames = [client.frame(), client.frame()].map(|frame| (frame["op"].clone(), frame["d"].clone()));
    frames.sort_by_key(|(op, _)| op.as_u64());
    assert_eq!(frames, [(json!(0), json!(1)), (json!(11), json!(null))]);
}

#[test]
fn a_black_hole_ends_after_its_duration_and_delays_rest() {
    let (discord, _client) = logged_in();
    let start = Instant::now();
    discord.fault(Fault::BlackHole(Some(Duration::from_millis(80))));
    assert_eq!(rest(&discord, "GET", "/users/@me", None).0, 200);
    assert!(start.elapsed() >= Duration::from_millis(80));
}

#[test]
fn missing_heartbeats_in_a_black_hole_are_no_violation() {
    let discord = Discord::builder()
        .heartbeat_interval(Duration::from_millis(20))
        .rules(|rules| rules.heartbeat_tolerance = Duration::ZERO)
        .start()
        .unwrap();
    let mut client = Client::connect(&discord);
    discord.fault(Fault::BlackHole(None));
    discord.wait_until("the connection to be closed", |discord| discord.log().timeouts() == 1).unwrap();
    let violations_before = discord.log().violations().len();
    discord.clear_faults();
    client.frame();
    assert_eq!(client.read(), Received::Closed(4000));
    // A slow machine may have caused violations before the black hole.
    assert_eq!(discord.log().violations().len(), violations_before);
}

#[test]
fn muted_acks_do_not_stop_other_frames() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::MuteAcks(true));
    client.send(&json!({"op": 1, "d": client.seq}));
    discord.wait_until("the heartbeat", |discord| discord.log().heartbeats() == 1).unwrap();
    discord.dispatch("NEWS", json!(1));
    client.event("NEWS");
    discord.fault(Fault::MuteAcks(false));
    client.send(&json!({"op": 1, "d": client.seq}));
    assert_eq!(client.frame()["op"], json!(11));
}

#[test]
fn control_faults_send_their_opcodes() {
    for (fault, op, data) in [
        (Fault::Reconnect, 7, json!(null)),
        (Fault::RequestHeartbeat, 1, json!(null)),
        (Fault::InvalidSession { resumable: true }, 9, json!(true)),
        (Fault::InvalidSession { resumable: false }, 9, json!(false)),
    ] {
        let (discord, mut client) = logged_in();
        discord.fault(fault);
        let frame = client.frame();
        assert_eq!((&frame["op"], &frame["d"]), (&json!(op), &data));
    }
}

#[test]
fn a_close_has_its_code_and_reason() {
    for code in [1000, 1001, 4000, 4004, 4009, 4014, 4006] {
        let (discord, mut client) = logged_in();
        discord.fault(Fault::Close(code, "because".into()));
        assert_eq!(client.read(), Received::Closed(code));
    }
}

#[test]
fn forgotten_sessions_cannot_be_resumed() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::ForgetSessions);
    discord.dispatch("NEWS", json!(1));
    client.event("NEWS");
    client.close(4000);
    let mut client = client.resume(&discord);
    let frame = client.frame();
    assert_eq!((&frame["op"], &frame["d"]), (&json!(9), &json!(false)));
}

#[test]
fn a_connection_continues_after_invalid_frames() {
    for fault in [Fault::InvalidJson, Fault::BinaryFrame] {
        let (discord, mut client) = logged_in();
        discord.fault(fault);
        discord.dispatch("NEWS", json!(1));
        assert_eq!(client.read(), Received::InvalidFrame);
        client.event("NEWS");
    }
}

#[test]
fn an_oversized_frame_announces_more_than_64_mib() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::OversizedFrame);
    let received = client.read();
    let Received::Disconnected(error) = received else { panic!("{received:?}") };
    // Tungstenite's own limit is 16 MiB for a frame.
    assert!(error.contains("67108865"), "{error}");
}

#[test]
fn slow_bytes_arrive_slowly_and_completely() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::SlowBytes { per_chunk: 100, pause: Duration::from_millis(10) });
    discord.dispatch("SMALL", json!(1));
    let start = Instant::now();
    discord.dispatch("BIG", json!("x".repeat(1000)));
    client.event("SMALL");
    assert_eq!(client.event("BIG"), json!("x".repeat(1000)));
    assert!(start.elapsed() >= Duration::from_millis(100));
}

#[test]
fn http_faults_occur_the_given_number_of_times() {
    let discord = Discord::start().unwrap();
    let send = || request(&discord, "GET", "/gateway", None, "");
    let wait = Some(Duration::from_millis(1500));
    discord.fault(Fault::HttpStatus { status: 500, body: ErrorBody::Html, retry_after: wait, times: 2 });
    discord.fault(Fault::HttpStatus { status: 502, body: ErrorBody::Json, retry_after: None, times: 1 });
    discord.fault(Fault::HttpStatus { status: 503, body: ErrorBody::Empty, retry_after: None, times: 1 });
    for _ in 0..2 {
        let (status, text, headers) = send();
        assert_eq!((status, headers["retry-after"].to_str().unwrap()), (500, "2"));
        assert!(text.starts_with("<!DOCTYPE html>"), "{text}");
    }
    assert_eq!(send().1, r#"{"code":0,"message":"502: simulated"}"#);
    assert_eq!((send().0, send().0), (503, 200));
}

#[test]
fn a_429_has_scope_and_retry_after() {
    let discord = Discord::start().unwrap();
    for (scope, name) in [
        (RateLimitScope::User, "user"),
        (RateLimitScope::Global, "global"),
        (RateLimitScope::Shared, "shared"),
    ] {
        discord.fault(Fault::Http429 { retry_after: Duration::from_millis(250), scope, times: 1 });
        let (status, body, headers) = rest(&discord, "GET", "/users/@me", None);
        assert_eq!((status, &body["retry_after"]), (429, &json!(0.25)));
        assert_eq!(body["global"], json!(scope == RateLimitScope::Global));
        assert_eq!(headers["x-ratelimit-scope"].to_str().unwrap(), name);
        assert_eq!(headers.contains_key("x-ratelimit-global"), scope == RateLimitScope::Global);
        assert_eq!(headers["retry-after"].to_str().unwrap(), "1");
    }
    assert_eq!(rest(&discord, "GET", "/users/@me", None).0, 200);
}

#[test]
fn rest_responses_can_be_delayed() {
    let discord = Discord::start().unwrap();
    discord.fault(Fault::Delay(Duration::from_millis(60)));
    let start = Instant::now();
    rest(&discord, "GET", "/users/@me", None);
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[test]
fn refused_connections_do_not_affect_open_gateway_connections() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::RefuseConnections(true));
    assert!(Client::open(&client.resume_url).is_err());
    discord.dispatch("NEWS", json!(1));
    client.event("NEWS");
    discord.fault(Fault::RefuseConnections(false));
    client.resume(&discord).event("RESUMED");
}

#[test]
fn upgrades_can_be_refused_or_dropped() {
    let (discord, client) = logged_in();
    discord.fault(Fault::RefuseUpgrade { status: 503, times: 1 });
    let refused = Client::open(&client.resume_url).err().unwrap();
    assert!(refused.contains("503"), "{refused}");
    discord.fault(Fault::AcceptThenClose { times: 1 });
    let mut accepted = Client::open(&client.resume_url).unwrap();
    assert!(matches!(accepted.read(), Received::Disconnected(_)));
    client.resume(&discord).event("RESUMED");
}

#[test]
fn durations_may_be_unlimited() {
    let discord = Discord::builder().timeout(Duration::MAX).start().unwrap();
    discord.fault(Fault::BlackHole(Some(Duration::MAX)));
    discord.clear_faults();
    discord.wait_until("nothing", |_| true).unwrap();
}
