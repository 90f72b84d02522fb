//! Messages that Discord itself posts: for new members, pins, threads and polls
//! ([types](https://docs.discord.com/developers/resources/message#message-object-message-types)), and the snapshots of
//! forwarded messages.

use std::time::Duration;

use serde_json::{Value, json};

use super::message::NewMessage;
use super::message_checks::SYSTEM_TYPES;
use super::objects;
use super::rejection::{Rejection, form_error};
use super::world::{Message, World};
use super::{Event, RestRequest};
use crate::id::{ChannelId, GuildId};
use crate::sim::types::channel_type::PRIVATE_THREAD;
use crate::sim::types::message_type::{
    CHANNEL_PINNED_MESSAGE, POLL_RESULT, THREAD_CREATED, THREAD_STARTER_MESSAGE, USER_JOIN,
};
use crate::sim::types::reference_type;

/// The [flag](https://docs.discord.com/developers/resources/guild#guild-object-system-channel-flags) of a guild that greets no one.
const SUPPRESS_JOIN_NOTIFICATIONS: u64 = 1;

/// The fields of a message that its snapshot has
/// ([message snapshot](https://docs.discord.com/developers/resources/message#message-snapshot-object)).
const SNAPSHOT_FIELDS: [&str; 11] = [
    "type",
    "content",
    "embeds",
    "attachments",
    "timestamp",
    "edited_timestamp",
    "flags",
    "mentions",
    "mention_roles",
    "sticker_items",
    "components",
];

impl World {
    /// Posts the message about a pin. Its author is the user who pinned.
    pub(super) fn post_pin(&mut self, request: &RestRequest, channel: u64, message: u64) -> Vec<Event> {
        let fixed = json!({"message_reference": self.reference(channel, Some(message))});
        self.post_system_message(request.now, CHANNEL_PINNED_MESSAGE, request.actor(), channel, fixed)
    }

    /// Gives a guild its system channel, as new ones of Discord's have it, but without messages about people who join: each
    /// person of a test would cause one.
    pub(in crate::sim) fn set_quiet_system_channel(&mut self, guild: GuildId, channel: ChannelId) {
        let flags = SUPPRESS_JOIN_NOTIFICATIONS;
        self.change_guild(guild, &json!({"system_channel_id": channel, "system_channel_flags": flags}));
    }

    /// Greets a new member in the system channel, if the guild has one and has not turned that off.
    pub(super) fn post_join(&mut self, now: Duration, guild: u64, user: u64) -> Vec<Event> {
        let Some(changes) = self.guilds.get(&guild).map(|guild| &guild.changes) else { return Vec::new() };
        let flags = changes["system_channel_flags"].as_u64().unwrap_or(0);
        let channel = objects::id(&changes["system_channel_id"]);
        let channel = channel.filter(|channel| self.guild_of(*channel) == Some(guild));
        match channel.filter(|_| flags & SUPPRESS_JOIN_NOTIFICATIONS == 0) {
            Some(channel) => self.post_system_message(now, USER_JOIN, user, channel, json!({})),
            None => Vec::new(),
        }
    }

    /// Posts the message about a thread: in its parent, or in the thread if it was started from a message.
    pub(super) fn post_thread_start(
        &mut self,
        request: &RestRequest,
        parent: u64,
        thread: u64,
        message: Option<u64>,
    ) -> Vec<Event> {
        let body = &self.channels[&thread].body;
        match message {
            Some(message) => {
                let fixed = json!({
                    "message_reference": self.reference(parent, Some(message)),
                    "referenced_message": self.messages.get(&message).map(|message| message.body.clone()),
                });
                self.post_system_message(request.now, THREAD_STARTER_MESSAGE, request.actor(), thread, fixed)
            }
            None if body["type"] == PRIVATE_THREAD => Vec::new(),
            None => {
                let fixed =
                    json!({"content": body["name"], "message_reference": self.reference(thread, None)});
                self.post_system_message(request.now, THREAD_CREATED, request.actor(), parent, fixed)
            }
        }
    }

    /// Posts the result of a poll.
    pub(super) fn post_poll_result(&mut self, now: Duration, channel: u64, message: u64) -> Vec<Event> {
        let Some(found) = self.messages.get(&message) else { return Vec::new() };
        let (author, poll) = (found.author, &found.body["poll"]);
        let counts = poll["results"]["answer_counts"].as_array().map_or(&[][..], Vec::as_slice);
        let votes = |count: &Value| count["count"].as_u64().unwrap_or(0);
        let total: u64 = counts.iter().map(votes).sum();
        let mut fields = vec![
            ("poll_question_text", poll["question"]["text"].as_str().unwrap_or_default().to_owned()),
            ("total_votes", total.to_string()),
        ];
        if let Some(winner) = counts.iter().max_by_key(|count| votes(count)).filter(|_| total > 0) {
            fields.push(("victor_answer_votes", votes(winner).to_string()));
            fields.push(("victor_answer_id", winner["id"].to_string()));
            let mut answers = poll["answers"].as_array().into_iter().flatten();
            let answer = answers.find(|answer| answer["answer_id"] == winner["id"]);
            let text = answer.and_then(|answer| answer["poll_media"]["text"].as_str()).unwrap_or_default();
            fields.push(("victor_answer_text", text.to_owned()));
        }
        let fields: Vec<Value> = fields
            .into_iter()
            .map(|(name, value)| json!({"name": name, "value": value, "inline": false}))
            .collect();
        let fixed = json!({
            "message_reference": self.reference(channel, Some(message)),
            "embeds": [{"type": "poll_result", "fields": fields}],
        });
        self.post_system_message(now, POLL_RESULT, author, channel, fixed)
    }

    /// Removes all messages that Discord itself has posted.
    pub(in crate::sim) fn remove_system_messages(&mut self) {
        let is_system = |message: &Message| {
            message.body["type"].as_u64().is_some_and(|kind| SYSTEM_TYPES.contains(&kind))
        };
        let ids: Vec<u64> =
            self.messages.iter().filter(|(_, message)| is_system(message)).map(|(id, _)| *id).collect();
        for id in ids {
            self.delete_message(id);
        }
    }

    fn post_system_message(
        &mut self,
        now: Duration,
        kind: u64,
        author: u64,
        channel: u64,
        mut fixed: Value,
    ) -> Vec<Event> {
        fixed["type"] = json!(kind);
        let new = NewMessage {
            id: None,
            author,
            channel,
            body: &Value::Null,
            files: &[],
            fixed,
            ephemeral_for: None,
            is_loading: false,
        };
        // A thread that is locked has no messages about it either.
        self.add_message(now, &new).map(|(_, events)| events).unwrap_or_default()
    }

    /// The fields of a message that forwards the one that `reference` names: its reference and its snapshot.
    pub(super) fn forwarded(&self, reference: &Value) -> Result<Value, Rejection> {
        let source = objects::id(&reference["message_id"]).and_then(|id| self.messages.get(&id));
        let Some(source) = source.filter(|source| source.ephemeral_for.is_none()) else {
            return Err(form_error("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
        };
        let mut snapshot = json!({});
        for field in SNAPSHOT_FIELDS {
            if let Some(value) = source.body.get(field) {
                snapshot[field] = value.clone();
            }
        }
        let mut copy = self.reference(source.channel, objects::id(&source.body["id"]));
        copy["type"] = json!(reference_type::FORWARD);
        Ok(json!({"message_reference": copy, "message_snapshots": [{"message": snapshot}]}))
    }

    /// A [reference](https://docs.discord.com/developers/resources/message#message-reference-structure) to a channel, or to
    /// a message in it.
    pub(super) fn reference(&self, channel: u64, message: Option<u64>) -> Value {
        let mut reference = json!({"type": reference_type::DEFAULT, "channel_id": channel.to_string()});
        if let Some(message) = message {
            reference["message_id"] = json!(message.to_string());
        }
        if let Some(guild) = self.guild_of(channel) {
            reference["guild_id"] = json!(guild.to_string());
        }
        reference
    }
}
