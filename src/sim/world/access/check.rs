//! Checks a request before it is handled.

use serde_json::Value;

use super::bits::*;
use super::computed::bits;
use super::table::{self, Except, MEMBER_FIELDS, Row, STAGE_MODERATOR};
use crate::sim::types::application_flag::{GATEWAY_GUILD_MEMBERS, GATEWAY_GUILD_MEMBERS_LIMITED};
use crate::sim::types::channel_type::*;
use crate::sim::types::message_flag::IS_VOICE_MESSAGE;
use crate::sim::world::message_checks::is_forward;
use crate::sim::world::objects::{self, path_id};
use crate::sim::world::rejection::{Rejection, missing_access, missing_permissions, not_in_dm, rejection};
use crate::sim::world::world::Place;
use crate::sim::world::{RestRequest, World};

/// The flags of an application that may list members, with and without verification.
const GUILD_MEMBERS: u64 = GATEWAY_GUILD_MEMBERS | GATEWAY_GUILD_MEMBERS_LIMITED;

/// What the creator of a thread may change without MANAGE_THREADS.
const FIELDS_OF_CREATOR: [&str; 5] =
    ["name", "archived", "auto_archive_duration", "invitable", "applied_tags"];

impl World {
    /// Checks that the user may send this request. An object that does not exist is left to the handler.
    pub(in crate::sim::world) fn check_access(
        &self,
        request: &RestRequest,
        path: &[&str],
    ) -> Result<(), Rejection> {
        let user = request.actor();
        match path {
            ["channels", channel, rest @ ..] if self.channels.contains_key(&path_id(channel)) => {
                self.check_channel(request, path, path_id(channel), rest)
            }
            ["guilds", _, "widget.json" | "widget.png"] => Ok(()),
            ["guilds", guild, rest @ ..] if self.guilds.contains_key(&path_id(guild)) => {
                self.check_guild(request, path, path_id(guild), rest)
            }
            ["stage-instances", rest @ ..] if request.method != "GET" => {
                let channel = match rest {
                    [channel, ..] => path_id(channel),
                    [] => objects::id(&request.body["channel_id"]).unwrap_or(0),
                };
                if !self.is_in_guild(channel) {
                    return Ok(());
                }
                needs(self.permissions_at(request.now, channel, user), STAGE_MODERATOR)
            }
            ["invites", code] if request.method == "DELETE" => {
                let Some((guild, index)) = self.find_item("invites", "code", code) else { return Ok(()) };
                let channel = objects::id(&self.list(guild, "invites")[index]["channel"]["id"]).unwrap_or(0);
                let own = self.guild_permissions(guild, user) & MANAGE_GUILD
                    | self.permissions_at(request.now, channel, user) & MANAGE_CHANNELS;
                if own == 0 { Err(missing_permissions()) } else { Ok(()) }
            }
            ["invites", code, "target-users", ..] if !self.may_target(request, code) => {
                Err(missing_permissions())
            }
            ["webhooks", id] => {
                let Some((guild, index)) = self.find_item("webhooks", "id", id) else { return Ok(()) };
                let webhook = &self.list(guild, "webhooks")[index];
                let is_own = objects::is_id(&webhook["application_id"], user);
                if is_own && request.method == "GET" {
                    return Ok(());
                }
                let channel = objects::id(&webhook["channel_id"]).unwrap_or(0);
                needs(self.permissions_at(request.now, channel, user), MANAGE_WEBHOOKS)
            }
            _ => Ok(()),
        }
    }

    fn check_channel(
        &self,
        request: &RestRequest,
        path: &[&str],
        channel: u64,
        rest: &[&str],
    ) -> Result<(), Rejection> {
        let user = request.actor();
        let own = self.permissions_at(request.now, channel, user);
        needs(own, VIEW_CHANNEL)?;
        let Some(guild) = self.guild_of(channel) else {
            return self.check_direct(request, path, channel, own);
        };
        let is_thread = self.is_thread(channel);
        if let Some(row) = table::find(&request.method, path, is_thread) {
            let is_author = |message: u64| self.messages.get(&message).is_some_and(|it| it.author == user);
            let message = rest.get(1).map_or(0, |message| path_id(message));
            let needed = match row.except {
                // The author of an announcement only needs to be able to send it.
                Except::Author if is_author(message) => row.needed & !MANAGE_MESSAGES,
                Except::ThreadCreator if self.created_private_thread(channel, user) => 0,
                _ => row.needed,
            };
            needs(own, needed)?;
        }
        needs(own, self.needed_in_channel(request, guild, channel, rest))?;
        let body = &request.body;
        match (request.method.as_str(), rest) {
            ("POST", ["messages"]) => check_message(request, own),
            ("POST", ["threads"]) => {
                let kind = &self.channels[&channel].body["type"];
                let needed = match (kind.as_u64(), body["type"].as_u64()) {
                    (Some(GUILD_FORUM | GUILD_MEDIA), _) => SEND_MESSAGES,
                    (Some(GUILD_ANNOUNCEMENT), _) | (_, Some(ANNOUNCEMENT_THREAD | PUBLIC_THREAD)) => {
                        CREATE_PUBLIC_THREADS
                    }
                    _ => CREATE_PRIVATE_THREADS,
                };
                needs(own, needed)
            }
            ("PATCH", []) if is_thread => self.check_thread_changes(channel, user, own, body),
            ("PUT", ["messages", message, "reactions", emoji, "@me"]) => {
                let message = self.messages.get(&path_id(message));
                let exists = message.is_some_and(|it| it.reactions.iter().any(|(_, one)| one == emoji));
                needs(own, if exists { 0 } else { ADD_REACTIONS })
            }
            ("PUT", ["permissions", _]) => {
                let changed = bits(&body["allow"]) | bits(&body["deny"]);
                needs(own | self.guild_permissions(guild, user), changed)
            }
            ("GET", ["thread-members"]) if !self.may_list_members(user) => Err(missing_access()),
            ("POST", ["followers"]) => {
                let target = objects::id(&body["webhook_channel_id"]).unwrap_or(0);
                needs(self.permissions_at(request.now, target, user), MANAGE_WEBHOOKS)
            }
            _ => Ok(()),
        }
    }

    /// Checks a request about direct messages.
    fn check_direct(
        &self,
        request: &RestRequest,
        path: &[&str],
        channel: u64,
        own: u64,
    ) -> Result<(), Rejection> {
        let user = request.actor();
        let message = path.get(3).map_or(0, |message| path_id(message));
        let is_author = self.messages.get(&message).is_some_and(|message| message.author == user);
        if let Some(row) = table::find(&request.method, path, false) {
            let is_allowed = own & row.needed == row.needed || row.except == Except::Author && is_author;
            // Closing the channel is a deletion.
            if !is_allowed && (request.method.as_str(), path.len()) != ("DELETE", 2) {
                return Err(not_in_dm());
            }
        }
        let is_post = request.method == "POST" && matches!(path, [_, _, "messages"]);
        match self.channels[&channel].place {
            Place::Direct { bot, user: person } if is_post && bot == user => {
                self.check_recipient(bot, person)
            }
            // A person needs a guild in common with the bot, or has installed it.
            Place::Direct { bot, user: person } if is_post && person == user => {
                let is_installed = self
                    .applications
                    .get(&bot)
                    .is_some_and(|application| application.users.contains(&person));
                if is_installed || self.share_guild(bot, person) { Ok(()) } else { Err(no_mutual_guilds()) }
            }
            _ => Ok(()),
        }
    }

    fn share_guild(&self, bot: u64, person: u64) -> bool {
        self.guilds_of(bot).iter().any(|guild| self.is_member(*guild, person))
    }

    /// Checks that a bot can send direct messages to a user.
    fn check_recipient(&self, bot: u64, user: u64) -> Result<(), Rejection> {
        let accepts = self.users.get(&user).is_some_and(|user| !user.refuses_direct_messages);
        if accepts && self.share_guild(bot, user) {
            return Ok(());
        }
        Err(rejection(403, 50007, "Cannot send messages to this user"))
    }

    fn check_guild(
        &self,
        request: &RestRequest,
        path: &[&str],
        guild: u64,
        rest: &[&str],
    ) -> Result<(), Rejection> {
        let user = request.actor();
        if !self.is_member(guild, user) {
            return Err(missing_access());
        }
        let own = match self.guild_permissions(guild, user) {
            own if self.is_in_timeout(request.now, guild, user) => own & IN_TIMEOUT,
            own => own,
        };
        if let Some(row) = table::find(&request.method, path, false) {
            if !is_part_of(row.needed, own) && !self.is_excepted(row, guild, user, own, rest) {
                return Err(missing_permissions());
            }
        }
        if !is_part_of(self.needed_in_guild(request, guild, rest), own) {
            return Err(missing_permissions());
        }
        if matches!((request.method.as_str(), rest), ("GET", ["members"])) && !self.may_list_members(user) {
            return Err(missing_access());
        }
        if self.may_act_in_guild(request, guild, own, rest) { Ok(()) } else { Err(missing_permissions()) }
    }

    /// Whether a member with these permissions may act on the members, roles and overwrites that a request names: in
    /// general only on those below their own highest role, and without granting what they do not have.
    fn may_act_in_guild(&self, request: &RestRequest, guild: u64, own: u64, rest: &[&str]) -> bool {
        let (user, body) = (request.actor(), &request.body);
        let is_above = |other: u64| self.outranks(guild, user, other);
        match (request.method.as_str(), rest) {
            ("DELETE", ["members", other]) | ("PUT", ["bans", other]) => is_above(path_id(other)),
            ("POST", ["bulk-ban"]) => {
                let mut others = body["user_ids"].as_array().into_iter().flatten().filter_map(objects::id);
                others.all(is_above)
            }
            ("PATCH", ["members", "@me"]) => body.get("nick").is_none() || own & CHANGE_NICKNAME != 0,
            ("PATCH", ["members", other]) => self.may_change_member(guild, user, path_id(other), own, body),
            ("PUT" | "DELETE", ["members", _, "roles", role]) => {
                self.may_give_role(guild, user, path_id(role))
            }
            ("POST", ["roles"]) => is_part_of(bits(&body["permissions"]), own),
            ("PATCH", ["roles", role]) => {
                let role = path_id(role);
                let before = self.item(guild, "roles", role).map_or(0, |role| bits(&role["permissions"]));
                let added = body.get("permissions").map_or(0, bits) & !before;
                (role == guild || self.is_above_role(guild, user, role)) && is_part_of(added, own)
            }
            ("DELETE", ["roles", role]) => self.is_above_role(guild, user, path_id(role)),
            ("PATCH", ["roles"]) => {
                let may_move = |one: &Value| {
                    let role = objects::id(&one["id"]).unwrap_or(0);
                    let position = one["position"].as_u64().unwrap_or(0);
                    self.item(guild, "roles", role).is_none()
                        || self.is_above_role(guild, user, role)
                            && self.is_above_position(guild, user, position)
                };
                body.as_array().into_iter().flatten().all(may_move)
            }
            ("POST", ["channels"]) => {
                let overwrites = body["permission_overwrites"].as_array().into_iter().flatten();
                let set =
                    overwrites.map(|one| bits(&one["allow"]) | bits(&one["deny"])).fold(0, |a, b| a | b);
                is_part_of(set, own)
            }
            _ => true,
        }
    }

    /// Whether the user needs no permission of a row.
    fn is_excepted(&self, row: &Row, guild: u64, user: u64, own: u64, rest: &[&str]) -> bool {
        match row.except {
            Except::Any(any) => own & any != 0,
            Except::Creator { list, key, needed } => {
                let id = rest.last().copied().unwrap_or_default();
                let item = self.list(guild, list).iter().find(|item| item[key] == id);
                let creator = item.and_then(|item| {
                    objects::id(&item["user"]["id"]).or_else(|| objects::id(&item["creator_id"]))
                });
                creator == Some(user) && own & needed == needed
            }
            Except::None | Except::Author | Except::ThreadCreator => false,
        }
    }

    /// Whether a user can list members. A bot needs the privileged intent.
    fn may_list_members(&self, user: u64) -> bool {
        self.applications.get(&user).is_none_or(|application| application.flags & GUILD_MEMBERS != 0)
    }

    fn created_private_thread(&self, thread: u64, user: u64) -> bool {
        let body = &self.channels[&thread].body;
        body["type"] == PRIVATE_THREAD && objects::is_id(&body["owner_id"], user)
    }

    fn may_change_member(&self, guild: u64, user: u64, other: u64, own: u64, body: &Value) -> bool {
        let is_given = |field: &str| body.get(field).is_some();
        // One's own nickname needs less.
        let needed = |(field, needed): &(&str, u64)| match *field {
            "nick" if user == other => CHANGE_NICKNAME,
            _ => *needed,
        };
        let given = MEMBER_FIELDS.iter().filter(|(field, _)| is_given(field));
        if !is_part_of(given.map(needed).fold(0, |all, bits| all | bits), own) {
            return false;
        }
        let needs_rank = is_given("nick") && user != other || is_given("communication_disabled_until");
        let is_administrator = self.guild_permissions(guild, other) & ADMINISTRATOR != 0;
        if needs_rank && !self.outranks(guild, user, other)
            || is_administrator && body["communication_disabled_until"].is_string()
        {
            return false;
        }
        // A member can be moved only to a channel that the moderator can connect to.
        if objects::id(&body["channel_id"])
            .is_some_and(|id| self.channel_permissions(id, user) & CONNECT == 0)
        {
            return false;
        }
        let Some(roles) = body["roles"].as_array() else { return true };
        let roles: Vec<u64> = roles.iter().filter_map(objects::id).collect();
        let before = self.roles_of(guild, other);
        let added = roles.iter().filter(|role| !before.contains(role));
        let removed = before.iter().filter(|role| !roles.contains(role));
        added.chain(removed).all(|role| self.may_give_role(guild, user, *role))
    }

    /// Whether a member may give a role or take it away: only a role below their own, and none that is managed.
    fn may_give_role(&self, guild: u64, user: u64, role: u64) -> bool {
        let Some(found) = self.item(guild, "roles", role) else { return true };
        found["managed"] != true && self.is_above_role(guild, user, role)
    }

    fn check_thread_changes(
        &self,
        thread: u64,
        user: u64,
        own: u64,
        changes: &Value,
    ) -> Result<(), Rejection> {
        if own & MANAGE_THREADS != 0 {
            return Ok(());
        }
        let body = &self.channels[&thread].body;
        let fields: Vec<&str> =
            changes.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        let is_creator = objects::is_id(&body["owner_id"], user);
        let is_locked = body["thread_metadata"]["locked"] == true;
        let is_allowed = if is_creator {
            !is_locked && fields.iter().all(|field| FIELDS_OF_CREATOR.contains(field))
        } else {
            // Everyone who can write in a thread can open it again.
            !is_locked
                && fields == ["archived"]
                && changes["archived"] == false
                && own & SEND_MESSAGES_IN_THREADS != 0
        };
        if is_allowed { Ok(()) } else { Err(missing_permissions()) }
    }
}

/// What the content of a message needs.
fn check_message(request: &RestRequest, own: u64) -> Result<(), Rejection> {
    let body = &request.body;
    let is_reply = body["message_reference"].is_object() && !is_forward(body);
    if is_reply && own & READ_MESSAGE_HISTORY == 0 {
        return Err(rejection(400, 160_002, "Cannot reply without permission to read message history"));
    }
    let has_items = |key: &str| body[key].as_array().is_some_and(|list| !list.is_empty());
    let is_voice_message = body["flags"].as_u64().unwrap_or(0) & IS_VOICE_MESSAGE != 0;
    let needed = [
        (!request.files.is_empty(), ATTACH_FILES),
        (has_items("embeds"), EMBED_LINKS),
        (body["tts"] == true, SEND_TTS_MESSAGES),
        (body["poll"].is_object(), SEND_POLLS),
        (is_voice_message, SEND_VOICE_MESSAGES),
    ];
    needs(own, needed.into_iter().filter(|(is_there, _)| *is_there).fold(0, |all, (_, bits)| all | bits))
}

fn is_part_of(permissions: u64, own: u64) -> bool {
    permissions & !own == 0
}

/// Compares permissions. A user who cannot view a channel has no permissions in it.
fn needs(own: u64, needed: u64) -> Result<(), Rejection> {
    match own & needed == needed {
        true => Ok(()),
        false if needed == VIEW_CHANNEL || own & VIEW_CHANNEL == 0 => Err(missing_access()),
        false => Err(missing_permissions()),
    }
}

fn no_mutual_guilds() -> Rejection {
    rejection(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
}
