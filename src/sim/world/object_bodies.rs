//! The objects of the world as JSON bodies.

use serde_json::{Map, Value, json};

use super::objects::{self, merge};
use super::person::PRESENCES;
use super::timestamp::timestamp;
use super::world::{Message, Place, World};
use crate::sim::types::channel_type::GUILD_CATEGORY;

/// Lists of the guild that are always empty.
const EMPTY_LISTS: [&str; 1] = ["features"];

/// Fields of the guild, and the lists that they contain.
const LIST_FIELDS: [(&str, &str); 8] = [
    ("emojis", "emojis"),
    ("guild_scheduled_events", "scheduled events"),
    ("presences", PRESENCES),
    ("roles", "roles"),
    ("soundboard_sounds", "soundboard sounds"),
    ("stage_instances", "stage instances"),
    ("stickers", "stickers"),
    ("voice_states", "voice states"),
];

/// Fields of the guild that are not set.
const NULL_FIELDS: [&str; 16] = [
    "afk_channel_id",
    "application_id",
    "banner",
    "description",
    "discovery_splash",
    "home_header",
    "icon",
    "incidents_data",
    "max_presences",
    "public_updates_channel_id",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "splash",
    "system_channel_id",
    "vanity_url_code",
    "widget_channel_id",
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
            "flags": 0,
        });
        if user.is_bot {
            body["bot"] = json!(true);
        }
        body
    }

    /// The bot's own user, as `GET /users/@me` returns it.
    pub(super) fn own_user_body(&self, id: u64) -> Value {
        let mut user = self.user_body(id);
        user["email"] = Value::Null;
        user["verified"] = json!(true);
        user["mfa_enabled"] = json!(false);
        user["locale"] = json!("en-US");
        user
    }

    /// A member without its user, as in messages.
    pub(super) fn partial_member(&self, guild: u64, id: u64) -> Value {
        let Some(stored) = self.guilds.get(&guild).and_then(|guild| guild.members.get(&id)) else {
            return Value::Null;
        };
        let mut member = json!({
            "nick": null,
            "avatar": null,
            "banner": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "roles": [],
            "joined_at": timestamp(stored.joined_at),
            "premium_since": null,
            "deaf": false,
            "mute": false,
            "flags": 0,
            "pending": false,
            "communication_disabled_until": null,
        });
        merge(&mut member, &stored.fields);
        member
    }

    pub(super) fn member_body(&self, guild: u64, id: u64) -> Value {
        let mut member = self.partial_member(guild, id);
        member["user"] = self.user_body(id);
        member
    }

    pub(super) fn channel_body(&self, id: u64) -> Value {
        let channel = &self.channels[&id];
        let mut body = channel.body.clone();
        if body["type"] != GUILD_CATEGORY {
            body["last_message_id"] = json!(channel.messages.last().map(u64::to_string));
        }
        if let Place::Direct { user, .. } = channel.place {
            body["recipients"] = json!([self.user_body(user)]);
        }
        body
    }

    /// A guild as in GUILD_CREATE, with all its channels and threads.
    pub(super) fn guild_body(&self, id: u64) -> Value {
        let guild = &self.guilds[&id];
        let channels = self.channels_of(id).filter(|channel| !self.is_thread(*channel));
        let mut body = json!({
            "id": id.to_string(),
            "name": guild.name,
            "owner_id": guild.owner.to_string(),
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
            "region": "deprecated",
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "widget_enabled": false,
            "nsfw": false,
            "joined_at": timestamp(guild.created_at),
            "large": false,
            "unavailable": false,
            "member_count": guild.members.len(),
            "members": guild.members.keys().map(|user| self.member_body(id, *user)).collect::<Vec<_>>(),
            "channels": channels.map(|channel| self.channel_body(channel)).collect::<Vec<_>>(),
        });
        for key in EMPTY_LISTS {
            body[key] = json!([]);
        }
        for key in NULL_FIELDS {
            body[key] = Value::Null;
        }
        for (key, list) in LIST_FIELDS {
            body[key] = json!(self.list(id, list));
        }
        let threads = self.channels_of(id).filter(|channel| self.is_thread(*channel));
        let is_active = |thread: &Value| thread["thread_metadata"]["archived"] == false;
        body["threads"] = threads.map(|thread| self.channel_body(thread)).filter(is_active).collect();
        merge(&mut body, &guild.changes);
        body
    }

    pub(super) fn application_body(&self, id: u64) -> Value {
        let changed = self.setting(id, "application").cloned();
        #[cfg_attr(not(feature = "http-interactions"), expect(unused_mut))]
        let mut body = changed.unwrap_or_else(|| self.new_application_body(id));
        #[cfg(feature = "http-interactions")]
        self.add_endpoints(id, &mut body);
        body
    }

    fn new_application_body(&self, id: u64) -> Value {
        json!({
            "id": id.to_string(),
            "name": self.users[&id].name,
            "icon": null,
            "description": "",
            "type": null,
            "bot": self.user_body(id),
            "bot_public": true,
            "bot_require_code_grant": false,
            "verify_key": "0".repeat(64),
            "flags": self.applications[&id].flags,
            "flags_new": self.applications[&id].flags.to_string(),
            "owner": self.user_body(self.developer()),
            "approximate_guild_count": self.guilds_of(id).len(),
            "approximate_user_install_count": self.applications[&id].users.len(),
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

    /// A message with its reactions, as a user sees it.
    pub(super) fn message_body(&self, message: &Message, viewer: u64) -> Value {
        // In the order in which the emojis were first used.
        let mut counts: Vec<(&str, u64, bool)> = Vec::new();
        for (user, emoji) in &message.reactions {
            let index = counts.iter().position(|(other, ..)| other == emoji).unwrap_or(counts.len());
            if index == counts.len() {
                counts.push((emoji, 0, false));
            }
            let (_, count, me) = &mut counts[index];
            (*count, *me) = (*count + 1, *me || *user == viewer);
        }
        let mut body = message.body.clone();
        if !counts.is_empty() {
            let reaction = |(emoji, count, me): &(&str, u64, bool)| {
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
        if let Some(guild) = self.guild_of(channel) {
            message["guild_id"] = json!(guild.to_string());
            // A webhook is not a member.
            if self.is_member(guild, author) {
                message["member"] = self.partial_member(guild, author);
            }
            for (index, id) in mentioned.iter().enumerate().filter(|(_, id)| self.is_member(guild, **id)) {
                message["mentions"][index]["member"] = self.partial_member(guild, *id);
            }
        }
        message
    }

    /// The fields of an event that say where it happened: the channel, and in a guild the guild and the member.
    pub(super) fn location(&self, channel: u64, user: u64) -> Value {
        let mut location = Map::from_iter([("channel_id".to_owned(), json!(channel.to_string()))]);
        if let Some(guild) = self.guild_of(channel) {
            location.insert("guild_id".into(), json!(guild.to_string()));
            location.insert("member".into(), self.member_body(guild, user));
        }
        Value::Object(location)
    }
}
