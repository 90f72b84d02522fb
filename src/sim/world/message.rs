//! Messages: posted, edited, deleted, reacted to.

use std::time::Duration;

use serde_json::{Value, json};

use super::form::{Rejection, form_error, rejection};
use super::post::{self, EPHEMERAL, IS_COMPONENTS_V2, LOADING, Pings, SETTABLE, SUPPRESS_EMBEDS};
use super::shapes::{self, emoji, merge};
use super::{Answer, Event, File, Message, World, component};

/// A message that somebody wants to post.
pub(super) struct Draft<'a> {
    pub(super) author: u64,
    pub(super) channel: u64,
    /// What REST takes.
    pub(super) body: &'a Value,
    pub(super) files: &'a [File],
    /// What the sender does not say himself.
    pub(super) fixed: Value,
    /// The only one to see it.
    pub(super) only_for: Option<u64>,
    /// Nothing is in it yet.
    pub(super) loading: bool,
}

impl World {
    /// Someone posts a message; `body` is what REST takes.
    pub fn post(&mut self, now: Duration, author: u64, channel: u64, body: &Value) -> Answer {
        self.post_with(now, author, channel, body, &[]).unwrap_or_else(Answer::from)
    }

    pub(super) fn post_with(
        &mut self,
        now: Duration,
        author: u64,
        channel: u64,
        body: &Value,
        files: &[File],
    ) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        if let Some(before) = self.same_nonce(author, channel, body) {
            return Ok(Answer::ok(before));
        }
        let draft =
            Draft { author, channel, body, files, fixed: Value::Null, only_for: None, loading: false };
        let (id, events) = self.add_message(now, &draft)?;
        Ok(Answer::new(200, self.message_body(&self.messages[&id]), events))
    }

    /// Takes a message in.
    pub(super) fn add_message(
        &mut self,
        now: Duration,
        draft: &Draft<'_>,
    ) -> Result<(u64, Vec<Event>), Rejection> {
        let Draft { author, channel, body, files, .. } = *draft;
        let ephemeral = if draft.only_for.is_some() { EPHEMERAL } else { 0 };
        let loading = if draft.loading { LOADING } else { 0 };
        let flags = body["flags"].as_u64().unwrap_or(0) & SETTABLE | ephemeral | loading;
        let content = post::content(body, flags)?;
        if !draft.loading {
            post::something(body, files)?;
        }
        let reply_to = self.replied_to(channel, body)?;
        let answered = reply_to.map(|id| self.messages[&id].author);
        let pinged = self.present(post::pings(&content, &body["allowed_mentions"], answered)?);
        self.count_in_thread(channel)?;
        let id = self.next_id(now);
        let list = |key: &str| body[key].as_array().cloned().unwrap_or_default();
        let mut components = json!(list("components"));
        component::number(&mut components);
        let mut message = json!({
            "id": id.to_string(),
            "channel_id": channel.to_string(),
            "author": self.users.contains_key(&author).then(|| self.user_body(author)),
            "content": content,
            "timestamp": shapes::timestamp(now),
            "edited_timestamp": null,
            "tts": body["tts"].as_bool().unwrap_or(false),
            "mention_everyone": pinged.everyone,
            "mentions": pinged.users.iter().map(|id| self.user_body(*id)).collect::<Vec<_>>(),
            "mention_roles": pinged.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "attachments": self.attachments(now, channel, &body["attachments"], files),
            "embeds": embeds(&body["embeds"]),
            "components": components,
            "pinned": false,
            "flags": flags,
            "type": if reply_to.is_some() { 19 } else { 0 },
        });
        if let Some(nonce) = body.get("nonce") {
            message["nonce"] = nonce.clone();
        }
        if let Some(poll) = body.get("poll").filter(|poll| poll.is_object()) {
            message["poll"] = shapes::poll(now, poll);
        }
        if let Some(reply_to) = reply_to {
            message["message_reference"] =
                json!({"type": 0, "message_id": reply_to.to_string(), "channel_id": channel.to_string()});
            if self.in_guild(channel) {
                message["message_reference"]["guild_id"] = json!(self.guild.to_string());
            }
            message["referenced_message"] = self.messages[&reply_to].body.clone();
        }
        merge(&mut message, &draft.fixed);
        let event = if draft.only_for.is_some() {
            message.clone()
        } else {
            self.message_event(channel, author, &pinged.users, message.clone())
        };
        let message =
            Message { author, channel, body: message, reactions: Vec::new(), only_for: draft.only_for };
        self.messages.insert(id, message);
        if let (None, Some(channel)) = (draft.only_for, self.channels.get_mut(&channel)) {
            channel.messages.push(id);
        }
        if !draft.loading {
            self.shows(id);
        }
        Ok((id, vec![("MESSAGE_CREATE", event)]))
    }

    /// Changes a message. What the body does not name stays.
    pub(super) fn edit_message(
        &mut self,
        now: Duration,
        id: u64,
        body: &Value,
        files: &[File],
    ) -> Result<Vec<Event>, Rejection> {
        let Some(message) = self.messages.get(&id) else { return Err(unknown_message()) };
        let (author, channel, only_for) = (message.author, message.channel, message.only_for);
        let mut changed = message.body.clone();
        let flags = changed["flags"].as_u64().unwrap_or(0);
        let editable = SUPPRESS_EMBEDS | IS_COMPONENTS_V2;
        let asked = body["flags"].as_u64().unwrap_or(flags) | flags & IS_COMPONENTS_V2;
        let was_loading = flags & LOADING != 0;
        let flags = flags & !editable & !LOADING | asked & editable;
        let content = post::content(body, flags)?;
        changed["flags"] = json!(flags);
        let mut pinged = None;
        if body.get("content").is_some() {
            let allowed = post::pings(&content, &body["allowed_mentions"], None)?;
            pinged = Some(self.present(allowed));
            changed["content"] = json!(content);
        }
        if let Some(pinged) = &pinged {
            changed["mention_everyone"] = json!(pinged.everyone);
            changed["mentions"] = pinged.users.iter().map(|id| self.user_body(*id)).collect();
            changed["mention_roles"] = pinged.roles.iter().map(u64::to_string).collect();
        }
        if body.get("embeds").is_some() {
            changed["embeds"] = embeds(&body["embeds"]);
        }
        if body.get("components").is_some() {
            let mut components = json!(body["components"].as_array().cloned().unwrap_or_default());
            component::number(&mut components);
            changed["components"] = components;
        }
        changed["attachments"] = self.kept_attachments(now, channel, &changed, body, files);
        post::something(&changed, files)?;
        if !was_loading {
            changed["edited_timestamp"] = json!(shapes::timestamp(now));
        }
        let mentioned = pinged.map(|pinged| pinged.users).unwrap_or_default();
        let event = if only_for.is_some() {
            changed.clone()
        } else {
            self.message_event(channel, author, &mentioned, changed.clone())
        };
        if let Some(message) = self.messages.get_mut(&id) {
            message.body = changed;
        }
        if was_loading {
            self.shows(id);
        }
        Ok(vec![("MESSAGE_UPDATE", event)])
    }

    /// Somebody changes a message; `body` is what REST takes.
    pub fn edit(&mut self, now: Duration, message: u64, body: &Value) -> Answer {
        match self.edit_message(now, message, body, &[]) {
            Ok(events) => Answer::new(200, self.message(message).unwrap_or_default(), events),
            Err(refused) => refused.into(),
        }
    }

    /// Somebody deletes a message.
    pub fn delete(&mut self, message: u64) -> Answer {
        Answer::done(self.delete_message(message))
    }

    /// Somebody takes a reaction back.
    pub fn take_back(&mut self, user: u64, channel: u64, message: u64, emoji: &str) -> Answer {
        Answer::done(self.unreact(channel, message, Some(emoji), Some(user)))
    }

    /// Takes a message away.
    pub(super) fn delete_message(&mut self, id: u64) -> Vec<Event> {
        let Some(message) = self.messages.remove(&id) else { return Vec::new() };
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.messages.retain(|other| *other != id);
        }
        let mut event = json!({"id": id.to_string(), "channel_id": message.channel.to_string()});
        if message.only_for.is_none() && self.in_guild(message.channel) {
            event["guild_id"] = json!(self.guild.to_string());
        }
        vec![("MESSAGE_DELETE", event)]
    }

    /// Someone reacts; `emoji` is a Unicode emoji or `name:id`.
    pub fn react(&mut self, user: u64, channel: u64, message: u64, with: &str) -> Answer {
        let place = self.place(channel, user);
        let found = self.known_message(channel, message).map(|message| message.author);
        let author = match (found, emoji(with)) {
            (Ok(author), Some(_)) => author,
            (Ok(_), None) => return rejection(400, 10014, "Unknown Emoji").into(),
            (Err(unknown), _) => return unknown.into(),
        };
        let Some(reactions) = self.messages.get_mut(&message).map(|message| &mut message.reactions) else {
            return unknown_message().into();
        };
        let reaction = (user, with.to_owned());
        if reactions.contains(&reaction) {
            return Answer::done(Vec::new());
        }
        reactions.push(reaction);
        let mut event = place;
        event["user_id"] = json!(user.to_string());
        event["message_id"] = json!(message.to_string());
        event["message_author_id"] = json!(author.to_string());
        event["emoji"] = emoji(with).unwrap_or_default();
        event["burst"] = json!(false);
        event["burst_colors"] = json!([]);
        event["type"] = json!(0);
        Answer::done(vec![("MESSAGE_REACTION_ADD", event)])
    }

    /// Someone starts to type.
    pub fn typing(&mut self, now: Duration, user: u64, channel: u64) -> Answer {
        if let Err(unknown) = self.known_channel(channel) {
            return unknown.into();
        }
        let mut event = self.place(channel, user);
        event["user_id"] = json!(user.to_string());
        event["timestamp"] = json!(now.as_secs());
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.typing.push(user);
        }
        Answer::done(vec![("TYPING_START", event)])
    }

    /// A message, as REST shows it.
    pub fn show_message(&self, channel: u64, message: u64) -> Answer {
        match self.known_message(channel, message) {
            Ok(message) => Answer::ok(self.message_body(message)),
            Err(unknown) => unknown.into(),
        }
    }

    /// Who reacted to a message, with what, in order.
    pub fn reactions(&self, message: u64) -> Vec<(String, String)> {
        let Some(message) = self.messages.get(&message) else { return Vec::new() };
        message.reactions.iter().map(|(user, emoji)| (self.users[user].name.clone(), emoji.clone())).collect()
    }

    /// The bots' message of this place in the order in which a channel showed them, or one behind it; its place.
    pub fn shown(&self, channel: u64, from: usize) -> Option<(usize, Value)> {
        self.first_of(&self.channels.get(&channel)?.shown, from)
    }

    /// As [`shown`](World::shown), of what bots said to one person alone.
    pub fn whispered(&self, user: u64, from: usize) -> Option<(usize, Value)> {
        self.first_of(self.whispers.get(&user)?, from)
    }

    /// What is in an attachment.
    pub fn upload(&self, attachment: u64) -> Option<Vec<u8>> {
        self.uploads.get(&attachment).cloned()
    }

    /// All messages that somebody sees in a channel, oldest first.
    pub fn seen_by(&self, user: u64, channel: u64) -> Vec<Value> {
        let seen = |message: &&Message| {
            message.channel == channel && message.only_for.is_none_or(|only| only == user)
        };
        self.messages.values().filter(seen).map(|message| self.message_body(message)).collect()
    }

    /// A message, if it is there.
    pub fn message(&self, id: u64) -> Option<Value> {
        self.messages.get(&id).map(|message| self.message_body(message))
    }

    pub(super) fn known_message(&self, channel: u64, message: u64) -> Result<&Message, Rejection> {
        self.known_channel(channel)?;
        let public = |found: &&Message| found.channel == channel && found.only_for.is_none();
        self.messages.get(&message).filter(public).ok_or_else(unknown_message)
    }

    /// Files that come with a message, or that it keeps: `about` says what is to be said of them.
    pub(super) fn attachments(
        &mut self,
        now: Duration,
        channel: u64,
        about: &Value,
        files: &[File],
    ) -> Vec<Value> {
        let mut attachments = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let number = file.field.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
            let number = number.and_then(|number| number.parse().ok()).unwrap_or(at as u64);
            let id = self.next_id(now);
            let mut attachment = shapes::attachment(id, channel, file);
            self.uploads.insert(id, file.content.clone());
            let said = about.as_array().into_iter().flatten();
            for said in said.filter(|said| shapes::id(&said["id"]) == Some(number)) {
                for key in ["description", "title", "duration_secs", "waveform"] {
                    if let Some(value) = said.get(key).filter(|value| !value.is_null()) {
                        attachment[key] = value.clone();
                    }
                }
                if let Some(name) = said["filename"].as_str() {
                    attachment["filename"] = json!(name);
                }
                if said["is_spoiler"] == true {
                    attachment["flags"] = json!(1 << 3);
                }
            }
            attachments.push(attachment);
        }
        attachments
    }

    /// The files of an edited message: with a list, those on it that were there; and the new ones.
    fn kept_attachments(
        &mut self,
        now: Duration,
        channel: u64,
        before: &Value,
        body: &Value,
        files: &[File],
    ) -> Value {
        let mut kept = before["attachments"].as_array().cloned().unwrap_or_default();
        if let Some(list) = body.get("attachments") {
            let listed = |id: &Value| list.as_array().into_iter().flatten().any(|one| one["id"] == *id);
            kept.retain(|attachment| listed(&attachment["id"]));
        }
        kept.extend(self.attachments(now, channel, &body["attachments"], files));
        json!(kept)
    }

    /// There is something to see in a message of a bot now.
    fn shows(&mut self, id: u64) {
        let Some(message) = self.messages.get(&id) else { return };
        let by_bot = self.users.get(&message.author).is_none_or(|author| author.bot);
        match (message.only_for, self.channels.get_mut(&message.channel)) {
            (Some(only), _) => self.whispers.entry(only).or_default().push(id),
            (None, Some(channel)) if by_bot => channel.shown.push(id),
            _ => {}
        }
    }

    fn first_of(&self, ids: &[u64], from: usize) -> Option<(usize, Value)> {
        let later = ids.iter().enumerate().skip(from);
        later.filter_map(|(at, id)| Some((at, self.message(*id)?))).next()
    }

    /// Those of the pinged who exist.
    fn present(&self, mut pinged: Pings) -> Pings {
        pinged.users.retain(|id| self.users.contains_key(id));
        pinged.roles.retain(|id| self.item("roles", *id).is_some());
        pinged
    }

    /// With `enforce_nonce` the same nonce posts nothing twice.
    fn same_nonce(&self, author: u64, channel: u64, body: &Value) -> Option<Value> {
        let nonce = body.get("nonce").filter(|_| body["enforce_nonce"] == true)?;
        let mut own = self.messages.values().filter(|m| m.author == author && m.channel == channel);
        own.find(|message| message.body.get("nonce") == Some(nonce)).map(|message| message.body.clone())
    }

    fn replied_to(&self, channel: u64, body: &Value) -> Result<Option<u64>, Rejection> {
        let reference = &body["message_reference"];
        if reference.is_null() || reference["type"] == 1 {
            return Ok(None);
        }
        let id = shapes::id(&reference["message_id"]);
        match id.filter(|id| self.known_message(channel, *id).is_ok()) {
            None if reference["fail_if_not_exists"] != false => {
                Err(form_error("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
            }
            known => Ok(known),
        }
    }
}

pub(super) fn unknown_message() -> Rejection {
    rejection(404, 10008, "Unknown Message")
}

/// Embeds as they are shown: of a kind.
fn embeds(sent: &Value) -> Value {
    let mut embeds = json!(sent.as_array().cloned().unwrap_or_default());
    for embed in embeds.as_array_mut().into_iter().flatten().filter(|embed| embed.is_object()) {
        embed["type"] = json!("rich");
    }
    embeds
}
