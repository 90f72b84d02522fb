//! The guild ([page](https://docs.discord.com/developers/resources/guild)), and the routes below it.

use serde_json::{Value, json};

use super::audit_log::AuditEntry;
use super::collection::{GUILD_COLLECTIONS, ROLES, SCHEDULED_EVENTS, TEMPLATES, set_known_fields};
use super::objects::{self, path_id};
use super::rejection::{Rejection, not_found, rejection, unknown_guild, unknown_role};
use super::standalone;
use super::timestamp::timestamp;
use super::{RestRequest, RestResponse, World};
use crate::id::{GuildId, RoleId};
use crate::sim::types::audit_action;

/// Single objects of a guild: the path, the method that changes it, and the initial value.
const SETTINGS: [(&str, &str, &str); 6] = [
    ("widget", "PATCH", r#"{"enabled":false,"channel_id":null}"#),
    ("welcome-screen", "PATCH", r#"{"description":null,"welcome_channels":[]}"#),
    (
        "onboarding",
        "PUT",
        r#"{"guild_id":"$guild","prompts":[],"default_channel_ids":[],"enabled":false,"mode":0}"#,
    ),
    ("vanity-url", "", r#"{"code":null,"uses":0}"#),
    ("incident-actions", "PUT", r#"{"invites_disabled_until":null,"dms_disabled_until":null}"#),
    (
        "new-member-welcome",
        "",
        r#"{"guild_id":"$guild","enabled":false,"new_member_actions":[],"resource_channels":[]}"#,
    ),
];

/// The fields that GUILD_CREATE has and REST does not return.
const ONLY_IN_EVENT: [&str; 12] = [
    "joined_at",
    "large",
    "unavailable",
    "member_count",
    "members",
    "channels",
    "threads",
    "presences",
    "voice_states",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
];

impl World {
    /// Answers the routes below `/guilds/{guild}`.
    pub(super) fn guild_route(
        &mut self,
        request: &RestRequest,
        guild: &str,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        if guild == "templates" {
            let [code] = rest else { return Err(not_found()) };
            let found = self.find_item(TEMPLATES.name, TEMPLATES.key, code);
            let (guild, index) = found.ok_or_else(|| rejection(404, 10057, "Unknown Guild Template"))?;
            return Ok(RestResponse::ok(self.list(guild, TEMPLATES.name)[index].clone()));
        }
        let guild = path_id(guild);
        if !self.guilds.contains_key(&guild) {
            return Err(unknown_guild());
        }
        match (request.method.as_str(), rest) {
            ("GET", []) => Ok(RestResponse::ok(self.rest_body(guild, request.flag("with_counts")))),
            ("PATCH", []) => self.modify_guild(request, guild),
            ("GET", ["preview"]) => Ok(RestResponse::ok(self.preview(guild))),
            ("GET", ["audit-logs"]) => Ok(self.audit_log(request, guild)),
            (_, ["members", rest @ ..]) => self.member_route(request, guild, rest),
            (_, ["bans", rest @ ..]) => self.ban_route(request, guild, rest),
            ("POST", ["bulk-ban"]) => self.ban_route(request, guild, &["bulk"]),
            (_, ["channels", ..]) => self.guild_channel_route(request, guild),
            ("GET", ["threads", "active"]) => {
                let is_active = |thread: &Value| thread["thread_metadata"]["archived"] == false;
                Ok(self.threads(guild, request.actor(), is_active))
            }
            ("GET", ["invites"]) => Ok(RestResponse::ok(self.guild_invites(guild, request.actor()))),
            ("GET", ["webhooks"]) => Ok(RestResponse::ok(json!(self.list(guild, "webhooks")))),
            ("GET" | "POST", ["prune"]) => Ok(RestResponse::ok(json!({"pruned": 0}))),
            ("GET", ["regions"]) => Ok(RestResponse::ok(standalone::regions())),
            ("GET", ["requests"]) => Ok(RestResponse::ok(json!({"guild_join_requests": [], "total": 0}))),
            // The image is not JSON. The server adds it.
            ("GET", ["widget.png"]) => Ok(RestResponse::ok(Value::Null)),
            ("PATCH", ["requests", _]) => Err(rejection(404, 10109, "Unknown Guild Join Request")),
            ("GET", ["widget.json"]) => Ok(RestResponse::ok(self.widget(guild))),
            ("GET", ["messages", "search"]) => Ok(self.search_messages(request, guild)),
            (_, ["voice-states", user]) => self.voice_state_route(request, guild, user),
            ("GET", ["integrations"]) => Ok(RestResponse::ok(json!(self.list(guild, "integrations")))),
            ("DELETE", ["integrations", _]) => Err(rejection(404, 10005, "Unknown Integration")),
            (_, ["templates", rest @ ..]) => self.template_route(request, guild, rest),
            ("PATCH", ["roles"]) => self.move_roles(request, guild),
            ("DELETE", ["roles", role]) => self.delete_role(request, guild, role),
            ("GET", ["roles", "member-counts"]) => Ok(RestResponse::ok(self.role_counts(guild))),
            (_, ["scheduled-events", event, rest @ ..]) if !rest.is_empty() => {
                self.scheduled_event_route(request, guild, event, rest)
            }
            (_, [name]) if SETTINGS.iter().any(|(setting, ..)| setting == name) => {
                self.setting_route(request, guild, name)
            }
            _ => {
                let mut collections = GUILD_COLLECTIONS.iter();
                let collection = collections.find(|one| rest.starts_with(one.path)).ok_or_else(not_found)?;
                self.collection_route(request, guild, collection, &rest[collection.path.len()..])
            }
        }
    }

    /// The guild as REST returns it.
    pub(super) fn rest_body(&self, guild: u64, with_counts: bool) -> Value {
        let mut body = self.guild_body(guild);
        if let Some(fields) = body.as_object_mut() {
            fields.retain(|key, _| !ONLY_IN_EVENT.contains(&key.as_str()));
        }
        if with_counts {
            body["approximate_member_count"] = json!(self.member_ids(guild).count());
            body["approximate_presence_count"] = json!(1);
        }
        body
    }

    fn modify_guild(&mut self, request: &RestRequest, guild: u64) -> Result<RestResponse, Rejection> {
        let before = self.rest_body(guild, false);
        let mut changes = before.clone();
        set_known_fields(&mut changes, &request.body);
        if let Some(fields) = changes.as_object_mut() {
            fields.retain(|key, _| request.body.get(key).is_some());
        }
        if let Some(changed) = self.guilds.get_mut(&guild) {
            objects::merge(&mut changed.changes, &changes);
        }
        let after = self.rest_body(guild, false);
        let entry = AuditEntry::new(audit_action::GUILD_UPDATE).target(guild).changes(&before, &after);
        let audit = self.audit(request, guild, entry);
        Ok(RestResponse::new(200, after.clone(), vec![("GUILD_UPDATE", after), audit]))
    }

    fn preview(&self, guild: u64) -> Value {
        let body = self.guild_body(guild);
        let mut preview = json!({
            "approximate_member_count": self.member_ids(guild).count(),
            "approximate_presence_count": 1,
        });
        let fields = [
            "id",
            "name",
            "icon",
            "splash",
            "discovery_splash",
            "emojis",
            "features",
            "description",
            "home_header",
            "stickers",
        ];
        for key in fields {
            preview[key] = body[key].clone();
        }
        preview
    }

    fn widget(&self, guild: u64) -> Value {
        json!({
            "id": guild.to_string(),
            "name": self.guild_body(guild)["name"],
            "instant_invite": null,
            "channels": [],
            "members": [],
            "presence_count": 1,
        })
    }

    /// Answers the route of a single object.
    fn setting_route(
        &mut self,
        request: &RestRequest,
        guild: u64,
        name: &str,
    ) -> Result<RestResponse, Rejection> {
        let Some((name, change_method, initial)) = SETTINGS.iter().find(|(setting, ..)| *setting == name)
        else {
            return Err(not_found());
        };
        let initial = self.fill_template(request, guild, initial);
        let setting = self.setting_mut(guild, name);
        if setting.is_null() {
            *setting = initial;
        }
        if request.method == *change_method {
            set_known_fields(setting, &request.body);
            complete_prompts(setting);
        } else if request.method != "GET" || *name == "incident-actions" {
            return Err(not_found());
        }
        let body = setting.clone();
        let action = match *name {
            "onboarding" => audit_action::ONBOARDING_UPDATE,
            _ => audit_action::GUILD_UPDATE,
        };
        let entry = AuditEntry::new(action).target(guild);
        let events =
            if request.method == "GET" { Vec::new() } else { vec![self.audit(request, guild, entry)] };
        Ok(RestResponse::new(200, body, events))
    }

    fn move_roles(&mut self, request: &RestRequest, guild: u64) -> Result<RestResponse, Rejection> {
        let mut events = Vec::new();
        for position in request.body.as_array().into_iter().flatten() {
            let mut roles = self.list_mut(guild, "roles").iter_mut();
            let Some(role) = roles.find(|role| role["id"] == position["id"]) else {
                return Err(unknown_role());
            };
            if position["position"].is_u64() {
                role["position"] = position["position"].clone();
                events.push(("GUILD_ROLE_UPDATE", json!({"guild_id": guild.to_string(), "role": role})));
            }
        }
        Ok(RestResponse::new(200, json!(self.list(guild, "roles")), events))
    }

    fn delete_role(
        &mut self,
        request: &RestRequest,
        guild: u64,
        role: &str,
    ) -> Result<RestResponse, Rejection> {
        if path_id(role) == guild {
            return Err(rejection(400, 50028, "Invalid Role"));
        }
        let mut response = self.collection_route(request, guild, &ROLES, &[role])?;
        let members: Vec<u64> =
            self.member_ids(guild).filter(|id| self.roles_of(guild, *id).contains(&path_id(role))).collect();
        for user in members {
            let mut roles = self.roles_of(guild, user);
            roles.retain(|other| *other != path_id(role));
            self.set_roles(guild, user, &roles);
            response.events.push(self.member_update(guild, user));
        }
        Ok(response)
    }

    /// The role of this name that people can have: not @everyone, and no bot's own one.
    pub fn role_by_name(&self, guild: GuildId, name: &str) -> Option<RoleId> {
        let mut roles = self.list(guild.get(), "roles").iter().filter(|role| {
            role["name"] == name && role["managed"] != true && !objects::is_id(&role["id"], guild.get())
        });
        roles.next().and_then(|role| objects::id(&role["id"])).map(RoleId::new)
    }

    fn role_counts(&self, guild: u64) -> Value {
        let mut counts = json!({});
        for role in self.list(guild, "roles").iter().skip(1) {
            let id = objects::id(&role["id"]).unwrap_or(0);
            let members = self.member_ids(guild).filter(|user| self.roles_of(guild, *user).contains(&id));
            counts[id.to_string()] = json!(members.count());
        }
        counts
    }

    fn template_route(
        &mut self,
        request: &RestRequest,
        guild: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), rest) {
            ("PUT", [code]) => {
                let index = self.index_of(guild, &TEMPLATES, code)?;
                let template = &mut self.list_mut(guild, "templates")[index];
                template["updated_at"] = json!(timestamp(request.now));
                template["is_dirty"] = Value::Null;
                Ok(RestResponse::ok(template.clone()))
            }
            ("GET", [_]) => Err(not_found()),
            ("DELETE", [code]) => {
                let index = self.index_of(guild, &TEMPLATES, code)?;
                Ok(RestResponse::ok(self.list_mut(guild, "templates").remove(index)))
            }
            ("POST", []) => {
                let response = self.collection_route(request, guild, &TEMPLATES, rest)?;
                let source = json!({"name": self.guild_body(guild)["name"], "description": null, "region": null,
                    "verification_level": 0,
                    "default_message_notifications": 0, "explicit_content_filter": 0, "preferred_locale": "en-US",
                    "afk_timeout": 300, "afk_channel_id": null, "system_channel_id": null, "system_channel_flags": 0,
                    "roles": [], "channels": []});
                let mut template = response.body;
                template["serialized_source_guild"] = source;
                if let Some(last) = self.list_mut(guild, "templates").last_mut() {
                    *last = template.clone();
                }
                Ok(RestResponse::ok(template))
            }
            _ => self.collection_route(request, guild, &TEMPLATES, rest),
        }
    }

    /// Answers the routes of a scheduled event's users and exceptions.
    fn scheduled_event_route(
        &mut self,
        request: &RestRequest,
        guild: u64,
        event: &str,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let index = self.index_of(guild, &SCHEDULED_EVENTS, event)?;
        match (request.method.as_str(), rest) {
            ("GET", ["users"] | [_, "users"]) => Ok(RestResponse::ok(json!([]))),
            ("GET", ["users", "counts"]) => Ok(RestResponse::ok(
                json!({"guild_scheduled_event_count": 0, "guild_scheduled_event_exception_counts": {}}),
            )),
            ("POST", ["exceptions"]) => {
                let mut exception = self.fill_template(
                    request,
                    guild,
                    r#"{"event_id":null,"event_exception_id":"$id","is_canceled":false,
                    "scheduled_start_time":null,"scheduled_end_time":null}"#,
                );
                set_known_fields(&mut exception, &request.body);
                exception["event_id"] = json!(event);
                let list = &mut self.list_mut(guild, SCHEDULED_EVENTS.name)[index]["guild_scheduled_event_exceptions"];
                list.as_array_mut().into_iter().for_each(|list| list.push(exception.clone()));
                Ok(RestResponse::ok(exception))
            }
            (method, ["exceptions", id]) => {
                let list = &mut self.list_mut(guild, SCHEDULED_EVENTS.name)[index]["guild_scheduled_event_exceptions"];
                let Some(list) = list.as_array_mut() else { return Err(not_found()) };
                let index = list.iter().position(|exception| exception["event_exception_id"] == *id);
                let index =
                    index.ok_or_else(|| rejection(404, 10110, "Unknown Guild Scheduled Event Exception"))?;
                match method {
                    "PATCH" => {
                        set_known_fields(&mut list[index], &request.body);
                        Ok(RestResponse::ok(list[index].clone()))
                    }
                    "DELETE" => {
                        list.remove(index);
                        Ok(RestResponse::no_content(Vec::new()))
                    }
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    fn search_messages(&self, request: &RestRequest, guild: u64) -> RestResponse {
        let query = request.query("content").unwrap_or_default();
        let found = self.messages.values().rev().filter(|message| {
            let text = message.body["content"].as_str().unwrap_or_default();
            message.ephemeral_for.is_none()
                && self.guild_of(message.channel) == Some(guild)
                && self.can_view(message.channel, request.actor())
                && text.contains(query)
        });
        let found = found.map(|message| {
            let mut body = self.message_body(message, request.actor());
            body["hit"] = json!(true);
            body
        });
        let found: Vec<Value> = found.collect();
        let page = found.iter().skip(request.number("offset", 0)).take(request.number("limit", 25));
        let messages: Vec<Value> = page.map(|message| json!([message])).collect();
        RestResponse::ok(json!({
            "doing_deep_historical_index": false,
            "documents_indexed": found.len(),
            "total_results": found.len(),
            "messages": messages,
        }))
    }
}

/// Writes the emojis of the options in an onboarding as objects. Requests have them in three fields.
fn complete_prompts(onboarding: &mut Value) {
    let prompts = onboarding.get_mut("prompts").and_then(Value::as_array_mut);
    let options =
        prompts.into_iter().flatten().filter_map(|prompt| prompt.get_mut("options")?.as_array_mut());
    for option in options.flatten().filter_map(Value::as_object_mut) {
        let mut take = |key: &str| option.remove(key).unwrap_or_default();
        let (id, name, animated) = (take("emoji_id"), take("emoji_name"), take("emoji_animated"));
        option.insert("emoji".into(), json!({"id": id, "name": name, "animated": animated == true}));
    }
}
