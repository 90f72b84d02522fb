//! A cache, and events as JSON.

use serde_json::{Value, json};

use crate::cache::before::Before;
use crate::cache::events::{CachedEvent, Source, Visit, visit};
use crate::cache::{Cache, Members};
use crate::id::{ChannelId, GuildId, MessageId, UserId};

/// The ID of the bot's own user.
pub(super) const ME: u64 = 9;

/// A cache that keeps everything.
pub(super) fn full() -> Cache {
    Cache::new()
        .guilds()
        .channels()
        .emojis()
        .members(Members::Seen)
        .messages(100)
        .voice_states()
        .presences()
        .limit_bytes(usize::MAX)
}

/// Applies an event of the first shard.
pub(super) fn apply(cache: &Cache, name: &str, data: &Value) -> Option<Before> {
    apply_from(cache, 0, name, data)
}

pub(super) fn apply_from(cache: &Cache, shard: u32, name: &str, data: &Value) -> Option<Before> {
    struct Apply<'a>(&'a Cache, u32, &'a str);

    impl Visit for Apply<'_> {
        type Output = Option<Before>;

        fn visit<E: CachedEvent>(self) -> Option<Before> {
            let event = E::decode(self.2).unwrap();
            self.0.apply(&event, Source { shard: self.1, data: self.2 })
        }
    }

    visit(name, Apply(cache, shard, &data.to_string())).ok().unwrap()
}

/// A cache that keeps everything, after READY and the event of guild 1.
pub(super) fn with_guild() -> Cache {
    let cache = full();
    apply(&cache, "READY", &ready(&[1]));
    apply(&cache, "GUILD_CREATE", &guild(1));
    cache
}

pub(super) fn ready(guilds: &[u64]) -> Value {
    let guilds: Vec<_> = guilds.iter().map(|id| json!({"id": id.to_string(), "unavailable": true})).collect();
    json!({"v": 10, "user": user(ME, "bot"), "guilds": guilds, "session_id": "s", "resume_gateway_url": "u",
        "application": {"id": "9"}})
}

/// A guild with channel `10 * id`, in which the bot may see everything, and members 20 and 21.
pub(super) fn guild(id: u64) -> Value {
    json!({
        "id": id.to_string(), "name": "Harbour", "owner_id": "20", "member_count": 3, "large": false,
        "joined_at": "2026-05-02T09:14:37.412000+00:00",
        "roles": [role(id, 1 << 10, 0), role(100, 0, 1), role(101, 1 << 10, 2)],
        "emojis": [{"id": "50", "name": "wave"}], "features": [],
        "channels": [channel(10 * id, &json!([]))], "threads": [],
        "members": [member(ME, "bot", &["101"]), member(20, "ann", &[]), member(21, "bob", &["100"])],
        "voice_states": [{"user_id": "20", "channel_id": "11", "session_id": "v"}],
        "presences": [{"user": {"id": "20"}, "status": "online", "activities": [], "client_status": {}}],
    })
}

pub(super) fn role(id: u64, permissions: u64, position: i64) -> Value {
    json!({"id": id.to_string(), "name": format!("role {id}"), "permissions": permissions.to_string(), "position": position,
        "color": 0, "hoist": false, "managed": false, "mentionable": false, "flags": 0})
}

pub(super) fn channel(id: u64, overwrites: &Value) -> Value {
    json!({"id": id.to_string(), "type": 0, "name": format!("channel {id}"), "permission_overwrites": overwrites,
        "last_message_id": "7"})
}

pub(super) fn user(id: u64, name: &str) -> Value {
    json!({"id": id.to_string(), "username": name, "discriminator": "0", "avatar": null, "bot": id == ME})
}

pub(super) fn member(id: u64, name: &str, roles: &[&str]) -> Value {
    json!({"user": user(id, name), "nick": null, "avatar": null, "roles": roles, "flags": 0,
        "joined_at": "2026-05-02T09:14:37.412000+00:00", "deaf": false, "mute": false, "pending": false})
}

/// A message of ann in a channel of guild 1.
pub(super) fn message(channel: u64, id: u64, content: &str) -> Value {
    let mut author = member(20, "ann", &[]);
    author.as_object_mut().unwrap().remove("user");
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "guild_id": "1", "author": user(20, "ann"),
        "member": author, "content": content, "timestamp": "2026-05-02T09:14:37.412000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": false, "type": 0, "flags": 0,
    })
}

pub(super) fn guild_id(id: u64) -> GuildId {
    GuildId::new(id)
}

pub(super) fn channel_id(id: u64) -> ChannelId {
    ChannelId::new(id)
}

pub(super) fn user_id(id: u64) -> UserId {
    UserId::new(id)
}

pub(super) fn message_id(id: u64) -> MessageId {
    MessageId::new(id)
}

/// The text of a message.
pub(super) fn content(cache: &Cache, channel: u64, id: u64) -> Option<String> {
    cache.message(channel_id(channel), message_id(id)).map(|message| message.content)
}
