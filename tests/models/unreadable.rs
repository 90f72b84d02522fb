//! A value that cannot be read does not affect other values, and is written back if possible.

use serde::Deserialize;
use serde_json::{Value, json};
use syncord::gateway::event::{
    Event, GuildMembersChunk, GuildSoundboardSoundsUpdate, MessageCreate, PresenceUpdate, Ready, Resumed,
};
use syncord::gateway::frame;
use syncord::model::{
    CommandOption, CommandOptionDefinition, Component, List, Message, Raw, Sticker, collect_unreadable,
};

fn message(parts: &Value) -> MessageCreate {
    let mut message = json!({
        "id": "1", "channel_id": "2", "author": {"id": "3", "username": "mira"}, "content": "aye",
        "timestamp": "2026-05-02T09:14:37.412000+00:00", "type": 0,
    });
    message.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    MessageCreate::decode(&message.to_string()).unwrap()
}

#[test]
fn unreadable_elements_are_written_back_at_their_positions() {
    let parts = json!({
        "embeds": [{"title": "a"}, 7, {"title": ["b"], "description": "d"}, {"title": "c"}],
        "components": [{"type": 1, "components": [7, {"type": 2, "style": 1, "custom_id": "x"}]}, "row"],
        "mentions": [{"id": {}}, {"id": "4", "username": "kofi", "member": {"nick": "K", "roles": []}}],
    });
    let message = message(&parts);
    let titles: Vec<_> = message.embeds.iter().map(|embed| embed.title.as_deref()).collect();
    assert_eq!(titles, [Some("a"), None, Some("c")]);
    assert_eq!(message.embeds[1].description.as_deref(), Some("d"), "a wrong title costs only the title");
    let [Component::ActionRow(row)] = &*message.components else { panic!("{:?}", message.components) };
    assert!(
        matches!(&*row.components, [Component::Button(button)] if button.custom_id.as_deref() == Some("x"))
    );
    assert_eq!(message.mentions[0].display_name(), "K");
    let written = serde_json::to_value(&message.0).unwrap();
    assert_eq!(written["embeds"][1], parts["embeds"][1]);
    assert_eq!(written["components"][0]["components"][0], 7);
    assert_eq!(written["components"][1], "row");
    assert_eq!(written["mentions"][0], parts["mentions"][0]);
}

#[test]
fn an_unreadable_optional_field_is_left_out() {
    let message =
        message(&json!({"poll": [], "interaction_metadata": 5, "member": {"nick": "N", "roles": 1}}));
    assert!(message.poll.is_none() && message.interaction_metadata.is_none());
    assert_eq!((message.author_name(), message.content.as_str()), ("N", "aye"));
}

#[test]
fn a_presence_needs_only_a_readable_id() {
    let presence = PresenceUpdate::decode(
        r#"{"user":{"id":"7","username":5},"guild_id":[],"status":1,"activities":[{"name":"a","state":4},8],
            "client_status":"gone"}"#,
    );
    let presence = presence.unwrap();
    assert_eq!((presence.user.id.get(), presence.guild_id), (7, None));
    assert_eq!((presence.activities.len(), presence.activities[0].name.as_str()), (1, "a"));
    assert_eq!(presence.activities.unreadable().len(), 1);
    assert!(presence.client_status.desktop.is_none());
}

#[test]
fn an_unreadable_member_does_not_lose_the_chunk() {
    let chunk = GuildMembersChunk::decode(
        r#"{"guild_id":"1","members":[{"roles":[],"user":{"id":"2"}},{"roles":[],"user":{"id":"3"}},null],
            "chunk_index":0,"chunk_count":1,"not_found":[5,"6"]}"#,
    );
    let chunk = chunk.unwrap();
    assert_eq!((chunk.members.len(), chunk.members.unreadable()[0].0), (2, 2));
    assert_eq!(chunk.not_found.iter().map(|id| id.get()).collect::<Vec<_>>(), [5, 6]);
}

#[test]
fn a_deleted_reply_differs_from_one_that_was_not_fetched() {
    for (parts, written) in [(json!({}), None), (json!({"referenced_message": null}), Some(Value::Null))] {
        let message = message(&parts);
        assert!(message.referenced_message.value().is_none());
        assert_eq!(message.referenced_message.is_absent(), written.is_none());
        assert_eq!(serde_json::to_value(&message.0).unwrap().get("referenced_message").cloned(), written);
    }
}

#[test]
fn an_event_that_needs_no_field_is_read_from_data_of_any_type() {
    for data in ["null", "[]", "7", "\"x\"", "{}", " null ,\"op\":0}"] {
        let (result, unreadable) = collect_unreadable(|| (Resumed::decode(data), Ready::decode(data)));
        assert!(result.0.is_ok(), "{data}");
        let ready = result.1.unwrap();
        assert_eq!((ready.user.id.get(), ready.session_id.as_str(), ready.shard), (0, "", None), "{data}");
        let is_null_or_object = data.contains("null") || data == "{}";
        let expected = if is_null_or_object { vec![] } else { vec![("", data), ("", data)] };
        let found: Vec<_> = unreadable.iter().map(|part| (&*part.path, &*part.json)).collect();
        assert_eq!(found, expected, "{data}");
    }
    let problem = MessageCreate::decode("null").unwrap_err().to_string();
    assert!(problem.contains("expected an object, found null"), "{problem}");
}

#[test]
fn values_that_discord_sent_in_place_of_documented_ones_cost_only_their_field() {
    let parts = json!({
        "author": {"id": "3", "username": "mira", "bot": null, "accent_color": -1}, "content": null, "tts": null,
        "pinned": null, "type": null, "webhook_id": "", "nonce": 1.5, "channel_id": "x", "timestamp": 0,
    });
    let (message, unreadable) = collect_unreadable(|| message(&parts));
    assert_eq!((message.id.get(), message.author.username.as_str()), (1, "mira"));
    assert!(message.webhook_id.is_none() && message.nonce.is_none() && message.content.is_empty());
    assert_eq!((message.channel_id.get(), message.timestamp.unix_millis()), (0, None));
    let mut paths: Vec<_> = unreadable.iter().map(|part| part.path.as_str()).collect();
    paths.sort_unstable();
    let expected = [
        "author.accent_color",
        "author.bot",
        "channel_id",
        "content",
        "nonce",
        "pinned",
        "timestamp",
        "tts",
        "type",
        "webhook_id",
    ];
    assert_eq!(paths, expected);

    let sticker: Sticker =
        serde_json::from_str(r#"{"id":"8","name":"T","tags":"x","type":1,"format_type":null,"pack_id":"1"}"#)
            .unwrap();
    assert_eq!((sticker.name.as_str(), sticker.format_type.name()), ("T", None));
    for volume in ["null", "\"loud\"", "[]"] {
        let json = format!(
            r#"{{"guild_id":"1","soundboard_sounds":[{{"sound_id":"2","name":"horn","volume":{volume}}}]}}"#
        );
        let sounds = GuildSoundboardSoundsUpdate::decode(&json).unwrap().soundboard_sounds;
        assert_eq!((sounds[0].name.as_str(), sounds[0].volume), ("horn", 1.0));
    }
    let select: Component = serde_json::from_str(
        r#"{"type":3,"custom_id":null,"options":[{"label":null,"value":"a","default":null}],"min_values":null,"disabled":null}"#,
    )
    .unwrap();
    let Component::StringSelect(select) = select else { panic!("{select:?}") };
    assert_eq!((select.options[0].value.as_str(), select.options[0].label.as_str()), ("a", ""));
}

#[test]
fn an_integer_may_be_sent_as_a_float() {
    let option: CommandOption = serde_json::from_str(r#"{"name":"c","type":4,"value":3.0}"#).unwrap();
    assert_eq!(option.value.unwrap().as_i64(), Some(3));
    let definition: CommandOptionDefinition = serde_json::from_str(
        r#"{"name":"c","type":4,"min_value":1.0,"max_value":1e1,"max_length":5.0,"choices":[{"name":"a","value":-2.0}]}"#,
    )
    .unwrap();
    assert_eq!(definition.min_value.unwrap().as_i64(), Some(1));
    assert_eq!(definition.max_value.unwrap().as_i64(), Some(10));
    assert_eq!(definition.choices[0].value.as_i64(), Some(-2));
    assert_eq!(definition.max_length, Some(5));
    // The largest integers of an option: a float keeps them exactly.
    for number in [9_007_199_254_740_991_i64, -9_007_199_254_740_991, 4_503_599_627_370_497] {
        let json = format!(r#"{{"name":"c","type":4,"value":{number}.0}}"#);
        let option: CommandOption = serde_json::from_str(&json).unwrap();
        assert_eq!(option.value.unwrap().as_i64(), Some(number));
    }
    let half: CommandOption = serde_json::from_str(r#"{"name":"c","type":10,"value":3.5}"#).unwrap();
    let half = half.value.unwrap();
    assert_eq!((half.as_i64(), half.as_f64()), (None, Some(3.5)));
}

#[test]
fn half_of_a_surrogate_pair_is_replaced_in_the_types_of_the_program_too() {
    #[derive(Deserialize)]
    struct Said {
        content: String,
    }

    impl Event for Said {
        const NAME: &'static str = "MESSAGE_CREATE";
    }

    let data = r#"{"content":"a\ud83d b \ud83d\ude00","type":44},"s":7}"#;
    assert_eq!(Said::decode(data).unwrap().content, "a\u{fffd} b 😀");
    let raw: Raw = frame::parse(data).unwrap();
    assert_eq!(raw.parse::<Said>().unwrap().content, "a\u{fffd} b 😀");
    assert_eq!(serde_json::to_value(&raw).unwrap()["content"], "a\u{fffd} b 😀");
}

#[test]
fn an_empty_list_of_messages_is_not_a_message() {
    let messages: List<Message> = serde_json::from_str("[]").unwrap();
    assert!(messages.is_empty());
}
