//! The JSON of the world: objects as Discord writes them, and what it refuses.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{File, Message, World};

/// What the guild has none of.
const NO_LISTS: [&str; 2] = ["features", "presences"];

/// What the guild has in its lists.
const FROM_LISTS: [(&str, &str); 7] = [
    ("emojis", "emojis"),
    ("guild_scheduled_events", "scheduled events"),
    ("roles", "roles"),
    ("soundboard_sounds", "soundboard sounds"),
    ("stage_instances", "stage instances"),
    ("stickers", "stickers"),
    ("voice_states", "voice states"),
];

/// What the guild has not set.
const NOT_SET: [&str; 13] = [
    "afk_channel_id",
    "application_id",
    "banner",
    "description",
    "discovery_splash",
    "icon",
    "incidents_data",
    "public_updates_channel_id",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "splash",
    "system_channel_id",
    "vanity_url_code",
];

/// What everyone may do in a new guild.
pub(super) const EVERYONE: u64 = 2_248_473_465_835_073;

/// A role.
pub(super) fn role(id: u64, name: &str, permissions: u64) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": 0,
        "permissions": permissions.to_string(),
        "managed": false,
        "mentionable": false,
        "flags": 0,
    })
}

/// A text channel of a guild.
pub(super) fn text_channel(id: u64, guild: u64, name: &str, position: usize) -> Value {
    json!({
        "id": id.to_string(),
        "type": 0,
        "guild_id": guild.to_string(),
        "name": name,
        "position": position,
        "parent_id": null,
        "permission_overwrites": [],
        "flags": 0,
        "topic": null,
        "nsfw": false,
        "rate_limit_per_user": 0,
        "last_pin_timestamp": null,
    })
}

/// An attachment made of an uploaded file.
pub(super) fn attachment(id: u64, channel: u64, file: &File) -> Value {
    let path = format!("attachments/{channel}/{id}/{}", file.name);
    let mut attachment = json!({
        "id": id.to_string(),
        "filename": file.name,
        "size": file.content.len(),
        "url": format!("https://cdn.discordapp.com/{path}"),
        "proxy_url": format!("https://media.discordapp.net/{path}"),
    });
    if let Some(kind) = &file.content_type {
        attachment["content_type"] = json!(kind);
    }
    attachment
}

/// A poll as it stands in a message, made of what was asked for.
pub(super) fn poll(now: Duration, asked: &Value) -> Value {
    let hours = asked["duration"].as_u64().unwrap_or(24);
    let mut answers = asked["answers"].clone();
    for (at, answer) in answers.as_array_mut().into_iter().flatten().enumerate() {
        answer["answer_id"] = json!(at + 1);
    }
    json!({
        "question": asked["question"],
        "answers": answers,
        "expiry": timestamp(now + Duration::from_secs(hours * 3600)),
        "allow_multiselect": asked["allow_multiselect"].as_bool().unwrap_or(false),
        "layout_type": asked["layout_type"].as_u64().unwrap_or(1),
        "results": {"is_finalized": false, "answer_counts": []},
    })
}

/// Puts the fields of an object into another.
pub(super) fn merge(into: &mut Value, from: &Value) {
    if let (Some(into), Some(from)) = (into.as_object_mut(), from.as_object()) {
        into.extend(from.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
}

/// An id, as a string or a number.
pub(super) fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Whether a value is this id.
pub(super) fn is(value: &Value, id: u64) -> bool {
    self::id(value) == Some(id)
}

/// The emoji object for what stands in a path; nothing for what is none.
pub(super) fn emoji(text: &str) -> Option<Value> {
    match text.split_once(':') {
        Some((name, id)) if !name.is_empty() && id.parse::<u64>().is_ok() => {
            Some(json!({"id": id, "name": name}))
        }
        None if !text.is_empty() && !text.is_ascii() => Some(json!({"id": null, "name": text})),
        _ => None,
    }
}

/// A moment, given as time since the Unix epoch, in ISO 8601.
pub(super) fn timestamp(at: Duration) -> String {
    let (days, second) = (at.as_secs() / 86_400, at.as_secs() % 86_400);
    // Days since 0000-03-01, counted in cycles of 400 years, so that a leap day is the last of its year.
    let shifted = days + 719_468;
    let (cycle, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let year = cycle * 400 + year + carry;
    let micros = at.subsec_micros();
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}+00:00")
}

impl World {
    pub(super) fn user_body(&self, id: u64) -> Value {
        let user = &self.users[&id];
        let mut body = json!({
            "id": id.to_string(),
            "username": user.name,
            "global_name": null,
            "discriminator": if user.bot { "0001" } else { "0" },
            "avatar": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": 0,
        });
        if user.bot {
            body["bot"] = json!(true);
        }
        body
    }

    /// A member without its user, as it stands in messages.
    pub(super) fn partial_member(&self, id: u64) -> Value {
        let mut member = json!({
            "nick": null,
            "avatar": null,
            "banner": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "roles": [],
            "joined_at": timestamp(self.users[&id].joined),
            "premium_since": null,
            "deaf": false,
            "mute": false,
            "flags": 0,
            "pending": false,
            "communication_disabled_until": null,
        });
        merge(&mut member, &self.users[&id].member);
        member
    }

    pub(super) fn member_body(&self, id: u64) -> Value {
        let mut member = self.partial_member(id);
        member["user"] = self.user_body(id);
        member
    }

    pub(super) fn channel_body(&self, id: u64) -> Value {
        let channel = &self.channels[&id];
        let mut body = channel.body.clone();
        if body["type"] != 4 {
            body["last_message_id"] = json!(channel.messages.last().map(u64::to_string));
        }
        if let Some(with) = channel.with {
            body["recipients"] = json!([self.user_body(with)]);
        }
        body
    }

    pub(super) fn guild_body(&self) -> Value {
        let guild = self.guild.to_string();
        let owner = self.owner();
        let channels = self.channels.iter().filter(|(id, _)| self.in_guild(**id) && !self.is_thread(**id));
        let mut body = json!({
            "id": guild,
            "name": "Playground",
            "owner_id": owner.to_string(),
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "system_channel_flags": 0,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": "en-US",
            "nsfw_level": 0,
            "premium_progress_bar_enabled": false,
            "joined_at": timestamp(self.born),
            "large": false,
            "unavailable": false,
            "member_count": self.present_users().count(),
            "members": self.present_users().map(|id| self.member_body(id)).collect::<Vec<_>>(),
            "channels": channels.map(|(id, _)| self.channel_body(*id)).collect::<Vec<_>>(),
        });
        for key in NO_LISTS {
            body[key] = json!([]);
        }
        for key in NOT_SET {
            body[key] = Value::Null;
        }
        for (key, list) in FROM_LISTS {
            body[key] = json!(self.list(list));
        }
        let active = self.threads(|thread| thread["thread_metadata"]["archived"] == false);
        body["threads"] = active.body["threads"].clone();
        merge(&mut body, &self.guild_changes);
        body
    }

    pub(super) fn application_body(&self) -> Value {
        if let Some(changed) = self.settings.get("application") {
            return changed.clone();
        }
        json!({
            "id": self.bot.to_string(),
            "name": self.users[&self.bot].name,
            "icon": null,
            "description": "",
            "type": null,
            "bot": self.user_body(self.bot),
            "summary": "",
            "bot_public": true,
            "bot_require_code_grant": false,
            "verify_key": "0".repeat(64),
            "flags": self.flags,
            "redirect_uris": [],
            "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "custom_install_url": null,
            "install_params": null,
            "integration_types_config": {},
            "event_webhooks_url": null,
            "event_webhooks_status": 1,
            "event_webhooks_types": [],
            "tags": [],
            "cover_image": null,
            "team": null,
        })
    }

    /// A message with its reactions counted.
    pub(super) fn message_body(&self, message: &Message) -> Value {
        let mut counts: BTreeMap<&str, (u64, bool)> = BTreeMap::new();
        for (user, with) in &message.reactions {
            let (count, me) = counts.entry(with).or_default();
            (*count, *me) = (*count + 1, *me || *user == self.bot);
        }
        let mut body = message.body.clone();
        if !counts.is_empty() {
            let reaction = |(with, (count, me)): (&&str, &(u64, bool))| {
                json!({
                    "emoji": emoji(with),
                    "count": count,
                    "count_details": {"burst": 0, "normal": count},
                    "burst_colors": [],
                    "me": me,
                    "me_burst": false,
                })
            };
            body["reactions"] = counts.iter().map(reaction).collect();
        }
        body
    }

    /// MESSAGE_CREATE: the message, and in a guild where it was and who the people are there.
    pub(super) fn message_event(
        &self,
        channel: u64,
        author: u64,
        mentioned: &[u64],
        mut message: Value,
    ) -> Value {
        if self.in_guild(channel) {
            message["guild_id"] = json!(self.guild.to_string());
            // A webhook is nobody's member.
            if self.users.contains_key(&author) {
                message["member"] = self.partial_member(author);
            }
            for (at, id) in mentioned.iter().enumerate() {
                message["mentions"][at]["member"] = self.partial_member(*id);
            }
        }
        message
    }

    /// Where an event happened: the channel, and in a guild the guild and the member.
    pub(super) fn place(&self, channel: u64, user: u64) -> Value {
        let mut place = Map::from_iter([("channel_id".to_owned(), json!(channel.to_string()))]);
        if self.in_guild(channel) {
            place.insert("guild_id".into(), json!(self.guild.to_string()));
            place.insert("member".into(), self.member_body(user));
        }
        Value::Object(place)
    }
}
