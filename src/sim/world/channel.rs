//! Channels: made, changed, ordered, deleted; who may do what in them; invitations to them.

use serde_json::{Value, json};

use super::collection::take_over;
use super::form::{Form, Rejection, not_found, rejection};
use super::routes::number;
use super::{Answer, Call, Event, World, shapes};

/// What a channel of a kind has besides the fields of all: kinds, and the fields with their first values.
const MORE: [(&[u64], &str); 5] = [
    (&[0, 5, 15, 16], r#"{"topic":null,"rate_limit_per_user":0,"last_pin_timestamp":null}"#),
    (&[0, 5, 15, 16], r#"{"default_auto_archive_duration":1440,"default_thread_rate_limit_per_user":0}"#),
    (
        &[2, 13],
        r#"{"bitrate":64000,"user_limit":0,"rtc_region":null,"video_quality_mode":1,"rate_limit_per_user":0}"#,
    ),
    (&[15, 16], r#"{"available_tags":[],"default_reaction_emoji":null,"default_sort_order":null}"#),
    (&[15], r#"{"default_forum_layout":0}"#),
];

/// The kinds of channels that a bot can make.
const KINDS: [u64; 7] = [0, 2, 4, 5, 13, 15, 16];

impl World {
    /// Answers the routes below `/guilds/{guild}/channels`.
    pub(super) fn guild_channels(&mut self, call: &Call) -> Result<Answer, Rejection> {
        match call.method.as_str() {
            "GET" => {
                let ids = self.channels.keys().filter(|id| self.in_guild(**id) && !self.is_thread(**id));
                Ok(Answer::ok(ids.map(|id| self.channel_body(*id)).collect()))
            }
            "POST" => self.create_channel(call),
            "PATCH" => {
                let mut events = Vec::new();
                for wanted in call.body.as_array().into_iter().flatten() {
                    let id = shapes::id(&wanted["id"]).unwrap_or(0);
                    self.known_channel(id)?;
                    if let Some(channel) = self.channels.get_mut(&id) {
                        for key in ["position", "parent_id"] {
                            if let Some(value) = wanted.get(key) {
                                channel.body[key] = value.clone();
                            }
                        }
                    }
                    events.push(("CHANNEL_UPDATE", self.channel_body(id)));
                }
                Ok(Answer::done(events))
            }
            _ => Err(not_found()),
        }
    }

    /// Changes a channel or a thread.
    pub(super) fn change_channel(&mut self, call: &Call, id: u64) -> Result<Answer, Rejection> {
        self.known_channel(id)?;
        let mut form = Form::default();
        if call.body.get("name").is_some() {
            form.text("name", &call.body["name"], 1, 100);
        }
        form.done()?;
        let (is_thread, now) = (self.is_thread(id), shapes::timestamp(call.now));
        if let Some(channel) = self.channels.get_mut(&id) {
            let body = &mut channel.body;
            take_over(body, &call.body);
            if is_thread {
                take_over(&mut body["thread_metadata"], &call.body);
                if call.body.get("archived").is_some() {
                    body["thread_metadata"]["archive_timestamp"] = json!(now);
                }
            }
            tags(body, id);
        }
        let shown = self.channel_body(id);
        let (event, action) = if is_thread { ("THREAD_UPDATE", 111) } else { ("CHANNEL_UPDATE", 11) };
        let audit = self.audit(call, action, Some(&id.to_string()));
        Ok(Answer::new(200, shown.clone(), vec![(event, shown), audit]))
    }

    /// Deletes a channel or a thread, with all that is in it.
    pub(super) fn delete_channel(&mut self, call: &Call, id: u64) -> Result<Answer, Rejection> {
        self.known_channel(id)?;
        let shown = self.channel_body(id);
        if !self.in_guild(id) {
            return Ok(Answer::ok(shown));
        }
        let (event, action) = if self.is_thread(id) {
            let mut about = json!({});
            for key in ["id", "guild_id", "parent_id", "type"] {
                about[key] = shown[key].clone();
            }
            (("THREAD_DELETE", about), 112)
        } else {
            (("CHANNEL_DELETE", shown.clone()), 12)
        };
        let inside: Vec<u64> = self
            .channels
            .iter()
            .filter(|(_, one)| one.body["parent_id"] == shown["id"])
            .map(|(id, _)| *id)
            .collect();
        for inner in inside {
            if self.is_thread(inner) {
                self.channels.remove(&inner);
            } else if let Some(channel) = self.channels.get_mut(&inner) {
                channel.body["parent_id"] = Value::Null;
            }
        }
        self.channels.remove(&id);
        self.messages.retain(|_, message| message.channel != id);
        self.list_mut("webhooks").retain(|hook| hook["channel_id"] != shown["id"]);
        self.list_mut("invites").retain(|invite| invite["channel"]["id"] != shown["id"]);
        let audit = self.audit(call, action, Some(&id.to_string()));
        Ok(Answer::new(200, shown, vec![event, audit]))
    }

    /// Answers `/channels/{channel}/permissions/{overwrite}`.
    pub(super) fn overwrite(&mut self, call: &Call, channel: u64, of: &str) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        let Some(body) = self.channels.get_mut(&channel).map(|channel| &mut channel.body) else {
            return Err(not_found());
        };
        let mut overwrites = body["permission_overwrites"].as_array().cloned().unwrap_or_default();
        let before = overwrites.len();
        overwrites.retain(|one| one["id"] != of);
        let action = match (call.method.as_str(), overwrites.len() < before) {
            ("PUT", known) => {
                let bits = |key: &str| shapes::id(&call.body[key]).unwrap_or(0).to_string();
                let kind = call.body["type"].as_u64().unwrap_or(0);
                overwrites
                    .push(json!({"id": of, "type": kind, "allow": bits("allow"), "deny": bits("deny")}));
                if known { 14 } else { 13 }
            }
            ("DELETE", true) => 15,
            ("DELETE", false) => return Err(rejection(404, 10009, "Unknown Overwrite")),
            _ => return Err(not_found()),
        };
        body["permission_overwrites"] = json!(overwrites);
        let audit = self.audit(call, action, Some(&channel.to_string()));
        Ok(Answer::done(vec![("CHANNEL_UPDATE", self.channel_body(channel)), audit]))
    }

    /// Answers `/channels/{channel}/invites`.
    pub(super) fn channel_invites(&mut self, call: &Call, channel: u64) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        let about = self.channel_body(channel);
        if call.method == "GET" {
            let mut invites = self.list("invites").to_vec();
            invites.retain(|invite| invite["channel"]["id"] == about["id"]);
            return Ok(Answer::ok(json!(invites)));
        }
        let mut invite = self.fill(
            call,
            r#"{"code":"$code","type":0,"inviter":"$user","max_age":86400,"max_uses":0,
            "uses":0,"temporary":false,"created_at":"$now","expires_at":null,"flags":0,"guild_id":"$guild"}"#,
        );
        take_over(&mut invite, &call.body);
        for key in ["target_type", "target_user_id", "target_application_id"] {
            if let Some(value) = call.body.get(key) {
                invite[key] = value.clone();
            }
        }
        let age = invite["max_age"].as_u64().unwrap_or(0);
        if age > 0 {
            invite["expires_at"] = json!(shapes::timestamp(call.now + std::time::Duration::from_secs(age)));
        }
        let guild = self.guild_body();
        invite["guild"] = json!({});
        for key in [
            "id",
            "name",
            "splash",
            "banner",
            "description",
            "icon",
            "features",
            "verification_level",
            "vanity_url_code",
            "nsfw_level",
            "premium_subscription_count",
        ] {
            invite["guild"][key] = guild[key].clone();
        }
        invite["channel"] = json!({"id": about["id"], "name": about["name"], "type": about["type"]});
        self.list_mut("invites").push(invite.clone());
        let mut event = json!({"channel_id": about["id"]});
        for key in [
            "code",
            "guild_id",
            "inviter",
            "max_age",
            "max_uses",
            "uses",
            "temporary",
            "created_at",
            "expires_at",
        ] {
            event[key] = invite[key].clone();
        }
        let audit = self.audit(call, 40, invite["code"].as_str());
        Ok(Answer::new(200, invite, vec![("INVITE_CREATE", event), audit]))
    }

    /// Answers the routes below `/invites/{code}`.
    pub(super) fn invite_route(
        &mut self,
        call: &Call,
        code: &str,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        let found = self.list("invites").iter().position(|invite| invite["code"] == code);
        let at = found.ok_or_else(|| rejection(404, 10006, "Unknown Invite"))?;
        match (call.method.as_str(), rest) {
            ("GET", []) => {
                let mut invite = self.list("invites")[at].clone();
                if let Some(fields) = invite.as_object_mut() {
                    fields.remove("target_users");
                }
                if call.asks("with_counts") {
                    invite["approximate_member_count"] = json!(self.present_users().count());
                    invite["approximate_presence_count"] = json!(1);
                }
                Ok(Answer::ok(invite))
            }
            ("DELETE", []) => {
                let invite = self.list_mut("invites").remove(at);
                let event = json!({"channel_id": invite["channel"]["id"], "guild_id": invite["guild_id"], "code": code});
                let audit = self.audit(call, 42, Some(code));
                Ok(Answer::new(200, invite, vec![("INVITE_DELETE", event), audit]))
            }
            ("PUT", ["target-users"]) => {
                let Some(file) = call.files.first() else {
                    return Err(rejection(400, 50046, "Invalid file uploaded"));
                };
                let users = String::from_utf8_lossy(&file.content).into_owned();
                self.list_mut("invites")[at]["target_users"] = json!(users);
                Ok(Answer::done(Vec::new()))
            }
            ("GET", ["target-users"]) => {
                let users = self.list("invites")[at]["target_users"].as_str().unwrap_or_default();
                Ok(Answer::ok(json!(format!("user_id\n{users}"))))
            }
            ("GET", ["target-users", "job-status"]) => Ok(Answer::ok(json!({"status": 2, "total_users": 0,
                "processed_users": 0, "created_at": shapes::timestamp(call.now),
                "completed_at": shapes::timestamp(call.now), "error_message": null}))),
            _ => Err(not_found()),
        }
    }

    pub(super) fn is_thread(&self, channel: u64) -> bool {
        self.channels
            .get(&channel)
            .is_some_and(|channel| matches!(channel.body["type"].as_u64(), Some(10..=12)))
    }

    fn create_channel(&mut self, call: &Call) -> Result<Answer, Rejection> {
        let kind = call.body["type"].as_u64().unwrap_or(0);
        let mut form = Form::default();
        form.text("name", &call.body["name"], 1, 100);
        form.one_of("type", &json!(kind), &KINDS);
        form.done()?;
        let id = self.next_id(call.now);
        let mut body = json!({
            "id": id.to_string(),
            "type": kind,
            "guild_id": self.guild.to_string(),
            "name": null,
            "position": self.channels.keys().filter(|id| self.in_guild(**id)).count(),
            "parent_id": null,
            "permission_overwrites": [],
            "flags": 0,
            "nsfw": false,
        });
        for (_, fields) in MORE.iter().filter(|(kinds, _)| kinds.contains(&kind)) {
            shapes::merge(&mut body, &serde_json::from_str(fields).unwrap_or_default());
        }
        take_over(&mut body, &call.body);
        body["type"] = json!(kind);
        tags(&mut body, id);
        self.add_channel(id, None, body);
        let shown = self.channel_body(id);
        let audit = self.audit(call, 10, Some(&id.to_string()));
        Ok(Answer::new(201, shown.clone(), vec![("CHANNEL_CREATE", shown), audit]))
    }

    /// CHANNEL_PINS_UPDATE for a channel.
    pub(super) fn pins_update(&self, channel: u64) -> Event {
        let mut event = json!({
            "channel_id": channel.to_string(),
            "last_pin_timestamp": self.channels.get(&channel).map(|one| one.body["last_pin_timestamp"].clone()),
        });
        if self.in_guild(channel) {
            event["guild_id"] = json!(self.guild.to_string());
        }
        ("CHANNEL_PINS_UPDATE", event)
    }
}

/// Gives each tag of a forum its id and all fields.
fn tags(body: &mut Value, id: u64) {
    for (at, tag) in body["available_tags"].as_array_mut().into_iter().flatten().enumerate() {
        let mut whole = json!({"id": (id + 1 + at as u64).to_string(), "name": "", "moderated": false, "emoji_id": null, "emoji_name": null});
        shapes::merge(&mut whole, tag);
        if number(whole["id"].as_str().unwrap_or_default()) == 0 {
            whole["id"] = json!((id + 1 + at as u64).to_string());
        }
        *tag = whole;
    }
}
