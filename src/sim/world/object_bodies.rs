//! The objects of the world as JSON bodies.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::objects::{self, merge};
use super::timestamp::timestamp;
use super::world::{Message, World};

/// Lists of the guild that are always empty.
const EMPTY_LISTS: [&str; 2] = ["features", "presences"];

/// Fields of the guild, and the lists that they contain.
const LIST_FIELDS: [(&str, &str); 7] = [
    ("emojis", "emojis"),
    ("guild_scheduled_events", "scheduled events"),
    ("roles", "roles"),
    ("soundboard_sounds", "soundboard sounds"),
    ("stage_instances", "stage instances"),
    ("stickers", "stickers"),
    ("voice_states", "voice states"),
];

/// Fields of the guild that are not set.
const NULL_FIELDS: [&str; 13] = [
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

impl World {
    pub(super) fn user_body(&self, id: u64) -> Value {
        let user = &self.users[&id];
        let mut body = json!({
            "id": id.to_string(),
            "username": user.name,
            "global_name": null,
            "discriminator": if user.is_bot { "0001" } else { "0" },
            "avatar": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": 0,
        });
        if user.is_bot {
            body["bot"] = json!(true);
        }
        body
    }

    /// A member without its user, as in messages.
    pub(super) fn partial_member(&self, id: u64) -> Value {
        let mut member = json!({
            "nick": null,
            "avatar": null,
            "banner": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "roles": [],
            "joined_at": timestamp(self.users[&id].joined_at),
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
        if let Some(recipient) = channel.recipient {
            body["recipients"] = json!([self.user_body(recipient)]);
        }
        body
    }

    pub(super) fn guild_body(&self) -> Value {
        let guild = self.guild.to_string();
        let owner = self.owner();
        let channels = self.channels.iter().filter(|(id, _)| self.is_in_guild(**id) && !self.is_thread(**id));
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
            "joined_at": timestamp(self.created_at),
            "large": false,
            "unavailable": false,
            "member_count": self.member_ids().count(),
            "members": self.member_ids().map(|id| self.member_body(id)).collect::<Vec<_>>(),
            "channels": channels.map(|(id, _)| self.channel_body(*id)).collect::<Vec<_>>(),
        });
        for key in EMPTY_LISTS {
            body[key] = json!([]);
        }
        for key in NULL_FIELDS {
            body[key] = Value::Null;
        }
        for (key, list) in LIST_FIELDS {
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
            "flags": self.application_flags,
            "flags_new": self.application_flags.to_string(),
            "owner": self.user_body(self.owner()),
            "approximate_guild_count": 1,
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "redirect_uris": [],
            "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "integration_types_config": {},
            "event_webhooks_url": null,
            "event_webhooks_status": 1,
            "event_webhooks_types": [],
            "explicit_content_filter": 0,
            "eligible_oauth2_scopes": ["bot", "applications.commands"],
            "tags": [],
            "team": null,
        })
    }

    /// A message with its reactions.
    pub(super) fn message_body(&self, message: &Message) -> Value {
        let mut counts: BTreeMap<&str, (u64, bool)> = BTreeMap::new();
        for (user, emoji) in &message.reactions {
            let (count, me) = counts.entry(emoji).or_default();
            (*count, *me) = (*count + 1, *me || *user == self.bot);
        }
        let mut body = message.body.clone();
        if !counts.is_empty() {
            let reaction = |(emoji, (count, me)): (&&str, &(u64, bool))| {
                json!({
                    "emoji": objects::emoji(emoji),
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

    /// The data of MESSAGE_CREATE and MESSAGE_UPDATE. It has the type of the channel, and in a guild the guild and the
    /// members, in addition to the message.
    pub(super) fn message_event(
        &self,
        channel: u64,
        author: u64,
        mentioned: &[u64],
        mut message: Value,
    ) -> Value {
        message["channel_type"] = self.channels[&channel].body["type"].clone();
        if self.is_in_guild(channel) {
            message["guild_id"] = json!(self.guild.to_string());
            // A webhook is not a member.
            if self.users.contains_key(&author) {
                message["member"] = self.partial_member(author);
            }
            for (index, id) in mentioned.iter().enumerate() {
                message["mentions"][index]["member"] = self.partial_member(*id);
            }
        }
        message
    }

    /// The fields of an event that say where it happened: the channel, and in a guild the guild and the member.
    pub(super) fn location(&self, channel: u64, user: u64) -> Value {
        let mut location = Map::from_iter([("channel_id".to_owned(), json!(channel.to_string()))]);
        if self.is_in_guild(channel) {
            location.insert("guild_id".into(), json!(self.guild.to_string()));
            location.insert("member".into(), self.member_body(user));
        }
        Value::Object(location)
    }
}
