//! Channels ([page](https://docs.discord.com/developers/resources/channel)).

use serde_json::{Value, json};

use super::audit_log::AuditEntry;
use super::collection::set_known_fields;
use super::objects::{self, path_id};
use super::rejection::{FormErrors, Rejection, missing_access, not_found, rejection, unknown_channel};
use super::timestamp::timestamp;
use super::world::Place;
use super::{Event, RestRequest, RestResponse, World};
use crate::sim::types::audit_action;
use crate::sim::types::channel_type::*;
use crate::sim::types::overwrite_type;

/// Additional fields of some channel types: the types, and the fields with their initial values.
const ADDITIONAL_FIELDS: [(&[u64], &str); 5] = [
    (&WITH_THREADS, r#"{"topic":null,"rate_limit_per_user":0,"last_pin_timestamp":null}"#),
    (&WITH_THREADS, r#"{"default_auto_archive_duration":1440,"default_thread_rate_limit_per_user":0}"#),
    (
        &WITH_VOICE,
        r#"{"bitrate":64000,"user_limit":0,"rtc_region":null,"video_quality_mode":1,"rate_limit_per_user":0}"#,
    ),
    (&FORUMS, r#"{"available_tags":[],"default_reaction_emoji":null,"default_sort_order":null}"#),
    (&[GUILD_FORUM], r#"{"default_forum_layout":0}"#),
];

/// The types of channels that a bot can create.
const CREATABLE_TYPES: [u64; 7] = [
    GUILD_TEXT,
    GUILD_VOICE,
    GUILD_CATEGORY,
    GUILD_ANNOUNCEMENT,
    GUILD_STAGE_VOICE,
    GUILD_FORUM,
    GUILD_MEDIA,
];

impl World {
    /// Answers the routes below `/guilds/{guild}/channels`.
    pub(super) fn guild_channel_route(
        &mut self,
        request: &RestRequest,
        guild: u64,
    ) -> Result<RestResponse, Rejection> {
        match request.method.as_str() {
            "GET" => {
                let ids = self.channels_of(guild).filter(|id| !self.is_thread(*id));
                Ok(RestResponse::ok(ids.map(|id| self.channel_body(id)).collect()))
            }
            "POST" => self.create_channel(request, guild),
            "PATCH" => self.move_channels(request, guild),
            _ => Err(not_found()),
        }
    }

    /// Changes the positions and parents of channels. At most one of them can get another parent.
    fn move_channels(&mut self, request: &RestRequest, guild: u64) -> Result<RestResponse, Rejection> {
        let positions = request.body.as_array().map_or(&[][..], Vec::as_slice);
        let mut moved = 0;
        for position in positions {
            let id = objects::id(&position["id"]).unwrap_or(0);
            if self.guild_of(id) != Some(guild) {
                return Err(unknown_channel());
            }
            let parent = position.get("parent_id").map(objects::id);
            let Some(parent) =
                parent.filter(|parent| *parent != objects::id(&self.channels[&id].body["parent_id"]))
            else {
                continue;
            };
            moved += 1;
            if !self.may_move_channel(request.actor(), guild, id, parent) {
                return Err(missing_access());
            }
        }
        if moved > 1 {
            let message = "Only one channel can have a parent_id modified at a time";
            return Err(rejection(400, 40009, message));
        }
        let mut events = Vec::new();
        for position in positions {
            let id = objects::id(&position["id"]).unwrap_or(0);
            let of_parent = objects::id(&position["parent_id"])
                .filter(|_| position["lock_permissions"] == true)
                .and_then(|parent| Some(self.channels.get(&parent)?.body["permission_overwrites"].clone()));
            if let Some(channel) = self.channels.get_mut(&id) {
                for key in ["position", "parent_id"] {
                    if let Some(value) = position.get(key) {
                        channel.body[key] = value.clone();
                    }
                }
                if let Some(overwrites) = of_parent {
                    channel.body["permission_overwrites"] = overwrites;
                }
            }
            events.push(("CHANNEL_UPDATE", self.channel_body(id)));
        }
        Ok(RestResponse::no_content(events))
    }

    /// Modifies a channel or a thread.
    pub(super) fn modify_channel(
        &mut self,
        request: &RestRequest,
        id: u64,
    ) -> Result<RestResponse, Rejection> {
        self.known_channel(id)?;
        let mut errors = FormErrors::default();
        if request.body.get("name").is_some() {
            errors.text("name", &request.body["name"], 1, 100);
        }
        errors.finish()?;
        let (is_thread, now) = (self.is_thread(id), timestamp(request.now));
        let before = self.channel_body(id);
        if let Some(channel) = self.channels.get_mut(&id) {
            let body = &mut channel.body;
            set_known_fields(body, &request.body);
            write_name_as_text(body);
            if is_thread {
                set_known_fields(&mut body["thread_metadata"], &request.body);
                if request.body.get("archived").is_some() {
                    body["thread_metadata"]["archive_timestamp"] = json!(now);
                }
            }
            complete_forum(body, id);
        }
        let body = self.channel_body(id);
        let (event, action) = if is_thread {
            ("THREAD_UPDATE", audit_action::THREAD_UPDATE)
        } else {
            ("CHANNEL_UPDATE", audit_action::CHANNEL_UPDATE)
        };
        let guild = self.guild_of(id).unwrap_or(0);
        let mut events = vec![(event, body.clone())];
        let is_archived = |body: &Value| body["thread_metadata"]["archived"] == true;
        if is_archived(&before) && !is_archived(&body) {
            events.extend(self.own_thread_members(guild, id));
        }
        events.push(self.audit(request, guild, AuditEntry::new(action).target(id).changes(&before, &body)));
        Ok(RestResponse::new(200, body, events))
    }

    /// Deletes a channel or a thread, with everything in it.
    pub(super) fn delete_channel(
        &mut self,
        request: &RestRequest,
        id: u64,
    ) -> Result<RestResponse, Rejection> {
        self.known_channel(id)?;
        let body = self.channel_body(id);
        let Some(guild) = self.guild_of(id) else { return Ok(RestResponse::ok(body)) };
        let (event, action) = if self.is_thread(id) {
            let mut partial = json!({});
            for key in ["id", "guild_id", "parent_id", "type"] {
                partial[key] = body[key].clone();
            }
            (("THREAD_DELETE", partial), audit_action::THREAD_DELETE)
        } else {
            (("CHANNEL_DELETE", body.clone()), audit_action::CHANNEL_DELETE)
        };
        let children: Vec<u64> = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.body["parent_id"] == body["id"])
            .map(|(id, _)| *id)
            .collect();
        let mut events = vec![event];
        for child in children {
            if self.is_thread(child) {
                self.channels.remove(&child);
            } else if let Some(channel) = self.channels.get_mut(&child) {
                channel.body["parent_id"] = Value::Null;
                events.push(("CHANNEL_UPDATE", self.channel_body(child)));
            }
        }
        self.channels.remove(&id);
        self.messages.retain(|_, message| message.channel != id);
        self.list_mut(guild, "webhooks").retain(|webhook| webhook["channel_id"] != body["id"]);
        self.list_mut(guild, "invites").retain(|invite| invite["channel"]["id"] != body["id"]);
        let entry = AuditEntry::new(action).target(id).changes(&body, &Value::Null);
        let audit = self.audit(request, guild, entry);
        events.push(audit);
        Ok(RestResponse::new(200, body, events))
    }

    /// Answers `/channels/{channel}/permissions/{overwrite}`.
    pub(super) fn overwrite_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
        id: &str,
    ) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(channel)?;
        let Some(body) = self.channels.get_mut(&channel).map(|channel| &mut channel.body) else {
            return Err(not_found());
        };
        let mut overwrites = body["permission_overwrites"].as_array().cloned().unwrap_or_default();
        let index = overwrites.iter().position(|overwrite| overwrite["id"] == id);
        let before = index.map_or(Value::Null, |index| overwrites.remove(index));
        let (action, after) = match (request.method.as_str(), index.is_some()) {
            ("PUT", existed) => {
                let bits = |key: &str| objects::id(&request.body[key]).unwrap_or(0).to_string();
                let kind = request.body["type"].as_u64().unwrap_or(0);
                let after = json!({"id": id, "type": kind, "allow": bits("allow"), "deny": bits("deny")});
                overwrites.push(after.clone());
                (
                    if existed {
                        audit_action::CHANNEL_OVERWRITE_UPDATE
                    } else {
                        audit_action::CHANNEL_OVERWRITE_CREATE
                    },
                    after,
                )
            }
            ("DELETE", true) => (audit_action::CHANNEL_OVERWRITE_DELETE, Value::Null),
            ("DELETE", false) => return Err(rejection(404, 10009, "Unknown Overwrite")),
            _ => return Err(not_found()),
        };
        body["permission_overwrites"] = json!(overwrites);
        let kind = if after.is_null() { &before["type"] } else { &after["type"] };
        let is_of_role = *kind == overwrite_type::ROLE;
        let mut options = json!({"id": id, "type": kind.to_string()});
        if let Some(role) = self.item(guild, "roles", path_id(id)).filter(|_| is_of_role) {
            options["role_name"] = role["name"].clone();
        }
        let entry = AuditEntry::new(action).target(channel).options(options).changes(&before, &after);
        let audit = self.audit(request, guild, entry);
        Ok(RestResponse::no_content(vec![("CHANNEL_UPDATE", self.channel_body(channel)), audit]))
    }

    pub(super) fn is_thread(&self, channel: u64) -> bool {
        self.is_one_of(channel, &THREADS)
    }

    pub(super) fn is_forum(&self, channel: u64) -> bool {
        self.is_one_of(channel, &FORUMS)
    }

    /// Whether a channel exists and has one of these types.
    pub(super) fn is_one_of(&self, channel: u64, types: &[u64]) -> bool {
        let kind = self.channels.get(&channel).and_then(|channel| channel.body["type"].as_u64());
        kind.is_some_and(|kind| types.contains(&kind))
    }

    fn create_channel(&mut self, request: &RestRequest, guild: u64) -> Result<RestResponse, Rejection> {
        let kind = request.body["type"].as_u64().unwrap_or(0);
        let mut errors = FormErrors::default();
        errors.text("name", &request.body["name"], 1, 100);
        errors.one_of("type", &json!(kind), &CREATABLE_TYPES);
        errors.finish()?;
        let id = self.next_id(request.now);
        let mut body = json!({
            "id": id.to_string(),
            "type": kind,
            "guild_id": guild.to_string(),
            "name": null,
            "position": self.channels_of(guild).count(),
            "parent_id": null,
            "permission_overwrites": [],
            "flags": 0,
            "nsfw": false,
        });
        for (_, fields) in ADDITIONAL_FIELDS.iter().filter(|(kinds, _)| kinds.contains(&kind)) {
            objects::merge(&mut body, &serde_json::from_str(fields).unwrap_or_default());
        }
        set_known_fields(&mut body, &request.body);
        body["type"] = json!(kind);
        complete_forum(&mut body, id);
        write_name_as_text(&mut body);
        self.add_channel(id, Place::Guild(guild), body);
        let body = self.channel_body(id);
        let audit = self.audit(
            request,
            guild,
            AuditEntry::new(audit_action::CHANNEL_CREATE).target(id).changes(&Value::Null, &body),
        );
        Ok(RestResponse::new(201, body.clone(), vec![("CHANNEL_CREATE", body), audit]))
    }

    /// CHANNEL_PINS_UPDATE for a channel.
    pub(super) fn pins_update(&self, channel: u64) -> Event {
        let mut event = json!({
            "channel_id": channel.to_string(),
            "last_pin_timestamp": self.channels.get(&channel).map(|channel| channel.body["last_pin_timestamp"].clone()),
        });
        if let Some(guild) = self.guild_of(channel) {
            event["guild_id"] = json!(guild.to_string());
        }
        ("CHANNEL_PINS_UPDATE", event)
    }
}

/// Names of channels for text are in lower case, and have dashes for spaces.
fn write_name_as_text(body: &mut Value) {
    let is_for_text = body["type"].as_u64().is_some_and(|kind| WITH_THREADS.contains(&kind));
    if let Some(name) = body["name"].as_str().filter(|_| is_for_text) {
        body["name"] = json!(name.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase());
    }
}

/// Adds an ID and the missing fields to each tag of a forum, and the missing fields to its default reaction.
fn complete_forum(body: &mut Value, id: u64) {
    if let Some(reaction) = body.get_mut("default_reaction_emoji") {
        objects::add_missing(reaction, r#"{"emoji_id":null,"emoji_name":null}"#);
    }
    let tags = body.get_mut("available_tags").and_then(Value::as_array_mut);
    for (index, tag) in tags.into_iter().flatten().enumerate() {
        let new_id = (id + 1 + index as u64).to_string();
        let mut complete =
            json!({"id": new_id, "name": "", "moderated": false, "emoji_id": null, "emoji_name": null});
        objects::merge(&mut complete, tag);
        if path_id(complete["id"].as_str().unwrap_or_default()) == 0 {
            complete["id"] = json!(new_id);
        }
        *tag = complete;
    }
}
