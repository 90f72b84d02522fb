//! Requests for all members of a guild: once in thirty seconds for each, late if they must be.
//! <https://docs.discord.com/developers/events/gateway-events#request-guild-members>

use std::time::Duration;

use serde_json::json;

use super::scenario::{Scenario, s};
use crate::gateway::send_event::{RequestMembers, SendEvent};
use crate::id::GuildId;

fn all(guild: u64, nonce: &str) -> SendEvent {
    SendEvent::request_members(&RequestMembers::all(GuildId::new(guild)).nonce(nonce)).unwrap()
}

fn order(guild: u64, nonce: &str) -> String {
    let data = json!({"guild_id": guild.to_string(), "query": "", "limit": 0, "nonce": nonce});
    format!("order 8 {data}")
}

/// The orders among what was done, and when, in whole seconds.
fn orders(did: Vec<(u128, String)>) -> Vec<(u128, String)> {
    let orders = did.into_iter().filter(|(_, did)| did.starts_with("order"));
    orders.map(|(at, did)| (at / 1000, did)).collect()
}

fn refusal(seq: u64, guild: u64, retry_after: f64) -> serde_json::Value {
    json!({"op": 0, "t": "RATE_LIMITED", "s": seq, "d": {
        "opcode": 8, "retry_after": retry_after, "meta": {"guild_id": guild.to_string(), "nonce": "x"}}})
}

#[test]
fn a_guild_is_asked_once_in_thirty_seconds_and_nothing_is_lost() {
    let mut it = Scenario::ready();
    assert_eq!(it.order(&all(7, "a")), [order(7, "a")]);
    assert_eq!(it.order(&all(7, "b")), [""; 0]);
    assert_eq!(it.order(&all(7, "c")), [""; 0]);
    assert_eq!(it.order(&all(8, "d")), [order(8, "d")], "another guild does not wait for it");
    let named = SendEvent::request_members(&RequestMembers::query(GuildId::new(7), "ann", 5)).unwrap();
    assert_eq!(it.order(&named).len(), 1, "only requests for all members are so rare");
    assert_eq!(it.session.send_queue_len(), 2);
    assert_eq!(orders(it.run_acknowledged(s(70.0))), [(31, order(7, "b")), (62, order(7, "c"))]);
}

#[test]
fn a_new_connection_does_not_make_a_guild_free_again() {
    let mut it = Scenario::ready();
    it.order(&all(7, "a"));
    it.order(&all(7, "b"));
    it.lose();
    it.reach_hello();
    it.hello();
    let began = it.elapsed();
    assert_eq!(it.resumed(2), ["resumed", "event RESUMED 2"]);
    let sent = orders(it.run_acknowledged(s(40.0)));
    assert_eq!(sent.len(), 1, "{sent:?} after {began:?}");
}

#[test]
fn those_that_became_due_while_there_was_no_connection_are_still_told_apart() {
    let mut it = Scenario::ready();
    it.order(&all(7, "a"));
    it.order(&all(7, "b"));
    it.order(&all(7, "c"));
    it.lose();
    it.pass(Duration::from_secs(300));
    it.reach_hello();
    it.hello();
    assert_eq!(it.resumed(2), ["resumed".to_owned(), order(7, "b"), "event RESUMED 2".to_owned()]);
    assert_eq!(orders(it.run_acknowledged(s(40.0))), [(31, order(7, "c"))]);
}

#[test]
fn what_discord_refuses_is_sent_again_when_it_may_be() {
    let mut it = Scenario::ready();
    it.order(&all(7, "a"));
    it.order(&all(7, "b"));
    assert_eq!(it.frame(&refusal(2, 7, 27.35)), ["event RATE_LIMITED 2"]);
    // It is said twice, as when Discord replays it.
    it.frame(&refusal(3, 7, 27.35));
    let sent = orders(it.run_acknowledged(s(100.0)));
    let mut texts: Vec<_> = sent.iter().map(|(_, order)| order.clone()).collect();
    texts.sort();
    assert_eq!(texts, [order(7, "a"), order(7, "b")]);
    assert!(sent[0].0 >= 28 && sent[1].0 >= sent[0].0 + 31, "{sent:?}");
    // It is about nothing that was asked, and what it says is no time.
    assert_eq!(it.frame(&refusal(4, 9, 1e300)), ["event RATE_LIMITED 4"]);
    it.frame(&refusal(5, 7, -1.0));
}

#[test]
fn thousands_of_them_hold_up_nobody_else() {
    let mut it = Scenario::ready();
    for guild in 1..=2000 {
        it.order(&all(guild, "a"));
    }
    let voice = SendEvent::raw(4, &json!({"guild_id": "7"})).unwrap();
    assert_eq!(it.order(&voice), [""; 0], "the window is full");
    let sent = orders(it.run_acknowledged(s(62.0)));
    let place = sent.iter().position(|(_, order)| order.starts_with("order 4")).unwrap();
    assert!(place < 2, "{place}");
}

#[test]
fn many_guilds_leave_nothing_behind() {
    let mut it = Scenario::ready();
    for guild in 1..=500 {
        it.order(&all(guild, "a"));
        it.run_acknowledged(s(2.0));
    }
    it.run_acknowledged(s(100.0));
    assert_eq!(it.session.send_queue_len(), 0);
    let asked = it.session.outbox.guilds_remembered();
    assert!(asked < 150, "{asked}");
}
