//! The guild ([page](https://docs.discord.com/developers/resources/guild)), and the routes below it.

use serde_json::{Value, json};

use super::audit_log::AuditEntry;
use super::collection::{GUILD_COLLECTIONS, ROLES, SCHEDULED_EVENTS, TEMPLATES, set_known_fields};
use super::objects::{self, path_id};
use super::rejection::{Rejection, not_found, rejection};
use super::standalone;
use super::timestamp::timestamp;
use super::{RestRequest, RestResponse, World};

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
        r#"{"guild_id":"$guild","enabled":false,"welcome_message":null,"new_member_actions":[],"resource_channels":[]}"#,
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
            let index = self.index_of(&TEMPLATES, code)?;
            return Ok(RestResponse::ok(self.list("templates")[index].clone()));
        }
        if path_id(guild) != self.guild {
            return Err(rejection(404, 10004, "Unknown Guild"));
        }
        match (request.method.as_str(), rest) {
            ("GET", []) => Ok(RestResponse::ok(self.rest_body(request.flag("with_counts")))),
            ("PATCH", []) => self.modify_guild(request),
            ("GET", ["preview"]) => Ok(RestResponse::ok(self.preview())),
            ("GET", ["audit-logs"]) => Ok(self.audit_log(request)),
            (_, ["members", rest @ ..]) => self.member_route(request, rest),
            (_, ["bans", rest @ ..]) => self.ban_route(request, rest),
            ("POST", ["bulk-ban"]) => self.ban_route(request, &["bulk"]),
            (_, ["channels", ..]) => self.guild_channel_route(request),
            ("GET", ["threads", "active"]) => {
                Ok(self.threads(|thread| thread["thread_metadata"]["archived"] == false))
            }
            ("GET", ["invites"]) => Ok(RestResponse::ok(json!(self.list("invites")))),
            ("GET", ["webhooks"]) => Ok(RestResponse::ok(json!(self.list("webhooks")))),
            ("GET" | "POST", ["prune"]) => Ok(RestResponse::ok(json!({"pruned": 0}))),
            ("GET", ["regions"]) => Ok(RestResponse::ok(standalone::regions())),
            ("GET", ["requests"]) => {
                Ok(RestResponse::ok(json!({"guild_join_requests": [], "total": 0, "limit": 100})))
            }
            // The image is not JSON. The server adds it.
            ("GET", ["widget.png"]) => Ok(RestResponse::ok(Value::Null)),
            ("PATCH", ["requests", _]) => Err(rejection(404, 10109, "Unknown Guild Join Request")),
            ("GET", ["widget.json"]) => Ok(RestResponse::ok(self.widget())),
            ("GET", ["messages", "search"]) => Ok(self.search_messages(request)),
            (_, ["voice-states", user]) => self.voice_state_route(request, user),
            ("GET", ["integrations"]) => Ok(RestResponse::ok(json!(self.list("integrations")))),
            ("DELETE", ["integrations", _]) => Err(rejection(404, 10005, "Unknown Integration")),
            (_, ["templates", rest @ ..]) => self.template_route(request, rest),
            ("PATCH", ["roles"]) => self.move_roles(request),
            ("DELETE", ["roles", role]) => self.delete_role(request, role),
            ("GET", ["roles", "member-counts"]) => Ok(RestResponse::ok(self.role_counts())),
            (_, ["scheduled-events", event, rest @ ..]) if !rest.is_empty() => {
                self.scheduled_event_route(request, event, rest)
            }
            (_, [name]) if SETTINGS.iter().any(|(setting, ..)| setting == name) => {
                self.setting_route(request, name)
            }
            _ => {
                let mut collections = GUILD_COLLECTIONS.iter();
                let collection = collections.find(|one| rest.starts_with(one.path)).ok_or_else(not_found)?;
                self.collection_route(request, collection, &rest[collection.path.len()..])
            }
        }
    }

    /// The guild as REST returns it.
    fn rest_body(&self, with_counts: bool) -> Value {
        let mut guild = self.guild_body();
        if let Some(fields) = guild.as_object_mut() {
            fields.retain(|key, _| !ONLY_IN_EVENT.contains(&key.as_str()));
        }
        if with_counts {
            guild["approximate_member_count"] = json!(self.member_ids().count());
            guild["approximate_presence_count"] = json!(1);
        }
        guild
    }

    fn modify_guild(&mut self, request: &RestRequest) -> Result<RestResponse, Rejection> {
        let before = self.rest_body(false);
        let mut changes = before.clone();
        set_known_fields(&mut changes, &request.body);
        if let Some(fields) = changes.as_object_mut() {
            fields.retain(|key, _| request.body.get(key).is_some());
        }
        objects::merge(&mut self.guild_changes, &changes);
        let mut event = self.rest_body(false);
        event["guild_id"] = json!(self.guild.to_string());
        let after = self.rest_body(false);
        let entry = AuditEntry::new(1).target(self.guild).changes(&before, &after);
        let audit = self.audit(request, entry);
        Ok(RestResponse::new(200, after, vec![("GUILD_UPDATE", event), audit]))
    }

    fn preview(&self) -> Value {
        let guild = self.guild_body();
        let mut preview = json!({
            "approximate_member_count": self.member_ids().count(),
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
            "stickers",
        ];
        for key in fields {
            preview[key] = guild[key].clone();
        }
        preview
    }

    fn widget(&self) -> Value {
        json!({
            "id": self.guild.to_string(),
            "name": self.guild_body()["name"],
            "instant_invite": null,
            "channels": [],
            "members": [],
            "presence_count": 1,
        })
    }

    /// Answers the route of a single object.
    fn setting_route(&mut self, request: &RestRequest, name: &str) -> Result<RestResponse, Rejection> {
        let Some((name, change_method, initial)) = SETTINGS.iter().find(|(setting, ..)| *setting == name)
        else {
            return Err(not_found());
        };
        let initial = self.fill_template(request, initial);
        let setting = self.settings.entry(name).or_insert(initial);
        if request.method == *change_method {
            set_known_fields(setting, &request.body);
        } else if request.method != "GET" || *name == "incident-actions" {
            return Err(not_found());
        }
        let body = setting.clone();
        let action = match *name {
            "onboarding" => 167,
            _ => 1,
        };
        let entry = AuditEntry::new(action).target(self.guild);
        let events = if request.method == "GET" { Vec::new() } else { vec![self.audit(request, entry)] };
        Ok(RestResponse::new(200, body, events))
    }

    fn move_roles(&mut self, request: &RestRequest) -> Result<RestResponse, Rejection> {
        let mut events = Vec::new();
        let guild = self.guild.to_string();
        for position in request.body.as_array().into_iter().flatten() {
            let mut roles = self.list_mut("roles").iter_mut();
            let Some(role) = roles.find(|role| role["id"] == position["id"]) else {
                return Err(rejection(404, 10011, "Unknown Role"));
            };
            if position["position"].is_u64() {
                role["position"] = position["position"].clone();
                events.push(("GUILD_ROLE_UPDATE", json!({"guild_id": guild, "role": role})));
            }
        }
        Ok(RestResponse::new(200, json!(self.list("roles")), events))
    }

    fn delete_role(&mut self, request: &RestRequest, role: &str) -> Result<RestResponse, Rejection> {
        if path_id(role) == self.guild {
            return Err(rejection(400, 50028, "Invalid Role"));
        }
        let mut response = self.collection_route(request, &ROLES, &[role])?;
        let members: Vec<u64> =
            self.member_ids().filter(|id| self.roles_of(*id).contains(&path_id(role))).collect();
        for user in members {
            let mut roles = self.roles_of(user);
            roles.retain(|other| *other != path_id(role));
            self.set_roles(user, &roles);
            response.events.push(self.member_update(user));
        }
        Ok(response)
    }

    fn role_counts(&self) -> Value {
        let mut counts = json!({});
        for role in self.list("roles").iter().skip(1) {
            let id = objects::id(&role["id"]).unwrap_or(0);
            let members = self.member_ids().filter(|user| self.roles_of(*user).contains(&id));
            counts[id.to_string()] = json!(members.count());
        }
        counts
    }

    fn template_route(&mut self, request: &RestRequest, rest: &[&str]) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), rest) {
            ("PUT", [code]) => {
                let index = self.index_of(&TEMPLATES, code)?;
                let template = &mut self.list_mut("templates")[index];
                template["updated_at"] = json!(timestamp(request.now));
                template["is_dirty"] = Value::Null;
                Ok(RestResponse::ok(template.clone()))
            }
            ("GET", [_]) => Err(not_found()),
            ("DELETE", [code]) => {
                let index = self.index_of(&TEMPLATES, code)?;
                Ok(RestResponse::ok(self.list_mut("templates").remove(index)))
            }
            ("POST", []) => {
                let response = self.collection_route(request, &TEMPLATES, rest)?;
                let source = json!({"name": self.guild_body()["name"], "description": null, "verification_level": 0,
                    "default_message_notifications": 0, "explicit_content_filter": 0, "preferred_locale": "en-US",
                    "afk_timeout": 300, "afk_channel_id": null, "system_channel_id": null, "system_channel_flags": 0,
                    "roles": [], "channels": []});
                let mut template = response.body;
                template["serialized_source_guild"] = source;
                if let Some(last) = self.list_mut("templates").last_mut() {
                    *last = template.clone();
                }
                Ok(RestResponse::ok(template))
            }
            _ => self.collection_route(request, &TEMPLATES, rest),
        }
    }

    /// Answers the routes of a scheduled event's users and exceptions.
    fn scheduled_event_route(
        &mut self,
        request: &RestRequest,
        event: &str,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let index = self.index_of(&SCHEDULED_EVENTS, event)?;
        match (request.method.as_str(), rest) {
            ("GET", ["users"] | [_, "users"]) => Ok(RestResponse::ok(json!([]))),
            ("GET", ["users", "counts"]) => Ok(RestResponse::ok(
                json!({"guild_scheduled_event_count": 0, "guild_scheduled_event_exception_counts": {}}),
            )),
            ("POST", ["exceptions"]) => {
                let mut exception = self.fill_template(
                    request,
                    r#"{"event_id":null,"event_exception_id":"$id","is_canceled":false,
                    "scheduled_start_time":null,"scheduled_end_time":null,"guild_id":"$guild"}"#,
                );
                set_known_fields(&mut exception, &request.body);
                exception["event_id"] = json!(event);
                let list =
                    &mut self.list_mut(SCHEDULED_EVENTS.name)[index]["guild_scheduled_event_exceptions"];
                list.as_array_mut().into_iter().for_each(|list| list.push(exception.clone()));
                Ok(RestResponse::ok(exception))
            }
            (method, ["exceptions", id]) => {
                let list =
                    &mut self.list_mut(SCHEDULED_EVENTS.name)[index]["guild_scheduled_event_exceptions"];
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

    fn search_messages(&self, request: &RestRequest) -> RestResponse {
        let query = request.query("content").unwrap_or_default();
        let found = self.messages.values().rev().filter(|message| {
            let text = message.body["content"].as_str().unwrap_or_default();
            message.ephemeral_for.is_none() && self.is_in_guild(message.channel) && text.contains(query)
        });
        let found: Vec<Value> = found.map(|message| self.message_body(message)).collect();
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
