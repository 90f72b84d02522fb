//! Threads ([page](https://docs.discord.com/developers/topics/threads)).

use std::time::Duration;

use serde_json::{Value, json};

use super::audit_log::AuditEntry;
use super::message::NewMessage;
use super::objects::{self, path_id};
use super::rejection::{FormErrors, Rejection, not_found, rejection, unknown_member, wrong_channel_type};
use super::timestamp::timestamp;
use super::world::Place;
use super::{Event, RestRequest, RestResponse, World};
use crate::sim::types::audit_action;
use crate::sim::types::channel_type::{
    ANNOUNCEMENT_THREAD, FORUMS, GUILD_ANNOUNCEMENT, GUILD_FORUM, GUILD_MEDIA, PRIVATE_THREAD, PUBLIC_THREAD,
    WITH_THREADS,
};
use crate::sim::types::message_flag::HAS_THREAD;

/// A thread that is about to be added.
pub(super) struct NewThread<'a> {
    pub(super) id: u64,
    pub(super) guild: u64,
    pub(super) parent: u64,
    pub(super) kind: u64,
    pub(super) owner: u64,
    /// The body of the request, with the name and the settings.
    pub(super) body: &'a Value,
}

impl World {
    /// Starts a thread in a channel, or from a message.
    pub(super) fn start_thread(
        &mut self,
        request: &RestRequest,
        parent: u64,
        message: Option<u64>,
    ) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(parent)?;
        let parent_kind = self.channels[&parent].body["type"].as_u64().unwrap_or(0);
        let in_forum = FORUMS.contains(&parent_kind);
        self.check_start(request, parent, parent_kind, message)?;
        let kind = match (parent_kind, message) {
            (GUILD_ANNOUNCEMENT, _) => ANNOUNCEMENT_THREAD,
            (GUILD_FORUM | GUILD_MEDIA, _) | (_, Some(_)) => PUBLIC_THREAD,
            _ => request.body["type"].as_u64().unwrap_or(PRIVATE_THREAD),
        };
        let id = message.unwrap_or_else(|| self.next_id(request.now));
        let new = NewThread { id, guild, parent, kind, owner: request.actor(), body: &request.body };
        self.add_thread(request.now, &new);
        let member = self.thread_member(request, id, request.actor());
        self.list_mut(id, "thread members").push(member.clone());
        let mut events = Vec::new();
        let mut body = self.channel_body(id);
        body["member"] = member;
        if in_forum {
            let (message, message_events) = self.post_first_message(request, id)?;
            body["message"] = self.message_for(request.actor(), message).unwrap_or_default();
            body["last_message_id"] = json!(message.to_string());
            events = message_events;
        }
        if let Some(message) = message.and_then(|message| self.messages.get_mut(&message)) {
            message.body["flags"] = json!(message.body["flags"].as_u64().unwrap_or(0) | HAS_THREAD);
            message.body["thread"] = body.clone();
        }
        let mut event = body.clone();
        if let Some(fields) = event.as_object_mut() {
            fields.remove("message");
        }
        event["newly_created"] = json!(true);
        events.insert(0, ("THREAD_CREATE", event));
        if !in_forum {
            events.extend(self.post_thread_start(request, parent, id, message));
        }
        let entry = AuditEntry::new(audit_action::THREAD_CREATE)
            .target(id)
            .changes(&Value::Null, &self.channel_body(id));
        events.push(self.audit(request, guild, entry));
        Ok(RestResponse::new(201, body, events))
    }

    /// Posts the message with which a post of a forum begins. If it is refused, there is no post.
    fn post_first_message(
        &mut self,
        request: &RestRequest,
        thread: u64,
    ) -> Result<(u64, Vec<Event>), Rejection> {
        let new = NewMessage {
            id: Some(thread),
            author: request.actor(),
            channel: thread,
            body: &request.body["message"],
            files: &request.files,
            fixed: Value::Null,
            ephemeral_for: None,
            is_loading: false,
        };
        let posted = self.add_message(request.now, &new);
        if posted.is_err() {
            self.channels.remove(&thread);
        }
        posted
    }

    /// Checks a request that starts a thread.
    fn check_start(
        &self,
        request: &RestRequest,
        parent: u64,
        parent_kind: u64,
        message: Option<u64>,
    ) -> Result<(), Rejection> {
        if !WITH_THREADS.contains(&parent_kind) {
            return Err(wrong_channel_type());
        }
        let mut errors = FormErrors::default();
        errors.text("name", &request.body["name"], 1, 100);
        if FORUMS.contains(&parent_kind) && !request.body["message"].is_object() {
            errors.required("message");
        }
        errors.finish()?;
        if let Some(message) = message {
            self.known_message(parent, message)?;
            if self.channels.contains_key(&message) {
                return Err(rejection(400, 160004, "A thread has already been created for this message"));
            }
        }
        Ok(())
    }

    /// Adds a thread. The members and messages of it are added separately.
    pub(super) fn add_thread(&mut self, now: Duration, new: &NewThread<'_>) {
        let (request, now) = (new.body, timestamp(now));
        let mut body = json!({
            "id": new.id.to_string(),
            "type": new.kind,
            "guild_id": new.guild.to_string(),
            "parent_id": new.parent.to_string(),
            "owner_id": new.owner.to_string(),
            "name": request["name"],
            "rate_limit_per_user": request["rate_limit_per_user"].as_u64().unwrap_or(0),
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "flags": 0,
            "last_pin_timestamp": null,
            "thread_metadata": {
                "archived": false,
                "auto_archive_duration": request["auto_archive_duration"].as_u64().unwrap_or(1440),
                "archive_timestamp": now,
                "locked": false,
                "create_timestamp": now,
            },
        });
        if new.kind == PRIVATE_THREAD {
            body["thread_metadata"]["invitable"] = json!(request["invitable"] != false);
        }
        if self.is_forum(new.parent) {
            body["applied_tags"] = json!(request["applied_tags"].as_array().cloned().unwrap_or_default());
        }
        self.add_channel(new.id, Place::Guild(new.guild), body);
    }

    /// Answers the routes below `/channels/{thread}/thread-members`.
    pub(super) fn thread_member_route(
        &mut self,
        request: &RestRequest,
        thread: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(thread)?;
        if !self.is_thread(thread) {
            return Err(wrong_channel_type());
        }
        let user = match rest {
            [] if request.method == "GET" => {
                let after = request.number("after", 0);
                let members = self
                    .list(thread, "thread members")
                    .iter()
                    .filter(|member| objects::id(&member["user_id"]).is_some_and(|id| id > after));
                let members = members.take(request.number("limit", 100));
                return Ok(RestResponse::ok(
                    members.map(|member| self.thread_member_body(request, guild, member)).collect(),
                ));
            }
            ["@me"] => request.actor(),
            [user] => path_id(user),
            _ => return Err(not_found()),
        };
        let is_user = |member: &Value| objects::is_id(&member["user_id"], user);
        let index = self.list(thread, "thread members").iter().position(is_user);
        let mut event = json!({
            "id": thread.to_string(),
            "guild_id": guild.to_string(),
            "member_count": 0,
        });
        match (request.method.as_str(), index) {
            ("GET", Some(index)) => {
                let member = &self.list(thread, "thread members")[index];
                return Ok(RestResponse::ok(self.thread_member_body(request, guild, member)));
            }
            ("PUT", None) if self.is_member(guild, user) => {
                let member = self.thread_member(request, thread, user);
                self.list_mut(thread, "thread members").push(member.clone());
                event["added_members"] = json!([member]);
            }
            ("PUT", Some(_)) => return Ok(RestResponse::no_content(Vec::new())),
            ("DELETE", Some(index)) => {
                self.list_mut(thread, "thread members").remove(index);
                event["removed_member_ids"] = json!([user.to_string()]);
            }
            ("GET" | "DELETE" | "PUT", _) => return Err(unknown_member()),
            _ => return Err(not_found()),
        }
        let count = self.list(thread, "thread members").len();
        event["member_count"] = json!(count);
        if let Some(channel) = self.channels.get_mut(&thread) {
            channel.body["member_count"] = json!(count);
        }
        Ok(RestResponse::no_content(vec![("THREAD_MEMBERS_UPDATE", event)]))
    }

    /// Answers `/channels/{channel}/threads/archived/public` and the two routes of private threads.
    pub(super) fn archived_threads(
        &self,
        request: &RestRequest,
        parent: u64,
        is_private: bool,
    ) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(parent)?;
        let before = request.query("before").unwrap_or("9");
        let limit = request.number("limit", 50);
        let mut response = self.threads(guild, request.actor(), |thread| {
            let metadata = &thread["thread_metadata"];
            objects::is_id(&thread["parent_id"], parent)
                && metadata["archived"] == true
                && (thread["type"] == PRIVATE_THREAD) == is_private
                && metadata["archive_timestamp"].as_str().is_some_and(|at| at < before)
        });
        let threads = response.body["threads"].as_array().cloned().unwrap_or_default();
        let newest = threads.iter().rev().take(limit).cloned().collect();
        response.body["threads"] = newest;
        response.body["has_more"] = json!(threads.len() > limit);
        Ok(response)
    }

    /// Answers `/channels/{channel}/threads/search`.
    pub(super) fn search_threads(
        &self,
        request: &RestRequest,
        parent: u64,
    ) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(parent)?;
        let name = request.query("name").unwrap_or_default();
        let mut response = self.threads(guild, request.actor(), |thread| {
            objects::is_id(&thread["parent_id"], parent)
                && thread["name"].as_str().is_some_and(|thread_name| thread_name.contains(name))
        });
        let found = response.body["threads"].as_array().map_or(0, Vec::len);
        response.body["total_results"] = json!(found);
        response.body["first_messages"] = json!([]);
        Ok(response)
    }

    /// The threads of a guild that match a filter and that a user can view, and their memberships of that user.
    pub(super) fn threads(&self, guild: u64, user: u64, filter: impl Fn(&Value) -> bool) -> RestResponse {
        let ids = self.channels_of(guild).filter(|id| self.is_thread(*id) && self.can_view(*id, user));
        let threads: Vec<(u64, Value)> =
            ids.map(|id| (id, self.channel_body(id))).filter(|(_, thread)| filter(thread)).collect();
        let own = |member: &&Value| objects::is_id(&member["user_id"], user);
        let members: Vec<&Value> =
            threads.iter().flat_map(|(id, _)| self.list(*id, "thread members").iter().filter(own)).collect();
        let threads: Vec<&Value> = threads.iter().map(|(_, thread)| thread).collect();
        RestResponse::ok(json!({"threads": threads, "members": members, "has_more": false}))
    }

    /// The THREAD_MEMBER_UPDATE events that tell bots of their own membership when a thread is no longer archived.
    pub(super) fn own_thread_members(&self, guild: u64, thread: u64) -> Vec<Event> {
        let is_of_bot = |member: &&Value| {
            objects::id(&member["user_id"]).is_some_and(|user| self.applications.contains_key(&user))
        };
        let event = |member: &Value| {
            let mut member = member.clone();
            member["guild_id"] = json!(guild.to_string());
            ("THREAD_MEMBER_UPDATE", member)
        };
        self.list(thread, "thread members").iter().filter(is_of_bot).map(event).collect()
    }

    /// Counts a message, if the channel is a thread. Fails if the thread is locked.
    pub(super) fn count_message_in_thread(&mut self, channel: u64) -> Result<(), Rejection> {
        if !self.is_thread(channel) {
            return Ok(());
        }
        let Some(body) = self.channels.get_mut(&channel).map(|channel| &mut channel.body) else {
            return Ok(());
        };
        if body["thread_metadata"]["locked"] == true && body["thread_metadata"]["archived"] == true {
            return Err(rejection(400, 160_005, "Thread is locked"));
        }
        body["thread_metadata"]["archived"] = json!(false);
        for key in ["message_count", "total_message_sent"] {
            body[key] = json!(body[key].as_u64().unwrap_or(0) + 1);
        }
        Ok(())
    }

    fn thread_member(&self, request: &RestRequest, thread: u64, user: u64) -> Value {
        json!({
            "id": thread.to_string(),
            "user_id": user.to_string(),
            "join_timestamp": timestamp(request.now),
            "flags": 1,
        })
    }

    /// A thread member, with its guild member if requested.
    fn thread_member_body(&self, request: &RestRequest, guild: u64, member: &Value) -> Value {
        let mut member = member.clone();
        let user = objects::id(&member["user_id"]).unwrap_or(0);
        if request.flag("with_member") && self.is_member(guild, user) {
            member["member"] = self.member_body(guild, user);
        }
        member
    }
}
