use serde_json::{Value, json};

use super::scene::{apply, channel_id, content, member, message, message_id, user, with_guild};
use crate::cache::HasBefore;
use crate::gateway::event::{MessageCreate, MessageDelete, MessageDeleteBulk, MessageUpdate};

/// A message with something in every field that is kept.
fn rich() -> Value {
    let mut message = message(10, 1000, "look");
    let fields = message.as_object_mut().unwrap();
    let mut mentioned = user(21, "bob");
    let mut as_member = member(21, "bob", &["100"]);
    as_member.as_object_mut().unwrap().remove("user");
    as_member["avatar"] = json!("a1");
    mentioned["member"] = as_member;
    mentioned["primary_guild"] = json!({"tag": "TIDE", "identity_enabled": true});
    fields["mentions"] = json!([mentioned]);
    fields["mention_roles"] = json!(["100"]);
    fields["attachments"] = json!([{"id": "80", "filename": "tide.png", "size": 5, "url": "https://x/y", "proxy_url": "https://x/z"}]);
    fields["embeds"] =
        json!([{"title": "Tide", "fields": [{"name": "High", "value": "3 m"}], "type": "rich"}]);
    fields["edited_timestamp"] = json!("2026-05-02T09:15:00+00:00");
    for (name, value) in [
        ("channel_type", json!(0)),
        ("message_reference", json!({"message_id": "900", "channel_id": "10", "type": 0})),
        ("referenced_message", super::scene::message(10, 900, "earlier")),
        (
            "components",
            json!([{"type": 1, "id": 1, "components": [{"type": 2, "id": 2, "style": 1, "label": "Go", "custom_id": "go"}]}]),
        ),
        ("sticker_items", json!([{"id": "81", "name": "wave", "format_type": 1}])),
        (
            "poll",
            json!({"question": {"text": "When?"}, "answers": [], "allow_multiselect": false, "layout_type": 1}),
        ),
        (
            "interaction_metadata",
            json!({"id": "82", "type": 2, "user": user(20, "ann"), "authorizing_integration_owners": {}}),
        ),
        ("position", json!(3)),
        ("application_id", json!("9")),
    ] {
        fields.insert(name.to_owned(), value);
    }
    message
}

#[test]
fn a_kept_message_is_the_message_that_was_sent() {
    for sent in [message(10, 1000, "plain"), rich()] {
        let cache = with_guild();
        apply(&cache, "MESSAGE_CREATE", &sent);
        let kept = cache.message(channel_id(10), message_id(1000)).unwrap();
        let MessageCreate(sent) = serde_json::from_value(sent).unwrap();
        assert_eq!(serde_json::to_value(kept).unwrap(), serde_json::to_value(sent).unwrap());
    }
}

#[test]
fn what_changes_without_an_event_of_the_message_is_not_kept() {
    let cache = with_guild();
    let mut sent = rich();
    (sent["nonce"], sent["reactions"]) =
        (json!("5"), json!([{"count": 1, "me": false, "emoji": {"name": "a"}}]));
    sent["poll"]["results"] = json!({"is_finalized": false, "answer_counts": []});
    apply(&cache, "MESSAGE_CREATE", &sent);
    let kept = cache.message(channel_id(10), message_id(1000)).unwrap();
    assert!(kept.nonce.is_none() && kept.reactions.is_empty() && kept.poll.unwrap().results.is_none());
}

#[test]
fn an_update_returns_what_was_before_and_keeps_what_it_leaves_out() {
    let cache = with_guild();
    apply(&cache, "MESSAGE_CREATE", &rich());
    let partial =
        json!({"id": "1000", "channel_id": "10", "guild_id": "1", "content": "edited", "tts": false});
    let before = apply(&cache, "MESSAGE_UPDATE", &partial).unwrap();
    let event: MessageUpdate = serde_json::from_value(partial).unwrap();
    assert_eq!(event.before(&before).unwrap().content, "look");
    let kept = cache.message(channel_id(10), message_id(1000)).unwrap();
    assert_eq!((kept.content.as_str(), kept.author.username.as_str()), ("edited", "ann"));
    assert_eq!((kept.embeds.len(), kept.mentions.len(), kept.attachments.len()), (1, 1, 1));
    assert!(kept.referenced_message.value().is_some());

    let mut whole = message(10, 1000, "again");
    whole["edited_timestamp"] = json!("2026-05-02T09:16:00.000000+00:00");
    apply(&cache, "MESSAGE_UPDATE", &whole);
    let kept = cache.message(channel_id(10), message_id(1000)).unwrap();
    assert_eq!((kept.content.as_str(), kept.embeds.len()), ("again", 0));
    assert_eq!(kept.edited_timestamp.unwrap().as_str(), "2026-05-02T09:16:00.000000+00:00");
}

#[test]
fn an_update_of_an_unknown_message_makes_it_known_only_if_it_is_whole() {
    let cache = with_guild();
    apply(
        &cache,
        "MESSAGE_UPDATE",
        &json!({"id": "1000", "channel_id": "10", "guild_id": "1", "content": "x"}),
    );
    assert_eq!(content(&cache, 10, 1000), None);
    apply(&cache, "MESSAGE_UPDATE", &message(10, 1000, "whole"));
    assert_eq!(content(&cache, 10, 1000).as_deref(), Some("whole"));
}

#[test]
fn deleted_messages_are_returned_once() {
    let cache = with_guild();
    for id in 1000..1003 {
        apply(&cache, "MESSAGE_CREATE", &message(10, id, &format!("number {id}")));
    }
    let one = json!({"id": "1000", "channel_id": "10", "guild_id": "1"});
    let before = apply(&cache, "MESSAGE_DELETE", &one).unwrap();
    let event: MessageDelete = serde_json::from_value(one.clone()).unwrap();
    assert_eq!(event.before(&before).unwrap().content, "number 1000");
    assert!(apply(&cache, "MESSAGE_DELETE", &one).is_none());
    let bulk = json!({"ids": ["1000", "1001", "1002", "5"], "channel_id": "10", "guild_id": "1"});
    let before = apply(&cache, "MESSAGE_DELETE_BULK", &bulk).unwrap();
    let event: MessageDeleteBulk = serde_json::from_value(bulk).unwrap();
    let contents: Vec<_> =
        event.before(&before).unwrap().into_iter().map(|message| message.content).collect();
    assert_eq!(contents, ["number 1001", "number 1002"]);
    assert_eq!(cache.health().messages, 0);
}

#[test]
fn each_channel_keeps_its_newest_messages() {
    let cache = super::scene::full().messages(3);
    apply(&cache, "READY", &super::scene::ready(&[1]));
    apply(&cache, "GUILD_CREATE", &super::scene::guild(1));
    for id in [1000, 1004, 1002, 1001, 1003, 1005] {
        apply(&cache, "MESSAGE_CREATE", &message(10, id, &id.to_string()));
    }
    let known: Vec<_> = cache.messages_of(channel_id(10)).iter().map(|message| message.id.get()).collect();
    assert_eq!(known, [1003, 1004, 1005]);
}

#[test]
fn ephemeral_messages_are_not_kept() {
    let cache = with_guild();
    let mut ephemeral = message(10, 1000, "only you see this");
    ephemeral["flags"] = json!(1 << 6);
    ephemeral.as_object_mut().unwrap().remove("guild_id");
    apply(&cache, "MESSAGE_CREATE", &ephemeral);
    assert_eq!(content(&cache, 10, 1000), None);
}

#[test]
fn direct_messages_are_kept_until_a_new_session_of_their_shard() {
    let cache = with_guild();
    let mut direct = message(90, 1000, "psst");
    direct.as_object_mut().unwrap().remove("guild_id");
    apply(&cache, "MESSAGE_CREATE", &direct);
    assert_eq!(content(&cache, 90, 1000).as_deref(), Some("psst"));
    super::scene::apply_from(&cache, 1, "READY", &super::scene::ready(&[]));
    assert!(content(&cache, 90, 1000).is_some());
    apply(&cache, "READY", &super::scene::ready(&[1]));
    assert_eq!(content(&cache, 90, 1000), None);
}
