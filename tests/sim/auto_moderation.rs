//! Auto-moderation rules take effect.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::id::{ChannelId, UserId};
use syncord::sim::world::{RestRequest, World};

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);

/// A world with a rule about keywords, #general, #alerts, and ann.
fn world(metadata: &Value, trigger: u64, actions: &Value) -> (World, ChannelId, UserId) {
    let mut world = World::new(NOW, "bot", 1 << 18);
    let ((general, _), (ann, _)) = (world.channel(NOW, "general"), world.member(NOW, "ann"));
    let body = json!({"name": "Words", "event_type": 1, "trigger_type": trigger, "trigger_metadata": metadata,
        "actions": actions, "enabled": true});
    let path = format!("guilds/{}/auto-moderation/rules", world.guild_id());
    assert_eq!(world.handle(&RestRequest::new(NOW, "POST", &path, body)).status, 200);
    (world, general, ann)
}

#[test]
fn a_keyword_blocks_a_message() {
    let metadata = json!({"keyword_filter": ["shark", "*weed", "sea*", "*oop*"], "allow_list": ["seaman"]});
    for (text, is_blocked) in [
        ("a SHARK!", true),
        ("sharks", false),
        ("seaweed", true),
        ("weeds", false),
        ("seaside", true),
        ("undersea", false),
        ("loops", true),
        ("seaman", false),
        ("ahoy", false),
    ] {
        let (mut world, general, ann) = world(&metadata, 1, &json!([{"type": 1}]));
        let response = world.post(NOW, ann, general, &json!({"content": text}));
        if !is_blocked {
            assert_eq!(response.status, 200, "{text}");
            continue;
        }
        let error = json!({"message": "Message was blocked by automatic moderation", "code": 200_000});
        assert_eq!((response.status, &response.body), (400, &error), "{text}");
        let names: Vec<&str> = response.events.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["AUTO_MODERATION_ACTION_EXECUTION", "GUILD_AUDIT_LOG_ENTRY_CREATE"], "{text}");
        let event = &response.events[0].1;
        assert_eq!((&event["content"], &event["user_id"]), (&json!(text), &json!(ann)));
        assert_eq!(world.show_messages(general, 10).body, json!([]));
        let bot = world.bot_id();
        assert_eq!(world.post(NOW, bot, general, &json!({"content": text})).status, 200, "bots are exempt");
    }
}

#[test]
fn alerts_and_timeouts_are_carried_out() {
    let mut actions = json!([{"type": 2, "metadata": {"channel_id": "0"}},
        {"type": 3, "metadata": {"duration_seconds": 60}}]);
    // The alert goes to #general, whose ID is known only after the world is made.
    let (probe, general, _) = world(&json!({}), 1, &json!([]));
    drop(probe);
    actions[0]["metadata"]["channel_id"] = json!(general);
    let (mut world, general, ann) = world(&json!({"mention_total_limit": 1}), 5, &actions);
    let one = world.post(NOW, ann, general, &json!({"content": "<@1> <@1>"}));
    assert_eq!((one.status, one.events.len()), (200, 1));
    let two = world.post(NOW, ann, general, &json!({"content": "<@1> <@2>"}));
    assert_eq!(two.status, 200, "it is not blocked");
    let names: Vec<&str> = two.events.iter().map(|(name, _)| *name).collect();
    let done = "AUTO_MODERATION_ACTION_EXECUTION";
    assert!(names.contains(&done) && names.contains(&"GUILD_MEMBER_UPDATE"), "{names:?}");
    let alert =
        two.events.iter().find(|(name, data)| *name == "MESSAGE_CREATE" && data["type"] == 24).unwrap();
    let execution = two.events.iter().find(|(name, _)| *name == done).unwrap();
    assert_eq!(execution.1["alert_system_message_id"], alert.1["id"]);
    let muted = world.post(NOW, ann, general, &json!({"content": "a"}));
    assert_eq!(muted.body["code"], json!(50013));
    let later = NOW + Duration::from_secs(61);
    assert_eq!(world.post(later, ann, general, &json!({"content": "a"})).status, 200);
}

fn blocks(metadata: &Value, trigger: u64, text: &str) -> Option<(Value, Value)> {
    let (mut world, general, ann) = world(metadata, trigger, &json!([{"type": 1}]));
    let response = world.post(NOW, ann, general, &json!({"content": text}));
    (response.status == 400).then(|| {
        let event = &response.events[0];
        assert_eq!(event.0, "AUTO_MODERATION_ACTION_EXECUTION");
        (event.1["matched_keyword"].clone(), event.1["matched_content"].clone())
    })
}

#[test]
fn a_regular_expression_blocks_a_message() {
    let metadata = json!({"keyword_filter": ["shark"], "regex_patterns": ["(?i)(b|c)at\\d+", "^x$"], "allow_list": ["bat7"]});
    let pattern = json!("(?i)(b|c)at\\d+");
    for (text, found) in [
        ("a CAT42!", Some((&pattern, "CAT42"))),
        ("cat", None),
        ("x", Some((&json!("^x$"), "x"))),
        ("xx", None),
        ("a shark", Some((&json!("shark"), "shark"))),
        // Only the first match is compared with the words that are allowed.
        ("bat7 and bat8", None),
        ("bat8 and bat7", Some((&pattern, "bat8"))),
    ] {
        let expected = found.map(|(keyword, content)| (keyword.clone(), json!(content)));
        assert_eq!(blocks(&metadata, 1, text), expected, "{text}");
    }
}

#[test]
fn a_rule_with_an_invalid_regular_expression_is_refused() {
    let (mut world, ..) = world(&json!({"keyword_filter": ["a"]}), 1, &json!([{"type": 1}]));
    let path = format!("guilds/{}/auto-moderation/rules", world.guild_id());
    let mut create = |patterns: Value| {
        let body = json!({"name": "Words", "event_type": 1, "trigger_type": 1, "actions": [{"type": 1}],
            "trigger_metadata": {"regex_patterns": patterns}});
        world.handle(&RestRequest::new(NOW, "POST", &path, body))
    };
    for patterns in [json!(["ok", "(open"]), json!(vec!["a"; 11]), json!(["a".repeat(261)]), json!([7])] {
        let response = create(patterns.clone());
        let error = &response.body["errors"]["trigger_metadata"]["regex_patterns"];
        assert!(response.status == 400 && error.is_object(), "{patterns}: {}", response.body);
    }
    assert_eq!(create(json!(["a+"])).status, 200);
}

#[test]
fn a_list_of_words_blocks_a_message() {
    let metadata = json!({"presets": [1, 3], "allow_list": ["slurry"]});
    assert_eq!(blocks(&metadata, 4, "no Profanity here"), Some((json!("profanity"), json!("profanity"))));
    assert_eq!(blocks(&metadata, 4, "a slur."), Some((json!("slur"), json!("slur"))));
    assert_eq!(blocks(&metadata, 4, "slurry and nudity"), None);
}

#[test]
fn an_edit_is_moderated_like_a_message() {
    let (mut world, general, ann) = world(&json!({"keyword_filter": ["shark"]}), 1, &json!([{"type": 1}]));
    let posted = world.post(NOW, ann, general, &json!({"content": "ahoy"}));
    let message = posted.body["id"].as_str().unwrap().parse().unwrap();
    let blocked = world.edit(NOW, ann, message, &json!({"content": "a shark"}));
    assert_eq!((blocked.status, &blocked.body["code"]), (400, &json!(200_000)));
    assert_eq!(world.message(message).unwrap()["content"], "ahoy");
    assert_eq!(world.edit(NOW, ann, message, &json!({"content": "a whale"})).status, 200);
}
