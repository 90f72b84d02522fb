//! Requests for the members of a guild: requests for all members are rate limited.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::sim::peer::{ConnectionId, Output, OutputKind, Peer, Rules};

/// GUILDS and GUILD_MEMBERS.
const INTENTS: u64 = 1 | 1 << 1;

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn ready(intents: u64) -> (Peer, ConnectionId) {
    let mut peer = Peer::new(Rules { token: "right".into(), ..Rules::default() }, 7);
    let (conn, _) = peer.connect(at(0));
    let login = json!({"token": "right", "intents": intents, "properties": {}});
    peer.receive(at(0), conn, &json!({"op": 2, "d": login}).to_string());
    (peer, conn)
}

fn request(peer: &mut Peer, now: Duration, conn: ConnectionId, data: &Value) -> Vec<Output> {
    peer.receive(now, conn, &json!({"op": 8, "d": data}).to_string())
}

fn frame(outputs: &[Output]) -> Value {
    let [Output { kind: OutputKind::Text(text), .. }] = outputs else { panic!("{outputs:?}") };
    serde_json::from_str(text).unwrap()
}

#[test]
fn all_members_can_be_requested_once_in_thirty_seconds() {
    let (mut peer, conn) = ready(INTENTS);
    let all = json!({"guild_id": "99", "query": "", "limit": 0, "nonce": "x"});
    let other = json!({"guild_id": "98", "query": "", "limit": 0});
    let named = json!({"guild_id": "99", "query": "a", "limit": 5});
    for (now, data) in [(1, &all), (2, &other), (3, &named), (3, &named)] {
        assert_eq!(request(&mut peer, at(now), conn, data), []);
    }
    let taken: Vec<_> = peer.take_guild_requests().into_iter().map(|request| request.data).collect();
    assert_eq!(taken, [all.clone(), other, named.clone(), named]);

    let rejection = frame(&request(&mut peer, at(11), conn, &all));
    assert_eq!(rejection["t"], "RATE_LIMITED");
    assert_eq!(
        rejection["d"],
        json!({"opcode": 8, "retry_after": 20.0, "meta": {"guild_id": "99", "nonce": "x"}})
    );
    assert_eq!(peer.take_guild_requests(), []);
    assert_eq!(request(&mut peer, at(31), conn, &all), []);
    assert_eq!(peer.take_guild_requests().len(), 1);
    assert_eq!(peer.violations(), [""; 0]);
}

#[test]
fn a_request_for_all_members_needs_the_intent() {
    let (mut peer, conn) = ready(1);
    request(&mut peer, at(1), conn, &json!({"guild_id": "99", "query": "a", "limit": 1}));
    assert_eq!(peer.violations(), [""; 0]);
    request(&mut peer, at(1), conn, &json!({"guild_id": "99", "query": "", "limit": 0}));
    assert_eq!(peer.violations(), ["a request for all members without the intent GUILD_MEMBERS"]);
}
