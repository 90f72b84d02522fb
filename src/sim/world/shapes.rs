//! The JSON of the world: objects as Discord writes them, and what it refuses.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{Message, World};

/// What the guild has none of.
const NO_LISTS: [&str; 9] = [
    "emojis",
    "features",
    "guild_scheduled_events",
    "presences",
    "soundboard_sounds",
    "stage_instances",
    "stickers",
    "threads",
    "voice_states",
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

/// An HTTP status and an error body.
pub(super) type Rejection = (u16, Value);

/// An error with a [JSON code](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
pub(super) fn rejection(status: u16, code: u32, message: &str) -> Rejection {
    (status, json!({"message": message, "code": code}))
}

/// A [form error](https://docs.discord.com/developers/reference#error-messages) in one field.
pub(super) fn form_error(field: &str, code: &str, message: &str) -> Rejection {
    let errors = json!({field: {"_errors": [{"code": code, "message": message}]}});
    (400, json!({"message": "Invalid Form Body", "code": 50035, "errors": errors}))
}

/// The text of a message to be posted. Discord trims it.
pub(super) fn content(body: &Value, limit: usize) -> Result<String, Rejection> {
    let text = match &body["content"] {
        Value::Null => "",
        Value::String(text) => text.trim(),
        _ => return Err(form_error("content", "BASE_TYPE_STRING", "Could not interpret value as string.")),
    };
    if text.chars().count() > limit {
        let message = format!("Must be {limit} or fewer in length.");
        return Err(form_error("content", "BASE_TYPE_MAX_LENGTH", &message));
    }
    let others = ["embeds", "sticker_ids", "components", "attachments"];
    let other = |key: &&str| body[*key].as_array().is_some_and(|list| !list.is_empty());
    if text.is_empty() && !others.iter().any(other) && !body["poll"].is_object() {
        return Err(rejection(400, 50006, "Cannot send an empty message"));
    }
    Ok(text.to_owned())
}

/// Whom a message pings.
pub(super) struct Pings {
    pub(super) users: Vec<u64>,
    pub(super) everyone: bool,
}

/// Applies [allowed mentions](https://docs.discord.com/developers/resources/message#allowed-mentions-object).
/// Without any, everything written in the text pings, and so does a reply.
pub(super) fn pings(text: &str, allowed: &Value, replied: Option<u64>) -> Result<Pings, Rejection> {
    let everyone = text.contains("@everyone") || text.contains("@here");
    let written = text.split("<@").skip(1).filter_map(|rest| {
        rest.split_once('>').and_then(|(id, _)| id.strip_prefix('!').unwrap_or(id).parse::<u64>().ok())
    });
    let mut users: Vec<u64> = replied.into_iter().chain(written).collect();
    let mut everyone = everyone;
    if !allowed.is_null() {
        let parse =
            |kind: &str| allowed["parse"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)));
        let listed: Vec<u64> = allowed["users"].as_array().into_iter().flatten().filter_map(id).collect();
        if parse("users") && !listed.is_empty() {
            let message = "parse:[\"users\"] and users: [ids...] are mutually exclusive.";
            return Err(form_error("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message));
        }
        let ping_replied = allowed["replied_user"] == true;
        let first = usize::from(replied.is_some());
        let written = users.split_off(first).into_iter();
        let mut kept: Vec<u64> = users.into_iter().filter(|_| ping_replied).collect();
        kept.extend(written.filter(|id| parse("users") || listed.contains(id)));
        users = kept;
        everyone &= parse("everyone");
    }
    let mut seen = Vec::new();
    users.retain(|id| {
        !seen.contains(id) && {
            seen.push(*id);
            true
        }
    });
    Ok(Pings { users, everyone })
}

/// An id, as a string or a number.
pub(super) fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
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
        json!({
            "nick": null,
            "avatar": null,
            "banner": null,
            "roles": [],
            "joined_at": timestamp(self.users[&id].joined),
            "premium_since": null,
            "deaf": false,
            "mute": false,
            "flags": 0,
            "pending": false,
            "communication_disabled_until": null,
        })
    }

    pub(super) fn member_body(&self, id: u64) -> Value {
        let mut member = self.partial_member(id);
        member["user"] = self.user_body(id);
        member
    }

    pub(super) fn channel_body(&self, id: u64) -> Value {
        let channel = &self.channels[&id];
        let last = channel.messages.last().map(u64::to_string);
        if let Some(with) = channel.with {
            let recipients = [self.user_body(with)];
            return json!({"id": id.to_string(), "type": 1, "last_message_id": last, "flags": 0, "recipients": recipients});
        }
        json!({
            "id": id.to_string(),
            "type": 0,
            "guild_id": self.guild.to_string(),
            "name": channel.name,
            "position": self.channels.keys().filter(|other| **other < id).count(),
            "parent_id": null,
            "permission_overwrites": [],
            "flags": 0,
            "topic": null,
            "nsfw": false,
            "last_message_id": last,
            "rate_limit_per_user": 0,
            "last_pin_timestamp": null,
        })
    }

    pub(super) fn guild_body(&self) -> Value {
        let guild = self.guild.to_string();
        let owner = self.users.keys().find(|id| **id != self.bot).unwrap_or(&self.bot);
        let channels = self.channels.iter().filter(|(_, channel)| channel.with.is_none());
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
            "member_count": self.users.len(),
            "members": self.users.keys().map(|id| self.member_body(*id)).collect::<Vec<_>>(),
            "channels": channels.map(|(id, _)| self.channel_body(*id)).collect::<Vec<_>>(),
        });
        body["roles"] = json!([{
            "id": guild,
            "name": "@everyone",
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false,
            "icon": null,
            "unicode_emoji": null,
            "position": 0,
            "permissions": "2248473465835073",
            "managed": false,
            "mentionable": false,
            "flags": 0,
        }]);
        for key in NO_LISTS {
            body[key] = json!([]);
        }
        for key in NOT_SET {
            body[key] = Value::Null;
        }
        body
    }

    pub(super) fn application_body(&self) -> Value {
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
        if self.channels[&channel].with.is_none() {
            message["guild_id"] = json!(self.guild.to_string());
            message["member"] = self.partial_member(author);
            for (at, id) in mentioned.iter().enumerate() {
                message["mentions"][at]["member"] = self.partial_member(*id);
            }
        }
        message
    }

    /// Where an event happened: the channel, and in a guild the guild and the member.
    pub(super) fn place(&self, channel: u64, user: u64) -> Value {
        let mut place = Map::from_iter([("channel_id".to_owned(), json!(channel.to_string()))]);
        if self.channels.get(&channel).is_some_and(|channel| channel.with.is_none()) {
            place.insert("guild_id".into(), json!(self.guild.to_string()));
            place.insert("member".into(), self.member_body(user));
        }
        Value::Object(place)
    }
}
