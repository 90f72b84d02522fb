//! The world: members, channels, messages and reactions.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::id::{ChannelId, MessageId, UserId};
use syncord::sim::world::{RestResponse, World};

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);

/// A world, its channel #general and its member ann.
fn world() -> (World, ChannelId, UserId) {
    let mut world = World::new(NOW, "bot", 0);
    let (general, _) = world.channel(NOW, "general");
    let (ann, _) = world.member(NOW, "ann");
    (world, general, ann)
}

fn id<T: From<u64>>(response: &RestResponse) -> T {
    T::from(response.body["id"].as_str().unwrap().parse().unwrap())
}

#[test]
fn members_and_channels_are_created_once() {
    let (mut world, general, ann) = world();
    assert_eq!(world.channel(NOW, "general"), (general, vec![]));
    assert_eq!(world.member(NOW, "ann"), (ann, vec![]));
    let (bob, events) = world.member(NOW, "bob");
    assert_eq!((events[0].0, &events[0].1["user"]["id"]), ("GUILD_MEMBER_ADD", &json!(bob.to_string())));
    let guild = &world.ready_data().guilds[0];
    assert_eq!(guild["member_count"], json!(3));
    assert_eq!(guild["channels"][0]["name"], json!("general"));
}

#[test]
fn ids_contain_the_time() {
    let (_, general, _) = world();
    assert_eq!((general.get() >> 22) + 1_420_070_400_000, 1_777_713_277_412);
}

#[test]
fn a_message_has_guild_and_member_only_in_its_event() {
    let (mut world, general, ann) = world();
    let response = world.post(NOW, ann, general, &json!({"content": " hello\n"}));
    assert_eq!(response.status, 200);
    assert_eq!(response.body["content"], json!("hello"));
    assert_eq!(response.body["timestamp"], json!("2026-05-02T09:14:37.412000+00:00"));
    assert_eq!(response.body["author"]["username"], json!("ann"));
    assert_eq!(response.body.get("guild_id"), None);
    let (name, event) = &response.events[0];
    assert_eq!(*name, "MESSAGE_CREATE");
    assert_eq!(event["guild_id"], world.ready_data().guilds[0]["id"]);
    assert_eq!(event["member"]["roles"], json!([]));
    assert_eq!(world.show_message(general, id(&response)).body, response.body);
}

#[test]
fn an_invalid_message_is_rejected_with_discords_error() {
    let (mut world, general, ann) = world();
    let too_long = json!({"content": {"_errors": [
        {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}
    ]}});
    let table: [(Value, u64, Value); 5] = [
        (json!({}), 50006, Value::Null),
        (json!({"content": " \n"}), 50006, Value::Null),
        (json!({"content": "é".repeat(2001)}), 50035, too_long),
        (
            json!({"content": 1}),
            50035,
            json!({"content": {"_errors": [
                {"code": "BASE_TYPE_STRING", "message": "Could not interpret value as string."}
            ]}}),
        ),
        (
            json!({"content": "a", "message_reference": {"message_id": "1"}}),
            50035,
            json!({"message_reference":
            {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}}),
        ),
    ];
    for (body, code, errors) in table {
        let response = world.post(NOW, ann, general, &body);
        assert_eq!(
            (response.status, &response.body["code"], &response.body["errors"]),
            (400, &json!(code), &errors)
        );
        assert_eq!(response.events, []);
    }
    assert_eq!(world.post(NOW, ann, general, &json!({"content": "é".repeat(2000)})).status, 200);
}

#[test]
fn unknown_channels_messages_and_emojis_are_rejected() {
    let (mut world, general, ann) = world();
    let code = |response: RestResponse| (response.status, response.body["code"].as_u64().unwrap());
    assert_eq!(code(world.post(NOW, ann, ChannelId::new(5), &json!({"content": "a"}))), (404, 10003));
    assert_eq!(code(world.show_channel(ChannelId::new(5))), (404, 10003));
    assert_eq!(code(world.start_typing(NOW, ann, ChannelId::new(5))), (404, 10003));
    assert_eq!(code(world.show_message(general, MessageId::new(5))), (404, 10008));
    assert_eq!(code(world.react(NOW, ann, general, MessageId::new(5), "👍")), (404, 10008));
    let message: MessageId = id(&world.post(NOW, ann, general, &json!({"content": "a"})));
    assert_eq!(code(world.react(NOW, ann, general, message, "thumbsup")), (400, 10014));
}

#[test]
fn allowed_mentions_decide_who_is_mentioned() {
    let (mut world, general, ann) = world();
    let (bob, _) = world.member(NOW, "bob");
    let original: MessageId = id(&world.post(NOW, ann, general, &json!({"content": "a"})));
    let text = format!("<@{bob}> <@!{bob}> <@1> @everyone");
    let table = [
        (Value::Null, vec![ann, bob], true),
        (json!({"parse": []}), vec![], false),
        (json!({"parse": [], "replied_user": true}), vec![ann], false),
        (json!({"parse": ["users"]}), vec![bob], false),
        (json!({"parse": ["everyone"]}), vec![], true),
        (json!({"users": [bob.to_string()]}), vec![bob], false),
    ];
    for (allowed, mentioned, everyone) in table {
        let mut body = json!({"content": text, "message_reference": {"message_id": original.to_string()}});
        body["allowed_mentions"] = allowed.clone();
        let response = world.post(NOW, world.bot_id(), general, &body);
        let mentions =
            response.body["mentions"].as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap());
        let mentioned: Vec<String> = mentioned.iter().map(UserId::to_string).collect();
        assert_eq!(mentions.collect::<Vec<_>>(), mentioned, "{allowed}");
        assert_eq!(response.body["mention_everyone"], json!(everyone), "{allowed}");
        assert_eq!(
            (&response.body["type"], &response.body["referenced_message"]["content"]),
            (&json!(19), &json!("a"))
        );
    }
    let both = json!({"content": text, "allowed_mentions": {"parse": ["users"], "users": ["1"]}});
    assert_eq!(world.post(NOW, ann, general, &both).body["code"], json!(50035));
}

#[test]
fn a_message_with_an_enforced_nonce_is_posted_once() {
    let (mut world, general, _) = world();
    let body = json!({"content": "a", "nonce": "n", "enforce_nonce": true});
    let first = world.post(NOW, world.bot_id(), general, &body);
    let second = world.post(NOW, world.bot_id(), general, &body);
    assert_eq!((&second.body, second.events.len()), (&first.body, 0));
}

#[test]
fn a_user_reacts_once_with_an_emoji_and_reactions_are_counted() {
    let (mut world, general, ann) = world();
    let message: MessageId = id(&world.post(NOW, ann, general, &json!({"content": "a"})));
    let response = world.react(NOW, world.bot_id(), general, message, "👍");
    assert_eq!((response.status, response.events[0].0), (204, "MESSAGE_REACTION_ADD"));
    assert_eq!(response.events[0].1["emoji"], json!({"id": null, "name": "👍"}));
    assert_eq!(response.events[0].1["message_author_id"], json!(ann.to_string()));
    assert_eq!(world.react(NOW, world.bot_id(), general, message, "👍").events, []);
    world.react(NOW, ann, general, message, "👍");
    assert_eq!(world.show_message(general, message).body["reactions"][0]["count"], json!(2));
    assert_eq!(world.reactions(message), [("bot".into(), "👍".into()), ("ann".into(), "👍".into())]);
}

#[test]
fn direct_messages_have_no_guild() {
    let (mut world, _, ann) = world();
    let dm_channel = world.dm_channel(NOW, ann);
    assert_eq!((dm_channel.status, &dm_channel.body["type"]), (200, &json!(1)));
    assert_eq!(world.dm_channel(NOW, ann).body["id"], dm_channel.body["id"]);
    let response = world.post(NOW, ann, id(&dm_channel), &json!({"content": "psst"}));
    assert_eq!((response.events[0].1.get("guild_id"), response.events[0].1.get("member")), (None, None));
    assert_eq!(world.dm_channel(NOW, UserId::new(5)).body["code"], json!(50033));
}

#[test]
fn messages_are_listed_newest_first() {
    let (mut world, general, ann) = world();
    for text in ["a", "b", "c"] {
        world.post(NOW, ann, general, &json!({"content": text}));
    }
    let messages = world.show_messages(general, 2).body;
    assert_eq!(
        (&messages[0]["content"], &messages[1]["content"], &messages[2]),
        (&json!("c"), &json!("b"), &Value::Null)
    );
}

#[test]
fn timestamps_of_leap_days_and_new_years_are_right() {
    for (seconds, date) in [
        (0, "1970-01-01T00:00:00.000000+00:00"),
        (951_782_400, "2000-02-29T00:00:00.000000+00:00"),
        (1_735_689_599, "2024-12-31T23:59:59.000000+00:00"),
        (4_107_542_400, "2100-03-01T00:00:00.000000+00:00"),
    ] {
        let at = Duration::from_secs(seconds);
        let mut world = World::new(at, "bot", 0);
        let (general, _) = world.channel(at, "general");
        let posted = world.post(at, world.bot_id(), general, &json!({"content": "a"}));
        assert_eq!(posted.body["timestamp"], json!(date));
    }
}
