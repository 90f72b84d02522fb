//! Each fault does what it says.

use std::time::{Duration, Instant};

use serde_json::json;
use syncord::sim::{Discord, ErrorBody, Fault, RateLimitScope};

use super::client::{Client, Got, request, rest};

fn logged_in() -> (Discord, Client) {
    let discord = Discord::start().unwrap();
    let client = Client::ready(&discord);
    (discord, client)
}

#[test]
fn a_dropped_socket_ends_without_a_close_frame_and_the_session_lives() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::DropSocket);
    let got = client.read();
    let Got::Lost(how) = got else { panic!("{got:?}") };
    if cfg!(target_os = "linux") {
        assert!(how.contains("reset"), "{how}");
    }
    client.resume(&discord).event("RESUMED");
}

#[test]
fn a_black_hole_swallows_both_ways_and_gives_everything_back_when_it_ends() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::BlackHole(None));
    client.send(&json!({"op": 1, "d": client.seq}));
    discord.dispatch("NEWS", json!(1));
    client.read_timeout(Duration::from_millis(100));
    assert_eq!(client.read(), Got::Silence);
    assert_eq!(discord.log().heartbeats(), 0);
    client.read_timeout(Duration::from_secs(10));
    discord.clear_faults();
    let mut got = [client.frame(), client.frame()].map(|frame| (frame["op"].clone(), frame["d"].clone()));
    got.sort_by_key(|(op, _)| op.as_u64());
    assert_eq!(got, [(json!(0), json!(1)), (json!(11), json!(null))]);
}

#[test]
fn a_black_hole_may_end_by_itself_and_swallows_rest_too() {
    let (discord, _client) = logged_in();
    let start = Instant::now();
    discord.fault(Fault::BlackHole(Some(Duration::from_millis(80))));
    assert_eq!(rest(&discord, "GET", "/users/@me", None).0, 200);
    assert!(start.elapsed() >= Duration::from_millis(80));
}

#[test]
fn silence_in_a_black_hole_is_not_held_against_the_client() {
    let discord = Discord::builder()
        .heartbeat_interval(Duration::from_millis(20))
        .rules(|rules| rules.heartbeat_tolerance = Duration::ZERO)
        .start()
        .unwrap();
    let mut client = Client::connect(&discord);
    discord.fault(Fault::BlackHole(None));
    discord.wait_until("the connection to be given up", |discord| discord.log().timeouts() == 1).unwrap();
    let blamed_before = discord.log().violations().len();
    discord.clear_faults();
    client.frame();
    assert_eq!(client.read(), Got::Closed(4000));
    // Whatever was noted was noted before the hole; a busy machine may be that slow.
    assert_eq!(discord.log().violations().len(), blamed_before);
}

#[test]
fn muted_acks_stay_out_and_other_frames_come() {
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
fn the_gateways_own_wishes_are_sent() {
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
        assert_eq!(client.read(), Got::Closed(code));
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
fn garbage_is_garbage_and_the_connection_goes_on() {
    for fault in [Fault::InvalidJson, Fault::BinaryFrame] {
        let (discord, mut client) = logged_in();
        discord.fault(fault);
        discord.dispatch("NEWS", json!(1));
        assert_eq!(client.read(), Got::Garbage);
        client.event("NEWS");
    }
}

#[test]
fn an_oversized_frame_announces_more_than_64_mib() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::OversizedFrame);
    let got = client.read();
    let Got::Lost(how) = got else { panic!("{got:?}") };
    // Tungstenite's own limits: 16 MiB for a frame.
    assert!(how.contains("67108865"), "{how}");
}

#[test]
fn slow_bytes_arrive_slowly_and_whole() {
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
fn broken_http_answers_come_as_often_as_ordered() {
    let discord = Discord::start().unwrap();
    let ask = || request(&discord, "GET", "/gateway", None, "");
    let wait = Some(Duration::from_millis(1500));
    discord.fault(Fault::HttpStatus { status: 500, body: ErrorBody::Html, retry_after: wait, times: 2 });
    discord.fault(Fault::HttpStatus { status: 502, body: ErrorBody::Json, retry_after: None, times: 1 });
    discord.fault(Fault::HttpStatus { status: 503, body: ErrorBody::Empty, retry_after: None, times: 1 });
    for _ in 0..2 {
        let (status, text, headers) = ask();
        assert_eq!((status, headers["retry-after"].to_str().unwrap()), (500, "2"));
        assert!(text.starts_with("<!DOCTYPE html>"), "{text}");
    }
    assert_eq!(ask().1, r#"{"code":0,"message":"502: simulated"}"#);
    assert_eq!((ask().0, ask().0), (503, 200));
}

#[test]
fn a_429_says_whose_limit_and_how_long() {
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
fn rest_answers_can_be_delayed() {
    let discord = Discord::start().unwrap();
    discord.fault(Fault::Delay(Duration::from_millis(60)));
    let start = Instant::now();
    rest(&discord, "GET", "/users/@me", None);
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[test]
fn refused_connections_are_closed_at_once_and_open_gateways_stay() {
    let (discord, mut client) = logged_in();
    discord.fault(Fault::RefuseConnections(true));
    assert!(Client::open(&client.resume_url).is_err());
    discord.dispatch("NEWS", json!(1));
    client.event("NEWS");
    discord.fault(Fault::RefuseConnections(false));
    client.resume(&discord).event("RESUMED");
}

#[test]
fn upgrades_can_be_refused_or_accepted_for_nothing() {
    let (discord, client) = logged_in();
    discord.fault(Fault::RefuseUpgrade { status: 503, times: 1 });
    let refused = Client::open(&client.resume_url).err().unwrap();
    assert!(refused.contains("503"), "{refused}");
    discord.fault(Fault::AcceptThenClose { times: 1 });
    let mut accepted = Client::open(&client.resume_url).unwrap();
    assert!(matches!(accepted.read(), Got::Lost(_)));
    client.resume(&discord).event("RESUMED");
}

#[test]
fn times_may_be_as_long_as_they_like() {
    let discord = Discord::builder().timeout(Duration::MAX).start().unwrap();
    discord.fault(Fault::BlackHole(Some(Duration::MAX)));
    discord.clear_faults();
    discord.wait_until("nothing", |_| true).unwrap();
}
