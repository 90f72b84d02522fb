//! The guild's members, and who is banned.

use serde_json::{Value, json};

use super::form::{Rejection, not_found, rejection};
use super::routes::number;
use super::{Answer, Call, Event, World, shapes};

/// What can be changed of a member.
const FIELDS: [&str; 8] =
    ["nick", "roles", "mute", "deaf", "communication_disabled_until", "flags", "avatar", "banner"];

/// Members in one chunk, at most.
const CHUNK: usize = 1000;

impl World {
    /// Answers the routes below `/guilds/{guild}/members`.
    pub(super) fn member_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        let bot = self.bot;
        match (call.method.as_str(), rest) {
            ("GET", []) => {
                let after = call.number("after", 0);
                let members = self.present_users().filter(|id| *id > after).take(call.number("limit", 1));
                Ok(Answer::ok(members.map(|id| self.member_body(id)).collect()))
            }
            ("GET", ["search"]) => {
                let wanted = call.query("query").unwrap_or_default().to_lowercase();
                let fits = |id: &u64| self.is_named(*id, &wanted);
                let found = self.present_users().filter(fits).take(call.number("limit", 1));
                Ok(Answer::ok(found.map(|id| self.member_body(id)).collect()))
            }
            ("PATCH", ["@me" | "@me/nick"]) => self.change_member(call, bot),
            (method, [user, rest @ ..]) => {
                let user = number(user);
                if method == "PUT" && rest.is_empty() {
                    return self.add_member(call, user);
                }
                if !self.is_member(user) {
                    return Err(rejection(404, 10007, "Unknown Member"));
                }
                match (method, rest) {
                    ("GET", []) => Ok(Answer::ok(self.member_body(user))),
                    ("PATCH", []) => self.change_member(call, user),
                    ("DELETE", []) => {
                        let mut events = self.part(user);
                        events.push(self.audit(call, 20, Some(&user.to_string())));
                        Ok(Answer::done(events))
                    }
                    (method @ ("PUT" | "DELETE"), ["roles", role]) => {
                        let known = self.item("roles", number(role)).is_some();
                        if !known {
                            return Err(rejection(404, 10011, "Unknown Role"));
                        }
                        let mut roles = self.roles_of(user);
                        roles.retain(|one| *one != number(role));
                        if method == "PUT" {
                            roles.push(number(role));
                        }
                        self.set_roles(user, &roles);
                        let audit = self.audit(call, 25, Some(&user.to_string()));
                        Ok(Answer::done(vec![self.member_update(user), audit]))
                    }
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    /// Answers the routes below `/guilds/{guild}/bans`, and `/guilds/{guild}/bulk-ban`.
    pub(super) fn ban_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        let unknown = || rejection(404, 10026, "Unknown Ban");
        let about = |id: u64| move |ban: &Value| shapes::id(&ban["user"]["id"]) == Some(id);
        match (call.method.as_str(), rest) {
            ("GET", []) => {
                let id = |ban: &Value| shapes::id(&ban["user"]["id"]).unwrap_or(0);
                let (before, after) = (call.number("before", u64::MAX), call.number("after", 0));
                let mut bans: Vec<&Value> = self.list("bans").iter().collect();
                bans.retain(|ban| id(ban) < before && id(ban) > after);
                bans.sort_by_key(|ban| id(ban));
                let limit = call.number("limit", 1000);
                // Pages that end before somebody are the last ones there.
                let from = if call.query("before").is_some() { bans.len().saturating_sub(limit) } else { 0 };
                Ok(Answer::ok(bans.into_iter().skip(from).take(limit).cloned().collect()))
            }
            ("POST", ["bulk"]) => {
                let ids = call.body["user_ids"].as_array().into_iter().flatten().filter_map(shapes::id);
                let (fine, failed): (Vec<u64>, Vec<u64>) = ids.partition(|id| self.users.contains_key(id));
                let events = fine.iter().flat_map(|id| self.ban(call, *id)).collect();
                let texts = |ids: &[u64]| ids.iter().map(u64::to_string).collect::<Vec<_>>();
                let body = json!({"banned_users": texts(&fine), "failed_users": texts(&failed)});
                Ok(Answer::new(200, body, events))
            }
            ("GET", [user]) => self
                .list("bans")
                .iter()
                .find(|ban| about(number(user))(ban))
                .cloned()
                .map(Answer::ok)
                .ok_or_else(unknown),
            ("PUT", [user]) => {
                let user = number(user);
                if !self.users.contains_key(&user) {
                    return Err(rejection(404, 10013, "Unknown User"));
                }
                Ok(Answer::done(self.ban(call, user)))
            }
            ("DELETE", [user]) => {
                let user = number(user);
                let at = self.list("bans").iter().position(about(user)).ok_or_else(unknown)?;
                self.list_mut("bans").remove(at);
                let event = json!({"guild_id": self.guild.to_string(), "user": self.user_body(user)});
                let audit = self.audit(call, 23, Some(&user.to_string()));
                Ok(Answer::done(vec![("GUILD_BAN_REMOVE", event), audit]))
            }
            _ => Err(not_found()),
        }
    }

    pub(super) fn is_member(&self, user: u64) -> bool {
        self.users.get(&user).is_some_and(|user| !user.gone)
    }

    pub(super) fn present_users(&self) -> impl Iterator<Item = u64> {
        self.users.iter().filter(|(_, user)| !user.gone).map(|(id, _)| *id)
    }

    /// Whether a member's name or nickname begins like this, in lower case.
    fn is_named(&self, user: u64, wanted: &str) -> bool {
        let user = &self.users[&user];
        let nick = user.member["nick"].as_str().unwrap_or_default().to_lowercase();
        user.name.to_lowercase().starts_with(wanted) || nick.starts_with(wanted)
    }

    /// GUILD_MEMBERS_CHUNK, as often as it takes, for a
    /// [request for members](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk).
    pub(in crate::sim) fn members_asked(&self, data: &Value) -> Vec<Event> {
        if shapes::id(&data["guild_id"]) != Some(self.guild) {
            return Vec::new();
        }
        let limit = data["limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(0);
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        if let Some(wanted) = data["query"].as_str().map(str::to_lowercase) {
            let most = if limit == 0 { usize::MAX } else { limit };
            found.extend(self.present_users().filter(|id| self.is_named(*id, &wanted)).take(most));
        } else {
            let one = std::slice::from_ref(&data["user_ids"]);
            for wanted in data["user_ids"].as_array().map_or(one, Vec::as_slice) {
                match shapes::id(wanted).filter(|id| self.is_member(*id)) {
                    Some(id) => found.push(id),
                    None => missing.push(wanted.clone()),
                }
            }
        }
        let chunks: Vec<_> = if found.is_empty() { vec![&[][..]] } else { found.chunks(CHUNK).collect() };
        let chunk = |(place, ids): (usize, &&[u64])| {
            let members: Vec<_> = ids.iter().map(|id| self.member_body(*id)).collect();
            let mut chunk = json!({
                "guild_id": self.guild.to_string(),
                "members": members,
                "chunk_index": place,
                "chunk_count": chunks.len(),
            });
            if !missing.is_empty() {
                chunk["not_found"] = json!(missing);
            }
            if data["presences"] == true {
                chunk["presences"] = json!([]);
            }
            // A longer one is dropped.
            if let Some(nonce) = data["nonce"].as_str().filter(|nonce| nonce.len() <= 32) {
                chunk["nonce"] = json!(nonce);
            }
            ("GUILD_MEMBERS_CHUNK", chunk)
        };
        chunks.iter().enumerate().map(chunk).collect()
    }

    /// GUILD_MEMBER_UPDATE for a member.
    pub(super) fn member_update(&self, user: u64) -> Event {
        let mut member = self.member_body(user);
        member["guild_id"] = json!(self.guild.to_string());
        ("GUILD_MEMBER_UPDATE", member)
    }

    pub(super) fn set_roles(&mut self, user: u64, roles: &[u64]) {
        if let Some(user) = self.users.get_mut(&user) {
            user.member["roles"] = roles.iter().map(u64::to_string).collect();
        }
    }

    fn change_member(&mut self, call: &Call, user: u64) -> Result<Answer, Rejection> {
        let unknown_role = |id: &u64| self.item("roles", *id).is_none();
        let roles = call.body["roles"].as_array().into_iter().flatten().filter_map(shapes::id);
        if roles.into_iter().any(|id| unknown_role(&id)) {
            return Err(rejection(404, 10011, "Unknown Role"));
        }
        if let Some(member) = self.users.get_mut(&user) {
            for field in FIELDS {
                if let Some(value) = call.body.get(field) {
                    member.member[field] = value.clone();
                }
            }
        }
        let action = if call.body.get("roles").is_some() { 25 } else { 24 };
        let audit = self.audit(call, action, Some(&user.to_string()));
        let events = vec![self.member_update(user), audit];
        Ok(Answer::new(200, self.member_body(user), events))
    }

    fn add_member(&mut self, call: &Call, user: u64) -> Result<Answer, Rejection> {
        if self.is_member(user) {
            return Ok(Answer::done(Vec::new()));
        }
        if call.body["access_token"].as_str().is_none_or(str::is_empty) {
            return Err(super::form::form_error(
                "access_token",
                "BASE_TYPE_REQUIRED",
                "This field is required",
            ));
        }
        let Some(joining) = self.users.get_mut(&user) else {
            return Err(rejection(404, 10013, "Unknown User"));
        };
        joining.gone = false;
        let mut event = self.member_body(user);
        event["guild_id"] = json!(self.guild.to_string());
        Ok(Answer::new(201, self.member_body(user), vec![("GUILD_MEMBER_ADD", event)]))
    }

    /// Somebody is no longer a member.
    fn part(&mut self, user: u64) -> Vec<Event> {
        let Some(parting) = self.users.get_mut(&user).filter(|user| !user.gone) else { return Vec::new() };
        parting.gone = true;
        parting.member = json!({});
        let event = json!({"guild_id": self.guild.to_string(), "user": self.user_body(user)});
        vec![("GUILD_MEMBER_REMOVE", event)]
    }

    fn ban(&mut self, call: &Call, user: u64) -> Vec<Event> {
        let body = self.user_body(user);
        let about = |ban: &Value| ban["user"]["id"] == body["id"];
        if self.list("bans").iter().any(about) {
            return Vec::new();
        }
        self.list_mut("bans").push(json!({"reason": call.reason, "user": body}));
        let mut events = vec![("GUILD_BAN_ADD", json!({"guild_id": self.guild.to_string(), "user": body}))];
        events.extend(self.part(user));
        events.push(self.audit(call, 22, Some(&user.to_string())));
        events
    }
}
