//! Threads ([page](https://docs.discord.com/developers/topics/threads)).

use serde_json::{Value, json};

use super::form::{Form, Rejection, form_error, not_found, rejection};
use super::message::Draft;
use super::routes::number;
use super::{Answer, Call, World, shapes};

impl World {
    /// Starts a thread in a channel, from a message if one is named.
    pub(super) fn start_thread(
        &mut self,
        call: &Call,
        parent: u64,
        from: Option<u64>,
    ) -> Result<Answer, Rejection> {
        self.known_channel(parent)?;
        let parent_kind = self.channels[&parent].body["type"].as_u64().unwrap_or(0);
        let in_forum = matches!(parent_kind, 15 | 16);
        let mut form = Form::default();
        form.text("name", &call.body["name"], 1, 100);
        if in_forum && !call.body["message"].is_object() {
            form.required("message");
        }
        form.done()?;
        if let Some(from) = from {
            self.known_message(parent, from)?;
            if self.channels.contains_key(&from) {
                return Err(rejection(400, 160004, "A thread has already been created for this message"));
            }
        }
        let kind = match (parent_kind, from) {
            (5, _) => 10,
            (15 | 16, _) | (_, Some(_)) => 11,
            _ => call.body["type"].as_u64().unwrap_or(12),
        };
        let id = from.unwrap_or_else(|| self.next_id(call.now));
        let now = shapes::timestamp(call.now);
        let mut body = json!({
            "id": id.to_string(),
            "type": kind,
            "guild_id": self.guild.to_string(),
            "parent_id": parent.to_string(),
            "owner_id": self.bot.to_string(),
            "name": call.body["name"],
            "rate_limit_per_user": call.body["rate_limit_per_user"].as_u64().unwrap_or(0),
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "flags": 0,
            "last_pin_timestamp": null,
            "thread_metadata": {
                "archived": false,
                "auto_archive_duration": call.body["auto_archive_duration"].as_u64().unwrap_or(1440),
                "archive_timestamp": now,
                "locked": false,
                "create_timestamp": now,
            },
        });
        if kind == 12 {
            body["thread_metadata"]["invitable"] = json!(call.body["invitable"] != false);
        }
        if in_forum {
            body["applied_tags"] = json!(call.body["applied_tags"].as_array().cloned().unwrap_or_default());
        }
        self.add_channel(id, None, body);
        let joined = self.thread_member(call, id, self.bot);
        self.list_mut("thread members").push(joined.clone());
        let mut events = Vec::new();
        let mut shown = self.channel_body(id);
        shown["member"] = joined;
        if in_forum {
            let message = &call.body["message"];
            let files = &call.files;
            let (author, nobody) = (self.bot, Value::Null);
            let draft = Draft {
                author,
                channel: id,
                body: message,
                files,
                fixed: nobody,
                only_for: None,
                loading: false,
            };
            match self.add_message(call.now, &draft) {
                Ok((message, happened)) => {
                    shown["message"] = self.message(message).unwrap_or_default();
                    shown["last_message_id"] = json!(message.to_string());
                    events = happened;
                }
                Err(refused) => {
                    self.channels.remove(&id);
                    return Err(refused);
                }
            }
        }
        if let Some(message) = from.and_then(|from| self.messages.get_mut(&from)) {
            message.body["flags"] = json!(message.body["flags"].as_u64().unwrap_or(0) | 1 << 5);
            message.body["thread"] = shown.clone();
        }
        let mut event = shown.clone();
        event["newly_created"] = json!(true);
        events.insert(0, ("THREAD_CREATE", event));
        events.push(self.audit(call, 110, Some(&id.to_string())));
        Ok(Answer::new(201, shown, events))
    }

    /// Answers the routes below `/channels/{thread}/thread-members`.
    pub(super) fn thread_members(
        &mut self,
        call: &Call,
        thread: u64,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        self.known_channel(thread)?;
        if !self.is_thread(thread) {
            return Err(rejection(400, 50024, "Cannot execute action on this channel type"));
        }
        let user = match rest {
            [] if call.method == "GET" => {
                let after = call.number("after", 0);
                let members = self.list("thread members").iter().filter(|member| {
                    shapes::is(&member["id"], thread)
                        && shapes::id(&member["user_id"]).is_some_and(|id| id > after)
                });
                let members = members.take(call.number("limit", 100));
                return Ok(Answer::ok(members.map(|member| self.with_member(call, member)).collect()));
            }
            ["@me"] => self.bot,
            [user] => number(user),
            _ => return Err(not_found()),
        };
        let is = |member: &Value| shapes::is(&member["id"], thread) && shapes::is(&member["user_id"], user);
        let known = self.list("thread members").iter().position(is);
        let mut event = json!({
            "id": thread.to_string(),
            "guild_id": self.guild.to_string(),
            "member_count": 0,
        });
        match (call.method.as_str(), known) {
            ("GET", Some(at)) => {
                return Ok(Answer::ok(self.with_member(call, &self.list("thread members")[at])));
            }
            ("PUT", None) if self.is_member(user) => {
                let joined = self.thread_member(call, thread, user);
                self.list_mut("thread members").push(joined.clone());
                event["added_members"] = json!([joined]);
            }
            ("PUT", Some(_)) => return Ok(Answer::done(Vec::new())),
            ("DELETE", Some(at)) => {
                self.list_mut("thread members").remove(at);
                event["removed_member_ids"] = json!([user.to_string()]);
            }
            ("GET" | "DELETE" | "PUT", _) => return Err(rejection(404, 10007, "Unknown Member")),
            _ => return Err(not_found()),
        }
        let count = self.list("thread members").iter().filter(|one| shapes::is(&one["id"], thread)).count();
        event["member_count"] = json!(count);
        if let Some(channel) = self.channels.get_mut(&thread) {
            channel.body["member_count"] = json!(count);
        }
        Ok(Answer::done(vec![("THREAD_MEMBERS_UPDATE", event)]))
    }

    /// Answers `/channels/{channel}/threads/archived/…` and the like.
    pub(super) fn archived_threads(
        &self,
        call: &Call,
        parent: u64,
        private: bool,
    ) -> Result<Answer, Rejection> {
        self.known_channel(parent)?;
        let before = call.query("before").unwrap_or("9");
        let limit = call.number("limit", 50);
        let mut answer = self.threads(|thread| {
            let about = &thread["thread_metadata"];
            shapes::is(&thread["parent_id"], parent)
                && about["archived"] == true
                && (thread["type"] == 12) == private
                && about["archive_timestamp"].as_str().is_some_and(|at| at < before)
        });
        let threads = answer.body["threads"].as_array().cloned().unwrap_or_default();
        let newest = threads.iter().rev().take(limit).cloned().collect();
        answer.body["threads"] = newest;
        answer.body["has_more"] = json!(threads.len() > limit);
        Ok(answer)
    }

    /// Answers `/channels/{channel}/threads/search`.
    pub(super) fn search_threads(&self, call: &Call, parent: u64) -> Result<Answer, Rejection> {
        self.known_channel(parent)?;
        let name = call.query("name").unwrap_or_default();
        let mut answer = self.threads(|thread| {
            shapes::is(&thread["parent_id"], parent)
                && thread["name"].as_str().is_some_and(|one| one.contains(name))
        });
        let found = answer.body["threads"].as_array().map_or(0, Vec::len);
        answer.body["total_results"] = json!(found);
        answer.body["has_more"] = json!(false);
        answer.body["first_messages"] = json!([]);
        Ok(answer)
    }

    /// Threads, and the bot's membership in them.
    pub(super) fn threads(&self, fits: impl Fn(&Value) -> bool) -> Answer {
        let ids = self.channels.keys().filter(|id| self.is_thread(**id));
        let threads: Vec<Value> =
            ids.map(|id| self.channel_body(*id)).filter(|thread| fits(thread)).collect();
        let own = |member: &&Value| {
            shapes::is(&member["user_id"], self.bot)
                && threads.iter().any(|thread| thread["id"] == member["id"])
        };
        let members: Vec<&Value> = self.list("thread members").iter().filter(own).collect();
        Answer::ok(json!({"threads": threads, "members": members}))
    }

    /// Checks that a thread takes messages, and counts one.
    pub(super) fn count_in_thread(&mut self, channel: u64) -> Result<(), Rejection> {
        if !self.is_thread(channel) {
            return Ok(());
        }
        let Some(body) = self.channels.get_mut(&channel).map(|channel| &mut channel.body) else {
            return Ok(());
        };
        if body["thread_metadata"]["locked"] == true && body["thread_metadata"]["archived"] == true {
            return Err(form_error("channel_id", "THREAD_LOCKED", "Thread is archived"));
        }
        body["thread_metadata"]["archived"] = json!(false);
        for key in ["message_count", "total_message_sent"] {
            body[key] = json!(body[key].as_u64().unwrap_or(0) + 1);
        }
        Ok(())
    }

    fn thread_member(&self, call: &Call, thread: u64, user: u64) -> Value {
        json!({
            "id": thread.to_string(),
            "user_id": user.to_string(),
            "join_timestamp": shapes::timestamp(call.now),
            "flags": 1,
        })
    }

    fn with_member(&self, call: &Call, member: &Value) -> Value {
        let mut member = member.clone();
        let user = shapes::id(&member["user_id"]).unwrap_or(0);
        if call.asks("with_member") && self.is_member(user) {
            member["member"] = self.member_body(user);
        }
        member
    }
}
