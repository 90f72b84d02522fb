//! Guilds that a test starts with, and snapshots.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::model::Permissions;
use syncord::sim::Discord;
use syncord::sim::fixture::RoleFixture;
use syncord::sim::world::World;

fn harbour() -> Discord {
    Discord::builder()
        .guild("harbour", |guild| {
            guild
                .owner("zoe")
                .field("premium_tier", 2)
                .role("officer", |role| role.permissions(Permissions::KICK_MEMBERS).color(0x00ff_0000).hoist())
                .role("crew", RoleFixture::mentionable)
                .bots_below("officer")
                .member("ann", |ann| ann.role("officer").nick("Captain"))
                .member("bob", |bob| bob.role("crew").timeout(Duration::from_secs(3600)))
                .ban("mallory", "piracy")
                .category("Docks", |docks| docks.deny("@everyone", Permissions::SEND_MESSAGES))
                .channel("general", |general| {
                    general
                        .category("Docks")
                        .topic("Talk")
                        .slow_mode(Duration::from_secs(5))
                        .deny("crew", Permissions::ADD_REACTIONS)
                        .allow("crew", Permissions::MANAGE_MESSAGES)
                        .message("ann", "first")
                        .message("bot", "second")
                        .pinned()
                        .message_ago(Duration::from_secs(40 * 86_400), "ann", "old")
                        .thread("ann", "keel", |keel| keel.message("bob", "in the thread"))
                        .webhook("Tides")
                        .invite()
                })
                .announcement("news", |news| news)
                .forum("questions", |forum| forum.tag("rope").thread("ann", "Which rope?", |post| post))
                .media("photos", |media| media)
                .voice("deck", |deck| deck.field("bitrate", 96_000))
                .stage("stage", |stage| stage)
                .emoji("ahoy")
                .sticker("wave")
                .sound("horn")
                .auto_moderation_rule(json!({"name": "Words", "event_type": 1, "trigger_type": 1,
                    "trigger_metadata": {"keyword_filter": ["shark"]}, "actions": [{"type": 1}], "enabled": true}))
        })
        .start()
        .unwrap()
}

/// The guild as in GUILD_CREATE.
fn guild(discord: &Discord) -> Value {
    let world = World::from_snapshot(&discord.snapshot()).unwrap();
    world.ready_data().guilds[0].clone()
}

fn named<'v>(list: &'v Value, name: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|item| item["name"] == name).unwrap_or(&Value::Null)
}

#[test]
fn a_fixture_has_every_kind_of_object() {
    let discord = harbour();
    let guild = guild(&discord);
    assert_eq!((&guild["name"], &guild["premium_tier"]), (&json!("harbour"), &json!(2)));
    let kinds: Vec<(&str, u64)> = guild["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|channel| (channel["name"].as_str().unwrap(), channel["type"].as_u64().unwrap()))
        .collect();
    let expected = [
        ("Docks", 4),
        ("general", 0),
        ("news", 5),
        ("questions", 15),
        ("photos", 16),
        ("deck", 2),
        ("stage", 13),
    ];
    assert_eq!(kinds, expected);
    let general = named(&guild["channels"], "general");
    assert_eq!(general["parent_id"], named(&guild["channels"], "Docks")["id"]);
    assert_eq!((&general["topic"], &general["rate_limit_per_user"]), (&json!("Talk"), &json!(5)));
    let overwrite = &general["permission_overwrites"][0];
    let bits = |permissions: Permissions| json!(permissions.bits().to_string());
    assert_eq!(overwrite["id"], named(&guild["roles"], "crew")["id"]);
    assert_eq!(overwrite["deny"], bits(Permissions::ADD_REACTIONS));
    assert_eq!(overwrite["allow"], bits(Permissions::MANAGE_MESSAGES));
    assert_eq!(named(&guild["channels"], "questions")["available_tags"][0]["name"], json!("rope"));
    let positions: Vec<u64> = ["officer", "bot", "crew", "@everyone"]
        .iter()
        .map(|name| named(&guild["roles"], name)["position"].as_u64().unwrap())
        .collect();
    assert_eq!(positions, [3, 2, 1, 0]);
    for (list, name) in [("emojis", "ahoy"), ("stickers", "wave"), ("soundboard_sounds", "horn")] {
        assert_eq!(guild[list][0]["name"], json!(name));
    }
    assert_eq!(named(&guild["threads"], "keel")["type"], json!(11));
    assert!(named(&guild["threads"], "Which rope?").is_object());
    let nicks: Vec<&Value> =
        guild["members"].as_array().unwrap().iter().map(|member| &member["nick"]).collect();
    assert!(nicks.contains(&&json!("Captain")), "{nicks:?}");
}

#[test]
fn seeded_messages_are_in_the_order_of_their_age() {
    let discord = harbour();
    let seen = discord.member("ann").sees(&discord.channel("general"));
    let texts: Vec<&str> = seen.iter().map(|message| message.content.as_str()).collect();
    assert_eq!(texts, ["old", "first", "second"]);
    assert!(seen[0].raw["timestamp"].as_str() < seen[1].raw["timestamp"].as_str());
    assert_eq!(seen[2].raw["pinned"], json!(true));
    assert_eq!(seen[2].author, "bot");
}

#[test]
fn people_of_a_fixture_are_bound_by_it() {
    let discord = harbour();
    let guild = guild(&discord);
    let (mallory, bob) = (discord.member("mallory"), discord.member("bob"));
    let is_member = |id: String| {
        let members = guild["members"].as_array().unwrap();
        members.iter().any(|member| member["user"]["id"] == id)
    };
    assert!(!is_member(mallory.id().to_string()), "she is banned");
    assert!(is_member(bob.id().to_string()));
    assert_eq!(mallory.sees(&discord.channel("general")), []);
}

#[test]
fn a_fixture_that_discord_rejects_is_an_error() {
    let too_long = "a".repeat(101);
    let error = Discord::builder().guild("x", |guild| guild.channel(&too_long, |c| c)).start().err().unwrap();
    assert!(error.to_string().contains("channels: "), "{error}");
    assert!(error.to_string().contains("BASE_TYPE_BAD_LENGTH"), "{error}");
    let unknown = Discord::builder().guild("xx", |guild| guild.member("ann", |ann| ann.role("no"))).start();
    let error = unknown.err().unwrap().to_string();
    assert!(error.contains("\"xx\" names a role \"no\""), "{error}");
}

#[test]
fn a_snapshot_restores_the_world() {
    let before = harbour();
    before.member("ann").posts_with_files(&before.channel("news"), &json!({}), &[("a.txt", b"abc")]);
    let snapshot = before.snapshot();
    let text = snapshot.to_string();
    let after = Discord::builder().world(serde_json::from_str(&text).unwrap()).start().unwrap();
    assert_eq!(after.snapshot(), snapshot);
    assert_eq!((after.guild_id(), after.bot_id()), (before.guild_id(), before.bot_id()));
    let news = after.channel("news");
    let attachment = after.member("ann").sees(&news)[0].raw["attachments"][0]["id"].clone();
    let attachment = attachment.as_str().unwrap().parse().unwrap();
    assert_eq!(after.upload(attachment).as_deref(), Some(&b"abc"[..]));
    // New IDs do not repeat old ones.
    let new = after.member("ann").says(&news, "new");
    assert_eq!(after.member("ann").sees(&news).len(), 2);
    assert!(new.get() > after.guild_id().get());
    let broken = Discord::builder().world(json!({"users": 1})).start().err().unwrap();
    assert!(broken.to_string().contains("the snapshot cannot be loaded"), "{broken}");
}

#[test]
fn guilds_that_follow_each_other_are_on_different_shards() {
    let mut builder = Discord::builder();
    for number in 0..6 {
        builder =
            builder.guild(&format!("guild{number}"), |guild| guild.channel("general", |general| general));
    }
    let world = World::from_snapshot(&builder.start().unwrap().snapshot()).unwrap();
    let guilds = world.ready_data().guilds;
    let shards = guilds.iter().map(|guild| (guild["id"].as_str().unwrap().parse::<u64>().unwrap() >> 22) % 3);
    let shards: Vec<u64> = shards.collect();
    let first = shards[0];
    assert_eq!(shards, (first..first + 6).map(|shard| shard % 3).collect::<Vec<_>>());
}
