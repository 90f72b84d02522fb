//! The peer, in virtual time.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::Intents;
use syncord::sim::peer::{ConnectionId, Output, OutputKind, Peer, ReadyData, Rules, SessionStartLimit};

const INTERVAL: Duration = Duration::from_secs(40);
/// GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT
const INTENTS: u64 = 1 | 1 << 9 | 1 << 12 | 1 << 15;

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn rules() -> Rules {
    Rules {
        token: "right".into(),
        heartbeat_interval: INTERVAL,
        heartbeat_tolerance: at(2),
        resume_window: at(180),
        ..Rules::default()
    }
}

fn peer(rules: Rules) -> Peer {
    let mut peer = Peer::new(rules, 7);
    peer.set_ready_data(ReadyData {
        user: json!({"id": "1", "username": "bot"}),
        application: json!({"id": "1", "flags": 0}),
        guilds: vec![json!({"id": "99", "name": "Playground", "members": [{"user": {"id": "1"}}, {"user": {"id": "2"}}]})],
    });
    peer
}

fn identify(intents: u64) -> String {
    json!({"op": 2, "d": {"token": "right", "intents": intents, "properties": {"os": "linux"}}}).to_string()
}

fn resume(id: &str, seq: u64) -> String {
    json!({"op": 6, "d": {"token": "right", "session_id": id, "seq": seq}}).to_string()
}

fn heartbeat(seq: Option<u64>) -> String {
    json!({"op": 1, "d": seq}).to_string()
}

fn frames(outputs: &[Output]) -> Vec<Value> {
    outputs
        .iter()
        .map(|output| match &output.kind {
            OutputKind::Text(text) => serde_json::from_str(text).unwrap(),
            OutputKind::Close(code, _) => json!({"close": code}),
            OutputKind::Drop => json!("drop"),
        })
        .collect()
}

/// The outputs in short: event names with sequence numbers, opcodes, close codes.
fn summary(outputs: &[Output]) -> Vec<String> {
    let text = |frame: &Value| match (&frame["t"], &frame["op"]) {
        (Value::String(name), _) => format!("{name} {}", frame["s"]),
        (_, Value::Number(op)) => format!("op {op}"),
        _ => frame.to_string(),
    };
    frames(outputs).iter().map(text).collect()
}

/// A peer, its connection and the ID of its session, after READY (1) and GUILD_CREATE (2).
fn ready(rules: Rules) -> (Peer, ConnectionId, String) {
    let mut peer = peer(rules);
    let (conn, _) = peer.connect(at(0));
    let outputs = peer.receive(at(0), conn, &identify(INTENTS));
    let id = frames(&outputs)[0]["d"]["session_id"].as_str().unwrap().to_owned();
    (peer, conn, id)
}

fn message(text: &str) -> Value {
    json!({"id": "5", "guild_id": "99", "author": {"id": "2"}, "content": text, "mentions": [], "embeds": [{}]})
}

#[test]
fn a_connection_starts_with_hello() {
    let (_, outputs) = peer(rules()).connect(at(0));
    let hello = &frames(&outputs)[0];
    assert_eq!((&hello["op"], &hello["d"]["heartbeat_interval"]), (&json!(10), &json!(40_000)));
    assert_eq!((&hello["s"], &hello["t"]), (&Value::Null, &Value::Null));
}

#[test]
fn ready_is_followed_by_its_guilds() {
    let mut peer = peer(rules());
    let (conn, _) = peer.connect(at(0));
    let outputs = peer.receive(at(1), conn, &identify(INTENTS));
    assert_eq!(summary(&outputs), ["READY 1", "GUILD_CREATE 2"]);
    let frames = frames(&outputs);
    assert_eq!(frames[0]["d"]["guilds"], json!([{"id": "99", "unavailable": true}]));
    assert_eq!(frames[0]["d"]["resume_gateway_url"], json!("wss://gateway-resume.example"));
    assert_eq!(frames[0]["d"]["user"]["id"], json!("1"));
    // Without GUILD_PRESENCES only the bot itself is listed.
    assert_eq!(frames[1]["d"]["members"], json!([{"user": {"id": "1"}}]));
    assert_eq!(peer.violations(), [""; 0]);
}

#[test]
fn each_invalid_frame_has_its_close_code() {
    let long = json!({"op": 3, "d": "x".repeat(5000)}).to_string();
    let with = |key: &str, value: Value| {
        let mut frame: Value = serde_json::from_str(&identify(1)).unwrap();
        frame["d"][key] = value;
        frame.to_string()
    };
    let table = [
        (with("token", json!("wrong")), 4004, false),
        (with("shard", json!([2, 2])), 4010, false),
        (with("shard", json!("0/1")), 4010, false),
        (with("intents", json!(1 << 30)), 4013, false),
        (with("intents", json!(2)), 4014, false),
        (with("properties", json!(null)), 4002, true),
        (json!({"op": 3, "d": {}}).to_string(), 4003, true),
        (json!({"op": 99}).to_string(), 4001, true),
        (json!({"op": 11}).to_string(), 4001, true),
        ("{".into(), 4002, true),
        (json!({"op": 1, "d": "x"}).to_string(), 4002, true),
        (long, 4002, true),
    ];
    for (text, code, is_violation) in table {
        let mut peer = peer(Rules { privileged_intents: Intents::from_bits_retain(1 << 15), ..rules() });
        let (conn, _) = peer.connect(at(0));
        let outputs = peer.receive(at(1), conn, &text);
        assert_eq!(frames(&outputs), [json!({"close": code})], "{text:.80}");
        assert_eq!(peer.violations().len(), usize::from(is_violation), "{text:.80}");
        assert_eq!(peer.connections(), []);
    }
}

#[test]
fn a_second_identify_on_a_connection_is_rejected() {
    let (mut peer, conn, _) = ready(rules());
    assert_eq!(frames(&peer.receive(at(6), conn, &identify(1))), [json!({"close": 4005})]);
}

#[test]
fn the_121st_frame_in_a_minute_closes_the_connection() {
    let (mut peer, conn, _) = ready(rules());
    for n in 1..120 {
        assert_eq!(summary(&peer.receive(at(n / 2), conn, &heartbeat(Some(2)))), ["op 11"], "{n}");
    }
    assert_eq!(frames(&peer.receive(at(59), conn, &heartbeat(Some(2)))), [json!({"close": 4008})]);

    let (mut peer, conn, _) = ready(rules());
    for n in 1..300 {
        peer.receive(at(n), conn, &heartbeat(Some(2)));
    }
    assert_eq!(peer.violations(), [""; 0]);
}

#[test]
fn only_events_of_the_intents_are_sent_and_numbered() {
    let (mut peer, _, _) = ready(rules());
    assert_eq!(summary(&peer.dispatch(at(1), "MESSAGE_CREATE", &message("a"))), ["MESSAGE_CREATE 3"]);
    assert_eq!(summary(&peer.dispatch(at(1), "TYPING_START", &json!({"guild_id": "99"}))), [""; 0]);
    assert_eq!(summary(&peer.dispatch(at(1), "INTERACTION_CREATE", &json!({}))), ["INTERACTION_CREATE 4"]);
    assert_eq!(summary(&peer.dispatch(at(1), "UNKNOWN_EVENT", &json!({}))), ["UNKNOWN_EVENT 5"]);
}

#[test]
fn guild_messages_and_direct_messages_have_different_intents() {
    for (intents, in_guild, in_dm) in [(1 << 9, 1, 0), (1 << 12, 0, 1), (1 << 9 | 1 << 12, 1, 1), (0, 0, 0)] {
        let mut peer = peer(rules());
        let (conn, _) = peer.connect(at(0));
        peer.receive(at(0), conn, &identify(intents));
        assert_eq!(peer.dispatch(at(1), "MESSAGE_CREATE", &message("a")).len(), in_guild, "{intents}");
        assert_eq!(
            peer.dispatch(at(1), "MESSAGE_CREATE", &json!({"content": "a"})).len(),
            in_dm,
            "{intents}"
        );
    }
}

#[test]
fn without_message_content_only_own_messages_mentions_and_dms_have_content() {
    let mut peer = peer(rules());
    let (conn, _) = peer.connect(at(0));
    peer.receive(at(0), conn, &identify(1 << 9 | 1 << 12));
    let mut received = |change: &dyn Fn(&mut Value)| {
        let mut data = message("secret");
        change(&mut data);
        let frame = &frames(&peer.dispatch(at(1), "MESSAGE_CREATE", &data))[0];
        (frame["d"]["content"].clone(), frame["d"]["embeds"].clone())
    };
    let (hidden, shown) = ((json!(""), json!([])), (json!("secret"), json!([{}])));
    assert_eq!(received(&|_| {}), hidden);
    assert_eq!(received(&|m| m["author"]["id"] = json!("1")), shown);
    assert_eq!(received(&|m| m["mentions"] = json!([{"id": "1"}])), shown);
    assert_eq!(received(&|m| m["guild_id"] = Value::Null), shown);
}

#[test]
fn events_go_to_the_shard_of_their_guild_or_to_the_first_shard() {
    let mut peer = peer(Rules {
        session_start_limit: SessionStartLimit { max_concurrency: 2, ..rules().session_start_limit },
        ..rules()
    });
    let mut conns = Vec::new();
    for shard in 0..2 {
        let (conn, _) = peer.connect(at(0));
        let data = json!({"token": "right", "intents": INTENTS, "properties": {}, "shard": [shard, 2]});
        let outputs = peer.receive(at(0), conn, &json!({"op": 2, "d": data}).to_string());
        assert_eq!(frames(&outputs)[0]["d"]["shard"], json!([shard, 2]));
        assert_eq!(outputs.len(), if shard == 0 { 2 } else { 1 });
        conns.push(conn);
    }
    let odd = json!({"guild_id": (1_u64 << 22).to_string()});
    assert_eq!(peer.dispatch(at(1), "MESSAGE_CREATE", &odd)[0].conn, conns[1]);
    assert_eq!(peer.dispatch(at(1), "MESSAGE_CREATE", &json!({}))[0].conn, conns[0]);
    assert_eq!(peer.violations(), [""; 0]);
}

#[test]
fn a_resume_replays_missed_events_in_order_before_resumed() {
    let (mut peer, conn, id) = ready(rules());
    peer.dispatch(at(1), "MESSAGE_CREATE", &message("seen"));
    peer.disconnected(at(2), conn);
    assert_eq!(peer.dispatch(at(3), "MESSAGE_CREATE", &message("first")), []);
    assert_eq!(peer.dispatch(at(4), "MESSAGE_CREATE", &message("second")), []);
    let (conn, _) = peer.connect(at(5));
    let outputs = peer.receive(at(5), conn, &resume(&id, 3));
    assert_eq!(summary(&outputs), ["MESSAGE_CREATE 4", "MESSAGE_CREATE 5", "RESUMED 6"]);
    assert_eq!(frames(&outputs)[1]["d"]["content"], json!("second"));
    assert_eq!(summary(&peer.dispatch(at(6), "MESSAGE_CREATE", &message("live"))), ["MESSAGE_CREATE 7"]);
    assert_eq!((peer.counters().resumes, peer.counters().identifies), (1, 1));
}

#[test]
fn a_resume_replaces_a_connection_that_is_still_open() {
    let (mut peer, old, id) = ready(rules());
    let (new, _) = peer.connect(at(5));
    let outputs = peer.receive(at(5), new, &resume(&id, 2));
    assert_eq!(outputs[0], Output { conn: old, kind: OutputKind::Drop });
    assert_eq!(summary(&outputs[1..]), ["RESUMED 3"]);
    assert_eq!(peer.connections(), [new]);
}

#[test]
fn after_a_rejected_resume_the_connection_can_identify() {
    for is_forgotten in [true, false] {
        let (mut peer, conn, id) = ready(rules());
        if is_forgotten {
            peer.forget_sessions();
        }
        peer.disconnected(at(1), conn);
        // The resume window of the other session is over by now.
        let (conn, _) = peer.connect(at(181));
        let outputs = peer.receive(at(181), conn, &resume(&id, 2));
        assert_eq!(frames(&outputs)[0]["op"], json!(9));
        assert_eq!(frames(&outputs)[0]["d"], json!(false));
        assert_eq!(summary(&peer.receive(at(183), conn, &identify(1)))[0], "READY 1");
        assert_eq!((peer.counters().resumes_rejected, peer.violations()), (1, &[][..]));
    }
}

#[test]
fn a_session_expires_after_the_resume_window() {
    for (time, expected) in [(180, "RESUMED 3"), (181, "op 9")] {
        let (mut peer, conn, id) = ready(rules());
        peer.disconnected(at(1), conn);
        let (conn, _) = peer.connect(at(time));
        assert_eq!(summary(&peer.receive(at(time), conn, &resume(&id, 2))), [expected], "{time}");
    }
}

#[test]
fn a_resume_before_the_kept_events_is_rejected() {
    for (seq, expected) in [(3, "op 9"), (4, "MESSAGE_CREATE 5")] {
        let (mut peer, conn, id) = ready(Rules { replay_limit: 2, ..rules() });
        peer.disconnected(at(1), conn);
        for _ in 3..=6 {
            peer.dispatch(at(2), "MESSAGE_CREATE", &message("a"));
        }
        let (conn, _) = peer.connect(at(3));
        assert_eq!(summary(&peer.receive(at(3), conn, &resume(&id, seq)))[0], expected);
    }
}

#[test]
fn a_resume_with_a_future_sequence_number_closes_with_4007_and_ends_the_session() {
    let (mut peer, conn, id) = ready(rules());
    peer.disconnected(at(1), conn);
    let (conn, _) = peer.connect(at(2));
    assert_eq!(frames(&peer.receive(at(2), conn, &resume(&id, 3))), [json!({"close": 4007})]);
    let (conn, _) = peer.connect(at(3));
    assert_eq!(summary(&peer.receive(at(3), conn, &resume(&id, 2))), ["op 9"]);
}

#[test]
fn closing_with_1000_or_1001_ends_the_session_and_other_codes_keep_it() {
    for (code, expected, violations) in [
        (Some(1000), "op 9", 1),
        (Some(1001), "op 9", 1),
        (Some(4000), "RESUMED 3", 0),
        (None, "RESUMED 3", 0),
    ] {
        let (mut peer, conn, id) = ready(rules());
        peer.client_closed(at(1), conn, code);
        let (conn, _) = peer.connect(at(2));
        assert_eq!(summary(&peer.receive(at(2), conn, &resume(&id, 2))), [expected], "{code:?}");
        assert_eq!(peer.violations().len(), violations, "{code:?}");
    }
}

#[test]
fn an_identify_too_early_for_its_bucket_is_rejected() {
    let (mut peer, _, _) = ready(rules());
    let (conn, _) = peer.connect(at(4));
    assert_eq!(summary(&peer.receive(at(4), conn, &identify(1))), ["op 9"]);
    assert_eq!(peer.violations(), ["identify of bucket 0 only 4s after the last one"]);
    assert_eq!(summary(&peer.receive(at(9), conn, &identify(1)))[0], "READY 1");
}

#[test]
fn the_identify_limit_is_reset_daily_and_exceeding_it_resets_the_token() {
    let limit = SessionStartLimit { total: 3, remaining: 1, reset_after: at(100), max_concurrency: 1 };
    let (mut peer, conn, _) = ready(Rules { session_start_limit: limit, ..rules() });
    assert_eq!(
        peer.session_start_limit(at(10)),
        SessionStartLimit { remaining: 0, reset_after: at(90), ..limit }
    );
    let reset = SessionStartLimit { remaining: 3, reset_after: at(24 * 3600), ..limit };
    assert_eq!(peer.session_start_limit(at(100)), reset);

    let (mut spent, _, _) = ready(Rules { session_start_limit: limit, ..rules() });
    let (other, _) = spent.connect(at(10));
    assert_eq!(frames(&spent.receive(at(10), other, &identify(1))), [json!({"close": 4004})]);
    assert_eq!(spent.violations().len(), 1);
    assert_eq!(spent.dispatch(at(11), "MESSAGE_CREATE", &message("a")), []);
    assert_eq!(peer.session(conn).unwrap().1, 2);
}

#[test]
fn heartbeats_are_acknowledged_unless_muted() {
    let (mut peer, conn, _) = ready(rules());
    assert_eq!(summary(&peer.receive(at(10), conn, &heartbeat(Some(2)))), ["op 11"]);
    peer.mute_acks(true);
    assert_eq!(peer.receive(at(20), conn, &heartbeat(Some(2))), []);
    peer.mute_acks(false);
    assert_eq!(summary(&peer.receive(at(30), conn, &heartbeat(Some(2)))), ["op 11"]);
    assert_eq!(peer.counters().heartbeats, 3);
}

#[test]
fn a_heartbeat_with_a_wrong_sequence_number_is_a_violation() {
    for (first, second, wrong) in [
        (None, Some(2), false),
        (Some(1), Some(2), false),
        (Some(2), Some(3), true),
        (Some(2), Some(1), true),
        (Some(2), None, true),
    ] {
        let (mut peer, conn, _) = ready(rules());
        peer.receive(at(10), conn, &heartbeat(first));
        peer.receive(at(20), conn, &heartbeat(second));
        assert_eq!(!peer.violations().is_empty(), wrong, "{first:?} {second:?}");
    }
}

#[test]
fn missing_heartbeats_are_a_violation_after_one_interval_and_close_after_two() {
    let (mut peer, _, id) = ready(rules());
    assert_eq!(peer.poll(at(42)), []);
    assert_eq!(peer.violations(), [""; 0]);
    let reported = peer.deadline().unwrap();
    assert_eq!(reported, at(42) + Duration::from_nanos(1));
    assert_eq!((peer.poll(reported), peer.violations().len()), (vec![], 1));
    let closed = peer.deadline().unwrap();
    assert_eq!(closed, at(82) + Duration::from_nanos(1));
    assert_eq!(frames(&peer.poll(closed)), [json!({"close": 4000})]);
    assert_eq!((peer.counters().timeouts, peer.violations().len()), (1, 1));
    assert_eq!(peer.deadline(), Some(closed + at(180)));
    let (conn, _) = peer.connect(at(100));
    assert_eq!(summary(&peer.receive(at(100), conn, &resume(&id, 2))), ["RESUMED 3"]);
}

#[test]
fn missing_heartbeats_without_network_are_no_violation() {
    let (mut peer, conn, _) = ready(rules());
    peer.network_lost(conn);
    assert_eq!(frames(&peer.poll(at(83))), [json!({"close": 4000})]);
    assert_eq!(peer.violations(), [""; 0]);

    let (mut peer, conn, _) = ready(rules());
    peer.network_lost(conn);
    peer.network_restored(at(60), conn);
    assert_eq!((peer.poll(at(102)), peer.violations().len()), (vec![], 0));
    assert_eq!((peer.poll(at(103)), peer.violations().len()), (vec![], 1));
}

#[test]
fn a_requested_heartbeat_must_arrive_at_once() {
    for (answered, violations) in [(true, 0), (false, 1)] {
        let (mut peer, conn, _) = ready(rules());
        assert_eq!(summary(&peer.request_heartbeat(at(10), &peer.connections())), ["op 1"]);
        if answered {
            peer.receive(at(11), conn, &heartbeat(Some(2)));
        }
        peer.poll(at(13));
        assert_eq!(peer.violations().len(), violations);
    }
}

#[test]
fn a_reconnect_is_requested_and_then_enforced() {
    let (mut peer, _, _) = ready(rules());
    assert_eq!(summary(&peer.request_reconnect(at(10), &peer.connections())), ["op 7"]);
    assert_eq!(peer.deadline(), Some(at(20)));
    assert_eq!(frames(&peer.poll(at(20))), [json!({"close": 4000})]);
}

#[test]
fn an_invalidated_session_can_be_resumed_only_if_resumable() {
    for (resumable, expected) in [(true, "RESUMED 3"), (false, "op 9")] {
        let (mut peer, conn, id) = ready(rules());
        let outputs = peer.invalidate_sessions(at(10), &peer.connections(), resumable);
        assert_eq!((&frames(&outputs)[0]["op"], &frames(&outputs)[0]["d"]), (&json!(9), &json!(resumable)));
        assert_eq!(summary(&peer.receive(at(11), conn, &resume(&id, 2))), [expected]);
    }
}

#[test]
fn some_close_codes_end_the_session() {
    for (code, expected) in [(4000, "RESUMED 3"), (4009, "op 9"), (1000, "RESUMED 3"), (4006, "RESUMED 3")] {
        let (mut peer, conn, id) = ready(rules());
        assert_eq!(frames(&peer.close(at(1), conn, code, "")), [json!({"close": code})]);
        let (conn, _) = peer.connect(at(2));
        assert_eq!(summary(&peer.receive(at(2), conn, &resume(&id, 2))), [expected], "{code}");
    }
}

#[test]
fn sequence_numbers_may_start_at_zero_and_exceed_32_bits() {
    for first_seq in [0, u64::from(u32::MAX)] {
        let (mut peer, conn, id) = ready(Rules { first_seq, ..rules() });
        peer.disconnected(at(1), conn);
        let (conn, _) = peer.connect(at(2));
        let outputs = peer.receive(at(2), conn, &resume(&id, first_seq));
        let names = [format!("GUILD_CREATE {}", first_seq + 1), format!("RESUMED {}", first_seq + 2)];
        assert_eq!(summary(&outputs), names);
    }
}

#[test]
fn varied_frames_have_the_same_content_and_depend_on_the_seed() {
    let play = |vary_frames, seed| {
        let mut peer = Peer::new(Rules { vary_frames, ..rules() }, seed);
        let (conn, mut outputs) = peer.connect(at(0));
        outputs.extend(peer.receive(at(0), conn, &identify(INTENTS)));
        for n in 0..50 {
            outputs.extend(peer.dispatch(at(1), "MESSAGE_CREATE", &message(&n.to_string())));
            outputs.extend(peer.receive(at(1), conn, &heartbeat(Some(n))));
        }
        outputs
    };
    let (usual, varied) = (play(false, 1), play(true, 1));
    assert_eq!(varied, play(true, 1));
    assert_ne!(varied, play(true, 2));
    assert_eq!(summary(&usual), summary(&varied));
    let keys = |outputs: &[Output]| frames(outputs).iter().filter(|f| f.get("s").is_none()).count();
    assert_eq!(keys(&usual), 0);
    assert!(keys(&varied) > 5);
}

#[test]
fn send_events_are_recorded_without_the_token() {
    let (mut peer, conn, _) = ready(rules());
    peer.receive(at(1), conn, &json!({"op": 3, "d": {"status": "idle"}}).to_string());
    let ops: Vec<&Value> = peer.send_events().iter().map(|send_event| &send_event["op"]).collect();
    assert_eq!(ops, [2, 3]);
    assert_eq!(peer.send_events()[0]["d"]["token"], json!(""));
    assert_eq!(peer.send_events()[1]["d"]["status"], json!("idle"));
}

#[test]
fn more_than_five_presence_updates_in_twenty_seconds_are_a_violation() {
    let (mut peer, conn, _) = ready(rules());
    for n in 0..6 {
        peer.receive(at(n), conn, &json!({"op": 3, "d": {}}).to_string());
    }
    assert_eq!(peer.violations(), ["6 presence updates in 20s"]);
}
