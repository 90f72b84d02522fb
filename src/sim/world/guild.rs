//! The guild itself, and the routes below it.

use serde_json::{Value, json};

use super::collection::{OF_GUILD, TEMPLATES, take_over};
use super::form::{Rejection, not_found, rejection};
use super::routes::number;
use super::{Answer, Call, World, shapes};

/// What a guild has one of: where it stands, how it is changed, and what it is at first.
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

/// What GUILD_CREATE tells and the guild's own routes do not.
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
        call: &Call,
        guild: &str,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        if guild == "templates" {
            let [code] = rest else { return Err(not_found()) };
            let at = self.place_of(&TEMPLATES, code)?;
            return Ok(Answer::ok(self.list("templates")[at].clone()));
        }
        if number(guild) != self.guild {
            return Err(rejection(404, 10004, "Unknown Guild"));
        }
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok(Answer::ok(self.show_guild(call.asks("with_counts")))),
            ("PATCH", []) => self.change_guild(call),
            ("GET", ["preview"]) => Ok(Answer::ok(self.preview())),
            ("GET", ["audit-logs"]) => Ok(self.audit_log(call)),
            (_, ["members", rest @ ..]) => self.member_route(call, rest),
            (_, ["bans", rest @ ..]) => self.ban_route(call, rest),
            ("POST", ["bulk-ban"]) => self.ban_route(call, &["bulk"]),
            (_, ["channels", ..]) => self.guild_channels(call),
            ("GET", ["threads", "active"]) => {
                Ok(self.threads(|thread| thread["thread_metadata"]["archived"] == false))
            }
            ("GET", ["invites"]) => Ok(Answer::ok(json!(self.list("invites")))),
            ("GET", ["webhooks"]) => Ok(Answer::ok(json!(self.list("webhooks")))),
            ("GET" | "POST", ["prune"]) => Ok(Answer::ok(json!({"pruned": 0}))),
            ("GET", ["regions"]) => Ok(Answer::ok(super::extras::regions())),
            ("GET", ["requests"]) => {
                Ok(Answer::ok(json!({"guild_join_requests": [], "total": 0, "limit": 100})))
            }
            // The picture is not JSON: the server adds it.
            ("GET", ["widget.png"]) => Ok(Answer::ok(Value::Null)),
            ("PATCH", ["requests", _]) => Err(rejection(404, 10109, "Unknown Guild Join Request")),
            ("GET", ["widget.json"]) => Ok(Answer::ok(self.widget())),
            ("GET", ["messages", "search"]) => Ok(self.search(call)),
            (_, ["voice-states", user]) => self.voice_state(call, user),
            ("GET", ["integrations"]) => Ok(Answer::ok(json!(self.list("integrations")))),
            ("DELETE", ["integrations", _]) => Err(rejection(404, 10005, "Unknown Integration")),
            (_, ["templates", rest @ ..]) => self.template_route(call, rest),
            ("PATCH", ["roles"]) => self.move_roles(call),
            ("DELETE", ["roles", role]) => self.delete_role(call, role),
            ("GET", ["roles", "member-counts"]) => Ok(Answer::ok(self.role_counts())),
            (_, ["scheduled-events", event, rest @ ..]) if !rest.is_empty() => {
                self.event_extras(call, event, rest)
            }
            (_, [one]) if SETTINGS.iter().any(|(name, ..)| name == one) => self.setting(call, one),
            _ => {
                let of = |kind: &&super::collection::Collection| rest.starts_with(kind.place);
                let kind = OF_GUILD.iter().find(of).ok_or_else(not_found)?;
                self.collection(call, kind, &rest[kind.place.len()..])
            }
        }
    }

    fn show_guild(&self, counted: bool) -> Value {
        let mut guild = self.guild_body();
        if let Some(fields) = guild.as_object_mut() {
            fields.retain(|key, _| !ONLY_IN_EVENT.contains(&key.as_str()));
        }
        if counted {
            guild["approximate_member_count"] = json!(self.present_users().count());
            guild["approximate_presence_count"] = json!(1);
        }
        guild
    }

    fn change_guild(&mut self, call: &Call) -> Result<Answer, Rejection> {
        let mut changed = self.show_guild(false);
        take_over(&mut changed, &call.body);
        if let Some(fields) = changed.as_object_mut() {
            fields.retain(|key, _| call.body.get(key).is_some());
        }
        shapes::merge(&mut self.guild_changes, &changed);
        let mut event = self.show_guild(false);
        event["guild_id"] = json!(self.guild.to_string());
        let audit = self.audit(call, 1, Some(&self.guild.to_string()));
        Ok(Answer::new(200, self.show_guild(false), vec![("GUILD_UPDATE", event), audit]))
    }

    fn preview(&self) -> Value {
        let guild = self.guild_body();
        let mut preview = json!({
            "approximate_member_count": self.present_users().count(),
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

    /// What there is one of.
    fn setting(&mut self, call: &Call, name: &str) -> Result<Answer, Rejection> {
        let Some((name, change, first)) = SETTINGS.iter().find(|(one, ..)| *one == name) else {
            return Err(not_found());
        };
        let fresh = self.fill(call, first);
        let current = self.settings.entry(name).or_insert(fresh);
        if call.method == *change {
            take_over(current, &call.body);
        } else if call.method != "GET" || *name == "incident-actions" {
            return Err(not_found());
        }
        let shown = current.clone();
        let action = match *name {
            "onboarding" => 167,
            _ => 1,
        };
        let events = if call.method == "GET" { Vec::new() } else { vec![self.audit(call, action, None)] };
        Ok(Answer::new(200, shown, events))
    }

    fn move_roles(&mut self, call: &Call) -> Result<Answer, Rejection> {
        let mut events = Vec::new();
        let guild = self.guild.to_string();
        for wanted in call.body.as_array().into_iter().flatten() {
            let mut roles = self.list_mut("roles").iter_mut();
            let Some(role) = roles.find(|role| role["id"] == wanted["id"]) else {
                return Err(rejection(404, 10011, "Unknown Role"));
            };
            if wanted["position"].is_u64() {
                role["position"] = wanted["position"].clone();
                events.push(("GUILD_ROLE_UPDATE", json!({"guild_id": guild, "role": role})));
            }
        }
        Ok(Answer::new(200, json!(self.list("roles")), events))
    }

    fn delete_role(&mut self, call: &Call, role: &str) -> Result<Answer, Rejection> {
        if number(role) == self.guild {
            return Err(rejection(400, 50028, "Invalid Role"));
        }
        let Some(kind) = OF_GUILD.iter().find(|kind| kind.name == "roles") else { return Err(not_found()) };
        let mut answer = self.collection(call, kind, &[role])?;
        let holders: Vec<u64> =
            self.present_users().filter(|id| self.roles_of(*id).contains(&number(role))).collect();
        for user in holders {
            let mut roles = self.roles_of(user);
            roles.retain(|one| *one != number(role));
            self.set_roles(user, &roles);
            answer.events.push(self.member_update(user));
        }
        Ok(answer)
    }

    fn role_counts(&self) -> Value {
        let mut counts = json!({});
        for role in self.list("roles").iter().skip(1) {
            let id = shapes::id(&role["id"]).unwrap_or(0);
            let holders = self.present_users().filter(|user| self.roles_of(*user).contains(&id));
            counts[id.to_string()] = json!(holders.count());
        }
        counts
    }

    fn template_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        match (call.method.as_str(), rest) {
            ("PUT", [code]) => {
                let at = self.place_of(&TEMPLATES, code)?;
                let template = &mut self.list_mut("templates")[at];
                template["updated_at"] = json!(shapes::timestamp(call.now));
                template["is_dirty"] = Value::Null;
                Ok(Answer::ok(template.clone()))
            }
            ("GET", [_]) => Err(not_found()),
            ("DELETE", [code]) => {
                let at = self.place_of(&TEMPLATES, code)?;
                Ok(Answer::ok(self.list_mut("templates").remove(at)))
            }
            ("POST", []) => {
                let answer = self.collection(call, &TEMPLATES, rest)?;
                let source = json!({"name": self.guild_body()["name"], "description": null, "verification_level": 0,
                    "default_message_notifications": 0, "explicit_content_filter": 0, "preferred_locale": "en-US",
                    "afk_timeout": 300, "afk_channel_id": null, "system_channel_id": null, "system_channel_flags": 0,
                    "roles": [], "channels": []});
                let mut made = answer.body;
                made["serialized_source_guild"] = source;
                if let Some(last) = self.list_mut("templates").last_mut() {
                    *last = made.clone();
                }
                Ok(Answer::ok(made))
            }
            _ => self.collection(call, &TEMPLATES, rest),
        }
    }

    /// Who is interested in a scheduled event, and exceptions of those that recur.
    fn event_extras(&mut self, call: &Call, event: &str, rest: &[&str]) -> Result<Answer, Rejection> {
        let Some(kind) = OF_GUILD.iter().find(|kind| kind.name == "scheduled events") else {
            return Err(not_found());
        };
        let at = self.place_of(kind, event)?;
        match (call.method.as_str(), rest) {
            ("GET", ["users"] | [_, "users"]) => Ok(Answer::ok(json!([]))),
            ("GET", ["users", "counts"]) => Ok(Answer::ok(
                json!({"guild_scheduled_event_count": 0, "guild_scheduled_event_exception_counts": {}}),
            )),
            ("POST", ["exceptions"]) => {
                let mut made = self.fill(
                    call,
                    r#"{"event_id":null,"event_exception_id":"$id","is_canceled":false,
                    "scheduled_start_time":null,"scheduled_end_time":null,"guild_id":"$guild"}"#,
                );
                take_over(&mut made, &call.body);
                made["event_id"] = json!(event);
                let list = &mut self.list_mut(kind.name)[at]["guild_scheduled_event_exceptions"];
                list.as_array_mut().into_iter().for_each(|list| list.push(made.clone()));
                Ok(Answer::ok(made))
            }
            (method, ["exceptions", id]) => {
                let list = &mut self.list_mut(kind.name)[at]["guild_scheduled_event_exceptions"];
                let Some(list) = list.as_array_mut() else { return Err(not_found()) };
                let found = list.iter().position(|one| one["event_exception_id"] == *id);
                let at =
                    found.ok_or_else(|| rejection(404, 10110, "Unknown Guild Scheduled Event Exception"))?;
                match method {
                    "PATCH" => {
                        take_over(&mut list[at], &call.body);
                        Ok(Answer::ok(list[at].clone()))
                    }
                    "DELETE" => {
                        list.remove(at);
                        Ok(Answer::done(Vec::new()))
                    }
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    fn search(&self, call: &Call) -> Answer {
        let wanted = call.query("content").unwrap_or_default();
        let found = self.messages.values().rev().filter(|message| {
            let text = message.body["content"].as_str().unwrap_or_default();
            message.only_for.is_none() && self.in_guild(message.channel) && text.contains(wanted)
        });
        let found: Vec<Value> = found.map(|message| self.message_body(message)).collect();
        let page = found.iter().skip(call.number("offset", 0)).take(call.number("limit", 25));
        let messages: Vec<Value> = page.map(|message| json!([message])).collect();
        Answer::ok(json!({
            "doing_deep_historical_index": false,
            "documents_indexed": found.len(),
            "total_results": found.len(),
            "messages": messages,
        }))
    }
}
