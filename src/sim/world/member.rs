//! Members and bans of the guild.

use std::time::Duration;

use serde_json::{Value, json};

use super::audit_log::AuditEntry;
use super::objects::{self, path_id};
use super::person::PRESENCES;
use super::rejection::{
    Rejection, form_error, not_found, rejection, unknown_member, unknown_role, unknown_user,
};
use super::timestamp;
use super::world::Member;
use super::{Event, RestRequest, RestResponse, World};
use crate::id::UserId;
use crate::sim::types::audit_action;

/// The fields of a member that can be modified.
const MODIFIABLE_FIELDS: [&str; 8] =
    ["nick", "roles", "mute", "deaf", "communication_disabled_until", "flags", "avatar", "banner"];

/// Maximum number of members that a request by name or by ID finds.
const MAX_FOUND: usize = 100;

/// Maximum number of members in a chunk.
const CHUNK_SIZE: usize = 1000;

impl World {
    /// Answers the routes below `/guilds/{guild}/members`.
    pub(super) fn member_route(
        &mut self,
        request: &RestRequest,
        guild: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let me = request.actor();
        match (request.method.as_str(), rest) {
            ("GET", []) => {
                let after = request.number("after", 0);
                let members =
                    self.member_ids(guild).filter(|id| *id > after).take(request.number("limit", 1));
                Ok(RestResponse::ok(members.map(|id| self.member_body(guild, id)).collect()))
            }
            ("GET", ["search"]) => {
                let query = request.query("query").unwrap_or_default().to_lowercase();
                let matches = |id: &u64| self.name_starts_with(guild, *id, &query);
                let found = self.member_ids(guild).filter(matches).take(request.number("limit", 1));
                Ok(RestResponse::ok(found.map(|id| self.member_body(guild, id)).collect()))
            }
            ("PATCH", ["@me" | "@me/nick"]) => self.modify_member(request, guild, me),
            (method, [user, rest @ ..]) => {
                let user = path_id(user);
                if method == "PUT" && rest.is_empty() {
                    return self.add_member(request, guild, user);
                }
                if !self.is_member(guild, user) {
                    return Err(unknown_member());
                }
                match (method, rest) {
                    ("GET", []) => Ok(RestResponse::ok(self.member_body(guild, user))),
                    ("PATCH", []) => self.modify_member(request, guild, user),
                    ("DELETE", []) => {
                        let mut events = self.remove_member(guild, user);
                        events.push(self.audit(
                            request,
                            guild,
                            AuditEntry::new(audit_action::MEMBER_KICK).target(user),
                        ));
                        Ok(RestResponse::no_content(events))
                    }
                    (method @ ("PUT" | "DELETE"), ["roles", role]) => {
                        if self.item(guild, "roles", path_id(role)).is_none() {
                            return Err(unknown_role());
                        }
                        let before = self.roles_of(guild, user);
                        let mut roles = before.clone();
                        roles.retain(|other| *other != path_id(role));
                        if method == "PUT" {
                            roles.push(path_id(role));
                        }
                        self.set_roles(guild, user, &roles);
                        let audit = self.audit(request, guild, self.role_entry(guild, user, &before, &roles));
                        Ok(RestResponse::no_content(vec![self.member_update(guild, user), audit]))
                    }
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    /// Answers the routes below `/guilds/{guild}/bans`, and `/guilds/{guild}/bulk-ban`.
    pub(super) fn ban_route(
        &mut self,
        request: &RestRequest,
        guild: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let unknown = || rejection(404, 10026, "Unknown Ban");
        let is_of = |id: u64| move |ban: &Value| objects::is_id(&ban["user"]["id"], id);
        match (request.method.as_str(), rest) {
            ("GET", []) => {
                let id = |ban: &Value| objects::id(&ban["user"]["id"]).unwrap_or(0);
                let (before, after) = (request.number("before", u64::MAX), request.number("after", 0));
                let mut bans: Vec<&Value> = self.list(guild, "bans").iter().collect();
                bans.retain(|ban| id(ban) < before && id(ban) > after);
                bans.sort_by_key(|ban| id(ban));
                let limit = request.number("limit", 1000);
                // With `before`, the page has the last bans before that user.
                let start =
                    if request.query("before").is_some() { bans.len().saturating_sub(limit) } else { 0 };
                Ok(RestResponse::ok(bans.into_iter().skip(start).take(limit).cloned().collect()))
            }
            ("POST", ["bulk"]) => {
                let ids = request.body["user_ids"].as_array().into_iter().flatten().filter_map(objects::id);
                let (known, failed): (Vec<u64>, Vec<u64>) = ids.partition(|id| self.users.contains_key(id));
                let events = known.iter().flat_map(|id| self.ban(request, guild, *id)).collect();
                let texts = |ids: &[u64]| ids.iter().map(u64::to_string).collect::<Vec<_>>();
                let body = json!({"banned_users": texts(&known), "failed_users": texts(&failed)});
                Ok(RestResponse::new(200, body, events))
            }
            ("GET", [user]) => self
                .list(guild, "bans")
                .iter()
                .find(|ban| is_of(path_id(user))(ban))
                .cloned()
                .map(RestResponse::ok)
                .ok_or_else(unknown),
            ("PUT", [user]) => {
                let user = path_id(user);
                if !self.users.contains_key(&user) {
                    return Err(unknown_user());
                }
                Ok(RestResponse::no_content(self.ban(request, guild, user)))
            }
            ("DELETE", [user]) => {
                let user = path_id(user);
                let index = self.list(guild, "bans").iter().position(is_of(user)).ok_or_else(unknown)?;
                self.list_mut(guild, "bans").remove(index);
                let event = json!({"guild_id": guild.to_string(), "user": self.user_body(user)});
                let audit =
                    self.audit(request, guild, AuditEntry::new(audit_action::MEMBER_BAN_REMOVE).target(user));
                Ok(RestResponse::no_content(vec![("GUILD_BAN_REMOVE", event), audit]))
            }
            _ => Err(not_found()),
        }
    }

    pub(super) fn is_member(&self, guild: u64, user: u64) -> bool {
        self.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&user))
    }

    /// The IDs of the members.
    pub(super) fn member_ids(&self, guild: u64) -> impl Iterator<Item = u64> {
        self.guilds.get(&guild).into_iter().flat_map(|guild| guild.members.keys().copied())
    }

    pub(super) fn member_mut(&mut self, guild: u64, user: u64) -> Option<&mut Member> {
        self.guilds.get_mut(&guild)?.members.get_mut(&user)
    }

    pub(super) fn is_banned(&self, guild: u64, user: u64) -> bool {
        self.list(guild, "bans").iter().any(|ban| objects::is_id(&ban["user"]["id"], user))
    }

    /// A user joins a guild.
    pub(super) fn join(&mut self, now: Duration, guild: u64, user: u64) -> Vec<Event> {
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.members.insert(user, Member { joined_at: now, fields: json!({}) });
        }
        let mut member = self.member_body(guild, user);
        member["guild_id"] = json!(guild.to_string());
        let mut events = vec![("GUILD_MEMBER_ADD", member)];
        events.extend(self.post_join(now, guild, user));
        events
    }

    /// Whether the name or nickname of a member starts with a text in lower case.
    fn name_starts_with(&self, guild: u64, user: u64, start: &str) -> bool {
        let nick =
            self.guilds[&guild].members[&user].fields["nick"].as_str().unwrap_or_default().to_lowercase();
        self.users[&user].name.to_lowercase().starts_with(start) || nick.starts_with(start)
    }

    /// The GUILD_MEMBERS_CHUNK events for a
    /// [request for members](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk).
    pub(in crate::sim) fn member_chunks(&self, bot: UserId, data: &Value) -> Vec<Event> {
        let Some(guild) = self.guild_in(data).filter(|guild| self.is_member(*guild, bot.get())) else {
            return Vec::new();
        };
        let limit = data["limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(0);
        let (mut found, mut not_found) = (Vec::new(), Vec::new());
        if let Some(query) = data["query"].as_str().map(str::to_lowercase) {
            // All members are there only for an empty query without a limit.
            let max = if query.is_empty() && limit == 0 { usize::MAX } else { limit.clamp(1, MAX_FOUND) };
            found.extend(
                self.member_ids(guild).filter(|id| self.name_starts_with(guild, *id, &query)).take(max),
            );
        } else {
            let single = std::slice::from_ref(&data["user_ids"]);
            for user in data["user_ids"].as_array().map_or(single, Vec::as_slice).iter().take(MAX_FOUND) {
                match objects::id(user).filter(|id| self.is_member(guild, *id)) {
                    Some(id) => found.push(id),
                    None => not_found.push(user.clone()),
                }
            }
        }
        let chunks: Vec<_> =
            if found.is_empty() { vec![&[][..]] } else { found.chunks(CHUNK_SIZE).collect() };
        let chunk = |(index, ids): (usize, &&[u64])| {
            let members: Vec<_> = ids.iter().map(|id| self.member_body(guild, *id)).collect();
            let mut chunk = json!({
                "guild_id": guild.to_string(),
                "members": members,
                "chunk_index": index,
                "chunk_count": chunks.len(),
            });
            if !not_found.is_empty() {
                chunk["not_found"] = json!(not_found);
            }
            if data["presences"] == true {
                let is_in_chunk =
                    |presence: &&Value| ids.iter().any(|id| objects::is_id(&presence["user"]["id"], *id));
                let presences = self.list(guild, PRESENCES).iter().filter(is_in_chunk);
                chunk["presences"] = json!(presences.collect::<Vec<_>>());
            }
            // Discord ignores a nonce of more than 32 bytes.
            if let Some(nonce) = data["nonce"].as_str().filter(|nonce| nonce.len() <= 32) {
                chunk["nonce"] = json!(nonce);
            }
            ("GUILD_MEMBERS_CHUNK", chunk)
        };
        chunks.iter().enumerate().map(chunk).collect()
    }

    /// GUILD_MEMBER_UPDATE for a member.
    pub(super) fn member_update(&self, guild: u64, user: u64) -> Event {
        let mut member = self.member_body(guild, user);
        member["guild_id"] = json!(guild.to_string());
        ("GUILD_MEMBER_UPDATE", member)
    }

    pub(super) fn set_roles(&mut self, guild: u64, user: u64, roles: &[u64]) {
        if let Some(member) = self.member_mut(guild, user) {
            member.fields["roles"] = roles.iter().map(u64::to_string).collect();
        }
    }

    fn modify_member(
        &mut self,
        request: &RestRequest,
        guild: u64,
        user: u64,
    ) -> Result<RestResponse, Rejection> {
        let mut voice_fields = ["channel_id", "mute", "deaf"].iter();
        let is_voice = voice_fields.any(|field| request.body.get(field).is_some());
        if is_voice
            && !self.list(guild, "voice states").iter().any(|state| objects::is_id(&state["user_id"], user))
        {
            return Err(rejection(400, 40032, "Target user is not connected to voice."));
        }
        let mut roles = request.body["roles"].as_array().into_iter().flatten().filter_map(objects::id);
        if roles.any(|id| self.item(guild, "roles", id).is_none()) {
            return Err(unknown_role());
        }
        let (before, roles_before) = (self.partial_member(guild, user), self.roles_of(guild, user));
        if let Some(member) = self.member_mut(guild, user) {
            for field in MODIFIABLE_FIELDS {
                if let Some(value) = request.body.get(field) {
                    member.fields[field] = value.clone();
                    if field == "communication_disabled_until" {
                        timestamp::rewrite(&mut member.fields[field]);
                    }
                }
            }
        }
        let mut events = vec![self.member_update(guild, user)];
        if is_voice {
            events.extend(self.moderate_voice(request, guild, user));
        }
        let (mut before, mut after) = (before, self.partial_member(guild, user));
        before["roles"] = Value::Null;
        after["roles"] = Value::Null;
        if before != after {
            let entry = AuditEntry::new(audit_action::MEMBER_UPDATE).target(user).changes(&before, &after);
            events.push(self.audit(request, guild, entry));
        }
        let roles = self.roles_of(guild, user);
        if roles != roles_before {
            let entry = self.role_entry(guild, user, &roles_before, &roles);
            events.push(self.audit(request, guild, entry));
        }
        Ok(RestResponse::new(200, self.member_body(guild, user), events))
    }

    /// The audit log's entry for changed roles. It has the roles that were added and removed.
    fn role_entry(&self, guild: u64, user: u64, before: &[u64], after: &[u64]) -> AuditEntry {
        let mut entry = AuditEntry::new(audit_action::MEMBER_ROLE_UPDATE).target(user);
        for (key, from, to) in [("$add", before, after), ("$remove", after, before)] {
            let roles =
                to.iter().filter(|id| !from.contains(id)).filter_map(|id| self.item(guild, "roles", *id));
            let roles: Vec<Value> =
                roles.map(|role| json!({"id": role["id"], "name": role["name"]})).collect();
            if !roles.is_empty() {
                entry = entry.change(key, None, Some(&json!(roles)));
            }
        }
        entry
    }

    fn add_member(
        &mut self,
        request: &RestRequest,
        guild: u64,
        user: u64,
    ) -> Result<RestResponse, Rejection> {
        if self.is_member(guild, user) {
            return Ok(RestResponse::no_content(Vec::new()));
        }
        if request.body["access_token"].as_str().is_none_or(str::is_empty) {
            return Err(form_error("access_token", "BASE_TYPE_REQUIRED", "This field is required"));
        }
        if !self.users.contains_key(&user) {
            return Err(unknown_user());
        }
        if self.is_banned(guild, user) {
            return Err(rejection(403, 40007, "The user is banned from this guild."));
        }
        let events = self.join(request.now, guild, user);
        Ok(RestResponse::new(201, self.member_body(guild, user), events))
    }

    /// Removes a member from the guild.
    pub(super) fn remove_member(&mut self, guild: u64, user: u64) -> Vec<Event> {
        let removed = self.guilds.get_mut(&guild).and_then(|guild| guild.members.remove(&user));
        if removed.is_none() {
            return Vec::new();
        }
        let event = json!({"guild_id": guild.to_string(), "user": self.user_body(user)});
        let mut events = vec![("GUILD_MEMBER_REMOVE", event)];
        if self.applications.contains_key(&user) {
            if let Some(guild) = self.guilds.get_mut(&guild) {
                guild.last_moved_bot = Some(user);
            }
            events.push(("GUILD_DELETE", json!({"id": guild.to_string()})));
        }
        events
    }

    fn ban(&mut self, request: &RestRequest, guild: u64, user: u64) -> Vec<Event> {
        let body = self.user_body(user);
        if self.is_banned(guild, user) {
            return Vec::new();
        }
        self.list_mut(guild, "bans").push(json!({"reason": request.reason, "user": body}));
        let mut events = vec![("GUILD_BAN_ADD", json!({"guild_id": guild.to_string(), "user": body}))];
        events.extend(self.remove_member(guild, user));
        events.push(self.audit(request, guild, AuditEntry::new(audit_action::MEMBER_BAN_ADD).target(user)));
        events
    }
}
