//! What Discord sends, read into types: by value here, and all fixtures where they are at hand.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use syncord::gateway::event::{
    Event, GuildCreate, GuildDelete, GuildMemberAdd, InteractionCreate, MessageCreate, MessageDelete,
    MessageReactionAdd, MessageReactionRemove, MessageUpdate, Ready, Resumed, TypingStart,
};
use syncord::gateway::intents::Intents;
use syncord::id::{ChannelId, EmojiId, GuildId, MessageId, UserId};
use syncord::model::{
    Application, ApplicationFlags, Channel, ChannelType, Emoji, GatewayBot, Guild, Member, Message,
    MessageFlags, MessageReferenceType, MessageType, ReactionType, Role, User,
};

const REPLY: &str = r#"{
    "id": "1500062951300792338", "channel_id": "555088666872119298", "guild_id": "555088666830176256",
    "author": {"id": "1", "username": "tide", "discriminator": "4821", "global_name": null, "avatar": null, "bot": true},
    "member": {"nick": "Tide", "roles": ["5", "6"], "joined_at": null, "deaf": false, "mute": true, "flags": 1048578},
    "content": "aye", "timestamp": "2026-05-02T09:14:37.412000+00:00", "edited_timestamp": null,
    "tts": false, "mention_everyone": false,
    "mentions": [{"id": "2", "username": "mira", "discriminator": "0", "global_name": "Mira"}],
    "mention_roles": [], "attachments": [{"id": "9", "filename": "a.png", "size": 3, "width": null, "flags": 8}],
    "embeds": [{"title": "x"}], "pinned": false, "type": 19, "flags": 4100, "nonce": 77,
    "message_reference": {"message_id": "1500062951300792337", "channel_id": "555088666872119298"},
    "referenced_message": {"id": "1500062951300792337", "channel_id": "555088666872119298",
        "author": {"id": "2", "username": "mira"}, "content": "keel?", "timestamp": "2026-05-02T09:14:00+00:00"}
}, "s": 5}"#;

#[test]
fn a_message_is_read_by_value_and_what_follows_it_is_ignored() {
    let message = MessageCreate::decode(REPLY).unwrap();
    assert_eq!(message.id, MessageId::new(1_500_062_951_300_792_338));
    assert_eq!(message.channel_id, ChannelId::new(555_088_666_872_119_298));
    assert_eq!(message.guild_id, Some(GuildId::new(555_088_666_830_176_256)));
    assert_eq!(
        (message.author.display_name(), message.author.discriminator, message.author.bot),
        ("tide", 4821, true)
    );
    let member = message.member.as_ref().unwrap();
    assert_eq!((member.nick.as_deref(), member.roles.len(), member.mute), (Some("Tide"), 2, true));
    assert_eq!(member.flags.0, 1_048_578);
    assert_eq!(message.content, "aye");
    assert_eq!(message.timestamp.unix_millis(), Some(1_777_713_277_412));
    assert_eq!(message.edited_timestamp, None);
    assert_eq!(message.mentions[0].display_name(), "Mira");
    assert_eq!((message.attachments[0].filename.as_str(), message.attachments[0].size), ("a.png", 3));
    assert_eq!(message.embeds.parse::<Value>().unwrap()[0]["title"], "x");
    assert_eq!(message.kind, MessageType::REPLY);
    assert_eq!(message.flags, MessageFlags::SUPPRESS_EMBEDS | MessageFlags::SUPPRESS_NOTIFICATIONS);
    assert_eq!(message.nonce.as_deref(), Some("77"));
    let reference = message.message_reference.as_ref().unwrap();
    assert_eq!(reference.kind, MessageReferenceType::DEFAULT);
    assert_eq!(reference.message_id, Some(MessageId::new(1_500_062_951_300_792_337)));
    assert_eq!(message.referenced_message.as_ref().unwrap().content, "keel?");
    assert!(message.poll.is_empty() && message.components.is_empty() && !message.is_direct());
}

#[test]
fn one_weird_mention_or_attachment_does_not_cost_the_message() {
    let weird = REPLY
        .replace(r#""mentions": ["#, r#""mentions": [{"id": {}}, 7, "#)
        .replace(r#""attachments": ["#, r#""attachments": [null, "#)
        .replace(r#""keel?""#, "[]");
    let message = MessageCreate::decode(&weird).unwrap();
    assert_eq!(message.mentions.iter().map(|user| user.id.get()).collect::<Vec<_>>(), [2]);
    assert_eq!(message.attachments.len(), 1);
    assert!(message.referenced_message.is_none());
    assert_eq!(message.content, "aye");
}

#[test]
fn a_message_without_what_it_must_have_is_an_error_that_names_it() {
    let problem = MessageCreate::decode(&REPLY.replacen("\"id\"", "\"no\"", 1)).unwrap_err().to_string();
    assert!(problem.contains("`id`"), "{problem}");
}

#[test]
fn enum_values_and_flags_of_tomorrow_are_kept() {
    let message =
        MessageUpdate::decode(&REPLY.replace(": 19", ": 70000").replace("4100", "1099511627776")).unwrap();
    assert_eq!(message.kind, MessageType(70_000));
    assert_eq!(message.flags, MessageFlags(1 << 40));
}

#[test]
fn a_guild_is_told_from_one_that_is_out_of_reach() {
    let there = GuildCreate::decode(
        r#"{"id":"1","name":"Harbour","member_count":5,"channels":[{"id":"3","type":0,"name":"quay"},{"id":"4"}],
            "features":["NEWS"],"unavailable":false}"#,
    );
    let there = there.unwrap();
    assert_eq!((there.name.as_str(), there.member_count, there.unavailable), ("Harbour", Some(5), false));
    // The second channel lacks its type: it alone is left out.
    assert_eq!(
        there.channels.iter().map(|channel| channel.name.as_deref()).collect::<Vec<_>>(),
        [Some("quay")]
    );
    assert!(GuildCreate::decode(r#"{"id":"1","unavailable":true}"#).unwrap().unavailable);
    assert!(!GuildDelete::decode(r#"{"id":"1"}"#).unwrap().unavailable);
}

#[test]
fn the_answer_of_gateway_bot_is_read_by_value() {
    let answer: GatewayBot = serde_json::from_str(
        r#"{"url":"wss://gateway.discord.gg/","shards":9,
            "session_start_limit":{"total":1000,"remaining":998,"reset_after":14400000,"max_concurrency":16}}"#,
    )
    .unwrap();
    assert_eq!((answer.url.as_str(), answer.shards), ("wss://gateway.discord.gg/", 9));
    let limit = answer.session_start_limit;
    assert_eq!((limit.total, limit.remaining, limit.max_concurrency), (1000, 998, 16));
    assert_eq!(limit.reset_after, Duration::from_secs(4 * 3600));
}

#[test]
fn the_flags_of_an_application_are_read_from_both_fields() {
    let application: Application =
        serde_json::from_str(r#"{"id":"1","flags":565248,"flags_new":"36028797019529216"}"#).unwrap();
    assert!(application.flags.contains(ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED));
    assert_eq!(application.flags_new, Some(ApplicationFlags(36_028_797_019_529_216)));
}

#[test]
fn an_emoji_becomes_what_to_react_with() {
    let emoji: Emoji = serde_json::from_str(r#"{"id":"7","name":"wave","animated":true}"#).unwrap();
    assert_eq!(emoji.to_string(), "<a:wave:7>");
    assert_eq!(ReactionType::from(&emoji), ReactionType::Custom { id: EmojiId::new(7), name: "wave".into() });
    let gone: Emoji = serde_json::from_str(r#"{"id":"7","name":null}"#).unwrap();
    assert_eq!(ReactionType::from(&gone).to_string(), "_:7");
    assert_eq!(ReactionType::from("1:2:x"), ReactionType::Unicode("1:2:x".into()));
}

#[test]
fn reading_content_asks_for_the_intent_that_fills_it() {
    for intents in [MessageCreate::INTENTS, MessageUpdate::INTENTS] {
        assert!(
            intents.contains(Intents::MESSAGE_CONTENT | Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES)
        );
    }
    assert!(!MessageDelete::INTENTS.contains(Intents::MESSAGE_CONTENT));
    assert_eq!(InteractionCreate::INTENTS, Intents::NONE);
    assert_eq!(GuildMemberAdd::INTENTS, Intents::GUILD_MEMBERS);
}

fn payloads() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/payloads");
    if !folder.is_dir() {
        println!("no fixtures here: skipped");
        return None;
    }
    Some(folder)
}

/// The fixtures of a folder whose names begin with `name` and go on with a dot.
fn fixtures(folder: &Path, name: &str) -> Vec<(String, String)> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&format!("{name}.")))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    found.sort();
    found
}

fn events<E: Event>(folder: &Path) -> Vec<E> {
    #[derive(serde::Deserialize)]
    struct Frame<'a> {
        #[serde(borrow)]
        d: &'a RawValue,
    }
    let mut found = fixtures(folder, E::NAME);
    found.extend(fixtures(&folder.join("future"), E::NAME));
    assert!(!found.is_empty(), "{}", E::NAME);
    let decode = |(path, text): &(String, String)| {
        let frame: Frame<'_> = serde_json::from_str(text).unwrap();
        // Strictly first: nothing that is documented may need to be salvaged.
        serde_json::from_str::<E>(frame.d.get()).unwrap_or_else(|problem| panic!("{path}: {problem}"));
        E::decode(frame.d.get()).unwrap_or_else(|problem| panic!("{path}: {problem}"))
    };
    found.iter().map(decode).collect()
}

fn objects<T: DeserializeOwned>(folder: &Path, name: &str) -> Vec<T> {
    let found = fixtures(&folder.join("objects"), name);
    assert!(!found.is_empty(), "{name}");
    let decode = |(path, text): &(String, String)| {
        serde_json::from_str(text).unwrap_or_else(|problem| panic!("{path}: {problem}"))
    };
    found.iter().map(decode).collect()
}

#[test]
fn every_fixture_of_a_typed_event_is_read() {
    let Some(folder) = payloads() else { return };
    let ready = events::<Ready>(&folder);
    assert_eq!(ready[0].user.username, "Tidekeeper");
    assert_eq!((ready[0].guilds.len(), ready[0].shard), (3, Some([0, 2])));
    assert_eq!(ready[0].session_id, "f3c1e2b4a5968778695a4b3c2d1e0f9a");
    let messages = events::<MessageCreate>(&folder);
    assert!(messages.iter().any(|message| message.is_direct()));
    assert!(messages.iter().any(|message| message.webhook_id.is_some()));
    let future = messages.iter().find(|message| message.kind == MessageType(91)).unwrap();
    assert_eq!(future.flags, MessageFlags(134_217_792));
    assert_eq!(future.components.parse::<Value>().unwrap()[0]["type"], 44);
    let guilds = events::<GuildCreate>(&folder);
    let harbour = guilds.iter().find(|guild| !guild.unavailable).unwrap();
    assert_eq!((harbour.name.as_str(), harbour.members.len()), ("Harbour & Tide", 4));
    assert!(harbour.members.iter().all(|member| member.user.is_some()));
    assert_eq!(events::<GuildDelete>(&folder).iter().filter(|guild| guild.unavailable).count(), 1);
    assert!(events::<GuildMemberAdd>(&folder)[0].member.user.is_some());
    assert!(events::<TypingStart>(&folder).iter().all(|typing| typing.timestamp > 1_700_000_000));
    assert_eq!(events::<MessageReactionRemove>(&folder)[0].emoji.name, None);
    assert_eq!(events::<MessageReactionAdd>(&folder).len(), 2);
    assert!(events::<InteractionCreate>(&folder)[0].raw.get().starts_with('{'));
    events::<Resumed>(&folder);
    events::<MessageUpdate>(&folder);
    events::<MessageDelete>(&folder);
}

#[test]
fn every_fixture_of_a_typed_object_is_read() {
    let Some(folder) = payloads() else { return };
    objects::<Message>(&folder, "message");
    assert!(
        objects::<Channel>(&folder, "channel").iter().any(|channel| channel.kind == ChannelType::GUILD_FORUM)
    );
    assert!(objects::<User>(&folder, "user").iter().all(|user| user.id > UserId::new(0)));
    objects::<Member>(&folder, "member");
    objects::<Application>(&folder, "application");
    objects::<Emoji>(&folder, "emoji");
    objects::<GatewayBot>(&folder, "gateway_bot");
    objects::<Guild>(&folder, "guild.full");
    objects::<Guild>(&folder, "guild.unavailable");
    assert!(!objects::<Vec<Role>>(&folder, "roles")[0].is_empty());
}
