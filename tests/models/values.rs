//! Objects and events are read correctly.

use std::time::{Duration, UNIX_EPOCH};

use syncord::gateway::event::{
    AutoModerationActionExecution, Event, GuildCreate, GuildDelete, GuildMemberAdd, InteractionCreate,
    MessageCreate, MessageDelete, MessageUpdate, RateLimited, Ready, ThreadMembersUpdate, TypingStart,
    VoiceServerUpdate,
};
use syncord::gateway::intents::Intents;
use syncord::id::{ChannelId, EmojiId, GuildId, MessageId};
use syncord::model::{
    Application, ApplicationFlags, Emoji, GatewayBot, MessageFlags, MessageReferenceType, MessageType, Nonce,
    ReactionEmoji, Status,
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
fn objects_are_equal_if_all_their_fields_are() {
    let message = MessageCreate::decode(REPLY).unwrap();
    assert_eq!(message, MessageCreate::decode(REPLY).unwrap());
    for (sent, changed) in [
        ("\"aye\"", "\"no\""),
        ("\"title\": \"x\"", "\"title\": \"y\""),
        ("\"roles\": [\"5\"", "\"roles\": [\"7\""),
    ] {
        let other = REPLY.replace(sent, changed);
        assert_ne!(message, MessageCreate::decode(&other).unwrap(), "{changed}");
    }
}

#[test]
fn a_message_is_read_and_text_after_it_is_ignored() {
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
    assert_eq!(member.flags.bits(), 1_048_578);
    assert_eq!(message.content, "aye");
    assert_eq!(message.timestamp.unix_millis(), Some(1_777_713_277_412));
    assert_eq!(message.edited_timestamp, None);
    assert_eq!(message.mentions[0].display_name(), "Mira");
    assert_eq!((message.attachments[0].filename.as_str(), message.attachments[0].size), ("a.png", 3));
    assert_eq!(message.embeds[0].title.as_deref(), Some("x"));
    assert_eq!(message.kind, MessageType::REPLY);
    assert_eq!(message.flags, MessageFlags::SUPPRESS_EMBEDS | MessageFlags::SUPPRESS_NOTIFICATIONS);
    assert_eq!(message.nonce, Some(Nonce::Number(77)));
    let reference = message.message_reference.as_ref().unwrap();
    assert_eq!(reference.kind, MessageReferenceType::DEFAULT);
    assert_eq!(reference.message_id, Some(MessageId::new(1_500_062_951_300_792_337)));
    assert_eq!(message.referenced_message.value().unwrap().content, "keel?");
    assert!(message.poll.is_none() && message.components.is_empty() && !message.is_direct_message());
    let link = "https://discord.com/channels/555088666830176256/555088666872119298/1500062951300792338";
    assert_eq!((message.author_name(), message.link().as_str()), ("Tide", link));
}

#[test]
fn an_unreadable_mention_or_attachment_does_not_lose_the_message() {
    let weird = REPLY
        .replace(r#""mentions": ["#, r#""mentions": [{"id": {}}, 7, "#)
        .replace(r#""attachments": ["#, r#""attachments": [null, "#)
        .replace(r#""keel?""#, "[]");
    let message = MessageCreate::decode(&weird).unwrap();
    assert_eq!(message.mentions.iter().map(|user| user.id.get()).collect::<Vec<_>>(), [2]);
    assert_eq!(message.attachments.len(), 1);
    let replied_to = message.referenced_message.value().unwrap();
    assert_eq!(
        (replied_to.content.as_str(), replied_to.author.id.get()),
        ("", 2),
        "only the content is lost"
    );
    assert_eq!(message.content, "aye");
}

#[test]
fn a_message_without_a_required_field_is_an_error_that_names_it() {
    let problem = MessageCreate::decode(&REPLY.replacen("\"id\"", "\"no\"", 1)).unwrap_err().to_string();
    assert!(problem.contains("`id`"), "{problem}");
}

#[test]
fn unknown_enum_values_and_flags_are_kept() {
    let message =
        MessageUpdate::decode(&REPLY.replace(": 19", ": 70000").replace("4100", "1099511627776")).unwrap();
    assert_eq!(message.kind, MessageType(70_000));
    assert_eq!(message.flags, MessageFlags::from_bits_retain(1 << 40));
}

#[test]
fn an_available_guild_differs_from_an_unavailable_one() {
    let there = GuildCreate::decode(
        r#"{"id":"1","name":"Harbour","member_count":5,"channels":[{"id":"3","type":0,"name":"quay"},{"name":"pier"},{"id":"4"}],
            "features":["NEWS"],"unavailable":false}"#,
    );
    let there = there.unwrap();
    assert_eq!(
        (there.name.as_str(), there.member_count, there.is_unavailable()),
        ("Harbour", Some(5), false)
    );
    // Only the second channel is left out: it has no ID.
    assert_eq!(
        there.channels.iter().map(|channel| channel.name.as_deref()).collect::<Vec<_>>(),
        [Some("quay"), None]
    );
    assert!(GuildCreate::decode(r#"{"id":"1","unavailable":true}"#).unwrap().is_unavailable());
    assert!(!GuildDelete::decode(r#"{"id":"1"}"#).unwrap().is_unavailable());
}

#[test]
fn the_response_of_gateway_bot_is_read() {
    let response: GatewayBot = serde_json::from_str(
        r#"{"url":"wss://gateway.discord.gg/","shards":9,
            "session_start_limit":{"total":1000,"remaining":998,"reset_after":14400000,"max_concurrency":16}}"#,
    )
    .unwrap();
    assert_eq!((response.url.as_str(), response.shards), ("wss://gateway.discord.gg/", 9));
    let limit = response.session_start_limit;
    assert_eq!((limit.total, limit.remaining, limit.max_concurrency), (1000, 998, 16));
    assert_eq!(limit.reset_after, Duration::from_secs(4 * 3600));
}

#[test]
fn the_flags_of_an_application_are_read_from_both_fields() {
    let application: Application =
        serde_json::from_str(r#"{"id":"1","flags":565248,"flags_new":"36028797019529216"}"#).unwrap();
    assert!(application.flags.contains(ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED));
    assert_eq!(application.flags_new, Some(ApplicationFlags::from_bits_retain(36_028_797_019_529_216)));
}

#[test]
fn an_emoji_is_converted_to_a_reaction_emoji() {
    let emoji: Emoji = serde_json::from_str(r#"{"id":"7","name":"wave","animated":true}"#).unwrap();
    assert_eq!(emoji.to_string(), "<a:wave:7>");
    assert_eq!(
        ReactionEmoji::from(&emoji),
        ReactionEmoji::Custom { id: EmojiId::new(7), name: "wave".into() }
    );
    let gone: Emoji = serde_json::from_str(r#"{"id":"7","name":null}"#).unwrap();
    assert_eq!(ReactionEmoji::from(&gone).to_string(), "_:7");
    assert_eq!(ReactionEmoji::from("1:2:x"), ReactionEmoji::Unicode("1:2:x".into()));
}

#[test]
fn reading_content_requires_the_message_content_intent() {
    assert!(AutoModerationActionExecution::INTENTS.contains(Intents::MESSAGE_CONTENT));
    for intents in [MessageCreate::INTENTS, MessageUpdate::INTENTS] {
        assert!(
            intents.contains(Intents::MESSAGE_CONTENT | Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES)
        );
    }
    assert!(!MessageDelete::INTENTS.contains(Intents::MESSAGE_CONTENT));
    assert_eq!(InteractionCreate::INTENTS, Intents::empty());
    assert_eq!(GuildMemberAdd::INTENTS, Intents::GUILD_MEMBERS);
}

#[test]
fn a_joining_member_is_read_with_the_guild_id_among_its_fields() {
    let event =
        GuildMemberAdd::decode(r#"{"roles":[],"guild_id":"5","user":{"id":"3"},"nick":"N"}"#).unwrap();
    assert_eq!((event.guild_id, event.member.nick.as_deref()), (GuildId::new(5), Some("N")));
    let problem = GuildMemberAdd::decode(r#"{"roles":[],"guild_id":"5"}"#).unwrap_err().to_string();
    assert!(problem.contains("`user` is missing"), "{problem}");
}

#[test]
fn ready_is_read() {
    let ready = Ready::decode(
        r#"{"v":10,"user":{"id":"1","username":"Tidekeeper"},"guilds":[{"id":"5","unavailable":true}],"session_id":"f3",
            "resume_gateway_url":"wss://x","shard":[0,2],"application":{"id":"1","flags":4096},"_trace":["a"]}"#,
    );
    let ready = ready.unwrap();
    assert_eq!((ready.v, ready.user.username.as_str(), ready.guilds.len()), (10, "Tidekeeper", 1));
    assert_eq!((ready.session_id.as_str(), ready.shard), ("f3", Some([0, 2])));
    assert_eq!(ready.application.flags, ApplicationFlags::GATEWAY_PRESENCE);
}

#[test]
fn a_user_who_joined_a_thread_is_read_with_the_presence() {
    let event = ThreadMembersUpdate::decode(
        r#"{"id":"7","guild_id":"5","member_count":2,"added_members":[
            {"id":"7","user_id":"3","join_timestamp":"2026-01-02T03:04:05+00:00","flags":1,
             "presence":{"user":{"id":"3"},"status":"idle","activities":[]}},
            {"user_id":"4","join_timestamp":"2026-01-02T03:04:05+00:00","flags":0,"presence":null}]}"#,
    );
    let added = event.unwrap().added_members;
    let statuses: Vec<_> = added
        .iter()
        .map(|new| (new.user_id.unwrap().get(), new.presence.as_ref().map(|p| &p.status)))
        .collect();
    assert_eq!(statuses, [(3, Some(&Status::IDLE)), (4, None)]);
}

#[test]
fn a_rate_limited_send_event_has_its_opcode_and_retry_time() {
    let refused =
        RateLimited::decode(r#"{"opcode":8,"retry_after":27.35,"meta":{"guild_id":"5","nonce":"n"}}"#)
            .unwrap();
    let meta = refused.request_guild_members().unwrap();
    assert_eq!((meta.guild_id, meta.nonce.as_deref()), (GuildId::new(5), Some("n")));
    assert_eq!(refused.retry_after, Duration::from_millis(27_350));
    let other = RateLimited::decode(r#"{"opcode":57,"retry_after":3,"meta":{"x":1}}"#).unwrap();
    assert!(other.request_guild_members().is_none());
    assert_eq!(other.meta.get(), r#"{"x":1}"#);
}

#[test]
fn the_start_of_typing_is_read_in_seconds() {
    let typing = TypingStart::decode(r#"{"channel_id":"1","user_id":"2","timestamp":1777713277}"#).unwrap();
    assert_eq!(typing.timestamp.to_system_time(), Some(UNIX_EPOCH + Duration::from_secs(1_777_713_277)));
}

#[test]
fn debug_hides_the_token_of_a_voice_server() {
    let server = VoiceServerUpdate::decode(r#"{"token":"s3cr3t","guild_id":"1","endpoint":null}"#).unwrap();
    assert!(&*server.token == "s3cr3t" && !format!("{server:?}").contains("s3cr3t"));
}
