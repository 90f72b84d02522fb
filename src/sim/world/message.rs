//! Messages: posting, editing, deleting and reading them.

use std::time::Duration;

use serde_json::{Value, json};

use super::access::MENTION_EVERYONE;
use super::component;
use super::media;
use super::message_checks::{self, Mentions, SETTABLE_FLAGS, SYSTEM_TYPES, is_forward};
use super::objects::{self, merge};
use super::rejection::{Rejection, form_error, rejection, unknown_message};
use super::timestamp::{self, timestamp};
use super::world::{Message, World};
use super::{Event, File, RestRequest, RestResponse};
use crate::id::{AttachmentId, ChannelId, MessageId, UserId};
use crate::sim::peer::remove_content;
use crate::sim::types::channel_type::{GUILD_CATEGORY, GUILD_DIRECTORY, GUILD_FORUM, GUILD_MEDIA};
use crate::sim::types::message_flag::{EPHEMERAL, HAS_SNAPSHOT, IS_COMPONENTS_V2, LOADING, SUPPRESS_EMBEDS};
use crate::sim::types::{application_flag, attachment_flag, message_type};

/// A message that is about to be posted.
pub(super) struct NewMessage<'a> {
    /// The ID, if it is known already: the first message of a post in a forum has that of its thread.
    pub(super) id: Option<u64>,
    pub(super) author: u64,
    pub(super) channel: u64,
    /// The body of the request.
    pub(super) body: &'a Value,
    pub(super) files: &'a [File],
    /// Fields of the message that do not come from the request.
    pub(super) fixed: Value,
    /// The only user who sees it, if it is ephemeral.
    pub(super) ephemeral_for: Option<u64>,
    /// Whether it has no content yet, as a deferred response.
    pub(super) is_loading: bool,
}

/// The types of channels that have no messages.
const WITHOUT_MESSAGES: [u64; 4] = [GUILD_CATEGORY, GUILD_DIRECTORY, GUILD_FORUM, GUILD_MEDIA];

/// The flags of an application that may read the content of messages.
const MESSAGE_CONTENT: u64 =
    application_flag::GATEWAY_MESSAGE_CONTENT | application_flag::GATEWAY_MESSAGE_CONTENT_LIMITED;

impl NewMessage<'_> {
    fn flags(&self) -> u64 {
        let ephemeral = if self.ephemeral_for.is_some() { EPHEMERAL } else { 0 };
        let loading = if self.is_loading { LOADING } else { 0 };
        let snapshot = if is_forward(self.body) { HAS_SNAPSHOT } else { 0 };
        self.body["flags"].as_u64().unwrap_or(0) & SETTABLE_FLAGS | ephemeral | loading | snapshot
    }
}

impl World {
    /// A user posts a message. `body` is that of the REST request.
    pub fn post(&mut self, now: Duration, author: UserId, channel: ChannelId, body: &Value) -> RestResponse {
        self.post_files(now, author, channel, body, &[])
    }

    /// As [`post`](World::post), with files.
    pub fn post_files(
        &mut self,
        now: Duration,
        author: UserId,
        channel: ChannelId,
        body: &Value,
        files: &[File],
    ) -> RestResponse {
        let channel = channel.to_string();
        let path = ["channels", channel.as_str(), "messages"];
        let request = RestRequest::by(now, author, "POST", &path, body.clone());
        self.handle(&RestRequest { files: files.to_vec(), ..request })
    }

    pub(super) fn post_with(
        &mut self,
        now: Duration,
        author: u64,
        channel: u64,
        body: &Value,
        files: &[File],
    ) -> Result<RestResponse, Rejection> {
        self.known_channel(channel)?;
        if let Some(existing) = self.message_with_nonce(author, channel, body) {
            return Ok(RestResponse::ok(existing));
        }
        let kind = self.known_channel(channel)?.body["type"].as_u64().unwrap_or(0);
        if WITHOUT_MESSAGES.contains(&kind) {
            return Err(rejection(400, 50008, "Cannot send messages in a non-text channel"));
        }
        let stickers = body["sticker_ids"].as_array().into_iter().flatten().filter_map(objects::id);
        if stickers.into_iter().any(|sticker| !self.is_known_sticker(sticker)) {
            return Err(rejection(400, 50081, "Invalid sticker sent"));
        }
        let moderation = self.moderate(now, author, channel, body["content"].as_str().unwrap_or_default());
        if let Some((status, body)) = moderation.rejection() {
            return Ok(RestResponse::new(status, body, moderation.events));
        }
        let new = NewMessage {
            id: None,
            author,
            channel,
            body,
            files,
            fixed: Value::Null,
            ephemeral_for: None,
            is_loading: false,
        };
        let (id, mut events) = self.add_message(now, &new)?;
        events.extend(moderation.events);
        Ok(RestResponse::new(200, self.message_for(author, id).unwrap_or_default(), events))
    }

    /// Adds a message. Returns its ID and the events.
    pub(super) fn add_message(
        &mut self,
        now: Duration,
        new: &NewMessage<'_>,
    ) -> Result<(u64, Vec<Event>), Rejection> {
        let NewMessage { author, channel, body, files, .. } = *new;
        let is_system = new.fixed["type"].as_u64().is_some_and(|kind| SYSTEM_TYPES.contains(&kind));
        let forwarded =
            if is_forward(body) { self.forwarded(&body["message_reference"])? } else { Value::Null };
        let flags = new.flags();
        let content = message_checks::check_content(body, flags)?;
        if !new.is_loading && !is_system {
            message_checks::check_not_empty(body, files)?;
        }
        let reply_to = self.replied_message(channel, body)?;
        let replied_user = reply_to.map(|id| self.messages[&id].author);
        let mentions = message_checks::allowed_mentions(&content, &body["allowed_mentions"], replied_user)?;
        let mentions = self.existing(channel, author, mentions);
        if !is_system {
            self.count_message_in_thread(channel)?;
        }
        let id = new.id.unwrap_or_else(|| self.next_id(now));
        let mut message = json!({
            "id": id.to_string(),
            "channel_id": channel.to_string(),
            "author": self.users.contains_key(&author).then(|| self.user_body(author)),
            "content": content,
            "timestamp": timestamp(now),
            "edited_timestamp": null,
            "tts": body["tts"].as_bool().unwrap_or(false),
            "mention_everyone": mentions.everyone,
            "mentions": mentions.users.iter().map(|id| self.user_body(*id)).collect::<Vec<_>>(),
            "mention_roles": mentions.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "attachments": self.attachments(now, channel, &body["attachments"], files),
            "embeds": embeds(&body["embeds"]),
            "components": component::completed(&body["components"]),
            "pinned": false,
            "flags": flags,
            "type": if reply_to.is_some() { message_type::REPLY } else { message_type::DEFAULT },
        });
        self.add_optional_fields(now, &mut message, body);
        if let Some(reply_to) = reply_to {
            message["message_reference"] = self.reference(channel, Some(reply_to));
            message["referenced_message"] = self.messages[&reply_to].body.clone();
        }
        media::resolve_references(&mut message);
        merge(&mut message, &forwarded);
        merge(&mut message, &new.fixed);
        let event = if new.ephemeral_for.is_some() {
            message.clone()
        } else {
            self.message_event(channel, author, &mentions.users, message.clone())
        };
        self.store_message(id, new, message);
        if !new.is_loading && !is_system {
            self.record_visible(id);
        }
        Ok((id, vec![("MESSAGE_CREATE", event)]))
    }

    fn store_message(&mut self, id: u64, new: &NewMessage<'_>, body: Value) {
        let NewMessage { author, channel, ephemeral_for, .. } = *new;
        self.messages.insert(id, Message { author, channel, body, reactions: Vec::new(), ephemeral_for });
        if let (None, Some(channel)) = (ephemeral_for, self.channels.get_mut(&channel)) {
            channel.messages.push(id);
        }
    }

    /// Adds the fields that a message has only if its request has them.
    fn add_optional_fields(&self, now: Duration, message: &mut Value, body: &Value) {
        if let Some(nonce) = body.get("nonce") {
            message["nonce"] = nonce.clone();
        }
        if let Some(poll) = body.get("poll").filter(|poll| poll.is_object()) {
            message["poll"] = objects::poll(now, poll);
        }
        let stickers = self.sticker_items(&body["sticker_ids"]);
        if !stickers.is_empty() {
            message["sticker_items"] = json!(stickers);
        }
    }

    /// Edits a message. Fields that are not in the body stay.
    pub(super) fn edit_message(
        &mut self,
        now: Duration,
        id: u64,
        body: &Value,
        files: &[File],
    ) -> Result<Vec<Event>, Rejection> {
        let Some(message) = self.messages.get(&id) else { return Err(unknown_message()) };
        let (author, channel, ephemeral_for) = (message.author, message.channel, message.ephemeral_for);
        let mut edited = message.body.clone();
        let flags = edited["flags"].as_u64().unwrap_or(0);
        let editable = SUPPRESS_EMBEDS | IS_COMPONENTS_V2;
        let requested = body["flags"].as_u64().unwrap_or(flags) | flags & IS_COMPONENTS_V2;
        let was_loading = flags & LOADING != 0;
        let flags = flags & !editable & !LOADING | requested & editable;
        let content = message_checks::check_content(body, flags)?;
        edited["flags"] = json!(flags);
        let mut mentions = None;
        if body.get("content").is_some() {
            let allowed = message_checks::allowed_mentions(&content, &body["allowed_mentions"], None)?;
            mentions = Some(self.existing(channel, author, allowed));
            edited["content"] = json!(content);
        }
        if let Some(mentions) = &mentions {
            edited["mention_everyone"] = json!(mentions.everyone);
            edited["mentions"] = mentions.users.iter().map(|id| self.user_body(*id)).collect();
            edited["mention_roles"] = mentions.roles.iter().map(u64::to_string).collect();
        }
        if body.get("embeds").is_some() {
            edited["embeds"] = embeds(&body["embeds"]);
        }
        if body.get("components").is_some() {
            edited["components"] = component::completed(&body["components"]);
        }
        edited["attachments"] = self.edited_attachments(now, channel, &edited, body, files);
        message_checks::check_not_empty(&edited, files)?;
        media::resolve_references(&mut edited);
        if !was_loading {
            edited["edited_timestamp"] = json!(timestamp(now));
        }
        let mentioned = mentions.map(|mentions| mentions.users).unwrap_or_default();
        let event = if ephemeral_for.is_some() {
            edited.clone()
        } else {
            self.message_event(channel, author, &mentioned, edited.clone())
        };
        if let Some(message) = self.messages.get_mut(&id) {
            message.body = edited;
        }
        if was_loading {
            self.record_visible(id);
        }
        Ok(vec![("MESSAGE_UPDATE", event)])
    }

    /// A user edits their message. `body` is that of the REST request.
    pub fn edit(&mut self, now: Duration, user: UserId, message: MessageId, body: &Value) -> RestResponse {
        self.message_request(now, user, "PATCH", message, body)
    }

    /// A user deletes a message.
    pub fn delete(&mut self, now: Duration, user: UserId, message: MessageId) -> RestResponse {
        self.message_request(now, user, "DELETE", message, &Value::Null)
    }

    fn message_request(
        &mut self,
        now: Duration,
        user: UserId,
        method: &str,
        message: MessageId,
        body: &Value,
    ) -> RestResponse {
        let channel = self.messages.get(&message.get()).map_or(0, |message| message.channel);
        let (channel, message) = (channel.to_string(), message.to_string());
        let path = ["channels", channel.as_str(), "messages", message.as_str()];
        self.handle(&RestRequest::by(now, user, method, &path, body.clone()))
    }

    /// Deletes a message.
    pub(super) fn delete_message(&mut self, id: u64) -> Vec<Event> {
        let Some(message) = self.messages.remove(&id) else { return Vec::new() };
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.messages.retain(|other| *other != id);
        }
        let mut event = json!({"id": id.to_string(), "channel_id": message.channel.to_string()});
        if let (None, Some(guild)) = (message.ephemeral_for, self.guild_of(message.channel)) {
            event["guild_id"] = json!(guild.to_string());
        }
        vec![("MESSAGE_DELETE", event)]
    }

    /// A user starts to type.
    pub fn start_typing(&mut self, now: Duration, user: UserId, channel: ChannelId) -> RestResponse {
        let channel = channel.to_string();
        let path = ["channels", channel.as_str(), "typing"];
        self.handle(&RestRequest::by(now, user, "POST", &path, Value::Null))
    }

    pub(super) fn type_in(
        &mut self,
        now: Duration,
        user: u64,
        channel: u64,
    ) -> Result<RestResponse, Rejection> {
        self.known_channel(channel)?;
        let mut event = self.location(channel, user);
        event["user_id"] = json!(user.to_string());
        event["timestamp"] = json!(now.as_secs());
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.typing.push(user);
        }
        Ok(RestResponse::no_content(vec![("TYPING_START", event)]))
    }

    /// A message, as REST returns it.
    pub fn show_message(&self, channel: ChannelId, message: MessageId) -> RestResponse {
        match self.known_message(channel.get(), message.get()) {
            Ok(message) => RestResponse::ok(self.message_body(message, self.first_bot())),
            Err(unknown) => unknown.into(),
        }
    }

    /// The first existing message of a bot in a channel, from an index of those that became visible. Returns its index
    /// and body.
    pub fn next_bot_message(&self, channel: ChannelId, from: usize) -> Option<(usize, Value)> {
        self.first_existing(&self.channels.get(&channel.get())?.bot_messages, from)
    }

    /// As [`next_bot_message`](World::next_bot_message), for ephemeral messages to a user.
    pub fn next_ephemeral_message(&self, user: UserId, from: usize) -> Option<(usize, Value)> {
        self.first_existing(self.ephemeral_messages.get(&user.get())?, from)
    }

    /// The content of an attachment.
    pub fn upload(&self, attachment: AttachmentId) -> Option<Vec<u8>> {
        self.uploads.get(&attachment.get()).cloned()
    }

    /// A message with all its content, if it exists. `me` of its reactions is for the first bot.
    pub fn message(&self, id: MessageId) -> Option<Value> {
        self.messages.get(&id.get()).map(|message| self.message_body(message, self.first_bot()))
    }

    /// A message as a user receives it, if it exists: without content, if the user is a bot that may not read it.
    pub(super) fn message_for(&self, user: u64, id: u64) -> Option<Value> {
        let message = self.messages.get(&id)?;
        let mut body = self.message_body(message, user);
        let reads_all = self.applications.get(&user).is_none_or(|it| it.flags & MESSAGE_CONTENT != 0);
        let mut mentions = body["mentions"].as_array().into_iter().flatten();
        let is_mentioned = mentions.any(|mentioned| objects::is_id(&mentioned["id"], user));
        if !reads_all && !is_mentioned && message.author != user && self.is_in_guild(message.channel) {
            remove_content(&mut body);
        }
        Some(body)
    }

    pub(super) fn known_message(&self, channel: u64, message: u64) -> Result<&Message, Rejection> {
        self.known_channel(channel)?;
        let is_public = |found: &&Message| found.channel == channel && found.ephemeral_for.is_none();
        self.messages.get(&message).filter(is_public).ok_or_else(unknown_message)
    }

    /// Adds the attachments for files. `details` are the attachment objects of the request, with descriptions and so on.
    pub(super) fn attachments(
        &mut self,
        now: Duration,
        channel: u64,
        details: &Value,
        files: &[File],
    ) -> Vec<Value> {
        let mut attachments = Vec::new();
        for (index, file) in files.iter().enumerate() {
            let number = file.field.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
            let number = number.and_then(|number| number.parse().ok()).unwrap_or(index as u64);
            let id = self.next_id(now);
            let mut attachment = self.attachment(id, channel, file);
            let details = details.as_array().into_iter().flatten();
            for details in details.filter(|details| objects::is_id(&details["id"], number)) {
                for key in ["description", "title", "duration_secs", "waveform"] {
                    if let Some(value) = details.get(key).filter(|value| !value.is_null()) {
                        attachment[key] = value.clone();
                    }
                }
                if let Some(name) = details["filename"].as_str() {
                    attachment["filename"] = json!(name);
                }
                if details["is_spoiler"] == true {
                    attachment["flags"] = json!(attachment_flag::IS_SPOILER);
                }
            }
            attachments.push(attachment);
        }
        attachments
    }

    /// The attachments of an edited message: those that are still in the list, if there is a list, and the new ones.
    fn edited_attachments(
        &mut self,
        now: Duration,
        channel: u64,
        before: &Value,
        body: &Value,
        files: &[File],
    ) -> Value {
        let mut kept = before["attachments"].as_array().cloned().unwrap_or_default();
        if let Some(list) = body.get("attachments") {
            let is_listed =
                |id: &Value| list.as_array().into_iter().flatten().any(|listed| listed["id"] == *id);
            kept.retain(|attachment| is_listed(&attachment["id"]));
        }
        kept.extend(self.attachments(now, channel, &body["attachments"], files));
        json!(kept)
    }

    /// Records that the content of a message is visible now, so that tests can wait for messages of bots.
    fn record_visible(&mut self, id: u64) {
        let Some(message) = self.messages.get(&id) else { return };
        let by_bot = self.users.get(&message.author).is_none_or(|author| author.is_bot);
        match (message.ephemeral_for, self.channels.get_mut(&message.channel)) {
            (Some(user), _) => self.ephemeral_messages.entry(user).or_default().push(id),
            (None, Some(channel)) if by_bot => channel.bot_messages.push(id),
            _ => {}
        }
    }

    fn first_existing(&self, ids: &[u64], from: usize) -> Option<(usize, Value)> {
        let later = ids.iter().enumerate().skip(from);
        later.filter_map(|(index, id)| Some((index, self.message(MessageId::new(*id))?))).next()
    }

    /// The mentions of users and roles that exist, and that the author may mention.
    fn existing(&self, channel: u64, author: u64, mut mentions: Mentions) -> Mentions {
        let guild = self.guild_of(channel).unwrap_or(0);
        // A webhook is not a user. It may mention all.
        let may_mention_all = !self.users.contains_key(&author)
            || self.channel_permissions(channel, author) & MENTION_EVERYONE != 0;
        mentions.users.retain(|id| self.users.contains_key(id));
        mentions.roles.retain(|id| {
            self.item(guild, "roles", *id).is_some_and(|role| may_mention_all || role["mentionable"] == true)
        });
        mentions.everyone &= may_mention_all;
        mentions
    }

    /// The author's message with the same nonce, if the request has `enforce_nonce`.
    fn message_with_nonce(&self, author: u64, channel: u64, body: &Value) -> Option<Value> {
        let nonce = body.get("nonce").filter(|_| body["enforce_nonce"] == true)?;
        let mut own = self.messages.values().filter(|m| m.author == author && m.channel == channel);
        own.find(|message| message.body.get("nonce") == Some(nonce)).map(|message| message.body.clone())
    }

    /// The message that a new message replies to.
    fn replied_message(&self, channel: u64, body: &Value) -> Result<Option<u64>, Rejection> {
        let reference = &body["message_reference"];
        if reference.is_null() || is_forward(body) {
            return Ok(None);
        }
        let id = objects::id(&reference["message_id"]);
        match id.filter(|id| self.known_message(channel, *id).is_ok()) {
            None if reference["fail_if_not_exists"] != false => {
                Err(form_error("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
            }
            message => Ok(message),
        }
    }
}

/// The embeds of a message: those of the request, with their type and with the fields that were not sent.
fn embeds(sent: &Value) -> Value {
    let mut embeds = json!(sent.as_array().cloned().unwrap_or_default());
    for embed in embeds.as_array_mut().into_iter().flatten().filter(|embed| embed.is_object()) {
        embed["type"] = json!("rich");
        embed.get_mut("timestamp").into_iter().for_each(timestamp::rewrite);
        let fields = embed.get_mut("fields").and_then(Value::as_array_mut);
        fields.into_iter().flatten().for_each(|field| objects::add_missing(field, r#"{"inline":false}"#));
    }
    embeds
}
