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
