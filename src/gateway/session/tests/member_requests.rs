//! Requests for all members of a guild: one in thirty seconds for each guild, the others wait.
//! <https://docs.discord.com/developers/events/gateway-events#request-guild-members>

use std::time::Duration;

use serde_json::json;

use super::scenario::{Scenario, s};
use crate::gateway::send_event::{RequestMembers, SendEvent};
use crate::id::GuildId;

fn all(guild: u64, nonce: &str) -> SendEvent {
    SendEvent::request_members(&RequestMembers::all(GuildId::new(guild)).nonce(nonce)).unwrap()
}

fn request(guild: u64, nonce: &str) -> String {
    let data = json!({"guild_id": guild.to_string(), "query": "", "limit": 0, "nonce": nonce});
    format!("send 8 {data}")
}

/// The send events among the actions, with their times in whole seconds.
fn send_events(actions: Vec<(u128, String)>) -> Vec<(u128, String)> {
    let events = actions.into_iter().filter(|(_, action)| action.starts_with("send "));
    events.map(|(at, action)| (at / 1000, action)).collect()
}

fn refusal(seq: u64, guild: u64, retry_after: f64) -> serde_json::Value {
    json!({"op": 0, "t": "RATE_LIMITED", "s": seq, "d": {
        "opcode": 8, "retry_after": retry_after, "meta": {"guild_id": guild.to_string(), "nonce": "x"}}})
}

#[test]
fn a_guild_gets_one_request_in_thirty_seconds_and_no_request_is_lost() {
    let mut it = Scenario::ready();
    assert_eq!(it.send(&all(7, "a")), [request(7, "a")]);
    assert_eq!(it.send(&all(7, "b")), [""; 0]);
    assert_eq!(it.send(&all(7, "c")), [""; 0]);
    assert_eq!(it.send(&all(8, "d")), [request(8, "d")], "each guild has its own limit");
    let named = SendEvent::request_members(&RequestMembers::query(GuildId::new(7), "ann", 5)).unwrap();
    assert_eq!(it.send(&named).len(), 1, "the limit applies only to requests for all members");
    assert_eq!(it.session.send_queue_len(), 2);
    assert_eq!(send_events(it.run_acknowledged(s(70.0))), [(31, request(7, "b")), (62, request(7, "c"))]);
}

#[test]
fn a_new_connection_does_not_reset_the_limit_of_a_guild() {
    let mut it = Scenario::ready();
    it.send(&all(7, "a"));
    it.send(&all(7, "b"));
    it.lose();
    it.reach_hello();
    it.hello();
    let began = it.elapsed();
    assert_eq!(it.resumed(2), ["resumed", "event RESUMED 2"]);
    let sent = send_events(it.run_acknowledged(s(40.0)));
    assert_eq!(sent.len(), 1, "{sent:?} after {began:?}");
}

#[test]
fn requests_that_became_due_without_a_connection_still_keep_the_limit() {
    let mut it = Scenario::ready();
    it.send(&all(7, "a"));
    it.send(&all(7, "b"));
    it.send(&all(7, "c"));
    it.lose();
    it.pass(Duration::from_secs(300));
    it.reach_hello();
    it.hello();
    assert_eq!(it.resumed(2), ["resumed".to_owned(), request(7, "b"), "event RESUMED 2".to_owned()]);
    assert_eq!(send_events(it.run_acknowledged(s(40.0))), [(31, request(7, "c"))]);
}

#[test]
fn a_request_that_discord_refuses_is_sent_again_when_it_is_allowed() {
    let mut it = Scenario::ready();
    it.send(&all(7, "a"));
    it.send(&all(7, "b"));
    assert_eq!(it.frame(&refusal(2, 7, 27.35)), ["event RATE_LIMITED 2"]);
    // The event arrives twice, as in a replay.
    it.frame(&refusal(3, 7, 27.35));
    let sent = send_events(it.run_acknowledged(s(100.0)));
    let mut texts: Vec<_> = sent.iter().map(|(_, event)| event.clone()).collect();
    texts.sort();
    assert_eq!(texts, [request(7, "a"), request(7, "b")]);
    assert!(sent[0].0 >= 28 && sent[1].0 >= sent[0].0 + 31, "{sent:?}");
    // A refusal of a request that was never sent, and one with an invalid time.
    assert_eq!(it.frame(&refusal(4, 9, 1e300)), ["event RATE_LIMITED 4"]);
    it.frame(&refusal(5, 7, -1.0));
}

#[test]
fn thousands_of_member_requests_do_not_delay_other_events() {
    let mut it = Scenario::ready();
    for guild in 1..=2000 {
        it.send(&all(guild, "a"));
    }
    let voice = SendEvent::raw(4, &json!({"guild_id": "7"})).unwrap();
    assert_eq!(it.send(&voice), [""; 0], "the limit is reached");
    let sent = send_events(it.run_acknowledged(s(62.0)));
    let place = sent.iter().position(|(_, event)| event.starts_with("send 4")).unwrap();
    assert!(place < 2, "{place}");
}

#[test]
fn guilds_are_removed_after_their_limit_has_passed() {
    let mut it = Scenario::ready();
    for guild in 1..=500 {
        it.send(&all(guild, "a"));
        it.run_acknowledged(s(2.0));
    }
    it.run_acknowledged(s(100.0));
    assert_eq!(it.session.send_queue_len(), 0);
    let asked = it.session.outbox.guilds_remembered();
    assert!(asked < 150, "{asked}");
}
