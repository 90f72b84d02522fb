//! Invites ([page](https://docs.discord.com/developers/resources/invite)).

use std::time::Duration;

use serde_json::{Value, json};

use super::access::MANAGE_GUILD;
use super::audit_log::AuditEntry;
use super::collection::set_known_fields;
use super::objects;
use super::rejection::{Rejection, invalid_file, not_found, rejection};
use super::timestamp::timestamp;
use super::{RestRequest, RestResponse, World};
use crate::sim::types::audit_action;

/// The fields of a guild in an invite.
const GUILD_FIELDS: [&str; 12] = [
    "id",
    "name",
    "splash",
    "banner",
    "description",
    "icon",
    "features",
    "verification_level",
    "vanity_url_code",
    "nsfw",
    "nsfw_level",
    "premium_subscription_count",
];

/// The fields of an application in an invite.
const APPLICATION_FIELDS: [&str; 8] =
    ["id", "name", "icon", "description", "type", "verify_key", "flags", "flags_new"];

/// The fields of a role in an invite.
const ROLE_FIELDS: [&str; 7] = ["id", "name", "position", "color", "colors", "icon", "unicode_emoji"];

/// The [metadata](https://docs.discord.com/developers/resources/invite#invite-metadata-object) of an invite.
const METADATA: [&str; 5] = ["uses", "max_uses", "max_age", "temporary", "created_at"];

/// The fields of an invite in the event of its creation.
const EVENT_FIELDS: [&str; 9] =
    ["code", "guild_id", "inviter", "max_age", "max_uses", "uses", "temporary", "created_at", "expires_at"];

impl World {
    /// Answers `/channels/{channel}/invites`.
    pub(super) fn channel_invite_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
    ) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(channel)?;
        let channel = self.channel_body(channel);
        if request.method == "GET" {
            let mut invites = self.list(guild, "invites").to_vec();
            invites.retain(|invite| invite["channel"]["id"] == channel["id"]);
            return Ok(RestResponse::ok(json!(invites)));
        }
        let mut invite = self.fill_template(
            request,
            guild,
            r#"{"code":"$code","type":0,"inviter":"$user","max_age":86400,"max_uses":0,
            "uses":0,"temporary":false,"created_at":"$now","expires_at":null,"flags":0,"guild_id":"$guild"}"#,
        );
        set_known_fields(&mut invite, &request.body);
        if let Some(kind) = request.body.get("target_type") {
            invite["target_type"] = kind.clone();
        }
        self.add_invite_targets(&mut invite, &request.body);
        let role_ids = &request.body["role_ids"];
        let roles = role_ids.as_array().into_iter().flatten().filter_map(objects::id);
        let roles = roles.filter_map(|role| self.item(guild, "roles", role));
        let roles: Vec<Value> = roles.map(|role| objects::selected(role, &ROLE_FIELDS)).collect();
        if !roles.is_empty() {
            invite["roles"] = json!(roles);
        }
        if let Some(file) = request.files.first() {
            self.set_target_users(guild, invite["code"].as_str().unwrap_or_default(), &file.content);
        }
        let age = invite["max_age"].as_u64().unwrap_or(0);
        if age > 0 {
            invite["expires_at"] = json!(timestamp(request.now + Duration::from_secs(age)));
        }
        invite["guild"] = objects::selected(&self.guild_body(guild), &GUILD_FIELDS);
        invite["channel"] = json!({"id": channel["id"], "name": channel["name"], "type": channel["type"]});
        self.list_mut(guild, "invites").push(invite.clone());
        let mut event = objects::selected(&invite, &EVENT_FIELDS);
        event["channel_id"] = channel["id"].clone();
        for key in ["target_type", "target_user", "target_application"] {
            if let Some(value) = invite.get(key) {
                event[key] = value.clone();
            }
        }
        if !roles.is_empty() {
            event["role_ids"] = role_ids.clone();
        }
        let audit = self.audit(
            request,
            guild,
            AuditEntry::new(audit_action::INVITE_CREATE).changes(&Value::Null, &recorded(&invite)),
        );
        Ok(RestResponse::new(200, invite, vec![("INVITE_CREATE", event), audit]))
    }

    /// The invites of a guild. Without MANAGE_GUILD they have no metadata.
    pub(super) fn guild_invites(&self, guild: u64, user: u64) -> Value {
        let mut invites = self.list(guild, "invites").to_vec();
        if self.guild_permissions(guild, user) & MANAGE_GUILD == 0 {
            for fields in invites.iter_mut().filter_map(Value::as_object_mut) {
                fields.retain(|key, _| !METADATA.contains(&key.as_str()));
            }
        }
        json!(invites)
    }

    /// Keeps the users that an invite is for, from a CSV file with or without a header.
    fn set_target_users(&mut self, guild: u64, code: &str, file: &[u8]) {
        let text = String::from_utf8_lossy(file);
        let lines = text.lines().map(|line| line.trim().trim_matches('"'));
        let users: Vec<&str> = lines.filter(|line| line.parse::<u64>().is_ok()).collect();
        self.set_setting(guild, &target_users_of(code), json!(users.join("\n")));
    }

    /// Adds the user or the application that an invite leads to, if it exists.
    fn add_invite_targets(&self, invite: &mut Value, body: &Value) {
        let target = |key: &str| objects::id(&body[key]);
        if let Some(user) = target("target_user_id").filter(|user| self.users.contains_key(user)) {
            invite["target_user"] = self.user_body(user);
        }
        if let Some(application) =
            target("target_application_id").filter(|id| self.applications.contains_key(id))
        {
            invite["target_application"] =
                objects::selected(&self.application_body(application), &APPLICATION_FIELDS);
        }
    }

    /// Answers the routes below `/invites/{code}`.
    pub(super) fn invite_route(
        &mut self,
        request: &RestRequest,
        code: &str,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let found = self.find_item("invites", "code", code);
        let (guild, index) = found.ok_or_else(|| rejection(404, 10006, "Unknown Invite"))?;
        match (request.method.as_str(), rest) {
            ("GET", []) => {
                let mut invite = self.list(guild, "invites")[index].clone();
                if request.flag("with_counts") {
                    invite["approximate_member_count"] = json!(self.member_ids(guild).count());
                    invite["approximate_presence_count"] = json!(1);
                }
                Ok(RestResponse::ok(invite))
            }
            ("DELETE", []) => {
                let invite = self.list_mut(guild, "invites").remove(index);
                let event = json!({"channel_id": invite["channel"]["id"], "guild_id": invite["guild_id"], "code": code});
                let audit = self.audit(
                    request,
                    guild,
                    AuditEntry::new(audit_action::INVITE_DELETE).changes(&recorded(&invite), &Value::Null),
                );
                Ok(RestResponse::new(200, invite, vec![("INVITE_DELETE", event), audit]))
            }
            ("PUT", ["target-users"]) => {
                let Some(file) = request.files.first() else {
                    return Err(invalid_file());
                };
                self.set_target_users(guild, code, &file.content);
                Ok(RestResponse::no_content(Vec::new()))
            }
            ("GET", ["target-users"]) => {
                let users =
                    self.setting(guild, &target_users_of(code)).and_then(Value::as_str).unwrap_or_default();
                Ok(RestResponse::ok(json!(format!("user_id\n{users}"))))
            }
            ("GET", ["target-users", "job-status"]) => {
                let users = self.setting(guild, &target_users_of(code)).and_then(Value::as_str);
                let count = users.unwrap_or_default().lines().count();
                Ok(RestResponse::ok(json!({"status": 2, "total_users": count,
                "processed_users": count, "created_at": timestamp(request.now),
                "completed_at": timestamp(request.now), "error_message": null})))
            }
            _ => Err(not_found()),
        }
    }
}

/// The name of the text with the users that an invite is for.
fn target_users_of(code: &str) -> String {
    format!("target users of {code}")
}

/// The fields of an invite that the audit log records. Its entries have no target.
fn recorded(invite: &Value) -> Value {
    let mut fields = json!({"channel_id": invite["channel"]["id"], "inviter_id": invite["inviter"]["id"]});
    for key in ["code", "max_age", "max_uses", "uses", "temporary", "flags"] {
        fields[key] = invite[key].clone();
    }
    fields
}
