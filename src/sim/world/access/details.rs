//! What routes need beyond their row in the table, by the content of the request. The pages of the routes say so.

use serde_json::Value;

use super::bits::*;
use super::computed::bits;
use crate::sim::world::objects;
use crate::sim::world::{RestRequest, World};

/// The features of a guild that only administrators can change
/// ([page](https://docs.discord.com/developers/resources/guild#guild-object-mutable-guild-features)).
const FEATURES_OF_ADMINISTRATORS: [&str; 2] = ["COMMUNITY", "DISCOVERABLE"];

/// The type of an auto-moderation action that mutes the author.
const TIMEOUT: u64 = 3;

impl World {
    /// The permissions that a request below a channel needs in it.
    pub(super) fn needed_in_channel(
        &self,
        request: &RestRequest,
        guild: u64,
        channel: u64,
        rest: &[&str],
    ) -> u64 {
        let body = &request.body;
        let has_voice = self.has_voice(channel).unwrap_or(false);
        match (request.method.as_str(), rest) {
            ("GET", ["messages"]) if has_voice => CONNECT,
            ("GET", ["messages", message]) if has_voice && *message != "pins" => CONNECT,
            ("PATCH", []) if body.get("permission_overwrites").is_some() => MANAGE_ROLES,
            ("POST", ["invites"]) if body["role_ids"].as_array().is_some_and(|ids| !ids.is_empty()) => {
                MANAGE_ROLES
            }
            ("POST", ["send-soundboard-sound"]) => match objects::id(&body["source_guild_id"]) {
                Some(source) if source != guild => USE_EXTERNAL_SOUNDS,
                _ => 0,
            },
            ("PUT", ["voice-status"]) if self.voice_channel_of(guild, request.actor()) != Some(channel) => {
                MANAGE_CHANNELS
            }
            _ => 0,
        }
    }

    /// The permissions that a request below a guild needs in it.
    pub(super) fn needed_in_guild(&self, request: &RestRequest, guild: u64, rest: &[&str]) -> u64 {
        let body = &request.body;
        let elements = |list: &Value| list.as_array().cloned().unwrap_or_default();
        match (request.method.as_str(), rest) {
            ("PATCH", []) if body["features"].is_array() => {
                let before = self.guild_body(guild);
                let has = |features: &Value, name: &str| elements(features).contains(&Value::from(name));
                let is_changed = |name: &&str| has(&before["features"], name) != has(&body["features"], name);
                if FEATURES_OF_ADMINISTRATORS.iter().any(is_changed) { ADMINISTRATOR } else { 0 }
            }
            ("POST", ["channels"]) => {
                let overwrites = elements(&body["permission_overwrites"]);
                let set =
                    overwrites.iter().fold(0, |all, one| all | bits(&one["allow"]) | bits(&one["deny"]));
                if set & MANAGE_ROLES == 0 { 0 } else { ADMINISTRATOR }
            }
            ("PATCH", ["channels"]) => {
                let is_synchronized = |one: &Value| one["lock_permissions"] == true;
                if elements(body).iter().any(is_synchronized) { MANAGE_ROLES } else { 0 }
            }
            ("POST" | "PATCH", ["auto-moderation", "rules", ..]) => {
                let is_timeout = |action: &Value| action["type"] == TIMEOUT;
                if elements(&body["actions"]).iter().any(is_timeout) { MODERATE_MEMBERS } else { 0 }
            }
            _ => 0,
        }
    }

    /// Whether a user may read or change the target users of an invite: its inviter always may.
    pub(super) fn may_target(&self, request: &RestRequest, code: &str) -> bool {
        let Some((guild, index)) = self.find_item("invites", "code", code) else { return true };
        let needed = if request.method == "GET" { MANAGE_GUILD | VIEW_AUDIT_LOG } else { MANAGE_GUILD };
        objects::is_id(&self.list(guild, "invites")[index]["inviter"]["id"], request.actor())
            || self.guild_permissions(guild, request.actor()) & needed != 0
    }

    /// Whether a user may move another channel under a category, or out of one.
    pub(in crate::sim::world) fn may_move_channel(
        &self,
        user: u64,
        guild: u64,
        channel: u64,
        parent: Option<u64>,
    ) -> bool {
        let needed = VIEW_CHANNEL | MANAGE_CHANNELS;
        let in_destination = match parent {
            Some(parent) => self.channel_permissions(parent, user),
            None => self.guild_permissions(guild, user),
        };
        self.channel_permissions(channel, user) & needed == needed && in_destination & MANAGE_CHANNELS != 0
    }
}
